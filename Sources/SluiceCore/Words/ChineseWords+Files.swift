extension ChineseWords {
  /// Files and directories that could not be used.
  static let files = #"""
    {path}: cannot be opened: {reason~}
    {path}：无法打开：{reason}

    {path}: cannot be read: {reason~}
    {path}：无法读取：{reason}

    {path}: cannot be written: {reason~}
    {path}：无法写入：{reason}

    {path}: cannot be written to the disk: {reason~}
    {path}：无法写到磁盘：{reason}

    {path}: cannot be put in place: {reason~}
    {path}：无法放到位：{reason}

    {path}: cannot be created: {reason~}
    {path}：无法创建：{reason}

    {path}: cannot be listed: {reason~}
    {path}：无法列出：{reason}

    {path}: cannot be examined: {reason~}
    {path}：无法查看：{reason}

    {path}: cannot be removed: {reason~}
    {path}：无法删除：{reason}

    {path}: cannot be locked: {reason~}
    {path}：无法加锁：{reason}

    {path}: cannot be started: {reason~}
    {path}：无法启动：{reason}

    {path}: cannot be understood: {reason~}
    {path}：无法理解：{reason}

    {path}: cannot be used: {reason~}
    {path}：无法使用：{reason}

    Check owner and mode: {command}. Then sync again: these files are fetched anew.
    请检查所有者与权限：{command}。然后重新同步：这些文件会重新取回。

    Check owner and mode: {command}
    请检查所有者与权限：{command}

    Remove some files: {command}
    请删除一些文件：{command}

    Free some space: {command}
    请腾出空间：{command}

    Free some space: {command}. Then sync and ingest again.
    请腾出空间：{command}。然后重新同步并入库。

    Free some space: {command}. Then sync again: these files are fetched anew.
    请腾出空间：{command}。然后重新同步：这些文件会重新取回。

    Free some space or ask for a larger quota
    请腾出空间或申请更大的配额

    Check how it is mounted: {command}
    请检查其挂载方式：{command}

    On NFS, start its lock service (rpc-statd) or mount with local_lock=all; or set `state_dir` to a local disk
    若为 NFS，请启动其锁服务（rpc-statd）或以 local_lock=all 挂载；或把 `state_dir` 设到本地磁盘

    Move it away, or correct the path: {command}
    请移走它，或更正路径：{command}

    Check the disk: {command}
    请检查磁盘：{command}

    Check the disk: {command}. Then sync again: these files are fetched anew.
    请检查磁盘：{command}。然后重新同步：这些文件会重新取回。

    Check the disk: {command}. Then sync and ingest again.
    请检查磁盘：{command}。然后重新同步并入库。

    Raise the limit: {command}
    请提高上限：{command}

    Make the directory it belongs in, or correct the path
    请创建它所属的目录，或更正路径

    Check the disk and the path, then start again
    请检查磁盘与路径，然后重新开始

    """#

  /// Why something cannot be used: parts of sentences.
  static let reasons = #"""
    permission denied
    权限不足

    Permission denied
    权限不足

    operation not permitted
    操作不被允许

    Operation not permitted
    操作不被允许

    it does not exist
    它不存在

    no such file or directory
    没有该文件或目录

    No such file or directory
    没有该文件或目录

    there is no such file
    没有该文件

    a part of the path is not a directory
    路径中有一部分不是目录

    something of that name is there, and no directory
    已有同名的内容，且不是目录

    it is a directory
    它是目录

    it is not a regular file
    它不是普通文件

    it is a symbolic link, and links are not followed here
    它是符号链接，此处不跟随链接

    the disk can hold no more files (its inodes are used up)
    磁盘无法再容纳文件（inode 已用尽）

    the disk is full
    磁盘已满

    no space left on device
    设备上没有空间

    the disk quota is used up
    磁盘配额已用尽

    the file system is read-only
    文件系统为只读

    too many files are open
    打开的文件过多

    the name is too long
    名称过长

    the disk reports an input/output error
    磁盘报告输入输出错误

    input/output error
    输入输出错误

    Input/output error
    输入输出错误

    disk I/O error
    磁盘输入输出错误

    the network file system has lost it
    网络文件系统丢失了它

    something was added to it meanwhile
    其间有内容加入

    it is in use
    它正在使用

    the file system gives no locks
    该文件系统不提供锁

    the content is not what it should be
    内容不是应有的样子

    invalid argument
    参数无效

    no reason given
    没有给出原因

    address already in use
    地址已被占用

    resource temporarily unavailable
    资源暂时不可用

    cannot allocate memory
    无法分配内存

    it is no JSON
    它不是 JSON

    its form {form} is newer
    其格式 {form} 较新

    it is newer
    它较新

    it was not opened
    它没有打开

    file too large
    文件过大

    something else is there
    那里有其他内容

    others may read it (mode {mode}), and so ssh ignores it
    他人可读（权限 {mode}），因此 ssh 忽略它

    it is the public half, which belongs on the host
    它是公钥，应放在主机上

    its lines end as on Windows
    其行尾是 Windows 形式

    the end of its last line is missing, as in one pasted into a secret
    最后一行缺少换行，如同粘贴到密钥变量中的那样

    it is cut off or no private key
    它不完整或不是私钥

    it has a passphrase, which nobody can type during a run
    它有口令，运行期间无人可输入

    it lies more than {n} [directory|directories] deep
    它的深度超过 {n} 层目录

    another file system is mounted there
    那里挂载了另一个文件系统

    it leads out of the lake by a symbolic link, to an unknown place
    它经符号链接通向数据湖之外的未知位置

    it leads out of the lake by a symbolic link, to {place}
    它经符号链接通向数据湖之外：{place}

    it cannot be read
    无法读取

    set `known_hosts` to the key that {command} prints
    把 `known_hosts` 设为 {command} 打印的密钥

    set `known_hosts` to the public key in /etc/ssh there, which a jump host or proxy hides from ssh-keyscan
    把 `known_hosts` 设为该主机 /etc/ssh 中的公钥；跳板机或代理使 ssh-keyscan 看不到它

    log in once: {command}
    登录一次：{command}

    {command} — or log in once: {login}
    {command}，或登录一次：{login}

    {forgetting} and then: {scan}
    {forgetting}，然后：{scan}

    standard input
    标准输入

    standard output
    标准输出

    """#
}
