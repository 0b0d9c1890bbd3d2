"""Changing a text as written: one value, the prose or the end of it, every other byte left as it is. No Django here."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from banjie.base.declarations import RuleType
from banjie.base.errors import InvalidInput
from banjie.rulebook.findings import BadText
from banjie.rulebook.front import FENCE, Front, item_end, read_front
from banjie.rulebook.text import Text

_PARTS = re.compile(r"""(?:[^,"'\[]|"(?:\\.|[^"\\])*"|'[^']*'|\[[^\]]*\])+""")
VALUE, BASIS, UNDECIDED = "value", "basis", "until_decided"
_WAITING = ("产品默认", "待镇里确定")


@dataclass(frozen=True)
class Written:
    """A text as written, by lines of its head, with where each item stands."""

    source: str
    file: str

    @property
    def front(self) -> Front:
        """Return the head, read."""
        return read_front(self.source, file=self.file)

    @property
    def lines(self) -> list[str]:
        """Return every line; the first is line 1 of a finding."""
        return self.source.split("\n")

    def params(self) -> Mapping[str, object]:
        """Return the parameters by name as the head has them."""
        from_head = self.front.items.get("params", {})
        return dict(_flat(from_head)) if isinstance(from_head, dict) else {}


def with_value(source: str, name: str, *, raw: object, basis: str, file: str) -> str:
    """Write a value with its basis in place of what stands, decided from now on (no 待镇里确定); add it if it is new.

    Raises InvalidInput where the head is written in a way that one line cannot be changed in.
    """
    written = Written(source, file)
    table = {VALUE: raw, BASIS: basis}
    lines = written.lines
    at = written.front.lines.get(f"params.{name}.{VALUE}")
    if name not in written.params():
        _insert_parameter(lines, written.front, f"{_quoted(name)} = {_inline(table)}")
    elif at is not None:
        lines = _table_changed(lines, written.front, f"params.{name}.", table)
    else:
        line = written.front.lines.get(f"params.{name}", 0) - 1
        lines[line] = _line_changed(lines[line], table)
    return _proved(written, lines, name, lambda told: {**told, **table, UNDECIDED: None})


def without_value(source: str, name: str, *, file: str) -> str:
    """Take a parameter out of the head; its sentence in the prose is the author's. Raises InvalidInput as above."""
    written = Written(source, file)
    if name not in written.params():
        raise InvalidInput(f"文本里没有参数 {name}。请刷新页面核对。")
    front = written.front
    own = [
        at
        for path, at in front.lines.items()
        if path == f"params.{name}" or path.startswith(f"params.{name}.")
    ]
    numbers = {at for at in own if written.lines[at - 1].strip()}
    kept = [line for number, line in enumerate(written.lines, start=1) if number not in numbers]
    return _proved(written, kept, name, lambda _: None)


def with_title(source: str, title: str, *, file: str) -> str:
    """Give a text another title, in its head and in the heading that repeats it. Raises InvalidInput as above."""
    written = Written(source, file)
    old, lines = str(written.front.items.get("title", "")), written.lines
    at = written.front.lines.get("title", 0) - 1
    end = item_end(lines[at]) if at >= 0 else 0
    if not end:
        raise InvalidInput("标题的写法网页上改不了。请导出文件修改后载入。")
    lines[at] = f"{lines[at][:end]} {written_value(title)}"
    heading = next((n for n, line in enumerate(lines) if line.strip() == f"# {old.strip()}"), None)
    if heading is not None:
        lines[heading] = f"# {title}"
    after = Written("\n".join(lines), file)
    if {**written.front.items, "title": title} != after.front.items:
        raise InvalidInput("标题的写法网页上改不了。请导出文件修改后载入。")
    return after.source


def with_confirmed(source: str, *, meeting: str, document: str, file: str) -> tuple[str, int]:
    """Confirm each value that waits for the town (待镇里确定) as it stands, by a meeting; return how many they were."""
    waiting = {
        name: table
        for name, table in Written(source, file).params().items()
        if isinstance(table, dict) and table.get(UNDECIDED) is True
    }
    for name, table in waiting.items():
        basis = confirmed_basis(str(table.get(BASIS, "")), meeting=meeting, document=document)
        source = with_value(source, name, raw=table[VALUE], basis=basis, file=file)
    return source, len(waiting)


def confirmed_basis(basis: str, *, meeting: str, document: str) -> str:
    """Return the basis of a value that a meeting confirmed: what it rested on, without the note that it waits."""
    kept = [part for part in basis.split("；") if part and not any(word in part for word in _WAITING)]
    return "；".join([*kept, f"{meeting}，{document}"])


def without_broken_examples(text: Text, rule_type: RuleType) -> str:
    """Take out the examples that cannot be worked any more, as when the value that they name was taken out."""
    if rule_type.try_example is None:
        return text.source
    lines, gone = text.source.split("\n"), set[int]()
    for index, example in enumerate(text.examples):
        try:
            rule_type.try_example(readable(text, rule_type), example.given)
        except ValueError:
            gone |= _example_lines(lines, text.front, index)
    return "\n".join(line for number, line in enumerate(lines, start=1) if number not in gone)


def readable(text: Text, rule_type: RuleType) -> dict[str, object]:
    """Return the values of a text that its type can read."""
    values: dict[str, object] = {}
    for one in text.parameters.values():
        with suppress(ValueError):
            values[one.name] = rule_type.parse(one.name, one.raw)
    return values


def with_prose(source: str, prose: str, *, file: str) -> str:
    """Write the prose anew under the head as it stands."""
    front = read_front(source, file=file)
    head = source.split("\n")[: front.prose_line - 1]
    return "\n".join([*head, prose.replace("\r\n", "\n").strip("\n"), ""])


def with_repeal(source: str, *, file: str) -> str:
    """Write that from its day on the text is no more (废止), with what it said until then."""
    front = read_front(source, file=file)
    lines = source.split("\n")
    until = front.lines.get("until")
    lines.insert(front.line("type"), "repealed = true")
    if until is not None:
        del lines[until if until > front.line("type") else until - 1]
    return "\n".join(lines)


def with_examples_reworked(text: Text, rule_type: RuleType) -> str:
    """Write what the examples now give where a changed value made them false, without the note on the old working."""
    if rule_type.try_example is None:
        return text.source
    values = readable(text, rule_type)
    lines = text.source.split("\n")
    dropped: set[int] = set()
    for index, example in enumerate(text.examples):
        try:
            came = rule_type.try_example(values, example.given)
        except ValueError:
            continue
        if any(came.get(item) != expected for item, expected in example.then.items()):
            now = {item: came.get(item, expected) for item, expected in example.then.items()}
            at = text.front.lines[f"examples.{index}.then"]
            lines[at - 1] = f"then = {_inline(now)}"
            if note := text.front.lines.get(f"examples.{index}.note"):
                dropped.add(note)
    return "\n".join(line for number, line in enumerate(lines, start=1) if number not in dropped)


def written_value(value: object) -> str:
    """Return a value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"[{', '.join(written_value(one) for one in value)}]"
    if isinstance(value, str) and value.isprintable():
        return json.dumps(value, ensure_ascii=False)
    raise InvalidInput("这个值里有不能保存的字符。请去掉换行和控制字符再填。")


def _example_lines(lines: Sequence[str], front: Front, index: int) -> set[int]:
    """Return the numbers of the lines of an example, with the blank ones that part it from what comes before."""
    first = front.lines[f"examples.{index}"]
    last = first
    while lines[last].strip() and not lines[last].lstrip().startswith(("[", FENCE)):
        last += 1
    while first > 1 and not lines[first - 2].strip():
        first -= 1
    return set(range(first, last + 1))


def _inline(table: Mapping[str, object]) -> str:
    return "{ " + ", ".join(f"{item} = {written_value(value)}" for item, value in table.items()) + " }"


def _quoted(name: str) -> str:
    return written_value(name)


def _insert_parameter(lines: list[str], front: Front, line: str) -> None:
    """Put a line after the last one of the parameters, or make their table before the examples."""
    written = [at for path, at in front.lines.items() if path == "params" or path.startswith("params.")]
    if written:
        lines.insert(max(written), line)
        return
    tables = [at for path, at in front.lines.items() if lines[at - 1].lstrip().startswith("[")]
    at = min(tables, default=front.prose_line - 1) - 1
    lines[at:at] = ["[params]", line]


def _table_changed(lines: list[str], front: Front, path: str, table: Mapping[str, object]) -> list[str]:
    """Return the lines with the items of a table written out over several lines changed."""
    changed = list(lines)
    for item, value in table.items():
        if at := front.lines.get(f"{path}{item}"):
            end = item_end(changed[at - 1])
            changed[at - 1] = f"{changed[at - 1][:end]} {written_value(value)}"
        else:
            after = front.lines[f"{path}{VALUE}"]
            head = changed[after - 1][: item_end(changed[after - 1])]
            changed[after - 1] += f"\n{head.replace(VALUE, item)} {written_value(value)}"
    gone = front.lines.get(f"{path}{UNDECIDED}", 0)
    return "\n".join(line for number, line in enumerate(changed, start=1) if number != gone).split("\n")


def _line_changed(line: str, table: Mapping[str, object]) -> str:
    """Return a line `name = { … }` with items of its table changed, the others as they are."""
    end = item_end(line)
    start, stop = line.find("{", end), line.rfind("}")
    if not end or start < 0 or stop < start:
        raise InvalidInput("这个参数的写法分成了几行，网页上改不了。请导出文件修改后载入。")
    items = [part.strip() for part in _PARTS.findall(line[start + 1 : stop]) if part.strip()]
    kept = [part for part in items if part.split("=")[0].strip() not in (*table, UNDECIDED)]
    new = [f"{item} = {written_value(value)}" for item, value in table.items()]
    return f"{line[: start + 1]} {', '.join([*new, *kept])} {line[stop:]}"


def _flat(params: Mapping[str, object], name: str = "") -> Iterator[tuple[str, object]]:
    for part, inner in params.items():
        path = f"{name}.{part}" if name else part
        if isinstance(inner, dict) and VALUE not in inner:
            yield from _flat(inner, path)
        else:
            yield path, inner


def _proved(
    before: Written,
    lines: Sequence[str],
    name: str,
    change: Callable[[dict[str, object]], Mapping[str, object] | None],
) -> str:
    """Return the new source if it differs from the old in this one parameter alone, else refuse it."""
    after = Written("\n".join(lines), before.file)
    expected = dict(before.params())
    old = expected.get(name)
    table = change(old if isinstance(old, dict) else {})
    expected.pop(name, None)
    if table is not None:
        expected[name] = {item: value for item, value in table.items() if value is not None}
    try:
        is_so = dict(after.params()) == expected and _rest(after) == _rest(before)
    except BadText:
        is_so = False
    if not is_so:
        raise InvalidInput(f"参数 {name} 的写法网页上改不了。请导出文件修改后载入。")
    return after.source


def _rest(written: Written) -> tuple[Mapping[str, object], str]:
    front = written.front
    return {item: value for item, value in front.items.items() if item != "params"}, front.prose
