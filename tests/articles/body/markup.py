"""Makes bodies, sane and mad, for the tests of the cleaner; checks what came out as a browser would read it."""

import html5lib
from hypothesis import strategies as st
from lxml import html as lxml_html

from articles.body.schema import ELEMENTS

KEYS = ("a" * 32, "0123456789abcdef" * 2)

_NAMES = [
    "p", "h1", "h2", "h3", "h4", "h6", "ul", "ol", "li", "blockquote", "table", "caption", "thead", "tbody", "tr", "th",
    "td", "figure", "figcaption", "img", "a", "b", "i", "strong", "em", "sub", "sup", "code", "pre", "br", "hr", "div",
    "span", "q", "dl", "dt", "dd", "section", "script", "style", "svg", "iframe", "o:p", "font", "form", "details",
]  # fmt: skip
_ATTRIBUTES = (
    "",
    f' data-file="{KEYS[0]}" alt="a &quot; b"',
    f' data-file="{KEYS[1]}"',
    ' href="https://example.org/a b?c=&amp;d"',
    ' href="javascript:alert(1)"',
    ' href="#part"',
    ' style="mso-list:l0 level2 lfo1"',
    ' style="mso-list:Ignore"',
    ' style="font-weight:700;font-style:italic"',
    ' style="font-weight:normal"',
    ' class="pull"',
    ' start="4"',
    ' colspan="3"',
    ' rowspan="2"',
    ' onclick="alert(1)"',
)
_WORDS = (
    "one",
    " ",
    "\n",
    " two ",
    "\xa0",
    "· ",
    "• item",
    "5\xa0km",
    "&amp;",
    "&lt;b>",
    "<",
    "ﬁ\u200b",
    "\u2028",
    "é",
    "1.",
)

text = st.text(st.characters(codec=None), max_size=60)

_pieces = st.one_of(
    st.sampled_from(_WORDS),
    st.builds("<{}{}>".format, st.sampled_from(_NAMES), st.sampled_from(_ATTRIBUTES)),
    st.builds("</{}>".format, st.sampled_from(_NAMES)),
    text,
)
fragments = st.lists(_pieces, max_size=25).map("".join)


def _nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    joined = st.lists(inner, max_size=4).map("".join)
    return st.builds(
        "<{0}{1}>{2}</{0}>".format, st.sampled_from(_NAMES), st.sampled_from(_ATTRIBUTES), joined
    )


trees = st.recursive(st.sampled_from(_WORDS), _nested, max_leaves=20)


def parsed(html: str) -> lxml_html.HtmlElement:
    """The markup as a browser's own algorithm reads it; fails on anything that is not valid."""
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False)
    holder = lxml_html.Element("div")
    for part in parser.parseFragment(html):
        if not isinstance(part, str):
            holder.append(part)
    return holder


def strangers(html: str, elements: dict[str, tuple[str, ...]] = ELEMENTS) -> list[str]:
    """Elements and attributes in the markup that the schema does not know."""
    found = []
    for element in parsed(html).iterdescendants():
        if element.tag not in elements:
            found.append(str(element.tag))
            continue
        found += [f"{element.tag}[{name}]" for name in element.attrib if name not in elements[element.tag]]
    return found
