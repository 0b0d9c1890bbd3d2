"""Write the rows of look-up keys: derived from the sealed residents, outside the ledger, made anew at will."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from django.db import connection, transaction

from banjie.residents.facts import ResidentFacts
from banjie.residents.keys import digest_of, key_texts, sole_text
from banjie.residents.models import Resident, ResidentKey

Item = TypeVar("Item")
BATCH = 2000
LOOKED_UP = 400


def write_keys(rows: Iterable[tuple[Resident, ResidentFacts]]) -> int:
    """Write the keys of residents, also of those whose own row comes later in the transaction; return how many."""
    count = 0
    for chunk in _chunks(rows):
        _insert(chunk)
        count += len(chunk)
    return count


def drop_keys(row: Resident, facts: ResidentFacts) -> None:
    """Remove the keys that stand for these facts of a resident."""
    digests = [digest for digest, _ in _keys_of(row.town, facts)]
    ResidentKey.objects.filter(digest__in=digests, resident_id=row.pk).delete()


def drop_all_keys(rows: Iterable[tuple[Resident, ResidentFacts]]) -> None:
    """Remove the keys of many residents: each hash is looked up once, however many of them it stands for."""
    told = list(rows)
    digests = sorted({digest for row, facts in told for digest, _ in _keys_of(row.town, facts)})
    ids = [row.pk for row, _ in told]
    for start in range(0, len(digests), LOOKED_UP):
        wanted = digests[start : start + LOOKED_UP]
        keys = ResidentKey.objects.filter(digest__in=wanted, resident_id__in=ids)
        keys._raw_delete(keys.db)


def rebuild_keys(town: str) -> int:
    """Make all look-up keys of a town anew from its sealed residents and return how many residents there are.

    For after a change of the readings of names, of the kinds of key or of the master key.
    """
    with transaction.atomic():
        ResidentKey.objects.filter(resident__town=town).delete()
        residents = (
            Resident.objects.filter(town=town, is_withdrawn=False).order_by("id").iterator(chunk_size=BATCH)
        )
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


def _keys_of(town: str, facts: ResidentFacts) -> list[tuple[int, bool]]:
    """Return the hash of every key of these facts, and of each whether it is the sole one of its town."""
    texts = key_texts(facts.name, phone=facts.phone, id_number=facts.id_number, outer_code=facts.outer_code)
    keys = [(digest_of(town, text), False) for text in texts]
    return [*keys, (digest_of(town, sole_text(facts.id_number)), True)] if facts.id_number else keys


def _insert(rows: Sequence[tuple[Resident, ResidentFacts]]) -> None:
    """Insert keys by the hundred thousand: plain SQL, since model objects took three quarters of the time."""
    columns = f"{connection.ops.quote_name(ResidentKey._meta.db_table)} (resident_id, digest, is_sole)"
    key = Resident._meta.pk
    owners = [(key.get_db_prep_value(row.pk, connection), row.town, facts) for row, facts in rows]
    lines = [(owner, *line) for owner, town, facts in owners for line in _keys_of(town, facts)]
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.executemany(f"INSERT INTO {columns} VALUES (%s, %s, %s)", lines)  # noqa: S608
            return
        with cursor.copy(f"COPY {columns} FROM STDIN") as sink:
            for line in lines:
                sink.write_row(line)


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    left = iter(items)
    while chunk := list(islice(left, BATCH)):
        yield chunk
