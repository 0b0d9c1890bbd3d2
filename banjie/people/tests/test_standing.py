from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banjie.base.errors import Conflict, NotFound
from banjie.people.rights import Role
from banjie.people.standing import Person, PostHeld, Roster

LI, WANG, CHEN, SUN, QIAN = (UUID(int=n) for n in range(1, 6))
NAMES = {LI: "李明", WANG: "王芳", CHEN: "陈刚", SUN: "孙丽", QIAN: "钱进"}
CIVIL, OFFICE = UUID(int=11), UUID(int=12)
POST = PostHeld(UUID(int=21), "民政岗", CIVIL, "民政办", (Role.HANDLER,), LI, WANG)
HEAD = PostHeld(UUID(int=22), "主任", CIVIL, "民政办", (Role.UNIT_HEAD,), CHEN, None)
DISPATCH = PostHeld(UUID(int=23), "调度", OFFICE, "党政办", (Role.DISPATCHER,), QIAN, None)


def roster(*away, posts=(POST, HEAD, DISPATCH), duty=SUN, gone=()):
    people = {
        i: Person(i, name, away_for="请假" if i in away else "", is_active=i not in gone)
        for i, name in NAMES.items()
    }
    return Roster(people=people, posts=posts, duty_officer=duty)


@pytest.mark.parametrize(
    ("away", "who", "why"),
    [
        ((), LI, "李明在岗"),
        ((LI,), WANG, "李明请假，由B岗王芳代"),
        ((LI, WANG), CHEN, "李明请假、B岗王芳请假，由民政办负责人陈刚代"),
        ((LI, WANG, CHEN), SUN, "李明请假、B岗王芳请假、民政办负责人陈刚请假，由当日值班员孙丽代"),
        ((LI, WANG, CHEN, SUN), QIAN, "由党政办调度钱进代"),
        ((LI, WANG, CHEN, SUN, QIAN), QIAN, "暂由党政办调度钱进兜底"),
    ],
)
def test_the_chain_goes_from_a_to_b_to_head_to_duty_to_dispatch(away, who, why):
    standing = roster(*away).stands_in(LI)
    assert standing.staff.id == who
    assert why in standing.why


def test_a_stands_in_for_b():
    assert roster(WANG).stands_in(WANG).why == "王芳请假，由A岗李明代"


def test_who_has_left_is_stood_in_for_as_well():
    assert roster(gone=(LI,)).stands_in(LI).why == "李明已停用，由B岗王芳代"


def test_a_lead_without_a_post_falls_to_the_duty_officer():
    assert roster(SUN, duty=LI).stands_in(SUN).staff.id == LI


def test_a_given_post_decides_whose_b_stands_in():
    other = replace(POST, id=UUID(int=24), holder_a=LI, holder_b=SUN)
    held = roster(LI, posts=(POST, other, DISPATCH))
    assert held.stands_in(LI, post_id=other.id).staff.id == SUN
    assert held.stands_in(LI, post_id=POST.id).staff.id == WANG


def test_with_nobody_left_the_empty_post_is_named():
    alone = roster(LI, WANG, posts=(POST,), duty=None)
    with pytest.raises(Conflict, match="民政办“民政岗”岗无人可代：李明请假、B岗王芳请假"):
        alone.stands_in(LI)


def test_a_stranger_is_not_found():
    with pytest.raises(NotFound):
        roster().stands_in(uuid4())


def test_a_shared_device_never_stands_in():
    people = {LI: Person(LI, "李明", away_for="请假"), SUN: Person(SUN, "电脑", is_shared_device=True)}
    with pytest.raises(Conflict):
        Roster(people=people, posts=(), duty_officer=SUN).stands_in(LI)


PEOPLE = list(NAMES)


@st.composite
def rosters(draw):
    people = {
        i: Person(
            i,
            name,
            is_active=draw(st.booleans()),
            is_shared_device=draw(st.sampled_from([False, False, True])),
            away_for=draw(st.sampled_from(["", "", "请假"])),
        )
        for i, name in NAMES.items()
    }
    holder = st.sampled_from([None, *PEOPLE, UUID(int=99)])
    posts = draw(
        st.lists(
            st.builds(
                PostHeld,
                id=st.uuids(),
                title=st.just("岗"),
                unit_id=st.sampled_from([CIVIL, OFFICE]),
                unit_name=st.just("办"),
                roles=st.sets(st.sampled_from(list(Role)), min_size=1).map(tuple),
                holder_a=holder,
                holder_b=holder,
            ),
            max_size=5,
        )
    )
    return Roster(people=people, posts=posts, duty_officer=draw(holder))


def answer(held, staff_id):
    try:
        return held.stands_in(staff_id)
    except Conflict as refused:
        return refused.message


def present(held, ids):
    return [i for i in ids if i in held.people and held.people[i].is_present]


@given(rosters(), st.sampled_from(PEOPLE))
def test_exactly_one_active_person_answers_or_a_conflict_says_why_not(held, staff_id):
    """S-001: ownerless requests, target 0."""
    dispatchers = [
        p for post in held.posts if Role.DISPATCHER in post.roles for p in (post.holder_a, post.holder_b)
    ]
    standing = answer(held, staff_id)
    if isinstance(standing, str):
        assert "无人可代" in standing
        assert not any(held.people[i].can_answer for i in dispatchers if i in held.people)
        assert not present(held, [staff_id, held.duty_officer])
        return
    assert standing.staff.can_answer
    assert standing.staff.name in standing.why
    assert standing.staff.is_present or not present(held, [staff_id, held.duty_officer, *dispatchers])
    assert standing.staff.id == staff_id or not held.people[staff_id].is_present


@given(rosters(), st.sampled_from(PEOPLE))
def test_the_same_moment_always_gives_the_same_person(held, staff_id):
    assert answer(held, staff_id) == answer(held, staff_id)
