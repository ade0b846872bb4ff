"""Varints are read as they were written."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from warraq.search.codec import read_varints, varint, varints


@given(st.lists(st.integers(0, 2**34)))
def test_varints_agree_one_by_one_and_all_at_once(values: list[int]) -> None:
    packed, starts = varints(np.array(values, np.int64))
    assert packed.tobytes() == b"".join(map(varint, values))
    assert len(starts) == len(values) + 1


@given(st.lists(st.integers(0, 2**34)))
def test_varints_are_read_back(values: list[int]) -> None:
    packed, starts = varints(np.array(values, np.int64))
    read, begins = read_varints(packed.tobytes())
    assert (read.tolist(), begins.tolist()) == (values, starts.tolist())
