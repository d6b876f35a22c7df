import Testing

@testable import Rsync

@Suite("The sentences about the user's rsync options")
struct OptionSentencesTests {
  @Test(
    "say why an option is refused and what to do instead",
    arguments: [
      ("--rsh=x", "--rsh", "it runs a command; set source.port, ssh_key or ssh_config instead"),
      ("--rsync-path=x", "--rsync-path", "it runs a command on the source's host; remove it"),
      ("--remote-option=x", "--remote-option", "it changes the rsync on the source's host; remove it"),
      ("--log-file=x", "--log-file", "it writes a file anywhere; sluice keeps logs in log_dir"),
      ("--log-file-format=x", "--log-file-format", "sluice keeps logs in log_dir; remove it"),
      ("--write-batch=x", "--write-batch", "it writes a file anywhere; remove it"),
      ("--only-write-batch=x", "--only-write-batch", "it transfers nothing; remove it"),
      ("--read-batch=x", "--read-batch", "it reads a file instead of the source; remove it"),
      ("--temp-dir=x", "--temp-dir", "it writes files outside the profile's directory; remove it"),
      ("--daemon", "--daemon", "sluice only fetches over ssh; remove it"),
      ("--config=x", "--config", "it belongs to an rsync daemon; remove it"),
      ("--address=x", "--address", "it belongs to an rsync daemon; use BindAddress in ssh_config"),
      ("--port=x", "--port", "it belongs to an rsync daemon; set source.port instead"),
      ("--sockopts=x", "--sockopts", "it belongs to an rsync daemon; remove it"),
      ("--password-file=x", "--password-file", "it belongs to an rsync daemon; set source.ssh_key instead"),
      ("--early-input=x", "--early-input", "it belongs to an rsync daemon; remove it"),
      ("--contimeout=x", "--contimeout", "it belongs to an rsync daemon; ssh gives up after 10 s anyway"),
      ("--ipv4", "--ipv4", "sluice starts ssh itself; use AddressFamily in ssh_config"),
      ("--ipv6", "--ipv6", "sluice starts ssh itself; use AddressFamily in ssh_config"),
      ("--blocking-io", "--blocking-io", "sluice starts ssh itself; remove it"),
      ("--quiet", "--quiet", "rsync would report no progress and no result; remove it"),
      ("--info=x", "--info", "sluice needs rsync's own report; remove it"),
      ("--stderr=x", "--stderr", "sluice reads rsync's error output; remove it"),
      ("--msgs2stderr", "--msgs2stderr", "progress would go to the error output; remove it"),
      ("--out-format=x", "--out-format", "sluice needs its own format; remove it"),
      ("--version", "--version", "rsync would only print its version; remove it"),
      ("--help", "--help", "rsync would only print its help; remove it"),
      ("--protocol=x", "--protocol", "rsync agrees on a version by itself; remove it"),
      ("--trust-sender", "--trust-sender", "it switches off checks of what the source sends; remove it"),
      ("--old-args", "--old-args", "it lets the source's shell read the path; remove it"),
      ("--copy-as=x", "--copy-as", "it changes the user; run sluice as that user instead"),
      ("--iconv=x", "--iconv", "names would differ between plan and lake; remove it"),
      ("--dry-run", "--dry-run", "nothing would ever be transferred; use `sluice sync --dry-run`"),
      ("--list-only", "--list-only", "nothing would ever be transferred; use `sluice sync --dry-run`"),
      ("--remove-source-files", "--remove-source-files", "sluice never deletes at the source"),
      ("--delete-excluded", "--delete-excluded", "it would delete the lake's own state and expired days; use --delete"),
      ("--ignore-errors", "--ignore-errors", "files would be deleted after a read error at the source; remove it"),
      ("--force", "--force", "it deletes whole directories; --delete does what a mirror needs"),
      ("--delete-missing-args", "--delete-missing-args", "a missing source would empty the lake; remove it"),
      ("--ignore-missing-args", "--ignore-missing-args", "a missing source would look like a success; remove it"),
      ("--append", "--append", "a changed file would stay wrong in silence; remove it"),
      ("--append-verify", "--append-verify", "a changed file would stay wrong in silence; remove it"),
      ("--files-from=x", "--files-from", "it replaces the source's own list; use --include and --exclude"),
      ("--exclude-from=x", "--exclude-from", "write the patterns as --exclude"),
      ("--include-from=x", "--include-from", "write the patterns as --include"),
      ("--from0", "--from0", "it belongs to --files-from; remove it"),
      ("--cvs-exclude", "--cvs-exclude", "it reads rules from outside the configuration; write them as --exclude"),
      ("-F", "-F", "it reads rules from the source's directories; write them as --exclude"),
      ("--relative", "--relative", "files would land under the full remote path; remove it"),
      ("--no-implied-dirs", "--no-implied-dirs", "it belongs to --relative; remove it"),
      ("--no-recursive", "--no-recursive", "nothing below the top would come; use --exclude"),
      ("--no-archive", "--no-archive", "name the letters wanted instead, like -rlt"),
      ("--dirs", "--dirs", "nothing below the top would come; use --exclude"),
      ("--old-dirs", "--old-dirs", "nothing below the top would come; use --exclude"),
      ("--inc-recursive", "--inc-recursive", "the total would grow all the time; remove it"),
      ("--no-times", "--no-times", "every run would fetch everything again; remove it"),
      ("--ignore-times", "--ignore-times", "every run would fetch everything again; use --checksum for one run"),
      ("--max-size=x", "--max-size", "larger files would be missing in silence; use --exclude"),
      ("--update", "--update", "an interrupted file would look newer and never be completed; remove it"),
      ("--existing", "--existing", "no new file would ever come; remove it"),
      ("--ignore-existing", "--ignore-existing", "an interrupted or changed file would never be completed; remove it"),
      ("--compare-dest=x", "--compare-dest", "files found there would be missing in the lake; remove it"),
      ("--copy-dest=x", "--copy-dest", "it reads files outside the profile's directory; remove it"),
      ("--link-dest=x", "--link-dest", "it links files outside the profile's directory; remove it"),
      ("--backup", "--backup", "old files would pile up between the data; remove it"),
      ("--backup-dir=x", "--backup-dir", "it writes files elsewhere; remove it"),
      ("--suffix=x", "--suffix", "it belongs to --backup; remove it"),
      (
        "--delay-updates", "--delay-updates",
        "it holds a second copy of everything; sluice publishes markers last anyway"
      ),
      ("--copy-links", "--copy-links", "links would be followed out of the source's directory; use -l"),
      ("--copy-unsafe-links", "--copy-unsafe-links", "links would be followed out of the source's directory; use -l"),
      ("--copy-dirlinks", "--copy-dirlinks", "links would be followed out of the source's directory; use -l"),
      ("--keep-dirlinks", "--keep-dirlinks", "files would be written through links out of the lake; remove it"),
      ("--write-devices", "--write-devices", "it writes to devices; remove it"),
      ("--copy-devices", "--copy-devices", "it reads whole devices; remove it"),
      ("--super", "--super", "rsync may do only what its user may; remove it"),
      ("--stop-after=x", "--stop-after", "a part would look like the whole"),
      ("--stop-at=x", "--stop-at", "a part would look like the whole; remove it"),
    ] as [(String, String, String)])
  func forbidden(_ text: String, _ word: String, _ reason: String) {
    let refusals = UserArguments(text).refusals
    #expect(refusals.map(\.word) == [word])
    #expect(refusals.map(\.reason) == [reason])
  }

  @Test(
    "say what is wrong with a word",
    arguments: [
      ("'-a", "'-a", "the quote ' is not closed; close it"),
      ("-a\\", "-a\\", "it ends in a backslash; remove it"),
      ("host:/x", "host:/x", "it is not an option, and sluice names source and directory itself; remove it"),
      ("-a\0", "-a\0", "it holds a NUL byte; remove it"),
      ("--nonsense", "--nonsense", "it is not among the options sluice passes on; remove it"),
      ("-aY", "-Y", "it is not among the options sluice passes on; remove it"),
      ("--delete=5", "--delete=5", "this option has no value; write --delete"),
      ("--chmod", "--chmod", "its value is missing; add it"),
      ("--max-delete=x", "--max-delete=x", "it needs a number; write one"),
      ("--bwlimit=fast", "--bwlimit=fast", "it is not a rate; write KB/s, like 10000, or 10m"),
      ("--partial-dir=/x", "--partial-dir=/x", "it may lie outside the profile's directory; write --partial"),
      ("--exclude=", "--exclude=", "the pattern is empty; write one"),
      ("--filter=!", "--filter=!", "it would clear the rules that protect the lake's own state; remove it"),
      (
        "--filter='. x'", "--filter=. x",
        "only the rules `+ PATTERN`, `- PATTERN` and `P PATTERN` are passed on; write one of these"
      ),
      ("--exclude=*", "--exclude=*", "nothing would come; put an --include before it"),
    ] as [(String, String, String)])
  func wrong(_ text: String, _ word: String, _ reason: String) {
    let refusals = UserArguments(text).refusals
    #expect(refusals.map(\.word) == [word])
    #expect(refusals.map(\.reason) == [reason])
  }

  @Test(
    "say what becomes of an option, and warn of a risk",
    arguments: [
      (
        "--inplace", true,
        "readers can see half-written files, and an interrupted update tears the old one; leave it out"
      ),
      ("--whole-file", true, "an interrupted file is fetched from its start again"),
      (
        "-S", false, "whether a plan fits on the disk is not known before, for sizes do not tell what sparse files take"
      ),
      ("--timeout=60", false, "sluice watches for a stall itself; see stall_timeout"),
      ("--no-partial", false, "an interrupted file is always kept, so that the next run goes on from it"),
      ("--partial-dir=.other", false, "sluice keeps interrupted files in .rsync-partial"),
      ("--bwlimit=5", false, "sluice limits the rate itself, so that it can be changed while a run goes on"),
    ] as [(String, Bool, String)])
  func note(_ text: String, _ isWarning: Bool, _ sentence: String) {
    let notes = UserArguments(text).notes
    #expect(notes.map(\.isWarning) == [isWarning])
    #expect(notes.map(\.text) == [sentence])
  }

  @Test("are there for each option that is refused or replaced, and for no other")
  func complete() {
    let refused = UserOption.all.filter { $0.verdict == .refuse }.map(\.name)
    #expect(Set(refused) == Set(OptionSentences.refused.keys))
    let replaced = UserOption.all.filter { $0.verdict == .replace }.map(\.name)
    #expect(Set(replaced) == Set(OptionSentences.replaced.keys))
  }
}
