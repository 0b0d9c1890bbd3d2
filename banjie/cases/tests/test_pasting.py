"""What comes by the clipboard becomes pieces (U41): chats, cells, notes; nothing is lost and nothing raises."""

import string
from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banjie.cases.pasting import Piece, Source, illustrated, plain_lines, read_pasted, title_of
from banjie.cases.pasting.telling import is_chatter, name_in, phone_in
from banjie.cases.pasting.times import read_moment, read_serial
from banjie.cases.tests.clipboard import copied
from banjie.sheets.reading.cells import read_rows

OFFICE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 9, 28, 10, 0, tzinfo=OFFICE)


def moment(*parts):
    return datetime(*parts, tzinfo=OFFICE)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("2019/4/25 9:32:09", moment(2019, 4, 25, 9, 32, 9)),
        ("2019/06/20 20:38:47", moment(2019, 6, 20, 20, 38, 47)),
        ("2026-09-28 09:12", moment(2026, 9, 28, 9, 12)),
        ("2026年9月28日 下午3:05", moment(2026, 9, 28, 15, 5)),
        ("2026年9月28日 9点", moment(2026, 9, 28, 9)),
        ("2026.9.28", moment(2026, 9, 28)),
        ("9-28 09:12", moment(2026, 9, 28, 9, 12)),
        ("12-31 09:12", moment(2025, 12, 31, 9, 12)),
        ("昨天 21:40", moment(2026, 9, 27, 21, 40)),
        ("星期六 08:00", moment(2026, 9, 26, 8)),
        ("09:12", moment(2026, 9, 28, 9, 12)),
        ("18:30", moment(2026, 9, 27, 18, 30)),
        ("2/29 08:00", None),
        ("2026/13/1", None),
        ("99:99", None),
        ("", None),
        ("路灯", None),
    ],
)
def test_moments_are_read_as_the_office_reads_them(words, told):
    assert read_moment(words, at=AT) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("43580.3976", moment(2019, 4, 25, 9, 32, 33)),
        ("43580", moment(2019, 4, 25)),
        ("188006", None),
        ("4358", None),
    ],
)
def test_a_sheets_serial_number_is_a_moment(words, told):
    assert read_serial(words, at=AT) == told


@pytest.mark.parametrize(
    "words",
    ["收到", "好的，谢谢！", "[图片]", "[语音] [图片]", "OK", "嗯嗯", "收到收到", "👍", "张三撤回了一条消息"],
)
def test_chatter_asks_for_nothing(words):
    assert is_chatter(words)


@pytest.mark.parametrize(
    "words", ["好的，明天来修", "收到，西沟组还有两盏不亮", "[图片]路灯坏了", "哈" * 50 + "修"]
)
def test_what_says_more_is_no_chatter(words):
    assert not is_chatter(words)


@pytest.mark.parametrize(
    ("words", "name", "phone"),
    [
        ("联系人：张三，电话13800005678", "张三", "13800005678"),
        ("西沟村村民李建国 138 0000 5678", "李建国", "13800005678"),
        ("姓名：阿依古丽·买买提 电话：0998-6234567", "阿依古丽·买买提", "0998-6234567"),
        ("路灯不亮，请打138-0000-5678", "", "13800005678"),
        ("编号 213800005678 的表", "", ""),
    ],
)
def test_teller_and_phone_are_read_from_the_words(words, name, phone):
    assert (name_in(words), phone_in(words)) == (name, phone)


def test_the_greeting_is_no_title():
    assert title_of("尊敬的领导：您好！\n西沟组路灯坏了。请修") == "西沟组路灯坏了"
    assert title_of("您好") == "您好"
    assert len(title_of("长" * 200)) == 30


CHAINS = {
    "pc": """张三 2026/9/28 9:12:03
西沟组路灯坏了

李四 2026/9/28 9:13:10
自来水三天没来

网格员小王 2026/9/28 9:14:00
收到

王五 2026/9/28 9:15:44
垃圾没人清运

赵六 2026/9/28 9:16:00
[图片]
""",
    "multi-select": "张三:\n西沟组路灯坏了\n\n李四:\n自来水三天没来\n\n网格员小王:\n收到\n\n王五:\n垃圾没人清运\n\n赵六:\n[图片]",
    "month and day": "张三  9-28 09:12\n西沟组路灯坏了\n李四  9-28 09:13\n自来水三天没来\n网格员小王  9-28 09:14\n收到\n王五  9-28 09:15\n垃圾没人清运\n赵六  9-28 09:16\n[图片]",
    "inline": "张三：西沟组路灯坏了\n李四：自来水三天没来\n王小：收到\n王五：垃圾没人清运\n赵六：[图片]",
    "with a day between": "—————  2026-09-28  —————\n\n张三  09:12\n\n西沟组路灯坏了\n\n李四  09:13\n\n自来水三天没来\n\n王小  09:14\n\n收到\n\n王五  09:15\n\n垃圾没人清运\n\n赵六  09:16\n\n[图片]",
    "time first": "[2026/9/28 9:12] 张三: 西沟组路灯坏了\n[2026/9/28 9:13] 李四: 自来水三天没来\n[2026/9/28 9:14] 王小: 收到\n[2026/9/28 9:15] 王五: 垃圾没人清运\n[2026/9/28 9:16] 赵六: [图片]",
}


@pytest.mark.parametrize("form", CHAINS)
def test_a_chain_of_five_messages_becomes_five_pieces_with_chatter_unticked(form):
    """U41."""
    pasted = read_pasted(CHAINS[form], at=AT)
    assert pasted.source is Source.CHAT
    assert [piece.text for piece in pasted.pieces] == [
        "西沟组路灯坏了",
        "自来水三天没来",
        "收到",
        "垃圾没人清运",
        "[图片]",
    ]
    assert [piece.is_chatter for piece in pasted.pieces] == [False, False, True, False, True]
    assert [pasted.pieces[i].name for i in (0, 1, 3)] == ["张三", "李四", "王五"]
    if form not in ("multi-select", "inline"):
        assert pasted.pieces[1].told_at.replace(second=0) == moment(2026, 9, 28, 9, 13)


def test_messages_of_one_person_close_in_time_are_one_piece():
    text = "张三 2026/9/28 9:12:03\n路灯坏了\n李四 2026/9/28 9:12:30\n收到\n张三 2026/9/28 9:13:00\n在西沟组\n张三 2026/9/28 9:50:00\n还有水管"
    pieces = read_pasted(text, at=AT).pieces
    assert [piece.text for piece in pieces] == ["路灯坏了\n在西沟组", "收到", "还有水管"]


def test_whom_the_words_name_goes_before_who_sent_them():
    piece = read_pasted("网格员小王 2026/9/28 9:12:03\n西沟组李建国13800005678家水管爆了", at=AT).pieces[0]
    assert (piece.sender, piece.name, piece.phone) == ("网格员小王", "李建国", "13800005678")


def test_a_message_under_a_phone_number_keeps_it():
    piece = read_pasted("13800005678 2026-09-28 09:12\n低保什么时候发", at=AT).pieces[0]
    assert (piece.phone, piece.name, piece.text) == ("13800005678", "", "低保什么时候发")


def test_a_form_with_labels_is_one_note():
    text = "姓名：张三\n电话：13800005678\n内容：西沟组路灯坏了"
    pasted = read_pasted(text, at=AT)
    assert (pasted.source, len(pasted.pieces)) == (Source.NOTES, 1)
    assert (pasted.pieces[0].name, pasted.pieces[0].phone, pasted.pieces[0].text) == (
        "张三",
        "13800005678",
        text,
    )


def test_a_numbered_list_is_as_many_pieces_and_its_heading_is_unticked():
    pieces = read_pasted("今天群里的问题：\n1、路灯坏了\n2、水管爆了\n在三组\n3、垃圾没人清", at=AT).pieces
    assert [piece.text for piece in pieces] == [
        "今天群里的问题：",
        "1、路灯坏了",
        "2、水管爆了\n在三组",
        "3、垃圾没人清",
    ]
    assert [piece.is_chatter for piece in pieces] == [True, False, False, False]
    assert pieces[1].title == "路灯坏了"


def test_two_empty_lines_part_notes_and_one_does_not():
    assert [p.text for p in read_pasted("路灯坏了\n\n在西沟组\n\n\n水管爆了", at=AT).pieces] == [
        "路灯坏了\n\n在西沟组",
        "水管爆了",
    ]


HEADS = ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "点赞数")
ROWS = (
    (
        "188006",
        "A000102948",
        "路灯不亮",
        "2019/4/25 9:32:09",
        '\n\t\t\t\n\t\t　　西沟组的路灯\n坏了，说"明天"修\n\t\t',
        "3",
    ),
    ("188031", "U0084085", "自来水到户", "2019/06/20 20:38:47", "水管\t一直没接", "0"),
)


@pytest.mark.parametrize("heads", [(HEADS,), ()])
def test_copied_cells_keep_code_time_and_text_with_and_without_a_head_row(heads):
    text = plain_lines(copied(*heads, *ROWS).replace("\n", "\r\n"))
    pasted = read_pasted(text, at=AT)
    assert pasted.source is Source.CELLS
    first, second = pasted.pieces
    assert (first.code, first.outer_number, first.title) == ("A000102948", "188006", "路灯不亮")
    assert first.told_at == moment(2019, 4, 25, 9, 32, 9)
    assert first.text.startswith('西沟组的路灯\n坏了，说"明天"修\n\n（表中其他各列：')
    assert second.text.startswith("水管\t一直没接")


def test_the_offices_own_heads_are_known():
    text = copied(
        ("序号", "姓 名", "联系电话", "村", "组", "诉求内容", "时间", "备注"),
        ("1", "张三", "13800005678", "西沟村", "三组", "路灯坏了", "43580.5", "急"),
    )
    piece = read_pasted(text, at=AT).pieces[0]
    assert (piece.name, piece.phone, piece.place_words) == ("张三", "13800005678", "西沟村 三组")
    assert piece.told_at == moment(2019, 4, 25, 12)
    assert piece.text == "路灯坏了\n\n（表中其他各列：序号 1；备注 急）"


def test_columns_without_heads_are_guessed_from_their_cells():
    text = copied(
        ("张三", "13800005678", "西沟村", "西沟组的路灯坏了三天没有人来修", "2026/9/1"),
        ("李四", "13900005678", "东坡村", "自来水到现在还没有通，请问什么时候通", "2026/9/2"),
    )
    pieces = read_pasted(text, at=AT).pieces
    assert [(p.name, p.phone, p.place_words) for p in pieces] == [
        ("张三", "13800005678", "西沟村"),
        ("李四", "13900005678", "东坡村"),
    ]
    assert pieces[1].text == "自来水到现在还没有通，请问什么时候通"


def test_one_column_of_quoted_cells_is_a_table():
    pieces = read_pasted(copied(("路灯坏了\n在三组",), ("水管爆了\n在一组",)), at=AT).pieces
    assert [piece.text for piece in pieces] == ["路灯坏了\n在三组", "水管爆了\n在一组"]


def test_what_is_left_over_can_be_pasted_again_with_its_heads():
    text = copied(HEADS, *ROWS, *ROWS)
    pasted = read_pasted(text, at=AT)
    rest = read_pasted(pasted.beyond(text, 3), at=AT)
    assert [piece.code for piece in rest.pieces] == ["U0084085"]
    assert pasted.beyond(text, 4) == ""


def test_unclosed_quotes_cost_no_more_than_their_length():
    assert len(read_rows('"a\t' * 20_000)) == 1
    assert read_pasted('"' * 100_001 + "\t", at=AT).pieces


SEPARATORS = set(string.whitespace + '"　 ')
LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "张三 2026/9/28 9:12:03",
                "李四  9-28 09:12",
                "王五：路灯",
                "张三:",
                "收到",
                "—— 2026-09-28 ——",
                "09:12",
                "1、水",
                "2、电",
                "a\tb",
                '"x',
                "留言编号\t留言详情",
            ]
        ),
        st.text(max_size=40),
    ),
    max_size=12,
)


def characters(text):
    return Counter(c for c in text if not c.isspace() and c not in SEPARATORS)


def kept(pasted):
    told = [pasted.heads]
    for piece in pasted.pieces:
        told += [
            piece.text,
            piece.title,
            piece.name,
            piece.sender,
            piece.phone,
            piece.code,
            piece.id_number,
            *piece.times,
        ]
        told += [piece.outer_number, piece.place_words, piece.category_words]
        messages = [*piece.times, *piece.text.split("\n")]
        told += [piece.sender for _ in messages]  # a person's messages are one piece, his name said once
    return characters("".join(told))


@given(LINES.map("\n".join))
def test_nothing_raises_and_no_character_is_lost(text):
    text = plain_lines(text)
    missing = characters(text) - kept(read_pasted(text, at=AT))
    assert set(missing) <= set("[]()（）【】:：—–─=-*<>")


@given(st.lists(st.lists(st.text(max_size=20), min_size=3, max_size=3), min_size=1, max_size=6))
def test_no_cell_is_lost(rows):
    rows = [[plain_lines(value) for value in row] for row in rows]
    text = copied(*rows)
    missing = characters("".join("".join(row) for row in rows)) - kept(read_pasted(text, at=AT))
    assert not missing


@pytest.mark.parametrize(
    ("told", "count", "wanted"),
    [
        (["路灯坏了[图片1]", "停水了[图片2]"], 2, [("路灯坏了", (0,)), ("停水了", (1,))]),
        (["路灯坏了", "[图片1][图片2]", "停水了"], 2, [("路灯坏了", (0, 1)), ("停水了", ())]),
        (["路灯坏了[图片]", "停水了[图片]"], 2, [("路灯坏了", (0,)), ("停水了", (1,))]),
        (["路灯坏了[图片]", "停水了"], 2, [("路灯坏了[图片]", (0, 1)), ("停水了", ())]),
        (["路灯坏了", "停水了[图片2]"], 2, [("路灯坏了", (0,)), ("停水了", (1,))]),
        (["见[图片7]"], 0, [("见[图片7]", ())]),
        (["[图片1]"], 1, [("", (0,))]),
    ],
)
def test_pictures_belong_where_their_marks_stand(told, count, wanted):
    """U41: a picture without a mark is the first's, a mark without a picture stays in the words."""
    found = illustrated([Piece(text=words) for words in told], count)
    assert [(one.piece.text, one.pictures) for one in found] == wanted
