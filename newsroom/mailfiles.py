"""Keeps each mail as a file instead of sending it: for a developer, who opens it in a mail program or an editor.

The words stand in it as they are, not as quoted-printable, so that a link can be copied out of it.
"""

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from django.core.mail.backends import filebased

#: Folds no line, so that no address is broken in two.
_PLAIN = policy.default.clone(cte_type="8bit", max_line_length=None, utf8=True, refold_source="all")


class EmailBackend(filebased.EmailBackend):
    """One file a mail, named by when it was written and whom it is for."""

    file_path: str

    def open(self) -> bool:
        return False

    def close(self) -> None:
        """There is no connection."""

    def send_messages(self, email_messages: Any) -> int:
        for message in email_messages:
            written_at = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
            whom = re.sub(r"[^\w.@+-]+", "_", ", ".join(message.recipients()))[:80]
            path = Path(self.file_path, f"{written_at}-{whom}.eml")
            # Under another name until it is whole: whoever watches the folder reads no half mail.
            being_written = path.with_suffix(".part")
            being_written.write_bytes(readable(message.message().as_bytes()))
            being_written.rename(path)
        return len(email_messages)


def readable(mail: bytes) -> bytes:
    """The same mail with its texts in plain UTF-8."""
    message = message_from_bytes(mail, policy=_PLAIN)
    for part in message.walk():
        if part.get_content_maintype() == "text":
            words, subtype = part.get_content(), part.get_content_subtype()
            part.set_content(words, subtype=subtype, cte="8bit")
    return message.as_bytes()
