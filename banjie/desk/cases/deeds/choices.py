"""What a deed's form offers to pick from: units, their people, those for whom something may be written down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from banjie.cases.queries import Proposal, category_proposals, proposal_for
from banjie.cases.workflow import Step
from banjie.desk.cases.sight import Sight
from banjie.desk.cases.sorting import leaves_by_top, offered
from banjie.ledger.kept import kept
from banjie.people.queries import posts_filled, staff_labels, unit_labels
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
class Hands:
    """Who may be given a case: under the name of his unit, and the first unit of each."""

    by_unit: Sequence[tuple[str, Sequence[Pair]]] = ()
    unit_of: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Choices:
    """The options of one form; empty where the deed asks for none."""

    units: Sequence[Pair] = ()
    hands: Hands = Hands()
    proposed: Proposal | None = None
    people: Sequence[Pair] = ()
    category_proposals: Sequence[Pair] = ()
    categories: Sequence[tuple[str, Sequence[Pair]]] = ()
    is_for_another: bool = False


def choices_for(step: Step, sight: Sight, *, is_for_another: bool) -> Choices:
    """Return what the form of a deed offers, from what the process keeps of the office; only forms that ask get it."""
    town = sight.case.town
    may_record = sight.actor.may("cases.record_for_another")
    people = (
        [(str(pk), name) for pk, name in staff_labels(town) if pk != sight.actor.id] if may_record else []
    )
    proposals, categories = _categories(sight) if step.deed in SORTING else ((), ())
    hands_on = step.deed in ASSIGNING
    return Choices(
        units=[(str(unit.id), unit.name) for unit in unit_labels(town)] if hands_on else (),
        hands=hands_of(town) if hands_on else Hands(),
        proposed=proposal_for(sight.case, sight.watch.rules, at=sight.watch.now) if hands_on else None,
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


@kept
def hands_of(town: str) -> Hands:
    """Return who holds a working post of a town."""
    groups: dict[str, dict[str, str]] = {}
    unit_of: dict[str, str] = {}
    for post in posts_filled(town):
        if not WORKING & set(post.roles):
            continue
        for pk, name in post.holders:
            groups.setdefault(post.unit_name, {}).setdefault(str(pk), f"{name}（{post.title}）")
            unit_of.setdefault(str(pk), str(post.unit_id))
    return Hands(tuple((name, tuple(people.items())) for name, people in groups.items()), unit_of)
