"""Corrections in the open (drill B13): the note on the story, in what machines read, and in the list of all of them."""

import json
from datetime import timedelta
from itertools import chain
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from articles.desk import workflow
from articles.models import Edition, Story
from articles.views.corrections import PAGE_SIZE
from tests.newsdesk import (
    MINUTE,
    NOW,
    Cast,
    approve,
    change,
    draft,
    picture,
    published,
    republished,
    scheduled,
)
from tests.pages.reading import HOSTILE, Read, queries, read, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

BEFORE = NOW - timedelta(days=1)
TOMORROW = NOW + timedelta(days=1)
NOTE = "We said ten councils; there are eleven."


def corrected(cast: Cast, *, kind: str = "correction", note: str = NOTE, **fields: Any) -> Story:
    """A story published yesterday and changed a minute ago."""
    story = published(cast, now=BEFORE, **fields)
    republished(
        story,
        cast,
        now=NOW - MINUTE,
        standfirst="Eleven of them.",
        change_kind=kind,
        public_note=note if kind != "update" else "",
    )
    return story


def said_to_machines(page: Read) -> dict[str, Any]:
    block = page.tree.find(".//script[@type='application/ld+json']")
    assert block is not None and block.text is not None
    found: dict[str, Any] = json.loads(block.text)
    return found


class TestTheNote:
    def test_stands_on_the_story_with_its_date(self, client: Client, cast: Cast) -> None:
        page = read(client, f"/articles/{corrected(cast).slug}/")
        assert "Correction, 23 November 2026" in page.headings(2)
        assert NOTE in page.words()
        assert "Updated 23 November 2026, 09:29" in page.words()

    def test_is_told_to_machines(self, client: Client, cast: Cast) -> None:
        said = said_to_machines(read(client, f"/articles/{corrected(cast).slug}/"))
        assert [comment["text"] for comment in said["correction"]] == [NOTE]
        assert said["dateModified"] == "2026-11-23T09:29:00+00:00"
        assert said["author"][0]["jobTitle"] == "Managing Editor"

    @pytest.mark.parametrize("kind", ["rss", "atom"])
    def test_is_in_the_feeds(self, client: Client, cast: Cast, kind: str) -> None:
        corrected(cast)
        assert "eleven." in client.get(f"/feeds/latest.{kind}").text

    def test_of_a_retraction_says_so_first(self, client: Client, cast: Cast) -> None:
        page = read(client, f"/articles/{corrected(cast, kind='retraction').slug}/")
        assert "This story was retracted on 23 November 2026" in page.headings(2)

    def test_of_a_retraction_stays_above_later_ones(self, client: Client, cast: Cast) -> None:
        story = corrected(cast, kind="retraction")
        for at, note in ((NOW - MINUTE / 2, "The first."), (NOW, "The second.")):
            republished(story, cast, now=at, kicker=note, change_kind="clarification", public_note=note)
        page = read(client, f"/articles/{story.slug}/")
        notices = page.tree.findall(".//section[@aria-label]")
        told = [notice.findtext("p") for notice in notices if "notice" in notice.get("class", "")]
        assert told == [NOTE, "The second.", "The first."]

    @pytest.mark.parametrize("kind", ["typo", "update"])
    def test_is_not_made_of_smaller_changes(self, client: Client, cast: Cast, kind: str) -> None:
        page = read(client, f"/articles/{corrected(cast, kind=kind, note='').slug}/")
        said = said_to_machines(page)
        assert "correction" not in said
        assert ("dateModified" in said) == ("Updated" in page.words()) == (kind == "update")

    def test_cannot_break_out_of_its_block(self, client: Client, cast: Cast) -> None:
        note = f"</script>{HOSTILE}"
        page = read(client, f"/articles/{corrected(cast, note=note).slug}/")
        assert said_to_machines(page)["correction"][0]["text"] == note
        assert len(page.tree.findall(".//script[@type]")) == 1

    @pytest.mark.parametrize(
        "path", ["/articles/{}/", "/feeds/latest.rss", "/feeds/latest.atom", "/corrections/"]
    )
    def test_goes_with_the_edition_that_is_withheld(self, client: Client, cast: Cast, path: str) -> None:
        story = corrected(cast)
        noted = story.editions.order_by("published_at").last()
        republished(story, cast, now=NOW, kicker="New", change_kind="typo")
        address = path.format(story.slug)
        assert NOTE in client.get(address).text
        details = {"edition": noted.pk, "kind": "legal", "public_note": ""}
        workflow.perform(story, "withhold", by=cast.manager, now=NOW, note="Order 12", **details)
        assert NOTE not in client.get(address).text
        assert NOTE not in client.get(f"/admin/articles/story/{story.pk}/preview/").text

    def test_costs_no_query(self, client: Client, cast: Cast) -> None:
        plain = published(cast, now=BEFORE, headline="Never changed")
        asked = queries(client, f"/articles/{plain.slug}/")
        assert queries(client, f"/articles/{corrected(cast).slug}/") == asked <= 3

    def test_of_a_typing_error_does_not_make_a_feed_entry_new(self, client: Client, cast: Cast) -> None:
        corrected(cast, kind="typo", note="")
        entry = etree.fromstring(client.get("/feeds/latest.atom").content).find("{*}entry")
        assert entry is not None
        assert entry.findtext("{*}updated") == entry.findtext("{*}published")

    def test_leaves_the_old_text_to_staff(self, client: Client, cast: Cast) -> None:
        story = corrected(cast)
        client.force_login(cast.editor)
        assert (
            "A single store replaces eleven."
            in client.get(f"/admin/articles/story/{story.pk}/revisions/1/preview/").text
        )


class TestTheList:
    def test_has_every_note_newest_first_with_its_story(self, client: Client, cast: Cast) -> None:
        story = corrected(cast, headline="Ten councils")
        republished(
            story, cast, now=NOW, kicker="New", change_kind="clarification", public_note="In England."
        )
        page = read(client, "/corrections/")
        assert page.headings(2) == ["Ten councils", "Ten councils"]
        words = page.words()
        assert words.index("In England.") < words.index(NOTE)
        assert page.links()[f"/articles/{story.slug}/"] == "Ten councils"

    def test_is_there_before_there_is_any(self, client: Client) -> None:
        assert "Nothing has been corrected yet." in read(client, "/corrections/").words()

    def test_leaves_out_typing_errors_and_updates(self, client: Client, cast: Cast) -> None:
        corrected(cast, kind="typo", note="")
        corrected(cast, kind="update", note="", headline="Another")
        assert read(client, "/corrections/").headings(2) == []

    def test_has_a_scheduled_one_from_its_minute_on(self, client: Client, cast: Cast) -> None:
        story = published(cast, now=BEFORE)
        fields = {"kicker": "New", "change_kind": "correction", "public_note": NOTE}
        change(story, by=cast.editor, now=BEFORE, **fields)
        workflow.perform(story, "submit", by=cast.editor, now=BEFORE)
        approve(story, cast, now=BEFORE)
        workflow.perform(story, "schedule", by=cast.manager, now=BEFORE, at=TOMORROW)
        assert read(client, "/corrections/").headings(2) == []
        workflow.perform(story, "unschedule", by=cast.manager, now=NOW)
        workflow.perform(story, "schedule", by=cast.manager, now=NOW - 2 * MINUTE, at=NOW - MINUTE)
        assert NOTE in read(client, "/corrections/").words()

    def test_loses_what_is_taken_down_and_has_it_back_once(self, client: Client, cast: Cast) -> None:
        story = corrected(cast)
        removal = {"kind": "error", "public_note": "Untrue."}
        workflow.perform(story, "take_down", by=cast.manager, now=NOW - MINUTE / 2, **removal)
        assert read(client, "/corrections/").headings(2) == []
        workflow.perform(story, "reinstate", by=cast.manager, now=NOW)
        assert len(read(client, "/corrections/").headings(2)) == 1

    def test_pages_by_key_and_asks_as_much_for_fifty_as_for_one(self, client: Client, cast: Cast) -> None:
        corrected(cast, headline="First")
        one = queries(client, "/corrections/")
        for number in range(PAGE_SIZE + 3):
            corrected(cast, headline=f"Story {number}")
        assert queries(client, "/corrections/") == one <= 5
        page = read(client, "/corrections/")
        assert len(page.headings(2)) == PAGE_SIZE
        older = next(url for url, words in page.links().items() if words == "Older corrections")
        assert len(read(client, older).headings(2)) == 4

    @pytest.mark.parametrize("before", ["bad", "AAAAAAAAAAAAAAAAAAAAAA", ""])
    def test_knows_no_other_places(self, client: Client, cast: Cast, before: str) -> None:
        corrected(cast)
        assert client.get("/corrections/", {"before": before}).status_code == 404


class TestHistory:
    def _page(self, client: Client, story: Story, status: int = 200) -> Read:
        return read(client, f"/articles/{story.slug}/history/", status)

    def test_tells_every_edition_and_the_words_that_changed(self, client: Client, cast: Cast) -> None:
        page = self._page(client, corrected(cast))
        assert page.headings(2) == ["Correction", "First published"]
        assert NOTE in page.words()
        changed = [words.strip() for kind in ("ins", "del") for words in _marked(page, kind)]
        assert any("Eleven of them." in words for words in changed)

    def test_names_pictures_by_what_they_show(self, client: Client, cast: Cast) -> None:
        story = published(cast, now=BEFORE, lead_image=picture(alt="A hall"))
        republished(story, cast, now=NOW, lead_image=picture(alt="A bridge"), change_kind="typo")
        page = self._page(client, story)
        assert "Picture removed: A hall" in page.words()
        assert "added: A bridge" in page.words()
        assert story.lead_image.key not in page.response.content.decode()

    def test_says_so_where_no_words_changed(self, client: Client, cast: Cast) -> None:
        story = published(cast, slug="first", now=BEFORE)
        republished(story, cast, now=NOW, slug="second", change_kind="typo")
        assert "No words on the page changed." in self._page(client, story).words()

    def test_is_linked_from_a_story_that_has_one(self, client: Client, cast: Cast) -> None:
        story = corrected(cast, kind="typo", note="")
        address = f"/articles/{story.slug}/history/"
        assert address in read(client, f"/articles/{story.slug}/").links()
        other = published(cast, headline="Only once")
        assert not any("history" in url for url in read(client, f"/articles/{other.slug}/").links())

    def test_knows_nothing_of_what_is_to_come(self, client: Client, cast: Cast) -> None:
        story = published(cast, now=BEFORE)
        change(story, by=cast.editor, now=BEFORE, kicker="Secret", change_kind="update")
        workflow.perform(story, "submit", by=cast.editor, now=BEFORE)
        approve(story, cast, now=BEFORE)
        workflow.perform(story, "schedule", by=cast.manager, now=BEFORE, at=TOMORROW)
        assert self._page(client, story).headings(2) == ["First published"]
        workflow.perform(story, "unschedule", by=cast.manager, now=NOW)
        assert "Secret" not in self._page(client, story).words()

    def test_shows_no_word_of_what_is_withheld(self, client: Client, cast: Cast) -> None:
        story = corrected(cast)
        first = story.editions.order_by("published_at").first()
        details = {"edition": first.pk, "kind": "legal", "public_note": "By order of a court."}
        removal = {"kind": "legal", "public_note": "An order."}
        workflow.perform(story, "withhold", by=cast.manager, now=NOW, note="Order 12", **details)
        page = self._page(client, story)
        assert "Withheld for legal reasons on 23 November 2026" in page.words()
        assert "the version before is withheld" in page.words()
        assert "A single store" not in page.words()
        assert "Eleven of them." not in page.words()
        workflow.perform(story, "take_down", by=cast.manager, now=NOW, **removal)
        assert self._page(client, story, 410)

    def test_answers_as_the_story_does_once_it_is_gone(self, client: Client, cast: Cast) -> None:
        story = corrected(cast)
        workflow.perform(story, "take_down", by=cast.manager, now=NOW, kind="error", public_note="Untrue.")
        gone = self._page(client, story, 410)
        assert "Untrue." in gone.words()
        assert "Eleven" not in gone.words()

    def test_of_a_withdrawn_story_says_when(self, client: Client, cast: Cast) -> None:
        story = corrected(cast)
        details = {"kind": "withdrawn", "public_note": "It no longer holds."}
        workflow.perform(story, "take_down", by=cast.manager, now=NOW, **details)
        assert self._page(client, story).headings(2)[0] == "Withdrawn"

    def test_moves_with_the_story(self, client: Client, cast: Cast) -> None:
        story = published(cast, slug="first", now=BEFORE)
        republished(story, cast, now=NOW, slug="second", change_kind="typo")
        answer = client.get("/articles/first/history/")
        assert (answer.status_code, answer["Location"]) == (301, "/articles/second/history/")

    def test_of_an_unknown_story_is_any_unknown_page(self, client: Client, cast: Cast) -> None:
        never_live = draft(cast.editor, slug="a-draft")
        scheduled(cast, at=TOMORROW, slug="to-come")
        unknown = client.get("/articles/no-such-story/history/")
        assert never_live.slug == "a-draft"
        for slug in ("a-draft", "to-come"):
            answer = client.get(f"/articles/{slug}/history/")
            assert (answer.status_code, answer.content) == (404, unknown.content)

    def test_asks_little_and_pages_by_key(self, client: Client, cast: Cast) -> None:
        story = published(cast, now=BEFORE)
        for number in range(12):
            at = BEFORE + timedelta(minutes=10 * (number + 1))
            republished(story, cast, now=at, kicker=f"Kicker {number}", change_kind="typo")
        address = f"/articles/{story.slug}/history/"
        assert queries(client, address) <= 5
        page = read(client, address)
        assert len(page.headings(2)) == 10
        older = next(url for url, words in page.links().items() if words == "Older versions")
        assert read(client, older).headings(2)[-1] == "First published"
        assert Edition.objects.filter(story=story).count() == 13

    def test_shows_fewer_versions_a_page_where_they_are_long(
        self, client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        story = published(cast, now=BEFORE)
        for number in range(4):
            at = BEFORE + timedelta(minutes=10 * (number + 1))
            republished(story, cast, now=at, kicker=f"Kicker {number}", change_kind="typo")
        two_pairs = 4 * len(story.editions.first().content) + 100
        address, told = f"/articles/{story.slug}/history/", []
        for most in (two_pairs, 0):
            monkeypatch.setattr("articles.views.history.MOST_COMPARED", most)
            told.append(walk(client, address, on="Older versions"))
        assert [len(page) for page in told[0]] == [2, 3]
        assert [len(page) for page in told[1]] == [1, 1, 1, 1, 1]
        every = ["Typo or style"] * 4 + ["First published"]
        assert [list(chain(*pages)) for pages in told] == [every, every]


def _marked(page: Read, kind: str) -> list[str]:
    return ["".join(found.itertext()) for found in page.main.iter(kind)]
