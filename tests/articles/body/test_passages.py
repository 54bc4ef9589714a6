"""Passages of plain words in a body: found, and reworded with the markup round them kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.body.clean import clean
from articles.body.passages import MarkupInTheWay, places, replaced, stands_in, times
from articles.body.text import plain_text

BODY = clean(
    '<p>The <a href="/hall/">County Hall</a> has <em>voted</em> on 10\xa0km of road.</p>'
    "<h2>What it costs</h2><p>First line<br>second line</p>"
    "<ul><li>a <strong>bridge</strong></li></ul><pre><code>road = 1</code></pre>"
)


class TestPlaces:
    def test_overlap(self) -> None:
        assert places("ananas", "ana") == [0, 2]

    def test_know_no_difference_between_spaces(self) -> None:
        assert places("10\xa0km\nof", "10 km of") == [0]

    def test_of_nothing_are_none(self) -> None:
        assert places("words", "") == []


class TestTimes:
    @pytest.mark.parametrize(
        ("passage", "number"),
        [("County Hall has voted", 1), ("line", 2), ("bridge", 1), ("first", 0), ("First line second", 1)],
    )
    def test_are_counted_within_a_paragraph(self, passage: str, number: int) -> None:
        assert times(BODY, passage) == number

    def test_are_none_across_paragraphs_and_in_code(self) -> None:
        for passage in ("of road. What it costs", "road = 1"):
            assert times(BODY, passage) == 0
            assert stands_in(BODY, passage)


class TestReplaced:
    @pytest.mark.parametrize(
        ("passage", "new", "reads"),
        [
            ("has voted", "voted", '<a href="/hall/">County Hall</a> <em>voted</em> on'),
            ("County Hall", "Town Hall", '<a href="/hall/">Town Hall</a> has'),
            ("Hall has", "Hall of Fernwick has", '<a href="/hall/">County Hall</a> of Fernwick has'),
            ("The County", "The old County", 'The old <a href="/hall/">County Hall</a>'),
            ("has voted on", "has not voted on", "has not <em>voted</em> on"),
            ("10 km", "12 km", "on 12&nbsp;km of road"),
            ("What it costs", "What it cost", "<h2>What it cost</h2>"),
            ("line second", "line, second", "First line,<br>second line"),
            ("a bridge", "a new bridge", "<li>a new <strong>bridge</strong></li>"),
            ("has voted on 10 km of", "", '<a href="/hall/">County Hall</a> road.'),
            ("of road", "of <b>road</b> & rail", "of &lt;b&gt;road&lt;/b&gt; &amp; rail."),
        ],
    )
    def test_keeps_the_markup_round_what_differs(self, passage: str, new: str, reads: str) -> None:
        after = replaced(BODY, passage, new)
        assert reads in after
        assert clean(after) == after

    @pytest.mark.parametrize(
        ("passage", "new"),
        [
            ("Hall has voted on", "It rejected"),  # part link, part emphasis
            ("line second", "line-second"),  # a line break in the middle
        ],
    )
    def test_refuses_to_guess(self, passage: str, new: str) -> None:
        with pytest.raises(MarkupInTheWay):
            replaced(BODY, passage, new)

    def test_words_that_would_become_a_list_are_refused(self) -> None:
        with pytest.raises(MarkupInTheWay):
            replaced("<p>One.</p>", "One.", "• One.")

    @given(st.text("ab <>&*-•.\xa0", max_size=12), st.text("ab <>&*-•.\xa0", min_size=1, max_size=12))
    def test_leaves_exactly_the_words_that_were_asked_for(self, new: str, passage: str) -> None:
        new, passage = " ".join(new.split()), " ".join(passage.split()) or "a"
        before = "The ab council - met."
        body = clean("<p>The ab <em>council</em> - met.</p>")
        if before.count(passage) != 1:
            return
        try:
            after = replaced(body, passage, new)
        except MarkupInTheWay:
            return
        assert " ".join(plain_text(after).split()) == " ".join(before.replace(passage, new).split())
