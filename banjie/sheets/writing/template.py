"""模板: an empty sheet for an importer, with drop-downs, a sample row, and a page that says how to fill it in (U15)."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from banjie.fields.spec import FieldType
from banjie.sheets.declared import Column
from banjie.sheets.layout.table import letter_of
from banjie.sheets.writing.stencil import FONT, OPTIONS

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

FILLABLE_ROWS = 5000
NARROW, WIDE = 14, 40
GUIDE, LISTS = "填写说明", "选项"
SHAPES = {
    FieldType.DATE: "日期，如2026-03-05",
    FieldType.MOMENT: "时间，如2026-03-05 14:30",
    FieldType.WHOLE: "整数",
    FieldType.DECIMAL: "数字",
    FieldType.MONEY: "金额，单位元",
    FieldType.PHONE: "手机或区号-固定电话",
    FieldType.ID_NUMBER: "18位证件号码，按文本填写",
    FieldType.YES_NO: "是或否",
}


def write_template(title: str, columns: Sequence[Column]) -> bytes:
    """Return the template of an importer; its cells are text, so that Excel cuts off no number."""
    # The library is 9 MB of memory that a server which hands out no template need not hold.
    from xlsxwriter import Workbook

    held = BytesIO()
    with Workbook(held, OPTIONS) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        guide = book.add_worksheet(GUIDE)
        lists = book.add_worksheet(LISTS)
        lists.hide()
        for place, column in enumerate(columns):
            _column(book, sheet, place, column)
            _drop_down(sheet, lists, place, column)
        sheet.freeze_panes(1, 0)
        _guide(book, guide, title, columns)
    return held.getvalue()


def labels_of(column: Column) -> tuple[str, ...]:
    """Return what may be picked in a column, one label for each key."""
    options = column.options or tuple((c.key, c.label) for c in (column.spec.choices if column.spec else ()))
    if not options and column.spec and column.spec.type is FieldType.YES_NO:
        options = (("1", "是"), ("0", "否"))
    first: dict[str, str] = {}
    for key, label in options:
        first.setdefault(key, label)
    return tuple(first.values())


def _sheet_name(title: str) -> str:
    return "".join(sign for sign in title if sign not in "[]:*?/\\'")[:31] or "数据"


def _column(book: "Workbook", sheet: "Worksheet", place: int, column: Column) -> None:
    is_long = column.spec is not None and column.spec.type is FieldType.LONG_TEXT
    sheet.set_column(place, place, WIDE if is_long else NARROW, book.add_format({"num_format": "@"}))
    look = {"font_name": FONT, "bold": True, "bottom": 1, "bg_color": "#E7EEF7"}
    if column.is_required:
        look["font_color"] = "#C00000"
    sheet.write_string(0, place, column.title, book.add_format(look))
    sample = book.add_format({"italic": True, "font_color": "#7F7F7F", "num_format": "@"})
    sheet.write_string(1, place, column.example, sample)
    if words := _help_of(column):
        sheet.write_comment(0, place, words, {"x_scale": 2})


def _drop_down(sheet: "Worksheet", lists: "Worksheet", place: int, column: Column) -> None:
    labels = labels_of(column)
    if not labels:
        return
    lists.write_column(0, place, labels)
    letter = letter_of(place)
    choice = {
        "validate": "list",
        "source": f"={LISTS}!${letter}$1:${letter}${len(labels)}",
        "error_type": "warning",
        "error_title": "不在列表里",
        "error_message": f"“{column.title}”请从下拉列表里选。",
    }
    sheet.data_validation(1, place, FILLABLE_ROWS, place, choice)


def _help_of(column: Column) -> str:
    shape = SHAPES.get(column.spec.type, "") if column.spec else ""
    parts = ("必填" if column.is_required else "可不填", shape, column.help)
    return "；".join(part.rstrip("。") for part in parts if part) + "。"


def _guide(book: "Workbook", guide: "Worksheet", title: str, columns: Sequence[Column]) -> None:
    """Say of each column what goes into it; the words stand one below the other, so that this is taken for no table."""
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    guide.set_column(0, 0, 90)
    lines = [
        f"{title}：填在第一张工作表里，从第2行写起；灰色斜体的示例行可以留着，导入时不算。",
        "表头可以用本单位自己的叫法，导入时会请您核对一次，以后就记住了。合计行、标题行不用删。",
    ]
    guide.write_string(0, 0, "怎么填", bold)
    for line, words in enumerate(lines, start=1):
        guide.write_string(line, 0, words, wrapped)
    for line, column in enumerate(columns, start=len(lines) + 2):
        labels = labels_of(column)
        picked = f"可填：{'、'.join(labels[:20])}{'等' if len(labels) > 20 else ''}。" if labels else ""
        guide.write_string(line, 0, f"{column.title}——{_help_of(column)}{picked}", wrapped)
