"""One fault in a text, as those who look for faults tell it."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """What is wrong, for the writer; `about` is what makes it this fault and no other, `quote` where it stands."""

    rule: str
    sentence: str
    about: str
    quote: str = ""


def mark(*words: str) -> str:
    """A short name for words: the same for the same ones, another for others."""
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:16]


def stands_in(quote: str) -> str:
    """A sentence that says where to look."""
    return f"It stands in “{quote}”" + ("" if quote.endswith((".", "!", "?", "…")) else ".")
