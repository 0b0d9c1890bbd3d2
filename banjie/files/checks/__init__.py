"""What may be handed in: pure checks of name, content and structure; they know no Django, no database and no clock."""

from banjie.files.checks.media import FileKind
from banjie.files.checks.names import CleanName, clean_name
from banjie.files.checks.secrecy import secrecy_mark_in
from banjie.files.checks.verdict import Examined, examine

__all__ = ["CleanName", "Examined", "FileKind", "clean_name", "examine", "secrecy_mark_in"]
