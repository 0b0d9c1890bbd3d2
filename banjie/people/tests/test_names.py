import pytest

from banjie.people.names import pinyin_of


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
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
def test_names_are_spelt_with_the_surname_s_own_reading(name, pinyin, initials):
    assert pinyin_of(name) == (pinyin, initials)
