"""Which database answers, and what each has to be able to do."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from django.db import connection

from articles.search import postgresql, sqlite
from articles.search.document import Document
from articles.search.hits import Hit, Range
from articles.search.query import Query


class Engine(Protocol):
    """A module that keeps documents by number and finds them by words and marks."""

    def write(self, number: int, document: Document) -> None: ...

    def remove(self, numbers: Iterable[int]) -> None: ...

    def purge(self) -> None:
        """Keep nothing of what was removed."""

    def newest(
        self, query: Query, marks: Sequence[str], within: Range, *, now: datetime, limit: int
    ) -> list[Hit]:
        """The newest hits readers may see."""

    def best(
        self, query: Query, marks: Sequence[str], within: Range, *, now: datetime, limit: int
    ) -> list[Hit]:
        """The hits that say it most plainly: in the headline rather than in passing."""


def engine() -> Engine:
    if connection.vendor == "postgresql":
        return postgresql
    return sqlite
