extension ChineseWords {
  /// What a transfer did not bring, and why rsync ended.
  static let transfers = #"""
    {least~}{n} [file or directory|files or directories] did not come.
    {least}{n} 个文件或目录没有到达。

    {least~}{n} [file or directory|files or directories] did not come: {names~}.
    {least}{n} 个文件或目录没有到达：{names}。

    {least~}{n} [file or directory|files or directories] did not come ({detail}).
    {least}{n} 个文件或目录没有到达（{detail}）。

    Look at them on {host}, then sync again.
    请在 {host} 上查看，然后重新同步。

    Look at them on {host} ({reason~}), then sync again.
    请在 {host} 上查看（{reason}），然后重新同步。

    Make them readable for {user} on {host}, then sync again.
    请在 {host} 上使其对 {user} 可读，然后重新同步。

    They changed while they were read, or a disk does not give back what was written: sync again, and look at the disks when it stays so.
    读取期间它们有变化，或某块磁盘读不回所写内容：请重新同步；若仍如此，请检查磁盘。

    {least~}{n} [file|files] vanished at the source while being fetched, twice.
    {least}{n} 个文件两次在取回期间从来源消失。

    {least~}{n} [file|files] vanished at the source while being fetched, twice: {names~}.
    {least}{n} 个文件两次在取回期间从来源消失：{names}。

    {least~}{n} [file|files] vanished at the source while being fetched, twice ({detail}).
    {least}{n} 个文件两次在取回期间从来源消失（{detail}）。

    Usually the collector rotates them: sync again, or exclude them in `rsync_args`.
    通常是采集程序在轮换它们：请重新同步，或在 `rsync_args` 中排除。

    The disk of {path} is full. What has arrived is kept.
    {path} 所在磁盘已满。已到达的内容保留。

    The disk of {path} is full ({free} free). What has arrived is kept.
    {path} 所在磁盘已满（可用 {free}）。已到达的内容保留。

    The disk of {path} is full: {missing} are missing for the rest and the {reserve} that stay free. What has arrived is kept.
    {path} 所在磁盘已满：其余内容与须留空的 {reserve} 还差 {missing}。已到达的内容保留。

    The disk quota for {path} is used up. What has arrived is kept.
    {path} 的磁盘配额已用尽。已到达的内容保留。

    The disk of {path} can hold no more files: its inodes are used up. What has arrived is kept.
    {path} 所在磁盘无法再容纳文件：inode 已用尽。已到达的内容保留。

    The disk of {path} can hold no more files: its inodes are used up, though {free} are free. What has arrived is kept.
    {path} 所在磁盘无法再容纳文件：inode 已用尽，虽然还有 {free} 可用。已到达的内容保留。

    Free space there or shorten a retention, then sync again.
    请腾出空间或缩短保留期，然后重新同步。

    Free space there, ask for a larger quota, or shorten a retention, then sync again.
    请腾出空间、申请更大的配额或缩短保留期，然后重新同步。

    Remove some files there or shorten a retention, then sync again. See: {command}
    请删除一些文件或缩短保留期，然后重新同步。查看：{command}

    This user may not write {path}.
    此用户无权写入 {path}。

    Make it writable, or run sluice as its owner.
    请使其可写，或以其所有者运行 sluice。

    The directory {path} cannot be made: {detail}
    无法创建目录 {path}：{detail}

    Make it, or correct `root_dir`.
    请创建它，或更正 `root_dir`。

    {least~}{n} [file or directory|files or directories] could not be put in place below {path}.
    {least}{n} 个文件或目录未能放入 {path} 之下。

    {least~}{n} [file or directory|files or directories] could not be put in place below {path}: {names~} ({reason~}).
    {least}{n} 个文件或目录未能放入 {path} 之下：{names}（{reason}）。

    {least~}{n} [file or directory|files or directories] could not be put in place below {path} ({detail}) ({reason~}).
    {least}{n} 个文件或目录未能放入 {path} 之下（{detail}）（{reason}）。

    Look at that directory and its disk here, then sync again.
    请检查该目录及其磁盘，然后重新同步。

    Something else has that name here: move it away, or let the source's entry replace it with `--delete` in `rsync_args`. Then sync again.
    本地已有同名的其他内容：请移走它，或在 `rsync_args` 中用 `--delete` 让来源的条目取而代之。然后重新同步。

    A file is larger than this user may write (`ulimit -f`) or that disk's file system holds (4 GB on FAT).
    有文件大于此用户可写的上限（`ulimit -f`）或该文件系统的上限（FAT 为 4 GB）。

    The {what~} of {least~}{n} [file or directory|files or directories] cannot be set below {path}. Their content has come.
    无法设置 {path} 之下 {least}{n} 个文件或目录的{what}。其内容已到达。

    The {what~} of {least~}{n} [file or directory|files or directories] cannot be set below {path}: {names~} ({reason~}). Their content has come.
    无法设置 {path} 之下 {least}{n} 个文件或目录的{what}：{names}（{reason}）。其内容已到达。

    The {what~} of {least~}{n} [file or directory|files or directories] cannot be set below {path} ({detail}) ({reason~}). Their content has come.
    无法设置 {path} 之下 {least}{n} 个文件或目录的{what}（{detail}）（{reason}）。其内容已到达。

    Add {options} to `rsync_args` of {profile}, so that they are not asked for.
    请在 {profile} 的 `rsync_args` 中加上 {options}，即不再要求设置。

    Mount it so that its files belong to this user; without their times they are compared anew with every sync.
    请挂载时让文件归此用户所有；没有时间信息，每次同步都要重新比较。

    The source lost more files while the run went on than its plan said; the rest of the deletions was left out.
    运行期间来源丢失的文件比计划所说的多；其余删除未执行。

    Look at the source, then sync again.
    请检查来源，然后重新同步。

    rsync refuses an option: {detail}
    rsync 拒绝一个选项：{detail}

    Correct `rsync_args`, or install a newer rsync here and on {host}.
    请更正 `rsync_args`，或在本机与 {host} 上安装更新的 rsync。

    rsync here and rsync on {host} do not understand each other: {detail}
    本机的 rsync 与 {host} 上的 rsync 互不相通：{detail}

    Use rsync 3.1 or newer on both sides.
    请在两端使用 rsync 3.1 或更新版本。

    The run was stopped.
    运行已被停止。

    Nothing came from {host} for {span}; the transfer was stopped.
    {span} 内没有收到来自 {host} 的任何内容；传输已停止。

    Look whether {host} hangs (load, disk). `stall_timeout` sets how long is waited.
    请检查 {host} 是否卡住（负载、磁盘）。`stall_timeout` 设定等待时长。

    rsync was ended by someone else (exit {code}).
    rsync 被他人结束（退出码 {code}）。

    rsync was ended by someone else (signal {code}).
    rsync 被他人结束（信号 {code}）。

    Sync again: it goes on from there.
    请重新同步：从此处继续。

    rsync failed (exit {code}).
    rsync 失败（退出码 {code}）。

    rsync failed (signal {code}).
    rsync 失败（信号 {code}）。

    rsync failed (exit {code}): {detail}.
    rsync 失败（退出码 {code}）：{detail}。

    rsync failed (signal {code}): {detail}.
    rsync 失败（信号 {code}）：{detail}。

    See `sluice history {profile}` for the run's log.
    运行日志见 `sluice history {profile}`。

    The jump host or proxy on the way to {host} cannot be used: {detail}
    通往 {host} 的跳板机或代理无法使用：{detail}

    Look at `ProxyJump` and `ProxyCommand` in the ssh configuration, and at that host.
    请检查 ssh 配置中的 `ProxyJump` 与 `ProxyCommand`，以及该主机。

    {host} has given no answer within {span}.
    {host} 在 {span} 内没有回应。

    Look whether it hangs (load, disk), or the ssh agent here does: {command}
    请检查它是否卡住（负载、磁盘），或本机 ssh 代理是否卡住：{command}

    The login at {host} works, and what is run there has said nothing within {span}.
    {host} 能登录，但在那里运行的程序在 {span} 内一言不发。

    Look there whether it hangs (load, disk), and at what the account is made to run: ForceCommand, and `command=` of ~/.ssh/authorized_keys.
    请检查那里是否卡住（负载、磁盘），以及该账户被限定运行什么：ForceCommand，以及 ~/.ssh/authorized_keys 中的 `command=`。

    reachable, host key known, login works
    可达，主机密钥已知，登录正常

    {path} is there and readable
    {path} 存在且可读

    rsync is there
    有 rsync

    {size} used on the source's disk
    来源磁盘已用 {size}

    {size} free in the lake
    数据湖可用 {size}

    reachable, login works
    可达，登录正常

    """#
}
