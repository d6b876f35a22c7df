extension ChineseWords {
  /// What `init` asks and answers, and what an ingest finds in its files.
  static let questions = #"""
    Answer y or n.
    请回答 y 或 n。

    Write a whole number.
    请写整数。

    Host of the collector
    采集主机

    SSH port
    SSH 端口

    User there
    那里的用户

    Private key file (empty: the agent or ssh_config)
    私钥文件（留空：ssh 代理或 ssh_config）

    Change host, port, user or key? (n: go on without looking there)
    更改主机、端口、用户或密钥？（n：不看那里，继续）

    {host} shows this key:
    {host} 出示此密钥：

    It is the one that your known_hosts has for it.
    它与 known_hosts 中的一致。

    Your known_hosts has ANOTHER key for it. Do not take this one before you know why.
    known_hosts 中是另一个密钥。弄清原因之前请勿采用。

    Its own is printed there by: {command}
    在那里可这样打印其自身的密钥：{command}

    Is it the host's own? (yes, no, or the fingerprint it should have)
    是该主机自身的密钥吗？（yes、no，或它应有的指纹）

    That is not the key it shows. Answer yes or no, or the fingerprint.
    这不是它出示的密钥。请回答 yes、no 或指纹。

    Directory there
    那里的目录

    Directory there (a number to look inside, a path, .. for the one above)
    那里的目录（数字：进入查看；路径；..：上一级）

    Directory there (a number to look inside, a path, .. for the one above; empty: this one)
    那里的目录（数字：进入查看；路径；..：上一级；留空：就是这个）

    Klines with {n} day [marker|markers], which say when a day is complete.
    有 K 线和 {n} 个日标记，标记表明某日已完整。

    Klines in {names~}. There are no day markers: {command} brings them in.
    {names} 中有 K 线。没有日标记：{command} 可将其入库。

    {n} dated [directory|directories], {first} to {last}
    {n} 个日期目录，{first} 至 {last}

    {n} day [marker|markers]
    {n} 个日标记

    {n} more, which a path names
    另有 {n} 个，可用路径指定

    Directory of the lake (absolute)
    数据湖的目录（绝对路径）

    Name of the profile
    配置项的名称

    Days to keep (0: for ever)
    保留天数（0：永久）

    Does it hold Binance klines to ingest? (y/n)
    其中有要入库的 Binance K 线吗？（y/n）

    When to sync it, as cron or systemd write it, like {form} (empty: not by itself)
    何时同步，按 cron 或 systemd 的写法，如 {form}（留空：不自动）

    This cannot be used: {reason~}.
    无法使用：{reason}。

    {path} is a file, not a directory.
    {path} 是文件，不是目录。

    You may not write into {path}.
    无权写入 {path}。

    No directory there has a day at the end of its name, so there is nothing that retention would delete.
    那里没有名称以日期结尾的目录，因此保留期不会删除任何内容。

    {n} dated [directory|directories] of {n2} series, {first} to {last}: with {n3} [day|days] all that is there is kept. What is older is neither fetched nor kept.
    {n2} 个序列的 {n} 个日期目录，{first} 至 {last}：保留 {n3} 天即全部留存。更早的既不取回也不保留。

    {path} is there already. Write over it at the end?
    {path} 已经存在。最后覆盖它吗？

    This goes into {path}:
    将写入 {path}：

    Write it?
    写出吗？

    To have it synced by itself, write a `schedule:` into the file, and then: {command}
    要自动同步，请在文件中写 `schedule:`，然后：{command}

    Nothing starts it by itself yet. A timer of systemd does, with its service, once this has written them:
    尚无自动启动。执行以下命令会写出 systemd 的定时器与服务：

    or this line of cron, which {command} puts there:
    或用这行 cron，由 {command} 写入：

    To let the key do nothing but read that directory, give it this line in ~/.ssh/authorized_keys of {login}:
    要让该密钥只能读取那个目录，请在 {login} 的 ~/.ssh/authorized_keys 中写这一行：

    The directory is then the root of all paths: set `remote_root: /` in the file.
    此后该目录即所有路径的根：请在文件中设 `remote_root: /`。

    {n} [candle is|candles are] missing in {n2} [file|files]: {names~}.
    {n2} 个文件缺少 {n} 根 K 线：{names}。

    {n} [candle is|candles are] missing in {n2} [file|files], {n3} of them filled with flat ones where no other file has them: {names~}.
    {n2} 个文件缺少 {n} 根 K 线，其中 {n3} 根在其他文件也没有处以平盘填充：{names}。

    {n} [row in|rows in] {n2} [file|files] [repeats|repeat] an open time that was there before, and the first stays: {names~}.
    {n2} 个文件中有 {n} 行的开盘时间重复，以首行为准：{names}。

    {n} of these rows [has|have] other values than the first, and nothing tells which is right: {names~}.
    其中 {n} 行与首行的值不同，无从判断孰对：{names}。

    {n} [row in|rows in] {n2} [file|files] came after a later one and [was|were] put in order: {names~}.
    {n2} 个文件中有 {n} 行排在较晚的行之后，已重新排序：{names}。

    {n} [candle has|candles have] other values in another file; these count: {names~}.
    {n} 根 K 线在另一文件中的值不同；以下为准：{names}。

    {n} [candle in|candles in] {n2} [file|files] [opens|open] beside the grid of the interval, which fills no hole: {names~}.
    {n2} 个文件中有 {n} 根 K 线的开盘时间不在周期网格上，不算填补缺口：{names}。

    {n} [candle in|candles in] {n2} [file|files] [has|have] not the length of the interval, as before an outage: {names~}.
    {n2} 个文件中有 {n} 根 K 线的长度与周期不符，如停机之前那样：{names}。

    {n} ZIP [file holds|files hold] the same member more than once, and the last was read: {names~}.
    {n} 个 ZIP 文件含有重复的成员，读取了最后一个：{names}。

    {n} [member of|members of] {n2} ZIP [file|files] [was|were] not read, for only the one named like its archive counts: {names~}.
    {n2} 个 ZIP 文件的 {n} 个成员未读取，因为只有与归档同名的才算：{names}。

    The dashboard needs a terminal, but {what~} is not one; {command} prints the same as plain text.
    面板需要终端，而{what}不是终端；{command} 以纯文本打印同样的内容。

    The terminal type {term} cannot place text on the screen; {command} prints the same line by line.
    终端类型 {term} 无法在屏幕上定位文本；{command} 逐行打印同样的内容。

    TERM is not set, and {names} are not in the terminfo database either; install ncurses-base or set TERM=xterm.
    没有设置 TERM，terminfo 数据库中也没有 {names}；请安装 ncurses-base 或设 TERM=xterm。

    The terminal type {term} is not known here, and {names} are not in the terminfo database either; install ncurses-base or set TERM=xterm.
    本机没有终端类型 {term}，terminfo 数据库中也没有 {names}；请安装 ncurses-base 或设 TERM=xterm。

    The terminal is already in use by this process.
    此进程已在使用终端。

    The terminal could not be set up: {call} failed with error {number}.
    无法设置终端：{call} 失败，错误 {number}。

    There is no theme named {name}; there are {names}.
    没有名为 {name} 的主题；有 {names}。

    The theme {path} cannot be read: {reason~}
    主题 {path} 无法读取：{reason}

    it is not there, or not a regular file.
    它不存在，或不是普通文件。

    The theme {path} has {n} [byte|bytes], which no colour scheme has; is it another kind of file?
    主题 {path} 有 {n} 字节，没有配色方案如此之大；它是另一种文件吗？

    The theme {path} is not YAML: {reason~}.
    主题 {path} 不是 YAML：{reason}。

    The theme {path} is left out: {reason~}
    主题 {path} 未采用：{reason}

    Saved: {path}
    已保存：{path}

    The login ended ({code}).
    登录已结束（{code}）。

    The dashboard of {host} ended with {code}.
    {host} 的面板以 {code} 结束。

    The dashboard of this lake cannot be shown.
    无法显示此数据湖的面板。

    --host {text} is no host: it is user@host, or {form}.
    --host {text} 不是主机：应为 user@host 或 {form}。

    {profile}: {times} in {keeper}, next at {time}
    {profile}：{times}，在 {keeper} 中，下次 {time}

    {keeper}: removed {names~}
    {keeper}：已删除 {names}

    """#
}
