from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.cursors import BadCursorError, Place, decode, encode

moments = st.datetimes(min_value=datetime(1900, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


class TestCursors:
    @given(moments, st.integers(1, 2**63 - 1))
    def test_come_back_as_they_went(self, at: datetime, story_id: int) -> None:
        assert decode(encode(Place(at, story_id))) == Place(at, story_id)

    @given(st.text())
    def test_nothing_else_is_one(self, text: str) -> None:
        with pytest.raises(BadCursorError):
            decode(text)

    @pytest.mark.parametrize("text", ["A" * 22, "_" * 22, "/" * 22, "f_________8AAAAAAAAAAQ"])
    def test_nor_is_what_looks_like_one(self, text: str) -> None:
        with pytest.raises(BadCursorError):
            decode(text)

    def test_nor_is_one_written_otherwise(self) -> None:
        cursor = encode(Place(datetime(2026, 1, 1, tzinfo=UTC), 1))
        # The last character carries four bits that say nothing: only one way to write them is ours.
        assert cursor[-1] == "Q"
        with pytest.raises(BadCursorError):
            decode(cursor[:-1] + "R")
