"""The self-check names every timer and rung, whom it tells, and what would make it silent."""

from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from banjie.base.clock import now
from banjie.base.declarations import SCHEDULES
from banjie.cases.actions import escalate_due
from banjie.cases.queries.rung_checks import rung_checks
from banjie.cases.tests.factories import TOWN, handled, open_office, set_up
from banjie.desk.selfcheck.checking import TITLES, self_check
from banjie.desk.tests.factories import client_of
from banjie.jobs import actions as jobs
from banjie.jobs.models import ScheduledRun
from banjie.jobs.queries import timers
from banjie.people.actions import add_post, change_unit
from banjie.people.models import Post, Staff, Unit
from banjie.people.queries import founder_of

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


@pytest.fixture
def office():
    office = replace(open_office(), at=now())
    jobs.beat("worker", at=now())
    return office


def silent_of(check):
    return {(rung.clock, rung.rung): rung.silent for rung in check.rungs if rung.silent}


def furnish(office):
    """Give every unit a head and a leader."""
    founder, stamp = founder_of(TOWN), set_up()
    for unit in Unit.objects.filter(town=TOWN):
        told = {name: getattr(unit, name) for name in ("name", "short_name", "phone", "kind")}
        change_unit(founder, stamp, unit_id=unit.pk, leader_id=office.people["zhou"].pk, **told)
        if unit.pk != office.livelihood:
            place = {"unit_id": unit.pk, "title": "负责人", "division_code": TOWN}
            add_post(founder, stamp, roles=["unit_head"], holder_a=office.people["wu"].pk, **place)


def test_units_without_head_or_leader_are_named_where_a_rung_would_reach_nobody(office):
    silent = silent_of(self_check(TOWN, at=now()))
    assert any(
        "便民服务中心、农业农村办" in why and "负责人岗位空缺" in why for why in silent["办理", "红牌"]
    )
    assert any("民生办" in why and "没有填分管领导" in why for why in silent["办理", "红牌（再报）"])
    assert ("回访", "红牌") not in silent
    furnish(office)
    assert silent_of(self_check(TOWN, at=now())) == {}


def test_a_role_that_nobody_holds_is_named(office):
    furnish(office)
    Post.objects.filter(title="督办").update(holder_a=None)
    from banjie.ledger.kept import move_mark

    move_mark()
    assert "没有人担任“督办”" in silent_of(self_check(TOWN, at=now()))["回访", "红牌"][0]


def test_what_waits_says_when_it_comes_next_and_for_how_many(office):
    for _ in range(2):
        handled(office)
    at = now() + timedelta(hours=2)
    escalate_due(TOWN, at=at)
    told = {(rung.clock, rung.rung): rung for rung in rung_checks(TOWN, at=at)}
    remind = told["办理", "提醒"]
    assert (remind.waiting, remind.when, remind.to) == (2, "用去时限的三分之二", "经办人")
    assert remind.next_at > at
    assert told["办理", "红牌（再报）"].when.endswith("再过1个工作日")
    assert told["办理", "挂牌督办"].when == "超期3个工作日"


def test_every_schedule_is_listed_with_its_next_time_and_a_late_one_is_told(office):
    at = now().replace(minute=32)
    listed = timers(at=at)
    assert {timer.name for timer in listed} == set(SCHEDULES)
    assert all(timer.next_at > at for timer in listed)
    seal = SCHEDULES["ledger.seal"]
    from banjie.base.clock import BEIJING
    from banjie.jobs.timing import last_due

    ScheduledRun.objects.create(
        schedule="ledger.seal", due_at=last_due(seal, at=at, zone=BEIJING), finished_at=at
    )
    assert not next(timer for timer in timers(at=at) if timer.name == "ledger.seal").is_late
    assert next(timer for timer in timers(at=at) if timer.name == "jobs.clear_away").is_late
    ScheduledRun.objects.filter(schedule="ledger.seal").update(finished_at=None, failures=5)
    assert next(timer for timer in timers(at=at) if timer.name == "ledger.seal").is_given_up


def test_every_schedule_has_its_word(office):
    timers(at=now())
    modules = {name: one.run.__module__ for name, one in SCHEDULES.items()}
    own = {name for name, room in modules.items() if room.startswith("banjie.") and ".tests" not in room}
    assert own <= set(TITLES)


def test_without_a_worker_or_a_regulation_everything_is_silent_and_said_so(office, monkeypatch):
    jobs.sign_off("worker", at=now())
    monkeypatch.setattr("banjie.desk.selfcheck.checking.rung_checks", lambda *_, **__: None)
    check = self_check(TOWN, at=now())
    assert not check.is_sound
    assert [words[:6] for words in check.problems] == ["后台进程没有", "没有生效的督"]


def test_senders_are_told_without_their_secret_and_a_bad_file_is_told(office, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "HOME", tmp_path)
    file = tmp_path / "senders.toml"
    file.write_text(
        '[[sender]]\nname = "党政办群"\nform = "wecom"\nurl = "https://qyapi.weixin.qq.com/x?key=SECRET"\n'
    )
    told = self_check(TOWN, at=now()).senders
    assert told[0].startswith("党政办群（qyapi.weixin.qq.com，按群）：每天08:00—20:00")
    assert "SECRET" not in told[0]
    file.write_text("[[")
    assert any("外发渠道停着" in words for words in self_check(TOWN, at=now()).problems)


def test_the_page_is_for_those_who_answer_for_the_office(office):
    shown = _log_in(office, "guan").get("/selfcheck").content.decode()
    assert all(words in shown for words in ("督办升级制", "每日封存", "会落空", "没有接通外发渠道"))
    assert _log_in(office, "li").get("/selfcheck").status_code == 403
    assert "到点自检" in _log_in(office, "guan").get("/office").content.decode()


def _log_in(office, name) -> Client:
    Staff.objects.filter(pk=office.people[name].pk).update(must_change_password=False)
    return client_of(Staff.objects.get(pk=office.people[name].pk))


def test_the_command_says_it_all_and_leaves_with_one_when_something_is_silent(office):
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("selfcheck", TOWN, stdout=said)
    told = said.getvalue()
    assert "有会落空的" in told
    assert "提醒  办理·红牌  到期时  告诉经办人、单位负责人" in told
    assert "定时  每日封存  下次" in told
