extension ChineseWords {
  /// Why an option of `rsync_args` is refused; what to do instead stands behind a semicolon.
  static let options = #"""
    remove it
    请删除它

    use --exclude
    请用 --exclude

    close it
    请闭合它

    add it
    请补上

    write one
    请写一个

    write one of these
    请写其中之一

    write {form}
    请写 {form}

    the quote {quote} is not closed
    引号 {quote} 没有闭合

    it ends in a backslash
    它以反斜杠结尾

    it is not an option, and sluice names source and directory itself
    它不是选项，来源与目录由 sluice 自己给出

    it holds a NUL byte
    它含有 NUL 字节

    it is not among the options sluice passes on
    它不在 sluice 转交的选项之列

    this option has no value
    此选项没有值

    its value is missing
    缺少它的值

    it is not allowed
    不允许使用它

    it needs a number
    它需要一个数

    it is not a rate
    它不是速率

    it may lie outside the profile's directory
    它可能位于配置项目录之外

    the pattern is empty
    模式为空

    it would clear the rules that protect the lake's own state
    它会清除保护数据湖自身状态的规则

    only the rules `+ PATTERN`, `- PATTERN` and `P PATTERN` are passed on
    只转交 `+ 模式`、`- 模式` 与 `P 模式` 规则

    nothing would come
    什么也不会到来

    put an --include before it
    请在它之前写 --include

    it runs a command
    它会运行命令

    set source.port, ssh_key or ssh_config instead
    请改设 source.port、ssh_key 或 ssh_config

    it runs a command on the source's host
    它会在来源主机上运行命令

    it changes the rsync on the source's host
    它会改变来源主机上的 rsync

    it writes a file anywhere
    它会在任意位置写文件

    sluice keeps logs in log_dir
    sluice 把日志放在 log_dir

    it transfers nothing
    它不传输任何内容

    it reads a file instead of the source
    它读文件而不读来源

    it writes files outside the profile's directory
    它会在配置项目录之外写文件

    sluice only fetches over ssh
    sluice 只经 ssh 取回

    it belongs to an rsync daemon
    它属于 rsync 守护进程

    use BindAddress in ssh_config
    请在 ssh_config 中用 BindAddress

    set source.port instead
    请改设 source.port

    set source.ssh_key instead
    请改设 source.ssh_key

    ssh gives up after 10 s anyway
    ssh 本来就在 10 秒后放弃

    sluice starts ssh itself
    ssh 由 sluice 自己启动

    use AddressFamily in ssh_config
    请在 ssh_config 中用 AddressFamily

    rsync would report no progress and no result
    rsync 就不会报告进度与结果

    sluice needs rsync's own report
    sluice 需要 rsync 自身的报告

    sluice reads rsync's error output
    sluice 要读 rsync 的错误输出

    progress would go to the error output
    进度会进入错误输出

    sluice needs its own format
    sluice 需要自己的格式

    rsync would only print its version
    rsync 只会打印版本

    rsync would only print its help
    rsync 只会打印帮助

    rsync agrees on a version by itself
    rsync 会自行商定版本

    it switches off checks of what the source sends
    它会关闭对来源所发内容的检查

    it lets the source's shell read the path
    它让来源的 shell 解释路径

    it changes the user
    它会更换用户

    run sluice as that user instead
    请以该用户运行 sluice

    names would differ between plan and lake
    计划与数据湖中的名称会不同

    nothing would ever be transferred
    永远不会传输任何内容

    use `sluice sync --dry-run`
    请用 `sluice sync --dry-run`

    sluice never deletes at the source
    sluice 从不删除来源的内容

    it would delete the lake's own state and expired days
    它会删除数据湖自身的状态与到期日期

    use --delete
    请用 --delete

    files would be deleted after a read error at the source
    来源读取出错后文件会被删除

    it deletes whole directories
    它会删除整个目录

    --delete does what a mirror needs
    镜像所需由 --delete 完成

    a missing source would empty the lake
    来源缺失会清空数据湖

    a missing source would look like a success
    来源缺失会看似成功

    a changed file would stay wrong in silence
    有变化的文件会一直错误而无人知晓

    it replaces the source's own list
    它会取代来源自身的列表

    use --include and --exclude
    请用 --include 与 --exclude

    write the patterns as --exclude
    请把模式写成 --exclude

    write the patterns as --include
    请把模式写成 --include

    it belongs to {option}
    它属于 {option}

    it reads rules from outside the configuration
    它从配置之外读取规则

    it reads rules from the source's directories
    它从来源的目录读取规则

    write them as --exclude
    请写成 --exclude

    files would land under the full remote path
    文件会落在完整的远端路径之下

    nothing below the top would come
    顶层以下的内容不会到来

    name the letters wanted instead, like -rlt
    请改写所需的字母，如 -rlt

    the total would grow all the time
    总量会一直增长

    every run would fetch everything again
    每次运行都会全部重新取回

    use --checksum for one run
    请在单次运行中用 --checksum

    larger files would be missing in silence
    较大的文件会悄悄缺失

    an interrupted file would look newer and never be completed
    中断的文件会显得较新而永远不会完成

    no new file would ever come
    永远不会有新文件到来

    an interrupted or changed file would never be completed
    中断或有变化的文件永远不会完成

    files found there would be missing in the lake
    在那里找到的文件会在数据湖中缺失

    it reads files outside the profile's directory
    它会读取配置项目录之外的文件

    it links files outside the profile's directory
    它会链接配置项目录之外的文件

    old files would pile up between the data
    旧文件会堆积在数据之间

    it writes files elsewhere
    它会在别处写文件

    it holds a second copy of everything
    它会保留全部内容的第二份副本

    sluice publishes markers last anyway
    sluice 本来就最后发布标记

    links would be followed out of the source's directory
    会跟随链接离开来源的目录

    use -l
    请用 -l

    files would be written through links out of the lake
    文件会经链接写到数据湖之外

    it writes to devices
    它会写入设备

    it reads whole devices
    它会读取整个设备

    rsync may do only what its user may
    rsync 只可做其用户可做的事

    a part would look like the whole
    部分会看似全部

    """#
}
