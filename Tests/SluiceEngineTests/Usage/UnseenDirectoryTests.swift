import Foundation
import RunRecords
import SluiceCore
import TestSupport
import Testing

@testable import SluiceEngine

@Suite("A profile's directory that cannot be looked at")
struct UnseenDirectoryTests {
  let scratch: ScratchDirectory
  let lake: Lake
  let profile: Profile

  init() throws {
    scratch = try ScratchDirectory()
    var profile = Profile(
      name: "ticks", source: Source(host: "h", user: "u", remoteRoot: "/r"), localSubdirectory: "ticks",
      localPath: "\(scratch.path)/ticks", rsyncArguments: "-a", checkpointFile: "\(scratch.path)/checkpoint.json")
    profile.ingest = IngestSettings(stateDirectory: "\(scratch.path)/ticks/_ingested", fillGaps: false)
    self.profile = profile
    lake = Lake(
      configurationPath: "\(scratch.path)/lake.yml", rootDirectory: scratch.path, warehouse: nil, profiles: [profile])
    try scratch.file("ticks/a_20240101/part", "12345")
    _ = try UsageScan.scan(profile: profile, cache: UsageCache(stateDirectory: lake.stateDirectory))
    CoverageCache(lake: lake).count(profile)
  }

  /// A link to itself is refused for everybody, root included.
  private func hide() throws {
    try FileManager.default.removeItem(atPath: profile.localPath)
    try FileManager.default.createSymbolicLink(atPath: profile.localPath, withDestinationPath: profile.localPath)
  }

  @Test("has no size, no files, no holes and no markers, and not those of the past: every command tells why")
  func unknown() throws {
    let reader = StatusReader(lake: lake)
    #expect(reader.figures(of: profile).usage?.files == 1 && reader.figures(of: profile).coverage?.holes == 0)
    try hide()
    let status = try #require(reader.statuses(of: [profile]).first)
    #expect(status.usage == nil && status.coverage == nil && status.lostData == nil)
    #expect(status.usageProblem?.contains(profile.localPath) == true && status.unread == [status.usageProblem])
    #expect(status.markers.known(markers: status.markers.pending) == nil)
    #expect(status.plainState(now: Date()) != .fine)
    for limits in [ProfileCheck.Limits(), ProfileCheck.Limits(lag: .seconds(60), holes: 0)] {
      let looked = reader.lookedAt(status, for: limits)
      let codes = ProfileCheck(looked, limits, now: Date()).reasons.map(\.code)
      #expect(looked.usage == nil && codes.contains("unreadable"))
      // Nobody can say that there is none.
      #expect(!codes.contains("no-data"))
    }
    let metrics = try MetricsRecorder(lake: lake).text()
    for name in ["files", "size_bytes", "missing_days", "pending_markers", "quarantined_files", "empty_files"] {
      #expect(!metrics.contains("\ndata_lake_\(name){"), "\(name)")
    }
  }

  @Test("that vanishes from view between two looks keeps nothing of the first")
  func meanwhile() throws {
    let reader = StatusReader(lake: lake)
    let status = reader.figures(of: profile)
    try hide()
    let looked = reader.lookedAt(status, for: ProfileCheck.Limits())
    #expect(looked.usage == nil && looked.usageProblem != nil)
    #expect(reader.counted(status).usage == nil)
  }

  @Test("of which a part cannot be read says so in the check", .enabled(if: UnprivilegedUser.isPossible, "takes root"))
  func part() async throws {
    try scratch.file("ticks/b_20240101/part", "12345")
    let (lake, profile) = (self.lake, self.profile)
    chmod("\(scratch.path)/ticks/b_20240101", 0o700)
    let looked = await UnprivilegedUser.run {
      StatusReader(lake: lake).lookedAt(ProfileStatus(profile: profile), for: ProfileCheck.Limits())
    }
    let reasons = ProfileCheck(try #require(looked), ProfileCheck.Limits(), now: Date()).reasons
    #expect(reasons.contains { $0.code == "unreadable" && $0.text.contains("b_20240101") }, "\(reasons)")
  }
}
