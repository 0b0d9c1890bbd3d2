import pytest
from hypothesis import given
from hypothesis import strategies as st

from banjie.residents.keys import digest_of, is_named, key_texts, sought


def texts(name: str, **more: str) -> frozenset[str]:
    return key_texts(name, **{"phone": "", "id_number": "", "outer_code": "", **more})


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        (
            "张三丰",
            ["张", "张三", "张三丰", "z", "zh", "zhang", "zhangs", "zhangsan", "zhangsanf", "zhangsanfeng"],
        ),
        ("张三丰", ["zs", "zsf", "zhangsf", "zsanf", "zsfeng", "ZHANG SAN", "zhang'san'feng", "zhs", "zhsf"]),
        ("曾小贤", ["zeng", "ceng", "zxx", "cxx"]),
        ("尉迟恭", ["yuchi", "weichi", "ycg", "wcg", "尉迟"]),
        ("吕青", ["lv", "lü", "lyuq", "lq"]),
        ("阿卜杜拉·买买提", ["阿卜杜拉买", "阿卜杜拉·买买提", "abdl", "abodula"]),
        ("Anna Schmidt", ["anna", "Anna S", "as", "annas"]),
        ("𠮷田", ["𠮷", "𠮷田"]),
    ],
)
def test_a_name_is_found_by_every_beginning_that_a_clerk_types(name: str, typed: list[str]):
    """U2: characters, full pinyin, initials, mixed, with all readings of the surname."""
    found = texts(name)
    for one in typed:
        assert set(sought(one).words) & found, one


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13812345678", True),
        ("138 1234 5678", False),
        ("5678", True),
        ("98001119880704001X", True),
        ("001x", True),
        ("a00045581", True),
        ("1381234", False),
    ],
)
def test_numbers_are_found_whole_and_by_their_last_four(typed: str, number: bool):
    found = texts("张三", phone="13812345678", id_number="98001119880704001X", outer_code="A00045581")
    assert all(text in found for text in sought(typed).numbers) is number


def test_a_landline_is_found_with_and_without_its_area_code_but_not_by_its_extension():
    found = texts("张三", phone="0555-6781234转801")
    for typed in ("05556781234", "0555-6781234", "6781234", "1234"):
        assert set(sought(typed).numbers) <= found
    assert not set(sought("801").numbers) & found


def test_a_name_and_a_number_narrow_each_other():
    both = sought("张三 5678")
    assert both.words == ("张三",)
    assert both.numbers == ("n5678",)
    assert sought("张三5678") == both


@pytest.mark.parametrize(
    ("name", "typed", "is_meant"),
    [
        ("张三丰", "张san", True),
        ("张三丰", "张s", True),
        ("张三丰", "张sf", True),
        ("张三丰", "张三f", True),
        ("章三丰", "张san", False),
        ("张四", "张san", False),
        ("单雄信", "单xiong", True),
    ],
)
def test_characters_followed_by_letters_are_compared_with_the_name(name: str, typed: str, is_meant: bool):
    wanted = sought(typed)
    assert is_named(name, wanted.verify) is is_meant
    if is_meant:
        assert set(wanted.words) & texts(name)


def test_a_text_longer_than_any_key_is_cut_and_compared():
    name = "阿卜杜热合曼·吐尔逊麦麦提·艾力"
    wanted = sought(name)
    assert set(wanted.words) & texts(name)
    assert is_named(name, wanted.verify)
    assert not is_named("阿卜杜热合曼·吐尔地", wanted.verify)


@given(st.text(min_size=1, max_size=40))
def test_nothing_that_is_typed_breaks_the_reading_of_it(typed: str):
    sought(typed)


@pytest.mark.parametrize(("name", "most"), [("张伟", 20), ("张建国", 45), ("欧阳建国", 45), ("单雄信", 90)])
def test_the_number_of_keys_stays_bounded(name: str, most: int):
    assert len(texts(name)) <= most


def test_equal_names_of_two_towns_do_not_show_as_equal():
    assert digest_of("980011101", "张三") != digest_of("980011102", "张三")
