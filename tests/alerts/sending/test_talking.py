"""What is said to a mail server that takes commands together (RFC 2920), and to one that does not say so."""

import smtplib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.mail import EmailMessage

from alerts.sending.smtp import EmailBackend
from tests.mailserver import MailServer

TOGETHER = "MAIL FROM:<newsroom@news.example>\r\nRCPT TO:<reader@mail.example>\r\nDATA\r\n"


def mail(text: str = "Read it.", to: str = "reader@mail.example") -> EmailMessage:
    return EmailMessage("A headline", text, "newsroom@news.example", [to])


@pytest.fixture
def backend() -> Iterator[EmailBackend]:
    made = EmailBackend(alias="default", host="127.0.0.1", timeout=5)
    yield made
    made.drop()


@contextmanager
def server(*script: tuple[str, str]) -> Iterator[tuple[int, list[str]]]:
    """One that hears so much, to the end of each word, and answers so; the last answer "" hangs up. What it heard."""
    heard: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.sendall(b"220 ready\r\n")
                for until, answer in (("\r\n", "250-here\r\n250 PIPELINING\r\n"), *script):
                    text = ""
                    while not text.endswith(until):
                        text += connection.recv(65_536).decode()
                    heard.append(text)
                    connection.sendall(answer.encode())

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1], heard
        thread.join(30)
        assert not thread.is_alive()


def hand_over(backend: EmailBackend, *mails: EmailMessage) -> None:
    """Over one connection, that stays open."""
    backend.open()
    backend.send_messages(mails)


class TestAMail:
    @pytest.mark.parametrize("one_by_one", [0, 1])
    def test_arrives_as_it_was_written(self, backend: EmailBackend, one_by_one: int) -> None:
        text = "First.\n.\n..\n.hidden\n\nLast."
        with MailServer(one_by_one=one_by_one) as sink:
            backend.port = sink.port
            hand_over(backend, mail(text), mail("Another."))
            first, second = sink.to("reader@mail.example")
        assert first.get_content().splitlines() == text.splitlines()
        assert second.get_content().splitlines() == ["Another."]

    def test_takes_two_exchanges(self, backend: EmailBackend) -> None:
        """The server says nothing before it has heard all of it."""
        asked = ("DATA\r\n", "250 sender\r\n250 recipient\r\n354 go on\r\n")
        with server(asked, ("\r\n.\r\n", "250 taken\r\n")) as (backend.port, heard):
            hand_over(backend, mail())
            assert backend.handed_over
        assert heard[1] == TOGETHER
        assert "Read it." in heard[2]


class TestARefusal:
    def test_of_the_recipient_ends_a_mail_that_the_server_waits_for(self, backend: EmailBackend) -> None:
        asked = ("DATA\r\n", "250 sender\r\n550 5.1.1 Nobody here\r\n354 go on\r\n")
        rest = ((".\r\n", "554 no recipients\r\n"), ("rset\r\n", "250 as new\r\n"))
        with server(asked, *rest) as (backend.port, heard):
            with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
                hand_over(backend, mail())
            assert not backend.handed_over
        assert refused.value.recipients == {"reader@mail.example": (550, b"5.1.1 Nobody here")}
        assert heard[2:] == [".\r\n", "rset\r\n"]

    def test_is_heard_though_the_server_hangs_up_behind_it(self, backend: EmailBackend) -> None:
        with (
            server(("DATA\r\n", "250 sender\r\n550 5.1.1 Nobody here\r\n")) as (backend.port, _),
            pytest.raises(smtplib.SMTPRecipientsRefused),
        ):
            hand_over(backend, mail())
        assert not backend.handed_over

    def test_of_the_sender_is_told_and_not_what_follows_from_it(self, backend: EmailBackend) -> None:
        asked = ("DATA\r\n", "451 later\r\n503 sender first\r\n503 recipient first\r\n")
        with (
            server(asked, ("rset\r\n", "250 as new\r\n")) as (backend.port, _),
            pytest.raises(smtplib.SMTPSenderRefused) as refused,
        ):
            hand_over(backend, mail())
        assert refused.value.smtp_code == 451

    def test_with_a_good_bye_closes_the_connection(self, backend: EmailBackend) -> None:
        with (
            server(("DATA\r\n", "250 sender\r\n421 closing\r\n")) as (backend.port, _),
            pytest.raises(smtplib.SMTPRecipientsRefused) as refused,
        ):
            hand_over(backend, mail())
        assert refused.value.recipients["reader@mail.example"][0] == 421

    def test_of_the_mail_itself_is_told(self, backend: EmailBackend) -> None:
        asked = ("DATA\r\n", "250 sender\r\n250 recipient\r\n354 go on\r\n")
        with (
            server(asked, ("\r\n.\r\n", "552 too much\r\n"), ("rset\r\n", "250 as new\r\n")) as (
                backend.port,
                _,
            ),
            pytest.raises(smtplib.SMTPDataError) as refused,
        ):
            hand_over(backend, mail())
        assert refused.value.smtp_code == 552

    def test_of_the_mail_before_it_was_sent_is_told(self, backend: EmailBackend) -> None:
        asked = ("DATA\r\n", "250 sender\r\n250 recipient\r\n451 later\r\n")
        with (
            server(asked, ("rset\r\n", "250 as new\r\n")) as (backend.port, _),
            pytest.raises(smtplib.SMTPDataError) as refused,
        ):
            hand_over(backend, mail())
        assert refused.value.smtp_code == 451 and not backend.handed_over

    def test_of_the_sender_alone_brings_nobody_an_empty_mail(self, backend: EmailBackend) -> None:
        """A server that refuses the sender and takes the rest is left without a full stop."""
        asked = ("DATA\r\n", "550 not you\r\n250 recipient\r\n354 go on\r\n")
        with server(asked) as (backend.port, heard), pytest.raises(smtplib.SMTPSenderRefused):
            hand_over(backend, mail())
        assert heard[-1] == TOGETHER


class TestAnAnswerThatNeverComes:
    def test_to_the_next_mail_says_nothing_of_the_one_before(self, backend: EmailBackend) -> None:
        asked = ("DATA\r\n", "250 sender\r\n250 recipient\r\n354 go on\r\n")
        with server(asked, ("\r\n.\r\n", "250 taken\r\n")) as (backend.port, _):
            hand_over(backend, mail())
            assert backend.handed_over
        backend.connection.sock.shutdown(socket.SHUT_WR)
        with pytest.raises(OSError, match="."):
            backend.connection.sendmail(
                "newsroom@news.example", ["reader@mail.example"], b"Subject: x\r\n\r\n"
            )
        assert not backend.connection.handed_over


def test_a_line_break_in_an_address_is_said_to_nobody(backend: EmailBackend) -> None:
    with MailServer() as sink:
        backend.port = sink.port
        backend.open()
        with pytest.raises(ValueError, match="cannot be said"):
            backend.connection.sendmail(
                "a@news.example", ["b@mail.example>\r\nRCPT TO:<c@mail.example"], b"x"
            )
        with pytest.raises(ValueError, match="address"):
            hand_over(backend, mail(to="reader@mail.example>\r\nRCPT TO:<other@mail.example"))
        assert sink.received == []
