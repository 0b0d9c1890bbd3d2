"""Make a category text from a county's sheet of levels (一级,二级,三级 …), for a township to fill in its units."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from banjie.base.errors import InvalidInput
from banjie.rulebook.categories import BASIS, DUTY, KEY, UNIT
from banjie.rulebook.category_rows import key_of
from banjie.rulebook.text import UNDECIDED

LEVELS = "一二三四五六七八九十"
_LEVEL_HEAD = re.compile(f"[{LEVELS}]级")


def text_of_sheet(sheet: str, *, title: str, unit: str, source: str) -> str:
    """Return the text of a category tree from CSV whose first row names the levels.

    Every matter falls to `unit` until the township divides them; `source` is where the sheet comes from.
    Raises InvalidInput when the first row names no level or a row skips one.
    """
    rows = list(csv.reader(io.StringIO(sheet.removeprefix("\ufeff"))))
    heads = [head.strip() for head in rows[0]] if rows else []
    depth = sum(1 for head in heads if _LEVEL_HEAD.match(head))
    if not depth or not all(_LEVEL_HEAD.match(head) for head in heads[:depth]):
        raise InvalidInput("第1行不是表头。请在第1行写上 一级、二级、三级，再重新导入。")
    lines = list(_lines(rows[1:], depth, unit=unit, basis=f"{source}；{UNDECIDED}"))
    levels = [f"{LEVELS[level]}级" for level in range(depth)]
    table = [[KEY, *levels, UNIT, DUTY, BASIS], ["---"] * (depth + 4), *lines]
    head = f'+++\ntitle = "{title}"\ntype = "categories"\nunits = ["{unit}"]\n+++\n'
    prose = f"# {title}\n\n责任单位和职责{UNDECIDED}；下面各行空着的，随它的上一级。\n\n"
    return head + prose + "\n".join(f"| {' | '.join(cells)} |" for cells in table) + "\n"


def _lines(rows: Sequence[Sequence[str]], depth: int, *, unit: str, basis: str) -> Iterator[list[str]]:
    keys: dict[tuple[str, ...], str] = {}
    for number, row in enumerate(rows, start=2):
        titles = [cell.strip().replace("|", "／") for cell in row[:depth]]
        path = tuple(title for title in titles if title)
        if not path:
            continue
        if tuple(titles[: len(path)]) != path:
            raise InvalidInput(f"第{number}行缺了上一级。请补上这一行左边空着的格子，再重新导入。")
        for level in range(1, len(path) + 1):
            branch = path[:level]
            if branch not in keys:
                keys[branch] = key_of(branch, set(keys.values()))
                cells = [
                    *(title if n == level - 1 else "" for n, title in enumerate(branch)),
                    *[""] * (depth - level),
                ]
                owner = [unit, "基本", basis] if level == 1 else ["", "", ""]
                yield [keys[branch], *cells, *owner]
