extension ProblemHeadline {
  /// The link, the login and the source.
  static let linkTable = #"""
    authentication
    The host refuses the key. → Put the public key into `authorized_keys` there, or correct `ssh_key` and `user`.
    主机拒绝该密钥。 → 请把公钥写入该主机的 `authorized_keys`，或更正 `ssh_key` 与 `user`。

    ssh-key
    The key cannot be used. → Mend the file as the message says; no other key is tried in its place.
    密钥无法使用。 → 请按提示修正该文件；不会改试其他密钥。

    host-key-unknown
    The host's key is not known, so nothing was sent. → Compare its fingerprint with the host's own, then accept it.
    主机密钥未知，因此没有发送任何内容。 → 请与主机自身的指纹核对，然后接受。

    host-key-changed
    The host's key is another than the known one. → Ask its operator before you accept the new one.
    主机密钥与已知的不同。 → 接受新密钥之前请询问其管理员。

    host-key-refused
    The host's key was not taken; nothing was written. → Print the host's own on the host, and compare.
    未采用主机密钥；没有写出任何内容。 → 请在该主机上打印其自身的密钥并核对。

    host-key-revoked
    The host's key is marked as revoked. → Do not accept it; ask the host's operator.
    主机密钥已被标为吊销。 → 请勿接受；请询问主机管理员。

    connection-refused
    The host refuses the connection. → Look at its sshd and at `port`.
    主机拒绝连接。 → 请检查其 sshd 与 `port`。

    connect-timeout
    The host was not reached. → Look at the network, the VPN and the firewall.
    无法连到主机。 → 请检查网络、VPN 与防火墙。

    unresolved-host
    The host's name does not resolve. → Look at `host` and the name server.
    主机名无法解析。 → 请检查 `host` 与域名服务器。

    login-failed
    ssh did not get to log in. → Look at sshd's log there, and at the ssh configuration here.
    ssh 未能登录。 → 请查看该主机上 sshd 的日志与本机的 ssh 配置。

    no-answer login-timeout
    It was reached, and no answer came in time. → Try the same by hand; look at the load and the ssh agent.
    能连到，但没有及时得到回应。 → 请手工尝试；检查负载与 ssh 代理。

    account-refused silent-account remote-shell-chatty
    The login works, and runs no program, says nothing, or prints text among the data. → Give the account a shell that is silent without a terminal, or a key restricted to rsync.
    能登录，但不运行程序、没有回应，或在数据中夹杂文字。 → 请给该账户一个无终端时不输出的 shell，或仅限 rsync 的密钥。

    command-refused restricted-key remote-rsync-barred
    The login ended before rsync said a word. → Read the text; count `remote_root` from the directory rrsync serves; mend the rights of rsync there.
    登录在 rsync 开口之前结束。 → 请阅读提示；`remote_root` 从 rrsync 所服务的目录算起；请修正那里 rsync 的权限。

    no-ssh-server
    What answers on that port is no ssh server, or lets nobody in now. → Check `port`.
    该端口上应答的不是 ssh 服务器，或此刻不让人进入。 → 请检查 `port`。

    ssh-unusable
    ssh on this machine ended before it tried a link. → Mend what it says.
    本机的 ssh 在尝试连接之前就结束了。 → 请按其提示修正。

    not-started barred-program
    The system did not start a program here. → Do as the advice says; what may pass by itself is tried again.
    系统未能在本机启动程序。 → 请按建议处理；可能自行消失的问题会再试。

    ssh-configuration ssh-missing
    ssh cannot be used as configured, or is not there. → Correct the ssh configuration; install `openssh-client`.
    ssh 无法按配置使用，或没有安装。 → 请更正 ssh 配置；安装 `openssh-client`。

    link-lost stalled
    The link broke, or nothing came any more. → What has arrived is kept; the next sync goes on from there.
    连接中断，或不再有内容到来。 → 已到达的内容保留；下次同步从此处继续。

    remote-rsync-missing rsync-old protocol missing-program
    rsync or ssh is missing at one end, or too old. → Install rsync 3.1 or newer at both.
    某一端缺少 rsync 或 ssh，或版本过旧。 → 请在两端安装 rsync 3.1 或更新版本。

    rsync-args bad-option
    An option is refused by sluice or by rsync. → Correct `rsync_args`; `sluice validate` checks it.
    sluice 或 rsync 拒绝了一个选项。 → 请更正 `rsync_args`；`sluice validate` 会检查它。

    remote-directory-missing remote-directory-unreadable
    `remote_root` is not there or may not be read; nothing was deleted here. → Correct it, mount its disk, or grant the right.
    `remote_root` 不存在或无权读取；本地未删除任何内容。 → 请更正它、挂载其磁盘或授予权限。

    source-empty
    The source holds nothing. → Look at the source; if that is right, `--force-delete`.
    来源空无一物。 → 请检查来源；若确实如此，`--force-delete`。

    some-files-failed vanished
    Files could not be read there, or went while they were fetched. → Look at them, then sync again.
    有文件在来源处无法读取，或在取回期间消失。 → 请查看它们，然后重新同步。

    delete-limit
    The source lost more files while the run went on than its plan said. → Look at the source, then sync again.
    运行期间来源丢失的文件比计划所说的多。 → 请检查来源，然后重新同步。

    out-of-time
    The time given with `--max-duration` is over. → Nothing, or give it more: the next sync goes on from there.
    `--max-duration` 给的时间已到。 → 无需处理，或多给时间：下次同步从此处继续。

    no-share
    `--subset` is not a share such as 1/7 or auto/7. → Write it so.
    `--subset` 不是 1/7 或 auto/7 之类的份额。 → 请写成这种形式。

    """#
}
