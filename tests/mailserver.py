"""A real mail server that can refuse, delay and drop, remembers what it took, and can be asked whether it took a mail.

In a test: `with MailServer() as server`. By itself, for drills and benchmarks: `python -m tests.mailserver --help`.
"""

import argparse
import asyncio
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import unquote

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


@dataclass
class Faults:
    """How often something goes wrong, from 0 to 1 of all mails, and how many seconds a mail takes."""

    #: Refused for now: 451 at the recipient, or 421 with the connection closed, by turns.
    later: float = 0
    #: The connection drops after the mail was handed over: half of the times it was taken, half of them not.
    drop: float = 0
    #: No such mailbox (550 5.1.1): decided by the address, so it is the same at each attempt.
    unknown: float = 0
    delay: float = 0
    #: 1: it does not say that it takes commands together.
    one_by_one: float = 0


@dataclass(frozen=True)
class Received:
    recipient: str
    content: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.content, policy=policy.default)  # type: ignore[return-value]

    @property
    def message_id(self) -> str:
        for line in self.content.split(b"\r\n"):
            name, _, value = line.partition(b":")
            if name.lower() == b"message-id":
                return value.strip().decode()
            if not line:
                break
        return ""


@dataclass
class Postbox:
    """What the server took. With `log`, each mail is also a line of that file: its id, whom to, and when."""

    faults: Faults = field(default_factory=Faults)
    log: Path | None = None
    keep: bool = True
    received: list[Received] = field(default_factory=list)
    taken: Counter[str] = field(default_factory=Counter)
    chance: random.Random = field(default_factory=lambda: random.Random(5))
    connections: int = 0
    #: What is done, in the server's thread, once so many mails were taken and before the last is answered.
    then: dict[int, Callable[[], None]] = field(default_factory=dict)

    def take(self, mail: Received) -> None:
        self.taken[mail.message_id] += 1
        if self.keep:
            self.received.append(mail)
        if self.log:
            with self.log.open("a") as file:
                file.write(f"{mail.message_id}\t{mail.recipient}\t{time.time():.3f}\n")

    # What aiosmtpd calls.

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        # aiosmtpd takes commands together (RFC 2920), as most servers do, and does not say so.
        first, *others = responses
        return responses if self.faults.one_by_one else [first, "250-PIPELINING", *others]

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if random.Random(address).random() < self.faults.unknown:
            return "550 5.1.1 There is no such mailbox"
        luck = self.chance.random()
        if luck < self.faults.later / 2:
            return "451 4.3.2 Try again later"
        if luck < self.faults.later:
            asyncio.get_running_loop().call_later(0.02, server.transport.close)
            return "421 4.3.2 Closing the connection"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.faults.delay:
            await asyncio.sleep(self.faults.delay)
        drops = self.chance.random() < self.faults.drop
        if not drops or self.chance.random() < 0.5:
            for recipient in envelope.rcpt_tos:
                self.take(Received(recipient, envelope.content))
        if what := self.then.pop(self.taken.total(), None):
            await asyncio.to_thread(what)
        if drops:
            server.transport.abort()
        return "250 OK"


class MailServer:
    """The server in a thread of its own, at `url` (for EMAIL_URL), and its answers at `accepted_url`."""

    def __init__(self, *, port: int = 0, **faults: float) -> None:
        self.postbox = Postbox(Faults(**faults))
        self.port = port or free_port()
        self._must_be_there = bool(port)
        self._controller: Controller | None = None
        self._web = _answers(self.postbox, 0)
        self.accepted_url = f"http://127.0.0.1:{self._web.server_address[1]}/accepted/{{message_id}}"
        threading.Thread(target=self._web.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def faults(self) -> Faults:
        return self.postbox.faults

    @property
    def received(self) -> list[Received]:
        return self.postbox.received

    @property
    def connections(self) -> int:
        return self.postbox.connections

    def after(self, number: int, what: Callable[[], None]) -> None:
        """Have something happen once so many mails were taken, before the client hears of the last one."""
        self.postbox.then[number] = what

    def to(self, address: str) -> list[EmailMessage]:
        """What somebody has in their mailbox, in the order in which it came."""
        return [mail.message for mail in self.received if mail.recipient == address]

    def start(self) -> None:
        """Listen; the first time elsewhere, where somebody took the port after it was found free."""
        try:
            self._controller = Controller(
                self.postbox, hostname="127.0.0.1", port=self.port, decode_data=False, enable_SMTPUTF8=False
            )
            self._controller.start()
        except OSError:
            if self._must_be_there:
                raise
            self.port = free_port()
            self.start()
        self._must_be_there = True

    def stop(self) -> None:
        """Be away: connections are refused until `start`."""
        if self._controller:
            self._controller.stop()
            self._controller = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *fault: object) -> None:
        self.stop()
        self._web.shutdown()
        self._web.server_close()


def free_port() -> int:
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _answers(postbox: Postbox, port: int) -> ThreadingHTTPServer:
    """Answers 200 for a Message-ID that was taken, 404 for another one; both with how often that was, in plain text."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            times = postbox.taken[unquote(self.path.rpartition("/")[2])]
            self.send_response(200 if times else 404)
            self.end_headers()
            self.wfile.write(str(times).encode())

        def log_message(self, *words: object) -> None:
            """Silence."""

    return ThreadingHTTPServer(("127.0.0.1", port), Answer)


def main() -> None:
    """Serve until killed; says so on its first line of output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--answers-port", type=int, default=0)
    parser.add_argument("--log", type=Path)
    for fault in fields(Faults):
        parser.add_argument(f"--{fault.name}", type=float, default=0.0)
    asked = parser.parse_args()
    postbox = Postbox(
        Faults(**{fault.name: getattr(asked, fault.name) for fault in fields(Faults)}), asked.log, keep=False
    )
    web = _answers(postbox, asked.answers_port)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    controller = Controller(postbox, hostname="127.0.0.1", port=asked.port, decode_data=False)
    controller.start()
    print(f"mail server at 127.0.0.1:{asked.port}, answers at {web.server_address[1]}", flush=True)  # noqa: T201
    threading.Event().wait()


if __name__ == "__main__":
    main()
