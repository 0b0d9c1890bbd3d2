"""Residents from a sheet: a line for each person; who stands already is left, whoever may be meant twice is told."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from banjie.base.actor import Actor
from banjie.base.clock import local_day
from banjie.base.errors import Conflict, InvalidInput
from banjie.fields.citizen import IdKind, mask_name
from banjie.fields.plain_text import half_width
from banjie.fields.spec import FieldSpec
from banjie.places.queries import grid_names, place_name, village_names
from banjie.residents import sent_back
from banjie.residents.actions import Arrival, Home, register_arrivals, withdraw_arrivals
from banjie.residents.facts import ResidentFacts, checked
from banjie.residents.home_sheets import (
    HOME_COLUMNS,
    Standing,
    home_notes,
    home_told,
    is_address,
    linked_residents,
    refuse_second_head,
    used_by_others,
)
from banjie.residents.key_rows import facts_of
from banjie.residents.keys import digest_of, sought
from banjie.residents.models import HouseholdMember, HouseLink, Resident, ResidentKey
from banjie.residents.queries import holders_of, visible_to
from banjie.residents.sent_back import SentBack
from banjie.sheets.declared import Column, Finding, Importer, Prepared, Row, Setting, declare
from banjie.sheets.queries import touched_since
from banjie.sheets.stamps import stamp_of
from banjie.sheets.uses import pointed_at

DEED = "residents.register_resident"
CHUNK = 100
"""Each resident comes with some thirty look-up keys, so fewer go into one transaction than of other rows."""
COLUMN_OF = {"division_code": "village", "grid_id": "grid", "address": "dwelling", "use": "house_use"}
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
               ("家庭住址", "详细地址", "组", "住址（组）", "地址", "村组"), example="三组12号"),
        Column("outer_code", "人员编号", FieldSpec("outer_code", "人员编号", longest=40),
               ("人员编码", "外部编号"), help="别的系统里的编号，有就填"),
        *HOME_COLUMNS,
        sent_back.COLUMN,
    )  # fmt: skip


def prepare(setting: Setting, rows: Sequence[Row]) -> Prepared:
    """Check each person, where he lives, and whether he stands already; two lines of one ID number are told."""
    findings: list[Finding] = []
    told: list[tuple[Row, ResidentFacts, Home]] = []
    grids = {(village, name): grid_id for grid_id, village, name in grid_names(setting.town)}
    lines: dict[str, int] = {}
    heads: dict[object, int] = {}
    back = SentBack.of(setting.by, rows)
    plans: list[object | None] = []
    for row in rows:
        if row.text(sent_back.IDENTITY):
            wrong_cells = list(back.findings(row))
            findings += wrong_cells
            plans += [] if wrong_cells else [None]
            continue
        try:
            facts = _facts(row, grids, setting)
            _refuse_twice(facts, row.line_no, lines)
            home = home_told(row, facts)
            refuse_second_head(home, facts, row.line_no, heads)
            told.append((row, facts, home))
        except InvalidInput as wrong:
            findings += _findings(row, wrong)
    known = _known(setting.by, [facts for _, facts, _ in told])
    stood = Standing.of(list({row.pk for row in known.values()}), town=setting.town)
    for row, facts, home in told:
        try:
            plans.append(_planned(facts, home, known.get(_key(facts)), stood, setting.by))
        except InvalidInput as wrong:
            findings += _findings(row, wrong)
    return Prepared(plans, findings, _notes(plans))


def write(setting: Setting, batch_id: UUID, plans: Sequence[object]) -> list[UUID]:
    """Register the residents of a chunk with their houses and households."""
    arrivals = [plan for plan in plans if isinstance(plan, Arrival)]
    return register_arrivals(arrivals, actor=setting.by, stamp=stamp_of(setting, batch_id))


def touched(setting: Setting, batch_id: UUID, ids: Sequence[UUID]) -> list[str]:
    """Name, covered, the residents who were corrected since, or whom a case or anything else points at."""
    linked = linked_residents(ids)
    changed = touched_since(batch_id, [*ids, *linked], besides=LOOKS)
    changed |= pointed_at(Resident, ids, besides=[ResidentKey, HouseLink, HouseholdMember])
    changed |= used_by_others(ids, batch_id)
    rows = Resident.objects.filter(pk__in=changed, is_withdrawn=False)
    names = [f"{row.masked_name}（{place_name(row.division_code)}）" for row in rows]
    homes = changed - {row.pk for row in rows}
    return [*names, f"其中{len(homes)}处房屋或户"] if homes else names


def undo(setting: Setting, batch_id: UUID, ids: Sequence[UUID]) -> None:
    """Withdraw the residents of a chunk and what linked them; nothing that tells who they are stays."""
    if names := touched(setting, batch_id, ids):
        raise Conflict(f"{'、'.join(names[:5])}刚被改动或使用。")
    withdraw_arrivals(ids, actor=setting.by, stamp=stamp_of(setting, batch_id))


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
        house=row.text("house") or row.text("dwelling"),
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


def _key(facts: ResidentFacts) -> object:
    """Return what tells whether a line means someone who stands: his ID number, without one all that is told."""
    return facts.id_number or _bare(facts)


def _known(actor: Actor, told: Sequence[ResidentFacts]) -> dict[object, Resident]:
    """Return the residents whom lines mean, by the key of the line."""
    numbered = holders_of(actor.town, (facts.id_number for facts in told if facts.id_number))
    alike = _registered_alike(actor, [facts for facts in told if not facts.id_number])
    known: dict[object, Resident] = {number: row for number, row in numbered.items()}
    return known | alike


def _planned(
    facts: ResidentFacts, home: Home, known: Resident | None, stood: Standing, actor: Actor
) -> Arrival | None:
    """Return what is to be written of a line, None where all of it stands; raises InvalidInput where it contradicts."""
    if known is None:
        return Arrival(facts, stood.checked(home, facts))
    told = replace(facts, house="") if is_address(home, facts) else facts
    if not _is_same(known, told):
        raise InvalidInput("", fields={"id_number": _say_known(known, actor)})
    left = stood.left_of(known, home, facts)
    return Arrival(facts, left, resident_id=known.pk) if left != Home() else None


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


def _registered_alike(actor: Actor, told: Sequence[ResidentFacts]) -> dict[object, Resident]:
    """Return those without an ID number who stand already, all alike: the same sheet sent again adds nobody (U14)."""
    wanted = sorted({digest_of(actor.town, sought(facts.name).words[0]) for facts in told})
    asked = {_bare(facts) for facts in told}
    found: dict[object, Resident] = {}
    for start in range(0, len(wanted), 500):
        keys = ResidentKey.objects.filter(digest__in=wanted[start : start + 500], resident__town=actor.town)
        for key in keys.select_related("resident"):
            if (bare := _bare(facts_of(key.resident))) in asked:
                found.setdefault(bare, key.resident)
    return found


def _bare(facts: ResidentFacts) -> ResidentFacts:
    return facts if facts.id_number else replace(facts, id_kind="")


def _notes(plans: Iterable[object | None]) -> list[str]:
    arrivals = [plan for plan in plans if isinstance(plan, Arrival)]
    new = [arrival.facts for arrival in arrivals if arrival.resident_id is None]
    unsure = sum(1 for facts in new if not facts.id_number)
    names = Counter((facts.name, facts.division_code) for facts in new if not facts.id_number)
    twice = [mask_name(name) for (name, _), count in names.items() if count > 1]
    notes = [f"有{unsure}人没有证件号码，系统认不出是否与已登记的人重复。"] if unsure else []
    notes += [f"表里有同村同名又没有证件号码的：{'、'.join(twice[:5])}，请核对。"] if twice else []
    return [*notes, *home_notes(arrivals)]


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
        help="一人一行。有门牌号的，同时登记房屋、关联到人；有户编号或与户主关系的，同时立户。个人信息加密保存，上传的文件读完即清除。",
        chunk_rows=CHUNK,
    )
)
