"""Search, as a reader uses it: the same stories on either database, and never one that is not live."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client

from articles.desk import workflow
from tests.newsdesk import (
    MINUTE,
    NOW,
    Cast,
    approve,
    author,
    change,
    draft,
    published,
    republished,
    scheduled,
    section,
    taken_down,
    topic,
)
from tests.pages.reading import HOSTILE, fill, queries, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

DAY = timedelta(days=1)

STORIES = {
    "store": {
        "headline": "Councils agree one store for planning records",
        "standfirst": "A single store replaces eleven.",
        "body": "<p>Procurement of the new cloud begins in May, said the council’s digital lead.</p>",
    },
    "cafe": {
        "headline": "Café culture reaches Köln’s town hall",
        "standfirst": "Bürgermeister welcomes O’Brien.",
        "body": "<p>Covid-19 grants paid for it. AT&amp;T supplies 5G.</p>",
    },
    "identity": {
        "headline": "Digital identity: what officials want",
        "standfirst": "To be or not to be verified.",
        "body": "<p>The identity service is digital. Hosting stays in the cloud.</p>",
    },
}

#: What is typed, and which of the stories say it. Held to on SQLite and on PostgreSQL.
FINDS = [
    ("council", "store"),
    ("councils", "store"),
    ("COUNCIL’S", "store"),
    ("cafe", "cafe"),
    ("koln", "cafe"),
    ("burgermeister", "cafe"),
    ("OBrien", "cafe"),
    ("o’brien", "cafe"),
    ("covid-19", "cafe"),
    ("AT&T", "cafe"),
    ("5g", "cafe"),
    ("cloud", "store identity"),
    ("cloud -hosting", "store"),
    ('cloud -"hosting stays"', "store"),
    ("digital identity", "identity"),
    ('"digital identity"', "identity"),
    ("“identity service”", "identity"),
    ('"service identity"', ""),
    ('"verified the identity"', ""),
    ("digital", "store identity"),
    ("procure*", "store"),
    ("procureme*", "store"),
    ("ident*", "identity"),
    ("id*", ""),
    ("agree -proc*", ""),
    ("cloud -stay*", "store"),
    ("the cloud", "store identity"),
    ("the", "store identity"),
    ('"to be or not to be"', "identity"),
    ("single -store", ""),
    ("planning verified", ""),
]


@pytest.fixture
def stories(cast: Cast) -> dict[str, str]:
    """The stories' headlines, each published a day before the other."""
    for number, fields in enumerate(STORIES.values()):
        fill(1, newest=NOW - DAY * (number + 1), **fields)
    return {name: fields["headline"] for name, fields in STORIES.items()}


def found(client: Client, typed: str, **limits: str) -> list[str]:
    """The headlines a reader is shown."""
    return read(client, f"/search/?{urlencode({'q': typed, **limits})}").headings(3)


class TestWhatIsFound:
    def test_is_the_same_on_either_database(self, client: Client, stories: dict[str, str]) -> None:
        names = {headline: name for name, headline in stories.items()}
        told = {typed: sorted(names[headline] for headline in found(client, typed)) for typed, _ in FINDS}
        assert told == {typed: sorted(expected.split()) for typed, expected in FINDS}

    def test_stands_newest_first(self, client: Client, stories: dict[str, str]) -> None:
        assert found(client, "cloud") == [stories["store"], stories["identity"]]

    def test_or_with_the_best_match_first(self, client: Client, cast: Cast) -> None:
        fill(1, headline="In passing", body="<p>A word on turbines at the end.</p>")
        fill(1, newest=NOW - DAY, headline="Turbines turn", body="<p>Of turbines.</p>")
        assert found(client, "turbines", sort="relevance") == ["Turbines turn", "In passing"]

    def test_is_said_by_topics_and_bylines_too(self, client: Client, cast: Cast) -> None:
        fill(1, headline="Plain", body="")
        for word in (topic().name, author().name):
            assert found(client, word) == ["Plain"]

    def test_can_be_limited(self, client: Client, cast: Cast) -> None:
        published(cast, now=NOW - DAY, headline="One records story")
        other = {
            "topics": [topic("Bees")],
            "authors": [author("Ben Nib")],
            "section": section("Health", "health"),
        }
        published(cast, now=NOW - 40 * DAY, headline="Other records story", **other)
        for name, value in (
            ("section", "health"),
            ("topic", "bees"),
            ("author", "ben-nib"),
            ("to", "2026-11-01"),
        ):
            assert found(client, "records", **{name: value}) == ["Other records story"], name
        assert found(client, "records", **{"from": "2026-11-01"}) == ["One records story"]

    def test_of_a_day_is_of_the_newsrooms_day(self, client: Client, cast: Cast) -> None:
        late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # 00:30 on the 2nd in London
        fill(1, newest=late, headline="Shortly after midnight")
        assert found(client, "midnight", **{"from": "2026-07-02", "to": "2026-07-02"})
        assert not found(client, "midnight", to="2026-07-01")

    def test_says_where_the_words_stand(self, client: Client, stories: dict[str, str]) -> None:
        page = client.get("/search/?q=procurement").text
        assert "<mark>Procurement</mark> of the new cloud" in page

    @pytest.mark.parametrize("sort", ["newest", "relevance"])
    def test_can_be_walked_to_its_end(self, client: Client, cast: Cast, sort: str) -> None:
        fill(45)
        path, told = f"/search/?q=archive&sort={sort}", []
        while path:
            page = read(client, path)
            told += page.headings(3)
            more = [address for address, words in page.links().items() if words == "More results"]
            path = f"/search/{more[0]}" if more else ""
        assert sorted(told) == sorted(f"Story {number} of the archive" for number in range(45))

    @pytest.mark.parametrize("sort", ["newest", "relevance"])
    def test_leads_back_from_a_later_page_only(self, client: Client, cast: Cast, sort: str) -> None:
        fill(21)
        first = read(client, f"/search/?q=archive&sort={sort}").links()
        assert "First results" not in first.values()
        more = next(address for address, words in first.items() if words == "More results")
        assert "First results" in read(client, f"/search/{more}").links().values()

    def test_is_counted_to_a_point(self, client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        fill(30)
        assert "30 stories found" in read(client, "/search/?q=archive").words()
        monkeypatch.setattr("articles.search.finding.COUNTED", 25)
        assert "25+ stories found" in read(client, "/search/?q=archive").words()

    def test_costs_two_queries_however_much_it_is(self, client: Client, cast: Cast) -> None:
        fill(3)
        few = queries(client, "/search/?q=archive")
        fill(30, newest=NOW - DAY)
        assert queries(client, "/search/?q=archive") == few == 2


class TestWhatIsNotLive:
    def test_is_never_found(self, client: Client, cast: Cast) -> None:
        draft(cast.editor, headline="Heron drafted")
        scheduled(cast, at=NOW + DAY, headline="Heron scheduled")
        taken_down(cast, headline="Heron removed")
        for sort in ("newest", "relevance"):
            assert found(client, "heron", sort=sort) == []

    def test_appears_at_its_time(self, client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        scheduled(cast, at=NOW + DAY, headline="Heron scheduled")
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + DAY)
        assert found(client, "heron") == ["Heron scheduled"]

    def test_of_a_story_that_changed_is_its_present_text(self, client: Client, cast: Cast) -> None:
        story = published(cast, now=NOW - DAY, headline="Heron seen")
        republished(story, cast, now=NOW, headline="Stork seen", change_kind="update")
        assert found(client, "stork") == ["Stork seen"]
        assert found(client, "heron") == []

    def test_waits_behind_what_is_in_force(self, client: Client, cast: Cast) -> None:
        story = published(cast, now=NOW - DAY, headline="Heron seen")
        change(story, by=cast.editor, now=NOW, headline="Stork seen", change_kind="update")
        workflow.perform(story, "submit", by=cast.editor, now=NOW)
        approve(story, cast, now=NOW)
        workflow.perform(story, "schedule", by=cast.manager, now=NOW, at=NOW + DAY)
        assert found(client, "heron") == ["Heron seen"]
        workflow.perform(story, "unschedule", by=cast.manager, now=NOW)
        assert found(client, "heron") == ["Heron seen"]
        assert found(client, "stork") == []

    def test_comes_back_with_a_reinstatement(self, client: Client, cast: Cast) -> None:
        story = taken_down(cast, headline="Heron removed", now=NOW - MINUTE)
        workflow.perform(story, "reinstate", by=cast.manager, now=NOW, note="It was right.")
        assert found(client, "heron") == ["Heron removed"]

    def test_nor_are_redacted_words(self, client: Client, cast: Cast) -> None:
        story = published(cast, now=NOW - DAY, body="<p>Her name is Wilhelmina.</p>")
        assert found(client, "wilhelmina")
        details = {"words": "Wilhelmina", "confirmation": "redact"}
        workflow.perform(story, "redact", by=cast.manager, now=NOW, note="Order 1", **details)
        assert not found(client, "wilhelmina")


class TestDidYouMean:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [("procuremint", "procurement"), ("diggital köln", "digital köln"), ("reechas", "reaches")],
    )
    def test_puts_slips_right(self, client: Client, cast: Cast, typed: str, meant: str) -> None:
        fill(1, headline="Digital procurement reaches Köln hall")
        page = read(client, f"/search/?{urlencode({'q': typed})}")
        assert f"Did you mean {meant}?" in page.words()

    def test_tells_nothing_of_what_is_not_live(self, client: Client, cast: Cast) -> None:
        draft(cast.editor, headline="Wilhelmina drafted")
        scheduled(cast, at=NOW + DAY, headline="Wilhelmina scheduled")
        taken_down(cast, headline="Wilhelmina removed")
        assert "Did you mean" not in read(client, "/search/?q=wilhelmin").words()


ANYTHING = [
    *(
        '"',
        '""',
        "(",
        "*",
        "**",
        "-",
        "--",
        '-"',
        "NEAR(a b)",
        "headline:x",
        "a OR b",
        "' OR 1=1 --",
        "\\",
        "a\\'b",
    ),
    *("~x", "=s1", "&|!", "<->", "a" * 200, "a " * 100, "\u202e\u200b", "漢字", "\ud7ff", "😀", "%s %(x)s"),
    *("''" + "'", "a:*", "café*", "-the", "ﬁ", "İ", "ß", "\u0301", "x\ty", "1e999", "０１", HOSTILE),
]


class TestWhateverIsTyped:
    def test_is_answered(self, client: Client, stories: dict[str, str]) -> None:
        for typed in ANYTHING:
            found(client, typed)
            found(client, typed, sort="relevance", section="local-government")

    @pytest.mark.parametrize(
        ("query", "told"),
        [
            ({"q": "a" * 201}, "Search for at most 200 characters."),
            ({"section": "no-such"}, "There is no such section."),
            ({"topic": "no-such"}, "There is no such topic."),
            ({"author": "no-such"}, "There is no such author."),
            ({"from": "yesterday"}, "Write the date as year-month-day"),
            ({"from": "0001-01-01"}, "Choose a day after 1700."),
            ({"to": "9999-12-31"}, "Choose a day before 2200."),
            ({"from": "2026-02-02", "to": "2026-01-01"}, "before the one from which you search"),
            ({"sort": "loudest"}, "by date or by best match"),
        ],
    )
    def test_or_told_what_is_wrong(self, client: Client, db: None, query: dict[str, str], told: str) -> None:
        assert told in read(client, f"/search/?{urlencode(query)}", status=400).words()

    def test_is_no_page_that_there_is_not(self, client: Client, stories: dict[str, str]) -> None:
        places = ["before=x", "before=", "before=9999999999999999999999", "before=1", "before=٣"]
        pages = [f"sort=relevance&page={number}" for number in ("0", "2", "999", "x", "")]
        for place in [*places, *pages]:
            read(client, f"/search/?q=cloud&{place}", status=404)

    def test_of_a_topic_that_no_live_story_has_is_as_unknown(self, client: Client, cast: Cast) -> None:
        draft(cast.editor, topics=[topic("Secret")])
        secret, unknown = (client.get(f"/search/?q=a&topic={slug}").text for slug in ("secret", "unknown"))
        assert secret == unknown.replace("unknown", "secret")

    def test_if_only_left_out_is_explained(self, client: Client, stories: dict[str, str]) -> None:
        assert "not only what to leave out" in read(client, "/search/?q=-cloud").words()
