"""交发: say which sender carries which notice, and pack what may go now into one message for each receiver (U38)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from banjie.base.clock import day_span, local_day
from banjie.notices.models import Delivery, Message, Notice
from banjie.notices.policy import Policy
from banjie.notices.senders import Sender, Senders
from banjie.notices.vocabulary import NoticeKind
from banjie.people.models import Unit

PageOf = Callable[[str], str]
Say = Callable[[Sequence[Notice]], str]
AT_ONCE = 500
MOST_LINES = 20
"""Notices that one message names; of the rest it says how many."""


def _nowhere(about: str) -> str:
    return ""


def hand_on(town: str, senders: Senders, policy: Policy) -> int:
    """Write for new notices which sender is to carry them, each in one transaction; return how many notices there were.

    A worker that is killed between leaves them as they were: what is written twice is refused by its key.
    """
    keys = {pk: key for pk, key in Unit.objects.filter(town=town).values_list("pk", "key")}
    handed = 0
    while True:
        with transaction.atomic():
            waiting = Notice.objects.filter(town=town, is_handed_on=False).order_by("made_at")
            notices = list(waiting.select_for_update()[:AT_ONCE])
            deliveries = [one for notice in notices for one in _deliveries(notice, senders, policy, keys)]
            Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
            Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(is_handed_on=True)
        handed += len(notices)
        if len(notices) < AT_ONCE:
            return handed


def pack_messages(
    town: str, senders: Senders, policy: Policy, *, at: datetime, page_of: PageOf = _nowhere
) -> int:
    """Pack what waits and may go now: one message for each group and person; return how many were made.

    Nothing goes in quiet hours nor to who had his number of messages today, but for what is urgent; it waits and goes
    with the next. What was read in the inbox meanwhile is not sent. `page_of` says where a notice's subject is shown.
    """

    def say(notices: Sequence[Notice]) -> str:
        return text_of(notices, address=senders.address, page_of=page_of)

    return sum(_pack(town, sender, say, policy, at=at) for sender in senders.senders)


def _deliveries(
    notice: Notice, senders: Senders, policy: Policy, units: Mapping[UUID, str]
) -> Iterable[Delivery]:
    label = str(NoticeKind(notice.kind).label)
    if label not in policy.kinds:
        return
    for sender in senders.senders:
        is_meant = (
            sender.is_personal
            or not sender.units
            or units.get(notice.group_id or UUID(int=0)) in sender.units
        )
        if is_meant and (not sender.kinds or label in sender.kinds):
            once = f"{notice.key}:{notice.to_id}" if sender.is_personal else notice.key
            yield Delivery(town=notice.town, sender=sender.name, once=once, notice=notice)


@transaction.atomic
def _pack(town: str, sender: Sender, say: Say, policy: Policy, *, at: datetime) -> int:
    waiting = Delivery.objects.filter(town=town, sender=sender.name, message__isnull=True)
    if sender.is_personal:
        waiting.filter(notice__read_at__isnull=False).delete()
    found = list(waiting.select_related("notice").select_for_update(of=("self",)).order_by("id")[:AT_ONCE])
    heaps: dict[UUID | None, list[Delivery]] = defaultdict(list)
    for delivery in found:
        heaps[delivery.notice.to_id if sender.is_personal else None].append(delivery)
    made = 0
    for to_id, heap in heaps.items():
        ready = _ready(heap, to_id, policy, at=at)
        if ready:
            _make(town, sender, to_id, ready, say, at=at)
            made += 1
    return made


def _ready(heap: Sequence[Delivery], to_id: UUID | None, policy: Policy, *, at: datetime) -> list[Delivery]:
    """Return what of a receiver's heap may go now: all of it, or what is urgent alone."""
    if policy.is_open(at) and not _had_enough(to_id, policy, at=at):
        return list(heap)
    return [delivery for delivery in heap if delivery.notice.is_urgent]


def _had_enough(to_id: UUID | None, policy: Policy, *, at: datetime) -> bool:
    if to_id is None:
        return False
    begins, ends = day_span(local_day(at))
    today = Message.objects.filter(to_id=to_id, is_urgent=False, made_at__gte=begins, made_at__lt=ends)
    return today.count() >= policy.per_person_and_day


def _make(
    town: str, sender: Sender, to_id: UUID | None, ready: Sequence[Delivery], say: Say, *, at: datetime
) -> None:
    notices = [delivery.notice for delivery in ready]
    is_urgent = all(notice.is_urgent for notice in notices)
    text = say(notices)
    message = Message.objects.create(
        town=town, sender=sender.name, to_id=to_id, text=text, is_urgent=is_urgent, made_at=at, next_try_at=at
    )
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in ready]).update(message=message)


def text_of(notices: Sequence[Notice], *, address: str = "", page_of: PageOf = _nowhere) -> str:
    """Return one text of several notices: a line each with its link, and how many more there are."""
    lines = [_line(notice, address, page_of(notice.about)) for notice in notices[:MOST_LINES]]
    rest = len(notices) - len(lines)
    more = [f"另有{rest}条，请登录查看。"] if rest else []
    return "\n".join([f"【办结】{len(notices)}条消息", *lines, *more])


def _line(notice: Notice, address: str, page: str) -> str:
    return f"{notice.title} {address}{page}" if address and page else notice.title
