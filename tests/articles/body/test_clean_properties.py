"""What holds of every string that is cleaned: it is valid, it is all known, and cleaning again changes nothing."""

import time

import nh3
import pytest
from hypothesis import given, settings

from articles.body.clean import clean
from articles.body.figures import figures
from articles.body.render import render
from articles.body.schema import ELEMENTS
from articles.body.text import plain_text
from tests.articles.body.markup import fragments, strangers, text, trees

BOMBS = {
    "nested blocks": "<div>" * 200_000,
    "nested lists": "<ul><li>" * 100_000,
    "nested tables": "<table><tr><td>" * 60_000,
    "unclosed formatting": "".join(f"<b class=x{i}><p>" for i in range(50_000)),
    "attributes": "<a " + "x " * 500_000 + ">",
    "ampersands": "&" * 1_000_000,
    "no-break spaces": "\xa0" * 1_000_000,
    "open brackets": "<" * 500_000,
    "open comments": "<!--" * 200_000,
    "spans": "<table><tr>" + "<td colspan=40>x" * 1000 + "<tr><td>y" * 40_000,
    "paragraphs": "<p>x" * 300_000,
    "a picture in the text": '<p>a<img src="data:image/png;base64,' + "A" * 5_000_000 + '">b</p>',
}


def holds(html: str) -> None:
    cleaned = clean(html)
    assert clean(cleaned) == cleaned
    assert strangers(cleaned) == []
    assert _allowed(cleaned) == cleaned
    render(cleaned, {})
    plain_text(cleaned)
    figures(cleaned)


def _allowed(html: str) -> str:
    """What the library's sanitiser, given the schema's allow-list, leaves of it."""
    attributes = {name: set(allowed) for name, allowed in ELEMENTS.items()}
    return nh3.clean(html, tags=set(ELEMENTS), attributes=attributes, link_rel=None)


@settings(max_examples=150, deadline=None)
@given(fragments)
def test_holds_for_fragments(html: str) -> None:
    holds(html)


@settings(max_examples=150, deadline=None)
@given(trees)
def test_holds_for_trees(html: str) -> None:
    holds(html)


@settings(max_examples=100, deadline=None)
@given(text)
def test_holds_for_any_text(html: str) -> None:
    holds(html)


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_go_off_harmlessly(name: str) -> None:
    before = time.process_time()
    cleaned = clean(BOMBS[name])
    assert time.process_time() - before < 10  # seconds; the parser alone would take minutes, or all memory
    assert clean(cleaned) == cleaned


def test_a_picture_in_the_text_does_not_cost_the_formatting() -> None:
    assert (
        clean(BOMBS["a picture in the text"].replace("a<img", "<b>a</b><img")) == "<p><strong>a</strong>b</p>"
    )
