"""Messages copied out of a chat: their heads, the messages, and those of one person that belong together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from banjie.cases.pasting.pieces import Piece, title_of
from banjie.cases.pasting.telling import MOBILE, is_chatter, is_person_name, name_in, phone_in
from banjie.cases.pasting.times import CLOCK, DAY, MOMENT, read_moment

TOGETHER = timedelta(minutes=10)
"""Messages of one person no further apart than this are one thing told."""
LONGEST_NAME = 30
_NAME = rf"(?P<name>[^\n:：，。；！？,;!?]{{1,{LONGEST_NAME}}}?)"
_DATED = re.compile(rf"{_NAME}[ \t\u3000\xa0]+[(\[（【]?(?P<time>{MOMENT})[)\]）】]?[ \t]*[:：]?[ \t]*")
_TIMED = re.compile(rf"{_NAME}[ \t\u3000\xa0]+(?P<time>{CLOCK})[ \t]*")
_LEADING = re.compile(
    rf"[(\[（【]?(?P<time>{MOMENT})[)\]）】]?[ \t]+{_NAME}[ \t]*(?:[:：][ \t]*(?P<body>[^\n]*))?"
)
_COLON = re.compile(r"(?P<name>[^\s:：，。；！？,;!?]{1,25})[:：][ \t]*(?P<body>[^\n]*)")
_DIVIDER = re.compile(rf"[ \t—–─=\-]*(?P<time>{MOMENT}|{DAY}|{CLOCK})[ \t—–─=\-]*")
_ALIAS = re.compile(r"[(（<][^()（）<>]{1,30}[)）>]$")
_LABELS = frozenset(
    """
    姓名 电话 联系电话 手机 手机号 地址 住址 地点 时间 日期 内容 诉求 诉求内容 事项 备注 注 原因 要求 问题 村 村组
    联系人 诉求人 反映人 来电人 身份证 身份证号 情况 主题 标题 附件 编号 类别 类型 建议 说明 抄送 发件人 收件人 主要问题
    """.split()  # noqa: SIM905  a list of words reads better so
)


@dataclass(frozen=True)
class _Head:
    """The line that begins a message, and what of the message stands on the same line."""

    name: str
    time: str
    body: str


@dataclass(frozen=True)
class _Line:
    """A line of the paste with the lines about it, for a head is told by its neighbours too."""

    words: str
    start: int
    before: str
    after: str


def read_chat(text: str, *, at: datetime) -> tuple[Piece, ...]:
    """Return the pieces of a chat, or nothing when no line of `text` begins a message."""
    lines = list(_lines(text))
    has_days = any(_DIVIDER.fullmatch(line.words.strip()) for line in lines)
    heads = [_head(line, is_first=i == _first(lines), has_days=has_days) for i, line in enumerate(lines)]
    if not _is_chat([head for head in heads if head]):
        return ()
    return _joined(_messages(lines, _confirmed(lines, heads), at=at))


def _is_chat(heads: list[_Head]) -> bool:
    """Tell whether heads make a chat; a single 问题： may begin a note, so it must bear a person's name."""
    return len(heads) > 1 or any(head.time or head.body or is_person_name(head.name) for head in heads)


def _lines(text: str) -> Iterator[_Line]:
    words = text.split("\n")
    start = 0
    for i, line in enumerate(words):
        yield _Line(
            words=line.rstrip(),
            start=start,
            before=words[i - 1].strip() if i else "",
            after=words[i + 1].strip() if i + 1 < len(words) else "",
        )
        start += len(line) + 1


def _first(lines: list[_Line]) -> int:
    return next((i for i, line in enumerate(lines) if line.words.strip()), 0)


def _head(line: _Line, *, is_first: bool, has_days: bool) -> _Head | None:
    """Return the head that a line is by itself; 张三：内容 counts only where the paste begins so.

    张三 09:12 counts between dividers that name the day, or where a message stands right below it.
    """
    words = line.words.strip()
    if len(words) > 2000 or _DIVIDER.fullmatch(words):
        return None
    if match := _DATED.fullmatch(words):
        return _Head(match["name"], match["time"], "")
    if match := _LEADING.fullmatch(words):
        return _Head(match["name"], match["time"], match["body"] or "")
    if (match := _TIMED.fullmatch(words)) and (has_days or (line.after and not line.before)):
        return _Head(match["name"], match["time"], "")
    return _colon_head(words, is_first=is_first)


def _colon_head(words: str, *, is_first: bool) -> _Head | None:
    match = _COLON.fullmatch(words)
    if not match or match["name"] in _LABELS or match["name"].startswith(("http", "www")):
        return None
    if not match["body"]:
        return _Head(match["name"], "", "")
    return _Head(match["name"], "", match["body"]) if is_first and is_person_name(match["name"]) else None


def _confirmed(lines: list[_Line], heads: list[_Head | None]) -> list[_Head | None]:
    """Once it is a chat whose lines are 名字：内容, take every such line whose name is a person's or known already."""
    known = {head.name for head in heads if head}
    is_inline = any(head and head.body and not head.time for head in heads)

    def look(line: _Line, head: _Head | None) -> _Head | None:
        match = None if head else _COLON.fullmatch(line.words.strip())
        if not match or not match["body"] or match["name"] in _LABELS:
            return head
        is_said = match["name"] in known or (is_inline and is_person_name(match["name"]))
        return _Head(match["name"], "", match["body"]) if is_said else head

    return [look(line, head) for line, head in zip(lines, heads, strict=True)]


def _messages(lines: list[_Line], heads: list[_Head | None], *, at: datetime) -> Iterator[Piece]:
    """Yield each message; what stands before the first head is one of its own."""
    body: list[str] = []
    piece = Piece(text="")
    waiting: list[str] = []
    day: date | None = None
    for line, head in zip(lines, heads, strict=True):
        divider = None if head else _DIVIDER.fullmatch(line.words.strip())
        if not head and not divider:
            body.append(line.words)
            continue
        if not waiting or any(words.strip() for words in body):
            yield from _finished(piece, body)
            waiting = []
        if divider:
            told = read_moment(divider["time"], at=at, day=day)
            day = told.date() if told else day
            start = piece.start if waiting else line.start
            waiting.append(line.words.strip())
            piece, body = Piece(text="", start=start, told_at=told, times=tuple(waiting)), []
        if head:
            piece = _opened(head, line, piece if waiting else None, at=at, day=day)
            body, waiting = [head.body] if head.body else [], []
    yield from _finished(piece, body)


def _opened(head: _Head, line: _Line, divider: Piece | None, *, at: datetime, day: date | None) -> Piece:
    phone = MOBILE.fullmatch(head.name.strip())
    told = read_moment(head.time, at=at, day=day) if head.time else None
    return Piece(
        text="",
        start=divider.start if divider else line.start,
        sender=head.name.strip(),
        phone=phone.group(1) if phone else "",
        told_at=told or (divider.told_at if divider else None),
        times=(*(divider.times if divider else ()), *([head.time] if head.time else [])),
    )


def _finished(piece: Piece, body: list[str]) -> Iterator[Piece]:
    text = "\n".join(body).strip()
    if text or piece.sender or piece.times:
        yield replace(piece, text=text, is_chatter=is_chatter(text))


def _joined(messages: Iterator[Piece]) -> tuple[Piece, ...]:
    """Put the messages of one person that came close together into one piece, chatter and others' words between."""
    pieces: list[Piece] = []
    latest: dict[str, int] = {}
    for message in messages:
        place = latest.get(message.sender)
        if not message.is_chatter and place is not None and _belongs(pieces, place, message):
            pieces[place] = _with(pieces[place], message)
            continue
        if not message.is_chatter:
            latest[message.sender] = len(pieces)
        pieces.append(message)
    return tuple(_known(piece) for piece in pieces)


def _belongs(pieces: list[Piece], place: int, message: Piece) -> bool:
    earlier = pieces[place]
    if not message.sender:
        return False
    if earlier.told_at is None or message.told_at is None:
        return all(piece.is_chatter for piece in pieces[place + 1 :])
    return abs(message.told_at - earlier.told_at) <= TOGETHER


def _with(earlier: Piece, message: Piece) -> Piece:
    return replace(earlier, text=f"{earlier.text}\n{message.text}", times=(*earlier.times, *message.times))


def _known(piece: Piece) -> Piece:
    """Return the piece with its title, and with who told it: whom its words name, else who sent it."""
    alias = _ALIAS.sub("", piece.sender).strip()
    return replace(
        piece,
        title=title_of(piece.text),
        name=name_in(piece.text) or ("" if piece.phone else alias),
        phone=phone_in(piece.text) or piece.phone,
    )
