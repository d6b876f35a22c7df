import LakeFiles
import RunRecords
import SluiceCore

/// What a command could not do, for the person who typed it.
enum CommandSentences {
  static func problem(_ fault: CommandFault) -> RunProblem {
    switch fault {
    case .noProfileNamed(let known):
      RunProblem(
        code: "no-profile-named",
        message: "The lake has \(TextFormat.counted(known.count, "profile")) and none was named.",
        advice: "Name one or more (\(known.joined(separator: ", "))), or use --all.")
    case .badKeymap(let sentence):
      RunProblem(
        code: "keymap", message: sentence, advice: "Until it is corrected the dashboard keeps its own keys there.")
    case .noSuchCommand(let name, let nearest):
      RunProblem(
        code: "no-such-command", message: "There is no command \(name).",
        advice: (nearest.map { "Did you mean \($0)? " } ?? "") + "`sluice --help` lists the commands.")
    case .unread(let sentences):
      RunProblem(
        code: "unread", message: "Not all could be read: \(sentences.joined(separator: "; ")).",
        advice: "Check the rights of what is named, and the disk: what is there may be more than was counted.")
    case .badWords(let text, let help): RunProblem(code: "usage", message: text, advice: "See `\(help)`.")
    case .notSteerable(let run, let verb):
      RunProblem(
        code: "not-steerable",
        message: "The run of \(run.profile) is of the kind \(run.task.kind), which cannot be \(verb).",
        advice: "Only a sync and a verification can; `sluice stop \(run.profile)` ends this one.")
    case .otherProfile(let id, let profile, let meant):
      RunProblem(
        code: "no-such-run", message: "The run \(id) is of \(profile), not of \(meant).",
        advice: "Leave the profile out: the run's name is enough.")
    case .notIngested(let names):
      RunProblem(
        code: "no-ingest",
        message: "The configuration has no `ingest:` for \(TextFormat.listed(names)); nothing was started.",
        advice: "Leave out what has none, or add `ingest: {format: binance-klines}`.")
    case .notDuration(let text):
      RunProblem(code: "no-duration", message: "\(text) is not a length of time.", advice: "Write it like 26h or 2d.")
    case .notSince(let text):
      RunProblem(
        code: "no-since", message: "\(text) is neither a day nor a length of time.",
        advice: "Write a UTC day like 2026-02-14, or how far back from now: 6h, 2d.")
    case .notDay(let text):
      RunProblem(code: "no-day", message: "\(text) is not a day.", advice: "Write it like 2026-02-14.")
    case .dayToCome(let day):
      RunProblem(
        code: "no-day", message: "--since \(day) is a day to come: no file is of it yet, so nothing would be compared.",
        advice: "Name today or a day before it, or leave --since out.")
    case .notShare(let text):
      RunProblem(
        code: "no-share", message: "\(text) is not a share of the files.",
        advice: "Write it like 1/7, the first of seven, or auto/7, another every day; at most \(VerifySubset.limit).")
    case .notRange(let first, let last):
      RunProblem(code: "no-range", message: "--since \(first) lies after --until \(last).")
    case .nothingToAcknowledge(let name):
      RunProblem(
        code: "nothing-wrong", message: "Nothing is wrong with \(name) that could be acknowledged.",
        advice: "`sluice status` shows its state; a run that goes on is waited for.")
    case .notEnd(let text):
      RunProblem(
        code: "no-end", message: "\(text) is no day or time to come.", advice: "Write it like 2026-02-14 or 14d.")
    case .fileExists(let path):
      RunProblem(
        code: "exists", message: "\(path) is there already.",
        advice: "Edit it, name another file with --output, or write over it with --force.")
    case .inputEnded:
      RunProblem(code: "no-answer", message: "The input ended before all was answered; nothing was written.")
    case .optionsMissing(let names):
      RunProblem(
        code: "options-missing",
        message: "Without a terminal nobody can be asked, and not all is said: \(names.joined(separator: ", ")).",
        advice: "Give these options, or start it on a terminal. `sluice help init` tells what they mean.")
    case .badOption(let name, let reason):
      RunProblem(code: "usage", message: "\(name) cannot be used: \(reason)", advice: "See `sluice help init`.")
    case .hostKeyRefused(let host, let fingerprint, let isOther):
      RunProblem(
        code: "host-key-refused",
        message: isOther
          ? "\(host) shows another key than the one that was named: \(fingerprint). Nothing was written."
          : "The key \(fingerprint) of \(host) was not taken; nothing was written.",
        advice: "Print the host's own on the host: ssh-keygen -l -f /etc/ssh/ssh_host_ed25519_key.pub")
    case .badTheme(let problem): RunProblem(code: "no-theme", message: problem.sentence)
    case .severalWithoutScreen:
      RunProblem(
        code: "no-screen", message: "Several lakes are shown on a terminal only.",
        advice: "Ask each of them: `sluice status --config FILE`.")
    case .stillRunning(let run):
      RunProblem(
        code: "still-running", message: "The run \(run.id) has not ended within 15 s.",
        advice: "Look at it with `sluice attach \(run.profile) --run \(run.id)`; its process is \(run.processID).")
    case .noneReadable(let count, let profile):
      RunProblem(
        code: "unreadable",
        message:
          "No run\(profile.map { " of \($0)" } ?? "") is known, but \(TextFormat.counted(count, "record")) cannot be read.",
        advice: "What is wrong is said above: mend the rights or the disk, then ask again.")
    case .suspended(let run, let order):
      RunProblem(
        code: "suspended",
        message: "The run \(run.id) does not obey: its process \(run.processID) is suspended (state T).",
        advice:
          "`kill -CONT \(run.processID)`, or `fg` where it was started, lets it go on; then it takes the \(order).")
    case .endedMeanwhile(let run, let order, let outcome):
      RunProblem(
        code: "ended", message: "The run \(run.id) of \(run.profile) ended before the \(order): \(outcome.rawValue).")
    case .pastHolding(let run, let order, let phase):
      RunProblem(
        code: "not-held",
        message:
          "The \(order) holds nothing: the run \(run.id) of \(run.profile) is past its transfer (\(phase.rawValue)).",
        advice: "Only what comes over the link can be held; `sluice stop \(run.profile)` ends the run.")
    case .noAnswer(let run, let order, let phase):
      RunProblem(
        code: "no-answer",
        message: "The run \(run.id) has not answered the \(order) within "
          + "\(TextFormat.span(RunSteering.patience)) (\(phase.rawValue)).",
        advice: "The order stands. Look at it with `sluice attach \(run.profile) --run \(run.id)`; its process is "
          + "\(run.processID).")
    case .noDemoFiles(let places):
      RunProblem(
        code: "no-demo-files",
        message:
          "The demo's files are not installed beside this program; looked for at \(places.joined(separator: ", ")).",
        advice:
          "Install the package, or sluice from its sources with `make install`; a program that is copied needs its "
          + "share/sluice beside it: PREFIX/bin/sluice and PREFIX/share/sluice.")
    case .noServer:
      RunProblem(
        code: "no-sshd", message: "The demo needs an SSH server and finds no sshd.",
        advice: "Install it: apt-get install openssh-server rsync (`make run` does this).")
    case .silentServer(let port):
      RunProblem(code: "no-sshd", message: "The demo's sshd does not answer on port \(port).", advice: "Try again.")
    case .noPort(let number):
      RunProblem(
        code: "no-port", message: "The demo cannot listen on 127.0.0.1: \(systemReason(number)).", advice: "Try again.")
    case .outputLost(let number):
      RunProblem(
        code: "output-lost", message: "The output is not whole: it could not be written (\(systemReason(number))).",
        advice: "Look where it was sent to, for example whether that disk is full.")
    case .notScheduled(let names):
      RunProblem(
        code: "no-schedule",
        message: names.isEmpty
          ? "No enabled profile has a `schedule:`; nothing was written."
          : "The configuration has no `schedule:` for \(TextFormat.listed(names)), or disables it; nothing was written.",
        advice: "Write `schedule: \"30 2 * * *\"` into the profile, or into data_lake for all of them.")
    case .schedulerFailed(let words, let code, let said):
      RunProblem(
        code: "scheduler",
        message: "\(ShellLine.text(words)) ended with \(code)" + Self.quoted(said) + ".",
        advice: "Files that were written stay: mend the reason and give the same command again. "
          + "`sluice schedule` shows what is there.")
    case .notOurs(let path):
      RunProblem(
        code: "not-ours", message: "\(TextFormat.escaped(path)) was not written by `sluice schedule`.",
        advice: "Move it away if nobody needs it; it is not written over.")
    case .brokenBlock(let begin, let end):
      RunProblem(
        code: "broken-block", message: "In the crontab only one of two lines is there: \(begin), \(end).",
        advice: "Put the other one back, or take away what is between them, by hand: nothing was changed.")
    case .programFailed(let program, let code, let signal):
      RunProblem(
        code: "program-failed",
        message: "\(TextFormat.escaped(program)) "
          + (signal.map { "was ended by signal \($0)." } ?? "ended with \(code ?? 1)."),
        advice: "Try it by hand; VISUAL, EDITOR and PAGER say which programs are used.")
    }
  }

  /// What a program said, on one line and short, behind a colon; nothing when it said nothing.
  private static func quoted(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).map(String.init).joined(separator: "; ")
    return line.isEmpty ? "" : ": " + TextFormat.escaped(String(line.prefix(300)))
  }
}
