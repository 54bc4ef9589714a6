"""Fills an empty newsroom with the demo, or completes what an interrupted run began."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from articles.demo import content, front, library, title_pages, walk
from articles.demo.moments import moment
from articles.demo.staff import Staff

#: Passes things on one by one and shows how far it is; told how many they will be, and what they are.
Progress = Callable[[Iterable[str], int, str], Iterable[str]]


@dataclass(frozen=True)
class Seeded:
    """What one run made."""

    named: int
    pictures: int
    stories: int

    def __bool__(self) -> bool:
        return bool(self.named or self.pictures or self.stories)


def seed(staff: Staff, now: datetime, *, progress: Progress) -> Seeded:
    """Make whatever of the demo is missing. Each story appears wholly or not at all; nothing there is changed."""
    named = library.shelve(staff) + title_pages.print_missing(by=staff["manager"], now=now)
    pictures = library.missing_pictures()
    _exhaust(progress(library.hang(pictures, staff), len(pictures), "pictures"))
    pieces = [piece for piece in content.pieces() if not walk.is_known(piece)]
    _exhaust(progress(_walked(pieces, staff, now), len(pieces), "stories"))
    front.arrange(staff, now)
    return Seeded(named, len(pictures), len(pieces))


def _walked(pieces: list[content.Piece], staff: Staff, now: datetime) -> Iterator[str]:
    images = library.hung()
    for piece in sorted(pieces, key=lambda each: moment(each.at, now)):
        walk.Walk(piece, staff, images, now).go()
        yield piece.slug


def _exhaust(things: Iterable[str]) -> None:
    for _ in things:
        pass
