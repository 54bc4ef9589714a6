"""The mail server of the tests does what its faults say; else every test that stands on it would prove nothing."""

import smtplib
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.mailserver import MailServer


def mail(server: MailServer, to: str, number: int = 1) -> None:
    with smtplib.SMTP("127.0.0.1", server.port) as client:
        client.sendmail(
            "news@example.org", [to], f"Message-ID: <{number}@example.org>\r\nSubject: Hello\r\n\r\nText"
        )


def test_takes_a_mail_and_knows_it():
    with MailServer() as server:
        mail(server, "reader@example.org")
        assert [one["Subject"] for one in server.to("reader@example.org")] == ["Hello"]
        assert urlopen(server.accepted_url.format(message_id="%3C1%40example.org%3E")).read() == b"1"
        with pytest.raises(HTTPError, match="404"):
            urlopen(server.accepted_url.format(message_id="%3C2%40example.org%3E"))


def test_knows_no_such_mailbox():
    with MailServer(unknown=1) as server, pytest.raises(smtplib.SMTPRecipientsRefused, match=r"5\.1\.1"):
        mail(server, "reader@example.org")


def test_refuses_for_now():
    with MailServer(later=1) as server:
        for _ in range(4):
            with pytest.raises((smtplib.SMTPRecipientsRefused, smtplib.SMTPServerDisconnected)):
                mail(server, "reader@example.org")
        assert server.received == []


def test_drops_the_connection_with_the_mail_taken_or_not():
    with MailServer(drop=1) as server:
        for number in range(20):
            with pytest.raises(smtplib.SMTPServerDisconnected):
                mail(server, "reader@example.org", number)
        assert 0 < len(server.received) < 20


def test_can_be_away_and_come_back():
    with MailServer() as server:
        server.stop()
        with pytest.raises(ConnectionRefusedError):
            mail(server, "reader@example.org")
        server.start()
        mail(server, "reader@example.org")
        assert len(server.received) == 1
