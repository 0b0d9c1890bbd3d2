"""A rule changes by steps: drafted, reviewed by another, decided by a meeting, in force from a day, repealed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from banjie.base.errors import Conflict, InvalidInput, NotAllowed, NotFound
from banjie.files.actions import admit
from banjie.ledger.models import Entry
from banjie.ledger.tests.remade import made_once
from banjie.ledger.verify import verify
from banjie.people.rights import RIGHTS, Role
from banjie.rulebook import actions, queries
from banjie.rulebook.findings import BadText
from banjie.rulebook.in_force import Owner
from banjie.rulebook.models import DraftState, RuleDraft, TextVersion
from banjie.rulebook.shelf import SHIPPED, filed_in
from banjie.rulebook.tests.factories import (
    OTHER_TOWN,
    TOWN,
    load,
    stamp,
    write,
)
from banjie.rulebook.text import Section
from banjie.worktime.terms import Term, TermUnit

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
JANUARY = date(2027, 1, 1)
HANDLE = "handle.resident_request"
BASIS = "镇便民服务限时办结规定"
DECISION = {"meeting": "镇党委会2026年第12次", "document": "镇政发〔2026〕5号"}
AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Person:
    id: UUID
    role: Role
    town: str = TOWN

    @property
    def scope(self):
        return self.town

    def may(self, deed):
        return deed in RIGHTS[self.role]


LI, WANG = Person(UUID(int=11), Role.DISPATCHER), Person(UUID(int=12), Role.UNIT_HEAD)
ZHOU, ZHAO = Person(UUID(int=13), Role.TOWN_LEADER), Person(UUID(int=14), Role.DISPATCHER, OTHER_TOWN)
SUN = Person(UUID(int=15), Role.HANDLER)


def by(actor, *, key=""):
    return type(stamp())(by=actor.id, happened_at=AT, recorded_at=AT, client_key=key)


@made_once
def shipped():
    actions.load_shipped(stamp())


@pytest.fixture(autouse=True)
def _shipped():
    shipped()


def started(key="time_limits", *, actor=LI, section=Section.REGULATIONS, source=""):
    return actions.start_draft(actor, by(actor), section=section, key=key, source=source)


def shortened(draft=None, *, raw="3 workdays"):
    draft = draft or started()
    return actions.set_value(LI, by(LI), draft_id=draft.pk, name=HANDLE, raw=raw, basis=BASIS)


def reviewed(draft=None):
    draft = draft or shortened()
    actions.submit_draft(LI, by(LI), draft_id=draft.pk)
    return actions.review_draft(WANG, by(WANG), draft_id=draft.pk, is_passed=True, words="")


def decided(draft=None, *, from_on=JANUARY):
    draft = draft or reviewed()
    return actions.decide_draft(ZHOU, by(ZHOU), draft_id=draft.pk, from_on=from_on, **DECISION)


def test_a_limit_from_5_to_3_workdays_rules_from_its_day_and_keeps_what_began_before():
    """S-002 on the web: drafted, reviewed by another, decided; a case is judged by the version of its day."""
    version = decided()
    before = queries.time_limit(TOWN, "handle", kind="resident_request", on=date(2026, 12, 31))
    after = queries.time_limit(TOWN, "handle", kind="resident_request", on=JANUARY)
    assert (before.term, before.article) == (Term(5, TermUnit.WORKDAYS), "限时办结制 第三条@出厂1")
    assert (after.term, after.article) == (Term(3, TermUnit.WORKDAYS), "限时办结制 第三条@镇1")
    assert (version.meeting, version.document) == (DECISION["meeting"], DECISION["document"])
    assert (version.reviewed_by, version.decided_by) == (WANG.id, ZHOU.id)
    text = queries.rules_on(TOWN, JANUARY).editions[Section.REGULATIONS, "time_limits"].text
    assert not text.parameters[HANDLE].until_decided
    assert RuleDraft.objects.get().state == DraftState.DECIDED
    assert RuleDraft.objects.get().version_id == version.pk


def test_web_and_files_end_in_the_same_version(tmp_path):
    decided()
    made = TextVersion.objects.get(owner=Owner.TOWN, owner_code=TOWN)
    folder = write(tmp_path, regulations__time_limits=made.text)
    stamped = stamp()
    [loaded] = actions.load_files(
        filed_in(folder),
        town=OTHER_TOWN,
        from_on=JANUARY,
        stamp=stamped,
        decision=actions.Decision(**DECISION),
    )
    same = ("section", "key", "number", "text", "digest", "from_on", "until_on", "meeting", "document")
    assert [getattr(made, column) for column in same] == [getattr(loaded, column) for column in same]


def test_what_a_draft_changes_is_said_before_it_rules():
    diff = queries.changes_of(shortened())
    assert [change.words for change in diff.parameters] == [
        f"第三条 {HANDLE}：5个工作日（待镇里确定） → 3个工作日"
    ]
    assert any("3个工作日内办结并反馈" in line.words for line in diff.changed_lines)


def test_a_draft_of_25_workdays_for_a_permit_is_refused_with_its_article():
    draft = started()
    with pytest.raises(InvalidInput, match="25个工作日，行政许可法 第四十二条不允许") as caught:
        actions.set_value(
            LI, by(LI), draft_id=draft.pk, name=f"{HANDLE}.homestead", raw="25 workdays", basis=BASIS
        )
    assert "value" in caught.value.fields
    source = draft.text.replace('.homestead" = { value = "20', '.homestead" = { value = "25')
    actions.set_source(LI, by(LI), draft_id=draft.pk, source=source)
    with pytest.raises(BadText, match="行政许可法 第四十二条不允许"):
        actions.submit_draft(LI, by(LI), draft_id=draft.pk)


def test_switching_on_ranked_check_ins_is_refused_with_its_article():
    draft = started("light_functions")
    with pytest.raises(InvalidInput, match="实行，国办函〔2026〕12号"):
        actions.set_value(
            LI, by(LI), draft_id=draft.pk, name="functions.check_in_ranking", raw=True, basis=BASIS
        )


@pytest.mark.parametrize(
    ("raw", "basis", "words"), [("soon", BASIS, "看不懂时限"), ("3 workdays", " ", "没有写依据")]
)
def test_a_value_that_cannot_stand_is_refused(raw, basis, words):
    draft = started()
    with pytest.raises(InvalidInput, match=words):
        actions.set_value(LI, by(LI), draft_id=draft.pk, name=HANDLE, raw=raw, basis=basis)
    assert RuleDraft.objects.get().text == draft.text


def test_a_value_added_wants_its_sentence_before_review():
    draft = shortened()
    name = f"{HANDLE}.road_damage"
    actions.set_value(LI, by(LI), draft_id=draft.pk, name=name, raw="2 workdays", basis=BASIS)
    with pytest.raises(BadText, match="没有写出来"):
        actions.submit_draft(LI, by(LI), draft_id=draft.pk)
    prose = queries.draft_for(LI, draft.pk).read.prose + f"\n第十一条　路面{{{{ {name} }}}}内修复。\n"
    actions.set_prose(LI, by(LI), draft_id=draft.pk, prose=prose)
    actions.submit_draft(LI, by(LI), draft_id=draft.pk)
    assert queries.draft_for(LI, draft.pk).state == DraftState.IN_REVIEW
    back = actions.review_draft(WANG, by(WANG), draft_id=draft.pk, is_passed=False, words="路面由县里管")
    assert (back.state, back.review_words) == (DraftState.SENT_BACK, "路面由县里管")
    actions.drop_value(LI, by(LI), draft_id=draft.pk, name=name)


def test_the_author_never_reviews_himself_but_may_write_down_an_adviser_s_paper():
    draft = shortened()
    actions.submit_draft(LI, by(LI), draft_id=draft.pk)
    with pytest.raises(NotAllowed, match="起草人不能审查自己的草案"):
        actions.review_draft(LI, by(LI), draft_id=draft.pk, is_passed=True, words="")
    paper = admit(Paper(), town=TOWN, quotas=queries.quotas_on(TOWN, TODAY))
    advice = actions.Advice("某律师事务所", paper)
    done = actions.review_draft(LI, by(LI), draft_id=draft.pk, is_passed=True, words="合法", advice=advice)
    assert (done.state, done.adviser) == (DraftState.REVIEWED, "某律师事务所")
    assert done.review_file_id


class Paper:
    name = "意见书.txt"

    def chunks(self):
        yield "同意。".encode()


def test_a_review_that_sends_back_says_why():
    draft = shortened()
    actions.submit_draft(LI, by(LI), draft_id=draft.pk)
    with pytest.raises(InvalidInput, match="退回要写明理由"):
        actions.review_draft(WANG, by(WANG), draft_id=draft.pk, is_passed=False, words=" ")


def test_a_decision_names_meeting_document_and_a_day_to_come():
    draft = reviewed()
    with pytest.raises(InvalidInput) as caught:
        actions.decide_draft(
            ZHOU, by(ZHOU), draft_id=draft.pk, meeting="", document="", from_on=date(2026, 11, 21)
        )
    assert set(caught.value.fields) == {"meeting", "document", "from_on"}


def test_a_decision_sent_twice_is_one_version():
    draft = reviewed()
    stamped = by(ZHOU, key="k1")
    first = actions.decide_draft(ZHOU, stamped, draft_id=draft.pk, from_on=JANUARY, **DECISION)
    assert actions.decide_draft(ZHOU, stamped, draft_id=draft.pk, from_on=JANUARY, **DECISION) == first
    assert TextVersion.objects.filter(owner=Owner.TOWN).count() == 1


def test_a_step_out_of_order_is_refused():
    draft = shortened()
    with pytest.raises(Conflict, match="“起草”，不能审查"):
        actions.review_draft(WANG, by(WANG), draft_id=draft.pk, is_passed=True, words="")
    with pytest.raises(Conflict, match="不能登记决定"):
        decided(draft)
    actions.submit_draft(LI, by(LI), draft_id=draft.pk)
    with pytest.raises(Conflict, match="不能修改"):
        shortened(draft)
    with pytest.raises(Conflict, match="没有了结的草案"):
        started()


def test_a_draft_that_changes_nothing_is_not_sent():
    with pytest.raises(Conflict, match="没有改动"):
        actions.submit_draft(LI, by(LI), draft_id=started().pk)


def test_a_draft_overtaken_by_a_newer_version_is_refused(tmp_path):
    draft = reviewed()
    source = draft.text.replace("确需中止、延期的", "需要中止、延期的")
    load(write(tmp_path, regulations__time_limits=source), from_on=TODAY)
    with pytest.raises(Conflict, match="已经有了新版本"):
        decided(draft)


def test_a_withdrawn_draft_makes_room_for_another():
    draft = started()
    actions.withdraw_draft(LI, by(LI), draft_id=draft.pk, reason="改期")
    assert started().pk != draft.pk
    assert [one.state for one in queries.drafts_of(LI)] == [DraftState.DRAFTING]
    assert [one.state for one in queries.drafts_of(LI, are_open=False)] == [DraftState.WITHDRAWN]


def test_a_repealed_text_gives_way_to_the_shipped_one_from_its_day():
    decided(from_on=TODAY)
    version = actions.repeal_text(
        ZHOU, by(ZHOU), section=Section.REGULATIONS, key="time_limits", from_on=JANUARY, **DECISION
    )
    assert version.is_repeal
    assert queries.time_limit(
        TOWN, "handle", kind="resident_request", on=date(2026, 12, 31)
    ).article.endswith("@镇1")
    assert queries.time_limit(TOWN, "handle", kind="resident_request", on=JANUARY).article.endswith("@出厂1")
    assert started().base_id == TextVersion.objects.get(owner=Owner.SHIPPED, key="time_limits").pk
    with pytest.raises(Conflict, match="没有自己的这个制度"):
        actions.repeal_text(
            ZHOU, by(ZHOU), section=Section.REGULATIONS, key="time_limits", from_on=JANUARY, **DECISION
        )


def test_a_repeal_in_files_is_the_same_and_dumps_again(tmp_path):
    version = decided(from_on=TODAY)
    source = version.text.replace('type = "time_limit"', 'type = "time_limit"\nrepealed = true')
    [repeal] = load(write(tmp_path, regulations__time_limits=source))
    assert repeal.is_repeal
    assert queries.own_files(TOWN)["regulations/time_limits@2027-01-01.md"] == source
    assert queries.rules_on(TOWN, JANUARY).editions[Section.REGULATIONS, "time_limits"].owner is Owner.SHIPPED


def test_a_draft_that_leaves_a_clock_without_a_limit_is_refused():
    name = "accept.leader_instruction"
    draft = actions.drop_value(LI, by(LI), draft_id=started().pk, name=name)
    prose = draft.read.prose.replace(f"领导交办事项{{{{ {name} }}}}内、", "")
    actions.set_prose(LI, by(LI), draft_id=draft.pk, prose=prose)
    with pytest.raises(BadText, match="却没有时限"):
        actions.submit_draft(LI, by(LI), draft_id=draft.pk)


def test_who_may_do_what():
    for refuse in (
        lambda: started(actor=SUN),
        lambda: actions.submit_draft(WANG, by(WANG), draft_id=started().pk),
        lambda: actions.review_draft(SUN, by(SUN), draft_id=UUID(int=1), is_passed=True, words=""),
        lambda: actions.decide_draft(WANG, by(WANG), draft_id=UUID(int=1), from_on=JANUARY, **DECISION),
    ):
        with pytest.raises(NotAllowed):
            refuse()
    with pytest.raises(InvalidInput, match="上位法不由镇里起草"):
        started("permit", section=Section.LAWS)


def test_another_town_s_draft_is_not_found():
    draft = started()
    with pytest.raises(NotFound):
        actions.withdraw_draft(ZHAO, by(ZHAO), draft_id=draft.pk)


def test_what_differs_from_the_shipped_texts_is_listed_after_an_upgrade(tmp_path):
    decided(from_on=TODAY)
    [one] = queries.differing_from_shipped(TOWN, TODAY)
    assert (one.own.version, one.shipped.version, one.is_shipped_newer) == ("镇1", "出厂1", False)
    assert [change.name for change in one.diff.parameters] == [HANDLE]
    for filed in filed_in(SHIPPED):
        source = (
            filed.source.replace("确需中止、延期的", "需要中止、延期的")
            if filed.key == "time_limits"
            else filed.source
        )
        write(tmp_path, **{f"{filed.section}__{filed.key}": source})
    actions.load_shipped(stamp(at=datetime(2027, 3, 1, 1, 0, tzinfo=UTC)), folder=tmp_path)
    [one] = queries.differing_from_shipped(TOWN, date(2027, 3, 1))
    assert one.is_shipped_newer
    assert queries.differing_from_shipped(OTHER_TOWN, date(2027, 3, 1)) == []


def test_every_step_is_an_entry_and_the_ledger_agrees_with_the_rows():
    decided()
    deeds = list(Entry.objects.filter(town=TOWN).order_by("seq").values_list("deed", flat=True))
    assert deeds == [
        "rulebook.draft_started",
        "rulebook.draft_changed",
        "rulebook.draft_submitted",
        "rulebook.draft_reviewed",
        "rulebook.draft_decided",
        "rulebook.version_added",
    ]
    assert verify(TOWN, models=[TextVersion, RuleDraft]).findings == []
