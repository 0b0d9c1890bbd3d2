"""From review to force: another person reviews, a meeting decides, and a version is added; or the text is repealed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction

from banjie.base.actor import Actor
from banjie.base.clock import local_day
from banjie.base.errors import Conflict, InvalidInput, NotAllowed
from banjie.files.actions import Admitted, deed_of
from banjie.ledger.actions import prepared_once, record_all
from banjie.ledger.record import Deed, Stamp
from banjie.rulebook.actions.adding import Decision, prepare, record_versions, shelf_of
from banjie.rulebook.actions.drafting import (
    MANAGE,
    check_drafts,
    check_same,
    drafts_in,
    lock_drafts,
    parsed,
    require,
    want_paper,
)
from banjie.rulebook.editing import with_repeal
from banjie.rulebook.models import OPEN_STATES, DraftState, RuleDraft, TextVersion
from banjie.rulebook.queries import quotas_on, starting_point
from banjie.rulebook.text import Section, Text

REVIEW = "rulebook.review_rules"
DECIDE = "rulebook.decide_rules"
_IN_REVIEW = frozenset({DraftState.IN_REVIEW})
_REVIEWED = frozenset({DraftState.REVIEWED})


@dataclass(frozen=True)
class Advice:
    """The paper of an adviser (法律顾问, 司法所) who does not log in, as it was handed in."""

    adviser: str
    paper: Admitted


@dataclass(frozen=True)
class _Ready:
    """Versions that passed their check outside any lock, and how many versions there were then."""

    versions: Sequence[TextVersion]
    count: int

    def record(self, stamp: Stamp, *, first: Sequence[Deed] = ()) -> None:
        """Write the versions. Raises Conflict when another was added since: they were not checked together."""
        if TextVersion.objects.count() != self.count:
            raise Conflict("刚刚有别的制度文本生效或登记。请再点一次，系统按新的情况重新核对。")
        record_versions(self.versions, stamp, first=first)


def review_draft(
    actor: Actor,
    stamp: Stamp,
    *,
    draft_id: UUID,
    is_passed: bool,
    words: str,
    advice: Advice | None = None,
) -> RuleDraft:
    """Pass a draft and its batch for their legality, or send them back with the reason.

    Raises NotAllowed for the author, who may only write down (代录) what an adviser's paper says.
    """
    require(actor, REVIEW if advice is None else MANAGE, to_do="作合法性审查")
    if not is_passed and not words.strip():
        raise InvalidInput("退回要写明理由，起草人才知道怎么改。", fields={"words": "请写退回的理由"})
    checked = drafts_in(actor, draft_id, _IN_REVIEW, to_do="审查")
    if advice is None and any(one.author_id == actor.id for one in checked):
        raise NotAllowed("起草人不能审查自己的草案。请另一人审查，或附上法律顾问、司法所的书面意见代录。")
    if is_passed:
        check_drafts(checked, stamp)
    with transaction.atomic():
        drafts = lock_drafts(actor, draft_id, _IN_REVIEW, to_do="审查")
        check_same(drafts, checked)
        _record_review(drafts, stamp, is_passed=is_passed, words=words, advice=advice)
    return drafts[0]


def decide_draft(
    actor: Actor, stamp: Stamp, *, draft_id: UUID, meeting: str, document: str, from_on: date
) -> TextVersion:
    """Write down that a meeting decided a reviewed draft and its batch: from their day the versions are in force.

    Raises InvalidInput without meeting or document number or for a day that is past, BadText where the rulebook has
    changed so that the draft no longer fits, Conflict when the town's own text has a newer version than the draft's.
    """
    require(actor, DECIDE, to_do="登记制度的决定")
    decision = _decision(actor, stamp, meeting=meeting, document=document, from_on=from_on)

    def ready() -> _Ready:
        drafts = drafts_in(actor, draft_id, _REVIEWED, to_do="登记决定")
        told = replace(decision, reviewed_by=drafts[0].reviewed_by)
        ready = _ready(drafts[0].town, [draft.read for draft in drafts], day=from_on, decision=told)
        for draft, version in zip(drafts, ready.versions, strict=True):
            version.draft_id = draft.pk
        return ready

    def act(ready: _Ready) -> RuleDraft:
        drafts = lock_drafts(actor, draft_id, _REVIEWED, to_do="登记决定")
        deeds = []
        for draft, version in zip(drafts, ready.versions, strict=True):
            _check_base(draft, stamp)
            changes = {"state": DraftState.DECIDED, "version_id": version.pk}
            words = f"{meeting}决定{draft.title}，自{from_on}起施行"
            deeds.append(Deed("rulebook.draft_decided", draft, changes=changes, words=words))
        ready.record(stamp, first=deeds)
        return drafts[0]

    prepared_once(stamp, ready, act, again=lambda decided_id: RuleDraft.objects.get(pk=decided_id))
    return TextVersion.objects.get(draft_id=draft_id)


def withdraw_draft(actor: Actor, stamp: Stamp, *, draft_id: UUID, reason: str = "") -> RuleDraft:
    """Take back a draft that has not been decided, and its batch; new ones may then be started."""
    require(actor, MANAGE, to_do="撤回制度草案")
    with transaction.atomic():
        drafts = lock_drafts(actor, draft_id, OPEN_STATES, to_do="撤回")
        why = f"：{reason.strip()}" if reason.strip() else ""
        changes = {"state": DraftState.WITHDRAWN}
        deeds = [
            Deed("rulebook.draft_withdrawn", draft, changes=changes, words=f"撤回{draft.title}{why}")
            for draft in drafts
        ]
        record_all(deeds, stamp)
    return drafts[0]


def repeal_text(
    actor: Actor,
    stamp: Stamp,
    *,
    section: Section,
    key: str,
    meeting: str,
    document: str,
    from_on: date,
) -> TextVersion:
    """Repeal a town's own text from a day (废止): the county's or the shipped one rules again, if there is one.

    Raises Conflict where the town has none, BadText where something that stays would be left without its rule.
    """
    require(actor, DECIDE, to_do="登记制度的废止")
    decision = _decision(actor, stamp, meeting=meeting, document=document, from_on=from_on)

    def ready() -> _Ready:
        base = starting_point(actor.town, section, key, on=local_day(stamp.recorded_at))
        if base is None or base.owner_code != actor.town:
            raise Conflict("本镇没有自己的这个制度，不必废止。要改出厂或县里的制度，请起草本镇的。")
        text = parsed(section, key, with_repeal(base.text, file=f"{section}/{key}.md"))
        return _ready(actor.town, [text], day=from_on, decision=decision)

    def act(ready: _Ready) -> TextVersion:
        ready.record(stamp)
        return ready.versions[0]

    return prepared_once(stamp, ready, act, again=lambda version_id: TextVersion.objects.get(pk=version_id))


def _ready(town: str, texts: Sequence[Text], *, day: date, decision: Decision) -> _Ready:
    count = TextVersion.objects.count()
    return _Ready(prepare(shelf_of(town), texts, day=day, decision=decision), count)


def _decision(actor: Actor, stamp: Stamp, *, meeting: str, document: str, from_on: date) -> Decision:
    """Return by what it is decided. Raises InvalidInput where something is missing or the day is past."""
    is_past = from_on < local_day(stamp.recorded_at)
    others = {"from_on": "施行日期不能早于今天：已经发生的事按当时的制度算"} if is_past else {}
    want_paper(meeting, document, **others)
    return Decision(meeting.strip(), document.strip(), at=stamp.happened_at, by=actor.id)


def _check_base(draft: RuleDraft, stamp: Stamp) -> None:
    """Raise Conflict when the town's own text went on while the draft was under way."""
    base = starting_point(draft.town, Section(draft.section), draft.key, on=local_day(stamp.recorded_at))
    if base is not None and base.owner_code == draft.town and base.pk != draft.base_id:
        raise Conflict(f"起草以后，本镇的这个制度已经有了新版本（{base}）。请撤回草案，从新版本重新起草。")


def _record_review(
    drafts: Sequence[RuleDraft], stamp: Stamp, *, is_passed: bool, words: str, advice: Advice | None
) -> None:
    state = DraftState.REVIEWED if is_passed else DraftState.SENT_BACK
    changes: dict[str, object] = {
        "state": state,
        "reviewed_by": stamp.by,
        "reviewed_at": stamp.recorded_at,
        "review_words": words.strip(),
        "adviser": advice.adviser.strip() if advice else "",
    }
    deeds = []
    if advice is not None:
        if not advice.adviser.strip():
            raise InvalidInput(
                "没有写出具意见的人。请写法律顾问或司法所。", fields={"adviser": "请写姓名或单位"}
            )
        quotas = quotas_on(drafts[0].town, local_day(stamp.recorded_at))
        paper = deed_of(advice.paper, quotas=quotas, stamp=stamp)
        changes["review_file_id"] = paper.subject.pk
        deeds.append(paper)
    name = "rulebook.draft_reviewed" if is_passed else "rulebook.draft_sent_back"
    why = f"：{words.strip()}" if words.strip() else ""
    told = [Deed(name, one, changes=changes, words=f"{state.label}{one.title}{why}") for one in drafts]
    record_all([*told, *deeds], stamp)
