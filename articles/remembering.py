"""Remembers what is made of rows, so that a row which the database gives again need not be understood again.

A row is remembered by all that it says, and only the database says it: what changed there, is withheld or has ended is
another row, or none. What is made of rows must therefore depend on nothing else (decision 49).
"""

from collections.abc import Callable

from articles.prepared import Prepared, Row


class Remembered[Made]:
    """What `make` makes of rows, up to `most` of them: when there are more, all are forgotten."""

    def __init__(self, make: Callable[[Row], Made], *, most: int) -> None:
        self._make, self._most = make, most
        self._made: dict[Row, Made] = {}

    def of(self, query: Prepared, **values: object) -> list[Made]:
        """Run the query and give what is made of its rows. Whoever gets it shares it with others."""
        made = self._made
        return [made.get(row) or self._new(query, row) for row in query.raw(**values)]

    def _new(self, query: Prepared, row: Row) -> Made:
        if len(self._made) >= self._most:
            self._made.clear()
        made = self._made[row] = self._make(query.converted(row))
        return made
