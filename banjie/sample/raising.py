"""How the sample town's cases come in: at the window, on a walk, from the hotline, a leader, an inspection."""

from collections.abc import Callable
from datetime import datetime, timedelta

from banjie.cases import actions
from banjie.cases.actions import Intake, Occasion
from banjie.cases.vocabulary import Channel, Sensitivity
from banjie.sample import matters
from banjie.sample.story import Story
from banjie.sample.town import POSTS, TOWN
from banjie.worktime.queries import calendar_of

GIVEN_DAYS, MENDING_DAYS = 5, 20
WITHHELD_EVERY = 97
"""Of so many requests one is kept by number alone."""


def register(story: Story, at: datetime, manner: str) -> None:
    """登记: write the request down, as its kind is raised."""
    intake, occasion = _RAISED[story.plot.kind](story, at)
    story.case = actions.register_case(intake, occasion)


def _raise_request(story: Story, at: datetime) -> tuple[Intake, Occasion]:
    login, channel, place = _raiser(story)
    story.place = place
    title, text = matters.told_text(story.matter, story.chance, place[1])
    residents = story.town.residents[place[0]]
    intake = Intake(
        kind=story.plot.kind,
        title=title,
        text=text,
        channel=channel,
        category=story.matter.category,
        division_code=place[0],
        grid_id=story.town.grids[place].pk,
        place_words=place[1],
        resident_id=story.chance.choice(residents).pk,
        sensitivity=_sensitivity(story),
        extra={"demand": story.chance.choice(("help", "complaint", "ask"))},
    )
    return intake, story.by(login, at)


def _sensitivity(story: Story) -> str:
    if story.serial and story.serial % WITHHELD_EVERY == 0:
        return Sensitivity.NUMBER_ONLY
    return Sensitivity.HANDLERS_ONLY if story.is_private else Sensitivity.ORDINARY


def _raiser(story: Story) -> tuple[str, str, tuple[str, str]]:
    """Return who writes a request down, how it came, and where: a grid worker for his grid, else the window."""
    here = [line for line in POSTS if line.village == story.place[0]]
    if here and not story.is_private and story.chance.random() < 0.6:
        line = story.chance.choice(here)
        return line.holder_a, Channel.VISIT, (story.place[0], line.part or story.place[1])
    channel = story.chance.choice((Channel.WINDOW, Channel.WINDOW, Channel.PHONE, Channel.WECHAT))
    clerk = "chenjing" if story.is_private else story.chance.choice(("chenjing", "tangting"))
    return clerk, channel, story.place


def _raise_order(story: Story, at: datetime) -> tuple[Intake, Occasion]:
    title, text = matters.told_text(story.matter, story.chance, story.place[1])
    calendar = calendar_of(TOWN)
    due_on = calendar.workday_after(story.began_on, GIVEN_DAYS)
    extra = {
        "outer_number": f"12345-{story.began_on:%Y%m%d}-{story.serial:04d}",
        "given_due_at": f"{due_on:%Y-%m-%d} 17:30",
        "demand": story.chance.choice(("help", "complaint")),
    }
    intake = Intake(
        kind=story.plot.kind,
        title=title,
        text=text,
        channel=Channel.OUTER,
        category=story.matter.category,
        division_code=story.place[0],
        place_words=story.place[1],
        resident_id=story.chance.choice(story.town.residents[story.place[0]]).pk,
        is_sent_down=True,
        extra=extra,
    )
    return intake, story.by("hemin", at)


def _raise_instruction(story: Story, at: datetime) -> tuple[Intake, Occasion]:
    """A leader says it; the dispatcher writes it down for him on the ground of her note (代录)."""
    title, text = story.chance.choice(matters.INSTRUCTIONS)
    leader = story.chance.choice(("zhouhai", "linxiu", "dupeng"))
    intake = Intake(
        kind=story.plot.kind,
        title=title.format(place=story.place[1]),
        text=text.format(place=story.place[1]),
        channel=Channel.LEADER,
        division_code=TOWN,
        extra={"instructed_by": str(story.town.people[leader].pk), "instruction_ground": "spoken"},
    )
    told_at = at - timedelta(minutes=20)
    occasion = Occasion(
        by=story.town.actor("hemin"),
        at=at,
        happened_at=told_at,
        for_whom=story.town.actor(leader),
        ground="当面口述，便签留存",
    )
    return intake, occasion


def _raise_finding(story: Story, at: datetime) -> tuple[Intake, Occasion]:
    title, text = story.chance.choice(matters.FINDINGS)
    calendar = calendar_of(TOWN)
    people, units = story.town.people, story.town.units
    extra = {
        "found_by": story.chance.choice(("supervision", "self_check", "inspection")),
        "leader": str(people["linxiu"].pk),
        "department": str(units[story.unit].pk),
        "person": str(people[story.handler].pk),
        "deadline": f"{calendar.workday_after(story.began_on, MENDING_DAYS):%Y-%m-%d}",
        "measure": "定人定期，边改边报，改完留照片。",
    }
    intake = Intake(
        kind=story.plot.kind,
        title=title.format(place=story.place[1]),
        text=text,
        channel=Channel.INSPECTION,
        division_code=story.place[0],
        extra=extra,
    )
    return intake, story.by("sunli", at)


def _raise_event(story: Story, at: datetime) -> tuple[Intake, Occasion]:
    """A grid worker sees it on his way; where none is named, the dispatcher writes it down."""
    workers = [line for line in POSTS if line.village == story.place[0] and line.part]
    login = workers[0].holder_a if workers else "hemin"
    place = (story.place[0], workers[0].part) if workers else story.place
    intake = Intake(
        kind=story.plot.kind,
        title=story.chance.choice(story.matter.titles).format(place=place[1]),
        text=story.chance.choice(story.matter.wrongs).format(place=place[1]) + "。",
        channel=Channel.VISIT,
        category=story.matter.category,
        division_code=place[0],
        grid_id=story.town.grids[place].pk,
        place_words=place[1],
        extra={"found_by": "patrol", "level": "ordinary"},
    )
    return intake, story.by(login, at)


def _raise_suggestion(story: Story, at: datetime) -> tuple[Intake, Occasion]:
    title, text = story.chance.choice(matters.SUGGESTIONS)
    deputy = story.chance.choice(story.town.residents[story.place[0]])
    intake = Intake(
        kind=story.plot.kind,
        title=title.format(place=story.place[1]),
        text=text,
        channel=Channel.LETTER,
        division_code=story.place[0],
        resident_id=deputy.pk,
        extra={"deputies": "东片代表小组", "congress": "town", "sort": "suggestion"},
    )
    return intake, story.by("hemin", at)


def _raise_issue(story: Story, at: datetime) -> tuple[Intake, Occasion]:
    title, text, sort = story.chance.choice(matters.ISSUES)
    contact = story.chance.choice(story.town.residents[story.place[0]])
    intake = Intake(
        kind=story.plot.kind,
        title=title,
        text=text,
        channel=Channel.VISIT,
        division_code=story.place[0],
        place_words=story.place[1],
        resident_id=contact.pk,
        extra={
            "enterprise": str(story.town.enterprises[story.chance.choice(tuple(matters.FIRMS))]),
            "found_through": "visit",
            "matter": sort,
            "side": "outside",
        },
    )
    return intake, story.by("hemin", at)


def _raise_errand(story: Story, at: datetime) -> tuple[Intake, Occasion]:
    title, text, client = story.chance.choice(matters.ERRANDS)
    extra = {"errand": title.removeprefix("代办"), "client": client, "mandate": "phone"}
    if client == "enterprise":
        extra["enterprise_name"] = story.chance.choice(tuple(matters.FIRMS))
    intake = Intake(
        kind=story.plot.kind,
        title=title,
        text=text,
        channel=Channel.WINDOW,
        division_code=story.place[0],
        resident_id=story.chance.choice(story.town.residents[story.place[0]]).pk,
        extra=extra,
    )
    return intake, story.by("chenjing", at)


_RAISED: dict[str, Callable[[Story, datetime], tuple[Intake, Occasion]]] = {
    "resident_request": _raise_request,
    "hotline_order": _raise_order,
    "leader_instruction": _raise_instruction,
    "rectification_item": _raise_finding,
    "grid_event": _raise_event,
    "deputy_suggestion": _raise_suggestion,
    "enterprise_issue": _raise_issue,
    "proxy_errand": _raise_errand,
}
