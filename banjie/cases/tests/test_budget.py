"""How many queries a deed may take (issue, figures): those of the person asking not counted.

Asked as in a request, with one look at what is kept, and with the day's roster known: somebody has asked for it before.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from banjie.cases import actions
from banjie.cases.actions import Assignee
from banjie.cases.tests.factories import intake, open_office, own_word, registered
from banjie.ledger.kept import one_look
from banjie.people.queries import roster_of

pytestmark = pytest.mark.django_db
MOST = 16  # one or two of them keep the case standing for figures, two let it be found


def queries_of(deed):
    """Return what the deed returns; fail when it asks more than it may."""
    with CaptureQueriesContext(connection) as asked, one_look():
        case = deed()
    sent = [q["sql"] for q in asked.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(sent) <= MOST, "\n".join(sent)
    return case


def test_no_deed_of_a_whole_life_takes_more_queries_than_it_may():
    office = open_office()
    registered(office)
    roster_of(office.town, at=office.at)
    at = {
        name: [office.occasion(name, hours=hours) for hours in range(7)]
        for name in ("chen", "li", "wu", "sun")
    }
    to = Assignee(office.livelihood, office.people["li"].pk)
    case = queries_of(lambda: actions.register_case(intake(), at["chen"][0]))
    queries_of(lambda: actions.accept_case(case, at["chen"][0]))
    queries_of(lambda: actions.assign_case(case, at["chen"][0], to=to))
    queries_of(lambda: actions.sign_for_case(case, at["li"][1]))
    queries_of(lambda: actions.ask_extension(case, at["li"][2], term="2 workdays", reason="等配件"))
    queries_of(lambda: actions.decide_extension(case, at["wu"][2], is_granted=True))
    queries_of(lambda: actions.pause_case(case, at["li"][3], ground="weather", words="等雨停"))
    queries_of(lambda: actions.resume_case(case, at["li"][4]))
    queries_of(lambda: actions.reply_case(case, at["li"][5], words="已换"))
    queries_of(lambda: actions.rate_case(case, at["chen"][6], word=own_word(case)))
    queries_of(lambda: actions.close_case(case, at["chen"][6]))
