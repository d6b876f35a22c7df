import SluiceCore
import TerminalUI

/// What the lists of deeds hold: made when one is opened, from the same keymap as footer and help.
struct PaletteEntries {
  let model: DashboardModel

  /// Every action, page, order, profile and theme.
  var all: [PaletteEntry] {
    let commands = model.keymap.bindings.filter { !Self.leftOut.contains($0.action) }
    // What moves about comes last, whatever its place in the help.
    let ordered = commands.filter { !$0.action.goesAbout } + commands.filter(\.action.goesAbout)
    let actions = ordered.filter { !$0.action.isPage }.map { entry($0, .command($0.action)) }
    let pages = commands.filter(\.action.isPage).map { entry($0, .command($0.action)) }
    let profiles = model.rows.map {
      PaletteEntry(deed: .select(profile: $0.name), title: $0.name, detail: model.labels("profile", "配置项"))
    }
    let orders = SortOrder.allCases.map {
      PaletteEntry(
        deed: .sort($0),
        title: model.labels("sort by \($0.words.english)", "按\($0.words.chinese)排序"),
        detail: model.labels("again turns the order round", "再次选择则颠倒顺序"), otherWords: "sort \($0.rawValue)")
    }
    let themes = model.settings.themeNames.map {
      PaletteEntry(
        deed: .theme($0), title: model.labels("theme \($0)", "主题 \($0)"),
        detail: $0 == model.theme ? model.labels("in force", "使用中") : "", otherWords: "theme")
    }
    return actions + pages + named + filters + orders + profiles + themes + forgettable
  }

  /// The filters the operator has named.
  private var named: [PaletteEntry] {
    model.namedFilters.map {
      PaletteEntry(
        deed: .filter($0.words), title: model.labels("filter \($0.name)", "筛选 \($0.name)"), detail: $0.words,
        otherWords: "filter")
    }
  }

  private var forgettable: [PaletteEntry] {
    model.namedFilters.map {
      PaletteEntry(
        deed: .forget($0.name), title: model.labels("forget filter \($0.name)", "删除筛选 \($0.name)"),
        detail: $0.words, otherWords: "forget filter")
    }
  }

  /// The states there are, each as what the table may be narrowed to.
  private var filters: [PaletteEntry] {
    let totals = LakeTotals(model.rows)
    let present = ProfileState.allCases.filter { totals.count(of: $0) > 0 }
    let narrower = present.map { state in
      PaletteEntry(
        deed: .filter(state.filter),
        title: model.labels("only \(model.labels[state.label])", "仅\(model.labels[state.label])"),
        detail: model.labels.profiles(totals.count(of: state)), otherWords: "filter \(state.rawValue)")
    }
    let all = PaletteEntry(
      deed: .filter(""), title: model.labels("show all", "显示全部"), detail: model.labels.profiles(model.rows.count),
      otherWords: "filter")
    return model.filter.isEmpty ? narrower : [all] + narrower
  }

  /// What can be done with one profile.
  func deeds(of profile: String) -> [PaletteEntry] {
    let actions: [Command] = [
      .sync, .dryRun, .stop, .pause, .pauseFor, .bandwidth, .cleanup, .ingest, .verify, .acknowledge, .refresh, .edit,
    ]
    let others: [Command] = PageID.allCases.map { .page($0) } + [.mark]
    return [.otherHalf].compactMap(model.keymap.binding(for:)).map { intoPane($0) }
      + actions.compactMap(model.keymap.binding(for:)).map { entry($0, .act($0.action, profile: profile)) }
      + others.compactMap(model.keymap.binding(for:)).map { entry($0, .command($0.action)) }
  }

  private func intoPane(_ binding: Keymap<Command>.Binding) -> PaletteEntry {
    let usual = entry(binding, .command(.otherHalf))
    return PaletteEntry(
      deed: usual.deed, title: usual.title,
      detail: model.labels("into the pane: \(model.tab.title.english)", "进入窗格：\(model.tab.title.chinese)"),
      key: usual.key)
  }

  private func entry(_ binding: Keymap<Command>.Binding, _ deed: PaletteEntry.Deed) -> PaletteEntry {
    var title = binding.label
    if case .page(let id) = binding.action { title = id.title.text(model.labels.language) }
    if title.isEmpty {
      let name = binding.name.split(separator: "-").joined(separator: " ")
      title = model.labels(name, binding.action.chineseLabel)
    }
    return PaletteEntry(
      deed: deed, title: title, detail: binding.description, key: binding.keys.first?.spelling ?? "",
      otherWords: "\(binding.name) \(binding.group)")
  }

  /// Movements, which a list is the long way to, and the list itself.
  private static let leftOut: Set<Command> = [
    .up, .down, .left, .right, .pageUp, .pageDown, .top, .bottom, .open, .back, .palette,
  ]
}

extension Command {
  fileprivate var goesAbout: Bool { isMovement || self == .otherHalf }

  var isPage: Bool {
    if case .page = self { return true }
    return false
  }
}
