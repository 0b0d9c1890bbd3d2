"""擦除: what a case says of people is removed after an appraisal, by another than whoever proposed it (ADR 0088).

Number, dates, kind, category, unit and verdict stay, so that every figure of the past reads as before; words, names,
files and notices go. The chain of the ledger holds, since it covers digests only.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from uuid import UUID

from django.apps import apps
from django.db import transaction

from banjie.base.clock import local_day
from banjie.base.errors import InvalidInput, NotAllowed
from banjie.cases.models import Attachment, Case, Extension, LearnedCategories, Objection, OfCase, Voice
from banjie.cases.queries.retention import Erasure, erasure_of, proposed_for_erasing, proposers_of
from banjie.cases.words import KIND
from banjie.files.actions import erase_file
from banjie.ledger.actions import erase, scrub
from banjie.ledger.models import Ledgered
from banjie.ledger.record import Changes, Stamp
from banjie.notices.actions import forget_notices
from banjie.people.queries import StaffActor
from banjie.search.actions import forget, squeeze

DEED = "cases.erase_case"
AT_ONCE = 200
GONE = "（已擦除）"
CASE_CLEARED: Changes = {
    "title": GONE,
    "text": "",
    "place_words": "",
    "extra": {},
    "asker_code": "",
    "closing_basis": "",
    "resident_id": None,
    "enterprise_id": None,
}
CLEARED: Mapping[type[OfCase], Changes] = {
    Voice: {"words": "", "witness": ""},
    Extension: {"reason": GONE},
    Objection: {"reason": GONE, "basis": "", "should_go_to": ""},
    Attachment: {"name": GONE},
}
"""What is cleared of each part; of the others nothing tells of people."""


def erase_cases(
    actor: StaffActor, stamp: Stamp, *, ids: Collection[UUID], decided_by: str, document: str
) -> Erasure:
    """擦除: remove what cases say of people whose erasing was proposed by another and approved; return how much went.

    What is no longer proposed is passed over: open, kept for ever, heard or seen by few. Raises NotAllowed without
    the right or for one's own proposals, InvalidInput without cases, who approved it or the number of the paper.
    """
    if not actor.may(DEED):
        raise NotAllowed("您的岗位不能擦除到期的件。请由镇领导或督办办理。", ground=DEED)
    _want_approval(decided_by, document)
    if not ids or len(ids) > AT_ONCE:
        raise InvalidInput(f"请选1到{AT_ONCE}件再提交。")
    proposed = proposed_for_erasing(actor, on=local_day(stamp.recorded_at)).filter(pk__in=list(ids))
    chosen = proposers_of(list(proposed.values_list("pk", flat=True)))
    if not chosen:
        raise InvalidInput("选中的件都不在报批擦除的清单里，可能刚擦除过。请刷新页面。")
    if actor.id in chosen.values():
        raise NotAllowed("其中有您自己提出的。擦除要由提出的人以外的人核对后办理。", ground=DEED)
    words = f"按到期鉴定擦除。批准：{decided_by.strip()}，{document.strip()}"
    done = Erasure()
    for case_id in chosen:
        done += _erased(actor, replace(stamp, client_key=""), case_id, words=words)
    LearnedCategories.objects.filter(town=actor.town).update(case_count=0)
    return done


def scrub_what_was_erased() -> None:
    """Let nothing of what was erased stay in older parts of the index or in the log of the database (T19)."""
    squeeze()
    scrub()


@transaction.atomic
def _erased(actor: StaffActor, stamp: Stamp, case_id: UUID, *, words: str) -> Erasure:
    """Erase one case, in a short transaction of its own: nobody is to wait for two hundred."""
    standing = proposed_for_erasing(actor, on=local_day(stamp.recorded_at)).filter(pk=case_id)
    if not standing.exists():
        return Erasure()
    case = Case.objects.select_for_update(no_key=True).get(pk=case_id)
    told = erasure_of([case_id])
    forget(KIND, case_id)
    parts = list(_parts(case))
    for attached in [row for row, _ in parts if isinstance(row, Attachment)]:
        erase_file(attached.file, stamp, words=words)
    erase(case, changes=CASE_CLEARED, parts=parts, words=words, stamp=stamp)
    return replace(told, notices=forget_notices([f"case:{case.number}"]))


def _parts(case: Case) -> Iterator[tuple[Ledgered, Changes]]:
    """Yield every row that belongs to a case, with what clears it."""
    for model in apps.get_models():
        if issubclass(model, OfCase):
            rows = model._default_manager.filter(case=case)
            yield from ((row, CLEARED.get(model, {})) for row in rows)


def _want_approval(decided_by: str, document: str) -> None:
    asked: Mapping[str, tuple[str, str]] = {
        "decided_by": (decided_by, "请写谁批准的，如 镇党委会2026年第12次会议"),
        "document": (document, "请写批准文件的文号"),
    }
    fields = {name: problem for name, (typed, problem) in asked.items() if not typed.strip()}
    if fields:
        raise InvalidInput("；".join(fields.values()) + "。", fields=fields)
