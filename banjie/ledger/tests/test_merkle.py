from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from banjie.ledger.merkle import holds, prove, root_of


def leaves(count):
    return [sha256(str(n).encode()).hexdigest() for n in range(count)]


@given(st.integers(1, 70), st.data())
def test_every_leaf_is_proved_and_no_other_passes(count, data):
    """T10: a proof holds for its own leaf, root and place, and for no other."""
    index = data.draw(st.integers(0, count - 1))
    tree = leaves(count)
    proof = prove(tree, index)
    assert holds(tree[index], proof, root_of(tree))
    assert not holds(sha256(b"forged").hexdigest(), proof, root_of(tree))
    assert not holds(tree[index], proof, root_of(leaves(count + 1)))


def test_the_root_is_that_of_rfc_6962():
    one, two, three = (bytes.fromhex(leaf) for leaf in leaves(3))
    left = sha256(b"\x01" + sha256(b"\x00" + one).digest() + sha256(b"\x00" + two).digest()).digest()
    assert root_of(leaves(3)) == sha256(b"\x01" + left + sha256(b"\x00" + three).digest()).hexdigest()
    assert root_of([]) == sha256(b"").hexdigest()
