"""Texts in and out as files: load → dump → load is the identity; the commands tell what is wrong."""

import os
import re
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from banjie.base.errors import InvalidInput
from banjie.rulebook import queries
from banjie.rulebook.actions import load_files, load_shipped
from banjie.rulebook.categories import read_categories
from banjie.rulebook.category_sheet import text_of_sheet
from banjie.rulebook.findings import BadText
from banjie.rulebook.models import TextVersion
from banjie.rulebook.shelf import SHIPPED, filed_in, write_files
from banjie.rulebook.tests.factories import (
    OTHER_TOWN,
    TOWN,
    stamp,
    text_of,
    town_limits,
    write,
    write_what_runs,
)
from banjie.rulebook.text import Section
from banjie.rulebook.values import parse_value

TODAY = date(2026, 11, 22)
NAMES = st.text("abcdefgh_", min_size=1, max_size=8)
PROSE = st.text(st.characters(exclude_characters="{}\x00", exclude_categories=["Cs"]), max_size=60)
AMOUNTS = st.integers(1, 90)
UNITS = st.sampled_from(["workdays", "workhours", "days", "hours"])


def run(*words):
    out, err = StringIO(), StringIO()
    code = 0
    try:
        call_command("rulebook", *words, stdout=out, stderr=err)
    except SystemExit as left:
        code = left.code
    return code, out.getvalue(), err.getvalue()


def load(folder, *, town=TOWN, from_on=TODAY):
    return load_files(filed_in(folder), town=town, from_on=from_on, stamp=stamp())


@st.composite
def regulations(draw):
    """A regulation of limits of its own title, as it may be written: any prose, any amounts, line ends, and trial time."""
    name, prose = draw(NAMES), draw(PROSE).replace("\r", "")
    term = f"{draw(AMOUNTS)} {draw(UNITS)}"
    until = draw(st.sampled_from(["", "until = @after 100@\n", "until = @after 500@\n"]))
    head = f'+++\ntitle = "{name}制度"\ntype = "time_limit"\n{until}[params]\n'
    head += f'"handle.resident_request.{draw(st.sampled_from(["road_damage", "garbage", "noise"]))}" = '
    head += f'{{ value = "{term}", basis = "镇政发〔2026〕{draw(AMOUNTS)}号" }}\n+++\n'
    name = head.split('"handle.')[1].split('"')[0]
    return (
        head
        + prose
        + f"\n第一条　{{{{ handle.{name} }}}}内办结。"
        + draw(st.sampled_from(["", "\n", "\n\n"]))
    )


def from_day(source, day):
    """Return the regulation that rules from a day, its last day reckoned from it."""
    return re.sub("@after ([0-9]+)@", lambda found: str(day + timedelta(days=int(found[1]))), source)


@pytest.mark.django_db
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sources=st.lists(regulations(), min_size=1, max_size=3),
    start=st.dates(date(2005, 1, 1), date(2030, 1, 1)),
)
def test_load_dump_load_is_the_identity(sources, start):
    with TemporaryDirectory() as name, transaction.atomic():
        folder = Path(name)
        load_shipped(stamp(), folder=write_what_runs(folder / "shipped"))
        days = [start.replace(year=start.year + step, day=min(start.day, 28)) for step in range(len(sources))]
        texts = {
            f"regulations/own@{day}.md": from_day(source, day)
            for day, source in zip(days, sources, strict=True)
        }
        write_files(folder / "in", texts)
        added = load(folder / "in")
        written = queries.own_files(TOWN)
        assert written.items() <= texts.items()
        assert len(written) == len(added)
        write_files(folder / "out", written)
        assert load(folder / "out") == []
        load(folder / "out", town=OTHER_TOWN)
        assert queries.own_files(OTHER_TOWN) == written
        for day in days:
            assert queries.files_on(OTHER_TOWN, day) == queries.files_on(TOWN, day)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_what_rules_can_be_dumped_and_loaded_again(tmp_path):
    load_shipped(stamp())
    load(write(tmp_path / "in", regulations__time_limits=town_limits(SHIPPED)))
    code, out, _ = run("dump", str(tmp_path / "out"), "--town", TOWN, "--on", "2026-11-22")
    assert (code, out) == (0, f"已导出 {len(filed_in(SHIPPED))} 个文本到 {tmp_path / 'out'}。\n")
    assert (tmp_path / "out/regulations/time_limits.md").read_text() == town_limits(SHIPPED)
    assert (tmp_path / "out/kinds/hotline_order.md").read_bytes() == (
        SHIPPED / "kinds/hotline_order.md"
    ).read_bytes()
    before = TextVersion.objects.count()
    code, out, _ = run("load", str(tmp_path / "out"), "--town", TOWN, "--from", "2026-12-01")
    assert "新增 0 个版本" in out
    assert TextVersion.objects.count() == before


def test_check_of_the_shipped_texts_finds_nothing():
    code, out, err = run("check")
    assert (code, err) == (0, "")
    assert f"{len(filed_in(SHIPPED))} 个文本没有问题" in out


def test_check_tells_every_finding_and_leaves_with_one(tmp_path):
    source = town_limits(SHIPPED).replace('basis = "S-002；镇便民服务限时办结规定"', 'basis = ""')
    write(tmp_path, regulations__time_limits=source, settings__broken="没有开头")
    code, out, err = run("check", str(tmp_path))
    assert (code, out) == (1, "")
    line = source[: source.index('basis = ""')].count("\n") + 1
    assert f"regulations/time_limits.md:{line}　参数 handle.resident_request 没有依据。请写上" in err
    assert "settings/broken.md:1　开头没有 +++ 一行" in err
    assert "共 2 处要改" in err


@pytest.mark.django_db
def test_check_for_a_town_knows_its_units():
    load_shipped(stamp())
    code, _, err = run("check", "--town", TOWN)
    assert code == 1
    assert "本镇没有叫 党政办 的单位" in err


@pytest.mark.django_db
def test_load_tells_findings_and_loads_nothing(tmp_path):
    load_shipped(stamp())
    write(tmp_path, regulations__time_limits=town_limits(SHIPPED, new='"soon"'))
    code, _, err = run("load", str(tmp_path), "--town", TOWN, "--from", "2026-12-01")
    assert code == 1
    assert "看不懂时限“soon”" in err
    assert queries.own_files(TOWN) == {}


@pytest.mark.django_db
def test_a_text_that_would_end_before_it_begins_is_refused(tmp_path):
    load_shipped(stamp())
    source = town_limits(SHIPPED).replace('type = "time_limit"', 'type = "time_limit"\nuntil = 2026-11-30')
    write(tmp_path, regulations__time_limits=source)
    code, _, err = run("load", str(tmp_path), "--town", TOWN, "--from", "2026-12-01")
    assert code == 1
    assert "停止日期2026-11-30早于施行日期2026-12-01" in err
    assert queries.own_files(TOWN) == {}


@pytest.mark.parametrize(
    ("file", "content", "fault"),
    [
        ("edicts/a.md", "", "不在规定的子目录里"),
        ("a.md", "", "不在规定的子目录里"),
        ("kinds/a b.md", "", "文件名不对"),
        ("kinds/a@2026-13-01.md", "", "文件名不对"),
        ("kinds/a.md", b"\xff\xfe", "不是 UTF-8 编码"),
    ],
)
def test_a_file_out_of_place_is_found(tmp_path, file, content, fault):
    path = tmp_path / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(BadText, match=fault):
        filed_in(tmp_path)


def test_an_empty_folder_is_told(tmp_path):
    with pytest.raises(BadText, match=r"没有 \.md 文件"):
        filed_in(tmp_path)


SHEET = "\ufeff一级分类,二级分类,三级分类\n城建,道路,破损\n城建,道路,其他\n城建,绿化,其他\n民政,低保,\n"


def test_a_sheet_of_levels_becomes_a_tree():
    source = text_of_sheet(SHEET, title="县分类", unit="党政办", source="县里的表")
    tree = read_categories(text_of(source, section=Section.CATEGORIES, key="county"))
    assert [tree.path_words(leaf.key) for leaf in tree.leaves] == [
        "城建 / 道路 / 破损",
        "城建 / 道路 / 其他",
        "城建 / 绿化 / 其他",
        "民政 / 低保",
    ]
    assert {leaf.key for leaf in tree.leaves} == {"破损", "其他", "绿化-其他", "低保"}
    assert {(leaf.unit, leaf.basis) for leaf in tree.leaves} == {("党政办", "县里的表；待镇里确定")}


def test_a_sheet_without_head_or_with_a_gap_is_refused():
    with pytest.raises(InvalidInput, match="第1行不是表头"):
        text_of_sheet("城建,道路\n", title="某", unit="党政办", source="表")
    with pytest.raises(InvalidInput, match="第3行缺了上一级"):
        text_of_sheet("一级,二级\n城建,道路\n,绿化\n", title="某", unit="党政办", source="表")


def test_a_real_county_sheet_becomes_a_tree():
    folder = os.environ.get("BANJIE_TRIAL_DATA")
    if not folder:
        pytest.skip("BANJIE_TRIAL_DATA 没有设置：真实分类表不在仓库里")
    sheet = (Path(folder) / "category-tree.csv").read_text(encoding="utf-8-sig")
    tree = read_categories(
        text_of(
            text_of_sheet(sheet, title="真实分类", unit="党政办", source="公开数据"),
            section=Section.CATEGORIES,
            key="real",
        )
    )
    rows = {tuple(row.split(",")) for row in sheet.split()[1:]}
    assert {tuple(tree.path_words(leaf.key).split(" / ")) for leaf in tree.leaves} == rows


def test_the_sheet_command_writes_the_text(tmp_path):
    path = tmp_path / "表.csv"
    path.write_text(SHEET)
    code, out, _ = run("sheet", str(path), "--unit", "民生办")
    assert code == 0
    assert 'units = ["民生办"]' in out


def test_a_sheet_that_cannot_be_used_is_told(tmp_path):
    path = tmp_path / "表.csv"
    path.write_text("a,b\n")
    with pytest.raises(CommandError, match="第1行不是表头"):
        run("sheet", str(path))


@given(st.one_of(st.integers(), st.text(max_size=20), st.lists(st.text(max_size=5)), st.booleans()))
def test_any_value_is_read_or_refused_in_words(raw):
    try:
        said = parse_value(raw).said
    except ValueError as refused:
        said = str(refused)
    assert said


@pytest.mark.django_db
def test_what_a_town_has_of_its_own_is_told_beside_the_shipped_text(tmp_path):
    load_shipped(stamp())
    source = town_limits(SHIPPED)
    folder = write(tmp_path, regulations__time_limits=source)
    words = ["--meeting", "镇党委会2026年第12次", "--document", "镇政发〔2026〕5号"]
    run("load", str(folder), "--town", TOWN, "--from", "2026-01-01", *words)
    _, told, _ = run("differs", "--town", TOWN)
    assert "handle.resident_request：5个工作日（待镇里确定） → 3个工作日" in told
    assert "共 1 个文本" in told
    assert TextVersion.objects.get(owner_code=TOWN).document == "镇政发〔2026〕5号"
