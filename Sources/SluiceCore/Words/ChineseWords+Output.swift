extension ChineseWords {
  /// The lines that commands print.
  static let output = #"""
    Syncing profile: {profile}
    正在同步配置项：{profile}

    Dry run of profile: {profile}
    试运行配置项：{profile}

    Cleaning up profile: {profile}
    正在清理配置项：{profile}

    Dry run of the cleanup of profile: {profile}
    试运行配置项的清理：{profile}

    Ingesting profile: {profile}
    正在为配置项入库：{profile}

    Dry run of the ingest of profile: {profile}
    试运行配置项的入库：{profile}

    Verifying profile: {profile}
    正在校验配置项：{profile}

    Remote: {address}
    来源：{address}

    Local:  {path}
    本地：{path}

    Last sync: {time}
    上次同步：{time}

    Last sync: {time} (incomplete)
    上次同步：{time}（未完成）

    Resuming from checkpoint...
    正在从检查点继续……

    Executing rsync...
    正在执行 rsync……

    Files transferred: {n}
    已传输文件：{n}

    Files transferred: {n} (resumed)
    已传输文件：{n}（续传）

    Bytes transferred: {size}
    已传输字节：{size}

    Files deleted: {n}
    已删除文件：{n}

    Duration: {span}
    用时：{span}

    Updating checkpoint...
    正在更新检查点……

    Ingesting {n} [marker|markers]...
    正在入库 {n} 个标记……

    {marker}: {n} [file|files], {n2} [row|rows]
    {marker}：{n} 个文件，{n2} 行

    Markers published: {n}
    已发布标记：{n}

    Cleaning up old data...
    正在清理旧数据……

    Cleaning up old data (retention: {n} [day|days])...
    正在清理旧数据（保留期：{n} 天）……

    Cutoff date: {day}
    截止日期：{day}

    Cutoff date: {day} (the day itself stays)
    截止日期：{day}（当天保留）

    Deleted: {n} [directory|directories]
    已删除：{n} 个目录

    Freed space: {size}
    释放空间：{size}

    Files ingested: {n}
    已入库文件：{n}

    Files ingested: {n} ({n2} unchanged)
    已入库文件：{n}（{n2} 个未变）

    Rows: {n}
    行数：{n}

    Plan:
    计划：

    To read: {n} [file|files], {size}
    待读取：{n} 个文件，{size}

    To read:
    待读取：

    Changes:
    变更：

    To fetch:  {n} [file|files], {size}
    取回：{n} 个文件，{size}

    To delete: {n} [file|files] (gone at the source)
    删除：{n} 个文件（来源已没有）

    To delete: {n} [file|files], {n2} [directory|directories] (gone at the source)
    删除：{n} 个文件，{n2} 个目录（来源已没有）

    To expire: nothing, everything is kept
    到期：无，全部保留

    To expire: {n} dated [directory|directories], {n2} [file|files], {size}
    到期：{n} 个日期目录，{n2} 个文件，{size}

    - {name}  {size}, {n} [file|files]
    - {name}  {size}，{n} 个文件

    To keep: {n} dated [directory|directories]
    保留：{n} 个日期目录

    Held by pending markers: {names}
    被待入库标记留住：{names}

    Kept, no date: {names}
    保留，无日期：{names}

    Kept, dated in another form than YYYYMMDD: {names~}
    保留，日期不是 YYYYMMDD 形式：{names}

    Free space: {free}, which is enough
    可用空间：{free}，足够

    Free space: {free}, {missing} too little: {needed} are needed, and {reserve} must stay free
    可用空间：{free}，还差 {missing}：需要 {needed}，另须留空 {reserve}

    Sync completed successfully
    同步成功完成

    Cleanup completed successfully
    清理成功完成

    Ingest completed successfully
    入库成功完成

    Dry run completed successfully
    试运行成功完成

    Dry run completed, nothing was deleted
    试运行完成，未删除任何内容

    {task~} completed in part (exit {code})
    {task}部分完成（退出码 {code}）

    {task~} found {n} [file|files] not as it should be (exit {code})
    {task}发现 {n} 个文件有问题（退出码 {code}）

    Sync failed
    同步失败

    Cleanup failed
    清理失败

    Ingest failed
    入库失败

    Verification failed
    校验失败

    Dry run failed
    试运行失败

    {task~} interrupted; start it again to go on from here
    {task}已中断；重新启动即可从此处继续

    A guard would refuse this {task~}, nothing was touched
    保护措施会拒绝此次{task}，未触动任何内容

    {task~} refused, nothing was touched
    {task}被拒绝，未触动任何内容

    Looked at: {scope~}
    查看范围：{scope}

    share {share}
    份额 {share}

    share {share} of {scope~}
    {scope}的份额 {share}

    the files of {day} and later
    {day} 及以后的文件

    Compared with the source: {n} [file|files], {size}
    与来源比较：{n} 个文件，{size}

    Checked in themselves: {n} [file|files]
    自身检查：{n} 个文件

    Findings: {n} [file|files]
    发现：{n} 个文件

    Findings so far: {n} [file|files]
    迄今发现：{n} 个文件

    Repaired: {n} [file|files]
    已修复：{n} 个文件

    New or changed at the source since the last sync, no finding: {n} [file|files]
    上次同步后来源新增或更改，不算发现：{n} 个文件

    Only here, gone at the source or excluded, no finding: {n} [file|files]
    仅在本地，来源已没有或已排除，不算发现：{n} 个文件

    Cannot be read at the source: {n} [file|files]
    在来源处无法读取：{n} 个文件

    Verification compared nothing: there is no file to look at
    校验没有比较任何内容：没有可查看的文件

    Verification compared nothing: in {scope~} there is no file to look at
    校验没有比较任何内容：{scope}中没有可查看的文件

    Verification completed: all is as at the source ({n} [file|files])
    校验完成：全部与来源一致（{n} 个文件）

    Verification completed: the source has nothing to compare; {n} [file only here is|files only here are] right
    校验完成：来源没有可比较的内容；仅在本地的 {n} 个文件无误

    Verification completed: {n} [file compared is|files compared are] as at the source
    校验完成：所比较的 {n} 个文件与来源一致

    Verification completed: {n} [file compared is|files compared are] as at the source ({scope~})
    校验完成：所比较的 {n} 个文件与来源一致（{scope}）

    Summary:
    汇总：

    Cleanup of {profile}:
    {profile} 的清理：

    Delete {n} [directory|directories]? [[y/N]]
    删除 {n} 个目录？[[y/N]]

    Nothing deleted.
    未删除任何内容。

    No run ended badly.
    没有异常结束的运行。

    No run ended badly since {time}.
    自 {time} 起没有异常结束的运行。

    No run began since {time}.
    自 {time} 起没有开始的运行。

    No runs yet. Start one with: {command}
    尚无运行。可这样启动：{command}

    No run of {profile} is over yet, but one is going on: {task~} since {time}. Follow it with: {command}
    {profile} 还没有结束的运行，但有一次正在进行：自 {time} 起的{task}。可这样跟随：{command}

    Run:     {run}
    运行：  {run}

    Profile: {profile}  (dry run, {task~})
    配置项：{profile}（试运行，{task}）

    Profile: {profile}  ({task~})
    配置项：{profile}（{task}）

    Started: {time} by {user} from {origin~}, process {n}
    启动：  {time}，{user}，从{origin}，进程 {n}

    Command: {command}
    命令：  {command}

    Phases:  {phases}
    阶段：  {phases}

    Stalled: {time} for {span}
    停滞：  {time}，持续 {span}

    Stalled: {time} for {span} at {file}
    停滞：  {time}，持续 {span}，在 {file}

    and {n} shorter times
    另有 {n} 次较短的

    Slowest: {time} for {span}: {rate}, {mean} over all
    最慢：  {time}，持续 {span}：{rate}，全程平均 {mean}

    Slowest: {time} for {span}: {rate}
    最慢：  {time}，持续 {span}：{rate}

    Nothing was said since {time}.
    自 {time} 起没有任何记录。

    Nothing was said since {time} with {text}.
    自 {time} 起没有含 {text} 的记录。

    Stopped the dry run of {profile}: {outcome~}.
    已停止 {profile} 的试运行：{outcome}。

    Stopped {profile}: {outcome~}.
    已停止 {profile}：{outcome}。

    {profile} has its own limit again.
    {profile} 恢复自身的限速。

    Limit of {profile} lifted.
    已解除 {profile} 的限速。

    Limit of {profile} lifted until {time}, then {later~}.
    已解除 {profile} 的限速，至 {time}，之后{later}。

    Limit of {profile} now {rate} KB/s.
    {profile} 的限速现为 {rate} KB/s。

    Limit of {profile} now {rate} KB/s until {time}, then {later~}.
    {profile} 的限速现为 {rate} KB/s，至 {time}，之后{later}。

    Paused {profile}; `{command}` lets it go on.
    已暂停 {profile}；`{command}` 使其继续。

    Paused {profile} until {time}; `{command}` lets it go on earlier.
    已暂停 {profile}，至 {time}；`{command}` 使其提前继续。

    {profile} is paused already; `{command}` lets it go on.
    {profile} 已经暂停；`{command}` 使其继续。

    {profile} is paused already; `{command}` lets it go on earlier.
    {profile} 已经暂停；`{command}` 使其提前继续。

    Resumed {profile}.
    已恢复 {profile}。

    {profile} is not paused; it goes on as it was.
    {profile} 没有暂停；照常继续。

    {profile} is no longer known to fail.
    {profile} 的失败不再视为已知。

    {profile} was not acknowledged.
    {profile} 没有标为已知。

    Nothing is acknowledged.
    没有标为已知的内容。

    {profile}: {state~}, known until {time}: {why} ({user})
    {profile}：{state}，已知至 {time}：{why}（{user}）

    All was so already.
    原本就是如此。

    Nothing of this configuration is there.
    没有此配置的内容。

    They run while {user} is logged in; always after: {command}
    它们在 {user} 登录期间运行；要始终运行：{command}

    {profile} is in {keeper} as well, and begins twice: remove one of them.
    {profile} 在 {keeper} 中也有，会启动两次：请删除其一。

    Nothing was written.
    没有写出任何内容。

    The login works.
    登录正常。

    Wrote {path}. Next:
    已写出 {path}。接下来：

    """#
}
