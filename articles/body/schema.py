"""The one definition of what a body may hold.

The server's allow-list (`ELEMENTS`) and the editor's extensions (`articles.body.editor`) both derive from `FEATURES`,
so the toolbar cannot offer what the cleaner takes away, nor the cleaner keep what the editor would destroy.
"""

import re
from dataclasses import dataclass, field
from typing import Any

PICKER_URL = "/admin/articles/image/picker/"
#: Where the desk shows the picture of a key, live or not.
PICTURE_URL = "/admin/articles/image/file/{key}/w640.jpg"
PULL = "pull"
SCHEMES = ("http", "https", "mailto", "tel")
KEY = re.compile(r"[0-9a-f]{32}")

Elements = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Feature:
    """One thing an editor can do: the extension that offers it and the elements, with attributes, it needs."""

    extension: str
    elements: Elements = field(default_factory=dict)
    config: bool | dict[str, Any] = True
    ours: bool = False


FEATURES = (
    Feature("Paragraph", {"p": ()}),
    Feature("Heading", {"h2": (), "h3": ()}, {"levels": [2, 3]}),
    Feature("Bold", {"strong": ()}),
    Feature("Italic", {"em": ()}),
    Feature("Subscript", {"sub": ()}),
    Feature("Superscript", {"sup": ()}),
    Feature("Code", {"code": ()}),
    Feature("CodeBlock", {"pre": (), "code": ()}),
    Feature("HardBreak", {"br": ()}),
    Feature("HorizontalRule", {"hr": ()}),
    Feature("BulletList", {"ul": ()}),
    Feature("OrderedList", {"ol": ("start",)}, {"enableListAttributes": False}),
    Feature("ListItem", {"li": ()}),
    Feature("Blockquote", {"blockquote": ()}),
    Feature(
        "NodeClass",
        {"blockquote": ("class",)},
        {"cssClasses": {"blockquote": [{"className": PULL, "title": "Pull quote"}]}},
    ),
    Feature("Link", {"a": ("href",)}, {"enableTarget": False, "protocols": list(SCHEMES)}),
    Feature("Table", {"table": (), "thead": (), "tbody": (), "tr": ()}),
    Feature("TableRow"),
    Feature("TableHeader", {"th": ("scope", "colspan", "rowspan")}),
    Feature("TableCell", {"td": ("colspan", "rowspan")}),
    Feature("TableCaption", {"caption": ()}, ours=True),
    Feature("Figure", {"figure": (), "img": ("data-file", "alt")}, {"pickerUrl": PICKER_URL}),
    Feature("Image"),
    Feature("Caption", {"figcaption": ()}),
    Feature("Paste", ours=True),
)


def _elements() -> Elements:
    found: Elements = {}
    for feature in FEATURES:
        for name, attributes in feature.elements.items():
            found[name] = found.get(name, ()) + attributes
    return found


ELEMENTS = _elements()
"""Every element a cleaned body may hold, with its attributes."""

MARKS = {
    "b": "strong",
    "strong": "strong",
    "i": "em",
    "em": "em",
    "cite": "em",
    "dfn": "em",
    "sub": "sub",
    "sup": "sup",
    "code": "code",
    "tt": "code",
    "kbd": "code",
    "samp": "code",
}
"""What writers' and word processors' inline elements mean here."""

MARK_ORDER = ("strong", "em", "sub", "sup", "code")
"""From the outside in; a link stands outside them all."""

HEADINGS = {"h1": 2, "h2": 2, "h3": 3, "h4": 3, "h5": 3, "h6": 3}
MAX_LIST_DEPTH = 5
MAX_SPAN = 40
MAX_ALT = 1000
