"""A book's columns in a sheet: what a cell of each takes, and a record as cells that mean the same coming back."""

from uuid import UUID

from banjie.books.book import Book, BookField
from banjie.books.models import Record
from banjie.books.named import FOUND
from banjie.books.queries import RecordNames, said_field, sees_field
from banjie.fields.spec import FieldSpec, FieldType
from banjie.fields.stored import as_typed
from banjie.people.queries import StaffActor, names_of
from banjie.places.queries import grid_names, village_names
from banjie.sheets.declared import Column

IDENTITY = "record_id__"
"""The column by which a record that was exported is known again."""
IDENTITY_TITLE = "记录号"


def sheet_fields(actor: StaffActor, book: Book) -> tuple[BookField, ...]:
    """Return the fields that a sheet of a book has as columns: those asked that the actor sees, files left out."""
    return tuple(
        spec
        for spec in book.fields
        if spec.until is None and not spec.type.is_kept_file and sees_field(actor, book, spec)
    )


def columns_of(actor: StaffActor, book: Book) -> tuple[Column, ...]:
    """Return the columns of a book's sheet, with what a cell may pick from; the 记录号 stands last."""
    fields = [_column(actor, spec) for spec in sheet_fields(actor, book)]
    known = Column(IDENTITY, IDENTITY_TITLE, help="系统导出时带出，新记的不用填")
    return (*fields, known)


def cells_of(actor: StaffActor, book: Book, row: Record, names: RecordNames) -> list[str]:
    """Return a record as the cells of `columns_of`, such that they mean the same when they come back."""
    cells = [_cell(actor, book, row, spec, names) for spec in sheet_fields(actor, book)]
    return [*cells, row.number or row.pk.hex]


def _column(actor: StaffActor, spec: BookField) -> Column:
    options = tuple(_options(actor, spec))
    unit = f"单位：{spec.unit}" if spec.unit else ""
    return Column(
        key=spec.key,
        title=spec.label,
        spec=_checked_by(spec, has_options=bool(options)),
        is_required=spec.required,
        help="；".join(part for part in (unit, spec.help, _HELP.get(spec.type, "")) if part),
        options=options,
    )


def _checked_by(spec: BookField, *, has_options: bool) -> FieldSpec | None:
    """Return by what a cell is checked: names and what may be covered are any text, read when rows are prepared."""
    if spec.type in FOUND or spec.is_sealed:
        return FieldSpec(spec.key, spec.label, longest=200)
    return None if has_options else spec


def _options(actor: StaffActor, spec: BookField) -> list[tuple[str, str]]:
    office = names_of(actor.town)
    if spec.type is FieldType.UNIT:
        return [(str(pk), name) for pk, name in office.units.items()]
    if spec.type is FieldType.STAFF:
        return [(str(pk), name) for pk, name in office.staff.items()]
    if spec.type is FieldType.VILLAGE:
        return [(code, name) for code, name in village_names(actor.town) if code.startswith(actor.scope)]
    if spec.type is FieldType.GRID:
        villages = dict(village_names(actor.town))
        return [(str(pk), f"{villages.get(code, '')}{name}") for pk, code, name in grid_names(actor.town)]
    if spec.type is FieldType.CHOICE:
        return [(choice.key, choice.label) for choice in spec.choices if choice.until is None]
    return []


def _cell(actor: StaffActor, book: Book, row: Record, spec: BookField, names: RecordNames) -> str:
    """Return one field as a cell that means the same when it comes back; what is personal is covered."""
    value = row.values.get(spec.key)
    if spec.is_sealed or spec.type is FieldType.CHOICES:
        return said_field(actor, book, row, spec, names).words
    if value is None:
        return ""
    if spec.type is FieldType.CHOICE:
        return spec.choice_label(str(value))
    if spec.type is FieldType.CASE:
        return names.names.get(str(value), "").partition(" ")[0]
    if spec.type is FieldType.RECORD:
        return UUID(str(value)).hex
    if spec.type is FieldType.GRID:
        return dict(_options(actor, spec)).get(str(value), "")
    if spec.type.is_picked and spec.type is not FieldType.YES_NO:
        return names.names.get(str(value), "")
    bound = row.values.get(spec.bound_key)
    typed = as_typed(spec, value)
    return {"at_least": f"{typed}余", "under": f"近{typed}"}.get(str(bound), typed)


_HELP = {
    FieldType.RESIDENT: "填姓名；重名的填证件号码",
    FieldType.ENTERPRISE: "填企业全称或统一社会信用代码",
    FieldType.CASE: "填件的编号",
    FieldType.RECORD: "填那一条的编号或记录号",
    FieldType.CHOICES: "几项用顿号隔开",
    FieldType.YES_NO: "填是或否",
    FieldType.POINT: "填“纬度,经度”，如 30.27415,120.15515；从高德、腾讯、百度地图抄的，后面写上是哪家",
}
