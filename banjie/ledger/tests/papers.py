"""A small model to record: a paper with notes. It stays out of Django's own list of models."""

from datetime import UTC, datetime, timedelta
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import connection, models, transaction
from django.test.utils import isolate_apps

from banjie.ledger.actions import record
from banjie.ledger.models import Ledgered
from banjie.ledger.record import Deed, Series, Stamp

TOWN = "990011101"
LI, WANG = UUID(int=1), UUID(int=2)
DAY = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)

with isolate_apps("banjie.ledger"):

    class AnyPaper(Ledgered):
        personal_columns: ClassVar[frozenset[str]] = frozenset({"phone"})
        unledgered_columns: ClassVar[frozenset[str]] = frozenset({"last_seen_at"})

        number = models.CharField(max_length=20, blank=True)
        title = models.CharField(max_length=200, blank=True)
        phone = models.CharField(max_length=40, blank=True)
        pages = models.IntegerField(default=0)
        is_urgent = models.BooleanField(default=False)
        due_at = models.DateTimeField(null=True)
        marks = models.JSONField(default=dict)
        last_seen_at = models.DateTimeField(null=True)

        class Meta:
            abstract = True

    class Paper(AnyPaper):
        class Meta:
            app_label = "ledger"

    class Note(Ledgered):
        subject_column = "paper_id"

        paper = models.ForeignKey(Paper, on_delete=models.DO_NOTHING)
        text = models.CharField(max_length=200)

        class Meta:
            app_label = "ledger"


def _of_the_next_release():
    class Paper(AnyPaper):
        shelf = models.CharField(max_length=20, default="甲架")
        score = models.IntegerField(null=True, default=7)

        class Meta:
            app_label = "ledger"

    return Paper


with isolate_apps("banjie.ledger"):
    LaterPaper = _of_the_next_release()

MODELS = (Paper, Note)
LATER_MODELS = (LaterPaper, Note)
LATER_COLUMNS = ("shelf varchar(20) NOT NULL DEFAULT '甲架'", "score integer NULL DEFAULT 7")
"""What the migration of the next release adds to the table of papers."""


def add_later_columns():
    """Migrate to the next release."""
    with connection.cursor() as cursor:
        for column in LATER_COLUMNS:
            cursor.execute(f"ALTER TABLE ledger_paper ADD COLUMN {column}")


def stamp(*, by=LI, minutes=0, **rest):
    at = DAY + timedelta(minutes=minutes)
    return Stamp(by=by, happened_at=rest.pop("happened_at", at), recorded_at=at, **rest)


def write(deed, *, minutes=0, **rest):
    with transaction.atomic():
        return record(deed, stamp(minutes=minutes, **rest))


def new_paper(*, title="路灯不亮", town=TOWN, minutes=0, **columns):
    paper = Paper(town=town, title=title, **columns)
    write(Deed("paper.opened", paper, number=series()), minutes=minutes)
    return paper


def series(year=2026):
    return Series("paper", year, "number", prefix=f"ZL{year}")


def key():
    return uuid4().hex
