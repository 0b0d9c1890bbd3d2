"""Enterprises from a sheet: a line for each; which stands already is left, and what may be meant twice is told."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from banjie.base.clock import local_day
from banjie.base.errors import Conflict, InvalidInput
from banjie.enterprises.actions import register_enterprises, withdraw_enterprises
from banjie.enterprises.actions.registering import COLUMNS, REGISTER, told_of
from banjie.enterprises.lists import INDUSTRIES, SIZES, STATUSES, Status
from banjie.enterprises.models import Enterprise
from banjie.enterprises.particulars import Particulars, checked, plain_name
from banjie.enterprises.queries import holders_of, visible_to
from banjie.fields.masks import mask_name, mask_phone
from banjie.fields.plain_text import half_width
from banjie.fields.spec import FieldSpec, FieldType
from banjie.fields.uscc import is_sound
from banjie.places.queries import place_name, village_names
from banjie.sheets.declared import Column, Finding, Importer, Prepared, Row, Setting, declare, wrong_cell
from banjie.sheets.queries import touched_since
from banjie.sheets.stamps import stamp_of
from banjie.sheets.uses import pointed_at

COLUMN_OF = {"division_code": "village"}
"""Where a column's key is not the name of the particular."""
LOOKS = frozenset({"enterprise.revealed"})
COVERED: dict[str, Callable[[str], str]] = {"contact": mask_name, "phone": mask_phone}
"""What our own export covers: a cell that is covered just so is no difference."""
SIZE_OPTIONS = tuple((kind.value, title) for kind, title in SIZES.items())
STATUS_OPTIONS = tuple((kind.value, title) for kind, title in STATUSES.items())
INDUSTRY_OPTIONS = tuple((kind.value, title) for kind, title in INDUSTRIES.items())


@dataclass
class _Stand:
    """The enterprises of the town by credit code and, in scope, by name; and the lines of the sheet so far."""

    by_code: dict[str, Enterprise]
    by_name: dict[str, list[Enterprise]]
    lines: dict[str, int] = field(default_factory=dict)
    unsound: int = 0
    nameless: int = 0


def columns(setting: Setting) -> tuple[Column, ...]:
    """Return the columns, with the villages of the actor's scope to pick from."""
    villages = [pair for pair in village_names(setting.town) if pair[0].startswith(setting.by.scope)]
    return (
        Column("name", "企业名称", None, ("企业", "单位名称", "名称", "企业全称", "市场主体名称", "公司名称"), True,
               "清河某某农机有限公司"),
        Column("uscc", "统一社会信用代码", FieldSpec("uscc", "统一社会信用代码", longest=30),
               ("信用代码", "社会信用代码", "代码", "营业执照号", "统一代码"),
               help="按文本填写。有代码，才认得出是不是同一家"),
        Column("short_name", "简称", FieldSpec("short_name", "简称", longest=20), ("企业简称",)),
        Column("village", "所在村（社区）", None, ("村", "村名", "所在村", "村社区", "村居", "行政村", "社区"), True,
               villages[0][1] if villages else "", options=tuple(villages)),
        Column("place_words", "地址", FieldSpec("place_words", "地址", longest=80),
               ("企业地址", "经营地址", "住所", "经营场所", "详细地址")),
        Column("contact", "联系人", FieldSpec("contact", "联系人", longest=50),
               ("负责人", "法定代表人", "法人", "企业负责人")),
        Column("phone", "联系电话", FieldSpec("phone", "联系电话", longest=30),
               ("电话", "手机", "手机号", "联系方式"), example="13800138000"),
        Column("size", "规模", None, ("企业规模",), options=SIZE_OPTIONS),
        Column("industry", "行业门类", None, ("行业", "所属行业", "国民经济行业"), options=INDUSTRY_OPTIONS,
               help="GB/T 4754-2017 的门类，填字母也行"),
        Column("since_on", "成立日期", FieldSpec("since_on", "成立日期", FieldType.DATE),
               ("注册日期", "登记日期", "成立时间")),
        Column("status", "经营状态", None, ("企业状态", "登记状态"), options=STATUS_OPTIONS, help="空着就是在业"),
        Column("closed_on", "停业或注销日期", FieldSpec("closed_on", "停业或注销日期", FieldType.DATE),
               ("停业日期", "注销日期")),
    )  # fmt: skip


def prepare(setting: Setting, rows: Sequence[Row]) -> Prepared:
    """Check each enterprise, and whether it stands already; two lines of one credit code are told."""
    stand = _stand(setting, rows)
    plans: list[object | None] = []
    findings: list[Finding] = []
    for row in rows:
        try:
            plans.append(_planned(row, stand, setting))
        except InvalidInput as wrong:
            findings += [
                Finding(
                    row.line_no, COLUMN_OF.get(name, name), words if words.endswith("。") else f"{words}。"
                )
                for name, words in wrong.fields.items()
            ]
    return Prepared(plans, findings, list(_notes(stand)))


def write(setting: Setting, batch_id: UUID, plans: Sequence[object]) -> list[UUID]:
    """Register the enterprises of a chunk."""
    told = [plan for plan in plans if isinstance(plan, Particulars)]
    return [row.pk for row in register_enterprises(told, actor=setting.by, stamp=stamp_of(setting, batch_id))]


def touched(setting: Setting, batch_id: UUID, ids: Sequence[UUID]) -> list[str]:
    """Name the enterprises that were changed since, or at which anything points."""
    changed = touched_since(batch_id, ids, besides=LOOKS) | pointed_at(Enterprise, ids)
    rows = Enterprise.objects.filter(pk__in=changed, is_withdrawn=False).order_by("name", "pk")
    return [row.name for row in rows]


def undo(setting: Setting, batch_id: UUID, ids: Sequence[UUID]) -> None:
    """Withdraw the enterprises of a chunk."""
    if names := touched(setting, batch_id, ids):
        raise Conflict(f"{'、'.join(names[:5])}刚被改动或使用。")
    withdraw_enterprises(ids, actor=setting.by, stamp=stamp_of(setting, batch_id))


def _stand(setting: Setting, rows: Sequence[Row]) -> _Stand:
    codes = sorted({half_width(row.name("uscc")).upper() for row in rows} - {""})
    by_name: dict[str, list[Enterprise]] = {}
    wanted = sorted({plain_name(row.text("name")) for row in rows})
    for start in range(0, len(wanted), 500):
        for known in visible_to(setting.by).filter(name__in=wanted[start : start + 500]):
            by_name.setdefault(known.name, []).append(known)
    return _Stand(holders_of(setting.town, codes), by_name)


def _planned(row: Row, stand: _Stand, setting: Setting) -> Particulars | None:
    """Return what is to be registered, None where it stands just so; raises InvalidInput for what is wrong."""
    known = _known(row, stand)
    told = _told(row, known, on=local_day(setting.at))
    _refuse_twice(told, row.line_no, stand)
    if known is not None:
        if _is_same(told_of(known), told):
            return None
        raise wrong_cell("name", _say_known(known, setting))
    stand.unsound += bool(told.uscc) and not is_sound(told.uscc)
    stand.nameless += not told.uscc
    return told


def _known(row: Row, stand: _Stand) -> Enterprise | None:
    """Return which enterprise a line means: by its credit code, without one by its name in its village."""
    code = half_width(row.name("uscc")).upper()
    if code:
        return stand.by_code.get(code)
    alike = stand.by_name.get(plain_name(row.text("name")), [])
    return next((one for one in alike if one.division_code == row.text("village")), None)


def _told(row: Row, known: Enterprise | None, *, on: date) -> Particulars:
    """Return what a line says; a contact that is covered as we cover it stands as it stands."""
    parts = {key: row.text(key) for key in ("contact", "phone")}
    for key, mask in COVERED.items():
        if "*" not in half_width(parts[key]):
            continue
        if known is None or half_width(parts[key]) != mask(known.opened(key)):
            raise wrong_cell(key, "这是遮盖过的内容，不能导入。请填完整的。")
        parts[key] = ""
    told = Particulars(
        name=row.text("name"),
        division_code=row.text("village"),
        uscc=row.text("uscc"),
        short_name=row.text("short_name"),
        place_words=row.text("place_words"),
        size=row.text("size"),
        industry=row.text("industry"),
        since_on=_day(row.text("since_on")),
        status=row.text("status") or Status.ACTIVE,
        closed_on=_day(row.text("closed_on")),
        is_as_licensed=True,
        **parts,
    )
    return checked(told, on=on)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _refuse_twice(told: Particulars, line_no: int, stand: _Stand) -> None:
    key = told.uscc or f"{told.name} {told.division_code}"
    if (first := stand.lines.setdefault(key, line_no)) != line_no:
        column = "uscc" if told.uscc else "name"
        raise wrong_cell(column, f"与第{first}行是同一家，请只留一行。")


def _is_same(stood: Particulars, told: Particulars) -> bool:
    """Tell whether an enterprise stands just as the line says; what the line leaves open is no difference."""
    return all(getattr(told, name) in ("", None, getattr(stood, name)) for name in (*COLUMNS, *COVERED))


def _say_known(known: Enterprise, setting: Setting) -> str:
    if not visible_to(setting.by).filter(pk=known.pk).exists():
        return "这个统一社会信用代码已在本镇其他村（社区）登记。请联系党政办核对，或删去这一行。"
    where = place_name(known.division_code)
    return f"这家企业已登记：{known.name}，{where}，与这一行不同。要改的请到企业页面变更，再删去这一行。"


def _notes(stand: _Stand) -> Iterable[str]:
    if stand.unsound:
        yield f"有{stand.unsound}家的统一社会信用代码校验位不符，请对照执照核对；执照上就是这样的，可以照样导入。"
    if stand.nameless:
        yield f"有{stand.nameless}家没有统一社会信用代码，只按名称和村认是否重复。"


ENTERPRISES = declare(
    Importer(
        key="enterprises.enterprises",
        title="企业名册",
        permission=REGISTER,
        columns=columns,
        prepare=prepare,
        write=write,
        undo=undo,
        touched=touched,
        help="一家一行。联系人和电话加密保存，上传的文件读完即清除。",
    )
)
