"""Remembers what is made of rows, so that a row which the database gives again need not be understood again.

A row is remembered by all that it says, and only the database says it: what changed there, is withheld or has ended is
another row, or none. What is made of rows must therefore depend on nothing else (decision 49).
"""

from collections.abc import Callable

from articles.prepared import Prepared, Row


class Remembered[Made]:
    """What `make` makes of rows, until together it weighs more than `most`: then all is forgotten.

    `weigh` gives what each weighs; without it each weighs 1.
    """

    def __init__(
        self, make: Callable[[Row], Made], *, most: int, weigh: Callable[[Made], int] = lambda made: 1
    ) -> None:
        self._make, self._most, self._weigh = make, most, weigh
        self._made: dict[Row, Made] = {}
        self._weight = 0

    def of(self, query: Prepared, **values: object) -> list[Made]:
        """Run the query and give what is made of its rows. Whoever gets it shares it with others."""
        made = self._made
        return [made.get(row) or self._new(query, row) for row in query.raw(**values)]

    def _new(self, query: Prepared, row: Row) -> Made:
        made = self._make(query.converted(row))
        weight = self._weigh(made)
        if self._weight + weight > self._most:
            self._made.clear()
            self._weight = 0
        self._made[row] = made
        self._weight += weight
        return made
