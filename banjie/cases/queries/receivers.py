"""Who hears of a case: the people whom a rung of the ladder, or a deed, tells at a moment."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from banjie.base.errors import BanjieError
from banjie.cases.ladder import ROLES, Receiver
from banjie.cases.models import Case
from banjie.ledger.kept import kept
from banjie.people.queries import roster_of, units_of
from banjie.people.rights import Role
from banjie.people.standing import Person, Roster


@dataclass(frozen=True)
class Target:
    """What of a case says who answers for it."""

    responsible_id: UUID | None
    handler_id: UUID | None = None
    unit_id: UUID | None = None

    @classmethod
    def of(cls, case: Case) -> "Target":
        """Return the target that a case is."""
        return cls(case.responsible_id, case.handler_id, case.unit_id)


@dataclass(frozen=True)
class Hearers:
    """A town's people at one moment; which leader a unit is under is asked only where a leader is to hear."""

    town: str
    roster: Roster

    def of(self, receivers: Iterable[Receiver], target: Target) -> dict[Receiver, tuple[Person, ...]]:
        """Return for each receiver who is told; none means that it would reach nobody."""
        return {receiver: tuple(self._people(receiver, target)) for receiver in receivers}

    def _people(self, receiver: Receiver, target: Target) -> Iterator[Person]:
        if role := ROLES.get(receiver):
            yield from self._holders(role)
        elif receiver is Receiver.HEAD:
            yield from self._first(self.roster.heads_of(target.unit_id)) if target.unit_id else ()
        elif receiver is Receiver.LEADER:
            yield from self._standing(_leaders(self.town).get(target.unit_id) if target.unit_id else None)
        elif receiver is Receiver.HANDLER:
            yield from self._standing(target.handler_id or target.responsible_id)
        else:
            yield from self._standing(target.responsible_id)

    def _standing(self, staff_id: UUID | None) -> Iterator[Person]:
        """Yield who answers for someone now; nobody when even the last resort is empty."""
        if staff_id is None:
            return
        try:
            yield self.roster.stands_in(staff_id).staff
        except BanjieError:
            return

    def _holders(self, role: Role) -> Iterator[Person]:
        """Yield of each post of a role the one who holds it now, each person once."""
        posts = [post for post in self.roster.posts if role in post.roles]
        held = [
            [
                self.roster.people[pk]
                for pk in (post.holder_a, post.holder_b)
                if pk and pk in self.roster.people
            ]
            for post in posts
        ]
        found = [person for holders in held for person in self._first(holders)]
        yield from dict.fromkeys(found)

    @staticmethod
    def _first(people: Iterable[Person]) -> Iterator[Person]:
        """Yield the first who is present, else the first who is in office at all."""
        able = [person for person in people if person.can_answer]
        yield from [person for person in able if person.is_present][:1] or able[:1]


def hearers_of(town: str, *, at: datetime) -> Hearers:
    """Return a town's people at a moment, from what is kept."""
    return Hearers(town, roster_of(town, at=at))


@kept
def _leaders(town: str) -> Mapping[UUID, UUID]:
    led = units_of(town).filter(leader__isnull=False)
    return dict(led.values_list("pk", "leader_id"))
