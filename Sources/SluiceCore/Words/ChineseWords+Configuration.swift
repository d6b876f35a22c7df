extension ChineseWords {
  /// What is wrong with a configuration, and what is noted of it; each stands behind its place.
  static let configuration = #"""
    the configuration cannot be read: {reason~}.
    配置无法读取：{reason}。

    Name the file inside it.
    请指定其中的文件。

    the file is empty.
    文件为空。

    `sluice init` writes a configuration by asking.
    `sluice init` 通过提问写出配置。

    the file holds {kind~}, not keys.
    文件内容是{kind}，不是键。

    It begins with data_lake:.
    它以 data_lake: 开头。

    the file is not UTF-8 text.
    文件不是 UTF-8 文本。

    Save it as UTF-8.
    请存为 UTF-8。

    the file holds more than one document.
    文件含有多个文档。

    Keep one, without the --- line.
    请只留一个，不带 --- 行。

    the file has keys of both shapes, data_lake and remote/local.
    文件同时含有 data_lake 与 remote/local 两种形式的键。

    Keep one of them: a kline-sync file is a lake of its own.
    请只留一种：kline-sync 文件自成一个数据湖。

    this is no configuration of a lake: neither data_lake nor remote and local is there.
    这不是数据湖的配置：既没有 data_lake，也没有 remote 与 local。

    Did you mean {names}?
    是否指 {names}？

    the directory this was started in does not exist any more.
    启动时所在的目录已不存在。

    Change to one that does, or name the file from the root.
    请换到存在的目录，或以绝对路径指定文件。

    There is no configuration file that this user can see; whether there is one cannot be told of {places}.
    没有此用户可见的配置文件；以下位置无法判断：{places}。

    Name one with --config or SLUICE_CONFIG, or look who may enter: {command}.
    请用 --config 或 SLUICE_CONFIG 指定，或查看谁可进入：{command}。

    There is no configuration file at any of {places}.
    以下位置都没有配置文件：{places}。

    Name one with --config or SLUICE_CONFIG, write one with `sluice init`, or try everything on a throwaway lake with `sluice demo`.
    请用 --config 或 SLUICE_CONFIG 指定，用 `sluice init` 写一份，或用 `sluice demo` 在一次性的数据湖上试用。

    this is not YAML: {detail}.
    这不是 YAML：{detail}。

    Remove the invisible character.
    请删除那个不可见字符。

    the line is indented with a tab.
    该行用制表符缩进。

    YAML is indented with spaces only.
    YAML 只用空格缩进。

    Put text that holds a colon in quotes.
    含冒号的文本请加引号。

    Check the indentation of this line and the one above.
    请检查此行与上一行的缩进。

    A key ends with a colon and a space.
    键以冒号加空格结尾。

    A quote or bracket is not closed.
    有引号或括号没有闭合。

    a key must be plain text, not a list or a table.
    键必须是普通文本，不能是列表或表。

    the key {name} is given twice, first on line {line}.
    键 {name} 写了两次，首次在第 {line} 行。

    Keep one of them.
    请只留一个。

    this key no longer means anything: {why~}.
    此键已无意义：{why}。

    every sync lists the source first, whatever is written here
    无论此处写什么，每次同步都先列出来源

    Remove it.
    请删除它。

    this key is not known.
    没有此键。

    Known here: {names}.
    此处可用的键：{names}。

    this key is not used.
    此键不使用。

    this section is missing.
    缺少此节。

    this section is empty.
    此节为空。

    this key is required and missing.
    此键必填，却没有写。

    this key is required and has no value.
    此键必填，却没有值。

    must be a table of keys, not {kind~}.
    必须是键的表，而不是{kind}。

    must be a table of keys, or a list of them, not {kind~}.
    必须是键的表或其列表，而不是{kind}。

    must be a list, not {kind~}.
    必须是列表，而不是{kind}。

    must be text, not {kind~}.
    必须是文本，而不是{kind}。

    must be true or false, not {value}.
    必须是 true 或 false，而不是 {value}。

    must be an absolute path, not {value}.
    必须是绝对路径，而不是 {value}。

    It begins with / or ~/.
    它以 / 或 ~/ 开头。

    Only ~/ is expanded, and only with HOME set.
    只展开 ~/，且须设置了 HOME。

    holds a control character.
    含有控制字符。

    must not hold "..".
    不能含有 ".."。

    Write the path that is meant.
    请写所指的路径。

    must not be the root of the file system.
    不能是文件系统的根。

    must be relative to {what}, not {value}.
    必须相对于 {what}，而不是 {value}。

    must be a number of bytes like 500M or 1G, not {value}.
    必须是 500M 或 1G 之类的字节数，而不是 {value}。

    must be a span of time like 120s, 2m, 26h or 2d, not {value}.
    必须是 120s、2m、26h 或 2d 之类的时长，而不是 {value}。

    must be a span of time longer than none, not {value}.
    必须是大于零的时长，而不是 {value}。

    Add the unit: {forms}.
    请加上单位：{forms}。

    must be {what~}, not {value}.
    必须是{what}，而不是 {value}。

    must be {what~}, {n} to {n2}.
    必须是{what}，{n} 至 {n2}。

    Write it without the leading zero.
    请去掉开头的零。

    the file {path} does not exist.
    文件 {path} 不存在。

    the file {path} can be read by others.
    文件 {path} 他人可读。

    Close it: {command}.
    请收回权限：{command}。

    {word} cannot be used: {reason~}.
    {word} 无法使用：{reason}。

    {value} is not a host name, an address or an ssh_config alias.
    {value} 不是主机名、地址或 ssh_config 的别名。

    The user has a key of its own: user.
    用户另有键：user。

    {value} is not a directory at the source.
    {value} 不是来源处的目录。

    {value} is not a user name.
    {value} 不是用户名。

    {value} is not a host name or an address.
    {value} 不是主机名或地址。

    must be a host key or the path of a known_hosts file.
    必须是主机密钥或 known_hosts 文件的路径。

    A key is what ssh-keyscan prints after the host: {form}.
    密钥即 ssh-keyscan 在主机名之后打印的内容：{form}。

    holds no profile.
    没有配置项。

    Name at least one source.
    请至少写一个来源。

    a profile's name must not be empty.
    配置项的名称不能为空。

    a profile's name holds letters, digits, ".", "_" and "-" only.
    配置项的名称只能含字母、数字、"."、"_" 与 "-"。

    a profile's name must not begin with "-": it would read as an option.
    配置项的名称不能以 "-" 开头：会被当作选项。

    the profile {name} has this directory already.
    配置项 {name} 已使用此目录。

    this directory and that of the profile {name} lie inside one another.
    此目录与配置项 {name} 的目录互相嵌套。

    Give each profile a directory of its own: --delete and retention must not meet another's data.
    请给每个配置项各自的目录：--delete 与保留期不可碰到别人的数据。

    the profile {name} has this checkpoint file already.
    配置项 {name} 已使用此检查点文件。

    lies among the data of the profile {name}.
    位于配置项 {name} 的数据之中。

    {path} lies among the data of the profile {name}.
    {path} 位于配置项 {name} 的数据之中。

    Put it elsewhere: --delete and retention would take it away.
    请放到别处：--delete 与保留期会删掉它。

    lies before from ({day}).
    早于 from（{day}）。

    names nothing that is to come.
    没有写出任何应到的内容。

    Name symbols and intervals, or series as `sluice coverage` shows them.
    请写交易对与周期，或 `sluice coverage` 所显示的序列。

    is no colour.
    不是颜色。

    is given twice, here and in password_file.
    在此处与 password_file 中写了两次。

    must begin with https:// or http://.
    必须以 https:// 或 http:// 开头。

    names no program.
    没有写出程序。

    the variable {name} must be an absolute path.
    变量 {name} 必须是绝对路径。

    the variable {name} is set and ignored: it belongs to kline-sync files, not to a lake.
    设置了变量 {name}，但已忽略：它属于 kline-sync 文件，不属于数据湖。

    Unset it, or set the value in the profile.
    请取消设置，或在配置项中写该值。

    readers can see half-written files, and an interrupted update tears the old one; leave it out
    读者会看到写到一半的文件，中断的更新会毁坏旧文件；请不要使用

    an interrupted file is fetched from its start again
    中断的文件会从头重新取回

    whether a plan fits on the disk is not known before, for sizes do not tell what sparse files take
    无法预先知道计划能否放入磁盘，因为大小并不说明稀疏文件占用多少

    sluice does this by other means
    sluice 以其他方式做到这一点

    sluice keeps interrupted files in {name}
    sluice 把中断的文件放在 {name}

    sluice limits the rate itself, so that it can be changed while a run goes on
    sluice 自行限速，以便在运行中更改

    sluice watches for a stall itself; see stall_timeout
    sluice 自行监测停滞；见 stall_timeout

    an interrupted file is always kept, so that the next run goes on from it
    中断的文件总会保留，以便下次运行继续

    schedule {times}: {next~}; {names~}
    计划 {times}：{next}；{names}

    next at {time}
    下次 {time}

    no time comes
    没有要到的时间

    data_lake.profiles.{profile}.expect: {n} [pattern promises|patterns promise] that something matches ({names~}), and that what has once come under it goes on; what never came is not missed. Name each series to have that too ({command}), and one that has ended with its `until`.
    data_lake.profiles.{profile}.expect：{n} 个模式要求有内容与之匹配（{names}），且已有的要继续到来；从未来过的不算缺少。若也要算，请写出每个序列（{command}），已结束的写上 `until`。

    Configuration is valid
    配置有效

    warehouse ({address})
    仓库（{address}）

    """#
}
