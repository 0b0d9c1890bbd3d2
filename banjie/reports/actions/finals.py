"""The one deed of papers: finalise, which freezes a paper's figures under a digest."""

from datetime import timedelta

from django.db import IntegrityError

from banjie.base.actor import Actor
from banjie.base.clock import local_day
from banjie.base.errors import Conflict, InvalidInput, NotAllowed
from banjie.figures.periods import Period
from banjie.ledger.actions import once, record
from banjie.ledger.record import Deed, Stamp
from banjie.reports.frozen import to_plain
from banjie.reports.models import FinalPaper
from banjie.reports.paper import Paper, digest_of, numbers_digest
from banjie.reports.queries import composed, final_of

DEED = "reports.finalise_paper"
SAME = "这一期已经定过稿，数字没有变化，不用再定。"


def finalise_paper(actor: Actor, stamp: Stamp, *, key: str, period: Period, seen: str) -> FinalPaper:
    """Freeze a paper of a period as it stands at this moment; a later one of the same period is its next draft (稿).

    `seen` is the digest of the numbers that the page showed. Raises NotAllowed without the right, InvalidInput for a
    period that is not over, Conflict when the numbers have moved since the page was opened or nothing changed since
    the last time.
    """
    if not actor.may(DEED):
        raise NotAllowed("您的岗位不能给文稿定稿。请由党政办或镇领导定稿。", ground=DEED)
    if period.to_on >= local_day(stamp.recorded_at):
        day = period.to_on + timedelta(days=1)
        raise InvalidInput(f"这一期还没有结束，数字还会变。请在{day.month}月{day.day}日以后定稿。")
    paper = composed(actor.town, key, period, stamp.recorded_at)
    if numbers_digest(paper) != seen:
        raise Conflict("您打开页面以后台账有变动，数字已经不一样。请刷新页面核对后再定稿。")
    try:
        return once(
            stamp,
            lambda: _freeze(actor, stamp, paper),
            again=lambda subject_id: FinalPaper.objects.get(pk=subject_id),
        )
    except IntegrityError as error:
        raise Conflict("这一期刚被别人定稿。请刷新页面核对。") from error


def _freeze(actor: Actor, stamp: Stamp, paper: Paper) -> FinalPaper:
    before = final_of(actor.town, paper.key, from_on=paper.from_on, to_on=paper.to_on)
    if before is not None and numbers_digest(before.paper) == numbers_digest(paper):
        raise Conflict(SAME)
    content = to_plain(paper)
    final = FinalPaper(town=actor.town, content=content)
    changes: dict[str, object] = {
        "key": paper.key,
        "title": paper.title,
        "article": paper.article,
        "from_on": paper.from_on,
        "to_on": paper.to_on,
        "number": before.number + 1 if before else 1,
        "digest": digest_of(content),
        "finalised_at": stamp.recorded_at,
        "finalised_by": actor.id,
    }
    record(Deed("paper.finalised", final, changes=changes, words=f"定稿：{paper.title}"), stamp)
    return final
