"""What was found, as the page and the list below the box show it: rows with the hits marked, people covered."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from banjie.books.queries import FoundRecord, title_of
from banjie.cases.models import Case
from banjie.desk.books.rows import address_of
from banjie.desk.cases.rows import Row, row_of
from banjie.desk.cases.watch import Watch, say_day
from banjie.desk.search.finding import Found
from banjie.enterprises.queries import EnterpriseHit
from banjie.search.excerpts import Bit, excerpt, marked


@dataclass(frozen=True)
class Line:
    """A case that was found: its row, its title and the words around the hits, when it came, who asked (covered)."""

    row: Row
    title: SafeString
    excerpt: SafeString
    came_on: str = ""
    asker: str = ""


@dataclass(frozen=True)
class Group:
    """Cases that were found in one way."""

    title: str
    lines: Sequence[Line]
    note: str = ""


def groups_of(found: Found, watch: Watch) -> list[Group]:
    """Return the cases of people and of words in their groups, those left out that hold none."""
    names = {hit.id: hit.name for hit in found.residents}
    theirs = [_line(case, found, watch, asker=names.get(who, "")) for who, case in found.asked]
    worded = [_line(hit.case, found, watch, texts=hit.texts) for hit in found.worded.hits]
    more = f"只列最近的{len(worded)}件。再添一两个字，范围就小了。" if found.worded.has_more else ""
    groups = [
        Group("这些群众的件", theirs, "由新到旧"),
        Group("内容里有这些字的件", worded, more),
    ]
    return [group for group in groups if group.lines]


def numbered_of(found: Found, watch: Watch) -> list[Group]:
    """Return the cases of that number, which come before everything else."""
    lines = [_line(case, found, watch) for case in found.numbered]
    return [Group("编号相符的件", lines)] if lines else []


def case_address(case: Case) -> str:
    """Return the address of a case's page."""
    return reverse("cases:page", args=[case.number])


def record_line(found: FoundRecord) -> dict[str, str]:
    """Return a record of a book as a row."""
    return {
        "title": title_of(found.record, found.book),
        "book": found.book.title,
        "day": found.record.day.isoformat(),
        "href": address_of(found.record),
    }


def options_of(found: Found, *, limit: int) -> list[dict[str, object]]:
    """Return the rows of the list below the box: the number first, then people and enterprises, then words."""
    cases = [_case_option(case) for case in found.numbered]
    cases += [_record_option(one) for one in found.recorded]
    worded = [_case_option(hit.case) for hit in found.worded.hits]
    people = [
        {
            "value": hit.id,
            "label": hit.name,
            "note": " · ".join(part for part in (hit.phone, hit.village) if part),
            "href": reverse("residents:page", args=[hit.id]),
        }
        for hit in found.residents
    ]
    firms = [_enterprise_option(hit) for hit in found.enterprises]
    room = max(limit - len(cases), limit // 2)
    named = [*people[: max(room - len(firms), room // 2)], *firms][:room]
    return [*cases, *named, *worded[: max(limit - len(cases) - len(named), limit // 2)]]


def _line(case: Case, found: Found, watch: Watch, *, texts: Sequence[str] = (), asker: str = "") -> Line:
    title = _written(marked(case.title, found.query))
    around = _written(excerpt([text for text in texts if text != case.title], found.query))
    return Line(row_of(case, watch), title, around, say_day(case.registered_at), asker)


def _written(bits: Sequence[Bit]) -> SafeString:
    """Return bits as a page holds them; written here, since a template takes as long for them as for all else."""
    told = (f"<mark>{escape(bit.text)}</mark>" if bit.is_hit else escape(bit.text) for bit in bits)
    return mark_safe("".join(told))  # noqa: S308  every bit is escaped above


def _record_option(found: FoundRecord) -> dict[str, object]:
    line = record_line(found)
    note = f"{line['book']} {line['day']}"
    return {"value": found.record.pk, "label": line["title"], "note": note, "href": line["href"]}


def _enterprise_option(hit: EnterpriseHit) -> dict[str, object]:
    return {
        "value": hit.id,
        "label": hit.name,
        "note": " · ".join(part for part in (hit.uscc, hit.village) if part),
        "href": reverse("enterprises:page", args=[hit.id]),
    }


def _case_option(case: Case) -> dict[str, object]:
    return {
        "value": case.number,
        "label": case.number,
        "note": case.title,
        "href": case_address(case),
    }
