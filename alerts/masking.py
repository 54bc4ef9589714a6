"""Takes addresses out of what mail servers and providers say: they repeat them, and theirs may be erased meanwhile."""

import re

_ADDRESS = re.compile(r"[^\s<>\"'()\[\],;:=]+@[^\s<>\"'()\[\],;:=]+")


def without_addresses(words: str) -> str:
    """The words as they are kept: "550 5.1.1 <…>: no such mailbox"."""
    return _ADDRESS.sub("…", words)
