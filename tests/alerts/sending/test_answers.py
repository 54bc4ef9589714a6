"""What a mail server or a provider said, and whether it can have the mail."""

import smtplib

import pytest
import requests
from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused, AnymailRequestsAPIError

from alerts.mails.message import UnsafeHeader
from alerts.sending.answers import Verdict, answer_to, said


def refused(code: int, words: str) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({"reader@mail.example": (code, words.encode())})


def verdict(fault: Exception, *, handed_over: bool = False) -> Verdict:
    return answer_to(fault, handed_over=handed_over).verdict


def api_error(status: int) -> AnymailAPIError:
    response = requests.Response()
    response.status_code, response.reason = status, "words"
    return AnymailRequestsAPIError("no", response=response)


class TestOfAMailServer:
    @pytest.mark.parametrize(
        ("code", "words", "expected"),
        [
            (421, "4.3.2 Closing", Verdict.LATER),
            (451, "4.7.1 Greylisted", Verdict.LATER),
            (452, "4.2.2 Mailbox full", Verdict.LATER),
            (550, "5.1.1 No such user", Verdict.NO_MAILBOX),
            (550, "5.1.10 Null MX", Verdict.NO_MAILBOX),
            (551, "5.1.6 Moved", Verdict.NO_MAILBOX),
            (550, "5.7.1 We do not like you", Verdict.REFUSED),
            (550, "5.1.8 Bad sender's domain", Verdict.REFUSED),
            (554, "Nobody here", Verdict.REFUSED),
            (550, "see rule 5.1.12 of ours", Verdict.REFUSED),
        ],
    )
    def test_about_the_recipient(self, code: int, words: str, expected: Verdict):
        assert verdict(refused(code, words)) == expected

    def test_is_kept_in_its_own_words(self):
        assert said(550, b"5.1.1 No such\r\n user").words == "550 5.1.1 No such user"

    def test_about_our_sender_ends_nobody_s_mail(self):
        assert verdict(smtplib.SMTPSenderRefused(550, b"5.7.1 Who?", "us@news.example")) == Verdict.LATER

    def test_about_a_mail_that_is_too_large(self):
        assert verdict(smtplib.SMTPSenderRefused(552, b"5.3.4 Too big", "us")) == Verdict.REFUSED

    def test_after_the_mail_is_as_final_as_before(self):
        assert verdict(smtplib.SMTPDataError(554, b"5.6.0 Spam"), handed_over=True) == Verdict.REFUSED
        assert verdict(smtplib.SMTPDataError(451, b"4.3.0 Later"), handed_over=True) == Verdict.LATER

    @pytest.mark.parametrize(
        "fault", [smtplib.SMTPServerDisconnected("gone"), TimeoutError("slow"), ConnectionResetError("reset")]
    )
    def test_that_is_missing_leaves_doubt_only_after_the_mail(self, fault: Exception):
        assert verdict(fault) == Verdict.LATER
        assert verdict(fault, handed_over=True) == Verdict.UNCERTAIN
        assert not answer_to(fault, handed_over=True).keeps_connection

    def test_closing_the_connection_ends_it(self):
        assert not said(421, "4.3.2 Closing").keeps_connection

    def test_to_an_address_that_cannot_be_written(self):
        assert verdict(UnsafeHeader("no address")) == Verdict.REFUSED

    def test_that_is_no_answer_is_a_fault_of_ours(self):
        with pytest.raises(ZeroDivisionError):
            verdict(ZeroDivisionError())


class TestOfAProvider:
    @pytest.mark.parametrize(
        ("status", "expected"),
        [
            (400, Verdict.REFUSED),
            (422, Verdict.REFUSED),
            (401, Verdict.LATER),
            (429, Verdict.LATER),
            (503, Verdict.LATER),
            (500, Verdict.UNCERTAIN),
            (504, Verdict.UNCERTAIN),
        ],
    )
    def test_by_its_status(self, status: int, expected: Verdict):
        assert verdict(api_error(status), handed_over=True) == expected

    def test_about_the_recipient(self):
        assert verdict(AnymailRecipientsRefused()) == Verdict.REFUSED

    def test_that_never_came(self):
        assert verdict(self._over(requests.Session())) == Verdict.LATER
        assert verdict(self._caused_by(requests.exceptions.ReadTimeout())) == Verdict.UNCERTAIN

    def _over(self, session: requests.Session) -> Exception:
        """Of a port that nobody listens on."""
        with pytest.raises(requests.RequestException) as caught:
            session.get("http://127.0.0.1:9", timeout=2)
        return self._caused_by(caught.value)

    def _caused_by(self, cause: Exception) -> Exception:
        fault = AnymailRequestsAPIError("no")
        fault.__cause__ = cause
        return fault
