"""登记 and 当场办结: how a case begins, and how it may end at the counter."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, replace

from django.db import IntegrityError

from banjie.base.clock import local_day
from banjie.base.errors import Conflict, InvalidInput, NotAllowed
from banjie.cases.actions.checks import check_time
from banjie.cases.actions.doing import on_case
from banjie.cases.actions.underway import Underway, secrecy_problem
from banjie.cases.actions.voices import Word, voice_of
from banjie.cases.intake import Intake, filled
from banjie.cases.models import Case
from banjie.cases.occasion import Occasion
from banjie.cases.vocabulary import CONTENT, ClosingKind, Mark, Origin, Sensitivity, Speaker
from banjie.cases.workflow import STEPS, ClockName, State
from banjie.enterprises.queries import enterprise_for
from banjie.fields.declared import Stored, check_all
from banjie.ledger.actions import prepared_once
from banjie.ledger.record import Series
from banjie.people.queries import staff_of
from banjie.places.queries import check_division, grids_of
from banjie.residents.queries import resident_for
from banjie.rulebook.in_force import Rules
from banjie.rulebook.kinds import Kind
from banjie.rulebook.queries import rules_on

TOKEN_BYTES = 16
TITLE_LENGTH = 120
WITHHELD = "线外办理件"
"""The title of a case of which nothing but the number is kept here."""


def register_case(intake: Intake, occasion: Occasion) -> Case:
    """登记: give a request its number, its first asker and its first clock (S-001, S-033).

    A repeat of the client key returns the case that was registered first. Raises InvalidInput naming each field,
    NotAllowed when the person's roles may not raise this kind.
    """
    told = replace(occasion, content=asdict(intake))
    try:
        return prepared_once(
            told.stamp(),
            lambda: _about_to_register(intake, told),
            _register,
            again=lambda pk: Case.objects.get(pk=pk),
        )
    except IntegrityError:
        _refuse_known(intake, occasion.acting.town)
        raise


def settle_case(case: Case, occasion: Occasion, *, word: Word, result: str) -> Case:
    """当场办结: done at the counter and closed by the asker's own mark, in one deed (S-005).

    Raises InvalidInput when the asker is not content or his word bears no mark.
    """

    def act(underway: Underway) -> None:
        if not result.strip():
            raise InvalidInput("请写明怎么办的。", fields={"result": "请写明怎么办的。"})
        if word.said not in CONTENT:
            raise InvalidInput("诉求人还不满意，不能当场办结。请受理后派办。", fields={"said": "还不满意"})
        voice = voice_of(underway, word, speaker=Speaker.ASKER)
        if voice.mark == Mark.NONE:
            problem = "当场办结要有诉求人签字、手印、回执码，或见证人。"
            raise InvalidInput(problem, fields={"mark": problem})
        underway.touch(voice, {})
        at = underway.occasion.told_at
        acting = underway.occasion.acting
        ended = {
            "done_at": at,
            "closed_at": at,
            "closing_kind": ClosingKind.SOLVED,
            "said": word.said,
            "handler_id": acting.id,
            "responsible_id": acting.id,
        }
        underway.finish(changes=ended, words=result)

    return on_case(case, "settle_case", occasion, content=[asdict(word), result], act=act)


def _about_to_register(intake: Intake, occasion: Occasion) -> Underway:
    """Return the deed, checked and with its first clock, all but its number."""
    step = STEPS["register_case"]
    actor = occasion.acting
    occasion.check_ground()
    if not actor.may(step.permission):
        raise NotAllowed("您的岗位没有“登记”的权限。请到便民服务中心窗口登记。")
    rules = rules_on(actor.town, local_day(occasion.at))
    check_time(occasion, rules)
    kind = rules.kind(intake.kind)
    if not kind.raised_by & {role.value for role in actor.roles}:
        raise NotAllowed(f"您的岗位不能登记“{kind.title}”。请找党政办或窗口登记。")
    kept = _checked(intake, kind, rules, occasion)
    if kind.is_mirrored:
        _refuse_known(kept, actor.town)
    case = _new_case(kept, kind, occasion)
    underway = Underway(step, case, occasion, rules)
    underway.start(ClockName.ACCEPT)
    return underway


def _register(underway: Underway) -> Case:
    case, kind = underway.case, underway.rules.kind(underway.case.kind)
    year = local_day(underway.occasion.at).year
    series = Series(kind.key, year, "number", prefix=f"{kind.number_prefix}{year}-")
    underway.finish(number=series, words=case.text)
    return case


def _refuse_known(intake: Intake, town: str) -> None:
    """Refuse an outer number that is registered already, naming our own number of it."""
    outer = str(intake.outer_number or intake.extra.get("outer_number", ""))
    standing = Case.objects.filter(town=town, origin=Origin.MIRRORED, outer_number=outer).exclude(
        state=State.VOID
    )
    if known := standing.first():
        raise Conflict(
            f"{known.outer_system}{outer}已经登记为{known.number}，不要重复登记。请打开{known.number}办理。"
        )


def _checked(intake: Intake, kind: Kind, rules: Rules, occasion: Occasion) -> Intake:
    """Return the intake as it will be kept, or raise one InvalidInput that names every wrong field."""
    problems: dict[str, str] = {}
    extra: Mapping[str, Stored] = {}
    try:
        extra = check_all(kind.fields, intake.extra, on=local_day(occasion.at))
    except InvalidInput as wrong:
        problems |= wrong.fields
    told = filled(intake, kind, extra, rules)
    problems |= _problems(told, rules, occasion)
    if problems:
        raise InvalidInput("；".join(problems.values()), fields=problems)
    if told.sensitivity == Sensitivity.NUMBER_ONLY:
        return _bare(told)
    return replace(told, title=_title(told))


def _bare(intake: Intake) -> Intake:
    """Return what is kept of a number-only case: where it lies, and its number elsewhere."""
    nameless = replace(
        intake, resident_id=None, asker_staff_id=None, asker_code="", enterprise_id=None, grid_id=None
    )
    return replace(nameless, title=WITHHELD, text="", place_words="", category="", extra={})


def _problems(intake: Intake, rules: Rules, occasion: Occasion) -> dict[str, str]:
    problems: dict[str, str] = {}
    is_withheld = intake.sensitivity == Sensitivity.NUMBER_ONLY
    if not is_withheld and not (intake.title.strip() or intake.text.strip()):
        problems["text"] = "请写明诉求内容。"
    told = (intake.title, intake.text, intake.place_words, *map(str, intake.extra.values()))
    if problem := secrecy_problem("\n".join(told)):
        problems["text"] = problem
    if intake.category and not rules.categories.takes(intake.category):
        problems["category"] = "没有这个类别，或者已经停用。请从列表中选择。"
    if not intake.division_code.startswith(occasion.acting.town):
        problems["division_code"] = "请选择本镇的村（社区）。"
    if intake.grid_id and not grids_of(intake.division_code).filter(pk=intake.grid_id).exists():
        problems["grid_id"] = "这个网格不在所选的村（社区）。请重新选择。"
    asked_by = intake.asker_staff_id
    if asked_by and not staff_of(occasion.acting.town).filter(pk=asked_by).exists():
        problems["asker_staff_id"] = "没有找到交办人。请从列表中选择。"
    if intake.given_due_at and intake.given_due_at < occasion.told_at:
        problems["given_due_at"] = "给定的时限早于诉求时间。请核对。"
    return problems


def _new_case(intake: Intake, kind: Kind, occasion: Occasion) -> Case:
    actor = occasion.acting
    check_division(actor, intake.division_code)
    if intake.resident_id:
        resident_for(actor, intake.resident_id)
    if intake.enterprise_id:
        intake = replace(intake, enterprise_id=enterprise_for(actor, intake.enterprise_id).pk)
    return Case(
        **vars(intake),
        kind_version=kind.article,
        town=actor.town,
        origin=Origin.MIRRORED if kind.is_mirrored else Origin.OWN,
        state="",
        first_asker_id=occasion.by.id,
        responsible_id=occasion.by.id,
        happened_at=occasion.told_at,
        registered_at=occasion.at,
        token=secrets.token_urlsafe(TOKEN_BYTES),
    )


def _title(intake: Intake) -> str:
    """Return the title, or the first words of the text where none was given."""
    line = " ".join((intake.title.strip() or intake.text).split())
    return line if len(line) <= TITLE_LENGTH else f"{line[: TITLE_LENGTH - 1]}…"
