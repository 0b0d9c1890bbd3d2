"""Drafts of a town's texts: started from what rules, changed value by value or sentence by sentence, sent to review."""

from collections.abc import Callable
from uuid import UUID

from django.db import IntegrityError, transaction

from banjie.base.actor import Actor
from banjie.base.clock import local_day
from banjie.base.declarations import REGISTRY, RuleType
from banjie.base.errors import Conflict, InvalidInput, NotAllowed
from banjie.ledger.actions import once, record
from banjie.ledger.record import Deed, Stamp
from banjie.rulebook.actions.adding import brought_in, shelf_of
from banjie.rulebook.editing import with_examples_reworked, with_prose, with_value, without_value
from banjie.rulebook.findings import BadText, Place
from banjie.rulebook.laws import Bounds, breaches, say_measure
from banjie.rulebook.models import UNDER_WORK, DraftState, RuleDraft
from banjie.rulebook.queries import draft_for, rules_on, starting_point
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
    if not basis.strip():
        raise InvalidInput("没有写依据。请写法律条款、文件号或会议。", fields={"basis": "请写依据"})

    def change(draft: RuleDraft) -> str:
        _check_value(draft, name, raw, stamp=stamp)
        source = with_value(draft.text, name, raw=raw, basis=basis.strip(), file=draft.read.file)
        return _reworked(draft, source)

    return _changed(actor, stamp, draft_id, change, words=f"改参数 {name}")


def drop_value(actor: Actor, stamp: Stamp, *, draft_id: UUID, name: str) -> RuleDraft:
    """Take a value out of a draft; its sentence is then to be taken out of the prose too."""

    def change(draft: RuleDraft) -> str:
        return without_value(draft.text, name, file=draft.read.file)

    return _changed(actor, stamp, draft_id, change, words=f"删参数 {name}")


def set_prose(actor: Actor, stamp: Stamp, *, draft_id: UUID, prose: str) -> RuleDraft:
    """Write the prose of a draft anew, its marks with it."""

    def change(draft: RuleDraft) -> str:
        return with_prose(draft.text, prose, file=draft.read.file)

    return _changed(actor, stamp, draft_id, change, words="改正文")


def set_source(actor: Actor, stamp: Stamp, *, draft_id: UUID, source: str) -> RuleDraft:
    """Put a whole text, such as a file edited elsewhere, in place of a draft's. Raises BadText if it cannot be read."""
    return _changed(actor, stamp, draft_id, lambda _: source.replace("\r\n", "\n"), words="换全文")


def submit_draft(actor: Actor, stamp: Stamp, *, draft_id: UUID) -> RuleDraft:
    """Send a draft to legality review (合法性审查). Raises BadText with every finding, Conflict without a change."""
    require(actor, MANAGE, to_do="送审制度草案")
    checked = draft_in(actor, draft_id, UNDER_WORK, to_do="送审")
    check_draft(checked, stamp)
    with transaction.atomic():
        draft = lock_draft(actor, draft_id, UNDER_WORK, to_do="送审")
        check_same(draft, checked)
        changes = {"state": DraftState.IN_REVIEW, "submitted_at": stamp.recorded_at}
        record(Deed("rulebook.draft_submitted", draft, changes=changes, words=f"送审{draft.title}"), stamp)
    return draft


def require(actor: Actor, deed: str, *, to_do: str) -> None:
    """Raise NotAllowed unless one of the actor's posts carries the right to `deed`."""
    if not actor.may(deed):
        raise NotAllowed(f"您的岗位不能{to_do}。请联系党政办。", ground=deed)


def draft_in(actor: Actor, draft_id: UUID, states: frozenset[DraftState], *, to_do: str) -> RuleDraft:
    """Return a draft of the actor's town; NotFound for any other, Conflict when it stands in none of the states."""
    return _standing(draft_for(actor, draft_id), states, to_do=to_do)


def lock_draft(actor: Actor, draft_id: UUID, states: frozenset[DraftState], *, to_do: str) -> RuleDraft:
    """Do as `draft_in`, and lock the draft."""
    draft = RuleDraft.objects.select_for_update(no_key=True).get(pk=draft_for(actor, draft_id).pk)
    return _standing(draft, states, to_do=to_do)


def check_same(draft: RuleDraft, checked: RuleDraft) -> None:
    """Raise Conflict where a draft was changed after it was checked: the check takes long and needs no lock."""
    if draft.text != checked.text:
        raise Conflict("草案刚刚被别人改过。请刷新页面，看过改动再办。")


def check_draft(draft: RuleDraft, stamp: Stamp) -> None:
    """Raise BadText with every finding that a draft would bring in today, Conflict when it changes nothing."""
    text, today = draft.read, local_day(stamp.recorded_at)
    ruling = rules_on(draft.town, today).editions.get((text.section, text.key))
    if ruling is not None and ruling.source == text.source:
        raise Conflict("草案和现行文本一样，没有改动。请先修改，或撤回草案。")
    if findings := brought_in(shelf_of(draft.town), [text], day=today):
        raise BadText(findings)


def parsed(section: Section, key: str, source: str) -> Text:
    """Read a text under the name of its file. Raises BadText."""
    if not source.strip():
        raise InvalidInput("还没有这个制度。请写上标题、类型和正文再起草。", fields={"source": "请写全文"})
    return parse_text(section, key, source=source, file=f"{section}/{key}.md")


def _standing(draft: RuleDraft, states: frozenset[DraftState], *, to_do: str) -> RuleDraft:
    if draft.state not in states:
        raise Conflict(f"这份草案现在是“{DraftState(draft.state).label}”，不能{to_do}。请刷新页面核对。")
    return draft


def _changed(
    actor: Actor, stamp: Stamp, draft_id: UUID, change: Callable[[RuleDraft], str], *, words: str
) -> RuleDraft:
    require(actor, MANAGE, to_do="修改制度草案")
    with transaction.atomic():
        draft = lock_draft(actor, draft_id, UNDER_WORK, to_do="修改")
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
    found = list(breaches(Bounds(bounds), name, value=value, said=say_measure(value), place=place))
    if found:
        message = "；".join(f"{one.fault}。{one.remedy}" for one in found) + "。"
        raise InvalidInput(message, fields={"value": message})


def _declared(text: Text) -> RuleType:
    if text.type not in REGISTRY.rule_types:
        raise InvalidInput(f"程序不认识类型 {text.type}。请先改成已有的类型。")
    return REGISTRY.rule_types[text.type]


def _reworked(draft: RuleDraft, source: str) -> str:
    text = parsed(Section(draft.section), draft.key, source)
    return with_examples_reworked(text, _declared(text))
