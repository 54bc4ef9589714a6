from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone

from newsroom import environment
from tests.newsdesk import Cast
from tests.title_pages import title_page

PATH = "/.well-known/security.txt"


def told(client: Client) -> list[tuple[str, str]]:
    answer = client.get(PATH)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    return [(name, value) for name, _, value in (line.partition(": ") for line in answer.text.splitlines())]


class TestSecurityTxt:
    @pytest.fixture(autouse=True)
    def _contacts(self, settings: Any) -> None:
        settings.SECURITY_CONTACT = ["mailto:security@news.example", "https://news.example/report"]

    def test_says_what_rfc_9116_demands(self, db: None, client: Client) -> None:
        fields = told(client)
        counted = Counter(name for name, _ in fields)
        assert counted == {"Contact": 2, "Expires": 1, "Preferred-Languages": 1, "Canonical": 1}
        said = dict(reversed(fields))
        assert said["Contact"] == "mailto:security@news.example"
        assert said["Canonical"] == f"http://testserver{PATH}"
        left = datetime.fromisoformat(said["Expires"]) - timezone.now()
        assert timedelta(days=30) < left < timedelta(days=365)

    def test_names_the_policy_that_there_is(self, cast: Cast, client: Client) -> None:
        title_page(cast, "Security", "security-policy", purpose="security")
        assert dict(told(client))["Policy"] == "http://testserver/security-policy/"


def test_is_not_there_without_a_contact(db: None, client: Client) -> None:
    assert client.get(PATH).status_code == 404


@pytest.mark.parametrize("contact", ["security@news.example", "http://news.example/", "mailto:", "https://"])
def test_a_contact_that_nobody_can_follow_stops_the_start(contact: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SECURITY_CONTACT must be mailto:"):
        environment.read({"DEBUG": "on", "SECURITY_CONTACT": contact})
