"""What pages show of enterprises: rows of a find box, what was done about one, and what a list is narrowed by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from banjie.base.clock import local_day
from banjie.books.queries import records_about
from banjie.desk import looks
from banjie.desk.looks import Look
from banjie.enterprises.lists import INDUSTRIES, SIZES, STATUSES
from banjie.enterprises.models import Enterprise
from banjie.enterprises.queries import Asked, EnterpriseHit, ids_of
from banjie.people.queries import StaffActor

DEEDS = {
    "enterprise.registered": "登记",
    "enterprise.amended": "变更",
    "enterprise.closed": "停业或注销",
    "enterprise.reopened": "恢复经营",
    "enterprise.merged": "合并重复登记",
    "enterprise.unmerged": "撤销合并",
    "enterprise.revealed": "查看联系人",
}
MOST = 50
LONGEST_TYPED = 80
KINDS = {
    "industry": {kind.value: title for kind, title in INDUSTRIES.items()},
    "size": {kind.value: title for kind, title in SIZES.items()},
    "status": {kind.value: title for kind, title in STATUSES.items()},
}


def looks_at(row: Enterprise) -> list[Look]:
    """Return what was done about an enterprise, looks at its contact among it, the newest first."""
    return looks.looks_at(row, DEEDS)


@dataclass(frozen=True)
class AboutLine:
    """A record of some book about an enterprise."""

    book: str
    day: date
    href: str


def records_of(actor: StaffActor, row: Enterprise, *, at: datetime) -> list[AboutLine]:
    """Return what the books that this person sees hold of an enterprise and of its doubles, the newest first."""
    today = local_day(at)
    found = [one for pk in ids_of(row) for one in records_about(actor, on=today, enterprise_id=pk)]
    lines = [
        AboutLine(one.book.title, one.record.day, reverse("books:record", args=[one.book.key, one.record.pk]))
        for one in found
    ]
    return sorted(lines, key=lambda line: line.day, reverse=True)[:MOST]


def asked_in(given: Mapping[str, str], villages: Sequence[tuple[str, str]]) -> Asked:
    """Return what a list is narrowed by; what is no value of ours narrows nothing."""

    def one_of(name: str, known: Mapping[str, str]) -> str:
        return given.get(name, "") if given.get(name, "") in known else ""

    return Asked(
        words=given.get("q", "").replace("\0", "")[:LONGEST_TYPED].strip(),
        division_code=one_of("village", dict(villages)),
        industry=one_of("industry", KINDS["industry"]),
        size=one_of("size", KINDS["size"]),
        status=one_of("status", KINDS["status"]),
    )


def said_of(asked: Asked, villages: Sequence[tuple[str, str]]) -> str:
    """Return in words what a list is narrowed by."""
    parts = [
        asked.words and f"“{asked.words}”",
        dict(villages).get(asked.division_code, ""),
        KINDS["industry"].get(asked.industry, ""),
        KINDS["size"].get(asked.size, ""),
        KINDS["status"].get(asked.status, ""),
    ]
    return "，".join(part for part in parts if part)


def options_of(hits: Sequence[EnterpriseHit], *, leads: bool = False) -> list[dict[str, object]]:
    """Return enterprises as rows of a find box, leading to their pages or filling the village of a form."""
    return [
        {
            "value": hit.id,
            "text": hit.name,
            "label": hit.name,
            "note": " · ".join(part for part in (hit.uscc, hit.village, hit.status) if part),
            "href": reverse("enterprises:page", args=[hit.id]) if leads else "",
            "fills": {"place": hit.division_code},
        }
        for hit in hits
    ]
