extension ProblemHeadline {
  /// The lake and its disk, runs and their records.
  static let lakeTable = #"""
    lake-missing lake-changed disk-missing disk-changed
    The lake, or a profile's disk, is not the one this machine knows. → Mount it, or set `state_dir` back; if the new one is meant, the message says how to accept it.
    数据湖或配置项的磁盘不是本机所知的那个。 → 请挂载它，或改回 `state_dir`；若就是新的，提示中说明如何接受。

    disk-full disk-space disk-inodes
    There is no room, or there would be none. → Free some, shorten a retention, or lower `guard: {min_free: …}`.
    没有空间，或将没有空间。 → 请腾出空间、缩短保留期，或调低 `guard: {min_free: …}`。

    permission-denied local-permission
    This user may not do it. → Check owner and mode, or run as the lake's owner.
    此用户权限不足。 → 请检查所有者与权限，或以数据湖的所有者运行。

    local-directory-missing local-files-failed
    A directory or file could not be put in place. → Look at that directory and its disk.
    有目录或文件未能放到位。 → 请检查该目录及其磁盘。

    attributes-refused
    Owners, rights or times cannot be set here; the content has come. → Add `--no-o --no-g`, or `--no-p`, to `rsync_args`.
    本地无法设置所有者、权限或时间；内容已到达。 → 请在 `rsync_args` 中加 `--no-o --no-g` 或 `--no-p`。

    outside-lake nested-lake
    A profile's directory leads out of the lake, or one lake lies in another. → Make it a real directory, or correct `root_dir`.
    配置项的目录通向数据湖之外，或数据湖互相嵌套。 → 请改成真正的目录，或更正 `root_dir`。

    delete-guard retention-guard
    More would be deleted than the guard allows. → Look at the plan and at the clock; if it is right, `--force-delete`.
    要删除的超过保护限额。 → 请查看计划与时钟；若正确，`--force-delete`。

    retention-name retention-changed retention-busy
    A directory was kept: not expired, replaced, or in use. → The next cleanup tries again.
    有目录被保留：未到期、被替换或正在使用。 → 下次清理会再试。

    file-open file-read file-write file-sync file-rename file-create file-list file-examine file-remove file-lock file-start file-decode file-form
    A file of the lake or of its state could not be used. → Check the disk, the mount and the rights it names.
    数据湖或其状态的文件无法使用。 → 请检查所指的磁盘、挂载与权限。

    locked
    Another run of the profile, or of its directory, is going on. → `sluice attach PROFILE` follows it, `sluice stop PROFILE` ends it.
    该配置项或其目录的另一次运行正在进行。 → `sluice attach 配置项` 跟随它，`sluice stop 配置项` 结束它。

    stopped killed run-died
    The run was stopped, its rsync was ended by others, or its process died. → Sync again: it goes on from what is there.
    运行被停止、其 rsync 被他人结束，或其进程死亡。 → 请重新同步：会从已有内容继续。

    still-running
    A run was told to stop and has not ended yet. → Look at it with `attach`.
    已要求停止运行，而它还没有结束。 → 可用 `attach` 查看。

    suspended
    The run's process is suspended and obeys no order. → `kill -CONT` with the number it names, or `fg`.
    运行的进程被挂起，不听指令。 → 请用所给的进程号执行 `kill -CONT`，或 `fg`。

    not-held ended
    The order was not obeyed: it cannot be in this phase, or the run has ended. → `sluice status` shows where it is; `sluice history` how it ended.
    指令没有执行：此阶段不能执行，或运行已结束。 → `sluice status` 显示其进展；`sluice history` 显示如何结束。

    control no-live-run not-steerable
    An order does not reach a run. → Use the user who started it; `sluice status` shows what goes on.
    指令未能送达运行。 → 请用启动它的用户；`sluice status` 显示正在进行的运行。

    no-such-run run-exists
    No run has that id, or one has it already. → `sluice history` lists them.
    没有该 id 的运行，或已有同 id 的运行。 → `sluice history` 列出它们。

    unread
    Directories or records could not be read, so that figures say less than there is. → Check the rights of what is named, and the disk.
    有目录或记录无法读取，数字少于实际。 → 请检查所列内容的权限与磁盘。

    checkpoint checkpoint-corrupt
    The checkpoint cannot be written, or was broken and set aside. → Nothing for a broken one: the next sync writes a new one.
    检查点无法写入，或已损坏并被移开。 → 损坏的无需处理：下次同步会写出新的。

    metrics-not-written
    The run was not counted in the metrics. → Check the disk of `metrics_file`.
    该运行没有计入指标。 → 请检查 `metrics_file` 所在磁盘。

    plan-changed
    Source or lake have changed since the plan was shown. → Look at a new dry run, then apply that.
    计划显示之后，来源或数据湖有了变化。 → 请查看新的试运行，再应用它。

    verify-findings
    Files are not as at the source, or damaged. → `sluice verify PROFILE --repair`.
    有文件与来源不同或已损坏。 → `sluice verify 配置项 --repair`。

    verification nothing-here
    The record cannot be written, or there is nothing to verify. → Check the disk; sync first.
    记录无法写入，或没有可校验的内容。 → 请检查磁盘；请先同步。

    other internal unknown
    Something that has no words of its own. → Read the run's log; report an internal one with its journal.
    没有专门说明的问题。 → 请阅读运行日志；内部错误请连同日志报告。

    """#
}
