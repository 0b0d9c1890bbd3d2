"""Who answers when someone is away: A to B the moment absence begins, head, duty officer, 党政办 (S-001, S-006)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from banjie.base.errors import Conflict, NotFound
from banjie.people.rights import Role


class StandIn(StrEnum):
    """In which capacity somebody answers for one who is away."""

    BACKUP = "backup"
    HEAD = "head"
    DUTY = "duty"
    DISPATCH = "dispatch"


STAND_INS = {
    StandIn.BACKUP: "同岗的另一人（A岗、B岗互顶）",
    StandIn.HEAD: "单位负责人",
    StandIn.DUTY: "当日值班员",
    StandIn.DISPATCH: "党政办调度",
}


@dataclass(frozen=True)
class Person:
    """As much of a member of staff as a stand-in needs; `away_for` is the reason of absence, empty when present."""

    id: UUID
    name: str
    work_phone: str = ""
    is_active: bool = True
    is_shared_device: bool = False
    away_for: str = ""

    @property
    def is_present(self) -> bool:
        """Tell whether he can answer for something now."""
        return self.can_answer and not self.away_for

    @property
    def can_answer(self) -> bool:
        """Tell whether he is a person in office, present or not."""
        return self.is_active and not self.is_shared_device

    @property
    def why_not(self) -> str:
        """Return in a few words why he does not answer now."""
        return self.away_for or ("共用设备不承担责任" if self.is_shared_device else "已停用")


@dataclass(frozen=True)
class PostHeld:
    """A post and its two holders."""

    id: UUID
    title: str
    unit_id: UUID
    unit_name: str
    roles: tuple[Role, ...]
    holder_a: UUID | None = None
    holder_b: UUID | None = None


@dataclass(frozen=True)
class Standing:
    """The one person who answers now, and why it is he."""

    staff: Person
    why: str


@dataclass(frozen=True)
class Roster:
    """A town's people, posts and duty officer at one moment: answers for everyone on a list without a query each.

    `fallback` is the order in which others stand in, as the town's rule has it (S-006).
    """

    people: Mapping[UUID, Person]
    posts: Sequence[PostHeld]
    duty_officer: UUID | None = None
    fallback: Sequence[str] = tuple(StandIn)
    _by_id: dict[UUID, PostHeld] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {post.id: post for post in self.posts})

    def stands_in(self, staff_id: UUID, *, post_id: UUID | None = None) -> Standing:
        """Return who answers for `staff_id` now, of the given post or of all he holds.

        Always one active person. Raises NotFound for a stranger, Conflict naming the empty post when nobody is left.
        """
        person = self.people.get(staff_id)
        if person is None:
            raise NotFound("没有找到这位工作人员。请刷新后再试。")
        if person.is_present:
            return Standing(staff=person, why=f"{person.name}在岗")
        posts = self._posts_of(staff_id, post_id=post_id)
        away = {staff_id: f"{person.name}{person.why_not}"}
        for candidate, capacity in self._chain(posts):
            if candidate.is_present:
                return Standing(
                    staff=candidate, why=f"{'、'.join(away.values())}，由{capacity}{candidate.name}代"
                )
            away.setdefault(candidate.id, f"{capacity}{candidate.name}{candidate.why_not}")
        return self._last_resort("、".join(away.values()), posts)

    def heads_of(self, unit_id: UUID) -> Iterator[Person]:
        """Yield who heads a unit: A before B of each post that bears the role."""
        yield from self._holders(p for p in self.posts if p.unit_id == unit_id and Role.UNIT_HEAD in p.roles)

    def _posts_of(self, staff_id: UUID, *, post_id: UUID | None) -> list[PostHeld]:
        if post_id is not None:
            post = self._by_id.get(post_id)
            return [post] if post else []
        held = [post for post in self.posts if staff_id in (post.holder_a, post.holder_b)]
        return sorted(held, key=lambda post: post.holder_a != staff_id)

    def _chain(self, posts: Sequence[PostHeld]) -> Iterator[tuple[Person, str]]:
        """Yield who may stand in, in the order of `fallback`, with the capacity in which he would."""
        for stand_in in self.fallback:
            yield from self._standing_in(StandIn(stand_in), posts)

    def _standing_in(self, stand_in: StandIn, posts: Sequence[PostHeld]) -> Iterator[tuple[Person, str]]:
        if stand_in is StandIn.DUTY:
            officer = self._person(self.duty_officer)
            yield from [(officer, "当日值班员")] if officer else []
        elif stand_in is StandIn.DISPATCH:
            yield from ((dispatcher, Role.DISPATCHER.label) for dispatcher in self._dispatchers())
        elif stand_in is StandIn.HEAD:
            for post in posts:
                yield from ((head, f"{post.unit_name}负责人") for head in self.heads_of(post.unit_id))
        else:
            for post in posts:
                for holder, letter in ((post.holder_a, "A"), (post.holder_b, "B")):
                    if person := self._person(holder):
                        yield person, f"{letter}岗"

    def _last_resort(self, away: str, posts: Sequence[PostHeld]) -> Standing:
        """Everyone is away: whoever holds the dispatching post answers, even from leave; none at all is a Conflict."""
        for dispatcher in self._dispatchers():
            if dispatcher.can_answer:
                why = f"{away}，暂由{Role.DISPATCHER.label}{dispatcher.name}兜底"
                return Standing(staff=dispatcher, why=why)
        empty = f"{posts[0].unit_name}“{posts[0].title}”" if posts else f"“{Role.DISPATCHER.label}”"
        raise Conflict(
            f"{empty}岗无人可代：{away}，也没有在岗的值班员和{Role.DISPATCHER.label}。"
            f"请先为{empty}岗指定A岗、B岗，或安排值班员。",
            ground="首问责任制、AB岗工作制",
        )

    def _dispatchers(self) -> Iterator[Person]:
        yield from self._holders(post for post in self.posts if Role.DISPATCHER in post.roles)

    def _holders(self, posts: Iterable[PostHeld]) -> Iterator[Person]:
        for post in posts:
            for holder in (post.holder_a, post.holder_b):
                if person := self._person(holder):
                    yield person

    def _person(self, staff_id: UUID | None) -> Person | None:
        return self.people.get(staff_id) if staff_id else None
