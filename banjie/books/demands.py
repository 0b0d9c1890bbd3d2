"""Read what the text of a book demands of its records: checks across fields, states, dates that matter, totals."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from banjie.books.book import BookField, Check, Due, States
from banjie.books.conditions import BadCondition, Condition, condition
from banjie.fields.spec import FieldType
from banjie.rulebook.items import ItemReader
from banjie.rulebook.values import Quantity, parse_value

ADDED_UP = (FieldType.WHOLE, FieldType.DECIMAL, FieldType.MONEY)


def read_checks(
    reader: ItemReader, fields: Mapping[str, BookField], numbers: Mapping[str, Decimal]
) -> Iterator[Check]:
    """Yield what must hold across fields."""
    for index, table in reader.tables("checks"):
        path = f"checks.{index}"
        words = reader.word(f"{path}.words")
        must = _condition(reader, f"{path}.must", fields, numbers)
        when = _condition(reader, f"{path}.when", fields, numbers) if "when" in table else None
        if unknown := sorted(table.keys() - {"when", "must", "words"}):
            reader.fault(path, f"核对里有不认识的 {'、'.join(unknown)}", "可以写 when、must、words")
        if must is not None:
            yield Check(must, words, when)


def _condition(
    reader: ItemReader, path: str, fields: Mapping[str, BookField], numbers: Mapping[str, Decimal]
) -> Condition | None:
    source = reader.word(path)
    if not source:
        return None
    try:
        read = condition(source, fields, numbers)
    except BadCondition as bad:
        reader.fault(path, bad.fault, bad.remedy)
        return None
    for key in sorted(read.names):
        if fields[key].is_sealed:
            reader.fault(path, f"{fields[key].label}是加密的个人信息，不能用来核对", "请改用别的字段")
    return read


def read_states(reader: ItemReader, fields: Mapping[str, BookField]) -> States | None:
    """Return in which field the state of a thing stands."""
    if reader.item("states") is None:
        return None
    spec = fields.get(reader.word("states.field"))
    if spec is None or spec.type is not FieldType.CHOICE:
        reader.fault("states.field", "states 的 field 不是选择字段", '请写一个 type = "choice" 的字段的键')
        return None
    return States(spec.key, _among(reader, "states.open", spec))


def _among(reader: ItemReader, path: str, spec: BookField) -> frozenset[str]:
    """Return the choices of a field that a list names."""
    words, known = reader.words(path), {choice.key for choice in spec.choices}
    for word in words:
        if word not in known:
            reader.fault(path, f"{spec.label}没有 {word} 这个选项", f"可以写：{'、'.join(sorted(known))}")
    return frozenset(words)


def read_dues(reader: ItemReader, fields: Mapping[str, BookField], states: States | None) -> Iterator[Due]:
    """Yield the dates that matter."""
    for index, table in reader.tables("dues"):
        path = f"dues.{index}"
        told = table.get("field")
        years = told.get("years", 0) if isinstance(told, Mapping) else 0
        key = str(told.get("field", "") if isinstance(told, Mapping) else told)
        if key not in fields or fields[key].type is not FieldType.DATE or not isinstance(years, int):
            remedy = '请写 field = "ends_on"，或 field = { field = "born_on", years = 60 }'
            reader.fault(f"{path}.field", "dues 的 field 不是日期字段", remedy)
        during: frozenset[str] = frozenset()
        if "while" in table:
            if states is None:
                reader.fault(f"{path}.while", "没有 [states]，不能写 while", "请删去 while")
            else:
                during = _among(reader, f"{path}.while", fields[states.field])
        yield Due(key, _days_before(reader, path), reader.word(f"{path}.words"), years, during)


def _days_before(reader: ItemReader, path: str) -> int:
    try:
        value = parse_value(reader.item(f"{path}.before"))
    except ValueError:
        value = None
    if isinstance(value, Quantity) and value.unit in ("days", "weeks", "months"):
        return value.amount * {"days": 1, "weeks": 7, "months": 30}[value.unit]
    reader.fault(f"{path}.before", "没有写提前多久提醒", '请写 before = "30 days"')
    return 0


def read_totals(reader: ItemReader, fields: Mapping[str, BookField]) -> Iterator[str]:
    """Yield the fields that are added up."""
    for key in reader.words("totals.fields"):
        spec = fields.get(key)
        if spec is None or spec.type not in ADDED_UP or spec.is_sealed:
            reader.fault(
                "totals.fields", f"合计里的 {key} 不是数或金额的字段", "请写 whole、decimal、money 字段的键"
            )
        else:
            yield key
