"""Arranging the front page on the desk: steps, choosing, putting it there, conflicts, and putting an old one back."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest
import time_machine
from django.test import Client

from articles.desk.front_page import Pick, Picks, Place, picks_of, put
from articles.models import Arrangement, Placement, Story
from tests.articles.admin.desk_pages import LATER, signed_in
from tests.html import words
from tests.newsdesk import NOW, Cast, draft, published, scheduled, section
from tests.pages.reading import fill

pytestmark = pytest.mark.django_db

PAGE = "/admin/articles/front/"


@pytest.fixture
def client(cast: Cast) -> Client:
    return signed_in(cast.editor)


def step(client: Client, do: str, **picks: int) -> dict[str, str]:
    """Press a button on a proposal; what the next address says."""
    said = {"seen": 0, "do": do} | {f"{name.replace('_', '-')}-story": story for name, story in picks.items()}
    answer = client.post(PAGE, said)
    assert answer.status_code == 303
    return {name: value for name, [value] in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def parsed(html: bytes) -> Element:
    tree: Element = html5lib.parse(html.decode(), namespaceHTMLElements=False)
    return tree


def in_force() -> Picks:
    return picks_of(Placement.objects.in_force())


class TestSteps:
    def test_move_a_pick_and_what_stood_there_takes_its_place(self, client: Client) -> None:
        after = step(client, "up:place-1:7", place_0=5, place_1=7)
        assert (after["place-0-story"], after["place-1-story"]) == ("7", "5")
        assert after["at"] == "up:place-0"

    def test_pick_what_stood_by_itself_where_it_is_moved_to(self, client: Client) -> None:
        after = step(client, "down:place-2:7")
        assert after["place-3-story"] == "7"
        assert "place-2-story" not in after

    def test_end_at_the_ends(self, client: Client) -> None:
        assert step(client, "up:place-0:7", place_0=7)["place-0-story"] == "7"
        assert step(client, "down:place-6:7", place_6=7)["place-6-story"] == "7"

    def test_keep_and_let_go(self, client: Client) -> None:
        assert step(client, "keep:place-4:9")["place-4-story"] == "9"
        assert "place-4-story" not in step(client, "clear:place-4", place_4=9)

    def test_never_move_an_advertisement_into_the_lead(self, client: Client, cast: Cast) -> None:
        paid = published(cast, headline="Paid for", kind="sponsored")
        after = step(client, f"up:place-1:{paid.pk}", place_1=paid.pk)
        assert after["place-1-story"] == str(paid.pk)

    def test_change_nothing_readers_see(self, client: Client) -> None:
        step(client, "keep:place-0:9")
        assert not Arrangement.objects.exists()


class TestThePage:
    def test_says_of_each_place_whether_it_is_picked(self, client: Client, cast: Cast) -> None:
        live, coming = published(cast, headline="Live"), scheduled(cast, headline="Soon", at=LATER, now=NOW)
        put({Place(): Pick(coming.pk)}, by=cast.editor, now=NOW, seen=0)
        with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
            text = words(parsed(client.get(PAGE).content))
        assert "Soon Picked Scheduled for 23 November 2026, 10:30 Until then by itself: “Live”" in text
        assert live.pk

    def test_puts_it_on_the_front_page(self, client: Client, cast: Cast) -> None:
        story = published(cast)
        data = {"seen": 0, "do": "put", "place-2-story": story.pk, "place-2-until": "2030-01-01T06:00"}
        assert client.post(PAGE, data).headers["Location"] == PAGE
        [(place, pick)] = in_force().items()
        assert (place, pick.story_id) == (Place(position=2), story.pk)
        assert pick.until is not None and pick.until.year == 2030

    def test_says_of_a_pick_that_its_time_has_passed(self, client: Client, cast: Cast) -> None:
        story = published(cast, headline="Live")
        answer = client.get(f"{PAGE}?seen=0&place-0-story={story.pk}&place-0-until=2026-11-01T06:00:00Z")
        assert "This time has passed" in answer.text
        refused = client.post(
            PAGE, {"seen": 0, "do": "put", "place-0-story": story.pk, "place-0-until": "2026-11-01T06:00"}
        )
        assert (refused.status_code, "has passed. Change it" in refused.text) == (422, True)

    def test_marks_a_time_that_cannot_be_and_keeps_the_rest(self, client: Client, cast: Cast) -> None:
        story = published(cast)
        data = {"seen": 0, "do": "put", "place-0-story": story.pk, "place-0-until": "soon"}
        answer = client.post(PAGE, data)
        assert answer.status_code == 422
        assert "This is no date and time" in answer.text
        assert f'name="place-0-story" value="{story.pk}"' in answer.text
        assert not Arrangement.objects.exists()

    def test_answers_an_address_that_names_nothing_with_a_sentence(self, client: Client) -> None:
        for path in (
            f"{PAGE}?seen=x",
            f"{PAGE}?seen=0&place-0-story=-1",
            f"{PAGE}?seen=0&place-0-story=9999999999999999999999",
            f"{PAGE}?back=x",
            f"{PAGE}choose/?seen=0&place=nowhere",
            f"{PAGE}preview/",
            f"{PAGE}preview/?seen=0&on=9999-12-31T23:59:59-14:00",
        ):
            answer = client.get(path)
            assert (answer.status_code, "names no" in answer.text) == (400, True), path
        assert client.post(PAGE, {"do": "put"}).status_code == 400
        assert client.get(f"{PAGE}?back=77").status_code == 404
        assert client.get(f"{PAGE}?seen=0&place-0-story=77").status_code == 200


class TestConflict:
    def test_shows_both_and_changes_nothing(self, client: Client, cast: Cast) -> None:
        mine, theirs = published(cast, headline="Mine"), published(cast, headline="Theirs")
        put({Place(): Pick(theirs.pk)}, by=cast.second_editor, now=NOW, seen=0)
        answer = client.post(PAGE, {"seen": 0, "do": "put", "place-0-story": mine.pk})
        assert answer.status_code == 409
        page = parsed(answer.content)
        assert ["Lead", "Theirs", "Mine"] in [[words(cell) for cell in row] for row in page.iter("tr")]
        assert in_force() == {Place(): Pick(theirs.pk)}
        on = next(a.get("href", "") for a in page.iter("a") if words(a) == "Go on with mine")
        said = {name: value for name, [value] in parse_qs(urlsplit(on).query).items()}
        assert client.post(PAGE, {**said, "do": "put"}).status_code == 302
        assert in_force() == {Place(): Pick(mine.pk)}


class TestChoosing:
    def url(self, place: str = "place-0", **more: str) -> str:
        return f"{PAGE}choose/?seen=0&place={place}" + "".join(f"&{k}={v}" for k, v in more.items())

    def test_finds_live_and_scheduled_stories(self, client: Client, cast: Cast) -> None:
        published(cast, headline="Zebra crossing opens")
        scheduled(cast, headline="Zebra budget", at=LATER, now=NOW)
        draft(cast.editor, headline="Zebra draft")
        with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
            text = client.get(self.url(q="zeb")).text
            assert "Zebra crossing opens" in text and "Zebra budget" in text
            assert "Zebra draft" not in text
            assert "Zebra crossing" in client.get(self.url(q="/articles/zebra-crossing-opens/")).text

    def test_offers_no_story_to_those_who_may_not_know_of_it(self, cast: Cast) -> None:
        secret = scheduled(cast, headline="Zebra inquiry", at=LATER, now=NOW)
        Story.objects.filter(pk=secret.pk).update(restricted=True)
        with time_machine.travel(NOW, tick=False):
            # The editor made it; the second editor may not know of it, wherever it is picked or looked for.
            put({Place(): Pick(secret.pk)}, by=cast.editor, now=NOW, seen=0)
            mine, other = signed_in(cast.editor), signed_in(cast.second_editor)
            later = f"{PAGE}preview/?seen=1&place-0-story={secret.pk}&on=2026-11-24T00:00:00Z"
            for path in (self.url(), self.url(q="zebra"), PAGE, f"{PAGE}record/", later):
                assert "Zebra inquiry" in mine.get(path).text, path
                assert "Zebra inquiry" not in other.get(path).text, path

    def test_offers_a_band_its_own_section(self, client: Client, cast: Cast) -> None:
        health = section("Health", "health")
        published(cast, headline="Of health", section=health), published(cast, headline="Of councils")
        text = client.get(self.url(f"band-{health.pk}")).text
        assert "Of health" in text and "Of councils" not in text


class TestPreview:
    def test_is_the_front_page_as_it_would_be(self, client: Client, cast: Cast) -> None:
        stories = fill(4)
        answer = client.get(f"{PAGE}preview/?seen=0&place-0-story={stories[3].pk}")
        assert answer.text.index("Story 3 of the archive") < answer.text.index("Story 0 of the archive")
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert "no-store" in answer.headers["Cache-Control"]

    def test_shows_what_a_scheduled_pick_will_do(self, client: Client, cast: Cast) -> None:
        coming = scheduled(cast, headline="Coming", at=LATER, now=NOW)
        at = f"{PAGE}preview/?seen=0&place-0-story={coming.pk}"
        with time_machine.travel(NOW, tick=False):
            assert "Coming" not in client.get(at).text
            assert "Coming" in client.get(f"{at}&on={LATER:%Y-%m-%dT%H:%M:%SZ}").text


class TestRecord:
    def test_tells_each_change_and_puts_an_arrangement_back(self, client: Client, cast: Cast) -> None:
        one, two = published(cast, headline="One"), published(cast, headline="Two")
        put({Place(): Pick(one.pk)}, by=cast.editor, now=NOW, seen=0)
        put({Place(): Pick(two.pk)}, by=cast.manager, now=NOW, seen=1)
        page = parsed(client.get(f"{PAGE}record/").content)
        assert "Lead: “One” → became “Two”" in words(page)
        [back] = [a.get("href", "") for a in page.iter("a") if "?back=" in a.get("href", "")]
        assert 'name="restores" value="1"' in client.get(back).text
        client.post(PAGE, {"seen": 2, "restores": 1, "do": "put", "place-0-story": one.pk})
        assert in_force() == {Place(): Pick(one.pk)}
        assert "Put back: arrangement 1" in client.get(f"{PAGE}record/").text
