import TerminalUI

/// The keymap's words in Chinese; the compiler asks for those of a new command.
extension Command {
  /// What lists of deeds call it, in a word.
  var chineseLabel: String { chinese.label }

  /// The word of the footer and of lists of deeds, and the line of the help.
  fileprivate var chinese: (label: String, description: String) {
    switch self {
    case .page(let id): (id.title.chinese, "\(id.title.chinese)页")
    case .up: ("上移", "上移一行")
    case .down: ("下移", "下移一行")
    case .left: ("向左", "前一页；折叠；前一天，或运行时间轴往前")
    case .right: ("向右", "后一页；展开；后一天，或运行时间轴往后")
    case .pageUp: ("上翻", "上翻一屏")
    case .pageDown: ("下翻", "下翻一屏")
    case .top: ("首行", "到第一行")
    case .bottom: ("末行", "到最后一行")
    case .open: ("打开", "可执行的操作；应用；一次运行；某天的文件；全屏")
    case .back: ("返回", "返回一步；从不退出")
    case .otherHalf: ("窗格", "在表格与窗格之间切换")
    case .previousTab: ("前一页", "前一页")
    case .nextTab: ("后一页", "后一页")
    case .zoom: ("放大", "把整个屏幕给这一半")
    case .earlier: ("之前", "往前 30 天；上一次运行（历史）")
    case .later: ("之后", "往后 30 天；下一次运行（历史）")
    case .mark: ("标记", "标记或取消标记；被筛选隐藏的不处理")
    case .markAll: ("全部标记", "全部标记，或全部取消")
    case .sync: ("同步", "启动同步")
    case .dryRun: ("试运行", "试运行，结果显示在预览页")
    case .cleanup: ("清理", "计划清理，显示，确认后删除")
    case .ingest: ("入库", "把待入库的标记入库")
    case .verify: ("校验", "逐字节将每个文件与来源比较")
    case .stop: ("停止", "停止运行，或从队列移除")
    case .bandwidth: ("限速", "限制运行的带宽")
    case .pause: ("暂停", "暂停运行，或让它继续")
    case .pauseFor: ("定时暂停", "暂停运行一段时间，之后自动继续")
    case .refresh: ("刷新", "重新读取该配置项的全部内容")
    case .acknowledge: ("已知", "把失败标为已知，或撤回")
    case .retryFailed: ("全部重试", "同步所有失败的配置项，只询问一次")
    case .edit: ("编辑配置", "在 $EDITOR 中打开该配置项的配置")
    case .apply: ("应用", "按预览所示启动同步")
    case .follow: ("跟随", "跟随日志最新一行")
    case .wrap: ("换行", "日志长行换行")
    case .retry: ("重试", "重试该标记")
    case .nextHit: ("下一个", "下一个匹配、错误、缺口、异常运行或记号")
    case .previousHit: ("上一个", "上一个匹配、错误、缺口、异常运行或记号")
    case .nextFault: ("下一个错误", "日志的下一个错误或警告")
    case .previousFault: ("上一个错误", "日志的上一个错误或警告")
    case .level: ("级别", "日志全部、错误与警告、仅错误")
    case .pager: ("分页", "在 $PAGER 中阅读日志")
    case .saveLog: ("保存", "把日志保存到文件")
    case .view: ("视图", "按状态、按大小、按月、整个数据湖显示各天")
    case .palette: ("执行", "输入几个字母查找一切")
    case .filter: ("筛选", "筛选表格或预览，搜索日志")
    case .nameFilter: ("命名筛选", "给筛选命名；之后在 : 中可找到")
    case .columns: ("选择列", "选择表格的列")
    case .sort: ("排序", "按下一列排序")
    case .reverseSort: ("颠倒顺序", "颠倒顺序")
    case .hosts: ("主机", "表格按主机分组；在窗格中到第一行")
    case .freeze: ("冻结", "冻结屏幕，或恢复更新")
    case .said: ("消息", "本次会话中说过和做过的一切")
    case .theme: ("主题", "选择主题")
    case .lively: ("每秒更新", "所有数字每秒更新，而非每五秒")
    case .mouse: ("鼠标", "开启或关闭鼠标")
    case .copy: ("复制", "把路径或错误复制到剪贴板")
    case .copies: ("选择复制", "选择复制内容：路径、运行、命令行、ssh 测试")
    case .commandLines: ("命令", "该运行确切的 rsync 与 ssh 命令")
    case .help: ("帮助", "本帮助；输入以搜索")
    case .repaint: ("重画", "重画整个屏幕")
    case .suspend: ("挂起", "挂起")
    case .quit: ("退出", "退出；运行会继续")
    }
  }

  /// The headings of the help.
  fileprivate static let chineseGroups = [
    "Moving": "移动", "Actions on the profile, or on all marked ones that are shown": "对配置项，或对所有显示且已标记的配置项",
    "Pages": "页面", "Screen": "屏幕",
  ]
}

extension Keymap<Command>.Binding {
  /// The same in Chinese; its name stays, for the configuration has it.
  var inChinese: Self {
    var changed = self
    let words = action.chinese
    if !label.isEmpty { changed.label = words.label }
    changed.description = words.description
    changed.group = Command.chineseGroups[group] ?? group
    return changed
  }
}
