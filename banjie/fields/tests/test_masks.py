import pytest

from banjie.fields.masks import NameMask, mask_id, mask_name, mask_phone


@pytest.mark.parametrize(
    ("name", "inside", "notice"),
    [
        ("张三", "*三", "张某"),
        ("张建国", "*建国", "张某"),
        ("欧阳小明", "**小明", "欧阳某"),
        ("爱新觉罗小明", "****小明", "爱新觉罗某"),
        ("张", "*", "张某"),
        ("𠮷田", "*田", "𠮷某"),
        ("阿不力·艾力", "**力·*力", "阿某"),
        ("Anna Schmidt", "***a ******t", "A某"),
        ("", "", ""),
    ],
)
def test_names_are_covered_by_the_mask_table(name: str, inside: str, notice: str):
    assert mask_name(name) == inside
    assert mask_name(name, NameMask.SURNAME) == notice


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812345678", "138****5678"),
        ("0555-6781234转801", "0555-*****34"),
        ("6781234", "*****34"),
        ("+85291234567", "**********67"),
        ("", ""),
    ],
)
def test_phones_are_covered_by_the_mask_table(phone: str, masked: str):
    assert mask_phone(phone) == masked


def test_id_numbers_keep_only_first_and_last():
    assert mask_id("34052419800101001X") == "3****************X"
    assert mask_id("") == ""
