"""附件: take uploads in, then put each under the case; a repeat of the form files nothing twice."""

from collections.abc import Sequence
from dataclasses import replace

from django.core.files.base import File

from banjie.cases import actions
from banjie.cases.actions import Occasion
from banjie.cases.models import Case
from banjie.cases.settings import quotas
from banjie.files.actions import take_in
from banjie.ledger.record import key_of_step
from banjie.rulebook.in_force import Rules


def file_uploads(
    case: Case, occasion: Occasion, uploads: Sequence[File[bytes]], *, rules: Rules, files_so_far: int
) -> Case:
    """Check, store and attach each upload. Raises InvalidInput for what is refused, Conflict when a quota is full."""
    for place, upload in enumerate(uploads):
        own = replace(
            occasion,
            client_key=key_of_step(occasion.client_key, f"{place}/file"),
            content=[upload.name, upload.size],
        )
        stored = take_in(
            upload,
            town=case.town,
            quotas=quotas(rules),
            stamp=own.stamp(),
            files_so_far=files_so_far + place,
        )
        attaching = replace(occasion, client_key=key_of_step(occasion.client_key, f"{place}/attach"))
        case = actions.attach_file(case, attaching, file=stored)
    return case
