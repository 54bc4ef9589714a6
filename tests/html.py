"""Knows what valid HTML is: html5lib's strict parser for the grammar, and the rules a parser does not know."""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E as SENTENCES

INTERACTIVE = {"a", "button", "input", "select", "textarea", "label", "details", "summary"}

#: Elements that may hold a link only if they are none themselves (HTML, "transparent" content model).
CLICKABLE = {"a", "button"}

LANDMARKS_ONCE = ("main", "title")


def assert_valid_html(html: str | bytes) -> Element:
    """Fail with everything that is wrong with a whole page; return its tree."""
    if isinstance(html, bytes):
        html = html.decode()
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    tree: Element = parser.parse(html)
    problems = [*_grammar(parser, html), *_rules(tree)]
    assert not problems, "not valid HTML:\n" + "\n".join(f"  - {problem}" for problem in problems)
    return tree


def words(element: Element) -> str:
    """Give the text in an element as a reader sees it, with white space made plain."""
    return " ".join("".join(element.itertext()).split())


def _grammar(parser: html5lib.HTMLParser, html: str) -> Iterator[str]:
    lines = html.splitlines()
    for (line, column), code, values in parser.errors:
        near = lines[line - 1][max(0, column - 60) : column + 20] if line <= len(lines) else ""
        yield f"line {line}: {SENTENCES[code] % values}  …{near}…"


def _rules(tree: Element) -> Iterator[str]:
    yield from _document(tree)
    yield from _ids(tree)
    yield from _elements(tree)
    yield from _nesting(tree)
    yield from _headings(tree)


def _document(tree: Element) -> Iterator[str]:
    if not tree.get("lang"):
        yield "<html> says no lang"
    for name in LANDMARKS_ONCE:
        count = len(list(tree.iter(name)))
        if count != 1:
            yield f"there are {count} <{name}>, not one"
    title = tree.find(".//title")
    if title is not None and not words(title):
        yield "<title> is empty"
    if tree.find(".//meta[@charset]") is None:
        yield "there is no <meta charset>"
    for element in tree.iter():
        if "style" in element.attrib:
            yield f"<{element.tag}> has a style attribute, which the policy forbids"
        for name in element.attrib:
            if isinstance(name, str) and name.startswith("on"):
                yield f"<{element.tag}> has {name}, which the policy forbids"


def _ids(tree: Element) -> Iterator[str]:
    ids = Counter(element.get("id") for element in tree.iter() if element.get("id") is not None)
    yield from (f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1)
    yield from (f"id {name!r} is empty or has a space" for name in ids if not name or " " in name)
    for element in tree.iter():
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for target in (element.get(attribute) or "").split():
                if target not in ids:
                    yield f"<{element.tag} {attribute}> points to #{target}, which is not there"
        href = element.get("href") or ""
        if element.tag == "a" and len(href) > 1 and href.startswith("#") and href[1:] not in ids:
            yield f"a link leads to {href}, which is not there"


def _elements(tree: Element) -> Iterator[str]:
    yield from _images(tree)
    yield from _controls(tree)


def _images(tree: Element) -> Iterator[str]:
    for image in tree.iter("img"):
        if image.get("alt") is None:
            yield f"<img src={image.get('src')!r}> has no alt"
        if not image.get("src"):
            yield "an <img> has no src"
        if not (image.get("width") and image.get("height")):
            yield f"<img src={image.get('src')!r}> has no width and height"
    for frame in tree.iter("iframe"):
        yield f"there is an <iframe>: {frame.get('src')!r}"


def _controls(tree: Element) -> Iterator[str]:
    for link in tree.iter("a"):
        if not (link.get("href") or "").strip():
            yield f"a link has no href: {words(link)!r}"
        if not _name(link):
            yield f"a link has no words: {link.get('href')!r}"
    for button in tree.iter("button"):
        if not _name(button):
            yield "a button has no words"
    for field in [*tree.iter("input"), *tree.iter("select"), *tree.iter("textarea")]:
        if field.get("type") not in ("hidden", "submit", "button") and not _labelled(field, tree):
            yield f"<{field.tag} name={field.get('name')!r}> has no label"


def _nesting(tree: Element, inside: str = "") -> Iterator[str]:
    for child in tree:
        tag = str(child.tag)
        if inside and tag in INTERACTIVE:
            yield f"<{tag}> stands inside <{inside}>: {words(child)!r}"
        yield from _nesting(child, tag if tag in CLICKABLE else inside)


def _headings(tree: Element) -> Iterator[str]:
    levels = [
        (int(element.tag[1]), element)
        for element in tree.iter()
        if element.tag in {f"h{n}" for n in range(1, 7)}
    ]
    if sum(level == 1 for level, _ in levels) != 1:
        yield f"there are {sum(level == 1 for level, _ in levels)} <h1>, not one"
    last = 0
    for level, element in levels:
        if not words(element):
            yield f"a <h{level}> is empty"
        if last and level > last + 1:
            yield f"<h{level}> follows <h{last}>: {words(element)!r}"
        last = level


def _name(element: Element) -> str:
    """What a screen reader calls it, near enough."""
    return (
        words(element)
        or element.get("aria-label")
        or element.get("aria-labelledby")
        or next((image.get("alt") for image in element.iter("img") if image.get("alt")), "")
        or ""
    )


def _labelled(field: Element, tree: Element) -> bool:
    if field.get("aria-label") or field.get("aria-labelledby"):
        return True
    wraps = any(field is inner for label in tree.iter("label") for inner in label.iter(field.tag))
    return wraps or any(
        label.get("for") == field.get("id") for label in tree.iter("label") if field.get("id")
    )
