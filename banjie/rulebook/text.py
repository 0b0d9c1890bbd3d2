"""A text as written: title, type, parameters with their basis, examples and prose. No Django here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from banjie.rulebook.findings import BadText, Finding, Place
from banjie.rulebook.front import Front, read_front

PARAMETER_ITEMS = frozenset({"value", "basis", "until_decided", "note"})
EXAMPLE_ITEMS = frozenset({"given", "then", "note"})
UNDECIDED = "待镇里确定"


class Section(StrEnum):
    """The shelves of the rulebook; each is a folder of files."""

    KINDS = "kinds"
    BOOKS = "books"
    CATEGORIES = "categories"
    REGULATIONS = "regulations"
    SETTINGS = "settings"
    FIGURES = "figures"
    PAPERS = "papers"
    LAWS = "laws"


SECTION_WORDS = {
    Section.KINDS: "件的种类",
    Section.BOOKS: "台账",
    Section.CATEGORIES: "事项分类",
    Section.REGULATIONS: "制度",
    Section.SETTINGS: "参数",
    Section.FIGURES: "数据指标",
    Section.PAPERS: "文稿",
    Section.LAWS: "上位法",
}


@dataclass(frozen=True)
class Parameter:
    """A value with the basis it rests on; `until_decided` shows 待镇里确定 until a town decides."""

    name: str
    raw: object
    basis: str
    until_decided: bool
    note: str
    place: Place


@dataclass(frozen=True)
class Example:
    """A worked example: run by the code that obeys the text."""

    given: Mapping[str, object]
    then: Mapping[str, object]
    place: Place


@dataclass(frozen=True)
class Text:
    """One version of one text, read; `items` holds what its section reads further."""

    section: Section
    key: str
    file: str
    title: str
    type: str
    from_on: date | None
    until_on: date | None
    parameters: Mapping[str, Parameter]
    examples: tuple[Example, ...]
    items: Mapping[str, object]
    prose: str
    source: str = field(repr=False)
    front: Front = field(repr=False, compare=False)

    @property
    def is_repeal(self) -> bool:
        """Tell whether from its day on the owner has no such text, so that the farther owner's rules again (废止)."""
        return self.items.get("repealed") is True

    def place(self, *paths: str) -> Place:
        """Return where the first of the dotted `paths` that is written stands."""
        return Place(self.file, self.front.line(*paths))

    def prose_place(self, position: int) -> Place:
        """Return the place of a character of the prose."""
        return Place(self.file, self.front.prose_line + self.prose.count("\n", 0, position))


def parse_text(section: Section, key: str, *, source: str, file: str) -> Text:
    """Read one text; raise BadText naming every line that is not of the form, with its remedy."""
    front = read_front(source, file=file)
    findings = [
        *_head_findings(front, file),
        *_parameter_findings(front, file),
        *_example_findings(front, file),
    ]
    if findings:
        raise BadText(findings)
    return Text(
        section=section,
        key=key,
        file=file,
        title=str(front.items["title"]).strip(),
        type=str(front.items["type"]),
        from_on=_day(front.items.get("from")),
        until_on=_day(front.items.get("until")),
        parameters={item.name: item for item in _parameters(front, file)},
        examples=tuple(_examples(front, file)),
        items=front.items,
        prose=front.prose,
        source=source,
        front=front,
    )


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _head_findings(front: Front, file: str) -> Iterator[Finding]:
    for item, example in (("title", '"限时办结制"'), ("type", '"time_limit"')):
        value = front.items.get(item)
        if not isinstance(value, str) or not value.strip():
            yield Finding(
                Place(file, front.line(item)), f"没有 {item}", f"请在 +++ 之间写上 {item} = {example}"
            )
    for item in ("from", "until"):
        value = front.items.get(item)
        if value is not None and type(value) is not date:
            fault = f"{item} 不是日期"
            yield Finding(Place(file, front.line(item)), fault, f"请写成 {item} = 2026-01-01，不加引号")
    if not isinstance(front.items.get("repealed", False), bool):
        yield Finding(
            Place(file, front.line("repealed")), "repealed 不是是否", "请写成 repealed = true，不加引号"
        )
    for item, shape in (("params", dict), ("examples", list)):
        if not isinstance(front.items.get(item, shape()), shape):
            remedy = "参数请写在 [params] 之下，样例请写在 [[examples]] 之下"
            yield Finding(Place(file, front.line(item)), f"{item} 的写法不对", remedy)


def _tables(front: Front) -> Iterator[tuple[str, object]]:
    """Yield each parameter's name and table; dotted names are nested tables in TOML."""
    params = front.items.get("params")
    pending: list[tuple[str, object]] = [("", params if isinstance(params, dict) else {})]
    while pending:
        name, value = pending.pop(0)
        if (
            isinstance(value, dict)
            and "value" not in value
            and (not name or not PARAMETER_ITEMS & value.keys())
        ):
            pending += [(f"{name}.{part}" if name else part, inner) for part, inner in value.items()]
        else:
            yield name, value


def _parameter_findings(front: Front, file: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for name, table in _tables(front):
        place = Place(file, front.line(f"params.{name}"))
        if not isinstance(table, dict) or "value" not in table:
            remedy = f'请写成 {name} = {{ value = "5 workdays", basis = "……" }}'
            yield Finding(place, f"参数 {name} 没有 value", remedy)
            continue
        if unknown := sorted(table.keys() - PARAMETER_ITEMS):
            remedy = "参数里只能写 value、basis、until_decided、note"
            yield Finding(place, f"参数 {name} 里有不认识的项 {'、'.join(unknown)}", remedy)
        if not isinstance(table.get("until_decided", False), bool):
            yield Finding(place, f"参数 {name} 的 until_decided 不是是否", "请写成 true 或 false，不加引号")
        if name in seen:
            yield Finding(place, f"参数 {name} 写了两次", "请只留一处")
        seen.add(name)


def _parameters(front: Front, file: str) -> Iterator[Parameter]:
    for name, table in _tables(front):
        if isinstance(table, dict):
            yield Parameter(
                name=name,
                raw=table["value"],
                basis=str(table.get("basis", "")).strip(),
                until_decided=bool(table.get("until_decided", False)),
                note=str(table.get("note", "")),
                place=Place(file, front.line(f"params.{name}")),
            )


def _example_tables(front: Front) -> list[object]:
    examples = front.items.get("examples")
    return examples if isinstance(examples, list) else []


def _example_findings(front: Front, file: str) -> Iterator[Finding]:
    for index, table in enumerate(_example_tables(front)):
        place = Place(file, front.line(f"examples.{index}"))
        if not _is_whole_example(table):
            remedy = "请写成 given = { accepted = 2026-09-30 } 和 then = { due = 2026-10-13 } 两行"
            yield Finding(place, f"第{index + 1}个样例写得不全", remedy)


def _is_whole_example(table: object) -> bool:
    if not isinstance(table, dict) or table.keys() - EXAMPLE_ITEMS:
        return False
    return all(isinstance(table.get(part), dict) for part in ("given", "then"))


def _examples(front: Front, file: str) -> Iterator[Example]:
    for index, table in enumerate(_example_tables(front)):
        if isinstance(table, dict):
            yield Example(table["given"], table["then"], Place(file, front.line(f"examples.{index}")))
