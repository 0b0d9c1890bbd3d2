"""The occasion of a deed: who does it, for whom, when it happened and when it is written down."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from banjie.base.errors import InvalidInput, NotAllowed
from banjie.ledger.record import SYSTEM, Stamp
from banjie.people.queries import StaffActor

AHEAD = timedelta(minutes=5)
"""How far a told time may lie ahead of the server's clock before it is called a slip."""


@dataclass(frozen=True)
class Occasion:
    """Everything about a deed but the deed itself.

    `for_whom` is the person who does not log in and whose deed is written down by `by` (代录), on `ground`.
    """

    by: StaffActor
    at: datetime
    happened_at: datetime | None = None
    for_whom: StaffActor | None = None
    ground: str = ""
    client_key: str = ""
    content: object = None

    @property
    def acting(self) -> StaffActor:
        """Return the person whose deed it is."""
        return self.for_whom or self.by

    @property
    def hands(self) -> frozenset[UUID]:
        """Return everyone through whose hands the deed goes: whose it is and who writes it down."""
        return frozenset({self.by.id, self.acting.id})

    @property
    def told_at(self) -> datetime:
        """Return when it happened; clocks run from here."""
        return self.happened_at or self.at

    def stamp(self, article: str = "") -> Stamp:
        """Return the stamp of the entry."""
        return Stamp(
            by=self.by.id,
            happened_at=self.told_at,
            recorded_at=self.at,
            on_behalf_of=self.for_whom.id if self.for_whom else None,
            ground=self.ground,
            article=article,
            client_key=self.client_key,
            content=self.content,
        )

    def followed(self) -> "Occasion":
        """Return the same occasion for what follows from the deed; the client key stays with the first."""
        return replace(self, client_key="", content=None)

    def check_ground(self) -> None:
        """Refuse a deed for another without the right to record it or without a ground."""
        if self.for_whom is None:
            return
        if not self.by.may("cases.record_for_another"):
            raise NotAllowed("您的岗位不能代别人记录。请由窗口或党政办代录。")
        if not self.ground.strip():
            problem = "代录要写明凭据，例如电话、便签、会议纪要。"
            raise InvalidInput(problem, fields={"ground": problem})

    def check_time(self, *, span: timedelta) -> None:
        """Refuse a told time in the future, and one longer ago than `span` without a reason (补录)."""
        if self.told_at > self.at + AHEAD:
            problem = "发生时间晚于现在。请核对年月日和钟点。"
            raise InvalidInput(problem, fields={"happened_at": problem})
        if self.at - self.told_at > span and not self.ground.strip():
            problem = f"发生时间早于{span.days}天前，属于补录。请在“凭据”里写明为什么现在才记。"
            raise InvalidInput(problem, fields={"ground": problem})


def by_system(town: str, *, at: datetime, happened_at: datetime | None = None) -> Occasion:
    """Return the occasion of what the system does by itself when its time has come."""
    system = StaffActor(id=SYSTEM, name="系统", town=town, scope=town, rights=frozenset())
    return Occasion(by=system, at=at, happened_at=happened_at)
