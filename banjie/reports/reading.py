"""The prose of a paper read from Markdown into its parts; what is wrong in it is told by its line. No Django here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from banjie.reports.marks import Condition, End, Fault, Mark, Style, pieces_of, read_tag, tag_alone
from banjie.reports.text import (
    TITLE,
    Block,
    Heading,
    Paragraph,
    Prose,
    Role,
    Row,
    Said,
    Span,
    Table,
    When,
    WhenSaid,
)

_PLAIN_ONLY = "公文里只用标题、段落、表格和加粗，请改成一句话或一张表"
_READER = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["link", "image", "autolink"])


@dataclass
class _Reading:
    """What has been read so far: the open parts, innermost last, and the faults."""

    open: list[tuple[Condition | None, list[Block]]] = field(default_factory=lambda: [(None, [])])
    faults: list[Fault] = field(default_factory=list)
    is_signed: bool = False

    def add(self, block: Block) -> None:
        self.open[-1][1].append(block)

    def fault(self, line: int, fault: str, remedy: str) -> None:
        self.faults.append(Fault(line, fault, remedy))


def read_prose(prose: str) -> Prose:
    """Read the prose of a paper; what is wrong is told by line and the rest is read all the same."""
    reading = _Reading()
    for line, chunk in _chunks(prose):
        inside = tag_alone(chunk)
        if inside is None:
            _read_chunk(reading, chunk, line)
        else:
            _read_tag(reading, read_tag(inside, line))
    while len(reading.open) > 1:
        condition, _ = reading.open[-1]
        if condition:
            reading.fault(condition.mark.line, "这个 when 没有 end", "请在要写的内容之后写 {% end %}")
        _close(reading)
    blocks = tuple(_addressed(reading.open[0][1]))
    return Prose(blocks, tuple(sorted(reading.faults, key=lambda fault: fault.line)))


def _chunks(prose: str) -> Iterator[tuple[int, str]]:
    """Yield the prose cut at every tag that has a line to itself, with the line on which each piece begins."""
    begun, held = 0, list[str]()
    for number, line in enumerate(prose.split("\n")):
        if tag_alone(line) is None:
            held.append(line)
            continue
        yield begun, "\n".join(held)
        yield number, line
        begun, held = number + 1, []
    yield begun, "\n".join(held)


def _read_tag(reading: _Reading, tag: Condition | End | Fault) -> None:
    if isinstance(tag, Condition):
        reading.open.append((tag, []))
    elif isinstance(tag, Fault):
        reading.faults.append(tag)
    elif len(reading.open) == 1:
        reading.fault(tag.line, "多了一个 end", "请删去它，或在前面补上 {% when 指标 %}")
    else:
        _close(reading)


def _close(reading: _Reading) -> None:
    condition, blocks = reading.open.pop()
    if condition:
        reading.add(When(condition, tuple(blocks)))


def _read_chunk(reading: _Reading, chunk: str, line: int) -> None:
    tokens = _READER.parse(chunk)
    place = 0
    while place < len(tokens):
        token = tokens[place]
        here = line + (token.map[0] if token.map else 0)
        if token.type == "table_open":
            end = next(n for n in range(place, len(tokens)) if tokens[n].type == "table_close")
            _read_table(reading, tokens[place:end], line)
            place = end
        elif token.type in ("heading_open", "paragraph_open"):
            _read_line(reading, token, tokens[place + 1], here)
            place += 2
        elif token.type == "hr":
            reading.is_signed = True
        else:
            reading.fault(here, "这里用了公文里没有的写法（列表、引用或代码）", _PLAIN_ONLY)
            place += 0 if token.nesting != 1 else _length(tokens[place:]) - 1
        place += 1


def _length(tokens: Sequence[Token]) -> int:
    """Return how many tokens belong to the first one, up to where it closes."""
    depth = 0
    for number, token in enumerate(tokens, start=1):
        depth += token.nesting
        if depth == 0:
            return number
    return len(tokens)


def _read_line(reading: _Reading, token: Token, inline: Token, line: int) -> None:
    spans = _spans(reading, inline, line)
    if token.type == "heading_open":
        reading.add(Heading(int(token.tag[1]), spans, line))
    else:
        reading.add(Paragraph(spans, line, Role.SIGNATURE if reading.is_signed else Role.BODY))


def _read_table(reading: _Reading, tokens: Sequence[Token], line: int) -> None:
    rows: list[Row] = []
    here = line + (tokens[0].map[0] if tokens[0].map else 0)
    begun = here
    for token in tokens:
        here = line + token.map[0] if token.map else here
        if token.type == "tr_open":
            rows.append(Row(()))
        elif token.type == "inline":
            rows[-1] = Row((*rows[-1].cells, _spans(reading, token, here)))
    reading.add(Table(rows[0], tuple(_grouped(row) for row in rows[1:]), begun))


def _grouped(row: Row) -> Row:
    """Return the row with the group over which it is repeated, if its first cell names one."""
    first = [span for span in row.cells[0] if isinstance(span, Mark) and span.style == Style.EACH]
    return replace(row, group=first[0].name, most=first[0].count) if first else row


def _spans(reading: _Reading, inline: Token, line: int) -> tuple[Span, ...]:
    """Return the spans of a line of prose; a break of line within a paragraph is none in Chinese."""
    stack: list[tuple[Condition | None, list[Span]]] = [(None, [])]
    is_strong = False
    for token in inline.children or ():
        if token.type in ("softbreak", "hardbreak"):
            line += 1
        elif token.type in ("strong_open", "strong_close"):
            is_strong = token.nesting == 1
        elif token.type == "text":
            _read_words(reading, stack, token.content, line=line, is_strong=is_strong)
        else:
            reading.fault(line, "这里用了公文里没有的写法（斜体、代码或链接）", _PLAIN_ONLY)
    while len(stack) > 1:
        condition, _ = stack[-1]
        reading.fault(
            condition.mark.line if condition else line, "这个 when 没有 end", "请在同一段里写 {% end %}"
        )
        _close_spans(stack)
    return tuple(stack[0][1])


def _read_words(
    reading: _Reading,
    stack: list[tuple[Condition | None, list[Span]]],
    words: str,
    *,
    line: int,
    is_strong: bool,
) -> None:
    for piece in pieces_of(words, line=line, is_strong=is_strong):
        if isinstance(piece, str):
            stack[-1][1].append(Said(piece, is_strong))
        elif isinstance(piece, Mark):
            stack[-1][1].append(piece)
        elif isinstance(piece, Condition):
            stack.append((piece, []))
        elif isinstance(piece, Fault):
            reading.faults.append(piece)
        elif len(stack) == 1:
            reading.fault(line, "多了一个 end", "请删去它，或在同一段前面补上 {% when 指标 %}")
        else:
            _close_spans(stack)


def _close_spans(stack: list[tuple[Condition | None, list[Span]]]) -> None:
    condition, spans = stack.pop()
    if condition:
        stack[-1][1].append(WhenSaid(condition, tuple(spans)))


def _addressed(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, the paragraph after the title made the addressee where it ends in a colon."""
    for before, block in zip((None, *blocks), blocks, strict=False):
        is_after_title = isinstance(before, Heading) and before.level == TITLE
        if is_after_title and isinstance(block, Paragraph) and _ends_in_colon(block):
            yield replace(block, role=Role.ADDRESSEE)
        else:
            yield block


def _ends_in_colon(paragraph: Paragraph) -> bool:
    last = paragraph.spans[-1] if paragraph.spans else None
    return isinstance(last, Said) and last.words.rstrip().endswith("：")
