extension ProblemHeadline {
  /// Markers, archives and the warehouse.
  static let ingestTable = #"""
    file-quarantined files-quarantined
    Archives were put aside, now or earlier. → If the source's copies are good, delete these and sync again.
    有归档被搁置（此次或先前）。 → 若来源的副本完好，请删除这些并重新同步。

    rows-refused rows-aside
    Rows are no candles; the others of the file are in. → Compare the file with the exchange's; a corrected one replaces them by itself.
    有行不是 K 线；该文件的其余行已入库。 → 请与交易所的文件比较；更正后的文件会自动替换。

    copies-differ copy-gone
    A file lies twice in the lake with different content, or one of the two is gone. → Remove the one that is wrong or old.
    有文件在数据湖中有两份且内容不同，或其中一份不见了。 → 请删除错误或陈旧的那份。

    market-unknown
    Directories do not say spot, um or cm; nothing was read of them. → Put them under directories that do.
    目录没有标明 spot、um 或 cm；未读取。 → 请放到标明的目录下。

    marker-no-files marker-invalid marker-unknown marker-record
    A marker vouches for nothing, is none, is not there, or its record cannot be written. → Sync again; look at the marker at the source; check the disk.
    标记没有对应文件、不是标记、不存在，或其记录无法写入。 → 请重新同步；查看来源的标记；检查磁盘。

    directory-unreadable
    Directories could not be read, so their archives were not. → Check their rights.
    有目录无法读取，其中的归档也未读取。 → 请检查其权限。

    verification-failed verification-open verification-gone
    The warehouse does not hold what was sent. → `sluice ingest --force`, then `sluice ingest --verify`.
    仓库中没有所发送的内容。 → `sluice ingest --force`，然后 `sluice ingest --verify`。

    verification-incomplete
    There are files that cannot be compared, or none at all. → `sluice ingest` sends what is there; `--force` also an earlier tool's.
    有文件无法比较，或没有任何文件。 → `sluice ingest` 发送现有的；`--force` 也发送早先工具的。

    rows-lost
    The warehouse was lost, and these files are not in the lake to be sent again. → Put them back where they were, `sluice ingest --backfill`.
    仓库丢失，而这些文件已不在数据湖中，无法重新发送。 → 请放回原处，`sluice ingest --backfill`。

    warehouse-database ledger
    SQLite's file, or the ledger, cannot be used. → Check path, disk and rights. A damaged ledger is moved aside: all files are sent again.
    SQLite 文件或台账无法使用。 → 请检查路径、磁盘与权限。损坏的台账请移走：所有文件会重新发送。

    warehouse-unreachable warehouse-certificate warehouse-login warehouse-password
    ClickHouse was not reached, is not trusted, or refuses the login. → Mend what the message names.
    无法连到 ClickHouse、不信任它，或它拒绝登录。 → 请按提示修正。

    warehouse-grant warehouse-error warehouse-slow
    ClickHouse withholds a right, refused a request, or has not finished. → Give the grant the message has; look at the server.
    ClickHouse 不给权限、拒绝请求，或尚未完成。 → 请授予提示中的权限；检查服务器。

    warehouse-market warehouse-table warehouse-differs
    The table cannot hold this market, is not one for candles, or holds other rows than were sent. → Rename the table as the message says, or another `warehouse.table`; `sluice ingest --force`.
    表无法存放该市场、不是 K 线的表，或其中的行与所发送的不同。 → 请按提示重命名该表，或改用其他 `warehouse.table`；`sluice ingest --force`。

    warehouse-library curl-missing
    libcurl is not there. → Install `libcurl4`.
    没有 libcurl。 → 请安装 `libcurl4`。

    no-ingest not-acceptable not-accepted
    The profile ingests nothing, or the file is no kline archive. → Add `ingest:`; name archives below the profile's directory.
    该配置项不入库，或该文件不是 K 线归档。 → 请加上 `ingest:`；请指定配置项目录下的归档。

    unreadable changed-while-read
    It could not be read, or changed while it was. → Mend rights or disk; the next ingest tries an archive again.
    无法读取，或读取期间有变化。 → 请修正权限或磁盘；下次入库会再试归档。

    broken-zip wrong-crc wrong-checksum
    The ZIP is cut off or broken, or is not what its `.CHECKSUM` says. → Fetch it again; if the source has it so, `ingest --accept`.
    ZIP 被截断或损坏，或与其 `.CHECKSUM` 不符。 → 请重新取回；若来源就是如此，`ingest --accept`。

    encrypted unsupported-method zip-bomb no-member
    A ZIP that is encrypted, packed in another way, unfolds beyond reason, or has no file of its name. → Look at the source.
    ZIP 已加密、以其他方式压缩、解压后过大，或没有同名文件。 → 请检查来源。

    not-klines no-rows other-interval
    Its rows are no candles, there are none, or they are of another length. → Look at the source.
    其行不是 K 线、没有行，或长度不同。 → 请检查来源。

    """#
}
