"""An emulator's screen as a picture, its colours as a terminal would show them."""

from PIL import Image, ImageDraw, ImageFont

FONTS = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono"
SIZE = 15
# The usual 16 colours of a dark terminal, soft enough to look at for long.
ANSI = [
    "#21242b", "#e05f65", "#78c379", "#e3b866", "#6ba4e7", "#c580e0", "#4fbcc4", "#c8ccd4",
    "#5f6673", "#f27d83", "#92d993", "#f5ce85", "#82b7ff", "#d79af0", "#69d4db", "#f0f2f5",
]
FOREGROUND, BACKGROUND = "#d3d7df", "#16181d"
# Which edges of its cell a box character's lines reach: left, right, up, down.
BOX = {
    "─": "lr", "│": "ud", "┌": "rd", "┐": "ld", "└": "ru", "┘": "lu", "├": "rud", "┤": "lud", "┬": "lrd", "┴": "lru",
    "┼": "lrud", "╭": "rd", "╮": "ld", "╰": "ru", "╯": "lu", "╴": "l", "╶": "r", "╵": "u", "╷": "d",
}
# How much of a cell is dotted.
SHADES = {"░": 0.25, "▒": 0.5, "▓": 0.75}


def rgb(text):
    return tuple(int(text[i : i + 2], 16) for i in (1, 3, 5))


def mix(one, other, share):
    return tuple(round(a * share + b * (1 - share)) for a, b in zip(one, other))


def indexed(number):
    """xterm's 256 colours: 16 of the palette, a cube of 6×6×6, 24 greys."""
    if number < 16:
        return rgb(ANSI[number])
    if number < 232:
        levels = (0, 95, 135, 175, 215, 255)
        number -= 16
        return levels[number // 36], levels[number // 6 % 6], levels[number % 6]
    return (8 + 10 * (number - 232),) * 3


def color(name, default):
    if name == "default":
        return rgb(default)
    return rgb(name) if name.startswith("#") else indexed(int(name.split()[1]))


class Painter:
    def __init__(self):
        self.fonts = {
            False: ImageFont.truetype(FONTS + ".ttf", SIZE),
            True: ImageFont.truetype(FONTS + "-Bold.ttf", SIZE),
        }
        self.width = round(self.fonts[False].getlength("M"))
        ascent, descent = self.fonts[False].getmetrics()
        self.height = ascent + descent + 1

    def paint(self, screen):
        margin = self.width
        size = (screen.columns * self.width + 2 * margin, screen.lines * self.height + 2 * margin)
        corner = self.looks(screen.buffer[0][0])[1]
        image = Image.new("RGB", size, corner)
        self.draw = ImageDraw.Draw(image)
        for y in range(screen.lines):
            for x in range(screen.columns):
                self.cell(screen.buffer[y][x], margin + x * self.width, margin + y * self.height)
        if not screen.cursor.hidden:
            x, y = margin + screen.cursor.x * self.width, margin + screen.cursor.y * self.height
            self.draw.rectangle((x, y, x + 1, y + self.height - 1), fill=rgb(FOREGROUND))
        return image.quantize(128, dither=Image.Dither.NONE)

    @staticmethod
    def film(frames, path):
        """Pictures one after the other as a GIF that begins anew; `frames` are pictures and seconds."""
        # One palette for all, or what stands still would flicker.
        width, height = frames[0][0].size
        sheet = Image.new("RGB", (width, height * len(frames)))
        for number, (image, _) in enumerate(frames):
            sheet.paste(image.convert("RGB"), (0, number * height))
        palette = sheet.quantize(64, dither=Image.Dither.NONE)
        images = [image.convert("RGB").quantize(palette=palette, dither=Image.Dither.NONE) for image, _ in frames]
        images[0].save(
            path, save_all=True, append_images=images[1:], duration=[round(seconds * 1000) for _, seconds in frames],
            loop=0, optimize=True, disposal=1)

    @staticmethod
    def looks(cell):
        front, back = color(cell.fg, FOREGROUND), color(cell.bg, BACKGROUND)
        if cell.reverse:
            front, back = back, front
        if cell.blink:
            front = mix(front, back, 0.62)
        return front, back

    def cell(self, cell, x, y):
        front, back = self.looks(cell)
        right, bottom = x + self.width - 1, y + self.height - 1
        self.draw.rectangle((x, y, right, bottom), fill=back)
        character = cell.data
        if not character or character == " ":
            pass
        elif character in BOX:
            self.lines(BOX[character], x, y, front)
        elif character in SHADES:
            self.shade(SHADES[character], x, y, front)
        elif "▁" <= character <= "█":
            rows = round(self.height * (ord(character) - 0x2580) / 8)
            self.draw.rectangle((x, bottom - rows + 1, right, bottom), fill=front)
        elif "▉" <= character <= "▏":
            columns = max(1, round(self.width * (0x2590 - ord(character)) / 8))
            self.draw.rectangle((x, y, x + columns - 1, bottom), fill=front)
        else:
            self.draw.text((x, y), character, font=self.fonts[cell.bold], fill=front)
        if cell.underscore:
            self.draw.line((x, bottom - 1, right, bottom - 1), fill=front)

    def shade(self, share, x, y, front):
        """Dots in a grid that goes on from cell to cell, as terminals draw the shades."""
        for row in range(y, y + self.height):
            for column in range(x, x + self.width):
                is_even, is_crossing = (row + column) % 2 == 0, row % 2 == 0 and column % 2 == 0
                if is_crossing or share > 0.25 and is_even or share > 0.5 and row % 2 == 0:
                    self.draw.point((column, row), fill=front)

    def lines(self, edges, x, y, front):
        """Box lines are drawn by hand: the font's own leave gaps between rows."""
        middle, center = x + self.width // 2, y + self.height // 2
        for edge in edges:
            if edge == "l":
                self.draw.line((x, center, middle, center), fill=front)
            elif edge == "r":
                self.draw.line((middle, center, x + self.width - 1, center), fill=front)
            elif edge == "u":
                self.draw.line((middle, y, middle, center), fill=front)
            else:
                self.draw.line((middle, center, middle, y + self.height - 1), fill=front)
