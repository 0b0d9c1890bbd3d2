"""The self-check as page and command show it: timers, rungs, senders."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from banjie.cases.queries.rung_checks import RungCheck, rung_checks
from banjie.desk.cases.watch import say_moment
from banjie.desk.numbers import notice_policy
from banjie.jobs.queries import Timer, is_worker_alive, timers
from banjie.notices.queries import unsent_messages
from banjie.notices.senders import BadSenders, Senders, read_senders

TITLES = {
    "cases.escalate": "督办升级",
    "cases.learn": "类别学习",
    "cases.report_dues": "记下漏报的进度",
    "cases.scrub": "清理擦除后的残留",
    "cases.return_parked": "挂账到期转回",
    "desk.clear_drafts": "清理过期草稿",
    "desk.clear_log_ins": "清理登录记录",
    "files.clear_unnamed": "清理无主文件",
    "jobs.clear_away": "清理运行记录",
    "ledger.seal": "每日封存",
    "notices.clear": "清理过期消息",
    "notices.recorded_for": "以您名义的记录",
    "books.tell_dues": "告知台账里快到的日期",
    "notices.send": "发送消息",
    "sheets.expire_batches": "清理久置的导入",
}
"""What each schedule is called; one without a name here is shown by the program's own."""


@dataclass(frozen=True)
class TimerLine:
    """One schedule in words."""

    title: str
    next_at: str
    done_at: str
    problem: str


@dataclass(frozen=True)
class SelfCheck:
    """Everything that comes by itself in one town, with what is wrong."""

    problems: tuple[str, ...]
    timers: tuple[TimerLine, ...]
    rungs: tuple[RungCheck, ...]
    senders: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing would pass in silence."""
        late = any(timer.problem for timer in self.timers)
        return not (self.problems or late or any(rung.silent for rung in self.rungs))


def self_check(town: str, *, at: datetime) -> SelfCheck:
    """Return what comes when and to whom in a town, and what would make it silent."""
    problems = (
        []
        if is_worker_alive(at=at)
        else ["后台进程没有在运行：定时任务、提醒、发送都停着。请运行 banjie serve。"]
    )
    rungs = rung_checks(town, at=at)
    if rungs is None:
        problems.append("没有生效的督办升级制：到期和超期都不会提醒。请载入出厂制度，或由镇里制定。")
    senders, wrong = _senders()
    if wrong:
        problems.append(wrong)
    if unsent := unsent_messages(town).filter(made_at__gte=at.replace(hour=0, minute=0)).count():
        problems.append(
            f"今天有{unsent}条外发消息没有发出，工作人员仍能在消息列表里看到。请检查渠道的地址和网络。"
        )
    return SelfCheck(
        problems=tuple(problems),
        timers=tuple(_line(timer) for timer in timers(at=at)),
        rungs=tuple(rungs or ()),
        senders=tuple(_sender_words(town, senders, at=at)),
    )


def _line(timer: Timer) -> TimerLine:
    problem = ""
    if timer.is_given_up:
        problem = f"失败{timer.failures}次，已停止重试；到下一次再运行"
    elif timer.is_late:
        problem = "到点没有运行完" + (f"，失败{timer.failures}次" if timer.failures else "")
    title = TITLES.get(timer.name, timer.name)
    return TimerLine(title, say_moment(timer.next_at), say_moment(timer.done_at) or "还没有运行过", problem)


def _senders() -> tuple[Senders, str]:
    try:
        return read_senders(Path(settings.HOME)), ""
    except BadSenders as wrong:
        return Senders(), f"外发渠道停着：{wrong}"


def _sender_words(town: str, senders: Senders, *, at: datetime) -> list[str]:
    """Say of each way out where it leads and what it carries; never its address, which is a secret."""
    policy = notice_policy(town, at=at)
    opens, closes = policy.hours
    said = f"每天{opens:%H:%M}—{closes:%H:%M}，一人一天最多{policy.per_person_and_day}条"
    return [
        f"{sender.name}（{sender.host}，{'按人' if sender.is_personal else '按群'}）：{said}；"
        f"{'、'.join(sorted(policy.kinds & sender.kinds if sender.kinds else policy.kinds)) or '没有要发的种类'}"
        for sender in senders.senders
    ]
