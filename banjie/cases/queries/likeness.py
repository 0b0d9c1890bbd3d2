"""What may be the same matter: up to a few likely doubles of one request, and the hot topics of a period (U4).

Nothing follows from either: merging is a person's deed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import NamedTuple, Protocol
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Substr

from banjie.base.clock import BEIJING
from banjie.cases.likeness import Grams, Weighing, clusters, grams, middle, overlap
from banjie.cases.models import Case, Distinction
from banjie.cases.queries.lists import in_rows
from banjie.cases.queries.scope import visible_to
from banjie.cases.settings import setting
from banjie.cases.vocabulary import Sensitivity
from banjie.cases.workflow import State
from banjie.people.queries import StaffActor
from banjie.places.queries import place_names
from banjie.rulebook.in_force import Rules
from banjie.rulebook.setting_keys import SettingKey

COMPARED = 1000
"""So many of the newest cases within the look-back are compared."""
CLUSTERED = 5000
"""So many of the newest cases of a period are looked through for hot topics."""
SUBJECT = 40
"""Characters of a title that tell its subject; a title made of the text itself goes on to 120."""
LETTER = 400
"""Characters of a text that are compared."""
PROBE = 8
"""Characters in a row that two texts share by copying and hardly by chance."""
COPIED = 0.6
"""Letters that share so much are one letter, whatever stands above them."""
TELLING, RETOLD = 10, 0.75
"""A title of so many bigrams that is told again in a letter counts three quarters of one that is repeated."""
ENDED = (State.VOID, State.MERGED, State.WITHDRAWN)


class Request(Protocol):
    """What is compared of a request: a case has it, and what is told before there is one."""

    @property
    def title(self) -> str:
        """Return the title, which may be empty."""

    @property
    def text(self) -> str:
        """Return what was told."""

    @property
    def category(self) -> str:
        """Return the key of the category, or ""."""

    @property
    def division_code(self) -> str:
        """Return where it is, or ""."""

    @property
    def resident_id(self) -> UUID | None:
        """Return who asked, as far as he is registered."""

    @property
    def asker_code(self) -> str:
        """Return the code under which another system knows who asked, or ""."""


@dataclass(frozen=True)
class Alike:
    """A case that may be about the same matter; `share` says how alike the words are, 0 to 1."""

    case: Case
    share: float
    is_same_person: bool
    is_same_place: bool

    @property
    def may_stand(self) -> bool:
        """Tell whether another may be merged into it."""
        return self.case.is_open


@dataclass(frozen=True)
class HotTopic:
    """What many asked for in a period: the title in the middle of the others, where, and the cases themselves."""

    title: str
    count: int
    places: tuple[str, ...]
    numbers: tuple[str, ...]
    ids: tuple[UUID, ...]
    first_on: date
    last_on: date


class Days(Protocol):
    """A period of whole days, both included; `figures.periods.Period` is one."""

    @property
    def from_on(self) -> date:
        """Return the first day."""

    @property
    def to_on(self) -> date:
        """Return the last day."""


class _Row(NamedTuple):
    pk: UUID
    title: str
    letter: str
    category: str
    division_code: str
    resident_id: UUID | None
    asker_code: str
    is_open: bool


@dataclass(frozen=True)
class _Measure:
    """How one request compares with a row."""

    asked: Request
    weighing: Weighing
    subject: Grams
    letter: Grams
    probes: tuple[str, ...]
    least: float
    near: float

    def rank(self, row: _Row, subject: Grams) -> tuple[float, float] | None:
        """Return the rank and the likeness of a row, or None when it is nothing to show."""
        person, place = _is_same_person(self.asked, row), _is_same_place(self.asked, row)
        share = max(self.weighing.alike(self.subject, subject), self._retold(subject))
        if person or place or share >= self.near / 2 or any(probe in row.letter for probe in self.probes):
            share = max(share, _of_both(share, overlap(self.letter, grams(row.letter))))
        is_same_type = place and bool(row.category) and row.category == self.asked.category
        is_shown = (
            share >= self.least
            or (share >= self.near and (person or place))
            or (row.is_open and (person or is_same_type))
        )
        return (share + 0.3 * person + 0.1 * is_same_type, share) if is_shown else None

    def _retold(self, subject: Grams) -> float:
        """Return how far another's title is told again anywhere in what is asked, whatever stands above it."""
        if len(subject) < TELLING:
            return 0.0
        return RETOLD * self.weighing.shared(subject & self.letter) / self.weighing.shared(subject)


def duplicates_of(actor: StaffActor, asked: Request, *, rules: Rules, at: datetime) -> list[Alike]:
    """Return what the actor sees that may be the same matter, the likeliest first, within the rulebook's look-back.

    `asked` is a case or what is told before there is one. Two queries; nothing is merged by it.
    """
    rows = _candidates(actor, asked, since=at - setting(rules, SettingKey.DUPLICATES_LOOK_BACK, timedelta))
    ranked = _ranked(asked, rows, rules)[: setting(rules, SettingKey.DUPLICATES_SHOWN, int)]
    cases = in_rows(Case.objects.filter(pk__in=[row.pk for _, _, row in ranked])).in_bulk()
    return [
        Alike(cases[row.pk], share, _is_same_person(asked, row), _is_same_place(asked, row))
        for _, share, row in ranked
        if row.pk in cases
    ]


def hot_topics(town: str, period: Days, *, rules: Rules) -> list[HotTopic]:
    """Return what the requests of a period were most about, by their titles, the largest first.

    Of a period with more than CLUSTERED cases the newest are read; what only handlers may read is left out.
    """
    begins = datetime.combine(period.from_on, time(), tzinfo=BEIJING)
    ends = datetime.combine(period.to_on + timedelta(days=1), time(), tzinfo=BEIJING)
    inside = Case.objects.filter(town=town, registered_at__gte=begins, registered_at__lt=ends)
    told = inside.filter(sensitivity=Sensitivity.ORDINARY).exclude(state=State.VOID)
    columns = ("pk", "number", "title", "division_code", "registered_at")
    rows = list(told.order_by("-registered_at", "-id").values_list(*columns)[:CLUSTERED])
    titles = [grams(row[2][:SUBJECT]) for row in rows]
    share = float(setting(rules, SettingKey.HOT_LIKENESS, Fraction))
    least = setting(rules, SettingKey.HOT_LEAST, int)
    groups = [group for group in clusters(titles, least=share) if len(group) >= least]
    names = place_names({rows[place][3] for group in groups for place in group})
    return [_topic(rows, titles, group, names) for group in groups]


def _topic(
    rows: Sequence[tuple[UUID, str, str, str, datetime]],
    titles: Sequence[Grams],
    group: Sequence[int],
    names: dict[str, str],
) -> HotTopic:
    days = sorted(rows[place][4].astimezone(BEIJING).date() for place in group)
    return HotTopic(
        title=rows[middle(titles, group)][2],
        count=len(group),
        places=tuple(dict.fromkeys(names.get(rows[place][3], "") for place in group)),
        numbers=tuple(rows[place][1] for place in group),
        ids=tuple(rows[place][0] for place in group),
        first_on=days[0],
        last_on=days[-1],
    )


def _candidates(actor: StaffActor, asked: Request, *, since: datetime) -> list[_Row]:
    found: QuerySet[Case] = visible_to(actor).filter(town=actor.town, registered_at__gte=since)
    found = found.exclude(state__in=ENDED).exclude(sensitivity=Sensitivity.NUMBER_ONLY)
    if isinstance(asked, Case):
        found = found.exclude(pk=asked.pk)
        found = found.exclude(pk__in=_told_apart(asked, "case", "other"))
        found = found.exclude(pk__in=_told_apart(asked, "other", "case"))
    columns = [name for name in _Row._fields if name != "letter"]
    newest = found.annotate(letter=Substr("text", 1, LETTER)).order_by("-registered_at", "-id")
    wanted = ("pk", "title", "letter", *columns[2:])
    return [_Row(*row) for row in newest.values_list(*wanted)[:COMPARED]]


def told_apart_from(actor: StaffActor, case: Case) -> QuerySet[Case]:
    """Return the cases of which someone said that they are not the same matter as this one, as the actor sees them."""
    pairs = Q(pk__in=_told_apart(case, "case", "other")) | Q(pk__in=_told_apart(case, "other", "case"))
    return in_rows(visible_to(actor).filter(pairs)).order_by("-registered_at", "-id")


def _told_apart(case: Case, end: str, far: str) -> QuerySet[Distinction, UUID]:
    """Return the far ends of the standing pairs that a case is one end of."""
    return Distinction.objects.filter(**{end: case}, is_standing=True).values_list(far, flat=True)


def _ranked(asked: Request, rows: Sequence[_Row], rules: Rules) -> list[tuple[float, float, _Row]]:
    subjects = [grams(row.title[:SUBJECT]) for row in rows]
    letter = asked.text[:LETTER]
    measure = _Measure(
        asked=asked,
        weighing=Weighing(subjects),
        subject=grams((asked.title.strip() or asked.text.strip())[:SUBJECT]),
        letter=grams(f"{asked.title[:SUBJECT]}，{letter}"),
        probes=tuple(letter[place : place + PROBE] for place in range(0, len(letter) - PROBE, 5 * PROBE)),
        least=float(setting(rules, SettingKey.DUPLICATES_LIKENESS, Fraction)),
        near=float(setting(rules, SettingKey.DUPLICATES_NEAR, Fraction)),
    )
    found = []
    for row, subject in zip(rows, subjects, strict=True):
        if ranked := measure.rank(row, subject):
            found.append((*ranked, row))
    return sorted(found, key=lambda told: -told[0])


def _of_both(titles: float, letters: float) -> float:
    """Return what letters add to titles: people beg in like words, so that only a copied letter speaks alone."""
    return letters if letters >= COPIED else (titles + letters) / 2


def _is_same_person(asked: Request, row: _Row) -> bool:
    if asked.resident_id and asked.resident_id == row.resident_id:
        return True
    return bool(asked.asker_code) and asked.asker_code == row.asker_code


def _is_same_place(asked: Request, row: _Row) -> bool:
    """Tell whether both are of one village; the whole town is no place."""
    return len(asked.division_code) > TOWN_DIGITS and asked.division_code == row.division_code


TOWN_DIGITS = 9
"""Digits of a township's code (GB/T 10114); a village's code is longer."""
