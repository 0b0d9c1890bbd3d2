"""Lines of a table that are none of its rows: sums, notes below it, numbers of columns, the head said once more."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from banjie.sheets.layout.heads import plain_head
from banjie.sheets.reading.raw import RawRow

_SUM = re.compile(r".{0,12}(?:合计|小计|总计|累计|共计|总数|平均)[数值]?[:：]?|合|计")
_BELOW = re.compile(
    r"(?:注|备注|说明|附注|填表说明|填表人|制表人?|填报人|审核人?|复核|分管领导|单位负责人|负责人签字|填报日期|联系人"
    r"|报送单位|打印时间|导出时间)[:：（(].*"
    r"|第?\d+页[,，、/共 ]*共?\d*页?|以下空白",
    re.DOTALL,
)
_ORDINAL = re.compile(r"\d{1,2}|[甲乙丙丁戊己庚辛壬癸]|[(（]\d{1,2}[)）]|[①-⑳]|[A-Z]")
SUM, BELOW, ORDINALS, HEAD_AGAIN, EXAMPLE = "合计行", "表尾说明", "栏号", "重复的表头", "模板示例"
_MOST_SUM_WORDS = 3
"""Cells with words in a line of sums; the rest are numbers."""


@dataclass(frozen=True)
class Aside:
    """A line that is not taken in, and why: 合计行."""

    line_no: int
    why: str
    words: str


def why_aside(row: RawRow, *, heads: Sequence[RawRow], examples: Sequence[str]) -> str:
    """Return why a line is no row of the table, "" when it is one.

    `heads` are the lines of the head, `examples` the cells of the sample row of our own template.
    """
    filled = [cell.strip() for cell in row.cells if cell.strip()]
    words = ["".join(cell.split()) for cell in filled]
    if any(_is_again(row, head) for head in heads):
        return HEAD_AGAIN
    if examples and _same(filled, examples):
        return EXAMPLE
    if len(filled) > 2 and all(_ORDINAL.fullmatch(word) for word in words) and len(set(words)) == len(words):
        return ORDINALS
    if _is_sum(words):
        return SUM
    return BELOW if _BELOW.fullmatch(words[0]) and len(filled) <= _MOST_SUM_WORDS + 1 else ""


def _is_again(row: RawRow, head: RawRow) -> bool:
    """Tell whether a line says the head once more; the last column may be missing, as in a file that we have marked."""
    said = [(place, cell) for place, cell in enumerate(row.cells) if cell.strip()]
    named = sum(1 for cell in head.cells if cell.strip())
    return 2 * len(said) >= max(named, 3) and all(
        plain_head(head.cell(place)) == plain_head(cell) for place, cell in said
    )


def _same(filled: Sequence[str], other: Sequence[str]) -> bool:
    return filled == [cell.strip() for cell in other if cell.strip()]


def _is_sum(words: Sequence[str]) -> bool:
    """Tell a line of sums: the word 合计 among its first cells, and hardly any other words."""
    told = [word for word in words if not re.fullmatch(r"[\d.,%\-—/]+", word)]
    first = "".join(words[:2]) if words[:1] == ["合"] else words[0]
    is_named = bool(_SUM.fullmatch(first)) or any(_SUM.fullmatch(word) for word in told[:2])
    return is_named and len(told) <= _MOST_SUM_WORDS
