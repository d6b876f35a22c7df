/// What to do when the system did not start a program.
enum StartAdvice {
  /// By the system's reason, in the C locale; nil when nothing is known that helps.
  static func text(reason: String) -> String? {
    let reason = reason.lowercased()
    return all.first { reason.contains($0.reason) }?.advice
  }

  private static let all: [(reason: String, advice: String)] = [
    ("no such file", "Install it, or look at the PATH that sluice is started with."),
    (
      "resource temporarily unavailable",
      "Too many processes: look at `ulimit -u`, and at TasksMax or pids.max of the unit or container sluice runs in."
    ),
    ("cannot allocate memory", "Look at what takes the memory: free -m"),
    (
      "argument list too long",
      "The command with its environment is longer than the system takes: shorten `rsync_args`, or start sluice with "
        + "fewer variables."
    ),
    ("permission denied", "Look at the program's rights, and at its file system's (noexec)."),
    ("operation not permitted", "Look at what keeps sluice from starting programs: seccomp, AppArmor, SELinux."),
    ("exec format error", "The program is not one for this machine: install it anew."),
    ("too many open files", "Look at `ulimit -n`, and at LimitNOFILE of the unit sluice runs in."),
  ]
}
