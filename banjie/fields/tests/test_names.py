import pytest

from banjie.base.errors import InvalidInput
from banjie.fields.names import check_name, initials_of, pinyin_of, readings_of, split_name

LONG = "阿卜杜热合曼·吐尔逊麦麦提·艾力·买买提依明·阿不力"


@pytest.mark.parametrize(
    ("name", "readings"),
    [
        ("单小明", {"shan", "dan"}),
        ("曾小明", {"zeng", "ceng"}),
        ("仇小明", {"qiu", "chou"}),
        ("解小明", {"xie", "jie"}),
        ("查小明", {"zha", "cha"}),
        ("区小明", {"ou", "qu"}),
        ("朴小明", {"piao", "pu"}),
        ("盖小明", {"ge", "gai"}),
        ("吕小明", {"lv", "lyu"}),
        ("尉小明", {"wei", "yu"}),
        ("尉迟小明", {"yuchi", "weichi"}),
        ("长孙小明", {"zhangsun", "changsun"}),
        ("万俟小明", {"moqi"}),
        ("单于小明", {"chanyu"}),
        ("澹台小明", {"tantai"}),
    ],
)
def test_surnames_are_read_as_surnames_and_as_people_read_the_character(name: str, readings: set[str]):
    found = {"".join(reading).removesuffix("xiaoming") for reading in readings_of(name)}
    assert readings <= found


def test_the_surname_reading_comes_first():
    assert pinyin_of("曾单解") == "zengdanjie"
    assert initials_of("单雄信") == "sxx"


@pytest.mark.parametrize("name", ["王芳", "方伟", "石军", "朱丽"])
def test_common_surnames_are_not_found_under_readings_long_dead(name: str):
    assert len(readings_of(name)) <= 2
    assert "wang" not in {reading[0] for reading in readings_of("方伟")}


@pytest.mark.parametrize(
    ("name", "surname", "given"),
    [
        ("张三", "张", "三"),
        ("欧阳小明", "欧阳", "小明"),
        ("欧阳", "欧", "阳"),
        ("爱新觉罗小明", "爱新觉罗", "小明"),
        ("张", "", "张"),
        (LONG, "", LONG),
        ("Anna Schmidt", "", "Anna Schmidt"),
        ("𠮷田", "𠮷", "田"),
    ],
)
def test_surname_and_given_name_are_told_apart(name: str, surname: str, given: str):
    assert split_name(name) == (surname, given)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" 张  三 ", "张三"),
        ("张\u3000三", "张三"),
        ("阿不力•艾力", "阿不力·艾力"),
        ("阿不力 · 艾力", "阿不力·艾力"),
        ("阿不力.艾力", "阿不力·艾力"),
        ("Anna  Schmidt", "Anna Schmidt"),
        ("𠮷㛃", "𠮷㛃"),
        (LONG, LONG),
    ],
)
def test_names_keep_their_characters_and_lose_stray_blanks(typed: str, kept: str):
    assert check_name(typed) == kept


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("  ", "请填写姓名"),
        ("张" * 51, "姓名最多50个字，现在是51个字，请核对是否填错了栏"),
        ("13812345678", "姓名里有“1”，请核对是否填错了栏"),
        ("张三\x07", "姓名里有“不可见字符”，请核对是否填错了栏"),
        ("（）", "姓名里没有文字，请核对"),
    ],
)
def test_each_mistake_has_its_own_sentence(typed: str, sentence: str):
    with pytest.raises(InvalidInput) as refused:
        check_name(typed)
    assert refused.value.message == sentence


def test_rare_characters_do_no_harm():
    assert readings_of("𠮷") == ((),)
    assert pinyin_of("㛃") == "jie"
    assert readings_of("José Ñuñez")[0] == ("jose", "nunez")


@pytest.mark.parametrize(
    ("name", "letters", "initials"),
    [
        ("李明", "liming", "lm"),
        ("单小明", "shanxiaoming", "sxm"),
        ("曾国", "zengguo", "zg"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("仇英", "qiuying", "qy"),
        ("Tom李", "tomli", "tl"),
        ("", "", ""),
    ],
)
def test_names_are_spelt_with_the_surname_s_own_reading(name: str, letters: str, initials: str):
    assert (pinyin_of(name), initials_of(name)) == (letters, initials)
