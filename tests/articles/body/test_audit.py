"""What is wrong with a text for somebody who listens to it, or moves through it by headings and links."""

import pytest
from hypothesis import given, settings

from articles.body.audit import audit
from articles.body.clean import clean
from tests.articles.body.markup import fragments, text, trees

FILLER = "\u3164"  # a letter by its name, and blank


def rules(html: str) -> list[str]:
    return [fault.rule for fault in audit(clean(html)).faults]


def link(words: str, href: str = "https://example.org/report") -> str:
    return f'<p>The office says so <a href="{href}">{words}</a> and nowhere else.</p>'


class TestCrossheads:
    def test_may_not_leave_out_a_level(self) -> None:
        assert rules("<h3>Deep</h3><p>Text.</p>") == ["heading_order"]
        assert rules("<h2>Top</h2><p>Text.</p><h3>Deep</h3><p>Text.</p><h2>Top</h2>") == []

    def test_have_words(self) -> None:
        assert rules(f"<h2>{FILLER}</h2><p>Text.</p>") == ["heading_empty"]


class TestLinks:
    @pytest.mark.parametrize(
        "words",
        ["here", "Click here", "Read more »", "<em>this</em> link", "more…", "“Here.”", "→ Find out more"],
    )
    def test_say_where_they_lead(self, words: str) -> None:
        assert rules(link(words)) == ["link_vague"]

    @pytest.mark.parametrize(
        "words",
        ["the office’s report", "Here be dragons", "More than 300", "report", "1", "Café", "gov.example"],
    )
    def test_that_do_are_left_alone(self, words: str) -> None:
        assert rules(link(words)) == []

    @pytest.mark.parametrize("words", ["https://example.org/report", "HTTP://EXAMPLE.ORG", "www.example.org"])
    def test_are_no_bare_addresses(self, words: str) -> None:
        assert rules(link(words)) == ["link_bare"]

    @pytest.mark.parametrize("words", ["→", "*", FILLER])
    def test_have_words(self, words: str) -> None:
        assert rules(link(words)) == ["link_empty"]

    def test_are_judged_whole_whatever_is_bold_in_them(self) -> None:
        assert rules(link("<strong>here</strong> is the report")) == []
        assert rules(link("<strong>click</strong> here")) == ["link_vague"]

    def test_are_found_in_tables_lists_quotations_and_captions(self) -> None:
        one = '<a href="/x">here</a>'
        table = f"<table><tr><th>A</th><th>{one} </th></tr><tr><td>b</td><td>c</td></tr></table>"
        figure = f'<figure><img data-file="{"0" * 32}" alt="x"><figcaption>{one}</figcaption></figure>'
        body = f"<ul><li>a {one}</li></ul><blockquote><p>b {one}</p></blockquote>{table}{figure}"
        assert len(audit(clean(body)).links) == 4

    def test_quote_the_words_around_them(self) -> None:
        before, after = (
            "Long before anybody had thought of it, ",
            " and long after everybody had forgotten it again.",
        )
        [fault] = audit(f'<p>{before}<a href="/x">here</a>{after}</p>').faults
        assert fault.quote == "…anybody had thought of it, here and long after everybody had…"

    def test_are_told_apart_by_words_and_target(self) -> None:
        def about(html: str) -> str:
            return audit(html).faults[0].about

        same, elsewhere, otherwise = link("here"), link("here", "/y"), link("click here")
        assert about(same) == about(f"<p>Moved down.</p>{same.replace('nowhere', 'not anywhere')}")
        assert len({about(same), about(elsewhere), about(otherwise)}) == 3


class TestTables:
    ROWS = "<tr><{0}>Office</{0}><{0}>Staff</{0}></tr><tr><td>North</td><td>12</td></tr>"

    def test_have_header_cells(self) -> None:
        [fault] = audit(clean(f"<table>{self.ROWS.format('td')}</table>")).faults
        assert (fault.rule, fault.quote) == ("table_headers", "Office Staff")
        assert rules(f"<table>{self.ROWS.format('th')}</table>") == []

    def test_may_have_them_at_the_side(self) -> None:
        assert (
            rules("<table><tr><th>North</th><td>12</td></tr><tr><th>South</th><td>9</td></tr></table>") == []
        )


def holds(html: str) -> None:
    """Whatever the cleaner lets through is judged, and each fault says something."""
    found = audit(clean(html))
    assert all(fault.sentence and fault.about and len(fault.sentence) < 500 for fault in found.faults)
    assert all(one.href and len(one.quote) < 200 for one in found.links)


@settings(max_examples=150, deadline=None)
@given(fragments)
def test_holds_for_fragments(html: str) -> None:
    holds(html)


@settings(max_examples=150, deadline=None)
@given(trees)
def test_holds_for_trees(html: str) -> None:
    holds(html)


@settings(max_examples=60, deadline=None)
@given(text)
def test_holds_for_any_text(html: str) -> None:
    holds(f'<a href="/x">{html}</a><h3>{html}</h3>')
