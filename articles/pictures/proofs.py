"""The proof of a licence as a file: which files are taken, and what they are called. It is kept as it came."""

from __future__ import annotations

from typing import Any

from articles.pictures.refusals import Refused

MAX_BYTES = 10_000_000

#: First bytes, the extension it is stored under, and the type it is sent as.
_KINDS = (
    (b"%PDF-", "pdf", "application/pdf"),
    (b"\xff\xd8\xff", "jpg", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png", "image/png"),
)

TYPES = {extension: sent_as for _, extension, sent_as in _KINDS}


def extension_of(upload: Any) -> str:
    """What a proof is, by its first bytes; what its name or its sender say means nothing. Raises Refused."""
    if upload.size > MAX_BYTES:
        raise Refused(
            f"This file is larger than {MAX_BYTES // 1_000_000} MB. Save it smaller and upload that."
        )
    upload.seek(0)
    head = upload.read(16)
    upload.seek(0)
    for start, extension, _ in _KINDS:
        if head.startswith(start):
            return extension
    raise Refused(
        "A proof is a PDF, JPEG or PNG. Save it as one of those, or write down where it can be checked."
    )
