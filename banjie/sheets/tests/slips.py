"""A small kind of row to import: slips, kept by a table of the tests' own that Django's list of models never sees."""

from django.db import models
from django.test.utils import isolate_apps

from banjie.base.errors import Conflict
from banjie.fields.spec import FieldSpec, FieldType
from banjie.ledger.actions import record_all
from banjie.ledger.models import Ledgered
from banjie.ledger.record import Deed
from banjie.sheets.declared import Column, Finding, Importer, Prepared
from banjie.sheets.queries import touched_since
from banjie.sheets.stamps import stamp_of

KEY = "tests.slips"
RIGHT = "tests.import_slips"

with isolate_apps("banjie.sheets"):

    class Slip(Ledgered):
        number = models.CharField(max_length=20)
        name = models.CharField(max_length=40, blank=True)
        village = models.CharField(max_length=20, blank=True)
        told_on = models.DateField(null=True)
        text = models.TextField(blank=True)
        is_void = models.BooleanField(default=False)

        class Meta:
            app_label = "sheets"


COLUMNS = (
    Column("number", "编号", aliases=("留言编号", "流水号"), is_required=True, example="2026001"),
    Column("name", "姓名", FieldSpec("name", "姓名", longest=20), aliases=("联系人",), example="周禾"),
    Column("village", "所在村", options=(("v1", "东坡村"), ("v2", "柳溪村")), example="东坡村"),
    Column("told_on", "日期", FieldSpec("told_on", "日期", FieldType.DATE), aliases=("反映日期",)),
    Column("phone", "电话", FieldSpec("phone", "电话", FieldType.PHONE), aliases=("联系电话",)),
    Column("id_number", "身份证号", FieldSpec("id_number", "身份证号", FieldType.ID_NUMBER)),
    Column("amount", "金额", FieldSpec("amount", "金额", FieldType.MONEY), help="单位：元"),
    Column("text", "内容", FieldSpec("text", "内容", FieldType.LONG_TEXT)),
)


def prepare(setting, rows):
    """Refuse numbers that come twice; a slip that stands just so is left alone."""
    standing = {slip.number: slip for slip in Slip.objects.filter(is_void=False, town=setting.town)}
    plans, findings, seen = [], [], {}
    for row in rows:
        number = row.text("number")
        if seen.setdefault(number, row.line_no) != row.line_no:
            findings.append(Finding(row.line_no, "number", f"编号“{number}”与第{seen[number]}行相同。"))
            continue
        slip = standing.get(number)
        plans.append(None if slip and slip.name == row.text("name") else row)
    return Prepared(plans, findings, ["都是便条。"])


def write(setting, batch_id, plans):
    slips = [
        Slip(
            town=setting.town,
            number=row.text("number"),
            name=row.text("name"),
            village=row.text("village"),
            told_on=row.values.get("told_on"),
            text=row.text("text"),
        )
        for row in plans
    ]
    if any(slip.name == "断电" for slip in slips):
        raise KeyboardInterrupt
    if any(slip.name == "写不进" for slip in slips):
        raise Conflict("这一条写不进。")
    record_all([Deed("slip.added", slip) for slip in slips], stamp_of(setting, batch_id))
    return [slip.pk for slip in slips]


def touched(setting, batch_id, ids):
    return [
        slip.number for slip in Slip.objects.filter(pk__in=touched_since(batch_id, ids)).order_by("number")
    ]


def undo(setting, batch_id, ids):
    slips = list(Slip.objects.filter(pk__in=ids).order_by("number"))
    deeds = [Deed("slip.voided", slip, changes={"is_void": True}) for slip in slips]
    record_all(deeds, stamp_of(setting, batch_id))


SLIPS = Importer(
    key=KEY,
    title="便条",
    permission=RIGHT,
    columns=lambda _: COLUMNS,
    prepare=prepare,
    write=write,
    undo=undo,
    touched=touched,
    chunk_rows=3,
)
