"""The page of an official paper by GB/T 9704-2012, in the units of OOXML: twips (1/20 pt) and 1/4096 pt."""

from dataclasses import dataclass

TWIPS_PER_MM = 1440 / 25.4

A4 = (11906, 16838)
TOP, LEFT = 2098, 1588
"""天头 37 mm and 订口 28 mm (§5.2.1)."""
RIGHT, BOTTOM = 1474, 1984
"""What the type area of 156 mm × 225 mm leaves: 26 mm and 35 mm."""
TEXT_WIDTH = A4[0] - LEFT - RIGHT
LINES, CHARACTERS = 22, 28
LINE_PITCH = (A4[1] - TOP - BOTTOM) // LINES
CHARACTER_SPACE = -848
"""156 mm / 28 is 15.79 pt, 0.207 pt less than a character of 16 pt (§5.2.3).

The styles also set lines of exactly the pitch and characters 0.3 pt closer: LibreOffice gives a character that is wider
than a cell of the grid two cells, so there the paragraphs stand off the grid and come to 22 × 28 all the same.
"""
FOOTER = 1446
"""From the paper's edge to the foot of the page number's line, whose dash then lies 7 mm below the type area (§7.5)."""


@dataclass(frozen=True)
class Font:
    """A font as papers name it, what may stand in for it, and its family in the font table."""

    name: str
    stands_in: str
    family: str
    used_for: str


TITLE_FONT = Font("方正小标宋简体", "方正小标宋_GBK", "script", "标题")
BODY_FONT = Font("仿宋_GB2312", "仿宋", "modern", "正文")
KAI_FONT = Font("楷体_GB2312", "楷体", "modern", "二级标题")
HEI_FONT = Font("黑体", "SimHei", "modern", "一级标题、表头")
SONG_FONT = Font("宋体", "SimSun", "auto", "页码")
FONTS = (TITLE_FONT, BODY_FONT, KAI_FONT, HEI_FONT, SONG_FONT)
"""What GB/T 9704 asks for; none may be shipped, so the paper names them and the page warns where one is missing."""
