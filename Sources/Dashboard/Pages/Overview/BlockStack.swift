import TerminalUI

/// Parts of a page below one another, as many as there is room for: the first ones are the most important.
struct BlockStack {
  struct Block {
    /// Fewer rows than these say nothing: the block is left out.
    var least: Int
    /// Rows in which all of it is shown.
    var most: Int
    var draw: (Rect, inout ScreenBuffer) -> Void
  }

  var blocks: [Block] = []

  mutating func add(
    least: Int, most: Int, _ draw: @escaping (_ area: Rect, _ buffer: inout ScreenBuffer) -> Void
  ) {
    blocks.append(Block(least: least, most: max(least, most), draw: draw))
  }

  /// The rows each block gets, a blank one between two not counted; 0 for what is left out.
  func rows(_ height: Int) -> [Int] {
    var rows = blocks.map { _ in 0 }
    var left = height
    for (index, block) in blocks.enumerated() {
      // The first is shown as far as it goes.
      let needed = index == 0 ? min(block.least, height) : block.least + 1
      guard needed <= left else { continue }
      rows[index] = index == 0 ? needed : block.least
      left -= needed
    }
    for (index, block) in blocks.enumerated() where rows[index] > 0 {
      let more = min(left, block.most - rows[index])
      if more > 0 {
        rows[index] += more
        left -= more
      }
    }
    return rows
  }

  func draw(in area: Rect, into buffer: inout ScreenBuffer) {
    var y = area.y
    for (block, rows) in zip(blocks, rows(area.height)) where rows > 0 {
      block.draw(Rect(x: area.x, y: y, width: area.width, height: rows), &buffer)
      y += rows + 1
    }
  }
}
