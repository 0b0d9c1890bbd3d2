"""Everything that can be wrong in texts, each finding with file, line and remedy. No Django here."""

from banjie.rulebook.check.changes import change_findings
from banjie.rulebook.check.form import form_findings
from banjie.rulebook.check.known import Known
from banjie.rulebook.check.together import check

__all__ = ["Known", "change_findings", "check", "form_findings"]
