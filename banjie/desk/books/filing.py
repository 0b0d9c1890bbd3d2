"""Files handed in with a record: taken in before the deed, so that the record names what is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.core.files.uploadedfile import UploadedFile

from banjie.cases.settings import quotas
from banjie.fields.stored import parts_of
from banjie.files.actions import take_in
from banjie.ledger.record import Stamp, key_of_step
from banjie.people.queries import StaffActor
from banjie.rulebook.in_force import Rules


def taken_in(
    uploads: Mapping[str, Sequence[UploadedFile[bytes]]],
    told: Mapping[str, object],
    *,
    actor: StaffActor,
    stamp: Stamp,
    rules: Rules,
) -> dict[str, object]:
    """Return what was told, with the ids of the files that came with it among those kept already.

    Raises InvalidInput for what is refused, Conflict when a quota is full. A repeat of the form takes nothing in twice.
    """
    filled = dict(told)
    for key, files in uploads.items():
        ids = parts_of(str(told.get(key) or ""))
        for place, upload in enumerate(files):
            own = replace(
                stamp,
                client_key=key_of_step(stamp.client_key, f"{key}/{place}"),
                content=[upload.name, upload.size],
            )
            kept = take_in(upload, town=actor.town, quotas=quotas(rules), stamp=own, files_so_far=len(ids))
            ids.append(str(kept.pk))
        filled[key] = ",".join(ids)
    return filled
