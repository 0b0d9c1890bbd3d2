"""Every write of residents: register, correct, reveal; their look-up keys come in the same transaction."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.db import IntegrityError, transaction

from banjie.base.actor import Actor
from banjie.base.clock import local_day
from banjie.base.errors import Conflict, InvalidInput, NotAllowed
from banjie.ledger.actions import once, record, record_all
from banjie.ledger.record import Deed, Stamp
from banjie.places.queries import grids_visible_to
from banjie.residents.facts import LABELS, Correction, ResidentFacts, checked
from banjie.residents.key_rows import drop_keys, facts_of, write_keys
from banjie.residents.models import SEALED, Resident
from banjie.residents.queries import ResidentHit, hits_of, holders_of, resident_for, visible_to


class AlreadyRegistered(Conflict):
    """The ID number stands in this town already; `hit` is who bears it, if the actor may see him."""

    def __init__(self, message: str, *, hit: ResidentHit | None) -> None:
        super().__init__(message)
        self.hit = hit


def register_resident(facts: ResidentFacts, *, actor: Actor, stamp: Stamp) -> Resident:
    """登记群众: create a resident and the keys by which he is found.

    Raises InvalidInput by field, AlreadyRegistered when the town holds the ID number, NotAllowed without the right
    residents.register_resident. A repeat of the stamp's client key returns the first resident.
    """
    require(actor, "residents.register_resident")
    told = checked(facts, on=local_day(stamp.recorded_at))
    try:
        return once(
            stamp,
            lambda: _register([told], actor=actor, stamp=stamp)[0],
            again=lambda earlier: resident_for(actor, earlier),
        )
    except IntegrityError:
        refuse_doubles(actor, [told])
        raise


def register_residents(many: Sequence[ResidentFacts], *, actor: Actor, stamp: Stamp) -> list[Resident]:
    """Register many residents in one transaction, all or none, an entry for each; the stamp's client key is not used.

    Raises InvalidInput whose fields are "row.field" (rows from 1), and AlreadyRegistered for the first known ID number.
    """
    require(actor, "residents.register_resident")
    told = _all_checked(many, stamp)
    try:
        with transaction.atomic():
            return _register(told, actor=actor, stamp=replace(stamp, client_key="", content=None))
    except IntegrityError:
        refuse_doubles(actor, told)
        raise


def correct_resident(
    resident_id: UUID, correction: Correction, *, actor: Actor, stamp: Stamp, words: str = ""
) -> Resident:
    """更正群众信息: change what was told wrongly or has changed; `words` says why.

    Raises NotFound outside the scope, InvalidInput by field, AlreadyRegistered, NotAllowed without the right
    residents.correct_resident. What is told as it stands already writes no entry.
    """
    require(actor, "residents.correct_resident")
    try:
        return once(
            stamp,
            lambda: _correct(resident_id, correction, actor=actor, stamp=stamp, words=words),
            again=lambda earlier: resident_for(actor, earlier),
        )
    except IntegrityError as broken:
        raise Conflict("该证件号码刚被登记在另一人名下。请重新查找后再更正。") from broken


def reveal_resident(
    resident: Resident, parts: Collection[str], *, reason: str, actor: Actor, stamp: Stamp
) -> Mapping[str, str]:
    """查看完整信息: return name, phone, id_number or house in clear and enter who looked and why (T19, U12).

    Raises InvalidInput without a reason, NotFound outside the scope, NotAllowed without residents.reveal_resident.
    """
    require(actor, "residents.reveal_resident")
    if not parts or not set(parts) <= set(SEALED):
        raise InvalidInput("请选择要查看的项：姓名、联系电话、证件号码或住址")
    if not reason.strip():
        raise InvalidInput("查看完整的个人信息要写明用途，如：回访联系", fields={"reason": "请写明用途"})
    resident = resident_for(actor, resident.pk)
    asked = [part for part in SEALED if part in parts]
    shown = {part: resident.opened(part) for part in asked}
    words = f"查看{'、'.join(LABELS[part] for part in asked)}：{reason.strip()}"

    def reveal() -> Mapping[str, str]:
        record(Deed("resident.revealed", resident, words=words), stamp)
        return shown

    return once(stamp, reveal, again=lambda _: shown)


def _register(told: Sequence[ResidentFacts], *, actor: Actor, stamp: Stamp) -> list[Resident]:
    """Check scope and doubles, write keys and then rows with their entries, inside the caller's transaction."""
    refuse_foreign(actor, told)
    refuse_doubles(actor, told)
    residents = [Resident(town=actor.town) for _ in told]
    deeds = [
        Deed("resident.registered", row, changes=columns_of(row, facts))
        for row, facts in zip(residents, told, strict=True)
    ]
    write_keys(zip(residents, told, strict=True))
    record_all(deeds, stamp)
    return residents


def _correct(
    resident_id: UUID, correction: Correction, *, actor: Actor, stamp: Stamp, words: str
) -> Resident:
    resident_for(actor, resident_id)
    row = Resident.objects.select_for_update(no_key=True).get(pk=resident_id)
    before = facts_of(row)
    after = checked(correction.applied_to(before), on=local_day(stamp.recorded_at))
    changed = [name for name in before.__dataclass_fields__ if getattr(before, name) != getattr(after, name)]
    if not changed:
        return row
    refuse_foreign(actor, [after])
    if "id_number" in changed:
        refuse_doubles(actor, [after])
    columns = {SEALED.get(name, name) for name in changed}
    changes = {column: value for column, value in columns_of(row, after).items() if column in columns}
    drop_keys(row, before)
    write_keys([(row, after)])
    record(Deed("resident.corrected", row, changes=changes, words=words.strip()), stamp)
    return row


def columns_of(row: Resident, facts: ResidentFacts) -> dict[str, object]:
    """Return the columns that hold these facts, sealed to this row."""
    sealed = {column: row.sealed(column, getattr(facts, part)) for part, column in SEALED.items()}
    return sealed | {
        "division_code": facts.division_code,
        "grid_id": facts.grid_id,
        "id_kind": facts.id_kind,
        "outer_code": facts.outer_code,
    }


def _all_checked(many: Sequence[ResidentFacts], stamp: Stamp) -> list[ResidentFacts]:
    """Check every row and each number against the others; raises one InvalidInput with "row.field" for all of them."""
    told: list[ResidentFacts] = []
    complaints: dict[str, str] = {}
    seen: dict[str, int] = {}
    for row, facts in enumerate(many, start=1):
        try:
            told.append(checked(facts, on=local_day(stamp.recorded_at)))
        except InvalidInput as wrong:
            complaints |= {f"{row}.{name}": message for name, message in wrong.fields.items()}
            continue
        number = told[-1].id_number
        if number and seen.setdefault(number, row) != row:
            complaints[f"{row}.id_number"] = f"证件号码与第{seen[number]}行相同，请只留一行"
    if complaints:
        first, message = next(iter(complaints.items()))
        row_number = first.partition(".")[0]
        raise InvalidInput(
            f"共{len(complaints)}处要改，第一处在第{row_number}行：{message}", fields=complaints
        )
    return told


def refuse_foreign(actor: Actor, told: Iterable[ResidentFacts]) -> None:
    """Raise InvalidInput where a village lies outside the actor's scope, or a grid in another village."""
    places = {(facts.division_code, facts.grid_id) for facts in told}
    for division_code, _ in places:
        if not (division_code.startswith(actor.town) and division_code.startswith(actor.scope)):
            message = "所在村（社区）不在您的管辖范围内，请从列表中选择；确要登记，请联系镇便民服务窗口"
            raise InvalidInput(message, fields={"division_code": message})
    gridded = {grid_id: division_code for division_code, grid_id in places if grid_id}
    if not gridded:
        return
    known = dict(grids_visible_to(actor).values_list("pk", "division_code"))
    if any(known.get(grid_id) != code for code, grid_id in places if grid_id):
        message = "网格不属于所选的村（社区），请重新选择网格"
        raise InvalidInput(message, fields={"grid_id": message})


def refuse_doubles(actor: Actor, told: Iterable[ResidentFacts]) -> None:
    """Raise AlreadyRegistered where the town holds one of these ID numbers; out of scope it says no more than that."""
    holders = holders_of(actor.town, (facts.id_number for facts in told if facts.id_number))
    if not holders:
        return
    holder = next(iter(holders.values()))
    if not visible_to(actor).filter(pk=holder.pk).exists():
        raise AlreadyRegistered("该证件号码已在本镇其他村（社区）登记。请联系镇便民服务窗口核对。", hit=None)
    hit = hits_of([holder])[0]
    shown = "，".join(part for part in (hit.name, hit.phone, hit.village) if part)
    raise AlreadyRegistered(f"该证件号码已登记在本镇：{shown}。请直接选用，不要重复登记。", hit=hit)


def require(actor: Actor, deed: str) -> None:
    """Raise NotAllowed without the right to a deed."""
    if not actor.may(deed):
        raise NotAllowed("您的岗位不能办这件事。需要时请联系便民服务窗口或系统管理员。", ground=deed)
