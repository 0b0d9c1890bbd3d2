import pytest

from banjie.base.errors import InvalidInput
from banjie.fields.phone import check_phone, digits_of, last_four, local_part


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13812345678", "13812345678"),
        ("138 1234 5678", "13812345678"),
        ("138-1234-5678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("+86 13812345678", "13812345678"),
        ("8613812345678", "13812345678"),
        ("0555-6781234", "0555-6781234"),
        ("（0555）6781234", "0555-6781234"),
        ("05556781234", "0555-6781234"),
        ("010－66778899", "010-66778899"),
        ("02166778899", "021-66778899"),
        ("0555-6781234转801", "0555-6781234转801"),
        ("0555—6781234—801", "0555-6781234转801"),
        ("0555 6781234 分机 8", "0555-6781234转8"),
        ("+86-555-6781234", None),
        ("6781234", "6781234"),
        ("400-123-4567", "4001234567"),
        ("+852 9123 4567", "+85291234567"),
    ],
)
def test_numbers_are_brought_to_one_form(typed: str, kept: str | None):
    if kept is None:
        with pytest.raises(InvalidInput):
            check_phone(typed)
    else:
        assert check_phone(typed) == kept


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("  ", "请填写联系电话"),
        ("1381234567", "手机号应为11位，现在是10位，请核对"),
        ("12012345678", "手机号第2位应为3至9，现在是“2”，请核对"),
        ("138a2345678", "电话号码里的“a”不能识别，请只填数字"),
        ("13812345678/13912345678", "这一栏只填一个电话号码，其余号码请写在备注里"),
        ("13812345678 13912345678", "这一栏只填一个电话号码，其余号码请写在备注里"),
        ("13812345678、6781234", "这一栏只填一个电话号码，其余号码请写在备注里"),
        ("0555-678", "固定电话应为区号加7或8位号码，如0555-6781234，现在共7位，请核对"),
        ("668899", "固定电话应为7或8位（可加区号），现在是6位，请核对；集群短号请改填完整号码"),
        ("13812345678转801", "手机号没有分机，请去掉后面的分机号"),
        ("+852", "境外号码应为“+国家或地区代码”加号码，如+85291234567，请核对"),
        ("---", "请填写联系电话"),
    ],
)
def test_each_mistake_has_its_own_sentence(typed: str, sentence: str):
    with pytest.raises(InvalidInput) as refused:
        check_phone(typed)
    assert refused.value.message == sentence


def test_the_extension_is_no_part_of_what_a_number_is_found_by():
    assert digits_of("0555-6781234转801") == "05556781234"
    assert local_part("0555-6781234转801") == "6781234"
    assert last_four("0555-6781234转801") == "1234"
    assert local_part("13812345678") == "13812345678"
