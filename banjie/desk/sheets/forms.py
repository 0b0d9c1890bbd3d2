"""The forms of an import: what is sent with its importer's questions, and which column is which."""

from collections.abc import Mapping, Sequence

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from banjie.desk.forms import DeskForm
from banjie.fields.declared import form_field
from banjie.sheets.actions import Sent
from banjie.sheets.declared import Column
from banjie.sheets.queries import Sheet

LONGEST_PASTE = 2_000_000
SAMPLES = 3
LONGEST_SAMPLE = 24
PREFIX = "column-"


class SendForm(DeskForm):
    """A file or a block of cells, with the importer's own questions."""

    upload = forms.FileField(
        label="表格文件",
        required=False,
        allow_empty_file=True,
        help_text="Excel 或 WPS 的 .xlsx、.xls，或 .csv。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )
    pasted = forms.CharField(
        label="或粘贴一片单元格",
        required=False,
        strip=False,
        max_length=LONGEST_PASTE,
        help_text="在 Excel 或 WPS 里选中包括表头的一片，复制后粘贴到这里。",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    def __init__(
        self,
        told: QueryDict | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        *,
        asks: Sequence[Column] = (),
    ) -> None:
        super().__init__(told, files)
        self.asked = tuple(column.key for column in asks)
        for column in asks:
            self.fields[f"ask-{column.key}"] = _question(column)
        self.order_fields([*(f"ask-{key}" for key in self.asked), "upload", "pasted"])

    @property
    def sent(self) -> Sent:
        """Return what a valid form sends."""
        told = self.cleaned_data
        options = {key: str(told.get(f"ask-{key}") or "") for key in self.asked}
        return Sent(upload=told.get("upload") or None, pasted=told.get("pasted") or "", options=options)


def _question(column: Column) -> forms.Field:
    if column.options:
        first = ("", "请选择" if column.is_required else "不选")
        return forms.ChoiceField(
            label=column.title,
            help_text=column.help,
            required=column.is_required,
            choices=[first, *column.options],
            error_messages={"required": f"还没有选“{column.title}”，请选好再传。"},
        )
    if column.spec is not None:
        return form_field(column.spec)
    return forms.CharField(label=column.title, help_text=column.help, required=column.is_required)


def column_rows(
    sheet: Sheet, chosen: Mapping[int, str], problems: Mapping[str, str]
) -> list[dict[str, object]]:
    """Return each column of the sheet with a few of its cells and the choice of what it is."""
    columns = [(column.key, column.title, column.is_required) for column in sheet.columns]
    lines = sheet.table.lines[:40]
    return [
        {
            "name": f"{PREFIX}{head.place}",
            "words": head.words,
            "samples": _samples([line.cell(head.place) for line in lines]),
            "problem": problems.get(f"{PREFIX}{head.place}", ""),
            "options": [
                (key, f"{title}（必须有）" if must else title, chosen.get(head.place) == key)
                for key, title, must in columns
            ],
        }
        for head in sheet.table.heads
    ]


def told_columns(posted: QueryDict) -> dict[int, str]:
    """Return place → key of our column as the form says it."""
    told = {}
    for name, key in posted.items():
        place = name.removeprefix(PREFIX)
        if name.startswith(PREFIX) and place.isdecimal() and len(place) < 4:
            told[int(place)] = str(key)
    return told


def _samples(cells: Sequence[str]) -> str:
    shown = list(dict.fromkeys(" ".join(cell.split()) for cell in cells if cell.strip()))[:SAMPLES]
    return "；".join(cell if len(cell) <= LONGEST_SAMPLE else f"{cell[:LONGEST_SAMPLE]}…" for cell in shown)
