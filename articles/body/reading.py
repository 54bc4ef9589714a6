"""From any string to a tree of the elements that mean something here, in bounded time and depth."""

import html as entities
import re
from dataclasses import dataclass, field

import nh3

from articles.body.characters import permitted
from articles.body.schema import ELEMENTS, HEADINGS, MARKS

_BLOCKS = {
    "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "address", "center", "details",
    "summary", "dl", "dt", "dd", "fieldset", "legend", "form", "figure", "hgroup", "body", "html", "tfoot",
}  # fmt: skip
_INLINE = {"span", "font", "q", "br", "img", "a"}
_UNREADABLE = {
    "script", "style", "title", "noscript", "template", "iframe", "object", "svg", "select", "audio", "video",
    "noembed", "noframes", "textarea", "canvas",
}  # fmt: skip
_UNDERSTOOD = set(ELEMENTS) | set(HEADINGS) | set(MARKS) | _BLOCKS | _INLINE
_VOID = {"br", "hr", "img"}

_CLEANER = nh3.Cleaner(
    tags=_UNDERSTOOD,
    clean_content_tags=_UNREADABLE,
    attributes={
        "*": {"class", "style"},
        "a": {"href"},
        "ol": {"start"},
        "th": {"colspan", "rowspan"},
        "td": {"colspan", "rowspan"},
        "img": {"data-file", "alt"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)

_TOKEN = re.compile(r'<(/?)([a-z0-9]+)((?:\s+[a-z-]+="[^"]*")*)\s*>|([^<]+)')
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)")
_CLOSED_BY_NEXT = {
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "option", "rt", "rp",
    "br", "hr", "img", "input", "meta", "link", "col", "wbr", "area", "base", "embed", "source", "track", "param",
}  # fmt: skip
_MAX_DEPTH = 60
_MAX_WORK = 2_000_000
_MAX_ESCAPES = 60_000
_MAX_TAGS = 100_000
_MAX_PARAGRAPHS = 10_000
_LONG_TAG = re.compile(r"<[a-zA-Z/][^<>]{16000}")
_DATA_URI = re.compile(r"data:[^\s\"'<>]{200,}")
_BREAKING_TAG = re.compile(r"</?(?:p|div|br|li|h[1-6]|tr|blockquote|section|pre)\b[^<>]*>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")


@dataclass
class Element:
    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Element | str]" = field(default_factory=list)

    @property
    def style(self) -> str:
        return self.attributes.get("style", "").lower()

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


def read(html: str) -> Element:
    """Parse as a browser would; what no honest writer sends (a nesting bomb) comes back as plain paragraphs."""
    html = _DATA_URI.sub("", permitted(html))
    return as_paragraphs(html) if too_costly(html) else _tree(_CLEANER.clean(html))


def too_costly(html: str) -> bool:
    """Tell what the HTML5 algorithm answers with quadratic time or memory, by a cheap upper estimate."""
    if html.count("&") + html.count("\xa0") > _MAX_ESCAPES or _LONG_TAG.search(html):
        return True
    depth = deepest = 0
    for tags, match in enumerate(_TAG.finditer(html), 1):
        if match[2].lower() not in _CLOSED_BY_NEXT:
            depth = max(0, depth - 1) if match[1] else depth + 1
            deepest = max(deepest, depth)
        if tags > _MAX_TAGS or deepest > _MAX_DEPTH or tags * deepest > _MAX_WORK:
            return True
    return False


def as_paragraphs(html: str) -> Element:
    """The words alone."""
    text = _ANY_TAG.sub("", _BREAKING_TAG.sub("\n\n", html))
    parts = [part for part in re.split(r"\n\n+", permitted(entities.unescape(text))) if part.strip()]
    parts[_MAX_PARAGRAPHS:] = [" ".join(parts[_MAX_PARAGRAPHS:])] if parts[_MAX_PARAGRAPHS:] else []
    return Element("body", {}, [Element("p", {}, [part]) for part in parts])


def _tree(html: str) -> Element:
    """Read nh3's own output back: every element closed, every value quoted, so one expression is enough."""
    root = Element("body")
    stack = [root]
    for closing, name, attributes, text in _TOKEN.findall(html):
        if text:
            stack[-1].children.append(permitted(entities.unescape(text)))
        elif closing:
            if len(stack) > 1 and stack[-1].name == name:
                stack.pop()
        else:
            element = Element(
                name, {k: permitted(entities.unescape(v)) for k, v in _ATTRIBUTE.findall(attributes)}
            )
            stack[-1].children.append(element)
            if name not in _VOID:
                stack.append(element)
    return root
