"""Residents from a sheet: a line for each person; who stands already is left, whoever may be meant twice is told."""

from collections import Counter
from collections.abc import Iterable, Sequence
from uuid import UUID

from banjie.base.actor import Actor
from banjie.base.clock import local_day
from banjie.base.errors import Conflict, InvalidInput
from banjie.fields.citizen import IdKind, mask_name
from banjie.fields.plain_text import half_width
from banjie.fields.spec import FieldSpec
from banjie.places.queries import grid_names, place_name, village_names
from banjie.residents.actions import register_residents, withdraw_residents
from banjie.residents.facts import ResidentFacts, checked
from banjie.residents.key_rows import facts_of
from banjie.residents.keys import digest_of, sought
from banjie.residents.models import Resident, ResidentKey
from banjie.residents.queries import holders_of, visible_to
from banjie.sheets.declared import Column, Finding, Importer, Prepared, Row, Setting, declare
from banjie.sheets.queries import touched_since
from banjie.sheets.stamps import stamp_of
from banjie.sheets.uses import pointed_at

DEED = "residents.register_resident"
CHUNK = 100
"""Each resident comes with some thirty look-up keys, so fewer go into one transaction than of other rows."""
COLUMN_OF = {"division_code": "village", "grid_id": "grid"}
"""Where a column's key is not the name of the fact."""
KINDS = tuple((kind.value, kind.label) for kind in IdKind)
LOOKS = frozenset({"resident.revealed"})
"""Deeds that change nothing of a resident."""


def columns(setting: Setting) -> tuple[Column, ...]:
    """Return the columns, with the villages of the actor's scope to pick from."""
    villages = [pair for pair in village_names(setting.town) if pair[0].startswith(setting.by.scope)]
    return (
        Column("name", "姓名", None, ("居民姓名", "群众姓名", "户主姓名", "成员姓名", "人员姓名"), True, "周禾"),
        Column("village", "所在村（社区）", None, ("村", "村名", "所在村", "村社区", "村居", "行政村", "社区"), True,
               villages[0][1] if villages else "", options=tuple(villages)),
        Column("id_number", "证件号码", FieldSpec("id_number", "证件号码", longest=40),
               ("身份证号", "身份证号码", "公民身份号码", "身份证", "证件号"),
               help="按文本填写。有证件号码，才认得出是不是同一个人"),
        Column("id_kind", "证件类别", None, ("证件类型",), options=KINDS, help="身份证可以空着"),
        Column("phone", "联系电话", FieldSpec("phone", "联系电话", longest=30),
               ("电话", "手机", "手机号", "手机号码", "电话号码", "联系方式"), example="13800138000"),
        Column("grid", "网格", FieldSpec("grid", "网格", longest=40), ("所属网格", "网格名称"), example="第一网格"),
        Column("house", "住址", FieldSpec("house", "住址", longest=80),
               ("家庭住址", "详细地址", "门牌号", "组", "住址（组）", "地址", "村组"), example="三组12号"),
        Column("outer_code", "人员编号", FieldSpec("outer_code", "人员编号", longest=40),
               ("人员编码", "外部编号", "户编号"), help="别的系统里的编号，有就填"),
    )  # fmt: skip


def prepare(setting: Setting, rows: Sequence[Row]) -> Prepared:
    """Check each person, and whether he stands already; two lines of one ID number are told."""
    findings: list[Finding] = []
    told: list[tuple[Row, ResidentFacts]] = []
    grids = {(village, name): grid_id for grid_id, village, name in grid_names(setting.town)}
    lines: dict[str, int] = {}
    for row in rows:
        try:
            facts = _facts(row, grids, setting)
            _refuse_twice(facts, row.line_no, lines)
            told.append((row, facts))
        except InvalidInput as wrong:
            findings += _findings(row, wrong)
    standing = _standing(setting.by, [facts for _, facts in told])
    plans: list[object | None] = []
    for row, facts in told:
        known = standing.get(facts.id_number) if facts.id_number else None
        if known is not None and not _is_same(known, facts):
            findings.append(Finding(row.line_no, "id_number", _say_known(known, setting.by)))
        else:
            plans.append(None if known else facts)
    nameless = [facts for facts in plans if isinstance(facts, ResidentFacts) and not facts.id_number]
    same = _registered_alike(setting.by, nameless)
    plans = [None if plan in same else plan for plan in plans]
    return Prepared(plans, findings, _notes(plans))


def write(setting: Setting, batch_id: UUID, plans: Sequence[object]) -> list[UUID]:
    """Register the residents of a chunk."""
    facts = [plan for plan in plans if isinstance(plan, ResidentFacts)]
    rows = register_residents(facts, actor=setting.by, stamp=stamp_of(setting, batch_id))
    return [row.pk for row in rows]


def touched(setting: Setting, batch_id: UUID, ids: Sequence[UUID]) -> list[str]:
    """Name, covered, the residents who were corrected since, or whom a case or anything else points at."""
    changed = touched_since(batch_id, ids, besides=LOOKS) | pointed_at(Resident, ids, besides=[ResidentKey])
    rows = Resident.objects.filter(pk__in=changed, is_withdrawn=False)
    return [f"{row.masked_name}（{place_name(row.division_code)}）" for row in rows]


def undo(setting: Setting, batch_id: UUID, ids: Sequence[UUID]) -> None:
    """Withdraw the residents of a chunk; nothing that tells who they are stays."""
    if names := touched(setting, batch_id, ids):
        raise Conflict(f"{'、'.join(names[:5])}刚被改动或使用。")
    withdraw_residents(ids, actor=setting.by, stamp=stamp_of(setting, batch_id))


def _facts(row: Row, grids: dict[tuple[str, str], UUID], setting: Setting) -> ResidentFacts:
    covered = [key for key in ("name", "phone", "id_number", "house") if "*" in half_width(row.text(key))]
    if covered:
        raise InvalidInput("", fields=dict.fromkeys(covered, "这是遮盖过的内容，不能导入。请填完整的。"))
    village, grid = row.text("village"), row.name("grid")
    grid_id = grids.get((village, grid))
    if grid and grid_id is None:
        names = "、".join(name for code, name in grids if code == village) or "（还没有网格）"
        raise InvalidInput("", fields={"grid_id": f"这个村没有“{grid}”，可填：{names}。"})
    facts = ResidentFacts(
        name=row.text("name"),
        division_code=village,
        phone=row.text("phone"),
        id_number=row.text("id_number"),
        id_kind=row.text("id_kind") if row.text("id_kind") == IdKind.OTHER else "",
        house=row.text("house"),
        outer_code=row.text("outer_code"),
        grid_id=grid_id,
    )
    return checked(facts, on=local_day(setting.at))


def _findings(row: Row, wrong: InvalidInput) -> list[Finding]:
    return [
        Finding(row.line_no, COLUMN_OF.get(name, name), words if words.endswith("。") else f"{words}。")
        for name, words in wrong.fields.items()
    ]


def _refuse_twice(facts: ResidentFacts, line_no: int, lines: dict[str, int]) -> None:
    if facts.id_number and lines.setdefault(facts.id_number, line_no) != line_no:
        first = lines[facts.id_number]
        raise InvalidInput("", fields={"id_number": f"证件号码与第{first}行相同，请只留一行"})


def _standing(actor: Actor, told: Iterable[ResidentFacts]) -> dict[str, Resident]:
    return holders_of(actor.town, (facts.id_number for facts in told if facts.id_number))


def _is_same(known: Resident, facts: ResidentFacts) -> bool:
    """Tell whether a resident stands just as the line says; what the line leaves open is no difference."""
    stood = facts_of(known)
    names = ("name", "division_code", "phone", "house", "outer_code", "grid_id")
    return all(getattr(facts, name) in ("", None, getattr(stood, name)) for name in names)


def _say_known(known: Resident, actor: Actor) -> str:
    if not visible_to(actor).filter(pk=known.pk).exists():
        return "该证件号码已在本镇其他村（社区）登记。请联系镇便民服务窗口核对，或删去这一行。"
    who = "，".join(filter(None, (known.masked_name, known.masked_phone, place_name(known.division_code))))
    return f"该证件号码已登记：{who}，与这一行不同。要改的请到群众页面更正，再删去这一行。"


def _registered_alike(actor: Actor, told: Sequence[ResidentFacts]) -> set[ResidentFacts]:
    """Return those without an ID number who stand already, all alike: the same sheet sent again adds nobody (U14)."""
    digests = {digest_of(actor.town, sought(facts.name).words[0]) for facts in told}
    wanted = sorted(digests)
    found: set[ResidentFacts] = set()
    for start in range(0, len(wanted), 500):
        keys = ResidentKey.objects.filter(digest__in=wanted[start : start + 500], resident__town=actor.town)
        found |= {_bare(facts_of(key.resident)) for key in keys.select_related("resident")}
    return {facts for facts in told if _bare(facts) in found}


def _bare(facts: ResidentFacts) -> ResidentFacts:
    return facts if facts.id_number else ResidentFacts(**{**vars(facts), "id_kind": ""})


def _notes(plans: Iterable[object | None]) -> list[str]:
    new = [plan for plan in plans if isinstance(plan, ResidentFacts)]
    unsure = sum(1 for facts in new if not facts.id_number)
    names = Counter((facts.name, facts.division_code) for facts in new if not facts.id_number)
    twice = [mask_name(name) for (name, _), count in names.items() if count > 1]
    notes = [f"有{unsure}人没有证件号码，系统认不出是否与已登记的人重复。"] if unsure else []
    return notes + ([f"表里有同村同名又没有证件号码的：{'、'.join(twice[:5])}，请核对。"] if twice else [])


RESIDENTS = declare(
    Importer(
        key="residents.residents",
        title="群众名册",
        permission=DEED,
        columns=columns,
        prepare=prepare,
        write=write,
        undo=undo,
        touched=touched,
        help="一人一行。姓名、电话、证件号码、住址加密保存，上传的文件读完即清除。",
        chunk_rows=CHUNK,
    )
)
