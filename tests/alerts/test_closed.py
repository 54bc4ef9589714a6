"""The page behind "Register for alerts" where ALERTS_OPEN is off: nothing to register for, and feeds meanwhile."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.newsdesk import MINUTE, NOW, Cast, draft, published


@pytest.fixture(autouse=True)
def _closed(settings: Any) -> None:
    settings.ALERTS_OPEN = False


class TestThePage:
    def test_says_that_e_mail_is_not_open_yet(self, client, db):
        answer = client.get("/alerts/")
        assert answer.status_code == 200
        assert b"not open yet" in answer.content

    def test_leads_to_the_feeds_meanwhile(self, client, db):
        page = client.get("/alerts/").content.decode()
        for address in ("/feeds/latest.rss", "/feeds/latest.atom"):
            assert f'href="{address}"' in page
            assert client.get(address).status_code == 200

    def test_takes_no_address(self, client, db):
        assert b"<form" not in client.get("/alerts/").content.split(b"<main")[1].split(b"</main>")[0]
        assert client.post("/alerts/", {"email": "ada@example.org"}).status_code == 405


@pytest.mark.django_db
class TestWhatWasAskedFor:
    def test_is_led_to_by_its_own_feed(self, client: Client, cast: Cast) -> None:
        published(cast)
        asked = "/alerts/?topic=records&section=local-government&author=ada-quill&author=" + "a" * 999
        with time_machine.travel(NOW + MINUTE):
            page = client.get(asked).content.decode()
        for feed in ("/topics/records/", "/sections/local-government/", "/authors/ada-quill/"):
            assert f'href="{feed}feed.rss"' in page

    def test_is_not_told_while_no_story_of_it_is_live(self, client: Client, cast: Cast) -> None:
        draft(cast.editor)
        asked = client.get("/alerts/?topic=records&section=local-government&author=ada-quill").content
        assert b"Records" not in asked and b"Local Government" not in asked and b"Ada Quill" not in asked
