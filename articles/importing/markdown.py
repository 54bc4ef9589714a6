"""Markdown as real archives hold it, with HTML in it, made into HTML."""

import html as entities
import re

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from articles.importing.templates import outside_code

_MARKDOWN = (
    MarkdownIt("commonmark", {"html": True})
    .enable(["table", "strikethrough"])
    .use(footnote_plugin)
    .use(deflist_plugin)
)
_TIGHT_HEADING = re.compile(r"^(#{2,6})(?=[^\s#])", re.MULTILINE)
_CONTAINERS = (
    "div|section|aside|article|blockquote|figure|figcaption|details|summary|center|header|footer|main|span"
)
_CONTAINER_LINE = re.compile(rf"^\s*((?:</?(?:{_CONTAINERS})\b[^<>]*>\s*)+)$", re.IGNORECASE)
_INDENTED_HTML = re.compile(
    r"^\s{4,}(?=</?(?:p|div|ul|ol|li|table|thead|tbody|tr|td|th|h[1-6]|img|a|br|figure|iframe)\b)",
    re.IGNORECASE,
)
_LOOSE_EMPHASIS = re.compile(r"(?<![\w_])_(?=\S)([^_\n]{3,2000}?)[ \t]+_(?![\w_])")
_EMPHASIS = re.compile(r"(?<![\w_])_(?=[^\s_])((?:[^_<>]|<[^<>]*>){3,2000}?)\s+_(?![\w_])")
_TABLE_RULE = re.compile(r"^\s*\|[\s:|-]*-[\s:|-]*$")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s")
_ANY_TAG = re.compile(r"<[^<>]*>")
_BACK = re.compile(r'<a href="#fnref[^"]*" class="footnote-backref">[^<]*</a>')
_BOLD = re.compile(r"\*\*\s*(\S(?:.{0,600}?\S)?)\s*\*\*", re.DOTALL)
_TAG_NAME = re.compile(r"<(?=/?([A-Za-z][A-Za-z0-9-]*)[\s/>])")
_LINK = re.compile(r"\[([^\[\]]{1,300})\]\s?\(([^()\n]{0,600}(?:\([^()\n]*\)[^()\n]{0,200})?)\)")
_TARGET = re.compile(r"https?://[^\s\"<>]+|mailto:\s*[^\s\"<>?]+")
_LEFT_OF_LINKS = re.compile(
    r"\[([^\[\]]{1,300})\](?:\[[^\[\]]*\]|\((?:&lt;&gt;)?)|\]\([^()\s]*\)|\{#[^{}\s]+\}|```"
)
_BROKEN_TAG = re.compile(r"&lt;(?:img|a|span|div|p|font|td|iframe)\s+\w+=.{0,1000}?(?:&gt;|\Z)", re.DOTALL)
_HTML_NAMES = {
    "a", "abbr", "address", "article", "aside", "audio", "b", "bdi", "bdo", "blockquote", "body", "br",
    "button", "canvas", "caption", "center", "cite", "code", "col", "colgroup", "data", "dd", "del", "details",
    "dfn", "div", "dl", "dt", "em", "embed", "fieldset", "figcaption", "figure", "font", "footer", "form", "h1",
    "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "i", "iframe", "img", "input", "ins", "kbd",
    "label", "legend", "li", "link", "main", "map", "mark", "meta", "nav", "noscript", "object", "ol", "option",
    "p", "param", "picture", "pre", "q", "s", "samp", "script", "section", "select", "small", "source", "span",
    "strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "textarea", "tfoot",
    "th", "thead", "time", "title", "tr", "tt", "u", "ul", "use", "var", "video", "wbr",
}  # fmt: skip


def html_of(source: str) -> str:
    """The HTML of Markdown; what is odd about the archives' Markdown is put straight first."""
    return _BACK.sub("", _MARKDOWN.render(outside_code(source, _straightened)))


def inline_html(html: str) -> str:
    """Give a line of HTML a second chance: Markdown that a block of HTML had shielded, or that was badly written."""
    html = _BROKEN_TAG.sub("", str(_MARKDOWN.renderInline(html)))
    html = _LEFT_OF_LINKS.sub(lambda m: f"{m[1]} " if m[1] else "", _LINK.sub(_link, html))
    html = _EMPHASIS.sub(r"<em>\1</em> ", html)
    return _BOLD.sub(r"<strong>\1</strong>", html).replace("**", "")


def _link(match: re.Match[str]) -> str:
    """A link whose address was badly written."""
    target = _TARGET.search(entities.unescape(_ANY_TAG.sub("", match[2])))
    address = "".join(target[0].split()) if target else ""
    return f'<a href="{entities.escape(address)}">{match[1]}</a>' if address else match[1]


def _straightened(text: str) -> str:
    text = text.replace("_\u200b_", "\n\n")  # how one archive lost its line ends
    text = _LOOSE_EMPHASIS.sub(r"_\1_ ", text)
    # <full name> is no tag but a writer's placeholder
    text = _TAG_NAME.sub(lambda m: "<" if m[1].lower() in _HTML_NAMES else "&lt;", text)
    return "\n".join(_apart(_TIGHT_HEADING.sub(r"\1 ", text).split("\n")))


def _apart(lines: list[str]) -> list[str]:
    """Empty lines round tags that only hold other things, so that what is in them is read as Markdown."""
    out: list[str] = []
    inside = False
    for line in lines:
        if _TABLE_RULE.match(line) and out and out[-1].count("|") > 2:
            out.append("|" + "---|" * (out[-1].strip().strip("|").count("|") + 1))
        elif _CONTAINER_LINE.match(line):
            inside = "</" not in line
            out += ["", line.strip(), ""]
        elif _INDENTED_HTML.match(line) or (inside and line[:4].isspace() and not _ITEM.match(line)):
            out.append(line.lstrip())
        else:
            out.append(line)
    return out
