"""Public dicts to compare: one that has everything, and strategies for any."""

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from articles.body.clean import clean

KEY = "3f" * 16

PICTURE: dict[str, Any] = {
    "key": KEY,
    "alt": "A town hall at dusk",
    "decorative": False,
    "caption": "The hall.",
    "credit": "Council archive",
    "focal": [50, 50],
    "width": 800,
    "height": 500,
}

PUBLIC: dict[str, Any] = {
    "format": 1,
    "headline": "Council puts its records in one place",
    "standfirst": "A single store replaces eleven.",
    "kicker": "Archives",
    "kind": "news",
    "body": clean(
        '<p>The council will keep its <a href="https://example.org/a">records</a> in one place.</p>'
        "<h2>What changes</h2><ul><li>Forms</li><li>Files</li></ul><blockquote><p>At last.</p></blockquote>"
        f'<figure><img data-file="{KEY}" alt="A hall"><figcaption>The hall.</figcaption></figure>'
        "<table><tr><th>Year</th><th>Stores</th></tr><tr><td>2025</td><td>11</td></tr></table>"
    ),
    "section": {"name": "Local Government", "slug": "local-government"},
    "topics": [{"name": "Records", "slug": "records"}, {"name": "Archives", "slug": "archives"}],
    "byline": {
        "people": [
            {"name": "Ada Quill", "job_title": "Managing Editor", "slug": "ada-quill"},
            {"name": "Zoe Ink", "job_title": "", "slug": "zoe-ink"},
        ],
        "label": "",
    },
    "lead": PICTURE,
    "pictures": [{**PICTURE, "alt": "A hall", "focal": [50, 40]}],
    "slug": "council-puts-its-records-in-one-place",
    "search_headline": "Records: one store",
    "social_headline": "",
    "change_kind": "",
    "public_note": "",
    "something_new": {"deep": [1, {"deeper": None}, "words"], "empty": []},
}


def with_(**fields: Any) -> dict[str, Any]:
    return {**copy.deepcopy(PUBLIC), **fields}


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in it that holds no other."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [leaf for name, one in inside for leaf in leaves(one, (*path, name))]
    yield from found or [path]


def put(value: dict[str, Any], path: tuple[Any, ...], new: Any) -> dict[str, Any]:
    """A copy with another value at the end of the way."""
    changed = copy.deepcopy(value)
    place: Any = changed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = new
    return changed


SCALARS = (
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from([0.0, 1.0, 0.5]) | st.text(max_size=12)
)
VALUES = st.recursive(
    SCALARS,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=6), inside, max_size=3),
    max_leaves=8,
)
BODIES = st.lists(
    st.sampled_from(
        [
            "<p>One two three.</p>",
            "<p>One <strong>two</strong> three.</p>",
            '<p>One <a href="https://a.example/">two</a> three.</p>',
            '<p>One <a href="https://b.example/">two</a> three.</p>',
            "<p>One<br>two three.</p>",
            "<p>One two\xa03.</p>",
            "<h2>One two three.</h2>",
            "<h3>One two three.</h3>",
            "<ul><li>One</li><li>two</li></ul>",
            "<ol start=3><li>One</li><li>two<ul><li>three</li></ul></li></ol>",
            "<ul><li><p>One</p><p>two</p></li></ul>",
            "<blockquote><p>One</p><p>two</p></blockquote>",
            "<blockquote class=pull><p>One</p></blockquote>",
            "<hr>",
            "<pre><code>one\n two</code></pre>",
            "<table><tr><th>One</th><th>two</th></tr><tr><td>3</td><td></td></tr></table>",
            "<table><tr><td>One</td></tr><tr><td>two</td></tr></table>",
            "<table><caption>Three</caption><tr><td colspan=2>One</td></tr><tr><td>two</td><td>3</td></tr></table>",
            f'<figure><img data-file="{KEY}" alt="One"></figure>',
            f'<figure><img data-file="{KEY}" alt="One"><figcaption>Two <em>three</em></figcaption></figure>',
            f'<figure><img data-file="{"4a" * 16}" alt="One"></figure>',
        ]
    ),
    max_size=6,
).map(lambda parts: clean("".join(parts)))
