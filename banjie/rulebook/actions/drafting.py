"""Drafts of a town's texts: started from what rules, changed value by value or sentence by sentence, sent to review."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from banjie.base.actor import Actor
from banjie.base.clock import local_day
from banjie.base.declarations import REGISTRY, RuleType
from banjie.base.errors import Conflict, InvalidInput, NotAllowed
from banjie.ledger.actions import once, record, record_all
from banjie.ledger.record import Deed, Stamp
from banjie.rulebook.actions.adding import brought_in, shelf_of
from banjie.rulebook.editing import (
    with_confirmed,
    with_examples_reworked,
    with_prose,
    with_title,
    with_value,
    without_broken_examples,
    without_value,
)
from banjie.rulebook.findings import BadText, Place
from banjie.rulebook.laws import Bounds, breaches, say_measure
from banjie.rulebook.models import UNDER_WORK, DraftState, RuleDraft
from banjie.rulebook.queries import draft_for, mates_of, rules_on, starting_point
from banjie.rulebook.shelf import is_key
from banjie.rulebook.text import Section, Text, parse_text

MANAGE = "rulebook.manage_rules"


def start_draft(actor: Actor, stamp: Stamp, *, section: Section, key: str, source: str = "") -> RuleDraft:
    """Start a draft of a text: from the town's newest version, else from what rules, or from a `source` of its own.

    Raises Conflict while another draft of the same text is open, InvalidInput for a law: those are not the town's.
    """
    require(actor, MANAGE, to_do="起草制度")
    if section is Section.LAWS:
        raise InvalidInput("上位法不由镇里起草。请联系县里，或等程序升级。")
    if not is_key(key):
        raise InvalidInput("名称只用字母、数字、下划线或汉字。", fields={"key": "请换一个名称"})

    def act() -> RuleDraft:
        base = starting_point(actor.town, section, key, on=local_day(stamp.recorded_at))
        text = parsed(section, key, source or (base.text if base else ""))
        draft = RuleDraft(
            town=actor.town,
            section=section,
            key=key,
            title=text.title,
            text=text.source,
            base_id=base.pk if base else None,
            author_id=actor.id,
            started_at=stamp.recorded_at,
        )
        record(Deed("rulebook.draft_started", draft, words=f"起草{text.title}"), stamp)
        return draft

    try:
        return once(stamp, act, again=lambda draft_id: RuleDraft.objects.get(pk=draft_id))
    except IntegrityError:
        raise Conflict("这个制度已有一份没有了结的草案。请在那份草案上修改，或先撤回它。") from None


def set_value(actor: Actor, stamp: Stamp, *, draft_id: UUID, name: str, raw: object, basis: str) -> RuleDraft:
    """Change one value of a draft with its basis, or add it; examples that it made false are worked again.

    Raises InvalidInput for a value that cannot be read, that has no basis or that a law forbids, naming the article.
    """
    _want_basis(basis)

    def change(draft: RuleDraft) -> str:
        _check_value(draft, name, raw, stamp=stamp)
        source = with_value(draft.text, name, raw=raw, basis=basis.strip(), file=draft.read.file)
        return _reworked(draft, source)

    return change_draft(actor, stamp, draft_id, change, words=f"改参数 {name}")


def add_value(
    actor: Actor, stamp: Stamp, *, draft_id: UUID, name: str, raw: object, basis: str, prose: str
) -> RuleDraft:
    """Give a draft a value that it did not have, with the prose that prints it. Raises as `set_value`."""
    _want_basis(basis)

    def change(draft: RuleDraft) -> str:
        if name in draft.read.parameters:
            raise Conflict("这份草案已经有这个数值。请回到草案里改它的数。")
        _check_value(draft, name, raw, stamp=stamp)
        source = with_value(draft.text, name, raw=raw, basis=basis.strip(), file=draft.read.file)
        return with_prose(source, prose, file=draft.read.file)

    return change_draft(actor, stamp, draft_id, change, words=f"加参数 {name}")


def drop_value(
    actor: Actor, stamp: Stamp, *, draft_id: UUID, name: str, prose: str | None = None
) -> RuleDraft:
    """Take a value out of a draft, with the prose as it is without it; examples that named it go too."""

    def change(draft: RuleDraft) -> str:
        source = without_value(draft.text, name, file=draft.read.file)
        if prose is not None:
            source = with_prose(source, prose, file=draft.read.file)
        text = parsed(Section(draft.section), draft.key, source)
        return without_broken_examples(text, _declared(text))

    return change_draft(actor, stamp, draft_id, change, words=f"删参数 {name}")


def set_title(actor: Actor, stamp: Stamp, *, draft_id: UUID, title: str) -> RuleDraft:
    """Give a draft another title; what began under an older version is still cited by the older title."""
    title = title.strip()
    if not title:
        raise InvalidInput("没有写名称。请写上制度的名称。", fields={"title": "请写名称"})

    def change(draft: RuleDraft) -> str:
        return with_title(draft.text, title, file=draft.read.file)

    return change_draft(actor, stamp, draft_id, change, words=f"改名称为{title}")


def confirm_values(actor: Actor, stamp: Stamp, *, draft_id: UUID, meeting: str, document: str) -> RuleDraft:
    """Confirm every value of a draft that waits for the town as it stands, by a meeting and its paper.

    Raises Conflict where none waits, InvalidInput without meeting or document number.
    """
    want_paper(meeting, document)

    def change(draft: RuleDraft) -> str:
        source, count = with_confirmed(
            draft.text, meeting=meeting.strip(), document=document.strip(), file=draft.read.file
        )
        if not count:
            raise Conflict("这份草案里没有待镇里确定的数值。请回到草案核对。")
        return source

    return change_draft(actor, stamp, draft_id, change, words=f"按{meeting.strip()}确认待定的数值")


def set_prose(actor: Actor, stamp: Stamp, *, draft_id: UUID, prose: str) -> RuleDraft:
    """Write the prose of a draft anew, its marks with it."""

    def change(draft: RuleDraft) -> str:
        return with_prose(draft.text, prose, file=draft.read.file)

    return change_draft(actor, stamp, draft_id, change, words="改正文")


def set_source(actor: Actor, stamp: Stamp, *, draft_id: UUID, source: str) -> RuleDraft:
    """Put a whole text, such as a file edited elsewhere, in place of a draft's. Raises BadText if it cannot be read."""
    return change_draft(actor, stamp, draft_id, lambda _: source.replace("\r\n", "\n"), words="换全文")


def submit_draft(actor: Actor, stamp: Stamp, *, draft_id: UUID) -> RuleDraft:
    """Send a draft and its batch to legality review (合法性审查).

    Raises BadText with every finding, Conflict where one of them changes nothing.
    """
    require(actor, MANAGE, to_do="送审制度草案")
    checked = drafts_in(actor, draft_id, UNDER_WORK, to_do="送审")
    check_drafts(checked, stamp)
    with transaction.atomic():
        drafts = lock_drafts(actor, draft_id, UNDER_WORK, to_do="送审")
        check_same(drafts, checked)
        changes = {"state": DraftState.IN_REVIEW, "submitted_at": stamp.recorded_at}
        deeds = [
            Deed("rulebook.draft_submitted", draft, changes=changes, words=f"送审{draft.title}")
            for draft in drafts
        ]
        record_all(deeds, stamp)
    return drafts[0]


def require(actor: Actor, deed: str, *, to_do: str) -> None:
    """Raise NotAllowed unless one of the actor's posts carries the right to `deed`."""
    if not actor.may(deed):
        raise NotAllowed(f"您的岗位不能{to_do}。请联系党政办。", ground=deed)


def drafts_in(actor: Actor, draft_id: UUID, states: frozenset[DraftState], *, to_do: str) -> list[RuleDraft]:
    """Return a draft of the actor's town and those of its batch, itself first.

    Raises NotFound for a draft of another town, Conflict when it stands in none of the states.
    """
    return [_standing(one, states, to_do=to_do) for one in mates_of(draft_for(actor, draft_id))]


def lock_drafts(
    actor: Actor, draft_id: UUID, states: frozenset[DraftState], *, to_do: str
) -> list[RuleDraft]:
    """Do as `drafts_in`, and lock them."""
    found = [one.pk for one in drafts_in(actor, draft_id, states, to_do=to_do)]
    locked = {
        one.pk: one
        for one in RuleDraft.objects.select_for_update(no_key=True).filter(pk__in=found).order_by("pk")
    }
    return [_standing(locked[pk], states, to_do=to_do) for pk in found]


def check_same(drafts: Sequence[RuleDraft], checked: Sequence[RuleDraft]) -> None:
    """Raise Conflict where one was changed after it was checked: the check takes long and needs no lock."""
    if [(one.pk, one.text) for one in drafts] != [(one.pk, one.text) for one in checked]:
        raise Conflict("草案刚刚被别人改过。请刷新页面，看过改动再办。")


def check_drafts(drafts: Sequence[RuleDraft], stamp: Stamp) -> None:
    """Raise BadText with every finding that drafts would bring in today, Conflict when one changes nothing."""
    today, town = local_day(stamp.recorded_at), drafts[0].town
    editions = rules_on(town, today).editions
    for draft in drafts:
        ruling = editions.get((Section(draft.section), draft.key))
        if ruling is not None and ruling.source == draft.text:
            told = f"《{draft.title}》" if len(drafts) > 1 else ""
            raise Conflict(f"草案{told}和现行文本一样，没有改动。请先修改，或撤回草案。")
    if findings := brought_in(shelf_of(town), [draft.read for draft in drafts], day=today):
        raise BadText(findings)


def want_paper(meeting: str, document: str, **others: str) -> None:
    """Raise InvalidInput without a meeting or the number of its paper, or for what `others` are wrong in."""
    fields = {}
    if not meeting.strip():
        fields["meeting"] = "请写决定的会议，如 镇党委会2026年第12次"
    if not document.strip():
        fields["document"] = "请写发文字号，如 镇政发〔2026〕5号"
    fields |= others
    if fields:
        raise InvalidInput("；".join(fields.values()) + "。", fields=fields)


def parsed(section: Section, key: str, source: str) -> Text:
    """Read a text under the name of its file. Raises BadText."""
    if not source.strip():
        raise InvalidInput("还没有这个制度。请写上标题、类型和正文再起草。", fields={"source": "请写全文"})
    return parse_text(section, key, source=source, file=f"{section}/{key}.md")


def _want_basis(basis: str) -> None:
    if not basis.strip():
        raise InvalidInput("没有写依据。请写法律条款、文件号或会议。", fields={"basis": "请写依据"})


def _locked(actor: Actor, draft_id: UUID) -> RuleDraft:
    draft = RuleDraft.objects.select_for_update(no_key=True).get(pk=draft_for(actor, draft_id).pk)
    return _standing(draft, UNDER_WORK, to_do="修改")


def _standing(draft: RuleDraft, states: frozenset[DraftState], *, to_do: str) -> RuleDraft:
    if draft.state not in states:
        raise Conflict(f"这份草案现在是“{DraftState(draft.state).label}”，不能{to_do}。请刷新页面核对。")
    return draft


def change_draft(
    actor: Actor, stamp: Stamp, draft_id: UUID, change: Callable[[RuleDraft], str], *, words: str
) -> RuleDraft:
    """Put what `change` makes of a draft's text in its place. Raises BadText, Conflict when it may not change now."""
    require(actor, MANAGE, to_do="修改制度草案")
    with transaction.atomic():
        draft = _locked(actor, draft_id)
        text = parsed(Section(draft.section), draft.key, change(draft))
        changes = {"text": text.source, "title": text.title}
        record(Deed("rulebook.draft_changed", draft, changes=changes, words=words), stamp)
    return draft


def _check_value(draft: RuleDraft, name: str, raw: object, *, stamp: Stamp) -> None:
    """Raise InvalidInput for a value that its rule type cannot read or that a law in force forbids."""
    try:
        value = _declared(draft.read).parse(name, raw)
    except ValueError as error:
        raise InvalidInput(str(error), fields={"value": str(error)}) from None
    bounds = rules_on(draft.town, local_day(stamp.recorded_at)).bounds
    place = Place(draft.read.file, 1)
    kind = draft.key if draft.section == Section.KINDS else ""
    found = list(breaches(Bounds(bounds), name, value=value, said=say_measure(value), place=place, kind=kind))
    if found:
        told = [f"{one.fault.removeprefix(f'参数 {name} ')}。{one.remedy}" for one in found]
        message = "；".join(told) + "。"
        raise InvalidInput(message, fields={"value": message})


def _declared(text: Text) -> RuleType:
    if text.type not in REGISTRY.rule_types:
        raise InvalidInput(f"程序不认识类型 {text.type}。请先改成已有的类型。")
    return REGISTRY.rule_types[text.type]


def _reworked(draft: RuleDraft, source: str) -> str:
    text = parsed(Section(draft.section), draft.key, source)
    return with_examples_reworked(text, _declared(text))
