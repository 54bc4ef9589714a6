"""The way out: one connection to the mail server or provider of the settings, and many mails over it."""

import smtplib
from typing import Any

from django.core.mail import mailers

from alerts.mails.message import Mail
from alerts.sending.answers import ACCEPTED, Answer, Verdict, answer_to


class Unreachable(Exception):
    """Nobody answers, or signing in fails: no mail at all can be handed over, and none was tried."""


class Transport:
    """Opened before a mail is begun, so that a server that is away costs no mail an attempt."""

    def __init__(self) -> None:
        self._backend: Any = mailers.create_connection("default")
        #: Mails that were handed over, or tried, since the connection was opened.
        self._said = 0

    def open(self) -> None:
        """Raises Unreachable."""
        try:
            if self._backend.open():
                self._said = 0
        except Exception as fault:  # whatever a backend raises: a network, a certificate, a password
            self._drop()
            raise Unreachable(f"{type(fault).__name__}: {fault}") from fault

    def hand_over(self, mail: Mail) -> Answer:
        """Say what the server said. Whatever it is, the next mail can be handed over after `open`."""
        answer = self._try(mail)
        if answer.verdict is Verdict.LATER and not answer.keeps_connection and self._said > 1:
            # The server hung up between two mails, as servers do after a number of them: this one was not at fault.
            try:
                self.open()
            except Unreachable:
                return answer
            answer = self._try(mail)
        return answer

    def close(self) -> None:
        try:
            self._backend.close()
        except Exception:  # noqa: BLE001  (everything was said; how the other side hangs up changes nothing)
            self._drop()

    def _try(self, mail: Mail) -> Answer:
        self._said += 1
        try:
            self._backend.send_messages([mail])
        except Exception as fault:  # noqa: BLE001  (answer_to raises again what it does not know)
            answer = answer_to(fault, handed_over=self._handed_over())
            if not answer.keeps_connection or isinstance(fault, smtplib.SMTPServerDisconnected):
                self._drop()
            return answer
        return ACCEPTED

    def _handed_over(self) -> bool:
        """A backend that cannot tell may have handed it over."""
        return bool(getattr(self._backend, "handed_over", True))

    def _drop(self) -> None:
        drop = getattr(self._backend, "drop", None)
        if drop is not None:
            drop()
