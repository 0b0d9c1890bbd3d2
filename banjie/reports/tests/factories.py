"""A town whose ledger has a month to tell of: 路灯 three times, one unsatisfied, one late, one of last year."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from banjie.base.clock import BEIJING
from banjie.cases import actions
from banjie.cases.models import Case
from banjie.cases.tests.factories import DAY, Office, handled, open_office, own_word, registered, replied
from banjie.figures.periods import Period
from banjie.ledger.actions import record
from banjie.ledger.record import Deed, Stamp
from banjie.ledger.tests.remade import made_once
from banjie.reports.frozen import to_plain
from banjie.reports.models import FinalPaper
from banjie.reports.paper import Heading, LastPage, Paper, Paragraph, Table, Words, digest_of, words_of

SEPTEMBER = Period.month(2026, 9)
OCTOBER = Period.month(2026, 10)
NOVEMBER_5 = datetime(2026, 11, 5, 9, 30, tzinfo=BEIJING)
LAST_YEAR = DAY - timedelta(days=365)


@made_once
def busy_office() -> Office:
    """Return a town in which ten cases were registered at the end of September 2026 and two a year before."""
    office = open_office()
    before = replace(office, at=LAST_YEAR)
    replied(before, title="去年的路灯")
    registered(before, title="去年的水管", category="water_outage")
    for title in ("西沟组路灯不亮", "西沟组路灯又不亮", "西沟组路灯还不亮"):
        registered(office, title=title)
    handled(office, title="村口垃圾没人清", category="garbage")
    for said in ("satisfied", "dissatisfied"):
        rated(office, said=said)
    closed(office)
    replied(office, title="水管爆了", category="water_outage")
    late(office)
    actions.void_case(registered(office, title="登错了"), office.occasion("he", hours=2), reason="重复登记")
    return office


def rated(office: Office, *, said: str, **changes: object) -> Case:
    """Return a case whose asker has said a word to the reply."""
    case = replied(office, title=f"{said}的事", **changes)
    return actions.rate_case(case, office.occasion("chen", hours=5), word=own_word(case, said=said))


def closed(office: Office) -> Case:
    """Return a case that was closed on the asker's word."""
    case = rated(office, said="very_satisfied", category="sewage")
    return actions.close_case(case, office.occasion("chen", hours=6))


def late(office: Office) -> Case:
    """Return a case that 李 replied to a month late."""
    case = handled(office, title="拖了很久的事", category="noise")
    return actions.reply_case(case, office.occasion("li", hours=24 * 30), words="办好了")


def frozen(town: str, stamp: Stamp, *, title: str = "办理情况通报") -> FinalPaper:
    """Return a paper that went out, of one sentence."""
    paper = Paper(
        key="monthly_handling",
        title=title,
        town=town,
        town_name="青禾镇",
        from_on=SEPTEMBER.from_on,
        to_on=SEPTEMBER.to_on,
        period=SEPTEMBER.words,
        computed_at=stamp.recorded_at,
        article="月度办理情况通报@出厂1",
        blocks=(Heading(1, (Words(title),)), Paragraph((Words("收到0件。"),))),
    )
    content = to_plain(paper)
    final = FinalPaper(town=town, content=content)
    told = {"key": paper.key, "title": title, "article": paper.article, "number": 1}
    days = {"from_on": paper.from_on, "to_on": paper.to_on, "finalised_at": stamp.recorded_at}
    with transaction.atomic():
        changes = {**told, **days, "digest": digest_of(content), "finalised_by": stamp.by}
        record(Deed("paper.finalised", final, changes=changes), stamp)
    return final


def in_words(paper: Paper) -> str:
    """Return the prose of a paper."""
    return "".join(words_of(block.spans) for block in paper.blocks if not isinstance(block, Table | LastPage))
