"""The tree: published roots, the plain recursive definition, every proof up to 65 leaves, pymerkle."""

import hashlib

import pymerkle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.trust import merkle
from hengliang.trust.errors import ProofRefused
from hengliang.trust.merkle import Tree, check_consistency, check_inclusion, leaf_hash, node_hash

# Leaves and roots of the Certificate Transparency reference tests (merkle_tree_test).
CT_LEAVES = [
    bytes.fromhex(one)
    for one in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
CT_ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def plain_root(leaves: list[bytes]) -> bytes:
    """MTH of RFC 9162, 2.1.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(plain_root(leaves[:split]), plain_root(leaves[split:]))


def tree_of(size: int) -> tuple[Tree, list[bytes]]:
    leaves = [f"entry {number}".encode() for number in range(size)]
    return Tree(merkle.leaf_hashes(leaves)), leaves


@pytest.mark.parametrize(("size", "root"), CT_ROOTS.items())
def test_certificate_transparency_reference_roots(size: int, root: str) -> None:
    assert Tree(merkle.leaf_hashes(CT_LEAVES[:size])).root().hex() == root


def test_root_is_the_recursive_definition_and_pymerkle() -> None:
    tree, leaves = tree_of(130)
    oracle = pymerkle.InmemoryTree(algorithm="sha256")
    assert tree.root(0) == plain_root([]) == merkle.EMPTY_ROOT
    for size in range(1, 131):
        oracle.append_entry(leaves[size - 1])
        assert tree.root(size) == plain_root(leaves[:size]) == oracle.get_root(size)


def test_every_inclusion_proof_up_to_65_leaves() -> None:
    tree, leaves = tree_of(65)
    for size in range(1, 66):
        for index in range(size):
            proof = merkle.inclusion_proof(index, size, tree.node)
            check_inclusion(index, size, leaf_hash(leaves[index]), proof, tree.root(size))


def test_every_consistency_proof_up_to_65_leaves() -> None:
    tree, _ = tree_of(65)
    for new in range(66):
        for old in range(new + 1):
            proof = merkle.consistency_proof(old, new, tree.node)
            check_consistency(old, new, tree.root(old), tree.root(new), proof)


@given(st.data())
def test_a_proof_holds_for_nothing_else(data: st.DataObject) -> None:
    tree, leaves = tree_of(data.draw(st.integers(2, 40)))
    size = len(leaves)
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1).filter(lambda one: one != index))
    proof = merkle.inclusion_proof(index, size, tree.node)
    for wrong in (
        (other, size, leaf_hash(leaves[index]), proof),
        (index, size, leaf_hash(leaves[other]), proof),
        (index, size, leaf_hash(leaves[index]), [*proof, bytes(32)]),
        (index, size, leaf_hash(leaves[index]), proof[:-1]),
        (size, size, leaf_hash(leaves[index]), proof),
        (-1, size, leaf_hash(leaves[index]), proof),
    ):
        with pytest.raises(ProofRefused):
            check_inclusion(*wrong, tree.root())


@given(st.data())
def test_no_consistency_with_another_history(data: st.DataObject) -> None:
    new = data.draw(st.integers(2, 40))
    old = data.draw(st.integers(1, new - 1))
    tree, leaves = tree_of(new)
    changed = data.draw(st.integers(0, old - 1))
    forked = Tree(merkle.leaf_hashes([*leaves[:changed], b"other", *leaves[changed + 1 : old]]))
    proof = merkle.consistency_proof(old, new, tree.node)
    for roots, path in (
        ((forked.root(), tree.root()), proof),
        ((tree.root(old), forked.root()), proof),
        ((tree.root(old), tree.root()), [*proof, bytes(32)]),
        ((tree.root(old), tree.root()), proof[:-1]),
    ):
        with pytest.raises(ProofRefused):
            check_consistency(old, new, *roots, path)


def test_trivial_consistency_is_exact() -> None:
    tree, _ = tree_of(3)
    check_consistency(0, 3, merkle.EMPTY_ROOT, tree.root(), [])
    for wrong in (
        (0, 3, merkle.EMPTY_ROOT, tree.root(), [bytes(32)]),
        (0, 3, bytes(32), tree.root(), []),
        (3, 3, tree.root(2), tree.root(), []),
        (4, 3, tree.root(), tree.root(), []),
        (2, 3, tree.root(2), tree.root(), []),
        (3, 4, tree.root(), tree.root(), []),
    ):
        with pytest.raises(ProofRefused):
            check_consistency(*wrong)


def test_proofs_outside_the_tree_are_refused_on_making() -> None:
    tree, _ = tree_of(3)
    with pytest.raises(ProofRefused):
        merkle.inclusion_proof(3, 3, tree.node)
    with pytest.raises(ProofRefused):
        merkle.consistency_proof(4, 3, tree.node)


@given(st.lists(st.integers(0, 20), max_size=8))
def test_batches_do_not_matter(sizes: list[int]) -> None:
    hashes = merkle.leaf_hashes(str(number).encode() for number in range(sum(sizes)))
    tree, begin = Tree(), 0
    for size in sizes:
        tree.extend(hashes[begin : begin + size])
        begin += size
    assert tree.root() == Tree(hashes).root()
    assert len(tree) == len(hashes)
