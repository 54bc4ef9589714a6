"""Preferences by link: change, pause, take along, erase; nothing without a POST, nothing from another site."""

import json
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client

from alerts.leaving import leave
from alerts.links import manage_path
from alerts.models import Consent, Frequency, Leaving, Letter, Subscriber, Subscription
from alerts.tokens import Purpose, token
from articles import navigation
from tests.alerts.readers import READER, follow, owed, reader
from tests.newsdesk import MINUTE, NOW, author, published, section, topic
from tests.pages.reading import queries, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

LATER = NOW + MINUTE


@pytest.fixture
def today():
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def browser() -> Client:
    """A browser on our own page, without a cookie."""
    return Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "same-origin", "origin": "null"})


@pytest.fixture
def one(cast) -> Subscriber:
    """Follows everything daily, a topic at once."""
    published(cast)
    navigation.forget()
    someone = reader()
    follow(someone)
    follow(someone, topic(), Frequency.AT_ONCE)
    return someone


def send(browser: Client, one: Subscriber, **said) -> str:
    """Press a button; give the words of the page one ends on, which must be sound."""
    answer = browser.post(manage_path(one), {name.replace("_", "-"): value for name, value in said.items()})
    if answer.status_code == 302:
        return read(browser, answer.headers["Location"]).words()
    assert not answer.cookies
    return unescape(answer.text)


def saving(one: Subscriber, **often: str) -> dict[str, object]:
    return {"act": "save", "hour": 7, "weekday": 0, **often}


def now_followed(one: Subscriber) -> dict[str, str]:
    rows = one.subscriptions.current()
    return {row.follows: row.frequency for row in rows}


def consents(one: Subscriber) -> int:
    return one.consents.filter(act=Consent.Act.CHANGED).count()


class TestThePage:
    def test_shows_what_one_gets(self, browser, one):
        page = read(browser, manage_path(one))
        assert READER in page.words()
        chosen = [option.text for option in page.main.iter("option") if "selected" in option.attrib]
        assert chosen == ["Daily", "At once", "07:00", "Monday"]
        assert "Records (topic)" in page.words()

    def test_leads_a_mail_to_one_thing(self, browser, one):
        page = read(browser, manage_path(one))
        assert page.main.find(f".//select[@id='often-topic-{topic().pk}']") is not None

    def test_is_kept_by_nobody_and_changes_nothing(self, browser, one):
        before = list(Subscriber.objects.values()), Consent.objects.count()
        for ask in (browser.get, browser.head):
            for path in ("", "erase/", "download/", "?act=save&done=saved"):
                answer = ask(manage_path(one) + path)
                assert answer.status_code == 200
                assert answer.headers["Cache-Control"] == "private, no-store"
        assert before == (list(Subscriber.objects.values()), Consent.objects.count())

    def test_costs_the_same_however_much_is_followed(self, browser, one):
        few = queries(browser, manage_path(one))
        for number in range(20):
            follow(one, topic(f"Topic {number}"))
        assert queries(browser, manage_path(one)) == few <= 6

    def test_is_for_who_has_this_link_alone(self, browser, one):
        for given in (token(one, Purpose.UNSUBSCRIBE), token(one, Purpose.MANAGE)[:-1], "x"):
            for path in ("", "download/", "erase/"):
                answer = browser.get(f"/alerts/manage/{given}/{path}")
                assert answer.status_code == 404
                assert b"This link is not whole" in answer.content

    def test_says_who_has_left(self, browser, one):
        leave(one, reason=Leaving.UNSUBSCRIBED, how="", now=NOW)
        assert "You have already left" in read(browser, manage_path(one)).words()
        assert "You have already left" in send(browser, one, act="resume")


class TestChanging:
    def test_another_frequency_is_another_subscription(self, browser, one):
        words = send(browser, one, **saving(one, everything="weekly"))
        assert "Your changes are saved." in words
        assert now_followed(one) == {"everything": "weekly", "topic": "at_once"}
        old = one.subscriptions.get(follows="everything", frequency="daily")
        assert (old.ended_at, old.ended_reason) == (LATER, "changed")

    def test_one_thing_can_be_stopped(self, browser, one):
        send(browser, one, **saving(one, **{f"topic_{topic().pk}": "stop"}))
        assert now_followed(one) == {"everything": "daily"}
        assert one.subscriptions.get(follows="topic").ended_reason == "stopped"

    def test_digests_come_at_another_hour(self, browser, one):
        send(browser, one, act="save", hour=18, weekday=4)
        one.refresh_from_db()
        assert (one.hour, one.weekday) == (18, 4)

    def test_is_kept_as_a_consent_with_the_choices_after_it(self, browser, one):
        send(browser, one, **saving(one, everything="weekly"))
        kept = Consent.objects.latest("pk")
        assert (kept.act, kept.how, kept.wording) == ("changed", "/alerts/manage/", 1)
        assert kept.choices["follows"] == {"everything": "weekly", f"topic-{topic().pk}": "at_once"}
        assert (kept.asked_at, kept.confirmed_at, len(kept.source_hash)) == (LATER, LATER, 64)

    def test_of_nothing_is_none(self, browser, one):
        send(browser, one, **saving(one, everything="daily"))
        assert consents(one) == 0 and one.subscriptions.count() == 2

    def test_from_an_old_page_leaves_alone_what_that_does_not_show(self, browser, one):
        send(browser, one, **saving(one, section_999="stop", author_999="daily"))
        assert now_followed(one) == {"everything": "daily", "topic": "at_once"}

    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ({"everything": "hourly"}, "Choose how often “Everything we publish” is to come."),
            ({"hour": "24"}, "Choose an hour from the list."),
            ({"weekday": "Monday"}, "Choose a day from the list."),
            ({"hour": ""}, "Choose an hour."),
        ],
    )
    def test_says_what_is_wrong(self, browser, one, said, words):
        answer = browser.post(manage_path(one), {**saving(one), **said})
        assert answer.status_code == 400
        assert words in unescape(answer.text) and "<title>Error: " in answer.text
        assert consents(one) == 0

    def test_is_refused_to_another_site(self, one):
        for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
            answer = Client(headers=headers).post(manage_path(one), saving(one, everything="stop"))
            assert answer.status_code == 403
        assert now_followed(one) == {"everything": "daily", "topic": "at_once"}

    def test_by_an_act_that_is_none_is_refused(self, browser, one):
        assert browser.post(manage_path(one), {"act": "delete"}).status_code == 400
        assert browser.post(manage_path(one)).status_code == 400

    def test_leaves_no_gap_between_two_frequencies(self, browser, one):
        send(browser, one, **saving(one, everything="weekly"))
        everything = Subscription.objects.at(LATER).filter(follows="everything")
        assert [row.frequency for row in everything] == ["weekly"]


class TestFollowingMore:
    def test_takes_sections_a_topic_and_an_author(self, browser, one):
        said = {"sections": section().pk, "topic": "records", "author": "ADA QUILL", "frequency": "weekly"}
        assert "You follow that now too." in send(browser, one, act="follow", **said)
        assert now_followed(one) == {
            "everything": "daily",
            "section": "weekly",
            "topic": "weekly",  # was at once
            "author": "weekly",
        }
        assert one.subscriptions.current().get(follows="author").author == author()

    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ({}, "Choose what to follow, or type the name of a topic or an author."),
            ({"topic": "Nothing"}, "We have no topic called “Nothing”."),
            ({"topic": "<b>&\x00"}, "Type the name in letters."),
            ({"topic": "x" * 121}, "Type at most 120 characters of the name."),
            ({"author": "Ben Nib"}, "We have no author called “Ben Nib”."),
            ({"sections": "999"}, "That section has no stories any more."),
            ({"topic": "Records", "frequency": "hourly"}, "Choose how often."),
        ],
    )
    def test_says_what_is_wrong(self, browser, one, said, words):
        assert words in send(browser, one, **{"act": "follow", "frequency": "daily", **said})
        assert consents(one) == 0

    def test_says_so_where_there_is_nothing_to_choose_from(self, browser):
        everything = reader("other@mail.example")
        follow(everything)
        for said in ({}, {"sections": "1"}):
            page = send(browser, everything, act="follow", frequency="daily", **said)
            assert "There is a problem" in page and 'class="field-error"' in page

    def test_names_no_topic_of_a_draft(self, browser, one):
        topic("Secret plans")
        assert "Secret plans" not in browser.get(manage_path(one)).text
        said = send(browser, one, act="follow", topic="Secret plans", frequency="daily")
        assert "We have no topic called “Secret plans”." in said

    def test_offers_the_names_of_the_latest_stories(self, browser, one):
        page = read(browser, manage_path(one))
        offered = [option.get("value") for option in page.main.findall(".//datalist/option")]
        assert offered == ["Records", "Ada Quill"]


class TestPausing:
    @pytest.mark.parametrize(
        ("until", "end", "words"),
        [
            ("week", LATER + timedelta(days=7), "until 30 November 2026"),
            ("month", LATER + timedelta(days=30), "until 23 December 2026"),
            ("open", datetime(9000, 1, 1, tzinfo=UTC), "until you come back"),
        ],
    )
    def test_lasts_as_long_as_was_said(self, browser, one, until, end, words):
        said = send(browser, one, act="pause", until=until)
        assert f"Your e-mail is paused {words}." in said
        one.refresh_from_db()
        assert one.paused_until == end
        assert not Subscriber.objects.reachable(LATER).exists()

    def test_can_be_ended(self, browser, one):
        send(browser, one, act="pause", until="open")
        assert "You get e-mail again." in send(browser, one, act="resume")
        assert Subscriber.objects.reachable(LATER).exists()
        assert consents(one) == 2

    def test_says_what_is_wrong(self, browser, one):
        assert "Choose for how long." in send(browser, one, act="pause")
        assert "Choose for how long." in send(browser, one, act="pause", until="2000")

    def test_ends_by_itself(self, browser, one):
        send(browser, one, act="pause", until="week")
        with time_machine.travel(LATER + timedelta(days=8)):
            assert "paused" not in read(browser, manage_path(one)).words()


class TestTakingAlong:
    def test_gives_all_that_is_held(self, browser, one):
        owed(one, "a", state="accepted")
        send(browser, one, act="pause", until="open")
        answer = browser.get(manage_path(one) + "download/")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="alerts.json"'
        held = json.loads(answer.content)
        assert (held["address"], held["paused_until"]) == (READER, "until you come back")
        assert [row["name"] for row in held["follows"]] == ["", "Records"]
        assert [row["what"] for row in held["consents"]] == ["Registered", "Changed their preferences"]
        assert "my address is erased" in held["consents"][0]["wording"]
        assert [row["state"] for row in held["mails"]] == ["accepted"]

    def test_says_no_word_of_a_story_that_was_taken_down_before_its_mail_left(self, browser, one):
        gone = owed(one, "edition:1", state="cancelled", reason="removed")
        sent = owed(one, "edition:2", state="accepted")
        Letter.objects.filter(pk=gone.letter_id).update(subject="A name that is gone")
        Letter.objects.filter(pk=sent.letter_id).update(subject="Council meets")
        held = browser.get(manage_path(one) + "download/").json()
        assert [row["subject"] for row in held["mails"]] == ["", "Council meets"]

    def test_is_there_until_the_address_is_erased(self, browser, one):
        leave(one, reason=Leaving.UNSUBSCRIBED, how="", now=NOW)
        assert browser.get(manage_path(one) + "download/").json()["why"] == "Left by the page"
        browser.post(manage_path(one) + "erase/")
        assert b"already left" in browser.get(manage_path(one) + "download/").content


class TestErasing:
    def test_asks_first(self, browser, one):
        page = read(browser, manage_path(one) + "erase/")
        assert [button.text for button in page.main.iter("button")] == ["Erase everything"]
        assert Subscriber.objects.get().address == READER

    def test_forgets_at_once(self, browser, one):
        answer = browser.post(manage_path(one) + "erase/")
        assert b"<h1>Everything is erased</h1>" in answer.content
        assert b"your address is erased" in answer.content
        assert Subscriber.objects.get().address == ""
        assert Consent.objects.get(act=Consent.Act.ERASED).how == "/alerts/manage/erase/"
        assert "your address is erased" in read(browser, manage_path(one)).words()

    def test_is_no_other_sites_to_do(self, one):
        elsewhere = Client(headers={"sec-fetch-site": "cross-site"})
        assert elsewhere.post(manage_path(one) + "erase/").status_code == 403
        assert Subscriber.objects.get().address == READER
