"""中止、恢复、延期、报进度、催办、备注、附件、反馈: what happens while a case is in hand."""

from datetime import datetime, timedelta
from fractions import Fraction

from banjie.base.errors import Conflict, InvalidInput, NotAllowed, NotFound
from banjie.cases.actions.checks import check_hands_on, wanted
from banjie.cases.actions.doing import on_case
from banjie.cases.actions.rounds import refuse_unheard
from banjie.cases.actions.underway import Underway, course_of, promise_of
from banjie.cases.actions.voices import Word, voice_of
from banjie.cases.clocks import Course, Reading, read, read_standing
from banjie.cases.models import Attachment, Case, Clock, Extension
from banjie.cases.occasion import Occasion
from banjie.cases.rules.urging import urging_apart
from banjie.cases.vocabulary import Mark, Said, Speaker
from banjie.cases.workflow import ClockName
from banjie.files.models import StoredFile
from banjie.worktime.hours import local
from banjie.worktime.terms import Pause, Term, parse_term

MOVED_BY_PAUSES = (ClockName.HANDLE, ClockName.REOPEN)


def pause_case(case: Case, occasion: Occasion, *, ground: str, words: str) -> Case:
    """中止: stop every clock on a ground that the kind lists (行政许可法 第四十五条); the case stays open.

    Raises InvalidInput for a ground that is not listed or without what the asker is told.
    """

    def act(underway: Underway) -> None:
        check_hands_on(underway)
        listed = underway.rules.kind(underway.case.kind).pause_ground(ground)
        wanted(words, field="words", problem="请写明等什么、预计多久，这段话要告诉诉求人。")
        pause_clocks(underway)
        underway.article = f"{listed.title}：{listed.basis}"[:160]
        underway.finish(words=f"{listed.title}。{words}")

    return on_case(case, "pause_case", occasion, content=[ground, words], act=act)


def resume_case(case: Case, occasion: Occasion, *, words: str = "") -> Case:
    """恢复: the clocks go on, later by the working days after the day of pause up to and including today."""

    def act(underway: Underway) -> None:
        check_hands_on(underway)
        resume_clocks(underway)
        underway.finish(words=words)

    return on_case(case, "resume_case", occasion, content=words, act=act)


def ask_extension(case: Case, occasion: Occasion, *, term: str, reason: str) -> Case:
    """申请延期: before the handling clock ends, as often and as far as the kind allows (信访工作条例 第三十四条)."""

    def act(underway: Underway) -> None:
        check_hands_on(underway)
        longer = _asked_term(underway, term)
        wanted(reason, field="reason", problem="请写明延期的理由，这段话要告诉诉求人。")
        asked = Extension(
            town=underway.case.town,
            case=underway.case,
            term=f"{longer.amount} {longer.unit}",
            reason=reason,
            asked_by=underway.occasion.acting.id,
            asked_at=underway.occasion.told_at,
        )
        underway.touch(asked, {})
        underway.finish(words=reason)

    return on_case(case, "ask_extension", occasion, content=[term, reason], act=act)


def decide_extension(case: Case, occasion: Occasion, *, is_granted: bool, words: str = "") -> Case:
    """批准延期: granted or refused by another than who asked; granted, the handling clock moves."""

    def act(underway: Underway) -> None:
        asked = _asked(underway)
        _check_may_decide(underway, asked)
        if not is_granted:
            wanted(words, field="words", problem="请写明为什么不批准。")
        decided = {
            "decided_by": underway.occasion.acting.id,
            "decided_at": underway.occasion.told_at,
            "is_granted": is_granted,
        }
        underway.touch(asked, decided)
        if is_granted:
            _extend(underway, asked)
        underway.finish(words=words)

    return on_case(case, "decide_extension", occasion, content=[is_granted, words], act=act)


def report_progress(case: Case, occasion: Occasion, *, words: str) -> Case:
    """报进度: say how far it is; 电话问得 is one of these (U43)."""
    return _say(case, "report_progress", occasion, words, problem="请写明进展。")


def urge_case(case: Case, occasion: Occasion, *, words: str = "") -> Case:
    """催办: ask whoever answers for the case to move; nothing else changes, and no clock (国办函〔2026〕12号).

    Raises Conflict when it was urged within the rulebook's span and nothing has been answered yet.
    """

    def act(underway: Underway) -> None:
        urged_at = underway.case.urged_at
        apart = urging_apart(underway.rules)
        if urged_at is not None and underway.occasion.told_at - urged_at < apart:
            hours = apart // timedelta(hours=1)
            raise Conflict(
                f"{underway.case.number}在{local(urged_at):%-m月%-d日%-H:%M}刚催过，"
                f"同一件隔{hours}小时才能再催。急事请直接打电话。"
            )
        underway.finish(changes={"urged_at": underway.occasion.told_at}, words=words)

    return on_case(case, "urge_case", occasion, content=words, act=act)


def comment_case(case: Case, occasion: Occasion, *, words: str) -> Case:
    """备注: a remark for colleagues; it moves nothing."""
    return _say(case, "comment_case", occasion, words, problem="请写备注内容。")


def attach_file(case: Case, occasion: Occasion, *, file: StoredFile) -> Case:
    """附件: put a stored file under the case."""

    def act(underway: Underway) -> None:
        if file.town != underway.case.town:
            raise NotFound("没有找到这个文件。请重新上传。")
        attached = Attachment(
            town=underway.case.town,
            case=underway.case,
            file=file,
            name=file.name,
            attached_at=underway.occasion.told_at,
            by=underway.occasion.acting.id,
        )
        underway.touch(attached, {})
        underway.finish(words=file.name)

    return on_case(case, "attach_file", occasion, content=file.pk, act=act)


def reply_case(case: Case, occasion: Occasion, *, words: str) -> Case:
    """反馈: tell the asker the result; it is done as of now if this reply stands (办结)."""

    def act(underway: Underway) -> None:
        check_hands_on(underway)
        refuse_unheard(underway)
        wanted(words, field="words", problem="请写明办理结果，这段话要告诉诉求人。")
        claim = voice_of(underway, Word(Said.DONE, words=words, mark=Mark.NONE), speaker=Speaker.HANDLER)
        underway.touch(claim, {})
        underway.start(ClockName.CALL_BACK)
        underway.finish(changes={"done_at": underway.occasion.told_at}, words=words)

    return on_case(case, "reply_case", occasion, content=words, act=act)


def _say(case: Case, deed: str, occasion: Occasion, words: str, *, problem: str) -> Case:
    def act(underway: Underway) -> None:
        wanted(words, field="words", problem=problem)
        underway.finish(words=words)

    return on_case(case, deed, occasion, content=words, act=act)


def pause_clocks(underway: Underway) -> None:
    """Let every clock that runs stand still."""
    quiet = {"paused_at": underway.occasion.told_at, "due_at": None, "amber_at": None}
    for clock in underway.running(*ClockName):
        underway.touch(clock, quiet)


def resume_clocks(underway: Underway) -> None:
    """Let every clock that stands still go on."""
    for clock in underway.clocks:
        if clock.paused_at is not None and clock.stopped_at is None:
            resume_clock(underway, clock, clock.paused_at)


def resume_clock(underway: Underway, clock: Clock, paused_at: datetime, **changes: object) -> None:
    """Let a paused clock go on, later by its pause; `changes` are set with it."""
    resumed_at = max(paused_at, underway.occasion.told_at)
    spans = [*clock.pauses, [paused_at.isoformat(), resumed_at.isoformat()]]
    course = course_of(clock)
    gone_on = Course(course.started_at, (*course.pauses, Pause(paused_at, resumed_at)), course.extensions)
    underway.shows(clock, read_again(underway, clock, gone_on), paused_at=None, pauses=spans, **changes)


def read_again(underway: Underway, clock: Clock, course: Course, *, is_recount: bool = False) -> Reading:
    """Read a clock anew; a given due time is not ours to move, and a recount never moves to an earlier day."""
    before = Reading(
        clock.standing_due_at, clock.due_at, clock.amber_at, clock.is_provisional, clock.explanation
    )
    if clock.is_given:
        return read_standing(before, course, share=Fraction(clock.amber_share), work=underway.work)
    return read(promise_of(clock), course, underway.work, before=before if is_recount else None)


def _asked_term(underway: Underway, term: str) -> Term:
    """Return the term asked for, or refuse: not before the end, once more than allowed, too far, no clock to move."""
    allowed = underway.rules.extension(underway.case.kind, category=underway.case.category)
    clock = next(iter(underway.running(ClockName.HANDLE)), None)
    if clock is None or clock.due_at is None or clock.is_given:
        raise Conflict("这一件没有可以延期的办理时限。外部给定的时限请在外部系统申请。")
    if underway.occasion.told_at > clock.due_at:
        raise Conflict("办理时限已过，不能再申请延期。延期要在到期之前申请。")
    granted = Extension.objects.filter(case=underway.case, is_granted=True).count()
    if granted >= allowed.times:
        raise Conflict(f"已延期{granted}次，不能再延。按规定最多延期{allowed.times}次。")
    if Extension.objects.filter(case=underway.case, decided_at__isnull=True).exists():
        raise Conflict("已有一份延期申请在等批准。请先等它批下来。")
    longer = parse_term(term)
    if longer.unit is not allowed.longest.unit or longer.amount > allowed.longest.amount:
        problem = f"最多延长{allowed.longest.amount}，单位与办理时限相同。"
        raise InvalidInput(problem, fields={"term": problem})
    return longer


def _asked(underway: Underway) -> Extension:
    asked = Extension.objects.filter(case=underway.case, decided_at__isnull=True).first()
    if asked is None:
        raise Conflict("没有等待批准的延期申请，可能已被他人批过。请刷新后再看。")
    if not any(clock.name == ClockName.HANDLE and clock.stopped_at is None for clock in underway.clocks):
        raise Conflict("办理时限已经停了，延期不用再批。")
    return asked


def _check_may_decide(underway: Underway, asked: Extension) -> None:
    if underway.occasion.hands & {asked.asked_by, underway.case.handler_id}:
        raise NotAllowed("自己经办的件不能由自己批准延期，也不能由自己代录。请由单位负责人或分管领导批准。")


def _extend(underway: Underway, asked: Extension) -> None:
    for clock in underway.clocks:
        if clock.name == ClockName.HANDLE and clock.stopped_at is None:
            course = course_of(clock)
            longer = Course(
                course.started_at,
                course.pauses,
                (*course.extensions, parse_term(asked.term)),
                course.paused_at,
            )
            extensions = [*clock.extensions, asked.term]
            underway.shows(clock, read_again(underway, clock, longer), extensions=extensions)
