"""The facts of cases: the case itself, what the asker and the call-back said, what was due, what was written down.

Each carries days, not states: a month that is over reads the same whenever it is asked for.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Case as Choosing
from django.db.models import F, QuerySet, When

from banjie.base.declarations import FACTS, Fact, FactColumn, FactWord, Holds, Names, offer
from banjie.base.dues import dues
from banjie.base.local_days import LocalDay, day_span
from banjie.cases.models import CaseStanding, Clock, ReportDue, Voice
from banjie.cases.vocabulary import Channel, ClosingKind, Said, Speaker
from banjie.cases.workflow import CLOCK_TITLES, STATE_TITLES, State
from banjie.ledger.facts import rows_of

Rows = QuerySet[Any, Any]
GROUPS = (
    FactColumn("unit_id", "承办单位", names=Names.UNIT, is_group=True),
    FactColumn("category", "诉求类别", names=Names.CATEGORY, is_group=True),
    FactColumn("division_code", "村（社区）", names=Names.DIVISION, is_group=True),
    FactColumn("kind", "事项类型", names=Names.KIND, is_group=True),
    FactColumn("channel", "渠道", choices=dict(Channel.choices), is_group=True),
)
REPORT_SORTS = {
    "half_month": "半月报",
    "month": "月报",
    "quarter": "季报",
    "contact": "差评联系",
}
STAGE = """
    CASE WHEN closed THEN 'closed' WHEN ended THEN 'left' WHEN done THEN 'done'
    WHEN accepted_on IS NOT NULL AND accepted_on <= :to THEN 'accepted' ELSE 'registered' END
"""
STAGES = {
    "registered": "未受理",
    "accepted": "办理中",
    "done": "已办结未销号",
    "closed": "已销号",
    "left": "其他了结",
}
CASE_COLUMNS = (
    *GROUPS,
    FactColumn("stage", "期末所处阶段", choices=STAGES, is_group=True, expression=STAGE),
    FactColumn("closing_kind", "销号方式", choices=dict(ClosingKind.choices), is_group=True),
    FactColumn("state", "状态", choices={state.value: title for state, title in STATE_TITLES.items()}),
    FactColumn("received_on", "诉求日期", Holds.DAY, is_group=True),
    FactColumn("registered_on", "登记日期", Holds.DAY),
    FactColumn("accepted_on", "受理日期", Holds.DAY),
    FactColumn("done_on", "办结日期", Holds.DAY, is_group=True),
    FactColumn("closed_on", "销号日期", Holds.DAY, is_group=True),
    FactColumn("ended_on", "了结日期", Holds.DAY),
    FactColumn("handle_due_on", "办理到期日", Holds.DAY, is_group=True),
    FactColumn("is_done_late", "超期办结", Holds.WHOLE),
    FactColumn("since_on", "现状始于", Holds.DAY),
    FactColumn("until_on", "现状止于", Holds.DAY),
)
CASE_WORDS = {
    "counted": FactWord(
        "NOT (state IN ('void', 'merged') AND ended_on <= :to)", "计数的：到期末没有作废、没有并入别的件"
    ),
    "received": FactWord("in_period(received_on) AND counted", "期内收到的（按诉求日期）"),
    "ended": FactWord("ended_on IS NOT NULL AND ended_on <= :to", "到期末已了结的，不论怎样了结"),
    "done": FactWord("done_on IS NOT NULL AND done_on <= :to", "到期末已办结的：答复已作出并站得住"),
    "closed": FactWord("closed_on IS NOT NULL AND closed_on <= :to", "到期末已销号的"),
    "open": FactWord("received_on <= :to AND NOT ended", "到期末未了结的，包括中止的和已办结还没有销号的"),
    "undone": FactWord("open AND NOT done", "到期末未办结的"),
    "let_go": FactWord(
        "ended AND NOT done AND (handle_due_on IS NULL OR ended_on <= handle_due_on)",
        "到期以前撤回或另行了结的",
    ),
    "due": FactWord(
        "handle_due_on IS NOT NULL AND handle_due_on BETWEEN :from AND :past "
        "AND counted AND NOT let_go AND NOT paused",
        "期内到期的（今天到期的明天起才算）",
    ),
    "paused": FactWord("state = 'paused' AND NOT ended", "到期末中止着的"),
    "parked": FactWord(
        "state = 'parked' AND NOT ended", "到期末挂着账的（停钟，但仍算未了结，到期的照样算到期）"
    ),
    "on_time": FactWord("done AND is_done_late = 0", "到期末已在期限内办结的（按第一轮、计入中止和延期）"),
    "late": FactWord("done AND is_done_late = 1", "到期末已办结、但超过期限的"),
    "overdue": FactWord(
        "undone AND handle_due_on IS NOT NULL AND handle_due_on <= :past AND NOT paused AND NOT parked",
        "到期末超期未办结的",
    ),
    "historical": FactWord("closing_kind = 'historical'", "历史件"),
}


def _of_case(columns: tuple[FactColumn, ...]) -> dict[str, F]:
    return {column.name: F(f"case__{column.name}") for column in columns}


def _case_rows(town: str) -> Rows:
    stored = [column.name for column in CASE_COLUMNS if not column.expression]
    rows: Rows = CaseStanding.objects.filter(town=town).order_by().values("case_id", *stored)
    return rows


def _first_received_on(town: str) -> date | None:
    """Return the day of a town's first case that was not voided, found near the head of the index."""
    standing = CaseStanding.objects.filter(town=town).exclude(state=State.VOID)
    return standing.order_by("received_on").values_list("received_on", flat=True).first()


def _voice_rows(town: str) -> Rows:
    heard = Voice.objects.filter(town=town, speaker__in=(Speaker.ASKER, Speaker.CALL_BACK)).order_by()
    return heard.values("case_id", "speaker", "said", heard_on=LocalDay("heard_at"), **_of_case(GROUPS))


def _heard_between(rows: object, town: str, first: date, last: date) -> object:
    if not isinstance(rows, QuerySet):
        raise TypeError(rows)
    begins, ends = day_span(first, last)
    return rows.filter(heard_at__gte=begins, heard_at__lt=ends)


def _due_between(rows: object, town: str, first: date, last: date) -> object:
    if not isinstance(rows, QuerySet):
        raise TypeError(rows)
    begins, ends = day_span(first, last)
    return rows.filter(standing_due_at__gte=begins, standing_due_at__lt=ends)


def _clock_rows(town: str) -> Rows:
    """Return each clock as a due; while paused nothing is owed by it."""
    met_late = When(stopped_at__gt=F("standing_due_at"), then=1)
    return (
        Clock.objects.filter(town=town, paused_at__isnull=True)
        .order_by()
        .values(
            "case_id",
            "name",
            "round",
            due_on=LocalDay("standing_due_at"),
            met_on=LocalDay("stopped_at"),
            is_met_late=Choosing(When(stopped_at__isnull=True, then=None), met_late, default=0),
            **_of_case(GROUPS),
        )
    )


def _report_rows(town: str) -> Rows:
    """Return each report that was owed, of cases that count."""
    met_late = When(met_on__gt=F("due_on"), then=1)
    late = Choosing(When(met_on__isnull=True, then=None), met_late, default=0)
    held = ReportDue.objects.filter(town=town).exclude(case__state__in=(State.VOID, State.MERGED)).order_by()
    return held.values("case_id", "sort", "due_on", "met_on", is_met_late=late, **_of_case(GROUPS))


offer(
    Fact(
        name="case",
        title="件",
        columns=CASE_COLUMNS,
        sources=(_case_rows,),
        opens="case",
        subject="case_id",
        words=CASE_WORDS,
        standing="(since_on IS NULL OR since_on <= :to) AND (until_on IS NULL OR until_on > :to)",
        begun=_first_received_on,
    )
)
offer(
    Fact(
        name="voice",
        title="诉求人和回访的说法",
        columns=(
            FactColumn("speaker", "谁说的", choices=dict(Speaker.choices), is_group=True),
            FactColumn("said", "说的是", choices=dict(Said.choices), is_group=True),
            FactColumn("heard_on", "日期", Holds.DAY, is_group=True),
            *GROUPS,
        ),
        sources=(_voice_rows,),
        opens="case",
        subject="case_id",
        words={
            "heard": FactWord("in_period(heard_on) AND said <> 'unreached'", "期内说了满意或不满意的"),
            "discontent": FactWord("said IN ('dissatisfied', 'very_dissatisfied')", "不满意、非常不满意"),
        },
        dated="heard_on",
        begun=_first_received_on,
        within=_heard_between,
    )
)
offer(
    dues(
        "clock",
        "件的各项时限",
        columns=(
            FactColumn("name", "时限", choices={n.value: t for n, t in CLOCK_TITLES.items()}, is_group=True),
            FactColumn("round", "轮次", Holds.WHOLE),
            *GROUPS,
        ),
        sources=(_clock_rows,),
        opens="case",
        subject="case_id",
        unit="次",
        begun=_first_received_on,
        within=_due_between,
    )
)
offer(
    dues(
        "report",
        "应报的进度",
        columns=(FactColumn("sort", "哪一种", choices=REPORT_SORTS, is_group=True), *GROUPS),
        sources=(_report_rows,),
        opens="case",
        subject="case_id",
        unit="期",
        begun=_first_received_on,
    )
)
offer(
    replace(
        FACTS["entry"],
        name="case_entry",
        title="件的留痕",
        sources=(rows_of("cases.case"),),
    )
)
