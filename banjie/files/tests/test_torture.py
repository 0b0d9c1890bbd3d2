"""Mutated files by the thousand: each gets a verdict, none an unexpected error, none more than its time (T16)."""

import random
import resource
import time
from pathlib import Path

import pytest

from banjie.base.errors import InvalidInput
from banjie.files.checks import examine
from banjie.files.tests import factories as make
from banjie.files.tests.test_honest import HONEST
from banjie.files.tests.test_hostile import HOSTILE

ROUNDS = 10_000
MOST_SECONDS = 2.0
MOST_BYTES = 300_000_000


def _mutated(content: bytes, dice: random.Random) -> bytes:
    mutant = bytearray(content)
    for _ in range(dice.choice((1, 2, 8, 64))):
        at = dice.randrange(len(mutant) + 1)
        match dice.randrange(5):
            case 0:
                mutant[at : at + 1] = bytes([dice.randrange(256)])
            case 1:
                del mutant[at : at + dice.randrange(64)]
            case 2:
                mutant[at:at] = dice.randbytes(dice.randrange(32))
            case 3:
                mutant[at : at + 4] = dice.choice((b"\xff\xff\xff\xff", bytes(4), b"\x7f\xff\xff\xff"))
            case _:
                other = dice.randrange(len(mutant) + 1)
                mutant[at:at] = mutant[other : other + 128]
    return bytes(mutant[: len(mutant) if dice.random() < 0.8 else dice.randrange(len(mutant) + 1)])


def _mutants(rounds: int, seed: int):
    dice = random.Random(seed)
    seeds = [(row[0], row[1]) for row in (*HONEST.values(), *HOSTILE.values()) if len(row[1]) < 100_000]
    for _ in range(rounds):
        name, content = dice.choice(seeds)
        yield name, _mutated(content, dice)


def _most_resident_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _try_all(rounds: int, seed: int, folder: Path) -> float:
    received = folder / "received"
    slowest = 0.0
    for name, content in _mutants(rounds, seed):
        received.write_bytes(content)
        start = time.process_time()
        try:
            examine(received, name, max_pixels=make.QUOTAS.max_pixels, scratch=folder)
        except InvalidInput as refused:
            assert refused.message.endswith("。")  # noqa: PT017  most mutants are refused, some pass
        slowest = max(slowest, time.process_time() - start)
    return slowest


def test_a_few_mutated_files_never_raise_anything_unexpected(tmp_path: Path) -> None:
    _try_all(300, 1, tmp_path)


@pytest.mark.torture
def test_ten_thousand_mutated_files_are_judged_in_time_and_memory(tmp_path: Path) -> None:
    before = _most_resident_bytes()
    assert _try_all(ROUNDS, 2026, tmp_path) < MOST_SECONDS
    assert _most_resident_bytes() - before < MOST_BYTES
