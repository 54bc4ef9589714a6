"""Has one page made once at a time: whoever asks for it meanwhile waits for that one."""

from threading import Event, Lock

from newsroom.page_cache.pages import Page

#: Seconds that others wait; then they have it made for themselves.
PATIENCE = 10.0


class Flight:
    """One page being made; `page` stays None where it turned out to be none that is kept.

    `is_outage`: there was none because the database is away, so nobody else need ask.
    """

    def __init__(self) -> None:
        self.page: Page | None = None
        self.is_outage = False
        self._landed = Event()

    def wait(self) -> Page | None:
        self._landed.wait(PATIENCE)
        return self.page

    def land(self, page: Page | None, *, is_outage: bool) -> None:
        self.page, self.is_outage = page, is_outage
        self._landed.set()


class Flights:
    def __init__(self) -> None:
        self._flights: dict[str, Flight] = {}
        self._lock = Lock()

    def board(self, key: str) -> tuple[Flight, bool]:
        """The flight for a page, and whether the caller is the one to make it and must `end` it."""
        with self._lock:
            if (flight := self._flights.get(key)) is not None:
                return flight, False
            flight = self._flights[key] = Flight()
            return flight, True

    def end(self, key: str, page: Page | None, *, is_outage: bool = False) -> None:
        with self._lock:
            flight = self._flights.pop(key)
        flight.land(page, is_outage=is_outage)
