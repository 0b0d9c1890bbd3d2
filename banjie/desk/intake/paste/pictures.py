"""Pictures of pasted drafts: examined and written anew like any upload (T16), sealed until the draft is registered."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Sum

from banjie.base.errors import InvalidInput, NotFound
from banjie.cases.actions import Occasion
from banjie.cases.models import Case
from banjie.cases.settings import quotas
from banjie.desk.cases.deeds.filing import file_uploads
from banjie.desk.drafts.keeping import PASTED
from banjie.desk.intake.counter import Counter
from banjie.desk.models import PICTURE_TABLE, DraftPicture
from banjie.fields.crypto import seal, seal_bytes, unseal, unseal_bytes
from banjie.files.actions import checked
from banjie.files.checks import FileKind
from banjie.files.quotas import MEGABYTE
from banjie.people.queries import StaffActor

FIELD = "pictures"


@dataclass(frozen=True)
class Picture:
    """A picture that passed: what is kept of it, and under which name."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class KeptPicture:
    """A picture of a draft as a page names it; its content stays sealed."""

    id: UUID
    name: str


def may_attach(actor: StaffActor) -> bool:
    """Tell whether pictures are asked for: of whoever may put files under a case, and of a village's shared device."""
    return actor.is_shared_device or actor.may("cases.attach_file")


def pictures_in(counter: Counter, uploads: Sequence[UploadedFile[bytes]]) -> list[Picture]:
    """Return what is kept of each upload. Raises InvalidInput for what is refused, and beyond a person's quota."""
    if not uploads:
        return []
    allowed = quotas(counter.rules)
    if len(uploads) > allowed.max_files_per_case:
        raise _refused(f"一次最多放{allowed.max_files_per_case}张图片，现在有{len(uploads)}张。请分几次。")
    found = []
    for upload in uploads:
        told = checked(upload, town=counter.actor.town, quotas=allowed)
        if told.kind != FileKind.IMAGE:
            raise _refused(f"“{told.name}”不是图片。这里只放图片，别的文件请在登记后的页面上添加。")
        found.append(Picture(told.name, told.media_type, told.content))
    kept = DraftPicture.objects.filter(draft__staff_id=counter.actor.id).aggregate(size=Sum("size"))["size"]
    if (kept or 0) + sum(len(one.content) for one in found) > allowed.max_day_bytes:
        most = allowed.max_day_bytes // MEGABYTE
        raise _refused(f"草稿里的图片合起来最多 {most} MB。请先登记或放弃一些草稿。")
    return found


def keep_pictures(draft_id: UUID, pictures: Sequence[Picture]) -> None:
    """Seal pictures to a draft, behind those that it has."""
    if not pictures:
        return
    first = DraftPicture.objects.filter(draft_id=draft_id).count()
    rows = []
    for place, told in enumerate(pictures, first):
        row = DraftPicture(draft_id=draft_id, place=place, size=len(told.content))
        words = f"{told.media_type}\n{told.name}"
        row.name_sealed = seal(words, table=PICTURE_TABLE, column="name_sealed", row=row.pk)
        row.sealed = seal_bytes(told.content, table=PICTURE_TABLE, column="sealed", row=row.pk)
        rows.append(row)
    DraftPicture.objects.bulk_create(rows)


def pictures_of(staff_id: UUID) -> Mapping[UUID, list[KeptPicture]]:
    """Return draft → its pictures, of all of someone's drafts in one query that reads no content."""
    found: defaultdict[UUID, list[KeptPicture]] = defaultdict(list)
    rows = DraftPicture.objects.filter(draft__staff_id=staff_id).order_by("draft_id", "place")
    for row in rows.defer("sealed"):
        found[row.draft_id].append(KeptPicture(row.pk, _words(row)[1]))
    return found


def pictures_with(staff_id: UUID, key: str) -> list[KeptPicture]:
    """Return the pictures of one draft that the paste box made; the plain form has none."""
    if not key.startswith(PASTED):
        return []
    rows = DraftPicture.objects.filter(draft__staff_id=staff_id, draft__key=key).order_by("place")
    return [KeptPicture(row.pk, _words(row)[1]) for row in rows.defer("sealed")]


def picture_for(staff_id: UUID, picture_id: UUID) -> Picture:
    """Return a picture of one of the person's own drafts. Raises NotFound for any other."""
    row = DraftPicture.objects.filter(draft__staff_id=staff_id, pk=picture_id).first()
    if row is None:
        raise NotFound("没有这张图片。草稿登记了的，图片在件的页面上。")
    return _opened(row)


def drop_pictures(staff_id: UUID, ids: Collection[UUID]) -> None:
    """Drop pictures that do not belong to a draft after all."""
    DraftPicture.objects.filter(draft__staff_id=staff_id, pk__in=ids).delete()


def attach_pictures(counter: Counter, case: Case, occasion: Occasion, *, key: str) -> Case:
    """Put the pictures of the draft `key` under the case that it became; a repeat attaches nothing twice."""
    if not key.startswith(PASTED):
        return case
    rows = DraftPicture.objects.filter(draft__staff_id=counter.actor.id, draft__key=key).order_by("place")
    uploads = [ContentFile(told.content, name=told.name) for told in map(_opened, rows)]
    return file_uploads(case, occasion, uploads, rules=counter.rules, files_so_far=0)


def _opened(row: DraftPicture) -> Picture:
    media_type, name = _words(row)
    content = unseal_bytes(bytes(row.sealed), table=PICTURE_TABLE, column="sealed", row=row.pk)
    return Picture(name, media_type, content)


def _words(row: DraftPicture) -> tuple[str, str]:
    words = unseal(row.name_sealed, table=PICTURE_TABLE, column="name_sealed", row=row.pk)
    media_type, _, name = words.partition("\n")
    return media_type, name


def _refused(problem: str) -> InvalidInput:
    return InvalidInput(problem, fields={FIELD: problem})
