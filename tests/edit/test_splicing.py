"""What is replaced in a text is replaced in its bytes alike, wherever the same words stand elsewhere."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ledger.edit.changes import Patch, spliced, spliced_bytes

TEXTS = st.text(st.sampled_from("ab\né“\U0001f680"), max_size=30)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 30), TEXTS), max_size=6), st.booleans())
def test_bytes_are_spliced_as_the_text_is(before: str, cuts: list[tuple[int, str]], marked: bool) -> None:
    edges = sorted(min(at, len(before)) for at, _ in cuts)
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    patches = [Patch(start, end, text) for (start, end), (_, text) in zip(pairs, cuts, strict=False)]
    mark = b"\xef\xbb\xbf" if marked else b""
    after = spliced(before, patches)
    assert spliced_bytes(mark + before.encode(), before, patches) == mark + after.encode()
    for patch in patches[:1]:
        assert after.startswith(before[: patch.start] + patch.text)


def test_a_text_that_stands_twice_is_replaced_in_its_place() -> None:
    before = "- é\n- same\n- same\n"
    patch = Patch(before.rindex("- same"), len(before), "- other\n")
    assert spliced_bytes(before.encode(), before, [patch]) == "- é\n- same\n- other\n".encode()
