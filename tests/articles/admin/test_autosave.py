"""What is typed is kept between saves: the address that forms post to every few seconds."""

import json
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from articles.desk import autosaving, workflow
from articles.models import Autosave, Revision, Story, StoryEvent
from tests.articles.admin.desk_pages import LATER, in_situation, url
from tests.articles.admin.posting import ADD, change, desk, filled
from tests.newsdesk import NOW, Cast, author, draft, picture, taken_down, topic

NEW = "/admin/articles/story/autosave/"


def keep(person: User, story: Story | None = None, **fields: Any) -> HttpResponse:
    where = url("autosave", story) if story else NEW
    return desk(person).post(where, filled(story, **fields))  # type: ignore[return-value]


@pytest.mark.django_db
class TestKeeping:
    def test_keeps_everything_that_was_typed_in_one_row(self, cast: Cast) -> None:
        story, zoe, lead = draft(cast.editor), author("Zoe Ink"), picture()
        keep(cast.editor, story, headline="First words")
        topics = [topic().pk, "new:Bridges"]
        keep(
            cast.editor,
            story,
            headline="Last words",
            byline=[zoe],
            topics=topics,
            lead_image=lead.pk,
            body="<p>B",
        )
        kept = Autosave.objects.get()
        typed = kept.as_typed()
        assert (kept.person, kept.story, kept.seen, kept.saved_at) == (cast.editor, story, 1, LATER)
        assert (typed["headline"], typed["body"], typed["lead_image"]) == (
            ["Last words"],
            ["<p>B"],
            [str(lead.pk)],
        )
        assert typed["topics"] == [str(topics[0]), "new:Bridges"]
        assert typed["bylines-0-author"] == [str(zoe.pk)]
        assert "csrfmiddlewaretoken" not in typed

    def test_is_no_save(self, cast: Cast) -> None:
        story = draft(cast.editor)
        before = Story.objects.filter(pk=story.pk).values().get()
        keep(cast.editor, story, headline="Typed", topics=["new:Bridges"])
        assert Story.objects.filter(pk=story.pk).values().get() == before
        assert (Revision.objects.count(), StoryEvent.objects.count()) == (1, 1)
        assert not story.topics.filter(name="Bridges").exists()

    def test_each_person_has_one_of_each_story_and_one_new(self, cast: Cast) -> None:
        story, other = draft(cast.editor), draft(cast.editor, headline="Another")
        for person in (cast.editor, cast.second_editor):
            for where in (story, other, None, story, other, None):
                assert keep(person, where, headline="Typed").status_code == 200
        assert Autosave.objects.count() == 6

    def test_answers_when_and_what_is_lacking(self, cast: Cast) -> None:
        story = draft(cast.editor)
        said = keep(cast.editor, story, standfirst="", slug="").json()
        assert said["kept"] == "10:30:00"
        assert said["missing_said"] == "Still missing: 1 before review."
        assert '<a href="#id_standfirst">Write a standfirst' in said["missing"]
        assert keep(cast.editor, story).json()["missing_said"] == "Nothing is missing."

    def test_tells_of_a_story_not_saved_yet_too(self, cast: Cast) -> None:
        said = keep(cast.contributor, headline="Typed").json()
        assert "Choose a section." in said["missing"]

    def test_asks_nothing_where_readers_have_this_very_text(self, cast: Cast) -> None:
        story = in_situation(cast, "live")
        assert keep(cast.editor, story).json()["missing_said"] == "Nothing is missing."
        assert "say what kind of change" in keep(cast.editor, story, headline="New").json()["missing"]

    def test_of_a_contributor_asks_the_database_a_constant_number_of_times(
        self, cast: Cast, django_assert_max_num_queries: Any
    ) -> None:
        story = draft(cast.contributor, authors=[author(f"Person {number}") for number in range(9)])
        client, posted = desk(cast.contributor), filled(story, headline="Typed")
        with django_assert_max_num_queries(45):
            client.post(url("autosave", story), posted)


@pytest.mark.django_db
class TestMayNotBeKept:
    @pytest.mark.parametrize("who", ["contributor", "administrator"])
    def test_a_story_one_may_not_know_of(self, cast: Cast, who: str) -> None:
        story = draft(cast.editor)
        answers = [keep(getattr(cast, who), story), desk(getattr(cast, who)).post(url("autosave", 9999))]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert not Autosave.objects.exists()

    def test_a_restricted_one(self, cast: Cast) -> None:
        assert keep(cast.manager, draft(cast.editor, restricted=True)).status_code == 404

    @pytest.mark.parametrize("pk", ["0", "x", "9" * 40, "²"])
    def test_one_that_never_was(self, cast: Cast, pk: str) -> None:
        assert desk(cast.editor).post(url("autosave", pk), filled()).status_code == 404

    def test_one_that_was_spiked_meanwhile(self, cast: Cast) -> None:
        story = in_situation(cast, "spiked")
        answer = keep(cast.editor, story, headline="Typed")
        assert (answer.status_code, answer.json()["sentence"]) == (403, "The story cannot be changed now.")

    def test_a_new_one_by_who_writes_none(self, cast: Cast) -> None:
        assert keep(cast.administrator, headline="Typed").status_code == 403

    def test_too_much(self, cast: Cast) -> None:
        answer = keep(cast.editor, draft(cast.editor), body="x" * autosaving.LARGEST)
        assert answer.status_code == 413
        assert "too long to be kept" in answer.json()["sentence"]

    @pytest.mark.parametrize("length", ["many", "-1", "²", "9" * 5000])
    def test_a_length_that_is_none(self, cast: Cast, length: str) -> None:
        answer = desk(cast.editor).post(
            url("autosave", draft(cast.editor)), filled(headline="Typed"), CONTENT_LENGTH=length
        )
        assert answer.status_code == 400
        assert not Autosave.objects.exists()

    def test_without_a_token(self, cast: Cast) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(cast.editor)
        story = draft(cast.editor)
        assert client.post(url("autosave", story), filled(story)).status_code == 403
        assert not Autosave.objects.exists()

    def test_what_is_no_form(self, cast: Cast) -> None:
        story, client = draft(cast.editor), desk(cast.editor)
        answers = [
            client.post(
                url("autosave", story), json.dumps({"headline": "x"}), content_type="application/json"
            ),
            client.post(
                url("autosave", story), b"--x\r\nbroken", content_type="multipart/form-data; boundary=y"
            ),
            client.post(url("autosave", story), {f"f{number}": 1 for number in range(2000)}),
        ]
        assert [answer.status_code for answer in answers] == [400, 400, 400]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "hostile", ["\x00", "9" * 30, "-1", "²", "1 OR 1=1", "\ud7ff\uffff", "<script>", "x" * 5000]
)
def test_hostile_values_are_kept_as_they_are_and_break_nothing(cast: Cast, hostile: str) -> None:
    story, client = draft(cast.editor), desk(cast.editor)
    posted = dict.fromkeys(filled(story), hostile) | {"restricted_to": hostile, "bylines-0-author": hostile}
    assert client.post(url("autosave", story), posted).status_code == 200
    assert client.post(NEW, posted).status_code == 200
    assert Autosave.objects.get(story=story).as_typed()["headline"] == [hostile]
    for path in (
        change(story),
        f"{change(story)}?recover=1",
        f"{ADD}?recover=1",
        url("draft", story),
        NEW[:-9] + "draft/",
    ):
        assert client.get(path).status_code == 200, path


@pytest.mark.django_db
class TestSaving:
    def test_clears_it(self, cast: Cast) -> None:
        story = draft(cast.editor)
        keep(cast.editor, story, headline="Typed"), keep(cast.editor, None, headline="Other")
        keep(cast.second_editor, story, headline="Theirs")
        desk(cast.editor).post(change(story), filled(story, headline="Typed"))
        assert [(one.person, one.story) for one in Autosave.objects.order_by("pk")] == [
            (cast.editor, None),
            (cast.second_editor, story),
        ]

    def test_of_a_new_story_clears_that_one(self, cast: Cast) -> None:
        story = draft(cast.editor)
        keep(cast.editor, story, headline="Typed"), keep(cast.editor, None, headline="Other")
        desk(cast.editor).post(ADD, filled(headline="Other"))
        assert Autosave.objects.get().story == story

    def test_that_fails_keeps_it(self, cast: Cast) -> None:
        story = draft(cast.editor)
        keep(cast.editor, story, headline="Typed")
        desk(cast.editor).post(change(story), filled(story, headline=""))
        assert Autosave.objects.get().as_typed()["headline"] == ["Typed"]

    def test_that_comes_too_late_keeps_what_was_posted(self, cast: Cast) -> None:
        story = draft(cast.editor)
        mine = filled(story, headline="Mine")
        desk(cast.second_editor).post(change(story), filled(story, headline="Theirs"))
        page = desk(cast.editor).post(change(story), mine)
        kept = Autosave.objects.get()
        assert (page.status_code, kept.seen, kept.as_typed()["headline"]) == (409, 1, ["Mine"])
        assert url("discard", story) in page.content.decode()
        over = filled(story, headline="Mine") | {"seen": 1, "mine_over": 2}
        assert desk(cast.editor).post(change(story), over).status_code == 302
        assert not Autosave.objects.exists()

    @pytest.mark.parametrize("act", ["spike", "hold"])
    def test_that_is_void_because_the_story_is_closed_keeps_what_was_posted(
        self, cast: Cast, act: str
    ) -> None:
        story = draft(cast.editor)
        mine = filled(story, headline="Mine")
        workflow.perform(story, act, by=cast.manager, now=NOW, note="Overtaken.")
        page = desk(cast.editor).post(change(story), mine)
        assert (page.status_code, b"Mine" in page.content, b"It is kept as well" in page.content) == (
            403,
            True,
            True,
        )
        assert Autosave.objects.get().as_typed()["headline"] == ["Mine"]

    def test_of_a_text_that_was_withheld_meanwhile_keeps_what_was_posted(self, cast: Cast) -> None:
        story = taken_down(cast)
        mine, edition = filled(story, headline="Mine"), story.editions.get(removal_kind="")
        workflow.perform(
            story, "withhold", by=cast.manager, now=NOW, note="A court.", kind="legal", edition=edition.pk
        )
        assert desk(cast.editor).post(change(story), mine).status_code == 403
        assert Autosave.objects.get().as_typed()["headline"] == ["Mine"]
        assert desk(cast.editor).get(url("draft", story)).status_code == 403


@pytest.mark.django_db
class TestForgettingOld:
    def test_takes_what_nobody_came_back_for(self, cast: Cast) -> None:
        autosaving.keep(cast.editor, draft(cast.editor), {"headline": ["x"]}, now=NOW)
        autosaving.keep(cast.editor, None, {"headline": ["x"]}, now=NOW + timedelta(days=1))
        assert autosaving.forget_old(NOW + timedelta(days=30, hours=1)) == 1
        assert Autosave.objects.get().story is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
@pytest.mark.parametrize("saved", [True, False])
def test_four_at_once_end_in_one_row(cast: Cast, saved: bool) -> None:
    story = draft(cast.editor) if saved else None
    where, posted = url("autosave", story) if story else NEW, filled(story, headline="Typed")
    clients, start, statuses = [desk(cast.editor) for _ in range(4)], threading.Barrier(4), []

    def post(client: Client) -> None:
        try:
            start.wait()
            statuses.append(client.post(where, posted).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=post, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 4
    assert Autosave.objects.count() == 1
