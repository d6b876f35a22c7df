extension ChineseWords {
  /// What is said of a profile's state, by `status`, `check`, `coverage` and `stats`.
  static let status = #"""
    never synced with success
    从未成功同步

    last success {span} ago, allowed {limit}
    上次成功在 {span} 前，允许 {limit}

    last success lies {span} in the future; check the clock
    上次成功在 {span} 之后的将来；请检查时钟

    the last {task~} could not begin
    上次{task}未能开始

    the last {task~} could not begin: {reason~}
    上次{task}未能开始：{reason}

    no run can begin: {reason~}
    无法开始任何运行：{reason}

    the last {task~} failed
    上次{task}失败

    the last {task~} failed: {reason~}
    上次{task}失败：{reason}

    the last {task~} was refused
    上次{task}被拒绝

    the last {task~} was refused: {reason~}
    上次{task}被拒绝：{reason}

    the last {task~} was interrupted
    上次{task}被中断

    the last {task~} was interrupted: {reason~}
    上次{task}被中断：{reason}

    the last {task~} was partial
    上次{task}部分完成

    the last {task~} was partial: {reason~}
    上次{task}部分完成：{reason}

    the last {task~} ended well
    上次{task}正常结束

    the last {task~} failed after the transfer: {reason~}
    上次{task}在传输之后失败：{reason}

    the last {task~} failed after the transfer
    上次{task}在传输之后失败

    the last {task~} was refused after the transfer: {reason~}
    上次{task}在传输之后被拒绝：{reason}

    the last {task~} was refused after the transfer
    上次{task}在传输之后被拒绝

    the last {task~} was interrupted after the transfer: {reason~}
    上次{task}在传输之后被中断：{reason}

    the last {task~} was interrupted after the transfer
    上次{task}在传输之后被中断

    the last run ended without saying how; what it was writing may be incomplete until the next one
    上次运行没有说明原因就结束了；它正在写的内容在下次运行之前可能不完整

    the sync due at {time} has not begun, {span} later
    应在 {time} 开始的同步没有开始，已过 {span}

    not in the configuration any more
    配置中已没有

    not in the configuration any more, and its {task~} since {time} goes on
    配置中已没有，而其自 {time} 起的{task}仍在进行

    not in the configuration any more, and its {task~} since {time} goes on.
    配置中已没有，而其自 {time} 起的{task}仍在进行。

    {n} [file was|files were] not as at the source, or damaged, when last verified: {names~}
    上次校验时有 {n} 个文件与来源不同或已损坏：{names}

    never verified whole and right
    从未完整校验无误

    last verified right {span} ago, allowed {limit}
    上次校验无误在 {span} 前，允许 {limit}

    not all could be read: {reason~}
    未能全部读取：{reason}

    Not all could be read: {reason~}
    未能全部读取：{reason}

    {n} data [file|files] empty or broken off: {names~}
    {n} 个数据文件为空或中断：{names}

    data files that hold nothing: {n} ({names~})
    没有内容的数据文件：{n} 个（{names}）

    holes may be missed: {reason~}
    可能有遗漏的缺口：{reason}

    {n} [day|days] missing, allowed {limit~}: {names~}
    缺少 {n} 天，允许 {limit}：{names}

    {n} [day|days] missing ({n2} in the warehouse only), allowed {limit~}: {names~}
    缺少 {n} 天（其中 {n2} 天仅在仓库中），允许 {limit}：{names}

    {n} [day|days] short or unreadable, allowed {limit~}: {names~}
    {n} 天不全或无法读取，允许 {limit}：{names}

    {n} [day|days] missing in {n2} series: {names~}
    {n2} 个序列缺少 {n} 天：{names}

    {n} [day|days] missing ({n3} in the warehouse only) in {n2} series: {names~}
    {n2} 个序列缺少 {n} 天（其中 {n3} 天仅在仓库中）：{names}

    {n} [day|days] short in {n2} series: {names~}
    {n2} 个序列有 {n} 天不全：{names}

    {n} [day|days] missing and {n3} short in {n2} series: {names~}
    {n2} 个序列缺少 {n} 天，{n3} 天不全：{names}

    {n} [day|days] missing ({n4} in the warehouse only) and {n3} short in {n2} series: {names~}
    {n2} 个序列缺少 {n} 天（其中 {n4} 天仅在仓库中），{n3} 天不全：{names}

    {n} [day that was here is|days that were here are] gone: {names~}
    曾有的 {n} 天不见了：{names}

    no dated data there
    没有带日期的数据

    newest data is of {day}, allowed lag {limit}
    最新数据为 {day}，允许滞后 {limit}

    data is dated {first} to {last}, after tomorrow; check the collector's clock
    有日期为 {first} 至 {last} 的数据，晚于明天；请检查采集程序的时钟

    data is dated {day}, after tomorrow; check the collector's clock
    有日期为 {day} 的数据，晚于明天；请检查采集程序的时钟

    the disk of {path} is not mounted
    {path} 的磁盘没有挂载

    the disk of {path}, which held {n} [file|files], is not mounted
    曾有 {n} 个文件的 {path} 的磁盘没有挂载

    nothing is left in {path}
    {path} 中已空无一物

    nothing is left in {path}, which held {n} [file|files]
    曾有 {n} 个文件的 {path} 中已空无一物

    {n} [file|files] put aside and not in the warehouse as now in the lake: {names~}
    {n} 个文件被搁置，仓库中没有它们在数据湖中的现状：{names}

    {n} [file|files] not in the warehouse as sent, when that was last verified: {names~}
    上次校验时 {n} 个文件在仓库中与所发送的不同：{names}

    {n} [row was|rows were] refused of {n2} [file|files] in the warehouse: {names~}
    仓库中 {n2} 个文件有 {n} 行被拒：{names}

    {n} [marker|markers] pending, of which no file is there: {names~}
    {n} 个标记待入库，却没有它们的文件：{names}

    {n} [file is|files are] not as accepted any more: {names~}
    {n} 个文件已与接受时不同：{names}

    {n} [candle opens|candles open] beside the grid of the interval: {detail}
    {n} 根 K 线的开盘时间不在周期网格上：{detail}

    {n} [candle has|candles have] not the length of the interval, as before an outage: {detail}
    {n} 根 K 线的长度与周期不符，如停机之前那样：{detail}

    {n} [series has|series have] candles of three days on two grids, so that some overlap: {names~}
    {n} 个序列的三日 K 线落在两套网格上，因此有重叠：{names}

    {n} [file|files] not right: {names~}
    {n} 个文件有问题：{names}

    limited to {limit}
    限速 {limit}

    limited to {limit} until {time}
    限速 {limit}，至 {time}

    not limited
    不限速

    paused until {time}
    已暂停，至 {time}

    ends by {time}
    至迟 {time} 结束

    {reason~} (known until {time}: {why})
    {reason}（已知，至 {time}：{why}）

    {profile}: no dated data yet
    {profile}：尚无带日期的数据

    {profile}: not known
    {profile}：不详

    {n} [day|days]
    {n} 天

    {n} [day|days] not in the warehouse
    {n} 天不在仓库中

    its own are {days}
    自身为 {days}

    whole
    完整

    missing {days}
    缺少 {days}

    in the warehouse only {other}
    仅在仓库中 {other}

    short or unreadable {short}
    不全或无法读取 {short}

    missing {days}, in the warehouse only {other}
    缺少 {days}，仅在仓库中 {other}

    missing {days}, short or unreadable {short}
    缺少 {days}，不全或无法读取 {short}

    in the warehouse only {other}, short or unreadable {short}
    仅在仓库中 {other}，不全或无法读取 {short}

    missing {days}, in the warehouse only {other}, short or unreadable {short}
    缺少 {days}，仅在仓库中 {other}，不全或无法读取 {short}

    accepted: {path}: {why} ({day})
    已接受：{path}：{why}（{day}）

    changed since it was accepted: {path}: {why} ({day})
    接受后有变化：{path}：{why}（{day}）

    {day}: {n} [file|files], expected are {n2}
    {day}：{n} 个文件，应有 {n2} 个

    {day}: {n} [file|files], there were {n2}
    {day}：{n} 个文件，曾有 {n2} 个

    {day}: {n} [file|files], the days around it have {n2}
    {day}：{n} 个文件，前后各日有 {n2} 个

    {day}: {n} of {n2} [candle|candles]
    {day}：{n2} 根 K 线中的 {n} 根

    {day}: a Parquet file is cut off or none
    {day}：有 Parquet 文件被截断或不是 Parquet

    {day}: a transfer was broken off here
    {day}：有传输在此中断

    {day}: {name} is empty, or broken off at its beginning
    {day}：{name} 为空，或在开头中断

    {day}: not all of it could be read
    {day}：未能全部读取

    {day}: it was here, and nothing is left of it
    {day}：曾经有过，现已不剩

    and {n} [day|days] more
    另有 {n} 天

    # {profile}: nothing dated is there yet, so nothing can be learned
    # {profile}：尚无带日期的数据，无从得出

    # Under data_lake.profiles.{profile}; add by: {form} where a day is due at an hour of UTC:
    # 放在 data_lake.profiles.{profile} 之下；若某日在 UTC 的某个时刻应到，请加 by: {form}：

    ok   {profile}
    正常  {profile}

    ok   {profile}: {note~}
    正常  {profile}：{note}

    FAIL {profile}: {reason~}
    失败  {profile}：{reason}

    """#
}
