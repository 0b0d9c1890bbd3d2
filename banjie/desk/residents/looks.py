"""What pages show of residents: rows of a find box, and who has looked at one in full (U12)."""

from collections.abc import Sequence

from django.urls import reverse

from banjie.desk import looks
from banjie.desk.looks import Look
from banjie.ledger.queries import entries_of, told
from banjie.residents.models import Resident
from banjie.residents.queries import ResidentHit

REVEALED = "resident.revealed"
DEEDS = {
    "resident.registered": "登记",
    "resident.corrected": "更正",
    REVEALED: "查看完整信息",
    "resident.housed": "登记住处",
    "resident.house_checked": "核对住处",
    "resident.moved_out": "搬出",
    "resident.joined": "入户",
    "resident.left": "离户",
    "resident.unlinked": "撤回名册登记的住处",
}


def looks_at(row: Resident) -> list[Look]:
    """Return what was done about a resident, full views among it, the newest first."""
    return looks.looks_at(row, DEEDS)


def full_views_of(row: Resident) -> list[Look]:
    """Return who opened a resident's name, phone, document or house in full and what for, the newest first."""
    views = told(entries_of(row).filter(deed=REVEALED).order_by("-seq")[: looks.MOST])
    return looks.looks_of(views, DEEDS)


def options_of(hits: Sequence[ResidentHit], *, leads: bool = False) -> list[dict[str, object]]:
    """Return residents as rows of a find box, leading to their pages or filling the village of a form."""
    return [
        {
            "value": hit.id,
            "text": hit.name,
            "label": hit.name,
            "note": " · ".join(part for part in (hit.phone, hit.village, hit.house, hit.outer_code) if part),
            "href": reverse("residents:page", args=[hit.id]) if leads else "",
            "fills": {"place": hit.division_code},
        }
        for hit in hits
    ]


def register_tabs(current: str) -> list[dict[str, object]]:
    """Return the tabs that lead between residents and houses."""
    return [
        {"label": "群众", "href": reverse("residents:find"), "is_current": current == "residents"},
        {"label": "房屋", "href": reverse("homes:list"), "is_current": current == "houses"},
    ]
