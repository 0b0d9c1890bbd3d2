"""The head of a text: TOML between two lines of `+++`, read with the line on which each item stands."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from banjie.rulebook.findings import BadText, Finding, Place

FENCE = "+++"
_TABLE = re.compile(r"\s*\[(?P<list>\[)?\s*(?P<path>[^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_ITEM = re.compile(r"""\s*(?P<path>(?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")
_AT_LINE = re.compile(r"at line (\d+)")
_REMEDIES = (
    (
        "Cannot mutate immutable",
        '更具体的一项请把整个名字加上英文引号，如 "handle.resident_request.water" = {…}',
    ),
    ("Cannot overwrite", "同一个名字只能写一次，请删去多余的一处"),
    ("Cannot declare", "同一个 [表头] 只能写一次，请合并成一处"),
    ("Invalid value", "文字请放在英文双引号里，日期写成 2026-01-01，是否写成 true 或 false"),
    ("Expected '='", "名字后面请写英文等号和值；名字里有汉字时要加英文双引号"),
    ("Unclosed", "请补上右括号"),
    ("Illegal character", "这里不能换行，请补上右引号"),
)


@dataclass(frozen=True)
class Front:
    """What the head says, the line of each item by its dotted path, and the prose below with its first line."""

    items: dict[str, object]
    lines: dict[str, int]
    prose: str
    prose_line: int

    def line(self, *paths: str) -> int:
        """Return the line of the first of `paths` that is written, else the first line."""
        return next((self.lines[path] for path in paths if path in self.lines), 1)


def read_front(source: str, *, file: str) -> Front:
    """Split a text into head and prose; raise BadText with line and remedy when the head cannot be read."""
    lines = source.split("\n")
    if lines[0].strip() != FENCE:
        raise _bad(file, 1, "开头没有 +++ 一行", "请把标题和参数写在两行 +++ 之间，正文写在后面")
    end = next((n for n, line in enumerate(lines[1:], start=1) if line.strip() == FENCE), None)
    if end is None:
        raise _bad(file, len(lines), "参数部分没有结束", "请在正文之前另起一行写 +++")
    head = lines[1:end]
    try:
        items = tomllib.loads("\n".join(head))
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(file, head, str(error)) from None
    return Front(items, dict(_lines_of(head)), "\n".join(lines[end + 1 :]), end + 2)


def item_end(line: str) -> int:
    """Return where the name and equals sign of an item end in a line of a head; 0 when the line begins no item."""
    found = _ITEM.match(line)
    return found.end() if found else 0


def _unreadable(file: str, head: list[str], words: str) -> BadText:
    found = _AT_LINE.search(words)
    number = int(found.group(1)) if found else len(head)
    line = head[number - 1] if 0 < number <= len(head) else ""
    if re.search("[“”＝‘’]", line):
        return _bad(file, number + 1, "用了中文的引号或等号", '请换成英文的引号 " 和等号 =')
    remedy = next((text for part, text in _REMEDIES if part in words), "请对照相邻的行检查引号、括号和逗号")
    return _bad(file, number + 1, "这一行读不懂", remedy)


def _bad(file: str, line: int, fault: str, remedy: str) -> BadText:
    return BadText([Finding(Place(file, line), fault, remedy)])


def _lines_of(head: list[str]) -> Iterator[tuple[str, int]]:
    """Yield each item's dotted path and line; the n-th table of a list is called name.n, from 0.

    Later lines of the same path come first, so that the first one wins in a dict.
    """
    return reversed(list(_walk(head)))


def _walk(head: list[str]) -> Iterator[tuple[str, int]]:
    prefix, is_in_words = "", False
    seen: dict[str, int] = {}
    for number, line in enumerate(head, start=2):
        was_in_words = is_in_words
        is_in_words ^= line.count('"""') % 2 == 1 or line.count("'''") % 2 == 1
        if was_in_words:
            continue
        if table := _TABLE.match(line):
            name = _dotted(table["path"])
            if table["list"]:
                seen[name] = seen.get(name, -1) + 1
                name = f"{name}.{seen[name]}"
            yield name, number
            prefix = f"{name}."
        elif item := _ITEM.match(line):
            yield prefix + _dotted(item["path"]), number


def _dotted(path: str) -> str:
    return ".".join(part.strip("\"'") for part in _PART.findall(path))
