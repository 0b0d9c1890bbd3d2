"""Write the rows of look-up keys: derived from the sealed residents, outside the ledger, made anew at will."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.db import transaction

from banjie.residents.facts import ResidentFacts
from banjie.residents.keys import digest_of, key_texts, sole_text
from banjie.residents.models import Resident, ResidentKey

Item = TypeVar("Item")
BATCH = 2000


def write_keys(rows: Iterable[tuple[Resident, ResidentFacts]]) -> int:
    """Write the keys of residents, also of those whose own row comes later in the transaction; return how many."""
    count = 0
    for chunk in _chunks(rows):
        keys = [key for row, facts in chunk for key in _keys_of(row, facts)]
        ResidentKey.objects.bulk_create(keys, batch_size=BATCH)
        count += len(chunk)
    return count


def drop_keys(row: Resident, facts: ResidentFacts) -> None:
    """Remove the keys that stand for these facts of a resident."""
    digests = [key.digest for key in _keys_of(row, facts)]
    ResidentKey.objects.filter(digest__in=digests, resident_id=row.pk).delete()


def rebuild_keys(town: str) -> int:
    """Make all look-up keys of a town anew from its sealed residents and return how many residents there are.

    For after a change of the readings of names, of the kinds of key or of the master key.
    """
    with transaction.atomic():
        ResidentKey.objects.filter(resident__town=town).delete()
        residents = Resident.objects.filter(town=town).order_by("id").iterator(chunk_size=BATCH)
        return write_keys((row, facts_of(row)) for row in residents)


def facts_of(row: Resident) -> ResidentFacts:
    """Return in clear what is told of a resident."""
    return ResidentFacts(
        name=row.name,
        division_code=row.division_code,
        phone=row.phone,
        id_number=row.id_number,
        id_kind=row.id_kind,
        house=row.house,
        outer_code=row.outer_code,
        grid_id=row.grid_id,
    )


def _keys_of(row: Resident, facts: ResidentFacts) -> list[ResidentKey]:
    texts = key_texts(facts.name, phone=facts.phone, id_number=facts.id_number, outer_code=facts.outer_code)
    keys = [ResidentKey(resident_id=row.pk, digest=digest_of(row.town, text)) for text in texts]
    if facts.id_number:
        sole = digest_of(row.town, sole_text(facts.id_number))
        keys.append(ResidentKey(resident_id=row.pk, digest=sole, is_sole=True))
    return keys


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    left = iter(items)
    while chunk := list(islice(left, BATCH)):
        yield chunk
