"""The numbers that the sample town's papers tell: records with set values, so that each is counted or quoted (F-rows).

Every line is a book, how many days before the last, and what its fields hold; the rest is invented around it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle

OWN_DAY = "on"
"""Stands for the record's own day."""
YEAR_BEGINS, YEAR_ENDS = "year begins", "year ends"
"""Stand for the first and last day of the year before the ledger began."""
OLD_PAPER = "old paper"
"""Stands for the scan of the paper that an opening number was read from."""
OPENING = (("meetings", "召开会议", 131, "session"), ("documents_out", "镇里发文", 214, "item"))
STUDY_TOURS, CITY = 2, "全市有关部门"
PARTY = (("committee", 1), ("general_branch", 1), ("branch", 44))
MEMBERS = 2767
LOCAL_JOBS, JOBS_AWAY, HOUSED, LANDLESS = 264, 307, 1512, 1560
TRAINED = (121, 124, 126, 122, 125)
LIVELIHOOD = (60, 52)
"""Items of the year before last and of the last one (F-11)."""
MEETINGS_SAVED = 13
ADMONISHED = 2


@dataclass(frozen=True)
class Given:
    """A record whose told fields are set: of which book, how many days ago, and what they hold."""

    book: str
    ago: int
    fields: Mapping[str, str]


def told_numbers() -> Iterator[Given]:
    """Yield every record that the papers' numbers rest on."""
    yield from _quoted()
    yield from _polls()
    yield from _party()
    yield from _people_without_land()
    yield from _opening()
    for n in range(STUDY_TOURS):
        yield Given("outings", 60 + 130 * n, {"kind": "study", "days": "2", "people": "9"})
    for year, count in enumerate(LIVELIHOOD):
        for n in range(count):
            yield Given("livelihood_projects", 700 - 365 * year + n % 20, {})
    for n in range(MEETINGS_SAVED):
        yield Given("meetings", 20 + 24 * n, {"outcome": "merged", "saved_by": "merged"})
    for n in range(ADMONISHED):
        yield Given("cadre_measures", 90 + 100 * n, {"measure": "admonition"})
    for n, people in enumerate(TRAINED):
        told = {
            "audience": "landless",
            "kind": "skills",
            "sessions": "1",
            "due": "130",
            "present": str(people),
        }
        yield Given("studies", 40 + 55 * n, told)
    yield Given(
        "works",
        600,
        {
            "name": "新城安置小区",
            "kind": "housing",
            "budget": "48000000",
            "floor_space": "63000",
            "state": "building",
        },
    )


def _opening() -> Iterator[Given]:
    """Totals of the year before the ledger began, each with the paper that it stands on; only a base of comparison."""
    for what, name, number, unit in OPENING:
        told = {"what": what, "name": name, "number": str(number), "number_unit": unit, "scan": OLD_PAPER}
        told |= {"from_on": YEAR_BEGINS, "to_on": YEAR_ENDS, "scope": "照年终统计表的合计，和现在的算法一样"}
        yield Given("opening_numbers", 729, told)


def _party() -> Iterator[Given]:
    """One committee, one general branch and 44 branches, whose members add up (F-23)."""
    per_branch, more = divmod(MEMBERS, PARTY[-1][1])
    for kind, count in PARTY:
        for n in range(count):
            members = per_branch + (1 if n < more else 0) if kind == "branch" else 0
            name = {"committee": "青禾镇社区党委", "general_branch": "青禾镇机关党总支"}.get(
                kind, f"第{n + 1}党支部"
            )
            yield Given(
                "party_organisations",
                729,
                {"name": name, "kind": kind, "members": str(members), "state": "active"},
            )


def _people_without_land() -> Iterator[Given]:
    """People who lost land: jobs near and far are disjoint, so many are housed (F-32, F-33)."""
    jobs = ["local"] * LOCAL_JOBS + ["away"] * JOBS_AWAY + ["none"] * (LANDLESS - LOCAL_JOBS - JOBS_AWAY)
    for n, job in enumerate(jobs):
        told = {
            "resident": str(n),
            "job": job,
            "state": "serving",
            "able": "是" if job != "none" or n % 2 else "否",
        }
        housed = OWN_DAY if n < HOUSED else ""
        yield Given("landless_farmers", 690 - n // 6, told | {"housed_on": housed})


def _polls() -> Iterator[Given]:
    """Ballots alone, no voter; three rates over three bases, one review of the leading group (F-24, F-25)."""
    for round_, instrument, valid, poor in (
        ("专题活动测评", "activity", 2000, 18),
        ("突出问题测评", "solving", 2000, 16),
        ("住基层活动测评", "village_satisfaction", 1000, 21),
        ("班子评议", "leadership", 104, 2),
    ):
        good = (valid - poor) * 3 // 4
        told = {"round": round_, "instrument": instrument, "valid": str(valid), "good": str(good)}
        told |= {"fairly": str(valid - poor - good), "plain": "0", "poor": str(poor)}
        told |= (
            {"sent": f"{valid}余", "returned": f"{valid}余"}
            if valid > 1000
            else {"sent": str(valid), "returned": str(valid)}
        )
        yield Given("polls", 150, told | ({"public": "100余"} if instrument == "leadership" else {}))


QUOTED = """\
training|专题讲座和技能培训|120|session|
training|专题讲座和技能培训参加|54800|person_time|
discussion|学习讨论活动|1010|session|
discussion|发放学习材料|100000余|copy|
discussion|心得文章和笔记|50000余|copy|
poll|问卷调查好和较好|96.1|percent|8.7 points
poll|民意测评好和较好|94.3|percent|5.8 points
poverty|农村贫困人口解决温饱|1.79|wan_person|
fees|义务教育免学杂费|88.76|pupil|
books|义务教育免教科书费|88.05|pupil|
boarders|寄宿生生活补助|11.44|pupil|
pension|新农保试点参保（今城乡居民养老保险）|0.29|wan_person|
medical|新农合参合（今城乡居民医疗保险）|538|wan_person|
town_roads|通乡油路|436.8|km|
village_roads|通村公路|1160.5|km|
poor_fields|改造中低产田|8.8|wan_mu|
land|土地整理|2.04|wan_mu|
wells|找水打井|1.79|well|
rank|同类乡镇月考评名次|1|rank|
"""
OWN = """\
gdp|地区生产总值|12.78|yi|41 percent
budget_revenue|一般财政收入|800余|wan|
income|农民人均纯收入|4656|yuan|865 same
other|安置小区投资|4800|wan|
other|安置小区面积|63000|sqm|
"""


def _quoted() -> Iterator[Given]:
    """Others' numbers with who said them; what a paper left out stays empty (F-13 to F-19, F-29 to F-31)."""
    for lines, area, said_by in ((QUOTED, "city", CITY), (OWN, "town", "镇统计站")):
        for line, ago in zip(lines.splitlines(), cycle((300, 301, 302)), strict=False):
            indicator, name, number, unit, grown = line.split("|")
            told = {"indicator": indicator, "name": name, "number": number, "number_unit": unit, "area": area}
            told |= {"said_by": said_by, "forecast": "actual", "paper": "年度工作材料", "compared": "none"}
            told |= {"growth": "", "growth_unit": ""}
            if grown:
                growth, growth_unit = grown.split()
                told |= {"growth": growth, "growth_unit": growth_unit, "compared": "year", "real": "unstated"}
            yield Given("quoted_numbers", ago, told)
    for indicator, month, forecast in (
        ("fiscal", 5, "actual"),
        ("investment", 6, "forecast"),
        ("output", 6, "forecast"),
    ):
        told = {
            "indicator": indicator,
            "name": "截至月末累计",
            "number": f"{month * 310}",
            "number_unit": "wan",
        }
        told |= {"area": "town", "said_by": "镇统计站", "paper": "上半年经济运行情况", "forecast": forecast}
        told |= {"growth": "", "growth_unit": ""}
        yield Given("quoted_numbers", -month, told)
