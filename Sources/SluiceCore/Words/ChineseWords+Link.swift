extension ChineseWords {
  /// The link, the login and what a transfer brings back.
  static let link = #"""
    {login} refuses the key {key}.
    {login} 拒绝密钥 {key}。

    {login} refuses the keys ssh has.
    {login} 拒绝 ssh 现有的密钥。

    Put the public key into ~/.ssh/authorized_keys there, or correct `ssh_key` and `user`.
    请把公钥写入该主机的 ~/.ssh/authorized_keys，或更正 `ssh_key` 与 `user`。

    Try it with: {command}
    可这样试：{command}

    The key {path} for {login} cannot be used: {reason~}.
    用于 {login} 的密钥 {path} 无法使用：{reason}。

    Put the key there, or correct `ssh_key`.
    请把密钥放到该处，或更正 `ssh_key`。

    Take that right away: {command}
    请收回该权限：{command}

    Name the private one in `ssh_key`, without `.pub`.
    请在 `ssh_key` 中写私钥，不带 `.pub`。

    Bring it over again as it is, or mend it: {command}
    请原样重新拷贝，或修正：{command}

    Add it: {command}
    请补上：{command}

    Bring it over again, whole. See: {command}
    请重新完整拷贝。查看：{command}

    Load it into an agent that the run can reach (SSH_AUTH_SOCK), or use a key without one. If it is loaded, put its public half into ~/.ssh/authorized_keys there.
    请把它载入运行时可达的 ssh 代理（SSH_AUTH_SOCK），或改用没有口令的密钥。若已载入，请把公钥写入该主机的 ~/.ssh/authorized_keys。

    The host key of {host} is not known, so nothing was sent to it.
    {host} 的主机密钥未知，因此没有向它发送任何内容。

    Compare its fingerprint with the host's own, then accept it: {advice~}
    请与主机自身的指纹核对，然后接受：{advice}

    The host key of {host} is not the one that is known. Someone may be listening in, or the host was reinstalled.
    {host} 的主机密钥与已知的不同。可能有人窃听，也可能主机重装过。

    Ask its operator. If it was reinstalled: {advice~}
    请询问其管理员。若确为重装：{advice}

    The host key of {host} is marked as revoked: it may be in wrong hands, and so nothing was sent to it.
    {host} 的主机密钥已被标为吊销：可能落入他人之手，因此没有向它发送任何内容。

    Do not accept it. Ask its operator for the new key.
    请勿接受。请向其管理员索取新密钥。

    Do not accept it. Ask its operator for the new key ({detail}).
    请勿接受。请向其管理员索取新密钥（{detail}）。

    {host} refuses connections on port {port}.
    {host} 拒绝端口 {port} 上的连接。

    Check that its sshd runs and that `port` is right.
    请检查其 sshd 是否在运行、`port` 是否正确。

    The name {host} does not resolve ({detail}).
    主机名 {host} 无法解析（{detail}）。

    Correct `host`, or look at the name server.
    请更正 `host`，或检查域名服务器。

    The account {login} lets no program run
    账户 {login} 不允许运行任何程序

    The account {login} lets no program run: {detail}
    账户 {login} 不允许运行任何程序：{detail}

    It needs a shell, or a key that is restricted to rsync, and neither an expiry nor a password in between.
    它需要一个 shell，或仅限 rsync 的密钥；中间不能有过期或口令提示。

    The login {login} works, and nothing that is started there answers: it ends without a word.
    {login} 能登录，但在那里启动的程序都没有回应：一声不响就结束了。

    The login {login} works, and what is started there ended before rsync said a word.
    {login} 能登录，但在那里启动的程序在 rsync 开口之前就结束了。

    The login {login} works, and what is started there ended before rsync said a word: {detail}
    {login} 能登录，但在那里启动的程序在 rsync 开口之前就结束了：{detail}

    Look at the account's shell, and at the command its key is restricted to.
    请检查该账户的 shell，以及密钥所限定的命令。

    See it with: {command}
    可这样查看：{command}

    The key for {login} is restricted by rrsync, which refuses this.
    {login} 的密钥受 rrsync 限制，rrsync 拒绝了此操作。

    The key for {login} is restricted by rrsync, which refuses this: {detail}
    {login} 的密钥受 rrsync 限制，rrsync 拒绝了此操作：{detail}

    Look at rrsync's options in ~/.ssh/authorized_keys there.
    请检查该主机 ~/.ssh/authorized_keys 中 rrsync 的选项。

    With such a key `remote_root` counts from the directory that rrsync is given in ~/.ssh/authorized_keys there: write {path} without it, so that the directory itself is `/`.
    使用这种密钥时，`remote_root` 从 ~/.ssh/authorized_keys 中给 rrsync 的目录算起：请写不含该目录的 {path}，该目录本身即为 `/`。

    {host} did not answer on port {port} in time.
    {host} 的端口 {port} 没有及时回应。

    Check the network, the VPN and the firewall.
    请检查网络、VPN 与防火墙。

    The login at {host} did not come to an end within {span}.
    在 {host} 上的登录在 {span} 内没有完成。

    The login at {host} did not come to an end within {span}. It said: {detail}
    在 {host} 上的登录在 {span} 内没有完成。它说：{detail}

    Try it with: {command} — a login that asks for more than a key needs someone who answers in that time, and an ssh agent here that hangs lets it wait too: ssh-add -l
    可这样试：{command}。登录若还要密钥以外的东西，须有人及时应答；本机 ssh 代理卡住也会使它等待：ssh-add -l

    ssh cannot log in at {host}.
    ssh 无法登录 {host}。

    ssh cannot log in at {host}: {detail}
    ssh 无法登录 {host}：{detail}

    Look at sshd's log on the host.
    请查看该主机上 sshd 的日志。

    The link to {host} broke.
    到 {host} 的连接中断了。

    The link to {host} broke ({detail}).
    到 {host} 的连接中断了（{detail}）。

    What has arrived is kept; the next sync goes on from there.
    已到达的内容保留；下次同步从此处继续。

    What answers on port {port} of {host} does not speak the ssh of today
    {host} 端口 {port} 上应答的程序不使用当今的 ssh 协议

    What answers on port {port} of {host} does not speak the ssh of today: {detail}
    {host} 端口 {port} 上应答的程序不使用当今的 ssh 协议：{detail}

    {host} closes the connection on port {port} before ssh has begun: no ssh server answers there, or one that takes no logins just now.
    {host} 在 ssh 开始之前就关闭了端口 {port} 上的连接：那里没有 ssh 服务器，或它此刻不接受登录。

    Check `port`; on the host, look at sshd's log (MaxStartups) and the firewall.
    请检查 `port`；在该主机上查看 sshd 的日志（MaxStartups）与防火墙。

    Check `port`.
    请检查 `port`。

    ssh does not work here for this user
    ssh 在本机对此用户不可用

    ssh does not work here for this user: {detail}
    ssh 在本机对此用户不可用：{detail}

    Install openssh-client anew.
    请重新安装 openssh-client。

    Give the user id a line in /etc/passwd (in a container, too), or run sluice as another user.
    请在 /etc/passwd 中为该用户 ID 加一行（容器内亦然），或以其他用户运行 sluice。

    ssh cannot talk to {host}: {detail}
    ssh 无法与 {host} 通信：{detail}

    Correct the ssh configuration.
    请更正 ssh 配置。

    The program ssh is missing here.
    本机没有 ssh 程序。

    Install it: {command}
    请安装：{command}

    Install it there: {command}
    请在该主机上安装：{command}

    A program that a transfer needs could not be started on this machine.
    传输所需的程序未能在本机启动。

    A program that a transfer needs could not be started on this machine: {reason~}.
    传输所需的程序未能在本机启动：{reason}。

    There is no rsync on {host}.
    {host} 上没有 rsync。

    rsync on {host} may not be run by {user}.
    {user} 无权在 {host} 上运行 rsync。

    rsync on {host} may not be run by {user}: {detail}
    {user} 无权在 {host} 上运行 rsync：{detail}

    Look at its rights and at its file system's there (noexec): {command}
    请检查它的权限及其文件系统（noexec）：{command}

    The login on {host} prints text, which rsync cannot tell from data.
    {host} 上的登录会打印文字，rsync 无法将其与数据区分。

    Make ~/.bashrc or ~/.profile of {user} there silent for logins without a terminal.
    请使该主机上 {user} 的 ~/.bashrc 或 ~/.profile 在无终端登录时不输出任何内容。

    The directory {path} does not exist on {host}. Nothing was deleted here.
    {host} 上没有目录 {path}。本地未删除任何内容。

    {path} on {host} is no directory: it, or a part of its path, is a file. Nothing was deleted here.
    {host} 上的 {path} 不是目录：它或其路径的一部分是文件。本地未删除任何内容。

    Correct `remote_root`, or look whether a disk is not mounted there.
    请更正 `remote_root`，或检查该处是否有磁盘未挂载。

    Correct `remote_root`: it names the directory whose content is mirrored.
    请更正 `remote_root`：它指定要镜像其内容的目录。

    The directory {path} on {host} may not be read by {user}.
    {user} 无权读取 {host} 上的目录 {path}。

    Grant it read and search permission there.
    请在该处授予读取与进入权限。

    """#
}
