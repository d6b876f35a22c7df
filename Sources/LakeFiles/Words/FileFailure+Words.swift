import Glibc
package import SluiceCore

extension FileFailure: CustomStringConvertible {
  /// One sentence: what failed, on what, and why.
  package var description: String { "\(path): cannot \(verb): \(reason)" }

  /// Why, in words; never a bare number.
  package var reason: String {
    switch code {
    case 0: detail ?? "the content is not what it should be"
    case EACCES, EPERM: "permission denied"
    case ENOENT: "it does not exist"
    case ENOTDIR: "a part of the path is not a directory"
    case EEXIST where operation == .create: "something of that name is there, and no directory"
    case EEXIST where operation == .write: "there is a file of that name already"
    case EISDIR: "it is a directory"
    case ELOOP: "it is a symbolic link, and links are not followed here"
    case ENOSPC where isOutOfFiles: "the disk can hold no more files (its inodes are used up)"
    case ENOSPC: "the disk is full"
    case EDQUOT: "the disk quota is used up"
    case EROFS: "the file system is read-only"
    case EMFILE, ENFILE: "too many files are open"
    case ENAMETOOLONG: "the name is too long"
    case EIO: "the disk reports an input/output error"
    case ESTALE: "the network file system has lost it"
    case ENOTEMPTY: "something was added to it meanwhile"
    case EBUSY: "it is in use"
    case ENOLCK: "the file system gives no locks"
    default: systemReason(code)
    }
  }

  /// What to do next, when there is something better than trying again.
  package var advice: String? {
    switch code {
    // What is to be made is not there yet, or cannot be seen.
    case EACCES where operation == .create: "Check owner and mode: ls -ld '\(AtomicFile.split(path).directory)'"
    case EACCES, EPERM: "Check owner and mode: ls -ld '\(path)'"
    case ENOSPC where isOutOfFiles: "Remove some files: df -i '\(place)'"
    case ENOSPC: "Free some space: df -h '\(place)'"
    case EDQUOT: "Free some space or ask for a larger quota"
    case EROFS: "Check how it is mounted: findmnt -T '\(place)'"
    case ENOLCK:
      "On NFS, start its lock service (rpc-statd) or mount with local_lock=all; or set `state_dir` to a local disk"
    case EEXIST where operation == .create: "Move it away, or correct the path: ls -ld '\(path)'"
    case EEXIST where operation == .write: "Choose another name"
    case EIO, ESTALE: "Check the disk: dmesg | tail"
    case EMFILE, ENFILE: "Raise the limit: ulimit -n"
    default: nil
    }
  }

  /// The failure as a run reports it; `code` is `disk-full`, `permission-denied` or `file-OPERATION`.
  package var problem: RunProblem {
    let word =
      if isDiskFull { "disk-full" } else if isRefused { "permission-denied" } else {
        "file-\(operation.rawValue)"
      }
    return RunProblem(code: word, message: description, advice: advice ?? fallbackAdvice, paths: [path])
  }

  /// What to try where nothing better is known; a content that is wrong says itself what helps.
  private var fallbackAdvice: String? {
    switch code {
    case 0: nil
    case ENOENT, ENOTDIR: "Make the directory it belongs in, or correct the path"
    default: "Check the disk and the path, then start again"
    }
  }

  /// Where the disk is looked at: what was to be made or written may not be there, its directory is.
  private var place: String {
    switch operation {
    case .open, .write, .rename, .create, .lock: AtomicFile.split(path).directory
    case .read, .sync, .list, .examine, .remove, .start, .decode, .form: path
    }
  }

  private var verb: String {
    switch operation {
    case .open: "be opened"
    case .read: "be read"
    case .write: "be written"
    case .sync: "be written to the disk"
    case .rename: "be put in place"
    case .create: "be created"
    case .list: "be listed"
    case .examine: "be examined"
    case .remove: "be removed"
    case .lock: "be locked"
    case .start: "be started"
    case .decode: "be understood"
    case .form: "be used"
    }
  }
}
