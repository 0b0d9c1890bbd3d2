"""From rows to plans: what each will be as a case, or why it cannot be one; nothing is written here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from uuid import UUID

from banjie.cases.actions.importing import PlannedCase
from banjie.cases.importing.columns import NUMBER_LENGTH, WHERE, Sorter
from banjie.cases.pasting.pieces import title_of
from banjie.cases.pasting.telling import CODE
from banjie.places.finding import PlaceFinder
from banjie.places.queries import finder_of
from banjie.residents.queries import visible_to
from banjie.sheets.declared import Finding, Row, Setting

TITLE_LENGTH = 120
PLACE_LENGTH = 120
BLANKS = str.maketrans({"\t": " ", "\u3000": " ", "\xa0": " ", "\u200b": "", "\ufeff": "", "\r": ""})
FUTURE = "时间晚于现在，请核对年月日"
EARLIER = "答复时间早于诉求时间。请核对；查不清的，把答复时间清空"
REPEATED = "编号与第{line}行相同，请核对；是同一件的只留一行"
TAKEN = "编号 {number} 已经用在另一件上。请核对是不是重复导入；不是的，在编号前加上年份"
KNOWN = "编号 {number} 已经登记为{ours}，请核对是不是重复导入"


@dataclass
class Draft:
    """What is being made of the rows of one sheet."""

    setting: Setting
    rows: Sequence[Row]
    findings: list[Finding] = field(default_factory=list)

    @cached_property
    def sorter(self) -> Sorter:
        """Return what finds categories and units."""
        return Sorter(self.setting)

    @cached_property
    def residents(self) -> Mapping[str, UUID]:
        """Return which codes of the sheet are residents of ours, in one query."""
        codes = {row.text("asker") for row in self.rows if CODE.fullmatch(row.text("asker"))}
        found = visible_to(self.setting.by).filter(outer_code__in=codes)
        return dict(found.values_list("outer_code", "pk"))

    def planned(self, row: Row) -> PlannedCase:
        """Return what both kinds of sheet say of a request."""
        text = cleaned(row.text("text"))
        title = " ".join(cleaned(row.text("title")).split())
        place, resident_id = self._place(row, text), self.residents.get(row.text("asker"))
        category = self.sorter.category(row.text("category"))
        return PlannedCase(
            outer_number=row.text("number"),
            title=_short(title or title_of(text)),
            text=with_rest(text, self._rest(row, title, category)),
            told_at=datetime.fromisoformat(row.text("told_at")),
            division_code=place,
            place_words=cleaned(row.text("place_words"))[:PLACE_LENGTH],
            category=category,
            resident_id=resident_id,
            asker_code=row.text("asker")[:40] if CODE.fullmatch(row.text("asker")) else "",
        )

    def refuse(self, row: Row, column_key: str, words: str) -> None:
        """Say what is wrong with a row."""
        self.findings.append(Finding(row.line_no, column_key, words))

    def check_time(self, row: Row, key: str = "told_at") -> None:
        """Refuse a time that has not come yet."""
        told = row.text(key)
        if told and datetime.fromisoformat(told) > self.setting.at:
            self.refuse(row, key, FUTURE)

    def check_numbers(self) -> None:
        """Refuse a number that the sheet uses twice, at the second line."""
        first: dict[str, int] = {}
        for row in self.rows:
            number = row.text("number")
            if number and first.setdefault(number, row.line_no) != row.line_no:
                self.refuse(row, "number", REPEATED.format(line=first[number]))

    def good(self) -> Iterator[Row]:
        """Yield the rows without a finding."""
        bad = {finding.line_no for finding in self.findings}
        return (row for row in self.rows if row.line_no not in bad)

    @cached_property
    def _finder(self) -> PlaceFinder:
        return finder_of(self.setting.town)

    def _place(self, row: Row, text: str) -> str:
        """Return the village that a row's place names surely, else the one chosen for the whole sheet."""
        words = row.text("place_words")
        if words:
            hits = self._finder.find(words)
            sure = {hit.code for hit in hits if hit.is_sure}
            if len(sure) == 1:
                return sure.pop()
        return self.setting.options.get(WHERE) or self.setting.town

    def _rest(self, row: Row, title: str, category: str) -> Iterator[str]:
        """Yield what no column of a case takes, so that nothing of the sheet is lost."""
        asker, place, unit = row.text("asker"), row.text("place_words"), row.text("unit")
        told = (
            ("标题", title, len(title) > TITLE_LENGTH),
            ("诉求人自称", asker, not CODE.fullmatch(asker)),
            ("电话", row.text("phone"), True),
            ("原类别", row.text("category"), not category),
            ("地点", place, len(place) > PLACE_LENGTH),
            ("承办单位", unit, self.sorter.unit(unit) is None),
            ("点赞", row.text("in_favour"), row.text("in_favour") != "0"),
            ("反对", row.text("against"), row.text("against") != "0"),
        )
        return (f"{label} {words}" for label, words, is_left in told if words and is_left)


def cleaned(text: str) -> str:
    """Return a text as a board or a sheet holds it, with one kind of blank and no empty lines around or within.

    >>> cleaned("\\t\\u3000\\u3000路灯坏了\\r\\n\\r\\n\\r\\n请来修\\u3000")
    '路灯坏了\\n请来修'
    """
    lines = (" ".join(line.split()) for line in text.translate(BLANKS).split("\n"))
    return "\n".join(line for line in lines if line)


def number_of(outer_number: str) -> str:
    """Return an own number as an address can bear it: a slash would end the address."""
    return "".join("-" if sign in "/\\?#% " else sign for sign in outer_number.strip())[:NUMBER_LENGTH]


def with_rest(text: str, rest: Iterable[str]) -> str:
    """Return a text with a line of what no column takes."""
    told = "；".join(rest)
    return f"{text}\n（表中其他各列：{told}）" if told else text


def _short(title: str) -> str:
    return title if len(title) <= TITLE_LENGTH else f"{title[: TITLE_LENGTH - 1]}…"
