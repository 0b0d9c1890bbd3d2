"""What a deed's form offers to pick from: units, their people, those for whom something may be written down."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from banjie.cases.queries import Proposal, category_proposals, proposal_for
from banjie.cases.workflow import Step
from banjie.desk.cases.sight import Sight
from banjie.desk.cases.sorting import leaves_by_top, offered
from banjie.people.queries import StaffActor, posts_visible_to, staff_of, units_of
from banjie.people.rights import Role

Pair = tuple[str, str]
ASSIGNING = frozenset({"assign_case", "transfer_case"})
SORTING = frozenset({"accept_case", "assign_case"})
WORKING = frozenset(Role) - {
    Role.ADMINISTRATOR,
    Role.SECURITY_ADMINISTRATOR,
    Role.AUDIT_ADMINISTRATOR,
    Role.COUNTY_OBSERVER,
}


@dataclass(frozen=True)
class Choices:
    """The options of one form; empty where the deed asks for none."""

    units: Sequence[Pair] = ()
    staff_by_unit: Sequence[tuple[str, Sequence[Pair]]] = ()
    unit_of: dict[UUID, UUID] = field(default_factory=dict)
    proposed: Proposal | None = None
    people: Sequence[Pair] = ()
    category_proposals: Sequence[Pair] = ()
    categories: Sequence[tuple[str, Sequence[Pair]]] = ()
    is_for_another: bool = False


def choices_for(step: Step, sight: Sight, *, is_for_another: bool) -> Choices:
    """Return what the form of a deed offers; only deeds that hand a case on read units and posts."""
    town = sight.case.town
    may_record = sight.actor.may("cases.record_for_another")
    people = [(str(p.pk), p.name) for p in staff_of(town) if p.pk != sight.actor.id] if may_record else []
    proposals, categories = _categories(sight) if step.deed in SORTING else ((), ())
    if step.deed not in ASSIGNING:
        return Choices(
            people=people,
            category_proposals=proposals,
            categories=categories,
            is_for_another=is_for_another,
        )
    by_unit, unit_of = staff_by_unit(sight.actor)
    return Choices(
        units=[(str(unit.pk), unit.name) for unit in units_of(town)],
        staff_by_unit=by_unit,
        unit_of=unit_of,
        proposed=proposal_for(sight.case, sight.watch.rules, at=sight.watch.now),
        people=people,
        category_proposals=proposals,
        categories=categories,
        is_for_another=is_for_another,
    )


def _categories(sight: Sight) -> tuple[Sequence[Pair], Sequence[tuple[str, Sequence[Pair]]]]:
    """Return what the words of a case without a category propose, and the whole tree."""
    case, rules = sight.case, sight.watch.rules
    if case.category:
        return (), ()
    found = offered(rules.categories, category_proposals(case.town, case.title, case.text, rules=rules))
    return [(one.key, f"{one.label}（{one.why}）") for one in found], leaves_by_top(rules.categories)


def staff_by_unit(actor: StaffActor) -> tuple[list[tuple[str, list[Pair]]], dict[UUID, UUID]]:
    """Return who holds a working post, under the name of his unit, and the first unit of each."""
    groups: dict[str, dict[str, str]] = {}
    unit_of: dict[UUID, UUID] = {}
    posts = posts_visible_to(actor).filter(valid_until__isnull=True).order_by("unit__key", "id")
    for post in posts:
        if not WORKING & set(post.roles):
            continue
        for holder in (post.holder_a, post.holder_b):
            if holder and holder.is_active and not holder.is_shared_device:
                names = groups.setdefault(post.unit.name, {})
                names.setdefault(str(holder.pk), f"{holder.name}（{post.title}）")
                unit_of.setdefault(holder.pk, post.unit_id)
    return [(name, list(people.items())) for name, people in groups.items()], unit_of
