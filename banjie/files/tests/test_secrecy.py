"""密级 marks are found, and words that merely look like them are not."""

import pytest

from banjie.files.checks import secrecy_mark_in

MARKED = {
    "机密★10年": "机密★10年",
    "关于某事的通知\n\n正文 机密★ 20年 特急": "机密★ 20年",
    "秘密★": "秘密★",
    "绝密★启用前": "绝密★",
    "特急机密★5年": "机密★5年",
    "秘 密 ★ 1年": "秘 密 ★ 1年",
    "000001\n机密\n特急\n某镇人民政府文件": "机密",
    "【秘密】\n会议纪要": "【秘密】",
    "机　密\n某文件": "机　密",
    "标题\n密级：机密  期限：10年": "密级：机密",
    "密级:秘密级": "密级:秘密级",
}
UNMARKED = [
    "",
    "请做好保密工作",
    "举报人要求保密",
    "涉及商业秘密★的内容不公开",
    "他们秘密地商量了一夜",
    "这是机密文件吗？领导说是秘密",
    "机密性很强",
    "签订保守国家秘密承诺书",
    "密级：公开",
    "密级：□绝密 □机密 □秘密",
    "密级：绝密/机密/秘密（选填）",
    "密级：机密性高",
    "服务评价 秘密★★★★★",
    "保密★",
    "第一行\n二\n三\n四\n五\n六\n七\n秘密\n后面的一行",
    "秘密花园小区路灯不亮",
]


@pytest.mark.parametrize("text", MARKED)
def test_a_mark_is_found(text: str) -> None:
    assert secrecy_mark_in(text) == MARKED[text]


@pytest.mark.parametrize("text", UNMARKED)
def test_an_everyday_word_is_no_mark(text: str) -> None:
    assert secrecy_mark_in(text) is None
