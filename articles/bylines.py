"""The byline as readers see it: the one place that turns a printed byline into words.

Pages, feeds, JSON-LD and share cards all ask here, so that nobody is left out in one of them.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class Part(NamedTuple):
    """A piece of a byline: a person, whom a page may link to, or the words between people."""

    text: str
    slug: str = ""


def byline_parts(byline: Mapping[str, Any]) -> list[Part]:
    """Give the pieces of an edition's byline in order; those with a slug are people."""
    people = byline.get("people") or []
    if not people:
        return [Part(byline["label"])] if byline.get("label") else []
    return list(_parts(people))


def byline_text(byline: Mapping[str, Any]) -> str:
    """Give the byline as one line: "Ada Quill, Managing Editor and Ben Nib"; empty when there is none."""
    return "".join(part.text for part in byline_parts(byline))


def byline_names(byline: Mapping[str, Any]) -> list[str]:
    """Give whom a machine should credit: the people, else the label."""
    return [person["name"] for person in byline.get("people") or []] or [
        name for name in [byline.get("label")] if name
    ]


def byline_short(byline: Mapping[str, Any]) -> str:
    """Give the names alone, for a listing, where job titles would be too long: "Ada Quill and Ben Nib"."""
    names = byline_names(byline)
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _parts(people: list[Mapping[str, str]]) -> Iterator[Part]:
    last = len(people) - 1
    comma = "; " if any(person.get("job_title") for person in people) else ", "
    for number, person in enumerate(people):
        if number:
            yield Part(" and " if number == last else comma)
        yield Part(person["name"], person.get("slug", ""))
        if person.get("job_title"):
            yield Part(f", {person['job_title']}")
