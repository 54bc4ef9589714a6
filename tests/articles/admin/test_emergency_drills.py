"""Drills C3 and B12, small: what is published without review, and what is withdrawn, done at the desk over HTTP."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from articles.models import Edition, StoryEvent
from tests.articles.admin.desk_pages import LATER, in_situation, post, seen, signed_in, url
from tests.newsdesk import MINUTE, Cast, draft, published, section
from tests.wall.canaries import MARK, canary, leaks
from tests.wall.newspaper import print_newspaper

REASON = {"note": "The minister is speaking now."}


class TestPublishedWithoutReview:
    """C3: only managers; a reason; open until a different person signs."""

    @pytest.mark.parametrize(
        ("who", "status"),
        [("contributor", 403), ("editor", 403), ("manager", 302), ("administrator", 404)],
    )
    def test_by_managers_alone(self, who: str, status: int, cast: Cast) -> None:
        person = getattr(cast, who)
        story = draft(cast.editor if who == "administrator" else person)
        answer = post(person, story, "publish_unreviewed", **REASON, **seen(story))
        assert answer.status_code == status
        assert Edition.objects.exists() == (status == 302)

    @pytest.mark.parametrize("note", ["", "   ", "\n"])
    def test_never_without_a_reason(self, note: str, cast: Cast) -> None:
        story = draft(cast.manager)
        assert post(cast.manager, story, "publish_unreviewed", note=note, **seen(story)).status_code == 422
        assert not Edition.objects.exists()

    def test_is_owed_until_a_different_person_signs(self, cast: Cast) -> None:
        story = draft(cast.editor)
        read = seen(story)
        post(cast.manager, story, "publish_unreviewed", **REASON, **read)
        for person, status, owed in (
            (cast.editor, 403, True),
            (cast.manager, 403, True),
            (cast.second_manager, 302, False),
        ):
            page = signed_in(cast.manager).get(url("review", story)).content.decode()
            assert "Signature owed" in page
            assert "The minister is speaking now." in page
            assert post(person, story, "countersign", debt=read["hash"]).status_code == status
            assert StoryEvent.objects.filter(story=story).open_debts().exists() is owed
        assert "Signature owed" not in signed_in(cast.manager).get(url("review", story)).content.decode()


class TestWithdrawn:
    """B12: gone from every public address at once, with a note at its own, and one row on record."""

    def test_is_nowhere_but_its_note(self, cast: Cast, client: Client) -> None:
        paper = print_newspaper(cast)
        # A section's name is no word of the story, and stays in the menu for half a minute.
        story = published(cast, **canary("killed") | {"section": section()})
        assert leaks(client.get("/"))
        events = story.events.count()
        answer = post(cast.manager, story, "take_down", kind="legal", public_note="An order forbids it.")
        assert answer.status_code == 302
        with time_machine.travel(LATER + MINUTE, tick=False):
            assert [row.path for row in paper.examples() if leaks(client.get(row.path))] == []
            gone = client.get(f"/articles/{MARK}-killed/")
        assert (gone.status_code, leaks(gone)) == (410, False)
        assert "An order forbids it." in gone.content.decode()
        assert story.events.count() == events + 1

    @pytest.mark.parametrize(
        ("said", "status"),
        [
            ({"kind": "error", "public_note": "Too soon."}, 410),
            ({"kind": "rights", "redirect_to": "/articles/"}, 302),
            ({"kind": "withdrawn", "public_note": "We no longer stand by it."}, 200),
        ],
    )
    def test_each_way_answers_and_can_be_taken_back(
        self, said: dict[str, str], status: int, cast: Cast, client: Client
    ) -> None:
        story = in_situation(cast, "live")
        path = story.editions.get().get_absolute_url()
        assert post(cast.manager, story, "take_down", **said).status_code == 302
        with time_machine.travel(LATER + MINUTE, tick=False):
            answer = client.get(path)
            front = client.get("/").content.decode()
        assert answer.status_code == status
        assert (b"Forms go on line in May." in answer.content) == (status == 200)
        assert story.editions.get(removal_kind="").headline not in front
        with time_machine.travel(LATER + 2 * MINUTE, tick=False):
            assert post(cast.second_manager, story, "reinstate").status_code == 302
            assert client.get(path).status_code == 200

    def test_text_under_a_banner_can_be_taken_away_too(self, cast: Cast, client: Client) -> None:
        story = in_situation(cast, "live")
        path = story.editions.get().get_absolute_url()
        withdrawn: dict[str, Any] = {"kind": "withdrawn", "public_note": "We no longer stand by it."}
        post(cast.manager, story, "take_down", **withdrawn)
        gone = {"kind": "legal", "public_note": "An order."}
        with time_machine.travel(LATER + MINUTE, tick=False):
            assert post(cast.manager, story, "take_down", **withdrawn).status_code == 422
            assert client.get(path).status_code == 200
            assert post(cast.manager, story, "take_down", **gone).status_code == 302
        with time_machine.travel(LATER + 2 * MINUTE, tick=False):
            assert client.get(path).status_code == 410
            assert post(cast.manager, story, "take_down", **gone).status_code == 403
