"""The prose of a paper as it is edited on the web: marks as titles in brackets, such as 【收到：与上年同期比】.

A part that is only written when there is something to tell stands between 〔有 收到 时〕 and 〔完〕. No Django here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from banjie.base.errors import InvalidInput
from banjie.reports.marks import GROUPS, Condition, Fault, Mark, Piece, Style, pieces_of

STYLES = {
    Style.DIGITS: "只写数字",
    Style.BASE: "分子和分母",
    Style.BEFORE: "上年同期数",
    Style.CHANGE: "与上年同期比",
    Style.STEP: "与上期比",
    Style.TOP: "最多的",
    Style.EACH: "每组一行",
}
"""How a style is called in a bracket; the usual one is not said."""
COUNTED = (Style.TOP, Style.EACH)
END = "完"
SIGNS = {">=": "不少于", "<=": "不多于", ">": "大于", "<": "小于", "=": "等于"}
_SHORT = {column: word for word, column in GROUPS.items()}
_STYLED = {said: style for style, said in STYLES.items()}
_SIGNED = {said: sign for sign, said in SIGNS.items()}
_MARK = re.compile(r"【([^【】\n]*)】")
_TAG = re.compile(r"〔([^〔〕\n]*)〕")
_WHEN = re.compile(r"(?P<is>没有|有)\s*(?P<what>.+?)\s*时")
_WHEN_SIGNED = re.compile(rf"(?P<what>.+?)\s*(?P<sign>{'|'.join(_SIGNED)})\s*(?P<limit>\d+)\s*时")
_SPLIT = re.compile("[：【】〔〕]|，按")
"""What parts a bracket, so that no title may hold it."""
_COUNT = re.compile(r"(.+?)\s*(\d{1,2})?项?")


@dataclass(frozen=True)
class MarkNames:
    """What marks may name, by title: figures, what is told besides, lists, and the columns to group by."""

    titles: Mapping[str, str]
    groups: Mapping[str, str]

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """Return the name behind each title; a title that two bear names neither."""
        return _backwards(self.titles)

    @cached_property
    def columns(self) -> Mapping[str, str]:
        """Return the column behind each title of a group."""
        return _backwards(self.groups)

    def title(self, name: str) -> str:
        """Return what a name is called in a bracket; the name itself where no title is its alone."""
        for told, back in ((self.titles, self.keys), (self.groups, self.columns)):
            if name in told and back.get(told[name]) == name:
                return told[name]
        return name

    def named(self, said: str) -> str:
        """Return the name that a title stands for. Raises InvalidInput with what comes near."""
        said = said.strip()
        if said in self.keys or said in self.columns:
            return self.keys.get(said) or self.columns[said]
        if said in self.titles or said in self.groups:
            return said
        near = get_close_matches(said, [*self.keys, *self.columns], n=3, cutoff=0.3)
        told = f"相近的有：{'、'.join(near)}" if near else "请从下面的单子里复制"
        raise InvalidInput(f"方括号里的“{said}”不是能写的数。{told}。")


def shown_in_brackets(prose: str, names: MarkNames) -> str:
    """Return prose with its marks in brackets; a line that cannot be read stays as written."""
    return "\n".join(_shown_line(line, names) for line in prose.split("\n"))


def written_from_brackets(typed: str, names: MarkNames) -> str:
    """Return what was typed with marks in place of the brackets. Raises InvalidInput for one that names nothing."""
    prose = typed.replace("\r\n", "\n")
    prose = _MARK.sub(lambda found: f"{{{{ {_mark_of(found[1], names)} }}}}", prose)
    return _TAG.sub(lambda found: f"{{% {_tag_of(found[1], names)} %}}", prose)


def _shown_line(line: str, names: MarkNames) -> str:
    pieces = list(pieces_of(line, line=0))
    if any(isinstance(piece, Fault) for piece in pieces):
        return line
    return "".join(_shown(piece, names) for piece in pieces)


def _shown(piece: Piece, names: MarkNames) -> str:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, Mark):
        return f"【{_said(piece, names)}】"
    if isinstance(piece, Condition):
        return f"〔{_asked(piece, names)} 时〕"
    return f"〔{END}〕"


def _said(mark: Mark, names: MarkNames) -> str:
    group = f"，按{names.title(mark.group)}" if mark.group else ""
    count = f"{mark.count}项" if mark.count else ""
    style = f"：{STYLES[Style(mark.style)]}{count}" if mark.style in STYLES else ""
    return f"{names.title(mark.name)}{group}{style}"


def _asked(asked: Condition, names: MarkNames) -> str:
    what = _said(asked.mark, names)
    if asked.sign:
        return f"{what} {SIGNS[asked.sign]} {asked.limit}"
    return f"{'没有' if asked.is_denied else '有'} {what}"


def _mark_of(said: str, names: MarkNames) -> str:
    what, _, style = said.partition("：")
    what, _, group = what.partition("，按")
    by = f" by {_short(names.named(group))}" if group else ""
    return f"{_short(names.named(what))}{by}{_style_of(style.strip())}"


def _style_of(said: str) -> str:
    if not said:
        return ""
    found = _COUNT.fullmatch(said)
    style = _STYLED.get(found[1]) if found else None
    if found is None or style is None or (found[2] and style not in COUNTED):
        raise InvalidInput(f"“{said}”不是能用的写法。可以写：{'、'.join(STYLES.values())}。")
    return f" : {style}{f' {found[2]}' if found[2] else ''}"


def _tag_of(said: str, names: MarkNames) -> str:
    if said.strip() == END:
        return "end"
    if held := _WHEN_SIGNED.fullmatch(said.strip()):
        return f"when {_mark_of(held['what'], names)} {_SIGNED[held['sign']]} {held['limit']}"
    if asked := _WHEN.fullmatch(said.strip()):
        return f"when {'not ' if asked['is'] == '没有' else ''}{_mark_of(asked['what'], names)}"
    raise InvalidInput(
        f"〔{said}〕读不懂。请写成〔有 某数 时〕、〔没有 某数 时〕、〔某数 大于 3 时〕或者〔{END}〕。"
    )


def _short(name: str) -> str:
    return _SHORT.get(name, name)


def _backwards(titles: Mapping[str, str]) -> dict[str, str]:
    said = list(titles.values())
    return {
        title: name for name, title in titles.items() if said.count(title) == 1 and not _SPLIT.search(title)
    }
