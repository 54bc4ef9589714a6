"""The demo's content as it lies in content/: who and what there is, and every story with its fate.

A story is a file of front matter (TOML between lines of +++) and a body. Its text is what stands last; each change
says what stood there before, so that earlier editions can be printed first.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.text import slugify

FOLDER = Path(__file__).parent / "content"
CREDIT = "The Civic Wire illustration"
FATES = (
    *("published", "scheduled", "approved", "in_review"),
    *("changes_requested", "draft", "spiked", "taken_down"),
)
WAITING = "waiting"

_FIGURE = re.compile(r'<figure data-picture="([a-z-]+)">(?:<figcaption>(.*?)</figcaption>)?</figure>')
_LINK = re.compile(r'href="story:([a-z0-9-]+)"')


@dataclass(frozen=True)
class Named:
    """A section, topic or author by the words readers see."""

    slug: str
    name: str
    description: str = ""
    job_title: str = ""
    biography: str = ""


@dataclass(frozen=True)
class PictureWords:
    name: str
    alt: str
    caption: str
    credit: str = CREDIT


@dataclass(frozen=True)
class Change:
    """A later edition: what kind it is, what readers are told, and (field, before, after) for each edit."""

    kind: str
    at: str
    note: str
    edits: tuple[tuple[str, str, str], ...]

    @property
    def waits(self) -> bool:
        """Whether the change is still in review."""
        return self.at == WAITING


@dataclass(frozen=True)
class Remark:
    """A note among colleagues: on which passage, what is suggested for it, and how it was answered and settled."""

    by: str
    text: str
    quote: str = ""
    instead: str | None = None
    reply: str = ""
    resolved_by: str = ""


@dataclass(frozen=True)
class Removal:
    kind: str
    at: str
    note: str


@dataclass(frozen=True)
class Piece:
    """One story: its words as they stand last, and what becomes of it.

    `override` is why its issues may be, `unreviewed` why it could not wait for a review, `held` why it must wait.
    """

    slug: str
    headline: str
    standfirst: str
    body: str
    section: str
    topics: tuple[str, ...]
    authors: tuple[str, ...]
    at: str
    kicker: str = ""
    kind: str = "news"
    byline_label: str = ""
    search_headline: str = ""
    picture: str = ""
    fate: str = "published"
    desk_note: str = ""
    remarks: tuple[Remark, ...] = ()
    override: str = ""
    unreviewed: str = ""
    held: str = ""
    claimed_by: str = ""
    due: str = ""
    embargo: str = ""
    changes: tuple[Change, ...] = ()
    removal: Removal | None = None

    def versions(self) -> "list[Piece]":
        """The story as it first appeared and after each change, oldest first."""
        found = [self]
        for change in reversed(self.changes):
            found.append(found[-1].before(change))
        return found[::-1]

    def before(self, change: Change) -> "Piece":
        words = {field: getattr(self, field) for field, _, _ in change.edits}
        for field, was, now in change.edits:
            if words[field].count(now) != 1:
                raise ValueError(
                    f"{self.slug}: what the {change.kind} says now stands not once in its {field}."
                )
            words[field] = words[field].replace(now, was)
        return replace(self, **words)

    def figures(self) -> list[str]:
        return [match[1] for match in _FIGURE.finditer(self.body)]

    def links(self) -> list[str]:
        return _LINK.findall(self.body)

    def body_with(self, keys: dict[str, str]) -> str:
        """The body as the desk stores it; `keys` are the pictures' keys by name."""

        def figure(match: re.Match[str]) -> str:
            words = pictures()[match[1]]
            image = f'<img data-file="{keys[match[1]]}" alt="{words.alt}">'
            return f"<figure>{image}<figcaption>{match[2] or words.caption}</figcaption></figure>"

        return _FIGURE.sub(figure, _LINK.sub(r'href="/articles/\1/"', self.body))


@cache
def site() -> dict[str, tuple[Named, ...]]:
    """Sections, topics and authors, each in the order of the file."""
    told = _toml(FOLDER / "site.toml")
    return {
        kind: tuple(Named(**{"slug": slugify(each["name"]), **each}) for each in rows)
        for kind, rows in told.items()
    }


@cache
def pictures() -> dict[str, PictureWords]:
    return {name: PictureWords(name=name, **words) for name, words in _toml(FOLDER / "pictures.toml").items()}


@cache
def arrangements() -> tuple[dict[str, Any], ...]:
    """How the front page was arranged, oldest first."""
    return tuple(_toml(FOLDER / "front.toml")["arrangements"])


@cache
def pieces() -> tuple[Piece, ...]:
    """Every story, by slug."""
    return tuple(
        piece(file.stem, file.read_text("utf-8")) for file in sorted((FOLDER / "stories").glob("*.html"))
    )


def piece(slug: str, text: str) -> Piece:
    """Read one story's file. Raises ValueError or TypeError for what does not belong in one."""
    _, front, body = text.split("+++\n", 2)
    told = tomllib.loads(front)
    topics, authors = (tuple(told.pop(name, ())) for name in ("topics", "authors"))
    changes = tuple(_change(each) for each in told.pop("changes", ()))
    remarks = tuple(Remark(**each) for each in told.pop("remarks", ()))
    removal = told.pop("removal", None)
    return Piece(
        slug=slug,
        body=body.strip(),
        changes=changes,
        remarks=remarks,
        removal=Removal(**removal) if removal else None,
        topics=topics,
        authors=authors,
        **told,
    )


def _change(told: dict[str, Any]) -> Change:
    return Change(kind=told["kind"], at=told["at"], note=told.get("note", ""), edits=tuple(_edits(told)))


def _edits(told: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """An edit without a field's name is to the body."""
    if "was" in told:
        yield "body", told["was"], told["is"]
    for field, edit in told.items():
        if isinstance(edit, dict):
            yield field, edit["was"], edit["is"]


def _toml(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))
