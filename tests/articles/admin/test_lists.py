"""The list of stories: what stands in it, what it finds, and what it never shows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.admin import searching
from articles.desk import workflow
from articles.models import Story
from articles.search.patience import TooLongError
from tests.articles.admin.desk_pages import signed_in
from tests.newsdesk import (
    NOW,
    Cast,
    approved,
    author,
    draft,
    published,
    scheduled,
    section,
    submitted,
    taken_down,
    topic,
)

LIST = "/admin/articles/story/"


def listed(person: object, query: str = "") -> str:
    answer = signed_in(person).get(LIST + query)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer
    return answer.content.decode().partition('id="result_list"')[2]


class TestRows:
    def test_say_where_a_story_stands(self, cast: Cast) -> None:
        published(cast, headline="Out and about")
        row = listed(cast.editor)
        assert '<span class="mark mark-state mark-approved">Approved</span>' in row
        assert '<span class="mark mark-standing mark-live">Live</span>' in row
        assert "Local Government" in row
        assert "Ada Quill" in row
        assert 'title="23 November 2026, 09:30"' in row
        assert "1 h ago" in row

    def test_mark_embargo_restriction_and_delay(self, cast: Cast) -> None:
        draft(cast.editor, embargo_at=NOW + timedelta(days=1), restricted=True, due_at=NOW)
        row = listed(cast.editor)
        assert "Embargo, Restricted" in row
        assert "Overdue" in row

    def test_a_new_one_is_begun_under_the_same_words_everywhere(self, cast: Cast) -> None:
        page = signed_in(cast.editor).get(LIST).content.decode()
        assert "Add story" not in page
        assert page.count(">New story</a>") == 2

    def test_lead_to_the_filters_which_a_phone_shows_below_them(self, cast: Cast) -> None:
        draft(cast.editor)
        page = signed_in(cast.editor).get(LIST).text
        assert page.index('<a href="#changelist-filter">Filter</a>') < page.index('id="result_list"')
        assert page.count('id="changelist-filter"') == 1

    def test_a_story_without_a_headline_has_a_way_in(self, cast: Cast) -> None:
        Story.objects.filter(pk=draft(cast.editor).pk).update(headline="")
        assert "Without a headline" in listed(cast.editor)

    def test_newest_first(self, cast: Cast) -> None:
        draft(cast.editor, headline="Older", now=NOW - timedelta(days=1))
        draft(cast.editor, headline="Newer")
        rows = listed(cast.editor)
        assert rows.index("Newer") < rows.index("Older")

    def test_hold_no_box_to_tick(self, cast: Cast) -> None:
        draft(cast.editor)
        assert "action-select" not in listed(cast.manager)


class TestSearch:
    @pytest.mark.parametrize(
        ("query", "counted"), [("", False), ("?q=council", True), ("?state=draft", True)]
    )
    def test_counts_what_was_found_only_where_something_was_asked(
        self, cast: Cast, query: str, counted: bool
    ) -> None:
        page = signed_in(cast.editor).get(LIST + query).content.decode()
        assert ("found (" in page) is counted


class TestFilters:
    @pytest.fixture
    def desk(self, cast: Cast) -> None:
        draft(cast.editor, headline="Drafted", section=section("Health", "health"), kind="opinion")
        submitted(cast, headline="Waiting", by=cast.contributor)
        approved(cast, headline="Passed", authors=[author("Ben Nib")])
        scheduled(cast, headline="Planned", at=NOW + timedelta(days=1), topics=[topic("Elections")])
        published(cast, headline="Printed", slug="an-address-of-its-own")
        taken_down(cast, headline="Withdrawn")
        cancelled = scheduled(cast, headline="Called off", at=NOW + timedelta(days=1))
        workflow.perform(cancelled, "unschedule", by=cast.manager, now=NOW)
        Story.objects.exclude(state__in=["draft", "in_review"]).update(assignee=cast.manager)

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("?state=draft", {"Drafted"}),
            ("?state=in_review", {"Waiting"}),
            ("?standing=scheduled", {"Planned"}),
            ("?standing=live", {"Printed"}),
            ("?standing=removed", {"Withdrawn"}),
            ("?standing=never_published", {"Drafted", "Waiting", "Passed", "Called off"}),
            ("?section=health", {"Drafted"}),
            ("?kind=opinion", {"Drafted"}),
            ("?assignee=me&standing=live", {"Printed"}),
            ("?assignee=nobody", {"Drafted", "Waiting"}),
            ("?author=ben-nib", {"Passed"}),
            ("?q=printed", {"Printed"}),
            ("?q=nib", {"Passed"}),
            ("?q=elections", {"Planned"}),
            ("?q=address-of", {"Printed"}),
            ("?state=nonsense", set()),
            ("?author=nobody-at-all", set()),
        ],
    )
    @pytest.mark.usefixtures("desk")
    def test_find(self, query: str, found: set[str], cast: Cast) -> None:
        rows = listed(cast.manager, query)
        names = {"Drafted", "Waiting", "Passed", "Planned", "Called off", "Printed", "Withdrawn"}
        assert {name for name in names if f">{name}" in rows} == found

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("printed", {"Printed"}),
            ("prin", set()),
            ("an-address-of-its-own", {"Printed"}),
            ("drafted", set()),
        ],
    )
    @pytest.mark.usefixtures("desk")
    def test_find_older_stories_by_words_and_addresses_that_readers_know(
        self, query: str, found: set[str], cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(searching, "LATELY", 0)
        rows = listed(cast.manager, f"?q={query}")
        assert {name for name in ("Printed", "Drafted") if f">{name}" in rows} == found

    def test_find_nothing_that_is_restricted_to_others(self, cast: Cast) -> None:
        draft(cast.editor, headline="Kept among few", restricted=True)
        assert "Kept among few" in listed(cast.editor, "?q=kept")
        assert "Kept among few" not in listed(cast.second_editor, "?q=kept")

    def test_say_so_where_it_takes_too_long(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        def never_ends(*_: object, **__: object) -> None:
            raise TooLongError

        monkeypatch.setattr(searching, "found", never_ends)
        assert "Add a word, or leave out a common one." in signed_in(cast.editor).get(LIST + "?q=the").text

    @pytest.mark.usefixtures("desk")
    def test_mine(self, cast: Cast) -> None:
        assert ">Waiting" in listed(cast.contributor, "?mine=open")
        assert ">Drafted" not in listed(cast.contributor, "?mine=open")

    @pytest.mark.parametrize("query", ["?p=9999999", "?o=9.9.x", "?q=" + "x " * 500])
    @pytest.mark.usefixtures("desk")
    def test_odd_questions_are_no_failure(self, query: str, cast: Cast) -> None:
        assert signed_in(cast.editor).get(LIST + query).status_code in {200, 302, 400}


class TestWhatIsOpen:
    """Holds, signatures owed, readers and dates, as marks and as a filter."""

    def test_shows_beside_state_and_standing(self, cast: Cast) -> None:
        story = submitted(cast, headline="In hand")
        workflow.perform(story, "claim", by=cast.manager, now=NOW)
        rushed = draft(cast.editor, headline="Rushed")
        workflow.perform(rushed, "publish_unreviewed", by=cast.manager, now=NOW, note="Noon.", revision=1)
        workflow.perform(rushed, "hold", by=cast.manager, now=NOW, note="A complaint.")
        page = listed(cast.editor)
        for words in ("Manager is reading it", "Countersignature owed", "On hold"):
            assert words in page

    @pytest.mark.parametrize("value", ["held", "owed", "overdue", "embargoed"])
    def test_is_asked_for_by_its_name(self, value: str, cast: Cast) -> None:
        draft(cast.editor, headline="Nothing open")
        held = draft(cast.editor, headline="held")
        workflow.perform(held, "hold", by=cast.manager, now=NOW, note="A complaint.")
        owed = draft(cast.editor, headline="owed")
        workflow.perform(owed, "publish_unreviewed", by=cast.manager, now=NOW, note="Noon.", revision=1)
        draft(cast.editor, headline="overdue", due_at=NOW)
        draft(cast.editor, headline="embargoed", embargo_at=NOW + timedelta(days=2))
        answer = signed_in(cast.editor).get(f"{LIST}?desk={value}")
        assert [story.headline for story in answer.context["cl"].result_list] == [value]


OWN_PAGES = (
    "change",
    "history",
    "delete",
    "review",
    "preview",
    "revisions",
    "revisions/1",
    "compare/1/1",
    "revisions/1/preview",
)
OTHER_PAGES = (
    "/admin/",
    LIST,
    f"{LIST}?q=zebra",
    f"{LIST}?state=in_review",
    f"{LIST}queue/",
    "/admin/articles/",
    "/admin/autocomplete/?app_label=articles&model_name=editiontag&field_name=story&term=zebra",
    "/admin/articles/tag/",
    "/admin/articles/section/",
)


class TestSecrecy:
    """C7: what somebody may not know of shows in no view that is not the story itself either."""

    @pytest.fixture
    def secret(self, cast: Cast) -> Story:
        story = submitted(cast, headline="Zebra inquiry names the minister", topics=[topic("Zebras")])
        Story.objects.filter(pk=story.pk).update(restricted=True)
        return story

    @pytest.mark.parametrize("who", ["second_editor", "manager", "contributor", "administrator"])
    def test_no_page_shows_it(self, who: str, secret: Story, cast: Cast) -> None:
        client = signed_in(getattr(cast, who))
        own = [f"{LIST}{secret.pk}/{page}/" for page in OWN_PAGES]
        for address in [*OTHER_PAGES, *own]:
            assert "inquiry names" not in client.get(address, follow=True).content.decode(), address

    @pytest.mark.usefixtures("secret")
    def test_those_who_are_let_in_see_it(self, cast: Cast) -> None:
        assert "inquiry names" in listed(cast.editor)
        Story.objects.get().restricted_to.add(cast.manager)
        assert "inquiry names" in listed(cast.manager)

    @pytest.mark.parametrize("kind", ["section", "tag", "author", "image", "story"])
    def test_nothing_can_be_deleted_whose_page_would_name_stories(
        self, kind: str, secret: Story, cast: Cast
    ) -> None:
        pk = {"section": secret.section_id, "tag": topic("Zebras").pk, "author": author().pk}.get(
            kind, secret.pk
        )
        for person in (cast.manager, cast.administrator):
            answer = signed_in(person).get(f"/admin/articles/{kind}/{pk}/delete/")
            assert b"inquiry names" not in answer.content


class TestQueries:
    def _count(self, cast: Cast, query: str = "") -> int:
        client = signed_in(cast.manager)
        client.get(LIST)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(LIST + query).status_code == 200
        return len(queries)

    @pytest.mark.parametrize("query", ["", "?state=draft", "?standing=never_published", "?q=council"])
    def test_as_many_for_fifty_stories_as_for_one(self, query: str, cast: Cast) -> None:
        draft(cast.editor)
        one = self._count(cast, query)
        for number in range(49):
            draft(cast.editor, headline=f"Council story {number}", authors=[author(f"Author {number}")])
        assert self._count(cast, query) == one <= 12

    def test_counting_stops_somewhere(self, cast: Cast) -> None:
        draft(cast.editor)
        client = signed_in(cast.manager)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts = [query["sql"] for query in queries if "COUNT(*)" in query["sql"]]
        assert len(counts) == 1
        assert "LIMIT 5000" in counts[0]
