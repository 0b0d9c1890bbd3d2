"""The very residents behind a number, covered, as far as the reader's villages reach."""

from banjie.base.keyset import slice_after
from banjie.figures.queries import Opened
from banjie.people.queries import StaffActor
from banjie.residents.models import Resident
from banjie.residents.queries import hits_of, visible_to

OPENS = "resident"
NEWEST = ("-id",)


def residents_behind(actor: StaffActor, behind: Opened, *, after: str, size: int) -> dict[str, object]:
    """Return what a page tells of the residents behind a figure; who may find none sees their number alone."""
    reach = visible_to(actor) if actor.may("residents.find_resident") else Resident.objects.none()
    seen = reach.filter(pk__in=behind.ids)
    found = slice_after(seen, by=NEWEST, token=after, size=size)
    subjects, shown = behind.subject_count, seen.count()
    return {
        "people": hits_of(list(found.rows)),
        "next_token": found.next_token,
        "is_first": found.first,
        "cases": subjects,
        "hidden": subjects - shown,
        "hidden_words": f"其中{subjects - shown}人不在您的查看范围，没有列出；总数照实计。",
        "count_words": f"共 {shown} 人",
        "measure_word": "人",
    }
