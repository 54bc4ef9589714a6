"""What Hugo's shortcodes stand for, as Markdown."""

import html
import re
from typing import TYPE_CHECKING

from articles.importing.literals import attributes

if TYPE_CHECKING:
    from articles.importing.templates import Notes

_PICTURES = {"img", "img-right", "legacy-img", "legacy-img-right", "figure"}
_BARE_ADDRESSES = {"ref", "relref", "link", "tmp", "legacy-file"}
_FRAMES = {"box", "ring", "note", "highlight", "accordion", "card-prompt", "card-policy", "featured-resource"}
_SENTENCE = re.compile(r"[.?!…]['”\"’)*_]*\s*$")


def caption(words: str, notes: "Notes") -> str:
    """A caption that says something without its picture, as a paragraph; a label or a credit is not kept."""
    words = " ".join(html.unescape(words).split())
    plain = re.sub(r"<[^>]*>|[*_]", "", words)
    says = len(plain.split()) >= 8 or (len(plain.split()) >= 5 and _SENTENCE.search(plain))
    return f"\n\n{words}\n\n" if (says or notes.labels_too) and plain and "<" not in words else ""


def linked(words: str, address: str) -> str:
    words = " ".join(words.split()).replace("[", "(").replace("]", ")")
    return (
        f"\n\n[{words}](<{address.replace('>', '%3E').replace('<', '%3C')}>)\n\n"
        if address
        else f"\n\n{words}\n\n"
    )


def meaning(inside: str, notes: "Notes") -> str:
    """What `{{< … >}}` with this inside it stands for."""
    if inside.startswith("/"):
        return "\n\n"
    name = re.match(r"[\w-]*", inside)[0]  # type: ignore[index]
    named, bare = attributes(inside[len(name) :])
    first = bare[0] if bare else ""
    if name in _PICTURES:
        notes.pictures += 1
        return caption(named.get("caption") or (named.get("alt", "") if notes.labels_too else ""), notes)
    if name in _BARE_ADDRESSES:
        return ""
    if name in _FRAMES:
        return _frame(named)
    return _other(name, named, first, notes)


def _frame(named: dict[str, str]) -> str:
    heading = named.get("title") or named.get("intro") or named.get("kicker") or ""
    if named.get("src", "").startswith("http"):
        return linked(heading.replace("**", ""), named["src"])
    button = linked(named["button-text"], named.get("button-url", "")) if "button-text" in named else ""
    heading = heading if "**" in heading or not heading else f"**{heading}**"
    return f"\n\n{heading}\n\n{button}"


def _other(name: str, named: dict[str, str], first: str, notes: "Notes") -> str:
    match name:
        case "quote-block":
            cite = f"\n>\n> — {named['cite']}" if named.get("cite") else ""
            return f"\n\n> {' '.join(named.get('text', first).split())}{cite}\n\n"
        case "button":
            return linked(named.get("text", first), named.get("href", ""))
        case "asset-static":
            return f" {named.get('label', '')} "
        case "youtube":
            notes.embeds += 1
            video = named.get("id", first)
            return linked(
                f"Video: {named.get('title') or 'on YouTube'}", f"https://www.youtube.com/watch?v={video}"
            )
        case "tweet":
            notes.embeds += 1
            user = named.get("user", "")
            return linked(f"Post by @{user}", f"https://twitter.com/{user}/status/{named.get('id', first)}")
        case "fb-video" | "cspan-iframe":
            notes.embeds += 1
            return linked(f"Video: {named.get('title') or 'watch it there'}", named.get("src", first))
    notes.unknown.add(name)
    words = [named[key] for key in ("title", "text", "label", "caption", "content") if named.get(key)]
    address = next((value for value in named.values() if value.startswith("http")), "")
    return (
        linked(words[0] if words else address, address)
        if address
        else "".join(f"\n\n{part}\n\n" for part in words)
    )
