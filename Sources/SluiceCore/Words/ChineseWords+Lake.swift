extension ChineseWords {
  /// The lake, its disk, the guards, retention and files of the state.
  static let lake = #"""
    The source or the lake has changed since the plan of {profile} was shown.
    {profile} 的计划显示之后，来源或数据湖有了变化。

    Look at a new dry run (`d`), then apply that.
    请查看新的试运行（`d`），再应用它。

    The directories of {profile} have changed since the plan was shown.
    计划显示之后，{profile} 的目录有了变化。

    Look at a new plan, then apply that.
    请查看新的计划，再应用它。

    The source {address} is empty, and --delete would remove all {n} [entry|entries] of {path}. Its disk is probably not mounted.
    来源 {address} 是空的，--delete 会删除 {path} 的全部 {n} 个条目。其磁盘很可能没有挂载。

    Look at the source. If that is right: {command}
    请检查来源。若确实如此：{command}

    The source {address} lists not one file, while {path} holds {n} [entry|entries]. Its disk is probably not mounted.
    来源 {address} 一个文件也没有列出，而 {path} 有 {n} 个条目。其磁盘很可能没有挂载。

    Look at the source. If it has ended for good: enabled: false for {profile} in the configuration.
    请检查来源。若它已永久停止：请在配置中为 {profile} 写 enabled: false。

    --delete would remove {n} of {n2} [entry|entries] of {path}, more than the guard's {n3} %.
    --delete 会删除 {path} 的 {n2} 个条目中的 {n} 个，超过保护限额 {n3} %。

    See them with: {command}. If that is right: {forcing}
    可这样查看：{command}。若确实如此：{forcing}

    Retention would delete {n} of {n2} dated [directory|directories] of {path} (all before {day}), more than the guard's {n3} %. Is this machine's clock right?
    按保留期会删除 {path} 的 {n2} 个日期目录中的 {n} 个（{day} 之前的全部），超过保护限额 {n3} %。本机时钟是否正确？

    --delete would remove data of another lake, which begins in {path}.
    --delete 会删除另一个数据湖的数据，它始于 {path}。

    Move one of the two, or keep it from this profile with {option} in its rsync_args.
    请移走两者之一，或在此配置项的 rsync_args 中用 {option} 排除它。

    The disk of {path} has {free} free; the plan needs {needed} and {reserve} must stay free: {missing} are missing.
    {path} 所在磁盘可用 {free}；计划需要 {needed}，另须留空 {reserve}：还差 {missing}。

    Free that much, shorten a retention, or lower `guard: {{min_free: …}}`.
    请腾出这些空间、缩短保留期，或调低 `guard: {{min_free: …}}`。

    The disk of {path} can hold {n} more [file|files]; the plan brings {n2} new [name|names].
    {path} 所在磁盘还能容纳 {n} 个文件；计划会带来 {n2} 个新名称。

    Remove files there or shorten a retention. See: {command}
    请删除那里的文件或缩短保留期。查看：{command}

    The option {word} in `rsync_args` of {profile} is refused: {reason~}.
    {profile} 的 `rsync_args` 中的选项 {word} 被拒绝：{reason}。

    Correct `rsync_args` in the configuration; `sluice validate` checks it.
    请更正配置中的 `rsync_args`；`sluice validate` 会检查它。

    The key {path} of {profile} cannot be used: {reason~}.
    {profile} 的密钥 {path} 无法使用：{reason}。

    Put it there, or correct `ssh_key`; no other key is tried in its place.
    请放到该处，或更正 `ssh_key`；不会改试其他密钥。

    Let this user read it, or correct `ssh_key`; no other key is tried in its place.
    请让此用户可读，或更正 `ssh_key`；不会改试其他密钥。

    Correct `ssh_key`; no other key is tried in its place.
    请更正 `ssh_key`；不会改试其他密钥。

    The file {path} of {profile} cannot be used: {reason~}.
    {profile} 的文件 {path} 无法使用：{reason}。

    Correct `{key}`.
    请更正 `{key}`。

    Cannot publish the marker {path}: {reason~}.
    无法发布标记 {path}：{reason}。

    Not all that has arrived could be put on the disk of {path}: {reason~}.
    已到达的内容未能全部写入 {path} 所在磁盘：{reason}。

    Look at the disk. Then sync again: these files are fetched anew.
    请检查磁盘。然后重新同步：这些文件会重新取回。

    Then sync again: these files are fetched anew.
    然后重新同步：这些文件会重新取回。

    Then sync and ingest again.
    然后重新同步并入库。

    Look at the disk.
    请检查磁盘。

    The profile {profile} has no `ingest:` section.
    配置项 {profile} 没有 `ingest:` 一节。

    Add `ingest: {{format: binance-klines}}` to it, or leave it out of this command.
    请为它加上 `ingest: {{format: binance-klines}}`，或不要在此命令中包含它。

    The time given to this run ({span}) is over.
    给这次运行的时间（{span}）已到。

    What has arrived is kept, and the next sync goes on from there; --max-duration gives another time.
    已到达的内容保留，下次同步从此处继续；--max-duration 可另给时间。

    {name} is not a directory dated before {day}, so it was kept.
    {name} 不是 {day} 之前的日期目录，因此保留。

    {name} is no longer a directory, so it was kept.
    {name} 已不是目录，因此保留。

    Look what replaced it: {command}
    请查看是什么取代了它：{command}

    {name} was not deleted: files were added to it meanwhile.
    {name} 未删除：其间有文件加入。

    The next cleanup tries again
    下次清理会再试

    {name} was not deleted wholly: {reason~}.
    {name} 未能完全删除：{reason}。

    The run was not counted in the metrics: {reason~}.
    该运行没有计入指标：{reason}。

    The metrics file was not written: {reason~}.
    指标文件没有写出：{reason}。

    rsync here is {version}; sluice needs 3.1 for its progress.
    本机的 rsync 是 {version}；sluice 需要 3.1 才能显示进度。

    Install a newer rsync.
    请安装更新的 rsync。

    libcurl, which {users} needs, cannot be used: {reason~}.
    {users} 所需的 libcurl 无法使用：{reason}。

    Install it: {command}.
    请安装：{command}。

    data_lake.profiles.{profile}.retention_days: {n} [directory is|directories are] dated in another form than YYYYMMDD and kept for ever, whatever the {n2} [day|days]: {names~}.
    data_lake.profiles.{profile}.retention_days：{n} 个目录的日期不是 YYYYMMDD 形式，无论 {n2} 天的保留期如何都永久保留：{names}。

    {path} may be written by every user of this machine: data and settings can be changed by others.
    本机任何用户都可写 {path}：数据与设置可能被他人更改。

    {path} may not be entered and written to by this user: no run of this user can begin.
    此用户无权进入并写入 {path}：此用户的运行无法开始。

    The directory {path} is a link that leads out of the lake, to {place}.
    目录 {path} 是通向数据湖之外的链接，指向 {place}。

    Make it a real directory, or set `root_dir` to the disk it is meant to be on.
    请改成真正的目录，或把 `root_dir` 设到它应在的磁盘。

    The lake at {path} is not the one this machine knows: its id file is gone. Its disk is probably not mounted.
    {path} 处的数据湖不是本机所知的那个：其 id 文件不见了。其磁盘很可能没有挂载。

    Mount it. If the lake is meant to be new, accept it with: {command}
    请挂载它。若数据湖确实是新的，请这样接受：{command}

    The lake at {path} holds data and not the id this machine knows it by: {file} is gone. Its state_dir was changed, moved or removed, or a disk is not mounted over what lies there.
    {path} 处的数据湖有数据，却没有本机所知的 id：{file} 不见了。其 state_dir 被更改、移动或删除，或有磁盘没有挂载在此处之上。

    Set `state_dir` back, move the old directory to the new place, or mount the disk. If the lake is to go on without its old records, make it known again with: {command}
    请改回 `state_dir`、把旧目录移到新位置，或挂载磁盘。若数据湖要在没有旧记录的情况下继续，请这样重新登记：{command}

    Another lake stands at {path} than the one this machine knows.
    {path} 处是另一个数据湖，不是本机所知的那个。

    Check what is mounted there. If it is right, accept it with: {command}
    请检查那里挂载的是什么。若正确，请这样接受：{command}

    The directory {path} of {profile} had a disk of its own and now lies on the lake's. Its disk is probably not mounted.
    {profile} 的目录 {path} 原有自己的磁盘，现在却在数据湖的磁盘上。其磁盘很可能没有挂载。

    Mount it. If the data is meant to be on the lake's disk from now on, accept it with: {command}
    请挂载它。若数据今后就放在数据湖的磁盘上，请这样接受：{command}

    At the directory {path} of {profile} another disk is mounted than before, by its file system's UUID.
    按文件系统的 UUID，{profile} 的目录 {path} 处挂载的磁盘与之前不同。

    Mount the one that belongs there. If this disk is meant, accept it with: {command}
    请挂载应在那里的磁盘。若就是这块磁盘，请这样接受：{command}

    The program {path} is here and may not be executed.
    程序 {path} 存在，但无权执行。

    Look at its rights, and at its file system's (noexec): {command}
    请检查它的权限及其文件系统（noexec）：{command}

    The program {name} is not installed on this machine.
    本机没有安装程序 {name}。

    Install it, or look at the PATH that sluice is started with.
    请安装它，或检查启动 sluice 时的 PATH。

    Too many processes: look at `ulimit -u`, and at TasksMax or pids.max of the unit or container sluice runs in.
    进程过多：请检查 `ulimit -u`，以及 sluice 所在单元或容器的 TasksMax 或 pids.max。

    Look at what takes the memory: {command}
    请检查是什么占用了内存：{command}

    The command with its environment is longer than the system takes: shorten `rsync_args`, or start sluice with fewer variables.
    命令连同环境变量超过系统所允许的长度：请缩短 `rsync_args`，或以更少的变量启动 sluice。

    Look at the program's rights, and at its file system's (noexec).
    请检查该程序的权限及其文件系统（noexec）。

    Look at what keeps sluice from starting programs: seccomp, AppArmor, SELinux.
    请检查是什么阻止 sluice 启动程序：seccomp、AppArmor、SELinux。

    The program is not one for this machine: install it anew.
    该程序不适用于本机：请重新安装。

    Look at `ulimit -n`, and at LimitNOFILE of the unit sluice runs in.
    请检查 `ulimit -n`，以及 sluice 所在单元的 LimitNOFILE。

    """#
}
