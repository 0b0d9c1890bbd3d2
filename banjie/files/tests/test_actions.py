"""Taking in: once by content, on the disk before the row, within quotas, of one town (T1, T2, T13)."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction

from banjie.base.errors import Conflict, InvalidInput, NotFound
from banjie.files.actions import admit, clear_unnamed, deed_of, take_in
from banjie.files.models import StoredFile
from banjie.files.queries import bytes_of_day, lost_contents, open_file, open_preview, stored_for
from banjie.files.storage import contents_of, path_of
from banjie.files.tests import factories as make
from banjie.ledger.actions import record_all
from banjie.ledger.models import Entry
from banjie.ledger.queries import entries_of, told
from banjie.ledger.verify import verify

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_lie_elsewhere(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def _taken(name: str = "说明.txt", content: bytes = b"lamp", **options) -> StoredFile:
    options = {"town": make.TOWN, "quotas": make.QUOTAS, "stamp": make.stamp(), **options}
    return take_in(make.Handed(name, content), **options)


def _name_of(descriptor: int) -> str:
    return Path(f"/proc/self/fd/{descriptor}").readlink().name


def test_taking_in_stores_the_content_and_enters_it_in_the_ledger() -> None:
    stored = _taken("照片.jpg", make.jpeg_with_position())
    with open_file(stored) as content:
        assert content.read(3) == b"\xff\xd8\xff"
    assert path_of(make.TOWN, stored.digest).stat().st_size == stored.size
    assert (stored.taken_in_by, stored.taken_in_at, stored.is_inline_safe) == (make.LI, make.DAY, True)
    assert [entry.deed for entry in entries_of(stored)] == ["file.taken_in"]
    assert verify(make.TOWN, models=[StoredFile]).findings == []


def test_the_name_enters_the_ledger_only_as_a_digest() -> None:
    stored = _taken("赵某身份证.txt")
    assert "赵某" not in str(told(entries_of(stored))[0].rows)


def test_only_images_may_be_shown_in_a_page() -> None:
    assert not _taken().is_inline_safe
    assert not _taken("通知.pdf", make.pdf()).is_inline_safe


def test_the_same_content_is_stored_once_and_each_hand_in_has_its_row() -> None:
    first = _taken("路灯.txt")
    second = _taken("路灯(1).txt", stamp=make.stamp(by=make.WANG))
    assert first.digest == second.digest
    assert first.pk != second.pk
    assert len(list(contents_of(make.TOWN))) == 1


def test_a_repeat_of_the_client_key_gets_the_first_row() -> None:
    first = _taken(stamp=make.stamp(client_key="k1", content="a"))
    again = _taken(stamp=make.stamp(client_key="k1", content="a"))
    assert first == again
    with pytest.raises(Conflict):
        _taken(stamp=make.stamp(client_key="k1", content="b"))


def test_a_refused_file_leaves_nothing_behind(settings) -> None:
    with pytest.raises(InvalidInput):
        _taken("说明.txt", make.EICAR)
    assert not Entry.objects.exists()
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []


def test_bytes_and_name_are_on_the_disk_before_the_ledger_is_asked(monkeypatch, settings) -> None:
    """T2: content synced, renamed, its folder synced, and only then the row written."""
    acts: list[str] = []
    real_fsync, real_rename = os.fsync, os.rename

    def told_fsync(descriptor: int) -> None:
        acts.append("sync " + _name_of(descriptor))
        real_fsync(descriptor)

    def told_rename(source, target, **options) -> None:
        acts.append("rename to " + Path(target).name)
        real_rename(source, target, **options)

    monkeypatch.setattr(os, "fsync", told_fsync)
    monkeypatch.setattr(os, "rename", told_rename)
    admitted = admit(make.Handed("说明.txt", b"lamp"), town=make.TOWN, quotas=make.QUOTAS)
    digest = admitted.digest
    assert acts[-3:] == ["sync received", f"rename to {digest}", f"sync {digest[:2]}"]
    assert f"sync {make.TOWN}" in acts
    assert not StoredFile.objects.exists()


def test_content_met_again_is_synced_again_before_its_row(monkeypatch) -> None:
    """Whoever wrote it first may have died between rename and sync."""
    stored = _taken()
    synced: list[str] = []
    real_fsync = os.fsync
    monkeypatch.setattr(
        os,
        "fsync",
        lambda fd: (synced.append(_name_of(fd)), real_fsync(fd))[1],
    )
    _taken()
    assert stored.digest[:2] in synced


def test_content_of_a_failed_transaction_is_cleared_later_and_named_content_never(settings) -> None:
    kept = _taken()
    admit(make.Handed("b.txt", b"orphan"), town=make.TOWN, quotas=make.QUOTAS)
    assert clear_unnamed(make.TOWN, before=make.DAY - timedelta(days=9)) == 0
    for path in contents_of(make.TOWN):
        os.utime(path, (0, 0))
    assert clear_unnamed(make.TOWN, before=make.DAY) == 1
    assert [path.name for path in contents_of(make.TOWN)] == [kept.digest]


def test_lost_content_is_named_and_opening_it_says_so() -> None:
    stored = _taken()
    assert list(lost_contents(make.TOWN)) == []
    path_of(make.TOWN, stored.digest).unlink()
    assert list(lost_contents(make.TOWN)) == [stored]
    with pytest.raises(NotFound, match="备份"):
        open_file(stored)


def test_a_large_image_opens_as_a_small_preview() -> None:
    stored = _taken("照片.png", make.image("PNG", make.picture(2000, 1000)))
    preview, media_type = open_preview(stored)
    with preview:
        assert media_type == "image/jpeg"
        assert preview.read(3) == b"\xff\xd8\xff"
    small, media_type = open_preview(_taken("小图.png", make.image("PNG")))
    with small:
        assert media_type == "image/png"


def test_a_file_of_another_town_is_not_there() -> None:
    stored = _taken()
    assert stored_for(make.TOWN, stored.pk) == stored
    for town, file_id in ((make.OTHER_TOWN, stored.pk), (make.TOWN, uuid4())):
        with pytest.raises(NotFound):
            stored_for(town, file_id)


def test_each_town_has_its_own_contents() -> None:
    _taken()
    _taken(town=make.OTHER_TOWN)
    assert len(list(contents_of(make.TOWN))) == len(list(contents_of(make.OTHER_TOWN))) == 1


@pytest.mark.parametrize("town", ["../../etc", "", "12345678", "1234567890", "99001110x"])
def test_a_town_that_is_no_code_never_becomes_a_folder(town: str) -> None:
    with pytest.raises(ValueError, match="town"):
        path_of(town, "0" * 64)


def test_a_file_over_its_bound_is_refused_while_it_arrives() -> None:
    quotas = replace(make.QUOTAS, max_file_bytes=100_000)
    with pytest.raises(InvalidInput, match="超过"):
        _taken(content=b"a" * 100_001, quotas=quotas)
    assert _taken(content=b"a" * 100_000, quotas=quotas).size == 100_000


def test_a_full_case_takes_no_more_files() -> None:
    assert _taken(files_so_far=19)
    with pytest.raises(Conflict, match="上限"):
        _taken(files_so_far=20)


def test_a_person_s_day_is_bounded_and_the_next_day_is_free() -> None:
    quotas = replace(make.QUOTAS, max_day_bytes=10)
    _taken(content=b"12345678", quotas=quotas)
    with pytest.raises(Conflict, match="今天"):
        _taken(content=b"abc", quotas=quotas)
    assert _taken(content=b"abc", quotas=quotas, stamp=make.stamp(by=make.WANG))
    tomorrow = make.DAY + timedelta(days=1)
    assert _taken(content=b"abc", quotas=quotas, stamp=make.stamp(at=tomorrow))
    assert bytes_of_day(make.LI, at=make.DAY) == 8


def test_an_image_over_the_rulebook_s_pixels_is_refused() -> None:
    with pytest.raises(InvalidInput, match="万像素"):
        _taken(
            "图.png",
            make.image("PNG", make.picture(200, 200)),
            quotas=replace(make.QUOTAS, max_pixels=30_000),
        )


def test_an_admitted_file_joins_the_deed_that_it_serves() -> None:
    admitted = admit(make.Handed("说明.txt", b"lamp"), town=make.TOWN, quotas=make.QUOTAS)
    with transaction.atomic():
        record_all([deed_of(admitted, quotas=make.QUOTAS, stamp=make.stamp())], make.stamp())
    assert StoredFile.objects.get().digest == admitted.digest
