"""The form at /alerts/: what it offers, what it takes, and what it says to everything else."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from alerts.models import Delivery, Frequency, Notice, Registration
from tests.alerts.registering import ADDRESS, INBOX, ask, mails
from tests.html import assert_valid_html
from tests.newsdesk import MINUTE, NOW, Cast, author, draft, published, section, topic
from tests.pages.reading import Read, queries, read

pytestmark = pytest.mark.django_db

ASKED = "/alerts/?topic=records&section=local-government&author=ada-quill"


@pytest.fixture(autouse=True)
def _this_morning() -> Any:
    with time_machine.travel(NOW + MINUTE, tick=False):
        yield


def ticked(page: Read) -> set[tuple[str, str]]:
    boxes = page.main.iter("input")
    return {(box.get("name", ""), box.get("value", "")) for box in boxes if box.get("checked") is not None}


def errors(page: Read) -> list[str]:
    """What the summary says, each with a link to what is there."""
    summary = page.main.find(".//div[@role='alert']")
    assert summary is not None
    ids = {element.get("id") for element in page.main.iter()}
    links = list(summary.iter("a"))
    assert {link.get("href", "").removeprefix("#") for link in links} <= ids
    return [link.text or "" for link in links]


def refused(client: Client, **fields: Any) -> list[str]:
    answer = ask(client, **fields)
    assert answer.status_code == 422
    assert not answer.cookies and mails() == 0 and not Registration.objects.exists()
    return errors(Read(answer, assert_valid_html(answer.content)))


class TestThePage:
    def test_offers_everything_once_a_day(self, client: Client, cast: Cast) -> None:
        published(cast)
        page = read(client, "/alerts/")
        assert ticked(page) == {("everything", ""), ("frequency", "daily")}
        assert "Local Government" in page.words()

    def test_is_filled_in_from_the_page_that_led_there(self, client: Client, cast: Cast) -> None:
        published(cast)
        assert ticked(read(client, ASKED)) == {
            ("topic", "records"),
            ("section", "local-government"),
            ("author", "ada-quill"),
            ("frequency", "at_once"),
        }

    def test_says_that_something_is_not_there_and_not_what(self, client: Client, cast: Cast) -> None:
        draft(cast.editor)
        page = read(client, ASKED)
        assert "Part of what you came for has no stories any more." in page.words()
        assert ticked(page) == {("everything", ""), ("frequency", "daily")}
        for name in ("Records", "Local Government", "Ada Quill"):
            assert name not in page.words()

    def test_has_the_sentence_that_is_agreed_to(self, client: Client) -> None:
        assert "leave, at any time by a link in every one of them" in read(client, "/alerts/").words()

    def test_asks_the_database_only_for_what_one_came_for(self, client: Client, cast: Cast) -> None:
        published(cast, topics=[topic(), *(topic(f"Topic {number}") for number in range(19))])
        many = "&".join(f"topic=topic-{number}" for number in range(19))
        assert queries(client, "/alerts/") == 0
        assert queries(client, ASKED) == queries(client, f"{ASKED}&{many}") == 3

    def test_leads_to_feeds_too(self, client: Client, cast: Cast) -> None:
        published(cast)
        assert {"/topics/records/feed.rss", "/feeds/latest.rss"} <= read(client, ASKED).links().keys()


class TestRegistering:
    def test_owes_one_mail_in_the_fast_lane(self, client: Client) -> None:
        answer = ask(client)
        assert (answer.status_code, answer.headers["Location"]) == (302, INBOX)
        assert not answer.cookies
        delivery = Delivery.objects.select_related("notice", "letter", "registration").get()
        assert (delivery.lane, delivery.state, delivery.letter.variant) == ("fast", "ready", "confirm")
        assert delivery.registration is not None and delivery.registration.address == ADDRESS
        notice = delivery.notice
        assert notice.key == f"registration:{delivery.registration.pk}"
        assert notice.fanned_out_at is not None and notice.eligible == 1
        assert not Notice.objects.to_fan_out().exists()

    def test_keeps_what_was_chosen(self, client: Client, cast: Cast) -> None:
        published(cast)
        ask(client, topic="records", section="local-government", author="ada-quill", frequency="weekly")
        asked = Registration.objects.get()
        assert asked.frequency == Frequency.WEEKLY
        assert asked.choices == {
            "everything": False,
            "topics": [topic().pk],
            "sections": [section().pk],
            "authors": [author().pk],
        }

    def test_leads_to_a_page_that_names_nobody(self, client: Client) -> None:
        assert ADDRESS not in read(client, INBOX).response.text

    def test_answers_a_machine_the_same_and_keeps_nothing(self, client: Client) -> None:
        person, machine = ask(client), ask(client, "other@example.org", subject="Cheap watches")
        assert (person.status_code, person.headers["Location"], person.content) == (
            machine.status_code,
            machine.headers["Location"],
            machine.content,
        )
        assert mails() == Registration.objects.count() == 1

    def test_takes_a_domain_in_any_script(self, client: Client) -> None:
        assert ask(client, "reader@bücher.example").status_code == 302
        ask(client, "READER@xn--bcher-kva.example")
        assert mails() == 1


class TestRefusing:
    @pytest.mark.parametrize(
        "address",
        [
            *(
                "reader",
                "reader@",
                "@example.org",
                "reader@localhost",
                "reader@[192.0.2.1]",
                "a b@example.org",
            ),
            *("réader@example.org", '"reader"@example.org', "reader@example.org\r\nBcc: other@example.org"),
            *("reader@example.org\nother", "reader@exam\x00ple.org", "reader@example.org, other@example.org"),
            *("reader@-example.org", f"reader@{'ü' * 60}.example", "reader@example..org"),
        ],
    )
    def test_what_is_no_address(self, client: Client, address: str) -> None:
        assert refused(client, address=address) == ["Enter an e-mail address such as name@example.org."]

    @pytest.mark.parametrize("address", ["a" * 10_000, "a" * 65 + "@example.org", f"a@{'b.' * 125}org"])
    def test_a_long_one(self, client: Client, address: str) -> None:
        assert refused(client, address=address) == ["Enter an e-mail address of at most 254 characters."]

    def test_nothing_filled_in(self, client: Client) -> None:
        said = refused(client, address="", everything="", frequency="")
        assert said == ["Enter your e-mail address.", "Choose how often.", "Choose what to follow."]

    def test_what_nobody_offered(self, client: Client, cast: Cast) -> None:
        published(cast)
        gone = "that you chose has no stories any more. See what is left."
        for kind in ("topic", "author", "section"):
            for slug in ("no-such-thing", "\x00", "x" * 10_000, "<b>"):
                assert refused(client, **{kind: slug}) == [f"One of the {kind}s {gone}"]
        assert refused(client, frequency="hourly") == ["Choose how often."]
        assert refused(client, wording="99") == ["Read the sentence above the button, then press it again."]

    def test_more_than_anybody_follows(self, client: Client, cast: Cast) -> None:
        published(cast, topics=[topic(f"Topic {number}") for number in range(25)])
        many = [f"topic-{number}" for number in range(25)]
        assert refused(client, topic=many) == ["Choose at most 20 topics at a time."]
        assert ask(client, topic=[f"t{number}" for number in range(1_000)]).status_code in {400, 422}

    def test_keeps_what_was_typed(self, client: Client, cast: Cast) -> None:
        published(cast)
        answer = ask(client, "reader@", page=ASKED, topic="records", frequency="weekly")
        page = Read(answer, assert_valid_html(answer.content))
        assert ticked(page) == {("topic", "records"), ("frequency", "weekly")}
        assert {"Ada Quill", "Local Government"} <= set(
            page.words().split("  ")
        ) or "Ada Quill" in page.words()
        assert page.main.find(".//input[@name='address']").get("value") == "reader@"  # type: ignore[union-attr]


class TestWhereItComesFrom:
    """No cookie, so no token: the browser's own word is asked (docs/decisions/0031)."""

    @pytest.mark.parametrize(
        "headers",
        [
            *({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}),
            *({"Origin": "https://other.example"}, {"Origin": "null"}),
            {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        ],
    )
    def test_another_site_gets_nothing(self, client: Client, headers: dict[str, str]) -> None:
        for path in ("/alerts/", "/alerts/manage/"):
            said = {"address": ADDRESS, "frequency": "daily", "everything": "on"}
            answer = client.post(path, said, headers=headers)
            assert answer.status_code == 403
            assert "another site" in answer.text
        assert mails() == 0

    @pytest.mark.parametrize(
        "headers",
        [{}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}, {"Sec-Fetch-Site": "none"}],
    )
    def test_our_page_needs_no_cookie(self, headers: dict[str, str]) -> None:
        client = Client(enforce_csrf_checks=True)
        said = {"address": ADDRESS, "frequency": "daily", "everything": "on"}
        assert client.post("/alerts/", said, headers=headers).status_code == 302
        assert mails() == 1
