"""收表: take in a superior's form as it was sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from banjie.base.actor import Actor
from banjie.base.clock import local_day
from banjie.base.errors import InvalidInput, NotAllowed
from banjie.figures.periods import Period
from banjie.files.actions import Upload, admit, deed_of
from banjie.files.quotas import Quotas
from banjie.ledger.actions import once, record_all
from banjie.ledger.record import Deed, Stamp
from banjie.reports.asked.opening import NEW_SORT, sort_of
from banjie.reports.models import AskedForm, FormState

RECEIVE = "reports.receive_form"
NOT_A_FORM = (
    "请上传上级发来的 Excel 或 Word 空表（.xlsx、.xls、.docx、.doc）。照片和 PDF 请找发表的人要原表。"
)
NO_SENDER = "没有写来表单位。请写是谁要的，如“县信访局”。"
TITLE, PERIOD = "title", "period"


@dataclass(frozen=True)
class Received:
    """What is told of a form besides its file; what is left empty is read from it."""

    sender: str
    title: str = ""
    period: Period | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Made:
    """A file that we made ourselves, handed in as an upload is."""

    name: str
    content: bytes

    def chunks(self) -> Iterator[bytes]:
        """Yield the content in one piece."""
        yield self.content


def receive_form(actor: Actor, stamp: Stamp, *, upload: Upload, told: Received, quotas: Quotas) -> AskedForm:
    """Keep a superior's form as it was sent, to be read next; a repeat of the client key gets the first one.

    Raises NotAllowed without the right, InvalidInput for a file that is refused or that is no form.
    """
    if not actor.may(RECEIVE):
        raise NotAllowed("您的岗位不能收上级要表。请交给党政办或单位负责人。", ground=RECEIVE)
    if not told.sender.strip():
        raise InvalidInput(NO_SENDER, fields={"sender": NO_SENDER})
    sort = sort_of(upload.name or "")
    if sort not in NEW_SORT:
        raise InvalidInput(NOT_A_FORM, fields={"upload": NOT_A_FORM})
    try:
        admitted = admit(upload, town=actor.town, quotas=quotas)
    except InvalidInput as refused:
        raise InvalidInput(
            refused.message, ground=refused.ground, fields={"upload": refused.message}
        ) from refused
    period = told.period or _last_month(local_day(stamp.recorded_at))

    def act() -> AskedForm:
        kept = deed_of(admitted, quotas=quotas, stamp=stamp)
        content = {"told": [*([TITLE] if told.title else []), *([PERIOD] if told.period else [])]}
        form = AskedForm(town=actor.town, content=content)
        changes: dict[str, object] = {
            "title": (told.title or admitted.name.rpartition(".")[0])[:120],
            "sender": told.sender.strip(),
            "sort": sort,
            "file_id": kept.subject.pk,
            "from_on": period.from_on,
            "to_on": period.to_on,
            "due_on": told.due_on,
            "state": FormState.READING,
            "received_by": actor.id,
            "received_at": stamp.recorded_at,
        }
        words = f"收到{told.sender.strip()}的表"
        record_all([Deed("form.received", form, changes=changes, words=words), kept], stamp)
        return form

    return once(stamp, act, again=lambda form_id: AskedForm.objects.get(pk=form_id))


def _last_month(today: date) -> Period:
    return Period.month(today.year, today.month).previous
