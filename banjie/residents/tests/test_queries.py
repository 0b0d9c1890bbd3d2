from uuid import uuid4

import pytest

from banjie.base.errors import NotFound
from banjie.residents.queries import find_residents, resident_for, resident_of_outer_code, visible_to
from banjie.residents.tests.factories import (
    EAST,
    LI,
    STRANGER,
    TOWN,
    WANG,
    ZHAO,
    id_number,
    make_resident,
    make_villages,
)

pytestmark = pytest.mark.django_db
LONG = "阿卜杜热合曼·吐尔逊麦麦提·艾力·买买提依明·阿不力"


@pytest.fixture(autouse=True)
def villages():
    make_villages()


def names(actor, typed: str, **more) -> list[str]:
    return [hit.name for hit in find_residents(actor, typed, **more)]


def test_a_hit_tells_people_apart_and_shows_nothing_in_full():
    row = make_resident(
        "张三", phone="13812345678", id_number=id_number(), house="3组5号", outer_code="A00045581"
    )
    (hit,) = find_residents(LI, "zs")
    assert hit.id == row.pk
    assert (hit.name, hit.phone, hit.village, hit.house) == ("*三", "138****5678", "西沟村", "3组5号")
    assert hit.id_number == f"3****************{id_number()[-1]}"


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("单雄信", "shan"),
        ("单雄信", "dan"),
        ("曾小贤", "zeng"),
        ("曾小贤", "ceng"),
        ("仇英", "qiuy"),
        ("仇英", "chou"),
        ("解缙", "xiej"),
        ("解缙", "jie"),
        ("区伟", "ouw"),
        ("朴明", "piao"),
        ("盖红", "geh"),
        ("尉迟恭", "ycg"),
        ("长孙明", "zhangsunm"),
        ("万俟明", "moqi"),
        ("𠮷㛃", "𠮷"),
        ("𠮷㛃", "𠮷㛃"),
        (LONG, "阿卜杜热"),
        (LONG, LONG),
        (LONG, LONG.replace("·", "")),
        (LONG, "abdrhm"),
    ],
)
def test_hard_names_are_found(name: str, typed: str):
    """U2, with the torture names of UX §3."""
    row = make_resident(name)
    make_resident("李四")
    assert [hit.id for hit in find_residents(WANG, typed)] == [row.pk]


@pytest.mark.parametrize(
    "typed", ["13812345678", "5678", "138-1234-5678", "a00045581", "张三 5678", "zs 5678"]
)
def test_numbers_find_whole_and_by_last_four(typed: str):
    make_resident("张三", phone="13812345678", outer_code="A00045581")
    make_resident("张三", phone="13912340000")
    assert [hit.phone for hit in find_residents(LI, typed)] == ["138****5678"]


def test_an_id_number_ending_in_x_is_found_whole_and_by_its_last_four():
    number = next(n for n in map(id_number, range(1, 40)) if n.endswith("X"))
    row = make_resident("张三", id_number=number)
    for typed in (number, number.lower(), number[-4:], number[-4:].lower()):
        assert [hit.id for hit in find_residents(LI, typed)] == [row.pk]


def test_the_very_name_comes_first_and_the_limit_holds():
    for name in ("张伟强", "张伟民", "张伟", "张炜"):
        make_resident(name)
    assert names(LI, "张伟")[0] == "*伟"
    assert len(names(LI, "zhang", limit=2)) == 2
    assert names(LI, "张w") == ["*伟", "*炜", "*伟强", "*伟民"]


@pytest.mark.parametrize("typed", ["", "  ", "·", "李", "%", "_", "9", "\x00", "😀"])
def test_what_fits_nobody_finds_nobody(typed: str):
    make_resident("张三", phone="13812345678")
    assert find_residents(LI, typed) == []


def test_zhao_finds_only_those_of_his_village():
    """T13."""
    make_resident("张三", phone="13812345678", id_number=id_number(), outer_code="A1")
    own = make_resident("张三", division_code=EAST)
    assert [hit.id for hit in find_residents(ZHAO, "张三")] == [own.pk]
    for typed in ("张三", "zs", "5678", "13812345678", id_number(), "A1"):
        assert find_residents(STRANGER, typed) == []
    assert resident_of_outer_code(ZHAO, "A1") is None


def test_a_resident_of_another_village_or_town_is_not_found():
    """T13: out of scope and not there are one answer."""
    row = make_resident("张三")
    assert resident_for(LI, row.pk) == row
    answers = []
    for actor, wanted in ((ZHAO, row.pk), (STRANGER, row.pk), (LI, uuid4())):
        with pytest.raises(NotFound) as refused:
            resident_for(actor, wanted)
        answers.append(refused.value.message)
    assert len(set(answers)) == 1
    assert list(visible_to(ZHAO)) == []


def test_a_resident_of_no_known_village_is_seen_by_the_town_alone():
    row = make_resident("张三", division_code=TOWN)
    assert [hit.village for hit in find_residents(LI, "张三")] == ["青石镇"]
    with pytest.raises(NotFound):
        resident_for(ZHAO, row.pk)


def test_an_outer_code_finds_its_resident():
    row = make_resident("张三", outer_code="A00045581")
    assert resident_of_outer_code(LI, " A00045581 ") == row
    assert resident_of_outer_code(LI, "") is None


def test_finding_takes_three_queries(django_assert_num_queries):
    for _ in range(3):
        make_resident("张三", phone="13812345678")
    for typed in ("zs", "张三 5678", "张s"):
        with django_assert_num_queries(3):
            assert len(find_residents(LI, typed)) == 3
