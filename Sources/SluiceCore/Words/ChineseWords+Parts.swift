extension ChineseWords {
  /// Words and figures within sentences: names of tasks, outcomes, phases, lists.
  static let parts = #"""
    {names} and {n} more
    {names} 等，另有 {n} 项

    sync
    同步

    sync dry run
    同步试运行

    dry run
    试运行

    cleanup
    清理

    cleanup dry run
    清理试运行

    cleanup plan
    清理计划

    ingest
    入库

    ingest dry run
    入库试运行

    backfill
    回填

    verify
    校验

    verification
    校验

    repair
    修复

    success
    成功

    partial
    部分完成

    failed
    失败

    interrupted
    已中断

    refused
    被拒绝

    terminal
    终端

    dashboard
    面板

    cron
    cron

    script
    脚本

    service
    服务

    starting
    正在启动

    waiting
    等待中

    markers
    取标记

    planning
    列出来源

    verifying
    校验

    transferring
    传输

    publishing
    发布标记

    checkpoint
    写检查点

    ingesting
    入库

    repairing
    修复

    cleaning
    清理

    finishing
    收尾

    ended
    已结束

    pause
    暂停

    resume
    恢复

    limit
    限速

    stop
    停止

    paused
    暂停

    limited
    限速

    resumed
    恢复

    so many were asked for
    按所要求的数目

    the source is {time} away
    来源相距 {time}

    the source is only {time} away
    来源仅相距 {time}

    how far the source is could not be measured
    无法测出来源有多远

    there is little to fetch in files of some size
    大一些的文件里没有多少要取

    no two files are large enough to be shared out
    没有两个足够大、可以分派的文件

    the limit lets through no more than one carries
    限速之内一个就够

    {word} takes one process for the whole transfer
    {word} 要求整个传输只用一个进程

    lanes share one login, and this run has none to share
    各通道共用一次登录，而此运行没有可共用的

    nothing came for {span}
    {span} 内没有收到任何内容

    nothing compared
    没有比较任何内容

    {n} [file|files] compared, no finding
    比较了 {n} 个文件，无发现

    {n} [file|files] compared, {n2} repaired, no finding
    比较了 {n} 个文件，修复 {n2} 个，无发现

    {n} [file|files] compared, {n2} [finding|findings]
    比较了 {n} 个文件，{n2} 项发现

    {n} [file|files] compared, {n3} repaired, {n2} [finding|findings]
    比较了 {n} 个文件，修复 {n3} 个，{n2} 项发现

    sync-dry-run
    同步试运行

    dry-run
    试运行

    ingest-dry-run
    入库试运行

    cleanup-dry-run
    清理试运行

    Sync
    同步

    Cleanup
    清理

    Ingest
    入库

    Verification
    校验

    Dry run
    试运行

    {n} of both
    两者合计 {n}

    no limit
    不限速

    its own limit
    恢复自身的限速

    its own {limit}
    恢复自身的 {limit}

    {limit} KB/s until {time}
    {limit} KB/s，至 {time}

    no limit until {time}
    不限速，至 {time}

    owners
    所有者

    rights
    权限

    times
    时间

    {n} not read back yet ({names~})
    {n} 个尚未读回（{names}）

    {n} at times of another one not read back yet ({names~})
    {n} 个与另一尚未读回的文件时间相同（{names}）

    {n} not read back and gone from the lake ({names~})
    {n} 个未读回且已不在数据湖中（{names}）

    {n} in a table that is refused ({names~})
    {n} 个在被拒绝的表中（{names}）

    {n} put aside ({names~})
    {n} 个被搁置（{names}）

    {n} brought by an earlier tool ({names~})
    {n} 个由早先的工具带来（{names}）

    {n} [file|files]
    {n} 个文件

    {n} [file|files], {n2} [row|rows]
    {n} 个文件，{n2} 行

    {n} [file|files], {size}
    {n} 个文件，{size}

    {n} [file|files] deleted
    删除 {n} 个文件

    {n} [directory|directories] deleted, {size} freed
    删除 {n} 个目录，释放 {size}

    {size} freed
    释放 {size}

    {task~} planned
    已计划{task}

    Write a whole number
    请写整数

    Answer y or n
    请回答 y 或 n

    never
    从未

    stale
    过期

    late
    逾期

    gaps
    有缺口

    running
    运行中

    fine
    正常

    disabled
    停用

    acknowledged
    已知

    a table of keys
    键的表

    a list
    列表

    text
    文本

    nothing
    空值

    a value
    值

    a port number
    端口号

    a number of runs
    运行数

    a number of retries
    重试次数

    a number of days
    天数

    a number of files
    文件数

    a span of time
    时长

    a number of bytes
    字节数

    a time of day
    一天中的时刻

    true or false
    true 或 false

    not named like an archive
    名称不像归档

    {n} [link|links] ({names~})
    {n} 个链接（{names}）

    {n} not named like an archive ({names~})
    {n} 个名称不像归档（{names}）

    {n} not in UTF-8 ({names~})
    {n} 个不是 UTF-8（{names}）

    {n} in a directory of another market ({names~})
    {n} 个在另一市场的目录中（{names}）

    {n} neither file nor directory ({names~})
    {n} 个既非文件也非目录（{names}）

    {winner} counts, not {loser} (published later)
    以 {winner} 为准，而非 {loser}（发布较晚）

    {winner} counts, not {loser} (published at the same time, written later)
    以 {winner} 为准，而非 {loser}（同时发布，写入较晚）

    {winner} counts, not {loser} (all times equal, decided by the name)
    以 {winner} 为准，而非 {loser}（时间均相同，按名称决定）

    {left} in place of {gone}
    {left} 取代 {gone}

    {n} [row|rows] in the table of {market} {interval}
    {market} {interval} 的表中 {n} 行

    At least
    至少

    empty
    空值

    a percentage
    百分数

    attempts
    尝试次数

    """#
}
