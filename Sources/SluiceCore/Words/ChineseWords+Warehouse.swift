extension ChineseWords {
  /// The warehouse.
  static let warehouse = #"""
    The warehouse {path} cannot be used: {reason~}.
    仓库 {path} 无法使用：{reason}。

    Check the path and its permissions, then run the ingest again.
    请检查路径及其权限，然后重新入库。

    Make room on the disk, then run the ingest again: it goes on from what is there.
    请在磁盘上腾出空间，然后重新入库：会从已有内容继续。

    Another program holds the database: wait for it, then run the ingest again.
    另一程序占用着数据库：请等它结束，然后重新入库。

    Move {path} aside and run the ingest again: everything is then ingested again.
    请移走 {path} 并重新入库：全部会重新入库。

    The warehouse at {address} cannot be reached: {reason~}.
    无法连接 {address} 处的仓库：{reason}。

    Check host and port, and that the server runs; then run the ingest again.
    请检查主机与端口，以及服务器是否运行；然后重新入库。

    The connection to the warehouse at {address} broke before the answer.
    到 {address} 处仓库的连接在应答之前中断。

    The connection to the warehouse at {address} broke before the answer: {detail}.
    到 {address} 处仓库的连接在应答之前中断：{detail}。

    See that the server runs, then run the ingest again: it repeats only what is not verified. If it stays so, look at the proxy before it.
    请确认服务器在运行，然后重新入库：只重复未核实的部分。若仍如此，请检查其前面的代理。

    libcurl, which speaks to ClickHouse, cannot be used: {detail}.
    与 ClickHouse 通信的 libcurl 无法使用：{detail}。

    Install it (apt install libcurl4), then run the ingest again.
    请安装它（apt install libcurl4），然后重新入库。

    The certificate of the warehouse at {address} is not trusted: {detail}.
    {address} 处仓库的证书不受信任：{detail}。

    Set warehouse.ca_file to the authority's PEM file, or give the server a certificate for this name.
    请把 warehouse.ca_file 设为颁发机构的 PEM 文件，或为服务器配置此名称的证书。

    The warehouse at {address} refuses the login of user {user}.
    {address} 处的仓库拒绝用户 {user} 登录。

    Check user and password (password_file, or CLICKHOUSE_PASSWORD).
    请检查用户与口令（password_file 或 CLICKHOUSE_PASSWORD）。

    The warehouse at {address} answered HTTP {detail}
    {address} 处的仓库回应 HTTP {detail}

    Check host, port and path, and the proxy before the server; then run the ingest again.
    请检查主机、端口与路径，以及服务器前面的代理；然后重新入库。

    Check host, port and path, and the proxy before the server, which may want a login of its own; then run the ingest again.
    请检查主机、端口与路径，以及服务器前面的代理（它可能要求自己的登录）；然后重新入库。

    Look into the server's log, then run the ingest again: it repeats only what is not verified.
    请查看服务器日志，然后重新入库：只重复未核实的部分。

    The warehouse at {address} does not let user {user} do that: {detail}.
    {address} 处的仓库不允许用户 {user} 这样做：{detail}。

    Let an administrator run: {command}
    请让管理员执行：{command}

    Let an administrator give user {user} that right, or a profile that is not readonly.
    请让管理员授予用户 {user} 该权限，或给它非只读的 profile。

    What answers at {address} is no ClickHouse: {detail}.
    {address} 处应答的不是 ClickHouse：{detail}。

    The warehouse at {address} gave an answer that makes no sense: {detail}.
    {address} 处的仓库给出了无法理解的回答：{detail}。

    Table {table} has no market column and holds the {market} market; {wanted} klines would mix with them.
    表 {table} 没有 market 列，存的是 {market} 市场；{wanted} 的 K 线会与之混在一起。

    Keep the markets apart with warehouse.table: {form}: all files are then sent again, to tables of those names.
    请用 warehouse.table: {form} 分开各市场：所有文件会重新发送到这些名称的表。

    Table {table} has no market column, and klines of {markets} would mix in it: none of them were sent.
    表 {table} 没有 market 列，{markets} 的 K 线会在其中混在一起：均未发送。

    Move the table aside: sluice then makes one with a market column. Or keep the markets apart with warehouse.table: {form}.
    请移走该表：sluice 会新建带 market 列的表。或用 warehouse.table: {form} 分开各市场。

    Table {table} cannot take klines: {detail}.
    表 {table} 无法接收 K 线：{detail}。

    Table klines in {path} cannot take klines: {detail}.
    {path} 中的表 klines 无法接收 K 线：{detail}。

    Move the table aside, or name another database: sluice then makes a table of its own.
    请移走该表，或改用另一数据库：sluice 会新建自己的表。

    Delete these rows, or move the table aside: sluice then makes one of its own.
    请删除这些行，或移走该表：sluice 会新建自己的表。

    Delete these rows, or rename the table: sluice then makes one of its own.
    请删除这些行，或重命名该表：sluice 会新建自己的表。

    Drop it, or move {path} aside: sluice then makes a table of its own.
    请删除它，或移走 {path}：sluice 会新建自己的表。

    {command}, or rename the table ({rename}): sluice then makes one of its own.
    请执行 {command}，或重命名该表（{rename}）：sluice 会新建自己的表。

    Rename the table ({command}), or move {path} aside: sluice then makes one of its own.
    请重命名该表（{command}），或移走 {path}：sluice 会新建自己的表。

    Or move the table aside: sluice then makes one of its own.
    或移走该表：sluice 会新建自己的表。

    The password file {path} cannot be read.
    口令文件 {path} 无法读取。

    The password file {path} has mode {mode}: others can read it.
    口令文件 {path} 的权限为 {mode}：他人可读。

    The password file {path} is empty.
    口令文件 {path} 为空。

    chmod 600 {path}
    chmod 600 {path}（收回他人的权限）

    Write the password into it, with mode 0600.
    请把口令写入其中，权限 0600。

    What {warehouse} gives back of {n} [file|files] is not what was sent, first {path}.
    {warehouse} 读回的 {n} 个文件的内容与所发送的不同，首个为 {path}。

    Run the ingest again: it repeats only what is not verified. If it stays so, check the disk, and the file with {command}.
    请重新入库：只重复未核实的部分。若仍如此，请检查磁盘，并用 {command} 检查该文件。

    Table {table} has not finished deleting replaced rows after {n} s.
    表 {table} 在 {n} 秒后仍未删完被替换的行。

    the warehouse {path} is empty, and with it the rows of {n} [file|files]; if its disk is not mounted, mount it, else ingest again, which sends them anew
    仓库 {path} 是空的，{n} 个文件的行也随之没有了；若其磁盘未挂载请挂载，否则重新入库，会重新发送

    the warehouse {path} is not there, and with it the rows of {n} [file|files]; if its disk is not mounted, mount it, else ingest again, which sends them anew
    仓库 {path} 不在，{n} 个文件的行也随之没有了；若其磁盘未挂载请挂载，否则重新入库，会重新发送

    cannot be read: {reason~}
    无法读取：{reason}

    changed while it was being read
    读取期间有变化

    is not a ZIP file
    不是 ZIP 文件

    ZIP file is cut off or damaged
    ZIP 文件被截断或损坏

    ZIP file spans several disks
    ZIP 文件跨多张磁盘

    ZIP member is encrypted
    ZIP 成员已加密

    ZIP file has no member named {name}
    ZIP 文件没有名为 {name} 的成员

    ZIP member uses compression method {method}; only stored and deflate are read
    ZIP 成员使用压缩方法 {method}；只读取 stored 与 deflate

    ZIP member is too large: {n} [byte|bytes] uncompressed, the limit is {n2} [byte|bytes]
    ZIP 成员过大：解压后 {n} 字节，上限 {n2} 字节

    ZIP member claims {n} [byte|bytes] out of {n2} [byte|bytes]: more than any kline file reaches
    ZIP 成员声称由 {n2} 字节解出 {n} 字节：超过任何 K 线文件

    ZIP member's compressed data is damaged
    ZIP 成员的压缩数据已损坏

    ZIP member does not have the {n} [byte|bytes] it declares
    ZIP 成员没有它声明的 {n} 字节

    CRC of the ZIP member is {actual}, declared {declared}
    ZIP 成员的 CRC 是 {actual}，声明为 {declared}

    its .CHECKSUM file cannot be read: {reason~}
    其 .CHECKSUM 文件无法读取：{reason}

    its .CHECKSUM file holds no SHA-256
    其 .CHECKSUM 文件没有 SHA-256

    SHA-256 is {actual}, its .CHECKSUM file says {declared}
    SHA-256 是 {actual}，其 .CHECKSUM 文件写的是 {declared}

    holds no rows
    没有任何行

    holds no valid row ({n} refused)
    没有有效的行（{n} 行被拒）

    holds no valid row ({n} refused, {detail})
    没有有效的行（{n} 行被拒，{detail}）

    does not hold {interval} candles: {detail}
    不是 {interval} 的 K 线：{detail}

    has a header line in the middle, line {line}
    中间有表头行，第 {line} 行

    has a header that names column {column} {name}, expected {expected}
    表头把第 {column} 列称为 {name}，应为 {expected}

    has {n} [column|columns] in line {line}, expected {n2}
    第 {line} 行有 {n} 列，应为 {n2} 列

    has text where a number belongs, line {line} column {column}: {text}
    应为数字处是文字，第 {line} 行第 {column} 列：{text}

    has a line {line} that is longer than any row
    第 {line} 行比任何一行都长

    has more than {n} [row|rows] of {day}
    {day} 的行超过 {n} 行

    """#
}
