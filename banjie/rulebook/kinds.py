"""A kind of case, read from its text: who may raise it, its fields, clocks, pauses, extensions and closing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from banjie.base.errors import InvalidInput
from banjie.fields.declaration import spec_from
from banjie.fields.spec import FieldSpec
from banjie.rulebook.findings import BadText
from banjie.rulebook.items import ItemReader
from banjie.rulebook.text import Parameter, Text
from banjie.rulebook.values import Quantity, Reference, parse_value
from banjie.rulebook.vocabulary import (
    ASKER_WORDS,
    CLOCK_WORDS,
    CLOSING_WORDS,
    CONFIRMER_WORDS,
    FILLED_WORDS,
    ORIGIN_WORDS,
    Asker,
    Clock,
    ClosingKind,
    Confirmer,
    Filled,
    Origin,
)
from banjie.worktime.terms import Term, TermUnit

FILLS = "fills"
EXTENSION = ("extension.times", "extension.longest", "extension.decided_by")


@dataclass(frozen=True)
class PauseGround:
    """A ground on which a case may be paused, with what allows it (行政许可法 第四十五条 for the list's spirit)."""

    key: str
    title: str
    basis: str


@dataclass(frozen=True)
class Closing:
    """Whose word closes a case, and in which ways it may end."""

    confirmed_by: Confirmer
    kinds: tuple[ClosingKind, ...]


@dataclass(frozen=True)
class Extension:
    """How often and how far the handling limit may be moved, and the role that decides (信访工作条例 第三十四条)."""

    times: int
    longest: Term
    decided_by: str


@dataclass(frozen=True)
class Kind:
    """件的种类: everything in which one kind of case differs from another."""

    key: str
    title: str
    number_prefix: str
    origin: Origin
    asker: Asker
    raised_by: frozenset[str]
    fields: tuple[FieldSpec, ...]
    fills: Mapping[str, Filled]
    outer_system: str
    clocks: tuple[Clock, ...]
    closing: Closing
    pause_grounds: tuple[PauseGround, ...]
    extension: Extension
    phrases: Mapping[str, tuple[str, ...]]
    article: str = ""
    apart: Mapping[str, Extension] = field(default_factory=dict)

    @property
    def is_mirrored(self) -> bool:
        """Tell whether its cases repeat those of an outer system."""
        return self.origin is Origin.MIRRORED

    def extension_of(self, categories: Iterable[str]) -> Extension:
        """Return how far the limit of a matter may be moved: what is said nearest of `categories`, else of all."""
        return next((self.apart[one] for one in categories if one in self.apart), self.extension)

    def pause_ground(self, key: str) -> PauseGround:
        """Return the ground `key`; InvalidInput when this kind does not know it."""
        found = next((ground for ground in self.pause_grounds if ground.key == key), None)
        if found is None:
            raise InvalidInput(
                "这个中止理由不在制度列出的范围内。请从列表中选择。", fields={"ground": "请从列表中选择"}
            )
        return found


def read_kind(text: Text) -> Kind:
    """Read a kind; BadText names every item that is missing or unknown, with its remedy."""
    reader = ItemReader(text)
    extension = _extension(reader)
    kind = Kind(
        key=text.key,
        title=text.title,
        number_prefix=_prefix(reader),
        origin=reader.choice("origin", ORIGIN_WORDS),
        asker=reader.choice("asker", ASKER_WORDS),
        raised_by=frozenset(reader.words("raised_by")),
        fields=tuple(_fields(reader)),
        fills=_fills(reader),
        outer_system=_outer_system(reader),
        clocks=reader.choices("clocks", CLOCK_WORDS),
        closing=Closing(
            confirmed_by=reader.choice("closing.confirmed_by", CONFIRMER_WORDS),
            kinds=reader.choices("closing.kinds", CLOSING_WORDS),
        ),
        pause_grounds=tuple(_pause_grounds(reader)),
        extension=extension,
        apart=_apart(reader, extension),
        phrases=_phrases(reader),
    )
    if not kind.raised_by:
        reader.fault("raised_by", "没有写谁可以登记", '请写 raised_by = ["window_clerk", "handler"]')
    if reader.findings:
        raise BadText(reader.findings)
    return kind


def _prefix(reader: ItemReader) -> str:
    prefix = reader.word("prefix")
    if prefix and not (prefix.isascii() and prefix.isalpha() and prefix.isupper()):
        reader.fault("prefix", f"编号字头 {prefix} 不能用", "请写两到四个大写字母，如 QZ")
    return prefix


def _fields(reader: ItemReader) -> Iterator[FieldSpec]:
    tables = reader.item("fields")
    for key, told in tables.items() if isinstance(tables, Mapping) else ():
        try:
            items = told if isinstance(told, Mapping) else {}
            yield spec_from(str(key), {name: value for name, value in items.items() if name != FILLS})
        except ValueError as error:
            fault, _, remedy = str(error).partition("，")
            reader.fault(f"fields.{key}", fault, remedy.rstrip("。") or "请对照其他字段的写法")


def _fills(reader: ItemReader) -> Mapping[str, Filled]:
    """Return which fields fill a column of the case, by key."""
    tables = reader.item("fields")
    keys = [key for key, told in tables.items() if FILLS in told] if isinstance(tables, Mapping) else []
    return {key: reader.choice(f"fields.{key}.{FILLS}", FILLED_WORDS) for key in keys}


def _outer_system(reader: ItemReader) -> str:
    """Return the name of the system whose cases are repeated; a mirrored kind must name it."""
    return reader.word("outer_system") if reader.item("origin") == Origin.MIRRORED else ""


def _pause_grounds(reader: ItemReader) -> Iterator[PauseGround]:
    for index, table in reader.tables("pause_grounds"):
        items = {item: str(table.get(item, "")).strip() for item in ("key", "title", "basis")}
        for item, value in items.items():
            if not value:
                reader.fault(
                    f"pause_grounds.{index}", f"第{index + 1}条中止理由没有 {item}", f'请写上 {item} = "……"'
                )
        yield PauseGround(**items)


def _phrases(reader: ItemReader) -> Mapping[str, tuple[str, ...]]:
    table = reader.item("phrases")
    return {name: reader.words(f"phrases.{name}") for name in (table if isinstance(table, Mapping) else ())}


def _extension(reader: ItemReader) -> Extension:
    parameters = reader.text.parameters
    times, longest, decided_by = (_value(parameters.get(name)) for name in EXTENSION)
    if not (isinstance(times, Quantity) and times.unit == "times"):
        reader.fault(
            "params.extension.times", "没有写可以延期几次", '请写 extension.times = { value = "1 times", … }'
        )
    if not (isinstance(decided_by, Reference) and decided_by.sort == "role"):
        remedy = '请写 extension.decided_by = { value = "role:unit_head", … }'
        reader.fault("params.extension.decided_by", "没有写延期由谁批准", remedy)
    return Extension(
        times=times.amount if isinstance(times, Quantity) else 0,
        longest=_longest(reader, longest),
        decided_by=decided_by.plain if isinstance(decided_by, Reference) else "",
    )


def _apart(reader: ItemReader, usual: Extension) -> Mapping[str, Extension]:
    """Return what is said of single matters: `extension.longest.homestead` and `extension.times.homestead`."""
    found: dict[str, Extension] = {}
    for name, parameter in reader.text.parameters.items():
        what, _, category = name.removeprefix("extension.").partition(".")
        if not name.startswith("extension.") or not category:
            continue
        value = _value(parameter)
        if what == "longest":
            found[category] = replace(found.get(category, usual), longest=_longest(reader, value))
        elif what == "times" and isinstance(value, Quantity) and value.unit == "times":
            found[category] = replace(found.get(category, usual), times=value.amount)
        else:
            remedy = '请写成 "extension.longest.类别" = { value = "10 workdays", … }'
            reader.fault(f"params.{name}", f"参数 {name} 不认识", remedy)
    return found


def _longest(reader: ItemReader, value: object) -> Term:
    try:
        if isinstance(value, Quantity):
            return value.term
    except ValueError:
        pass
    remedy = '请写 extension.longest = { value = "5 workdays", … }'
    reader.fault("params.extension.longest", "没有写一次最多延期多久", remedy)
    return Term(1, TermUnit.WORKDAYS)


def _value(parameter: Parameter | None) -> object:
    try:
        return parse_value(parameter.raw) if parameter else None
    except ValueError:
        return None
