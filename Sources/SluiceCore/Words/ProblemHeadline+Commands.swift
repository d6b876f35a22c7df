extension ProblemHeadline {
  /// The command line.
  static let commandTable = #"""
    usage no-such-command options-missing no-duration no-day no-range no-end no-since
    The words are not what the command takes. → `sluice COMMAND --help`.
    用法错误。 → 见 `sluice 命令 --help`。

    configuration keymap
    The configuration is not right. → `sluice validate`.
    配置有误。 → 见 `sluice validate`。

    no-screen
    Several lakes were asked for where there is no terminal to show them on. → Ask each of them with `sluice status --config FILE`.
    在没有终端可显示之处要求了多个数据湖。 → 请分别用 `sluice status --config 文件` 查询。

    no-theme
    There is no theme of that name, or its file is none. → The message lists those there are.
    没有该名称的主题，或其文件不是主题。 → 提示中列出已有的主题。

    no-such-profile no-profile-named profile-disabled
    Which profile is meant is not clear, or it is disabled. → Name one of those the message lists.
    不清楚所指的配置项，或它已停用。 → 请指定提示中列出的一个。

    exists
    The file is there already. → Edit it, name another with `--output`, or write over it with `--force`.
    文件已经存在。 → 请编辑它，用 `--output` 指定其他文件，或用 `--force` 覆盖。

    no-schedule
    No profile, or not the one that was named, has a `schedule:` and is enabled. → Write one: `schedule: "30 2 * * *"`.
    没有启用且写有 `schedule:` 的配置项，或所指的没有。 → 请写一个：`schedule: "30 2 * * *"`。

    scheduler
    `systemctl` or `crontab` ended with an error. → Mend it and give the same command again; `sluice schedule` shows what is there.
    `systemctl` 或 `crontab` 以错误结束。 → 请修正后重复同一命令；`sluice schedule` 显示现状。

    not-ours broken-block
    A unit, or a crontab's lines, are not as `sluice schedule` writes them. → Move the file away, or put the missing line back; nothing is written over.
    单元或 crontab 的行不是 `sluice schedule` 所写的样子。 → 请移走该文件，或补上缺少的行；不会覆盖。

    nothing-wrong
    There is nothing to acknowledge. → `sluice status` shows the state.
    没有可标为已知的问题。 → `sluice status` 显示状态。

    no-demo-files
    The program stands without what is installed with it. → Install the package, or run `make install`.
    程序旁缺少随之安装的文件。 → 请安装软件包，或运行 `make install`。

    no-sshd no-port
    The demo cannot start its server. → Install `openssh-server`; try again.
    演示无法启动其服务器。 → 请安装 `openssh-server`；再试一次。

    program-failed
    A program that was opened ended with an error. → Try it by hand; look at `VISUAL`, `EDITOR`, `PAGER`.
    所打开的程序以错误结束。 → 请手工尝试；检查 `VISUAL`、`EDITOR`、`PAGER`。

    output-lost
    What was printed did not arrive where it was sent to. → Look whether that disk is full.
    打印的内容没有到达目的地。 → 请检查该磁盘是否已满。

    """#
}
