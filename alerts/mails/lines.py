"""Words from the newsroom made fit for a mail: one line, no control, no mark of ours, nothing that turns text about."""

import re
from collections.abc import Sequence

#: Controls, lone surrogates and private use (our marks are private), and what would turn the rest of a line about.
_UNFIT = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)

#: How many things a mail names that somebody follows, before it says how many more there are.
MOST_NAMED = 6


def line(text: str) -> str:
    """One line of it. Whatever Unicode calls a break is a space, so that no header can begin in the middle."""
    return " ".join(_UNFIT.sub("", " ".join(text.split())).split())


def listed(names: Sequence[str], *, most: int = MOST_NAMED) -> str:
    """Name them as a sentence does: "Procurement, Cloud and Policing"."""
    named = [line(name) for name in names]
    if len(named) > most:
        named = [*named[: most - 1], f"{len(named) - most + 1} more"]
    return " and ".join(filter(None, [", ".join(named[:-1]), *named[-1:]]))


def because(names: Sequence[str]) -> str:
    """Why somebody gets a story: the sentence in place of Mark.BECAUSE."""
    if not names:
        return "You get this because you asked for our stories by e-mail."
    return f"You get this because you follow {listed(names)}."
