/// How the dashboard looks and behaves, as the command line asks.
struct DashboardLook: Equatable {
  /// No key that starts, stops or steers anything works.
  var isReadOnly = false
  /// The theme's name; nil is the terminal's own colours.
  var theme: String?
  /// Which profiles are shown, whatever was kept; nil leaves it to that.
  var filter: String?
  /// The profile the cursor is put on at the start; nil leaves it on the first row.
  var profile: String?
  /// Figures move every second.
  var isLively = false
  /// Draw with ASCII only.
  var isASCII = false
}
