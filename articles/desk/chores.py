"""What the worker does from time to time, whatever is published."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Chore:
    """A function of the present moment, to be called about every `every`; calling it twice must do no harm."""

    name: str
    do: Callable[..., object]
    every: timedelta
    apart: str = ""


CHORES: dict[str, Chore] = {}


def register(name: str, do: Callable[..., object], *, every: timedelta, apart: str = "") -> None:
    """Have every worker do it. Several may at once: what must happen once is a constraint in the database.

    What somebody waits for is done `apart`: in a thread of that name, where the other chores hold nothing up. Such a
    function also gets `stopping`, to be asked before each step, and says whether it has more to do at once.
    """
    CHORES[name] = Chore(name, do, every, apart)
