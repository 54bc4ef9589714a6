"""Words that are blanked for good: found however they were set, and nothing else."""

import pytest

from articles.body.blanking import Blank
from articles.body.clean import clean


def line(words: str, text: str) -> str:
    return Blank(words).line(text)


def body(words: str, html: str) -> str:
    return Blank(words).body(clean(html))


class TestALine:
    @pytest.mark.parametrize(
        "text",
        ["Ann Vale left.", "ANN VALE left.", "Ann\xa0Vale left.", "Ann  Vale left."],
    )
    def test_is_blanked_however_the_words_were_set(self, text: str) -> None:
        assert line("Ann Vale", text) == "[redacted] left."

    def test_loses_whole_words_only(self) -> None:
        assert (
            line("Ann", "Ann, Anna and Ann’s annual leave")
            == "[redacted], Anna and [redacted]’s annual leave"
        )

    def test_knows_both_apostrophes(self) -> None:
        assert line("O'Brien", "Mr O’Brien and Mr O'Brien") == "Mr [redacted] and Mr [redacted]"

    def test_takes_signs_for_themselves(self) -> None:
        assert line("(0)20 7946.", "Call (0)20 7946. Not (0)20 79461") == "Call [redacted] Not (0)20 79461"

    def test_blanking_twice_blanks_once(self) -> None:
        assert line("Ann", line("Ann", "Ann")) == "[redacted]"

    def test_counts_what_it_found(self) -> None:
        blank = Blank("Ann")
        blank.line("Ann and Ann"), blank.body("<p>Ann</p>"), blank.line("Bob")
        assert blank.found == 3

    def test_no_words_are_no_pattern(self) -> None:
        with pytest.raises(ValueError, match="nothing"):
            Blank("  ")


class TestABody:
    def test_is_blanked_across_its_markup(self) -> None:
        html = "<p>Mrs <strong>Ann</strong> Va<em>le said</em>.</p>"
        assert body("Ann Vale", html) == "<p>Mrs <strong>[redacted]</strong> <em>said</em>.</p>"

    def test_is_blanked_across_a_line_break(self) -> None:
        assert body("Ann Vale", "<p>Ann<br>Vale left.</p>") == "<p>[redacted] left.</p>"

    @pytest.mark.parametrize(
        "html",
        [
            "<h2>Ann Vale</h2>",
            "<ul><li>Ann Vale</li></ul>",
            "<blockquote><p>Ann Vale</p></blockquote>",
            "<pre><code>Ann Vale</code></pre>",
            "<table><caption>Ann Vale</caption><tr><td>Ann Vale</td></tr></table>",
            f'<figure><img data-file="{"a" * 32}" alt="Ann Vale"><figcaption>Ann Vale</figcaption></figure>',
        ],
    )
    def test_is_blanked_in_every_kind_of_block(self, html: str) -> None:
        cleaned = clean(html)
        assert body("Ann Vale", html) == clean(cleaned.replace("Ann Vale", "[redacted]"))

    def test_loses_a_link_that_spells_the_words_out(self) -> None:
        html = '<p><a href="mailto:ann@vale.example">write</a></p>'
        assert body("ann@vale.example", html) == "<p>write</p>"

    def test_without_the_words_stays_letter_for_letter(self) -> None:
        html = "<p>Not  cleaned</p> <p>yet</p>"
        assert Blank("Ann").body(html) == html

    def test_is_as_clean_afterwards(self) -> None:
        blanked = body("Ann Vale", "<p><strong>Ann</strong> Vale</p><p>Ann Vale</p>")
        assert blanked == clean(blanked) == "<p><strong>[redacted]</strong></p>\n<p>[redacted]</p>"


class TestAValue:
    def test_is_blanked_everywhere_but_in_addresses_and_keys(self) -> None:
        value = {
            "slug": "ann",
            "headline": "Ann",
            "people": [{"name": "Ann", "slug": "ann"}],
            "n": 1,
            "none": None,
        }
        assert Blank("ann").value(value) == {
            "slug": "ann",
            "headline": "[redacted]",
            "people": [{"name": "[redacted]", "slug": "ann"}],
            "n": 1,
            "none": None,
        }

    def test_reads_a_body_as_one(self) -> None:
        value = {"body": "<p>A<em>nn</em></p>"}
        assert Blank("Ann").value(value) == {"body": "<p>[redacted]</p>"}
