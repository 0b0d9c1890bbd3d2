"""Register the drafts that are ticked, one by one: what is refused stays as a draft with its complaint."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from banjie.base.clock import BEIJING
from banjie.base.errors import BanjieError, Conflict, InvalidInput
from banjie.cases.actions import Occasion
from banjie.cases.settings import setting
from banjie.cases.vocabulary import Channel, Sensitivity
from banjie.desk.drafts.keeping import PASTED
from banjie.desk.intake.counter import Counter
from banjie.desk.intake.filing import Then, file_case
from banjie.desk.intake.forms import MOMENTS
from banjie.desk.intake.paste.forms import PastedForm
from banjie.desk.intake.paste.keeping import PastedDraft, drop_pasted
from banjie.desk.intake.paste.pictures import attach_pictures
from banjie.people.queries import StaffActor
from banjie.rulebook.setting_keys import SettingKey

DEFAULT_GROUND = "整理旧来信补录"


@dataclass(frozen=True)
class ForAll:
    """What is said once for all drafts that need it: the reason of old ones, the place of those without."""

    ground: str = ""
    place: str = ""


@dataclass(frozen=True)
class Outcome:
    """What came of registering: the numbers that were given, and what each refused draft says."""

    numbers: tuple[str, ...]
    refused: Mapping[str, str]


def register_all(
    counter: Counter, by: StaffActor, forms: Sequence[PastedForm], *, owner: UUID, for_all: ForAll
) -> Outcome:
    """Register each draft in a transaction of its own; its draft goes with it, so that a repeat finds nothing to do."""
    numbers: list[str] = []
    refused: dict[str, str] = {}
    for form in forms:
        try:
            numbers.append(_register(counter, by, form, for_all=for_all))
        except BanjieError as refusal:
            refused[form.draft.mark] = refusal.message
            continue
        drop_pasted(owner, [form.draft.mark])
    return Outcome(tuple(numbers), refused)


def is_back_dated(counter: Counter, draft: PastedDraft) -> bool:
    """Tell whether the draft was told longer ago than the rulebook lets pass without a reason (补录)."""
    told = told_moment(draft)
    return told is not None and counter.at - told > setting(counter.rules, SettingKey.BACKDATING_SPAN, _SPAN)


def told_moment(draft: PastedDraft) -> datetime | None:
    """Return when it was told, as the register form writes it on the office's clock."""
    try:
        return datetime.strptime(draft.told("happened_at"), MOMENTS[0]).replace(tzinfo=BEIJING)
    except ValueError:
        return None


def _register(counter: Counter, by: StaffActor, form: PastedForm, *, for_all: ForAll) -> str:
    if not form.is_valid():
        raise InvalidInput("类型、地点或类别已不在列表里。请打开这一件，在登记表里选。")
    place = form.cleaned_data["place"] or for_all.place
    if place not in dict(counter.places):
        raise InvalidInput("还没有选村（社区）。请在这一件里选，或在下面给没有认出地点的各件选一个。")
    draft = form.draft
    if draft.told("for_whom"):
        raise InvalidInput("这一件是代录。请打开登记表登记。")
    occasion = Occasion(
        by=by,
        at=counter.at,
        happened_at=told_moment(draft),
        ground=draft.told("ground") or (for_all.ground if is_back_dated(counter, draft) else ""),
        client_key=str(draft.id),
    )
    chosen = {name: form.cleaned_data[name] for name in ("kind", "category")}
    told = _told(draft) | chosen | {"place": place}
    case = file_case(counter, occasion, told=told, then=Then.REGISTER)
    try:
        attach_pictures(counter, case, replace(occasion, happened_at=None), key=f"{PASTED}{draft.mark}")
    except BanjieError as refusal:
        again = "草稿还在：再按一次登记只补图片，不会重复登记。"
        raise Conflict(f"已登记为{case.number}，图片没有附上：{refusal.message}{again}") from refusal
    return case.number


def _told(draft: PastedDraft) -> dict[str, Any]:
    """Return the draft's fields as the register form would clean them; a name without a person stays in words."""
    told: dict[str, Any] = {name: str(value) for name, value in draft.fields.items()}
    told["resident_id"] = UUID(told["resident_id"]) if told.get("resident_id") else None
    told["channel"] = told.get("channel") or Channel.WECHAT
    told["sensitivity"] = told.get("sensitivity") or Sensitivity.ORDINARY
    said_by = told.get("asker", "") if not (told["resident_id"] or told.get("new_name")) else ""
    loose = [said_by, *([told.get("new_phone", "")] if not told.get("new_name") else [])]
    if words := " ".join(word for word in loose if word and not told["resident_id"]):
        told["text"] = f"{told.get('text', '')}\n（诉求人自称：{words}）".strip()
    return told


_SPAN = type(datetime.max - datetime.min)
