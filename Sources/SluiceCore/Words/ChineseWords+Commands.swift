extension ChineseWords {
  /// What a command could not do, and what one that was typed wrongly is told.
  static let commands = #"""
    sluice: {message~}
    sluice: {message}

    The lake has {n} [profile|profiles] and none was named.
    数据湖有 {n} 个配置项，而没有指定任何一个。

    Name one or more ({names}), or use --all.
    请指定一个或多个（{names}），或用 --all。

    Until it is corrected the dashboard keeps its own keys there.
    更正之前，面板在该处仍用自己的按键。

    There is no command {name}.
    没有命令 {name}。

    `sluice --help` lists the commands.
    `sluice --help` 列出所有命令。

    Not all could be read: {reason~}.
    未能全部读取：{reason}。

    {path} cannot be opened: {reason~}
    {path} 无法打开：{reason}

    Check the rights of what is named, and the disk: what is there may be more than was counted.
    请检查所列内容的权限与磁盘：实际内容可能多于所计。

    See `{command}`.
    见 `{command}`。

    The run of {profile} is of the kind {task~}, which cannot be {verb~}.
    {profile} 的运行是{task}，无法{verb}。

    Only a sync and a verification can; `{command}` ends this one.
    只有同步与校验可以；`{command}` 结束此运行。

    The run {run} is of {profile}, not of {meant}.
    运行 {run} 属于 {profile}，不属于 {meant}。

    Leave the profile out: the run's name is enough.
    请不要写配置项：有运行名称即可。

    The configuration has no `ingest:` for {names~}; nothing was started.
    配置中 {names} 没有 `ingest:`；未启动任何运行。

    Leave out what has none, or add `ingest: {{format: binance-klines}}`.
    请不要包含没有的，或加上 `ingest: {{format: binance-klines}}`。

    {text} is not a length of time.
    {text} 不是时长。

    Write it like {form} or {other}.
    请写成 {form} 或 {other} 的形式。

    {text} is neither a day nor a length of time.
    {text} 既不是日期也不是时长。

    Write a UTC day like {day}, or how far back from now: {forms}.
    请写 {day} 之类的 UTC 日期，或距今多久：{forms}。

    {text} is not a day.
    {text} 不是日期。

    --since {day} is a day to come: no file is of it yet, so nothing would be compared.
    --since {day} 是将来的日期：还没有该日的文件，不会比较任何内容。

    Name today or a day before it, or leave --since out.
    请写今天或更早的日期，或不写 --since。

    {text} is not a share of the files.
    {text} 不是文件的份额。

    Write it like 1/7, the first of seven, or auto/7, another every day; at most {limit}.
    请写成 1/7（七份中的第一份）或 auto/7（每天换一份）；至多 {limit}。

    --since {first} lies after --until {last}.
    --since {first} 晚于 --until {last}。

    Nothing is wrong with {profile} that could be acknowledged.
    {profile} 没有可标为已知的问题。

    `sluice status` shows its state; a run that goes on is waited for.
    `sluice status` 显示其状态；正在进行的运行要等它结束。

    {text} is no day or time to come.
    {text} 不是将来的日期或时间。

    {path} is there already.
    {path} 已经存在。

    Edit it, name another file with --output, or write over it with --force.
    请编辑它，用 --output 指定其他文件，或用 --force 覆盖。

    The input ended before all was answered; nothing was written.
    输入在全部回答之前结束；没有写出任何内容。

    Without a terminal nobody can be asked, and not all is said: {names}.
    没有终端便无人可问，而信息不全：{names}。

    Give these options, or start it on a terminal. `sluice help init` tells what they mean.
    请给出这些选项，或在终端上启动。`sluice help init` 说明其含义。

    {name} cannot be used: {reason~}
    {name} 无法使用：{reason}

    {host} shows another key than the one that was named: {key}. Nothing was written.
    {host} 出示的密钥与指定的不同：{key}。没有写出任何内容。

    The key {key} of {host} was not taken; nothing was written.
    未采用 {host} 的密钥 {key}；没有写出任何内容。

    Print the host's own on the host: {command}
    请在该主机上打印其自身的密钥：{command}

    Several lakes are shown on a terminal only.
    多个数据湖只能在终端上显示。

    Ask each of them: {command}.
    请分别查询：{command}。

    The run {run} has not ended within {span}.
    运行 {run} 在 {span} 内没有结束。

    Look at it with `{command}`; its process is {n}.
    可用 `{command}` 查看；其进程为 {n}。

    No run of {profile} is known, but {n} [record|records] cannot be read.
    没有已知的 {profile} 的运行，但有 {n} 份记录无法读取。

    No run is known, but {n} [record|records] cannot be read.
    没有已知的运行，但有 {n} 份记录无法读取。

    What is wrong is said above: mend the rights or the disk, then ask again.
    问题见上文：请修正权限或磁盘，然后重新查询。

    The run {run} does not obey: its process {n} is suspended (state T).
    运行 {run} 不听指令：其进程 {n} 被挂起（状态 T）。

    `{command}`, or `fg` where it was started, lets it go on; then it takes the {order~}.
    `{command}`，或在启动处用 `fg`，使其继续；之后它会执行{order}。

    The run {run} of {profile} ended before the {order~}: {outcome~}.
    {profile} 的运行 {run} 在{order}之前已结束：{outcome}。

    The {order~} holds nothing: the run {run} of {profile} is past its transfer ({phase~}).
    {order}无效：{profile} 的运行 {run} 已过传输阶段（{phase}）。

    Only what comes over the link can be held; `{command}` ends the run.
    只有经链路传来的内容可以暂停；`{command}` 结束该运行。

    The run {run} has not answered the {order~} within {span} ({phase~}).
    运行 {run} 在 {span} 内没有回应{order}（{phase}）。

    The order stands. Look at it with `{command}`; its process is {n}.
    指令仍有效。可用 `{command}` 查看；其进程为 {n}。

    The demo's files are not installed beside this program; looked for at {places}.
    演示文件没有与此程序一起安装；已查找 {places}。

    Install the package, or sluice from its sources with `make install`; a program that is copied needs its share/sluice beside it: {places}.
    请安装软件包，或从源码用 `make install` 安装；拷贝的程序旁边要有 share/sluice：{places}。

    The demo needs an SSH server and finds no sshd.
    演示需要 SSH 服务器，而没有找到 sshd。

    Install it: {command} (`make run` does this).
    请安装：{command}（`make run` 会安装）。

    The demo's sshd does not answer on port {port}.
    演示的 sshd 在端口 {port} 上没有应答。

    The demo cannot listen on {address}: {reason~}.
    演示无法监听 {address}：{reason}。

    Try again.
    请再试一次。

    The output is not whole: it could not be written ({reason~}).
    输出不完整：无法写出（{reason}）。

    Look where it was sent to, for example whether that disk is full.
    请检查输出去向，例如该磁盘是否已满。

    No enabled profile has a `schedule:`; nothing was written.
    没有启用的配置项写有 `schedule:`；没有写出任何内容。

    The configuration has no `schedule:` for {names~}, or disables it; nothing was written.
    配置中 {names} 没有 `schedule:` 或已停用；没有写出任何内容。

    Write {form} into the profile, or into data_lake for all of them.
    请把 {form} 写入该配置项，或写入 data_lake 以适用于全部。

    {command} ended with {n}.
    {command} 以 {n} 结束。

    {command} ended with {n}: {detail}.
    {command} 以 {n} 结束：{detail}。

    {command} was ended by signal {n}.
    {command} 被信号 {n} 结束。

    Files that were written stay: mend the reason and give the same command again. `sluice schedule` shows what is there.
    已写出的文件保留：请解决原因后重复同一命令。`sluice schedule` 显示现状。

    {path} was not written by `sluice schedule`.
    {path} 不是由 `sluice schedule` 写出的。

    Move it away if nobody needs it; it is not written over.
    若无人需要请移走它；不会覆盖。

    In the crontab only one of two lines is there: {begin}, {end}.
    crontab 中两行只有一行：{begin}，{end}。

    Put the other one back, or take away what is between them, by hand: nothing was changed.
    请手工补上另一行，或删除两者之间的内容：没有更改任何内容。

    Try it by hand; VISUAL, EDITOR and PAGER say which programs are used.
    请手工尝试；VISUAL、EDITOR 与 PAGER 决定使用哪些程序。

    No profile is enabled for this: nothing to do.
    没有为此启用的配置项：无事可做。

    Unknown option '{option}'.
    未知选项“{option}”。

    Unknown option '{option}'. Did you mean '{other}'?
    未知选项“{option}”。是否指“{other}”？

    Missing expected argument '{argument}'.
    缺少参数“{argument}”。

    Missing value for '{option}'.
    “{option}”缺少值。

    Unexpected argument '{argument}'.
    多余的参数“{argument}”。

    {n} unexpected arguments: {arguments}.
    {n} 个多余的参数：{arguments}。

    The value '{value}' is invalid for '{option}'.
    “{option}”的值“{value}”无效。

    The value '{value}' is invalid for '{option}': {reason~}
    “{option}”的值“{value}”无效：{reason}

    The value '{value}' is invalid for '{option}'. Please provide one of {names}.
    “{option}”的值“{value}”无效。可用 {names}。

    It takes auto, or 1 to {most}.
    它取 auto，或 1 至 {most}。

    --all means every profile: leave the names out, or --all.
    --all 指所有配置项：请去掉名称，或去掉 --all。

    {option} and {other} exclude each other.
    {option} 与 {other} 互斥。

    --show, --install and --remove exclude each other.
    --show、--install 与 --remove 互斥。

    {option} must be {n} or more.
    {option} 至少为 {n}。

    {option} takes KB/s, 0 to 100,000,000, or a rate like 2M, not {value}.
    {option} 取 KB/s（0 至 100,000,000）或 2M 之类的速率，而不是 {value}。

    {option} takes a span of time like 30m, 2h or 1h30m, not {value}.
    {option} 取 30m、2h 或 1h30m 之类的时长，而不是 {value}。

    The rate is KB/s, 0 to 100,000,000, a rate like 2M, off or auto, not {value}.
    速率为 KB/s（0 至 100,000,000）、2M 之类的速率、off 或 auto，而不是 {value}。

    --until takes a time of day of this machine's clock like 06:00, not {value}.
    --until 需要本机时钟的时刻，如 06:00，而不是 {value}。

    A run's own limit has no end: leave --for and --until out.
    运行自身的限速没有期限：请去掉 --for 与 --until。

    A dry run has no --max-duration: leave it out.
    试运行没有 --max-duration：请去掉它。

    --detach returns before there is a result: leave --json out.
    --detach 在有结果之前就返回：请去掉 --json。

    --learn looks at all days: leave --since and --until out.
    --learn 查看所有日期：请去掉 --since 与 --until。

    --cron goes with --install, or alone.
    --cron 与 --install 同用，或单独使用。

    --dry-run goes with --install or --remove.
    --dry-run 与 --install 或 --remove 同用。

    --user and --system go with --install or --remove.
    --user 与 --system 与 --install 或 --remove 同用。

    --json is for what is there, without --install or --remove.
    --json 用于显示现状，不与 --install 或 --remove 同用。

    --files goes with --run: it lists the files of one run.
    --files 与 --run 同用：它列出一次运行的文件。

    --run names one run; --failed and --since choose among many: use one of them.
    --run 指定一次运行；--failed 与 --since 从多次中挑选：请择一使用。

    --since and --until go with --backfill.
    --since 与 --until 与 --backfill 同用。

    --accept needs a reason: {form}.
    --accept 需要理由：{form}。

    --because goes with --accept.
    --because 与 --accept 同用。

    {option} speaks of one profile.
    {option} 只针对一个配置项。

    {option} goes without --dry-run and --verify.
    {option} 不与 --dry-run、--verify 同用。

    --json prints once, and --follow goes on: use one of them.
    --json 打印一次，而 --follow 持续进行：请择一使用。

    --once ends at once, and --plain goes on: use one of them.
    --once 立即结束，而 --plain 持续进行：请择一使用。

    Name the profile.
    请指定配置项。

    --clear takes neither --because nor --until.
    --clear 不与 --because、--until 同用。

    --because {form} says why it may stay so.
    请用 --because {form} 说明为何可以如此。

    --json is for the list, without a profile.
    --json 用于列表，不带配置项。

    """#
}
