"""Merkle trees by RFC 6962 §2.1 over the hashes of a closed range of entries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

EMPTY = sha256(b"").digest()


@dataclass(frozen=True)
class Proof:
    """The way from one leaf up to the root: its index, the size of the tree, the hashes beside the way."""

    index: int
    size: int
    path: tuple[str, ...]


class Tree:
    """A tree that grows leaf by leaf and keeps only the roots of its full subtrees, one for each bit of its size."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: str) -> None:
        """Add a leaf given in hex; raises ValueError or TypeError for anything else."""
        node, full, peaks = sha256(b"\x00" + bytes.fromhex(leaf)).digest(), self.size, self._peaks
        while full & 1:  # written out, since verify adds every entry of a town
            node, full = sha256(b"\x01" + peaks.pop() + node).digest(), full >> 1
        peaks.append(node)
        self.size += 1

    @property
    def root(self) -> str:
        """Return the Merkle root, in hex, of the leaves so far."""
        if not self._peaks:
            return EMPTY.hex()
        *whole, node = self._peaks
        for peak in reversed(whole):
            node = _node(peak, node)
        return node.hex()


def root_of(leaves: Iterable[str]) -> str:
    """Return the Merkle root, in hex, of leaves given in hex."""
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root


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
