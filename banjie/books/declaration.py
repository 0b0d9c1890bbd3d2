"""Read a book from its text; every finding names the line and what to write instead."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from banjie.base.errors import InvalidInput
from banjie.books.away import read_away
from banjie.books.book import COLUMN_TYPES, Book, BookField, Check, Due, States
from banjie.books.demands import read_checks, read_dues, read_states, read_totals
from banjie.books.vocabulary import (
    GROUP_WORDS,
    REACH_WORDS,
    SENSITIVITY_WORDS,
    SORT_WORDS,
    BookReach,
    BookSensitivity,
    BookSort,
)
from banjie.fields.declaration import spec_from
from banjie.fields.spec import FieldType
from banjie.fields.stored import check
from banjie.people.rights import ADMINISTRATORS, Role
from banjie.rulebook.findings import BadText
from banjie.rulebook.items import ItemReader, Word
from banjie.rulebook.text import Text
from banjie.rulebook.values import parse_value

__all__ = ["ITEMS", "Book", "BookField", "Check", "Due", "States", "read_book"]

ITEMS = frozenset(
    {
        *("menu", "group", "awake", "replaces", "feeds", "sort", "day", *COLUMN_TYPES),
        *("writes", "sees", "reach", "sensitivity", "public", "number", "note"),
        *("fields", "checks", "states", "dues", "totals", "absence"),
    }
)
"""What the head of a book may hold besides the items of every text."""
OWN_ITEMS = frozenset({"default", "seen_by"})
MENU_LENGTH = 6
DEFAULTS = {
    "today": (FieldType.DATE, FieldType.MONTH),
    "now": (FieldType.MOMENT,),
    "me": (FieldType.STAFF,),
    "my_unit": (FieldType.UNIT,),
    "my_village": (FieldType.VILLAGE,),
    "last": tuple(FieldType),
}
PREFILLS = {
    FieldType.RESIDENT: ("name", "phone", "village", "grid", "house"),
    FieldType.ENTERPRISE: ("name", "code", "village", "phone", "contact"),
    FieldType.CASE: ("title", "number", "village", "unit", "category"),
    FieldType.STAFF: ("name", "unit"),
    FieldType.RECORD: (),
}
"""What of a reference may fill another field; of a record, any field of its book."""
DAY_TYPES = (FieldType.DATE, FieldType.MONTH, FieldType.MOMENT)
SEALABLE = (
    *(FieldType.TEXT, FieldType.LONG_TEXT, FieldType.PHONE, FieldType.ID_NUMBER),
    *(FieldType.PLACE, FieldType.POINT, FieldType.DATE),
)
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_MEANING = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
_NUMBER = re.compile(r"[A-Z]{1,6}")
_FROM = re.compile(r"from\.(?P<field>\w+)\.(?P<column>\w+)")


def read_book(text: Text) -> Book:
    """Read a book; BadText names every item that is missing or wrong, with line and remedy."""
    reader = ItemReader(text)
    fields = {spec.key: spec for spec in _fields(reader)}
    numbers = _numbers(text)
    states = read_states(reader, fields)
    book = Book(
        key=text.key,
        title=text.title,
        menu=_menu(reader),
        group=reader.choice("group", GROUP_WORDS),
        sort=_chosen(reader, "sort", SORT_WORDS, BookSort.DONE),
        awake=_flag(reader, "awake"),
        replaces=_some_words(reader, "replaces", "这本台账代替什么表、什么本子"),
        feeds=_some_words(reader, "feeds", "谁看它、哪张表哪份材料用它"),
        day=_day(reader, fields),
        columns=dict(_columns(reader, fields)),
        fields=tuple(fields.values()),
        checks=tuple(read_checks(reader, fields, numbers)),
        states=states,
        dues=tuple(read_dues(reader, fields, states)),
        totals=tuple(read_totals(reader, fields)),
        writes=_roles(reader, "writes", is_needed=True),
        sees=_roles(reader, "sees"),
        reach=_reach(reader),
        sensitivity=_chosen(reader, "sensitivity", SENSITIVITY_WORDS, BookSensitivity.ORDINARY),
        public=_flag(reader, "public"),
        number=_shaped(reader, "number", _NUMBER, "编号字头用一到六个大写字母，如 ZF"),
        note=_shaped(reader, "note", _KEY, "写小写英文和下划线，如 visit"),
        away=read_away(reader, fields, states),
        numbers=numbers,
    )
    _look_over(reader, book)
    if reader.findings:
        raise BadText(reader.findings)
    return book


def _fields(reader: ItemReader) -> Iterator[BookField]:
    tables = reader.table("fields")
    if not tables:
        reader.fault("fields", "没有字段", '请写上 [fields.visited_on] 这样的一节，下面写 label = "……"')
    for key, told in tables.items():
        path = f"fields.{key}"
        items = told if isinstance(told, Mapping) else {}
        try:
            spec = spec_from(key, {name: value for name, value in items.items() if name not in OWN_ITEMS})
        except ValueError as error:
            fault, _, remedy = str(error).partition("，")
            reader.fault(path, fault, remedy.rstrip("。") or "请对照其他字段的写法")
            continue
        shape = {name: getattr(spec, name) for name in spec.__dataclass_fields__}
        told_default = items.get("default", "")
        own = BookField(
            **shape,
            default=str(told_default).lower() if isinstance(told_default, bool) else str(told_default),
            seen_by=_roles(reader, f"{path}.seen_by"),
        )
        _look_at(reader, own)
        yield own


def _look_at(reader: ItemReader, spec: BookField) -> None:
    """Note what is wrong in one field by itself."""
    path = f"fields.{spec.key}"
    if not _KEY.fullmatch(spec.key):
        reader.fault(path, f"字段的键 {spec.key} 不能用", "请写小写英文、数字和下划线，以字母开头")
    for choice in spec.choices:
        if not _KEY.fullmatch(choice.key):
            reader.fault(f"{path}.choices", f"选项的键 {choice.key} 不能用", "请写小写英文、数字和下划线")
    if spec.type in (FieldType.WHOLE, FieldType.DECIMAL) and not spec.unit:
        reader.fault(
            path, f"{spec.label}是数，却没有写单位", '请写上 unit = "人" 或 unit = "人次" 等（两者不能混）'
        )
    if spec.is_sealed and spec.type not in SEALABLE:
        reader.fault(path, f"{spec.label}这种字段不能加密", "请删去 personal，或改用 text、phone、id_number")
    if spec.means and not _MEANING.fullmatch(spec.means):
        reader.fault(f"{path}.means", f"means 的写法不对：{spec.means}", "请写成 visit.day 这样的英文")


def _look_over(reader: ItemReader, book: Book) -> None:
    """Note what is wrong between the parts of a book."""
    seen: dict[str, str] = {}
    for spec in book.fields:
        label = spec.label if spec.until is None else f"{spec.label}（已停）{spec.key}"
        if label in seen:
            reader.fault(f"fields.{spec.key}", f"有两个字段都叫“{spec.label}”", "请换一个名称，表头才分得清")
        seen[label] = spec.key
        _look_at_default(reader, book, spec)
    meanings = [spec.means for spec in book.fields if spec.means and spec.until is None]
    for twice in sorted({one for one in meanings if meanings.count(one) > 1}):
        reader.fault("fields", f"有两个字段的 means 都是 {twice}", "同一件事在一本台账里只问一次")
    if (book.sort is BookSort.THING) != (book.states is not None):
        remedy = '请写 [states] 一节：field = "state" 和 open = ["……"]；不是有状态的物，删去它'
        reader.fault("states", 'sort = "thing" 和 [states] 须同时写出', remedy)
    if book.reach is BookReach.VILLAGE and "village" not in book.columns:
        reader.fault("reach", 'reach = "village"，却没有村这一栏', '请写 village = "哪个字段"')


def _look_at_default(reader: ItemReader, book: Book, spec: BookField) -> None:
    told, path = spec.default, f"fields.{spec.key}.default"
    if not told:
        return
    if told in DEFAULTS:
        if spec.type not in DEFAULTS[told]:
            reader.fault(path, f"{spec.label}不能用默认值 {told}", "请换一个合适的，或删去 default")
        return
    if found := _FROM.fullmatch(told):
        reference = book.by_key.get(found["field"])
        columns = PREFILLS.get(reference.type) if reference else None
        if columns is None:
            reader.fault(
                path,
                f"{found['field']} 不是可以带出内容的字段",
                "请写登记对象的字段，如 from.resident.village",
            )
        elif columns and found["column"] not in columns:
            reader.fault(path, f"{found['field']} 带不出 {found['column']}", f"可以写：{'、'.join(columns)}")
        return
    try:
        check(spec, told)
    except InvalidInput as wrong:
        reader.fault(path, f"默认值 {told} 填不进{spec.label}", wrong.message.rstrip("。"))


def _menu(reader: ItemReader) -> str:
    menu = reader.word("menu")
    if len(menu) > MENU_LENGTH:
        reader.fault("menu", f"菜单名“{menu}”太长", f"请写不超过{MENU_LENGTH}个字，用办公室自己的叫法")
    return menu


def _chosen(reader: ItemReader, path: str, among: Mapping[Word, str], otherwise: Word) -> Word:
    return otherwise if reader.item(path) is None else reader.choice(path, among)


def _flag(reader: ItemReader, path: str) -> bool:
    value = reader.item(path)
    if value is not None and not isinstance(value, bool):
        reader.fault(path, f"{path} 不是是否", f"请写成 {path} = true，不加引号")
    return value is True


def _some_words(reader: ItemReader, path: str, asks: str) -> tuple[str, ...]:
    words = reader.words(path)
    if not words:
        reader.fault(path, f"没有 {path}", f'请写 {path} = ["……"]：{asks}')
    return words


def _shaped(reader: ItemReader, path: str, shape: re.Pattern[str], remedy: str) -> str:
    value = reader.item(path)
    if value is None:
        return ""
    if not isinstance(value, str) or not shape.fullmatch(value):
        reader.fault(path, f"{path} 的写法不对", remedy)
    return str(value)


def _reach(reader: ItemReader) -> BookReach:
    return _chosen(reader, "reach", REACH_WORDS, BookReach.TOWN)


def _roles(reader: ItemReader, path: str, *, is_needed: bool = False) -> frozenset[str]:
    words = reader.words(path)
    known = {role.value: role.label for role in Role if role not in ADMINISTRATORS}
    listed = "、".join(f"{role}（{label}）" for role, label in known.items())
    for word in words:
        if word not in known:
            reader.fault(path, f"{path} 里没有 {word} 这种角色", f"可以写：{listed}")
    if is_needed and not words:
        reader.fault(path, "没有写谁来记", f'请写 {path} = ["handler"]；可以写：{listed}')
    return frozenset(words)


def _day(reader: ItemReader, fields: Mapping[str, BookField]) -> str:
    key = reader.word("day")
    spec = fields.get(key)
    if key and (spec is None or spec.type not in DAY_TYPES or spec.is_sealed):
        reader.fault(
            "day", f"day 指的 {key} 不是日期、月份或时间的字段", '请写一个字段的键，如 day = "visited_on"'
        )
    elif spec and not spec.required:
        reader.fault("day", f"记录按 {key} 排先后，它必须填", f"请在 [fields.{key}] 下写 required = true")
    return key


def _columns(reader: ItemReader, fields: Mapping[str, BookField]) -> Iterator[tuple[str, str]]:
    for column, wanted in COLUMN_TYPES.items():
        if reader.item(column) is None:
            continue
        key = reader.word(column)
        spec = fields.get(key)
        if spec is None or spec.type is not wanted:
            reader.fault(
                column, f'{column} 指的 {key} 不是 type = "{wanted}" 的字段', "请写这种字段的键，或删去这一行"
            )
        yield column, key


def _numbers(text: Text) -> Mapping[str, Decimal]:
    """Return the parameters of a book that are plain numbers, which its checks may name."""
    found: dict[str, Decimal] = {}
    for parameter in text.parameters.values():
        try:
            plain = parse_value(parameter.raw).plain
        except ValueError:
            continue
        if isinstance(plain, int) and not isinstance(plain, bool):
            found[parameter.name] = Decimal(plain)
    return found
