"""A small paper and its numbers, for tests that need no database."""

from datetime import UTC, date, datetime
from decimal import Decimal

from banjie.figures.comparing import Against, compared
from banjie.figures.values import counted, missing, rated
from banjie.reports.filling import Group
from banjie.reports.marks import Style
from banjie.reports.paper import Number, Paper, Words
from banjie.reports.reading import read_prose

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
NOW = {
    ("received", ""): counted(137),
    ("received", "civil"): counted(40),
    ("received", "roads"): counted(97),
    ("done", ""): counted(120),
    ("done", "civil"): counted(40),
    ("done", "roads"): counted(80),
    ("on_time", ""): rated(55, 57),
    ("on_time", "civil"): rated(0, 0),
    ("on_time", "roads"): rated(55, 57),
    ("unhappy", ""): counted(0),
    ("content", ""): missing("没有评价", unit="%", is_rate=True),
}
BEFORE = {("received", ""): counted(100), ("done", ""): counted(0), ("on_time", ""): rated(9, 10)}
UNITS = [Group("roads", "村建办"), Group("civil", "民生办")]


class Known:
    """Numbers as they would come from the catalogue."""

    def words(self, mark):
        return {"period": "2026年10月", "town": "青禾镇"}.get(mark.name)

    def items(self, mark):
        if mark.name == "topics":
            return [[Words("路灯不亮（"), self._number(mark, "5件"), Words("）")], [Words("停水")]]
        return [] if mark.name == "no_topics" else None

    def groups(self, group, figures):
        return UNITS

    def number(self, mark, value=""):
        now = NOW.get((mark.name, value))
        before = BEFORE.get((mark.name, value))
        if now is None or now.is_missing:
            return self._number(mark, now.missing if now else "没有这个数", value=value, is_missing=True)
        if mark.style == Style.CHANGE:
            held = compared(now, before, against=Against.LAST_YEAR)
            if held.change is None:
                return self._number(mark, held.note, value=value, is_missing=True)
            return self._number(mark, held.words, value=value, exact=str(held.change))
        said = {Style.DIGITS: now.words.removesuffix("件"), Style.BASE: now.fraction_words}
        return self._number(mark, said.get(mark.style, now.words), value=value, exact=str(now.number))

    def _number(self, mark, text, *, value="", exact="", is_missing=False):
        title = text if is_missing else mark.name
        return Number(
            text,
            mark.name,
            title,
            *OCTOBER,
            group=mark.group,
            value=value,
            style=mark.style,
            exact=exact or ("" if is_missing else str(Decimal(1))),
            is_missing=is_missing,
        )


def prose_of(*lines):
    return read_prose("\n".join(lines))


def paper_of(*blocks, title="青禾镇办理情况通报"):
    return Paper(
        key="monthly",
        title=title,
        town="990011101",
        town_name="青禾镇",
        from_on=OCTOBER[0],
        to_on=OCTOBER[1],
        period="2026年10月",
        computed_at=datetime(2026, 11, 5, 1, 30, tzinfo=UTC),
        article="月度办理情况通报@出厂1",
        blocks=blocks,
    )
