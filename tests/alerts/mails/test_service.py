"""The letters that answer an address somebody typed, and those that staff get."""

import pytest

from alerts.models import Registration
from tests.alerts.mails.outbox import composed, delivery, html_of, letter, received, registration, text_of
from tests.newsdesk import Cast, author, section, topic

pytestmark = pytest.mark.django_db


def answered(**fields) -> tuple[Registration, object]:
    asked = registration(**fields)
    return asked, received(delivery(composed(letter("service", variant="a", registration=asked)), asked))


class TestConfirming:
    def test_says_what_will_come_how_often_and_what_to_do(self, db: None) -> None:
        choices = {
            "everything": False,
            "sections": [section().pk],
            "topics": [topic("Cloud").pk],
            "authors": [author().pk],
        }
        asked, mail = answered(choices=choices, frequency="weekly")
        for words in (text_of(mail), html_of(mail)):
            assert all(name in words for name in ("Local Government", "Cloud", "Ada Quill", "Once a week"))
            assert "If it was not you, do nothing: we forget the address after 7 days." in words
            assert words.count(f"http://testserver/alerts/confirm/{asked.key}/") == 1

    def test_everything_is_called_so(self, db: None) -> None:
        _, mail = answered(choices={"everything": True})
        assert "Everything we publish" in text_of(mail)

    def test_is_from_no_list_that_one_could_leave(self, db: None) -> None:
        _, mail = answered(choices={"everything": True})
        assert mail["List-Unsubscribe"] is None and mail["List-ID"] is None
        assert mail["Auto-Submitted"] == "auto-generated"
        assert "/alerts/unsubscribe/" not in html_of(mail)


class TestTheLinkToPreferences:
    def test_is_the_one_link(self, db: None) -> None:
        asked, mail = answered(purpose="manage")
        assert mail["Subject"] == "Your link to your e-mail preferences"
        assert f"http://testserver/alerts/confirm/{asked.key}/" in text_of(mail)
        assert "nothing has changed" in html_of(mail)


class TestANoticeToStaff:
    def test_has_its_lines_and_one_link(self, cast: Cast) -> None:
        contents = {
            "subject": "Approved: Council <moves>",
            "lines": ["A manager approved it.", "They wrote: well & good"],
            "link": "/admin/articles/story/1/review/",
            "label": "Open the story",
        }
        mail = received(delivery(composed(letter("staff", variant="a", contents=contents)), cast.editor))
        assert mail["Subject"] == "Approved: Council <moves>"
        assert mail["To"] == "editor@newsroom.example"
        assert "They wrote: well & good" in text_of(mail)
        assert "They wrote: well &amp; good" in html_of(mail)
        assert "http://testserver/admin/articles/story/1/review/" in text_of(mail)
        assert mail["List-Unsubscribe"] is None
