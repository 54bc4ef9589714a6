"""Payloads made to break sanitisers, through cleaning and rendering: nothing that can act is left."""

import re
from urllib.parse import urlsplit

import pytest

from articles.body.clean import clean
from articles.body.figures import figures
from articles.body.render import Picture, render
from articles.body.schema import ELEMENTS, SCHEMES
from articles.body.text import plain_text
from articles.importing.convert import convert
from tests.articles.body.markup import parsed, strangers
from tests.given import hostile_html, hostile_strings

KEY = "a" * 32

RENDERED = ELEMENTS | {
    "figure": ("data-image",),
    "picture": (),
    "source": ("type", "srcset", "sizes"),
    "img": ("src", "srcset", "sizes", "width", "height", "loading", "decoding", "alt"),
    "span": ("class",),
    "div": ("class", "role", "tabindex", "aria-label"),
    "h2": ("id",),
    "h3": ("id",),
    "blockquote": ("class", "aria-hidden"),
}

VECTORS = (
    '<svg><p><style><g title="</style><img src=1 onerror=alert(1)>">',
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    f'<figure><img data-file="{KEY}" alt=\'"><script>alert(1)</script>\'><figcaption><img onerror=x></figure>',
    "<a href='&#106;avascript:alert(1)'>x</a><a href='\x01javascript:alert(1)'>y</a>",
    "<a href=' java\nscript:alert(1)'>z</a>",
    "<a href='https://example.org/\"onmouseover=alert(1) x=\"'>x</a>",
    '<table><caption><script>alert(1)</script>"onload=alert(1)</caption><tr><td>x</table>',
    "<h2>\"><img src=x onerror=alert(1)></h2><p><a href='#\"><script>alert(1)</script>'>x</a></p>",
    "<blockquote class='pull\" onclick=\"alert(1)'><p style='background:url(javascript:alert(1))'>x</blockquote>",
    "<pre><code></code></pre><script>alert(1)</script>",
    "<xmp><img src=x onerror=alert(1)></xmp><plaintext><script>alert(1)</script>",
)


def harmless(html: str) -> None:
    cleaned = clean(html)
    assert clean(cleaned) == cleaned
    assert strangers(cleaned) == []
    bus = Picture(KEY, 2000, 1000, credit='"><script>alert(1)</script>', widths=(320, 640), alt="'\"><b>")
    rendered = render(html, {figure.key: bus for figure in figures(cleaned)})
    assert strangers(rendered, RENDERED) == []
    for element in parsed(rendered).iterdescendants():
        for name in ("href", "src"):
            assert_address(element.get(name))
    plain_text(html)


def assert_address(address: str | None) -> None:
    if address is not None:
        assert re.match(r"(?:https?://[^/\\]|mailto:|tel:|/(?![/\\])|#)", address)
        assert urlsplit(address).scheme in ("", *SCHEMES)


@pytest.mark.parametrize("html", VECTORS)
def test_known_vectors(html: str) -> None:
    harmless(html)


@pytest.mark.parametrize("kind", ["html", "md", "text"])
def test_payloads(kind: str) -> None:
    for payload in hostile_html():
        harmless(payload if kind == "html" else convert(payload, kind).html)
        harmless(f'<p>a<a href="{payload}">b</a></p>')


def test_naughty_strings() -> None:
    for words in hostile_strings():
        harmless(words)
        harmless(f'<figure><img data-file="{KEY}" alt="{words}"><figcaption>{words}</figcaption></figure>')
        harmless(convert(words, "md", title=words).html)
