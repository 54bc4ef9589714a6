"""Django's SMTP backend, which sends commands together where it may.

It also knows whether a mail had been sent whole when the connection failed.
"""

import re
import smtplib
from contextlib import suppress
from functools import lru_cache
from typing import Any

from django.core.mail.backends import smtp

from alerts.sending.answers import CLOSING

#: An address that needs no taking apart: RFC 5321's Dot-string at a domain of letters.
_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_PLAIN = re.compile(rf"{_ATOM}(\.{_ATOM})*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)

#: At the beginning of a line it would end the mail (RFC 5321, 4.5.2).
_PERIOD = re.compile(rb"(?m)^\.")


class _Talk(smtplib.SMTP):
    """Once the full stop behind the mail is out the server may have it, whatever becomes of its answer."""

    handed_over = False

    def send(self, s: Any) -> None:
        self.handed_over = False
        super().send(s)
        # Commands are sent as text. Bytes are the mail itself, up to its full stop.
        self.handed_over = isinstance(s, bytes)

    def sendmail(
        self, from_addr: str, to_addrs: Any, msg: Any, mail_options: Any = (), rcpt_options: Any = ()
    ) -> dict[str, tuple[int, bytes]]:
        """To one recipient in two exchanges instead of four, where the server takes commands together (RFC 2920)."""
        self.ehlo_or_helo_if_needed()
        alone = isinstance(msg, bytes) and len(to_addrs) == 1 and not mail_options and not rcpt_options
        if not alone or not self.has_extn("pipelining"):
            return super().sendmail(from_addr, to_addrs, msg, mail_options, rcpt_options)
        self._ask_together(from_addr, to_addrs[0], len(msg))
        self.send(_PERIOD.sub(b"..", msg.removesuffix(b"\r\n")) + b"\r\n.\r\n")
        answer = self.getreply()
        if answer[0] != 250:
            raise self._given_up(smtplib.SMTPDataError(*answer), answer[0])
        return {}

    def _ask_together(self, sender: str, recipient: str, size: int) -> None:
        """Until the server waits for the mail. Raises as smtplib does, of what was refused first."""
        sized = f" size={size}" if self.has_extn("size") else ""
        commands = f"MAIL FROM:{smtplib.quoteaddr(sender)}{sized}", f"RCPT TO:{smtplib.quoteaddr(recipient)}"
        if any(end in command for command in commands for end in "\r\n"):
            raise ValueError(f"This cannot be said to a mail server: {commands}")
        self.send("\r\n".join((*commands, "DATA", "")))
        if (answer := self.getreply())[0] != 250:
            raise self._refused(smtplib.SMTPSenderRefused(*answer, sender), answer[0], still_to_come=2)
        if (answer := self.getreply())[0] not in {250, 251}:
            raise self._refused(
                smtplib.SMTPRecipientsRefused({recipient: answer}), answer[0], still_to_come=1
            )
        if (answer := self.getreply())[0] != 354:
            raise self._given_up(smtplib.SMTPDataError(*answer), answer[0])

    def _refused(
        self, fault: smtplib.SMTPException, code: int, *, still_to_come: int
    ) -> smtplib.SMTPException:
        """Hear what the server says to the commands that it had already. A mail it waits for all the same is empty."""
        if code != CLOSING:
            with suppress(smtplib.SMTPServerDisconnected):
                *to_recipient, to_data = (self.getreply()[0] for _ in range(still_to_come))
                if to_data == 354 and to_recipient in ([250], [251]):
                    return self._given_up(fault, CLOSING)  # somebody would get the empty mail
                if to_data == 354:
                    self.send(".\r\n")
                    self.getreply()
        return self._given_up(fault, code)

    def _given_up(self, fault: smtplib.SMTPException, code: int) -> smtplib.SMTPException:
        """Ready for another mail, unless the server hangs up."""
        if code == CLOSING:
            self.close()
        else:
            self._rset()  # type: ignore[attr-defined]
        return fault

    def data(self, msg: Any) -> tuple[int, bytes]:
        try:
            return super().data(msg)
        except smtplib.SMTPDataError:
            self._rset()  # type: ignore[attr-defined]  # as smtplib does after every other refusal
            raise


class _TalkOverTLS(_Talk, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """What EMAIL_URL stands for when it names a mail server."""

    connection: Any
    _partial_connection: Any

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _TalkOverTLS if self.use_ssl else _Talk

    def prep_address(self, address: Any, force_ascii: bool = True) -> str:
        """Django's, which takes every address apart, for those that need it: the sender's only once."""
        text = str(address)
        return text if _PLAIN.fullmatch(text) else _taken_apart(text, force_ascii)

    @property
    def handed_over(self) -> bool:
        """Of the last mail: whether all of it was sent, so that the server may have it."""
        return self.connection is not None and self.connection.handed_over

    def drop(self) -> None:
        """Let the connection go without another word: nobody may be listening."""
        for one in (self.connection, self._partial_connection):
            if one is not None:
                one.close()
        self.connection = self._partial_connection = None


@lru_cache(maxsize=64)
def _taken_apart(address: str, force_ascii: bool) -> str:
    return str(smtp.EmailBackend.prep_address(None, address, force_ascii))  # type: ignore[arg-type]
