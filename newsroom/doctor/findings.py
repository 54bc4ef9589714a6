"""What a check finds: one line, how bad it is, and what to do."""

from dataclasses import asdict, dataclass
from enum import StrEnum


class Level(StrEnum):
    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True)
class Finding:
    """`check` is filled in by whoever asked."""

    level: Level
    words: str
    advice: str = ""
    check: str = ""

    def as_dict(self) -> dict[str, str]:
        return asdict(self)

    def __str__(self) -> str:
        told = f"{self.level:<8} {self.check:<12} {self.words}"
        return f"{told}\n{'':22}→ {self.advice}" if self.advice and self.level is not Level.OK else told


def ok(words: str) -> Finding:
    return Finding(Level.OK, words)


def warning(words: str, advice: str) -> Finding:
    return Finding(Level.WARNING, words, advice)


def fault(words: str, advice: str) -> Finding:
    return Finding(Level.FAULT, words, advice)
