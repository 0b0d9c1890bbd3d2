"""What a text tells of its teller: a phone, a name beside it; and what is only chatter."""

import re

from banjie.fields.surnames import COMPOUND

MOBILE = re.compile(r"(?<![\dA-Za-z])(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?!\d)")
LANDLINE = re.compile(r"(?<![\d-])(0\d{2,3}-[2-9]\d{6,7})(?![\d])")
CODE = re.compile(r"[A-Z]{1,3}\d{5,12}")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任卢姚沈钟姜崔谭陆"
    "范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷段龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔汤常温康施牛樊葛邢安齐易乔伍庞颜"
    "庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童毕单季成霍裴涂苗曲盛骆娄阎鲍游凌仇冉辛靳管柴蒙裘费解瞿"
)
"""The surnames that almost everybody bears: enough to tell a name from other words, and no more is asked of it."""
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,12}(?:·[\u4e00-\u9fff]{1,12})+")
_LABELLED = re.compile(
    r"(?:姓名|联系人|诉求人|反映人|来电人|我叫|本人叫)[:：是叫\s]{0,3}([\u4e00-\u9fff·]{2,25}?)(?=[，,。;；、\s(（\d]|电话|手机|$)"
)
_BESIDE_PHONE = re.compile(
    r"([\u4e00-\u9fff]{2,4})[，,:：(（\s]{0,2}(?:联系)?(?:电话|手机)?[号码]{0,2}[:：]?\s?$"
)
_CHATTER = re.compile(
    r"(?:已?收到|好的?|嗯|哦|行|可以|明白|知道了?|[谢感]谢|多谢|辛苦了?|在吗|[你您]好|早上好|okay|ok|马上|来了|已阅|了解|对|是的?"
    r"|没问题|\+?1|哈|👍|👌|🙏|[💪🌹❤\ufe0f])++",
    re.IGNORECASE,
)
_STAND_IN = re.compile(r"(?:[\[【][^\[\]【】\n]{1,8}[\]】]\s*)+")
_EVENT = re.compile(
    r"[^\n]{0,40}(?:撤回了一条消息|加入了?群聊|拍了拍[^\n]{0,20}|移出了?群聊|修改群名为[^\n]{0,30})"
)
_SIGNS = re.compile(r"[\s，,。.!！~～…、@]+")
LONGEST_CHATTER = 60


def phone_in(text: str) -> str:
    """Return the first phone number of a text without blanks, or nothing."""
    mobile = MOBILE.search(text)
    if mobile:
        return re.sub(r"[- ]", "", mobile.group(1))
    landline = LANDLINE.search(text)
    return landline.group(1) if landline else ""


def name_in(text: str) -> str:
    """Return the name that a text gives for its teller: after a word such as 联系人, or just before the phone."""
    labelled = _LABELLED.search(text)
    if labelled and is_person_name(labelled.group(1)):
        return labelled.group(1)
    phone = MOBILE.search(text) or LANDLINE.search(text)
    beside = _BESIDE_PHONE.search(text[max(0, phone.start() - 16) : phone.start()]) if phone else None
    return _named(beside.group(1)) if beside else ""


def is_person_name(words: str) -> bool:
    """Tell whether words look like a person's name: a known surname with a given name, or parts with a dot."""
    if not _HAN_NAME.fullmatch(words):
        return False
    return (
        "·" in words
        or (words[:2] in COMPOUND and len(words) > 2)
        or (words[0] in _SURNAMES and len(words) < 4)
    )


def is_chatter(text: str) -> bool:
    """Tell whether a message asks for nothing: 收到, 好的, [图片], an event of the chat."""
    line = text.strip()
    if not line or len(line) > LONGEST_CHATTER:
        return not line
    bare = _SIGNS.sub("", line)
    return not bare or bool(_STAND_IN.fullmatch(line) or _EVENT.fullmatch(line) or _CHATTER.fullmatch(bare))


def _named(words: str) -> str:
    """Return the ending of the words before a phone that is a name, three characters before two: 村民张三 → 张三."""
    return next((words[-size:] for size in (3, 2, 4) if is_person_name(words[-size:])), "")
