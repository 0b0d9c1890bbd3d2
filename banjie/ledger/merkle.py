"""Merkle trees by RFC 6962 §2.1 over the hashes of a closed range of entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

EMPTY = sha256(b"").digest()


@dataclass(frozen=True)
class Proof:
    """The way from one leaf up to the root: its index, the size of the tree, the hashes beside the way."""

    index: int
    size: int
    path: tuple[str, ...]


def root_of(leaves: Sequence[str]) -> str:
    """Return the Merkle root, in hex, of leaves given in hex."""
    level = [_leaf(leaf) for leaf in leaves]
    if not level:
        return EMPTY.hex()
    while len(level) > 1:
        level = _parents(level)
    return level[0].hex()


def prove(leaves: Sequence[str], index: int) -> Proof:
    """Return the proof that leaf `index` is in the tree over `leaves`."""
    level = [_leaf(leaf) for leaf in leaves]
    path: list[str] = []
    at = index
    while len(level) > 1:
        beside = at ^ 1
        if beside < len(level):
            path.append(level[beside].hex())
        level = _parents(level)
        at //= 2
    return Proof(index=index, size=len(leaves), path=tuple(path))


def holds(leaf: str, proof: Proof, root: str) -> bool:
    """Tell whether `proof` leads from `leaf` to `root` (RFC 9162 §2.1.3.2)."""
    if not 0 <= proof.index < proof.size:
        return False
    hashed, at, last = _leaf(leaf), proof.index, proof.size - 1
    for step in proof.path:
        while at == last and at % 2 == 0 and last:
            at, last = at // 2, last // 2
        if not last:
            return False
        other = bytes.fromhex(step)
        hashed = _node(other, hashed) if at % 2 else _node(hashed, other)
        at, last = at // 2, last // 2
    while at == last and at % 2 == 0 and last:
        at, last = at // 2, last // 2
    return last == 0 and hashed.hex() == root


def _parents(level: list[bytes]) -> list[bytes]:
    pairs = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return pairs if len(level) % 2 == 0 else [*pairs, level[-1]]


def _leaf(leaf: str) -> bytes:
    return sha256(b"\x00" + bytes.fromhex(leaf)).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()
