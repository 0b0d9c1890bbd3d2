"""In which ways a case may end, by the version of its kind that it keeps."""

from datetime import date

from banjie.cases.models import Case
from banjie.cases.vocabulary import ClosingKind
from banjie.rulebook.queries import kind_as_kept


def endings_of(case: Case, *, on: date) -> tuple[ClosingKind, ...]:
    """Return in which ways a case may be closed: as its kind said when it came in, whatever the kind says by now."""
    kind = kind_as_kept(case.town, case.kind, ref=case.kind_version, on=on)
    told = (ClosingKind(one.value) for one in kind.closing.kinds)
    return tuple(one for one in told if one is not ClosingKind.HISTORICAL)
