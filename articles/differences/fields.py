"""The lines of every other field of a public dict: of those it knows by name, and of whatever comes one day."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from articles.body.document import Run
from articles.differences import body
from articles.differences.lines import PICTURE, Fact, Line, named

#: In the order in which a manager checks them; fields that are not here follow.
LABELS = {
    "headline": "Headline",
    "standfirst": "Standfirst",
    "kicker": "Kicker",
    "kind": "Kind",
    "section": "Section",
    "topics": "Topics",
    "byline": "Byline",
    "related": "Related stories",
    "lead": "Lead picture",
    "body": "Text",
    "pictures": "Pictures in the text",
    "slug": "Address",
    "search_headline": "Headline for search engines",
    "social_headline": "Headline for shared links",
    "change_kind": "Kind of change",
    "public_note": "Note to readers",
    "tell_readers": "Sent to readers who follow it",
}
#: Stands for a field that one of two dicts has not got: no value, not even none.
MISSING = object()

#: Words for values that are codes: field, code, words.
type Names = Mapping[str, Mapping[str, str]]

_PICTURE = {"key", "alt", "decorative", "caption", "credit", "focal", "width", "height"}


def lines_of(name: str, value: Any, names: Names) -> list[Line]:
    """Two values that differ have lines that differ, body apart, where only canonical ones do."""
    if value is MISSING or (value is None and name in LABELS):
        return []
    if isinstance(value, str):
        return _words(name, value, names)
    if name == "related":
        return [*_related(value, names.get(name, {}))]
    told = _SHAPES.get(name, _anything)(value)
    return [*told]


def label_of(name: str) -> str:
    return LABELS.get(name) or str(name).replace("_", " ").capitalize() or "Field without a name"


def exact(value: Any) -> str:
    """A value to the letter: what two values have the same are the same."""
    return "" if value is MISSING else json.dumps(value, sort_keys=True, ensure_ascii=False)


def _words(name: str, value: str, names: Names) -> list[Line]:
    if name == "body":
        return body.lines(value)
    code = names.get(name, {}).get(value)
    if code is not None:
        return [named("", code, ("Code", value))]
    return [named("", value)] if value else []


def _named_thing(value: Any) -> Iterator[Line]:
    """A section: its name, and what its address ends with."""
    if not _is_record(value, {"name", "slug"}):
        yield from _anything(value)
        return
    yield named("", value["name"], ("Address", value["slug"]))


def _topics(value: Any) -> Iterator[Line]:
    if not isinstance(value, list) or not all(_is_record(topic, {"name", "slug"}) for topic in value):
        yield from _anything(value)
        return
    for topic in value:
        yield Line("Topic", _run(topic["name"]), (("Address", topic["slug"]),))


def _byline(value: Any) -> Iterator[Line]:
    people = value.get("people") if isinstance(value, dict) else None
    is_known = isinstance(people, list) and all(
        _is_record(one, {"name", "job_title", "slug"}) for one in people
    )
    if not is_known or not _is_record({**value, "people": ""}, {"people", "label"}):
        yield from _anything(value)
        return
    for person in people or []:
        words = ", ".join(filter(None, [person["name"], person["job_title"]]))
        facts = (("Address", person["slug"]), ("Job title", person["job_title"]))
        yield Line("Person", _run(words), facts)
    if value["label"]:
        yield named("Label", value["label"])


def _related(value: Any, titles: Mapping[str, str]) -> Iterator[Line]:
    """Each by its title, where it has one for whoever reads this."""
    if not isinstance(value, list) or not all(type(number) is int for number in value):
        yield from _anything(value)
        return
    for number in value:
        yield Line("Story", _run(titles.get(str(number), "")), (("Number", str(number)),))


def _tick(value: Any) -> Iterator[Line]:
    yield from [named("", "Yes")] if value is True else _anything(value)


def _lead(value: Any) -> Iterator[Line]:
    return _picture(value) if _is_picture(value) else _anything(value)


def _pictures(value: Any) -> Iterator[Line]:
    if not isinstance(value, list) or not all(_is_picture(use) for use in value):
        yield from _anything(value)
        return
    for use in value:
        yield from _picture(use)


def _picture(use: Mapping[str, Any]) -> Iterator[Line]:
    yield named(PICTURE, use["key"])
    decorative: tuple[Fact, ...] = (("Decorative", "yes"),) if use["decorative"] else ()
    yield named("Alternative text", use["alt"], *decorative)
    yield named("Caption", use["caption"])
    yield named("Credit", use["credit"])
    across, down = use["focal"]
    yield named("Centre of the crop", f"{_number(across)} across, {_number(down)} down")
    yield named("Size", f"{_number(use['width'])} × {_number(use['height'])}")


def _is_picture(value: Any) -> bool:
    if not isinstance(value, dict) or set(value) != _PICTURE or not isinstance(value["decorative"], bool):
        return False
    focal = value["focal"]
    numbers = (
        [*focal, value["width"], value["height"]] if isinstance(focal, list) and len(focal) == 2 else [""]
    )
    words = [value[name] for name in ("key", "alt", "caption", "credit")]
    return all(type(one) in (int, float) for one in numbers) and all(isinstance(one, str) for one in words)


def _number(value: float) -> str:
    """To the letter, so that 1 and 1.0, which hash differently, read differently."""
    return json.dumps(value)


def _is_record(value: Any, names: set[str]) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == names
        and all(isinstance(one, str) for one in value.values())
    )


def _anything(value: Any, path: str = "") -> Iterator[Line]:
    """Every leaf of a value of whatever shape, each under its path."""
    match value:
        case dict() if value:
            for name in sorted(value, key=str):
                yield from _anything(value[name], f"{path}, {name}" if path else str(name))
        case list() if value:
            for number, one in enumerate(value, start=1):
                yield from _anything(one, f"{path}, {number}" if path else str(number))
        case str():
            yield named(path, value, ("Kind of value", "words"))
        case _:
            yield named(path, exact(value))


def _run(text: str) -> tuple[Run, ...]:
    return (Run(text),) if text else ()


_SHAPES: dict[str, Callable[[Any], Iterator[Line]]] = {
    "section": _named_thing,
    "topics": _topics,
    "byline": _byline,
    "lead": _lead,
    "pictures": _pictures,
    "tell_readers": _tick,
}
