extension ChineseWords {
  /// Runs, their records, orders to them and their logs.
  static let runs = #"""
    Another run of {profile} is going on.
    {profile} 的另一次运行正在进行。

    Another run of {profile} is going on: {task~}, process {n}, started from {origin~} by {user} since {time} (`{command}`).
    {profile} 的另一次运行正在进行：{task}，进程 {n}，由 {user} 于 {time} 从{origin}启动（`{command}`）。

    Follow it with `{attach}`, end it with `{stop}`.
    可用 `{attach}` 跟随，用 `{stop}` 结束。

    The directory {path} of {profile} is in use: process {n} ({command}) has locked {place}.
    {profile} 的目录 {path} 正在使用：进程 {n}（{command}）已锁定 {place}。

    The directory {path} of {profile} is in use: process {n} has locked {place}.
    {profile} 的目录 {path} 正在使用：进程 {n} 已锁定 {place}。

    The directory {path} of {profile} is in use: another process has locked {place}.
    {profile} 的目录 {path} 正在使用：另一个进程已锁定 {place}。

    Start again when it has ended. Profiles that share a directory, or lie in one another, cannot run at once, whichever configuration they are in.
    请在它结束后再启动。共用目录或互相嵌套的配置项不能同时运行，无论在哪份配置中。

    There is no run {run} in this lake.
    此数据湖中没有运行 {run}。

    {command} lists the runs there are.
    {command} 列出已有的运行。

    There is a run {run} already, and no directory holds two.
    已有运行 {run}，一个目录不能放两次运行。

    Start the run again: it gets a name of its own.
    请重新启动：它会有自己的名称。

    There is no profile {name} in the configuration.
    配置中没有配置项 {name}。

    Did you mean {name}?
    是否指 {name}？

    Did you mean {name}? Known profiles: {names~}.
    是否指 {name}？已有的配置项：{names}。

    Known profiles: {names~}.
    已有的配置项：{names}。

    Add it under `profiles:`.
    请在 `profiles:` 下添加它。

    The profile {name} is disabled.
    配置项 {name} 已停用。

    Set `enabled: true` in its configuration to use it.
    要使用它，请在其配置中写 `enabled: true`。

    No run of {profile} is going on.
    {profile} 没有正在进行的运行。

    `sluice status` shows what is; `{command}` starts one.
    `sluice status` 显示正在进行的；`{command}` 启动一次。

    The run {run} of {profile} is not going on.
    {profile} 的运行 {run} 已不在进行。

    `sluice status` shows what is; `{command}` shows how it ended.
    `sluice status` 显示正在进行的；`{command}` 显示它如何结束。

    The run {run} cannot be reached: {reason~}.
    无法联系到运行 {run}：{reason}。

    Run this as the user who started it ({user}).
    请以启动它的用户（{user}）执行。

    Internal: an event came out of order ({detail}).
    内部错误：事件次序有误（{detail}）。

    Please report this with the run's journal.
    请连同该运行的日志报告此问题。

    The run's process {n} ended without saying how.
    该运行的进程 {n} 没有说明原因就结束了。

    Start it again: it goes on from what is there.
    请重新启动：它会从已有内容继续。

    The checkpoint {path} is broken: {reason~}.
    检查点 {path} 已损坏：{reason}。

    It was set aside as {path}.
    已移到 {path}。

    Nothing to do: the next sync compares all files and writes a new one
    无需处理：下次同步会比较所有文件并写出新的检查点

    {n} [line|lines] missing from this journal.
    此日志缺少 {n} 行。

    An order to this run was not read: {reason~}.
    给此运行的一条指令未能读取：{reason}。

    Internal: event out of order ({detail}).
    内部错误：事件次序有误（{detail}）。

    {name} was planned to go and is kept: a marker that is pending by now vouches for it.
    {name} 原计划删除，现保留：有待入库的标记为它作保。

    Removed {n} unfinished [file|files] of a killed rsync.
    已删除被终止的 rsync 留下的 {n} 个未完成文件。

    Ended the rsync (process {n}) a dead run had left behind.
    已结束一次死亡运行遗留的 rsync（进程 {n}）。

    Process {n} has the number of an rsync of a dead run and is another one by now; it was left alone.
    进程 {n} 的号码曾属于一次死亡运行的 rsync，现在是别的进程；未动它。

    A dead run of another container or machine left an rsync (process {n} there), which cannot be seen from here and was left alone.
    另一容器或机器上的死亡运行遗留了 rsync（那里的进程 {n}），从此处看不到，未动它。

    Files vanished at the source while they were listed; one more pass.
    列出期间有文件从来源消失；再来一遍。

    The login at {host} is waiting; it says: {detail}
    在 {host} 上的登录正在等待；它说：{detail}

    The last sync ({time}) failed; this one goes on from what it left.
    上次同步（{time}）失败；本次从其留下的继续。

    The last sync ({time}) ended well; this one goes on from what it left.
    上次同步（{time}）成功；本次从其留下的继续。

    The last sync ({time}) was {outcome~}; this one goes on from what it left.
    上次同步（{time}）{outcome}；本次从其留下的继续。

    Fetching {n} [file|files] ({size}) in {n2} lanes: {reason~}.
    以 {n2} 条通道取回 {n} 个文件（{size}）：{reason}。

    Fetching with one rsync: {reason~}.
    以单个 rsync 取回：{reason}。

    Fetching without -z: what is to come is compressed already.
    不带 -z 取回：要来的内容已经压缩过。

    The server grants this login {n} [session|sessions] (MaxSessions of its sshd_config); {n2} lanes were asked for.
    服务器只给此登录 {n} 个会话（其 sshd_config 的 MaxSessions）；要求了 {n2} 条通道。

    Lane {n} ended early ({reason~}); what it has not brought is dealt out again.
    通道 {n} 提前结束（{reason}）；它未取回的内容重新分派。

    The ping of `ping_url` ({event}) was not taken: {reason~}. What watches over it does not know of this run.
    `ping_url` 的通知（{event}）未被接收：{reason}。监控方不知道这次运行。

    The command of `notify` did not start: {reason~}.
    `notify` 的命令未能启动：{reason}。

    The log {path} cannot be written ({reason~}); not all of this run is logged there.
    日志 {path} 无法写入（{reason}）；此运行的内容没有全部记入。

    The configuration has changed and was taken over.
    配置已更改，并已采用。

    Not in the configuration any more: {names~}.
    配置中已没有：{names}。

    The {task~} of {profile} goes on, though it is not in the configuration any more: `{command}` ends it.
    {profile} 的{task}仍在进行，虽然配置中已没有它：`{command}` 结束它。

    The configuration has another state_dir; what goes on in {path} is not shown any more: {names~}.
    配置改了 state_dir；{path} 中正在进行的不再显示：{names}。

    The changed configuration is not used; the old one stays in force.
    更改后的配置未采用；仍以旧配置为准。

    The changed configuration is not used: {reason~}
    更改后的配置未采用：{reason}

    And {n} more; see sluice validate.
    另有 {n} 处；见 sluice validate。

    The retention of {profile} cannot be planned: {reason~}.
    无法为 {profile} 制定保留计划：{reason}。

    There is nothing of {profile} to verify: {path} does not exist.
    {profile} 没有可校验的内容：{path} 不存在。

    Sync it first: {command}
    请先同步：{command}

    {n} [file|files] of {profile} [is|are] not as at the source, or damaged: {names~}.
    {profile} 有 {n} 个文件与来源不同或已损坏：{names}。

    Fetch them again with: {command}.
    请这样重新取回：{command}。

    The repair did not come to its end; start it again: {command}.
    修复没有完成；请重新启动：{command}。

    Look at the source and at this machine's disk and memory, then: {command}.
    请检查来源以及本机的磁盘与内存，然后：{command}。

    The source has no better bytes: have it publish these files again, or restore them from a copy.
    来源没有更好的内容：请让它重新发布这些文件，或从副本恢复。

    Of {n} [other|others] the source has no better bytes: have it publish these files again, or restore them from a copy.
    另外 {n} 个文件来源没有更好的内容：请让它重新发布这些文件，或从副本恢复。

    If the .CHECKSUM is what is wrong: {command}
    若错的是 .CHECKSUM：{command}

    {path}: cannot be read at the source, so nothing is known of it
    {path}：在来源处无法读取，因此一无所知

    and {n} [file|files] more
    另有 {n} 个文件

    is missing here
    本地缺少

    is something else here than at the source
    本地与来源不是同一种内容

    has {n} [byte|bytes] here and {n2} at the source
    本地 {n} 字节，来源 {n2} 字节

    has other bytes than at the source, and the same size
    大小相同，内容与来源不同

    is a link that leads elsewhere than the source's
    是链接，指向与来源不同的位置

    cannot be read here: {reason~}
    本地无法读取：{reason}

    the source has the same bytes
    来源的内容相同

    the source does not list it
    来源没有列出它

    fetching it again
    正在重新取回

    is no Parquet file: it has only {n} [byte|bytes]
    不是 Parquet 文件：只有 {n} 字节

    is no Parquet file: it does not begin with PAR1
    不是 Parquet 文件：不以 PAR1 开头

    is a Parquet file cut off: it does not end with PAR1
    是被截断的 Parquet 文件：不以 PAR1 结尾

    is a damaged Parquet file: its footer of {n} [byte|bytes] does not fit into it
    是损坏的 Parquet 文件：其 {n} 字节的页脚放不进去

    Fetching the list of markers.
    正在取回标记列表。

    Listing the source.
    正在列出来源。

    Comparing with the source.
    正在与来源比较。

    Transferring.
    正在传输。

    Publishing markers.
    正在发布标记。

    Updating the checkpoint.
    正在更新检查点。

    Ingesting.
    正在入库。

    Applying retention.
    正在执行保留期。

    Finishing.
    正在收尾。

    Plan: {n} [file|files], {size} to fetch.
    计划：取回 {n} 个文件，{size}。

    Plan: {n} [file|files], {size} to fetch, {n2} to delete.
    计划：取回 {n} 个文件，{size}；删除 {n2} 个。

    Plan: {n} [file|files], {size} to fetch, {n3} [directory|directories] to expire.
    计划：取回 {n} 个文件，{size}；{n3} 个目录到期。

    Plan: {n} [file|files], {size} to fetch, {n2} to delete, {n3} [directory|directories] to expire.
    计划：取回 {n} 个文件，{size}；删除 {n2} 个；{n3} 个目录到期。

    Retry {n} in {span}.
    {span} 后进行第 {n} 次重试。

    {message~} Retry {n} in {span}.
    {message}{span} 后进行第 {n} 次重试。

    Transferred {n} [file|files], {size} in {span}.
    已传输 {n} 个文件，{size}，用时 {span}。

    Ingesting {n} [marker|markers].
    正在入库 {n} 个标记。

    Published {n} [marker|markers].
    已发布 {n} 个标记。

    Ingested {marker}: {n} [file|files], {n2} [row|rows].
    已入库 {marker}：{n} 个文件，{n2} 行。

    Deleted {n} expired [directory|directories], freed {size}.
    已删除 {n} 个到期目录，释放 {size}。

    Ended: {outcome~}, {n} [file|files], {size} in {span}.
    结束：{outcome}，{n} 个文件，{size}，用时 {span}。

    Ended: {outcome~}, {figures~} in {span}.
    结束：{outcome}，{figures}，用时 {span}。

    Stop asked by someone.
    有人要求停止。

    Stop asked by {user}.
    {user} 要求停止。

    Paused.
    已暂停。

    Paused until {time}.
    已暂停，至 {time}。

    Resumed.
    已恢复。

    Bandwidth limit lifted.
    已解除限速。

    Bandwidth limit lifted until {time}.
    已解除限速，至 {time}。

    Bandwidth limit now {limit}.
    限速现为 {limit}。

    Bandwidth limit now {limit} until {time}.
    限速现为 {limit}，至 {time}。

    """#
}
