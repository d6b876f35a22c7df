extension ChineseWords {
  /// Markers, archives and what an ingest finds in them.
  static let markers = #"""
    The ingest ledger {path} cannot be used: {reason~}.
    入库台账 {path} 无法使用：{reason}。

    Check the disk and the file's permissions. If it is damaged, move it aside: all files are then sent again.
    请检查磁盘与该文件的权限。若已损坏，请移走它：所有文件会重新发送。

    {path} {reason~}; it was put aside.
    {path} {reason}；已搁置。

    {path} {reason~}; it was put aside; the {n} [row|rows] sent of it before [stays|stay].
    {path} {reason}；已搁置；此前发送的 {n} 行保留。

    If the source's copy is good, delete this one and sync again: a file that was fetched anew is tried by itself.
    若来源的副本完好，请删除这一个并重新同步：重新取回的文件会自动再试。

    The next ingest tries it again; if it fails too, look at the file's rights and at the disk (dmesg | tail).
    下次入库会再试；若仍失败，请检查该文件的权限与磁盘（dmesg | tail）。

    If the .CHECKSUM is what is wrong: {command}.
    若错的是 .CHECKSUM：{command}。

    {n} [file is|files are] still put aside since an earlier ingest and not replaced: {names~}.
    {n} 个文件自先前的入库起仍被搁置，尚未替换：{names}。

    {n} [row of earlier sendings is|rows of earlier sendings are] still in the warehouse.
    先前发送的 {n} 行仍在仓库中。

    If the source's copies are good, delete these and sync again. All files of the markers once more: {command}; of one marker: R on the Markers page.
    若来源的副本完好，请删除这些并重新同步。要让标记的所有文件再来一次：{command}；仅一个标记：标记页上的 R。

    {path}: {n} [row was|rows were] refused; the other {n2} [is|are] in.
    {path}：{n} 行被拒；其余 {n2} 行已入库。

    {path}: {n} [row was|rows were] refused ({detail}); the other {n2} [is|are] in.
    {path}：{n} 行被拒（{detail}）；其余 {n2} 行已入库。

    Compare the file with the exchange's; a corrected one replaces these rows by itself. If it stays so: {command}.
    请与交易所的文件比较；更正后的文件会自动替换这些行。若就是如此：{command}。

    {n} [name was|names were] passed over unread: {names~}.
    {n} 个名称未读而略过：{names}。

    {n} [name was|names were] passed over unread: {names~}
    {n} 个名称未读而略过：{names}

    {n} [marker is|markers are] recorded as ingested without them: {names~}.
    {n} 个标记已记为入库，不含它们：{names}。

    {n} [kline archive lies|kline archives lie] in directories that do not say spot, um or cm, and the profile's markers do not name one market; nothing was read of them.
    {n} 个 K 线归档所在的目录没有标明 spot、um 或 cm，而该配置项的标记也没有指明单一市场；它们未被读取。

    Put them under directories like data/futures/um/; in a mirror set local_subdir to one, such as data/spot/NAME.
    请放到 data/futures/um/ 之类的目录下；若是镜像，请把 local_subdir 设为这样的目录，如 data/spot/NAME。

    {marker} vouches for {market} {interval} archives of {period}, but none is there; it stays pending.
    {marker} 为 {period} 的 {market} {interval} 归档作保，但一个也没有；它仍待入库。

    Run the sync again. If the source really has none, remove the marker there and here ({path}).
    请重新同步。若来源确实没有，请删除来源与本地的标记（{path}）。

    Not a marker, because its date, market or interval is not real, or it is no regular file: {names~}.
    不是标记，因为其日期、市场或周期不真实，或不是普通文件：{names}。

    A marker is named like {name}.
    标记的名称形如 {name}。

    {n} [directory|directories] could not be read ({path}: {reason~}).
    {n} 个目录无法读取（{path}：{reason}）。

    Check their permissions.
    请检查其权限。

    The warehouse does not hold what was sent of {n} [file|files], first {path}.
    仓库中没有 {n} 个文件所发送的内容，首个为 {path}。

    Run {command} to send them again, then {verify}.
    请运行 {command} 重新发送，然后 {verify}。

    {n} [file lies|files lie] twice in the lake, with different content: {names~}.
    {n} 个文件在数据湖中有两份，内容不同：{names}。

    Remove the copy that is wrong or old, then run {command}: the other one's rows take its place.
    请删除错误或陈旧的那份，然后运行 {command}：另一份的行取而代之。

    {warehouse} also takes the rows of {n} other [lake|lakes] ({names~}): which file counts is decided within a lake, so of a candle that two lakes hold the one sent last stays. Give each a database of its own, or make them profiles of one.
    {warehouse} 还接收 {n} 个其他数据湖（{names}）的行：以哪个文件为准在数据湖内部决定，因此两个数据湖都有的 K 线以最后发送的为准。请各用一个数据库，或合为一个数据湖的配置项。

    Nothing was compared: this profile has sent no file to {warehouse} yet.
    没有比较任何内容：此配置项还没有向 {warehouse} 发送文件。

    {command} sends what markers vouch for, {backfill} all archives that are there.
    {command} 发送标记所作保的，{backfill} 发送现有的全部归档。

    {warehouse} is not the warehouse it was: what held {names~} is gone, and all of it is sent again.
    {warehouse} 已不是原来的仓库：存放 {names} 的表不见了，其内容全部重新发送。

    {warehouse} is not the warehouse it was: everything is sent again.
    {warehouse} 已不是原来的仓库：全部重新发送。

    {warehouse} is the warehouse that was {earlier}: what is in it is not sent again.
    {warehouse} 就是原来的 {earlier}：其中已有的不再发送。

    {n} [file is gone and its copy counts|files are gone and their copies count] from now on: {names~}.
    {n} 个文件不见了，从现在起以其副本为准：{names}。

    {n} [file is gone, and its rows|files are gone, and their rows] may count in the warehouse instead of those of a copy that is there: {names~}.
    {n} 个文件不见了，仓库中可能仍以其行为准，而不是现有副本的：{names}。

    Run {command}: it sends the copies that are there in their place.
    请运行 {command}：它发送现有的副本来取代。

    In the warehouse {n} [file that is gone counts|files that are gone count] until another profile's copy is ingested: {names~}.
    仓库中仍以 {n} 个已不见的文件为准，直到另一配置项的副本入库：{names}。

    Run {command}: it sends the copies that are there.
    请运行 {command}：它发送现有的副本。

    {n} [file that is put aside has|files that are put aside have] {n2} [row|rows] of earlier sendings in the warehouse, not verified: {names~}.
    {n} 个被搁置的文件在仓库中有先前发送的 {n2} 行，未校验：{names}。

    They stay until a file in order takes their place; {command} says what is wrong with these.
    它们会保留到完好的文件取而代之；{command} 会说明它们的问题。

    {n} [file|files] could not be compared: {names~}.
    {n} 个文件无法比较：{names}。

    {command} sends what is there and says what is wrong with it; {force} also what an earlier tool brought.
    {command} 发送现有的并说明其问题；{force} 也发送早先工具带来的。

    fill_gaps is on by now: {n} [file with holes is|files with holes are] sent again.
    fill_gaps 现已开启：{n} 个有缺口的文件重新发送。

    fill_gaps is off by now: {n} [file with holes is|files with holes are] sent again.
    fill_gaps 现已关闭：{n} 个有缺口的文件重新发送。

    The warehouse does not hold what was sent of {n} [file|files] not in the lake any more: {names~}.
    仓库中没有 {n} 个已不在数据湖中的文件所发送的内容：{names}。

    Put each back where it was, then run {command}.
    请把它们各自放回原处，然后运行 {command}。

    Put each back where it was, then run {command}. This is said once.
    请把它们各自放回原处，然后运行 {command}。此提示只说一次。

    {n} [row|rows] of {n2} [file that is|files that are] not in the lake any more went with the earlier warehouse and cannot be sent: {names~}.
    {n2} 个已不在数据湖中的文件的 {n} 行随先前的仓库一起丢失，无法发送：{names}。

    The warehouse {warehouse} holds rows that this lake's ledger does not know: {names~}. Those at the times of archives that are sent now are replaced, all others stay beside them.
    仓库 {warehouse} 有此数据湖的台账所不知道的行：{names}。与现在发送的归档时间相同的会被替换，其余保留。

    The warehouse did not hold what was sent of {n} [file|files] when that was verified ({time}): {names~}.
    校验时（{time}）仓库中没有 {n} 个文件所发送的内容：{names}。

    {command} sends them again and reads them back.
    {command} 重新发送并读回它们。

    Several markets of one symbol are in the tables {table} ({names~}), and readers that do not ask for `market` mix them; warehouse.table: {form} keeps them apart.
    表 {table} 中有同一交易对的多个市场（{names}），不查询 `market` 的读者会混淆它们；warehouse.table: {form} 可将其分开。

    Accepted {path} with its own SHA-256 {sum} until it changes: {why}.
    已接受 {path}，以其自身的 SHA-256 {sum} 为准，直到它改变：{why}。

    Took back that {path} is accepted ({day}, {why}): what its .CHECKSUM says, and rows refused of it, count again.
    已撤回对 {path} 的接受（{day}，{why}）：其 .CHECKSUM 与被拒的行重新算数。

    {path} is not accepted, so there is nothing to take back; nothing was ingested.
    {path} 未被接受，因此无可撤回；没有入库任何内容。

    Those that are: {names~}.
    已接受的有：{names}。

    No file of the profile is.
    该配置项没有已接受的文件。

    {path} has changed since it was accepted ({day}, {why}): that counts no more.
    {path} 自接受（{day}，{why}）以来有变化：接受不再有效。

    {path} is not named like a kline archive; nothing was accepted or ingested.
    {path} 的名称不像 K 线归档；没有接受或入库任何内容。

    {path} is no path within the profile's directory; nothing was accepted or ingested.
    {path} 不是配置项目录之内的路径；没有接受或入库任何内容。

    {path} needs none, for no .CHECKSUM file speaks against it and no row of it was refused; nothing was accepted or ingested.
    {path} 无需接受：没有 .CHECKSUM 与它相悖，也没有行被拒；没有接受或入库任何内容。

    {path} {reason~}; nothing was accepted or ingested.
    {path} {reason}；没有接受或入库任何内容。

    Name archives below {path} whose .CHECKSUM is wrong, or of which rows were refused.
    请指定 {path} 之下 .CHECKSUM 有误或有行被拒的归档。

    There is no marker {name} in {path}.
    {path} 中没有标记 {name}。

    {command} lists the markers that are there.
    {command} 列出现有的标记。

    {marker} is ingested, but its record {path} cannot be written: {reason~}.
    {marker} 已入库，但其记录 {path} 无法写入：{reason}。

    Check the disk and the directory's permissions; the next ingest writes it without sending anything.
    请检查磁盘与目录的权限；下次入库会写出它，不重新发送。

    Profile {profile} has no ingest settings.
    配置项 {profile} 没有入库设置。

    Add `ingest: {{format: binance-klines}}` to it.
    请为它加上 `ingest: {{format: binance-klines}}`。

    Took over {n} [file|files] that earlier markers vouch for.
    已接管先前标记所作保的 {n} 个文件。

    Found {n} [file|files] of an interrupted ingest complete in the warehouse.
    中断的入库中有 {n} 个文件已完整在仓库中。

    {n} [file|files] put aside earlier: removed since, the rows ingested before still count.
    先前搁置的 {n} 个文件：其后已删除，此前入库的行仍有效。

    Compared no file with the warehouse.
    没有与仓库比较任何文件。

    Verified {n} [file|files]: {n2} [differs|differ].
    已校验 {n} 个文件：{n2} 个不同。

    Waits for the ingest of another profile: both write the same warehouse.
    等待另一配置项的入库：两者写入同一仓库。

    Waits for the ingest of {profile}: both write the same warehouse.
    等待 {profile} 的入库：两者写入同一仓库。

    """#
}
