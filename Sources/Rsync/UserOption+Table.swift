/// The allow-list: measured against rsync 3.2.7 and 3.5.0, option by option, for what each does to a transfer that
/// sluice steers.
extension UserOption {
  static let kept: [UserOption] = [
    UserOption("links", letter: "l", .keep), UserOption("perms", letter: "p", .keep),
    UserOption("times", letter: "t", .keep),
    UserOption("group", letter: "g", .keep), UserOption("owner", letter: "o", .keep), UserOption("devices", .keep),
    UserOption("specials", .keep), UserOption("D", letter: "D", .keep), UserOption("acls", letter: "A", .keep),
    UserOption("xattrs", letter: "X", .keep), UserOption("hard-links", letter: "H", .keep),
    UserOption("sparse", letter: "S", .keep),
    UserOption("omit-dir-times", letter: "O", .keep), UserOption("omit-link-times", letter: "J", .keep),
    UserOption("checksum", letter: "c", .keep), UserOption("size-only", .keep), UserOption("fuzzy", letter: "y", .keep),
    UserOption("modify-window", letter: "@", value: true, .keep), UserOption("chmod", value: true, .keep),
    UserOption("min-size", value: true, .keep), UserOption("compress", letter: "z", .keep),
    UserOption("compress-choice", aliases: ["zc"], value: true, .keep),
    UserOption("compress-level", aliases: ["zl"], value: true, .keep),
    UserOption("skip-compress", value: true, .keep),
  ]

  static let taken: [UserOption] = [
    UserOption("archive", letter: "a", .take(.archive)), UserOption("recursive", letter: "r", .take(.recursive)),
    UserOption("partial", .take(.partial)), UserOption("P", letter: "P", .take(.partialAndProgress)),
    UserOption("partial-dir", value: true, .take(.partialDirectory)), UserOption("inplace", .take(.inPlace)),
    UserOption("whole-file", letter: "W", .take(.wholeFile)),
    UserOption("bwlimit", value: true, .take(.bandwidthLimit)),
    UserOption("delete", aliases: ["del", "delete-during"], .take(.delete)),
    UserOption("delete-before", .take(.delete)), UserOption("delete-after", .take(.delete)),
    UserOption("delete-delay", .take(.delete)), UserOption("max-delete", value: true, .take(.maxDelete)),
    UserOption("exclude", value: true, .take(.exclude)), UserOption("include", value: true, .take(.include)),
    UserOption("filter", letter: "f", value: true, .take(.filter)),
  ]

  static let leftOut: [UserOption] = [
    UserOption("timeout", value: true, .leaveOut("sluice watches for a stall itself; see stall_timeout")),
    UserOption("verbose", letter: "v", .leaveOut(nil)), UserOption("progress", .leaveOut(nil)),
    UserOption("stats", .leaveOut(nil)), UserOption("itemize-changes", letter: "i", .leaveOut(nil)),
    UserOption("human-readable", letter: "h", .leaveOut(nil)), UserOption("8-bit-output", letter: "8", .leaveOut(nil)),
    UserOption("no-human-readable", aliases: ["no-h"], .leaveOut(nil)), UserOption("no-motd", .leaveOut(nil)),
    UserOption("no-inc-recursive", aliases: ["no-i-r"], .leaveOut(nil)),
    UserOption("outbuf", value: true, .leaveOut(nil)), UserOption("debug", value: true, .leaveOut(nil)),
    UserOption("no-verbose", aliases: ["no-v"], .leaveOut(nil)), UserOption("no-progress", .leaveOut(nil)),
    UserOption("no-partial", .leaveOut("an interrupted file is always kept, so that the next run goes on from it")),
    UserOption("no-timeout", .leaveOut(nil)), UserOption("no-bwlimit", .leaveOut(nil)),
  ]

  /// `--no-…` forms that take something back from `-a`.
  static let negated: [UserOption] = [
    UserOption("no-perms", aliases: ["no-p"], .keep), UserOption("no-owner", aliases: ["no-o"], .keep),
    UserOption("no-group", aliases: ["no-g"], .keep), UserOption("no-links", aliases: ["no-l"], .keep),
    UserOption("no-D", .keep), UserOption("no-devices", .keep), UserOption("no-specials", .keep),
    UserOption("no-compress", aliases: ["no-z"], .keep), UserOption("no-whole-file", aliases: ["no-W"], .keep),
    UserOption("no-omit-dir-times", aliases: ["no-O"], .keep),
    UserOption("no-omit-link-times", aliases: ["no-J"], .keep), UserOption("no-acls", aliases: ["no-A"], .keep),
    UserOption("no-xattrs", aliases: ["no-X"], .keep), UserOption("no-hard-links", aliases: ["no-H"], .keep),
    UserOption("no-sparse", aliases: ["no-S"], .keep), UserOption("no-checksum", aliases: ["no-c"], .keep),
    UserOption("no-fuzzy", aliases: ["no-y"], .keep), UserOption("no-size-only", .keep),
  ]

  /// What runs commands, writes files elsewhere, talks to a daemon or breaks the reading of rsync's output.
  static let refusedForCommands: [UserOption] = [
    UserOption(
      "rsh", letter: "e", value: true, .refuse("it runs a command; set source.port, ssh_key or ssh_config instead")),
    UserOption("rsync-path", value: true, .refuse("it runs a command on the source's host; remove it")),
    UserOption(
      "remote-option", letter: "M", value: true, .refuse("it changes the rsync on the source's host; remove it")),
    UserOption("log-file", value: true, .refuse("it writes a file anywhere; sluice keeps logs in log_dir")),
    UserOption("log-file-format", value: true, .refuse("sluice keeps logs in log_dir; remove it")),
    UserOption("write-batch", value: true, .refuse("it writes a file anywhere; remove it")),
    UserOption("only-write-batch", value: true, .refuse("it transfers nothing; remove it")),
    UserOption("read-batch", value: true, .refuse("it reads a file instead of the source; remove it")),
    UserOption(
      "temp-dir", letter: "T", value: true, .refuse("it writes files outside the profile's directory; remove it")),
    UserOption("daemon", .refuse("sluice only fetches over ssh; remove it")),
    UserOption("config", value: true, .refuse("it belongs to an rsync daemon; remove it")),
    UserOption("address", value: true, .refuse("it belongs to an rsync daemon; use BindAddress in ssh_config")),
    UserOption("port", value: true, .refuse("it belongs to an rsync daemon; set source.port instead")),
    UserOption("sockopts", value: true, .refuse("it belongs to an rsync daemon; remove it")),
    UserOption("password-file", value: true, .refuse("it belongs to an rsync daemon; set source.ssh_key instead")),
    UserOption("early-input", value: true, .refuse("it belongs to an rsync daemon; remove it")),
    UserOption("contimeout", value: true, .refuse("it belongs to an rsync daemon; ssh gives up after 10 s anyway")),
    UserOption("ipv4", letter: "4", .refuse("sluice starts ssh itself; use AddressFamily in ssh_config")),
    UserOption("ipv6", letter: "6", .refuse("sluice starts ssh itself; use AddressFamily in ssh_config")),
    UserOption("blocking-io", .refuse("sluice starts ssh itself; remove it")),
    UserOption("quiet", letter: "q", .refuse("rsync would report no progress and no result; remove it")),
    UserOption("info", value: true, .refuse("sluice needs rsync's own report; remove it")),
    UserOption("stderr", value: true, .refuse("sluice reads rsync's error output; remove it")),
    UserOption("msgs2stderr", .refuse("progress would go to the error output; remove it")),
    UserOption("out-format", aliases: ["log-format"], value: true, .refuse("sluice needs its own format; remove it")),
    UserOption("version", letter: "V", .refuse("rsync would only print its version; remove it")),
    UserOption("help", .refuse("rsync would only print its help; remove it")),
    UserOption("protocol", value: true, .refuse("rsync agrees on a version by itself; remove it")),
    UserOption("trust-sender", .refuse("it switches off checks of what the source sends; remove it")),
    UserOption("old-args", .refuse("it lets the source's shell read the path; remove it")),
    UserOption("copy-as", value: true, .refuse("it changes the user; run sluice as that user instead")),
    UserOption("iconv", value: true, .refuse("names would differ between plan and lake; remove it")),
  ]

  /// What ends with exit 0 and a wrong result, or deletes what sluice protects.
  static let refusedForResults: [UserOption] = [
    UserOption("dry-run", letter: "n", .refuse("nothing would ever be transferred; use `sluice sync --dry-run`")),
    UserOption("list-only", .refuse("nothing would ever be transferred; use `sluice sync --dry-run`")),
    UserOption("remove-source-files", aliases: ["remove-sent-files"], .refuse("sluice never deletes at the source")),
    UserOption("delete-excluded", .refuse("it would delete the lake's own state and expired days; use --delete")),
    UserOption("ignore-errors", .refuse("files would be deleted after a read error at the source; remove it")),
    UserOption("force", .refuse("it deletes whole directories; --delete does what a mirror needs")),
    UserOption("delete-missing-args", .refuse("a missing source would empty the lake; remove it")),
    UserOption("ignore-missing-args", .refuse("a missing source would look like a success; remove it")),
    UserOption("append", .refuse("a changed file would stay wrong in silence; remove it")),
    UserOption("append-verify", .refuse("a changed file would stay wrong in silence; remove it")),
    UserOption("files-from", value: true, .refuse("it replaces the source's own list; use --include and --exclude")),
    UserOption("exclude-from", value: true, .refuse("write the patterns as --exclude")),
    UserOption("include-from", value: true, .refuse("write the patterns as --include")),
    UserOption("from0", letter: "0", .refuse("it belongs to --files-from; remove it")),
    UserOption(
      "cvs-exclude", letter: "C", .refuse("it reads rules from outside the configuration; write them as --exclude")),
    UserOption("F", letter: "F", .refuse("it reads rules from the source's directories; write them as --exclude")),
    UserOption("relative", letter: "R", .refuse("files would land under the full remote path; remove it")),
    UserOption("no-implied-dirs", .refuse("it belongs to --relative; remove it")),
    UserOption("no-recursive", aliases: ["no-r"], .refuse("nothing below the top would come; use --exclude")),
    UserOption("no-archive", aliases: ["no-a"], .refuse("name the letters wanted instead, like -rlt")),
    UserOption("dirs", letter: "d", .refuse("nothing below the top would come; use --exclude")),
    UserOption("old-dirs", aliases: ["old-d"], .refuse("nothing below the top would come; use --exclude")),
    UserOption("inc-recursive", aliases: ["i-r"], .refuse("the total would grow all the time; remove it")),
    UserOption("no-times", aliases: ["no-t"], .refuse("every run would fetch everything again; remove it")),
    UserOption(
      "ignore-times", letter: "I", .refuse("every run would fetch everything again; use --checksum for one run")),
    UserOption("max-size", value: true, .refuse("larger files would be missing in silence; use --exclude")),
    UserOption(
      "update", letter: "u", .refuse("an interrupted file would look newer and never be completed; remove it")),
    UserOption("existing", aliases: ["ignore-non-existing"], .refuse("no new file would ever come; remove it")),
    UserOption("ignore-existing", .refuse("an interrupted or changed file would never be completed; remove it")),
    UserOption("compare-dest", value: true, .refuse("files found there would be missing in the lake; remove it")),
    UserOption("copy-dest", value: true, .refuse("it reads files outside the profile's directory; remove it")),
    UserOption("link-dest", value: true, .refuse("it links files outside the profile's directory; remove it")),
    UserOption("backup", letter: "b", .refuse("old files would pile up between the data; remove it")),
    UserOption("backup-dir", value: true, .refuse("it writes files elsewhere; remove it")),
    UserOption("suffix", value: true, .refuse("it belongs to --backup; remove it")),
    UserOption("delay-updates", .refuse("it keeps a second copy of everything; sluice publishes markers last anyway")),
    UserOption("copy-links", letter: "L", .refuse("links would be followed out of the source's directory; use -l")),
    UserOption("copy-unsafe-links", .refuse("links would be followed out of the source's directory; use -l")),
    UserOption("copy-dirlinks", letter: "k", .refuse("links would be followed out of the source's directory; use -l")),
    UserOption(
      "keep-dirlinks", letter: "K", .refuse("files would be written through links out of the lake; remove it")),
    UserOption("write-devices", .refuse("it writes to devices; remove it")),
    UserOption("copy-devices", .refuse("it reads whole devices; remove it")),
    UserOption("super", .refuse("rsync shall do only what its user may; remove it")),
    UserOption("stop-after", aliases: ["time-limit"], value: true, .refuse("a part would look like the whole")),
    UserOption("stop-at", value: true, .refuse("a part would look like the whole; remove it")),
  ]
}
