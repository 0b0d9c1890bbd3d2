"""What was said of a case and what was filed under it, as its page shows them."""

from dataclasses import dataclass

from django.urls import reverse

from banjie.cases.models import Attachment, Voice
from banjie.cases.queries import CaseFile
from banjie.cases.vocabulary import DISCONTENT, Speaker
from banjie.desk.cases.line import name_of
from banjie.desk.cases.watch import say_moment
from banjie.files.checks.media import KIND_LABELS, FileKind

KILO = 1000


@dataclass(frozen=True)
class VoiceLine:
    """What one of the three said in one round."""

    round: int
    speaker: str
    said: str
    tone: str
    words: str
    mark: str
    by: str
    moment: str


def voice_line(voice: Voice, file: CaseFile) -> VoiceLine:
    """Return what was said as the page tells it."""
    mark = voice.get_mark_display() if voice.mark != "none" else ""
    return VoiceLine(
        round=voice.round,
        speaker=Speaker(voice.speaker).label,
        said=voice.get_said_display(),
        tone="red" if voice.said in DISCONTENT else "blue" if voice.said == "done" else "",
        words=voice.words,
        mark=f"{mark}：{voice.witness}" if voice.witness else mark,
        by="" if file.case.is_historical else name_of(voice.by, file),
        moment=say_moment(voice.heard_at),
    )


def file_tile(attachment: Attachment, file: CaseFile) -> dict[str, object]:
    """Return an attachment as the part files.html takes it."""
    stored = attachment.file
    names = [file.case.number, attachment.pk]
    return {
        "name": attachment.name,
        "kind": KIND_LABELS[FileKind(stored.kind)],
        "size_words": say_size(stored.size),
        "href": reverse("cases:file", args=names),
        "thumb": reverse("cases:file-preview", args=names) if stored.is_inline_safe else "",
        "by": name_of(attachment.by, file),
        "moment": say_moment(attachment.attached_at),
    }


def say_size(size: int) -> str:
    """Return a file's size in words."""
    if size < KILO * KILO:
        return f"{max(1, round(size / KILO))} KB"
    return f"{size / KILO / KILO:.1f} MB"
