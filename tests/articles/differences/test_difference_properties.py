"""The law: two public dicts have no difference if, and only if, they have the same hash."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.desk.public import canonical, hash_of
from articles.differences import body
from articles.differences.difference import Change, difference
from articles.differences.html import told
from articles.differences.lines import Line
from tests.articles.differences.public import BODIES, PUBLIC, SCALARS, VALUES, leaves, put

quick = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])

LEAVES = list(leaves(PUBLIC))
PUBLICS = st.fixed_dictionaries({}, optional=dict.fromkeys(PUBLIC, VALUES)) | st.dictionaries(
    st.text(), VALUES
)


def same_hash(before: Any, after: Any) -> bool:
    return hash_of(canonical(before)) == hash_of(canonical(after))


def is_seen(change: Change) -> bool:
    """Whether somebody who looks at it, or listens to it, is told of a difference."""
    html = told([change])
    return "added: " in html or "removed: " in html


class TestTheLaw:
    @quick
    @given(st.sampled_from(LEAVES), SCALARS | VALUES)
    def test_holds_for_every_leaf_put_in_place_of_another(self, leaf: tuple[Any, ...], new: Any) -> None:
        after = put(PUBLIC, leaf, new)
        found = difference(PUBLIC, after)
        assert (not found) == same_hash(PUBLIC, after)
        assert [change.name for change in found] == ([leaf[0]] if found else [])
        assert all(is_seen(change) for change in found)

    @quick
    @given(PUBLICS, PUBLICS)
    def test_holds_for_any_two(self, before: dict[str, Any], after: dict[str, Any]) -> None:
        found = difference(before, after)
        assert (not found) == same_hash(before, after)
        assert all(is_seen(change) for change in found)

    @quick
    @given(PUBLICS, st.data())
    def test_holds_for_a_field_that_is_gone(self, before: dict[str, Any], data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(PUBLIC)))
        before = {**before, name: before.get(name)}
        after = {other: value for other, value in before.items() if other != name}
        assert [change.name for change in difference(before, after)] == [name]

    @quick
    @given(BODIES, BODIES)
    def test_holds_for_bodies_and_each_change_of_one_is_told(self, before: str, after: str) -> None:
        assert (body.lines(before) == body.lines(after)) == (before == after)
        found = difference({"body": before}, {"body": after})
        assert bool(found) == (before != after)
        assert all(is_seen(change) for change in found)

    @quick
    @given(st.lists(st.tuples(st.sampled_from(LEAVES), SCALARS), min_size=2, max_size=2))
    def test_two_changes_in_a_field_do_not_hide_each_other(self, puts: list[tuple[Any, Any]]) -> None:
        (first, one), (second, two) = puts
        if first[0] == second[0] and first != second and first[0] != "body":
            between = put(PUBLIC, first, one)
            after = put(between, second, two)
            if not same_hash(between, after):
                assert _telling(difference(PUBLIC, between)) != _telling(difference(PUBLIC, after))


def _telling(changes: list[Change]) -> str:
    return told(changes)


class TestNothingIsLost:
    @quick
    @given(BODIES, BODIES)
    def test_both_texts_can_be_read_in_it(self, before: str, after: str) -> None:
        for change in difference({"body": before}, {"body": after}):
            assert [row.before for row in change.rows if row.before] == body.lines(before)
            assert [row.after for row in change.rows if row.after] == body.lines(after)
            for row in change.rows:
                assert "".join(piece.was.text for piece in row.pieces if piece.kind != "come") == _text(
                    row.before
                )
                assert "".join(piece.run.text for piece in row.pieces if piece.kind != "gone") == _text(
                    row.after
                )

    @quick
    @given(st.text(max_size=60), st.text(max_size=60))
    def test_nor_of_a_line_of_any_characters(self, before: str, after: str) -> None:
        for change in difference({"headline": before}, {"headline": after}):
            pieces = [piece for row in change.rows for piece in row.pieces]
            assert "".join(piece.was.text for piece in pieces if piece.kind != "come") == before
            assert "".join(piece.run.text for piece in pieces if piece.kind != "gone") == after


def _text(line: Line | None) -> str:
    return line.text if line else ""
