"""催办: an urging that came too soon after another that nobody had answered."""

from collections.abc import Iterator

from banjie.cases.replay.counted import Both, Verdict, deeds_in, deeds_of, each
from banjie.cases.replay.reading import Span
from banjie.cases.rules.urging import urging_apart
from banjie.cases.workflow import STEPS
from banjie.ledger.models import Entry
from banjie.rulebook.replay import Judged

URGED = STEPS["urge_case"].entry
ANSWERS = tuple(step.entry for step in STEPS.values() if step.answers_urging)
JUDGED = Judged(
    says="期内每一次催办，与上一次还没有回音的催办隔得够不够久。",
    unit="次",
    due="期内催办",
    fault="太密",
    sound="合规",
    ways=(
        "取期内登记的催办；上一次催办以后已经报过进度、移动过的，不算太密。",
        "草案只改间隔，不改催过的事实。",
    ),
    has_dues=True,
)


def judge(both: Both, span: Span) -> Iterator[Verdict]:
    """Yield each urging of these days."""
    urged = deeds_in(both, span, URGED)
    apart = each(urging_apart, both.sides)
    lives = dict(deeds_of({one.subject_id for one in urged}, URGED, *ANSWERS))
    for one in urged:
        before = _unanswered(lives[one.subject_id], one)
        at = one.happened_at
        dues = (before.happened_at + apart[0], before.happened_at + apart[1]) if before else (at, at)
        yield Verdict("apart", one.subject_id, at, (at < dues[0], at < dues[1]), dues, at)


def _unanswered(life: list[Entry], urged: Entry) -> Entry | None:
    """Return the urging before this one, unless it was answered."""
    earlier = [entry for entry in life if entry.seq < urged.seq]
    return earlier[-1] if earlier and earlier[-1].deed == URGED else None
