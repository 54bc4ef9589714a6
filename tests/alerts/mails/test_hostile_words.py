"""Drill E8, and E1 for mails: no words of a headline, a topic or a name become a header or markup."""

from copy import copy
from itertools import product

import pytest
from django.utils.html import escape

from alerts.mails import editions
from alerts.mails.lines import because, line
from alerts.mails.marks import Mark
from alerts.mails.message import Mail, UnsafeHeader
from drills._vectors import BREAKOUTS, ELEMENTS
from tests.alerts.mails.outbox import (
    composed,
    delivery,
    edition_letter,
    html_of,
    letter,
    parsed,
    reader,
    received,
    text_of,
)
from tests.newsdesk import NOW, Cast, live, picture, published

pytestmark = pytest.mark.django_db

#: Everything that some reader of a header, or of a log, takes for the end of a line.
BREAKS = [
    "\r\n",
    "\n",
    "\r",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x1d",
    "\x1e",
    "\x85",
    "\u2028",
    "\u2029",
    "\x00",
    "\n\n",
]
INJECTED = ["Bcc: all@victims.example", "X-Injected: yes", " folded: yes"]

KNOWN = {
    "Subject", "From", "To", "Message-ID", "Date", "Auto-Submitted", "X-Auto-Response-Suppress", "List-ID",
    "List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version", "Content-Type",
}  # fmt: skip


def test_no_headline_injects_a_header(cast: Cast) -> None:
    edition = live(published(cast))
    sent, reads = delivery(edition_letter(edition), reader()), copy(edition)
    for broken, injected in product(BREAKS, INJECTED):
        reads.headline = f"Ordinary{broken}{injected}{broken}{broken}<p>body"
        sent.letter.subject, sent.letter.text, sent.letter.html = editions.story(reads, NOW)
        mail = received(sent)
        assert set(mail.keys()) <= KNOWN
        assert len(mail["Subject"].splitlines()) == 1
        assert mail["Bcc"] is None
        assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize("broken", [found for found in BREAKS if found != "\x00"])
def test_what_was_not_made_one_line_is_refused_by_the_header_itself(broken: str) -> None:
    mail = Mail(f"Ordinary{broken}Bcc: all@victims.example", "Text", "a@example.org", ["b@example.org"])
    with pytest.raises(UnsafeHeader):
        mail.message()


@pytest.mark.parametrize(
    "address", ["a@example.org\nBcc: b@example.org", "nobody", "", "a@b@c\r\n", "\x00@example.org"]
)
def test_no_address_injects_a_header(address: str) -> None:
    mail = Mail("Ordinary", "Text", "a@example.org", [address])
    with pytest.raises(UnsafeHeader):
        mail.message()


def test_a_headline_that_looks_encoded_is_read_as_written() -> None:
    words = "=?utf-8?q?=0D=0AX-Injected:_yes?="
    mail = Mail(words, "Text", "a@example.org", ["b@example.org"])
    read = parsed(mail.message().as_bytes())
    assert read["Subject"] == words and read["X-Injected"] is None


@pytest.mark.parametrize(
    "headline",
    [
        "Žďár opens its registers",
        "المجلس ينشر سجلاته",
        "Records: 10 % more, £4m, “so they say”",
        "ß" * 200,
        "x" * 200,
    ],
)
def test_a_subject_arrives_as_it_was_written(headline: str) -> None:
    mail = Mail(headline, "Text", "The Civic Wire <a@example.org>", ["b@exämple.org"])
    data = mail.message().as_bytes()
    assert parsed(data)["Subject"] == headline
    assert max(len(one) for one in data.split(b"\n\n")[0].split(b"\n")) <= 998
    assert data.isascii() and b"To: b@xn--exmple-cua.org" in data


def test_a_name_of_the_title_injects_nothing(cast: Cast, settings) -> None:
    settings.SITE_NAME = 'The "Civic"\r\nBcc: all@victims.example, Wire'
    mail = received(delivery(composed(edition_letter(live(published(cast)))), reader()))
    assert mail["Bcc"] is None
    assert mail["From"].addresses[0].addr_spec == "newsroom@testserver"


class TestMarks:
    def test_typed_by_somebody_are_none(self, cast: Cast) -> None:
        edition = copy(live(published(cast)))
        edition.headline = f"See {Mark.MANAGE} and {Mark.UNSUBSCRIBE}"
        said = editions.story(edition, NOW)
        assert said.text.count(Mark.MANAGE) == 1 and said.subject == "See manage and unsubscribe"

    def test_a_topic_in_the_reason_is_words_and_no_markup(self, cast: Cast) -> None:
        sent = delivery(composed(edition_letter(live(published(cast)))), reader())
        mail = received(sent, because=("<img src=x onerror=alert(1)>\u2028", "Cloud"))
        assert "<img" not in html_of(mail) and "&lt;img src=x" in html_of(mail)
        assert "<img src=x onerror=alert(1)> and Cloud" in text_of(mail)


class TestMarkup:
    def test_is_words_everywhere(self, cast: Cast) -> None:
        edition = copy(live(published(cast)))
        for before, element in product(BREAKOUTS[:4], ELEMENTS):
            words = before + element
            edition.headline = edition.standfirst = edition.kicker = words
            edition.byline = {"people": [], "label": words}
            edition.corrections = [{"at": NOW.isoformat(), "kind": "correction", "note": words}]
            html = editions.correction(edition, NOW).html
            assert element not in html and escape(element) in html

    def test_is_words_in_the_alternative_text_of_a_picture(self, cast: Cast) -> None:
        edition = copy(live(published(cast, lead_image=picture())))
        for element in ELEMENTS:
            edition.lead = edition.lead | {"alt": f'">{element}', "caption": element, "credit": element}
            html = editions.story(edition, NOW).html
            assert element not in html and f'alt="&quot;&gt;{escape(element)}"' in html


class TestLines:
    def test_many_names_are_counted(self) -> None:
        names = [f"Topic {number}" for number in range(9)]
        assert because(names) == (
            "You get this because you follow Topic 0, Topic 1, Topic 2, Topic 3, Topic 4 and 4 more."
        )

    def test_without_names_the_reason_is_plain(self) -> None:
        assert because([]) == "You get this because you asked for our stories by e-mail."

    def test_what_turns_text_about_is_left_out(self) -> None:
        assert line("a\u202eb\u2066c\ud800d") == "abcd"


def test_a_letter_to_staff_is_as_safe(cast: Cast) -> None:
    contents = {
        "subject": "Approved:\r\nBcc: a@victims.example",
        "lines": ["one\u2028two"],
        "link": "/admin/",
    }
    mail = received(delivery(composed(letter("staff", variant="a", contents=contents)), cast.editor))
    assert mail["Bcc"] is None and mail["Subject"] == "Approved: Bcc: a@victims.example"
