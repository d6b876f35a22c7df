extension ChineseWords {
  /// What is wrong with single values of a configuration.
  static let values = #"""
    must not leave {what} by "..".
    不能以 ".." 离开 {what}。

    must name a directory below {what}, not {itself}.
    必须指定 {what} 之下的目录，而不是 {itself}。

    must be {what~}, {n} to {n2}, not {value}.
    必须是{what}，{n} 至 {n2}，而不是 {value}。

    must be {what}, a rate like 2M, or a timetable like {form}, not {value}.
    必须是 {what}、2M 之类的速率，或 {form} 之类的时间表，而不是 {value}。

    must be auto or a number of lanes, {n} to {n2}, not {value}.
    必须是 auto 或通道数 {n} 至 {n2}，而不是 {value}。

    must be a span of time of at most a thousand years (366000d), not {value}.
    必须是至多一千年（366000d）的时长，而不是 {value}。

    must be a day like {form}, not {value}.
    必须是 {form} 之类的日期，而不是 {value}。

    must be a time of day in UTC like {form}, not {value}.
    必须是 {form} 之类的 UTC 时刻，而不是 {value}。

    must be whole days, 1d to 366d.
    必须是整天数，1d 至 366d。

    must not be less than delay.
    不能小于 delay。

    must not be data_dir itself: every marker there would read as ingested.
    不能就是 data_dir：那里的每个标记都会被当作已入库。

    must contain {{interval}}.
    必须含有 {{interval}}。

    belongs to ClickHouse, but the engine is sqlite.
    属于 ClickHouse，而引擎是 sqlite。

    Remove it, or the engine.
    请删除它，或删除 engine。

    CLICKHOUSE_HOST is set and ignored, because the engine is named here.
    设置了 CLICKHOUSE_HOST，但已忽略，因为此处写明了引擎。

    is {own}, but host {host} says {named}.
    是 {own}，而 host {host} 写的是 {named}。

    Keep one of the two.
    请二者留一。

    holds a user or a password before its @.
    在 @ 之前含有用户或口令。

    Write the server's name alone, and the rest as `user` and `password_file`.
    请只写服务器名，其余写入 `user` 与 `password_file`。

    {value} is no table's name.
    {value} 不是表名。

    {value} is no path of a URL.
    {value} 不是 URL 的路径。

    holds a character that a name cannot have.
    含有名称不能有的字符。

    {value} is no name.
    {value} 不是名称。

    {value} is no interval.
    {value} 不是周期。

    is of klines, and this profile has no ingest.
    用于 K 线，而此配置项不入库。

    is of days' directories, and a symbol has one archive a day.
    用于日期目录，而一个交易对每天只有一个归档。

    Write it as a list: {form}.
    请写成列表：{form}。

    Write program and arguments: {form}.
    请写程序与参数：{form}。

    ping_url is one address for several profiles: it stays green while one of them fails.
    ping_url 是多个配置项共用的一个地址：其中一个失败时它仍是绿色。

    Write {{profile}} where the profile's name belongs, or watch `sluice check`.
    请在配置项名称处写 {{profile}}，或监控 `sluice check`。

    a profile cannot be named {name}.
    配置项不能叫 {name}。

    a profile's name must not be longer than {n} bytes.
    配置项的名称不能超过 {n} 字节。

    {path} leads out of root_dir by a symbolic link, to {place}.
    {path} 经符号链接通向 root_dir 之外：{place}。

    Use a directory of the lake, or move root_dir.
    请使用数据湖中的目录，或移动 root_dir。

    the file itself lies among the data of the profile {name}.
    此文件本身位于配置项 {name} 的数据之中。

    the values are nested deeper than {n} levels.
    值的嵌套超过 {n} 层。

    the aliases unfold to more than {n} values.
    别名展开后超过 {n} 个值。

    is a directory, which ssh takes for no known host.
    是目录，ssh 不会把它当作已知主机。

    Name a file in it.
    请指定其中的文件。

    there is not enough memory.
    内存不足。

    It has letters, digits and _, {{interval}}, and {{market}} where each market is to have its own tables.
    它含字母、数字与 _、{{interval}}，若每个市场各有其表则还有 {{market}}。

    the variable CLICKHOUSE_PORT is {own}, but CLICKHOUSE_HOST says {named}.
    变量 CLICKHOUSE_PORT 是 {own}，而 CLICKHOUSE_HOST 写的是 {named}。

    the variable CLICKHOUSE_PORT must be a port number, {n} to {n2}.
    变量 CLICKHOUSE_PORT 必须是端口号，{n} 至 {n2}。

    the variable CLICKHOUSE_HOST is not a host name or an address.
    变量 CLICKHOUSE_HOST 不是主机名或地址。

    Write {names}, or six digits: {form}.
    请写 {names}，或六位数字：{form}。

    Write it like {form}.
    请写成 {form} 的形式。

    this directory and {key} ({path}) lie inside one another.
    此目录与 {key}（{path}）互相嵌套。

    Name directories by series: {form}.
    请用 series 指定目录：{form}。

    The exchange has {names} and so on.
    交易所有 {names} 等。

    {form} is 06:00 of the next day.
    {form} 是次日 06:00。

    a value is missing.
    缺少值。

    << takes an alias of a table, such as {form}.
    << 需要表的别名，如 {form}。

    this key {place} is not used.
    此键（{place}）不使用。

    {value} is an object store, and sluice fetches over rsync and ssh only.
    {value} 是对象存储，而 sluice 只经 rsync 与 ssh 取回。

    Name a host that has the files under remote, and leave storage out.
    请在 remote 下写有这些文件的主机，不要写 storage。

    must be five fields of cron like {form}, a calendar event of systemd like {event}, or {names}, not {value}: {reason~}.
    必须是 {form} 之类的五段 cron、{event} 之类的 systemd 日历事件，或 {names}，而不是 {value}：{reason}。

    it has {n} [field|fields]
    它有 {n} 段

    {word} stands for no times
    {word} 不代表任何时间

    no month of it has such a day
    其中没有哪个月有这一天

    """#
}
