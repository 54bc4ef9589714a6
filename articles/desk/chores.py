"""What the worker does from time to time, whatever is published."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Chore:
    """A function of the present moment, to be called about every `every`; calling it twice must do no harm."""

    name: str
    do: Callable[[datetime], object]
    every: timedelta


CHORES: dict[str, Chore] = {}


def register(name: str, do: Callable[[datetime], object], *, every: timedelta) -> None:
    """Have every worker do it. Several may at once: what must happen once is a constraint in the database."""
    CHORES[name] = Chore(name, do, every)
