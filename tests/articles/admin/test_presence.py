"""Who else has a story open, and how long ago they were last there."""

from datetime import timedelta

import pytest
import time_machine

from articles.desk import presence
from articles.models import Opening
from tests.articles.admin.desk_pages import LATER, in_situation, url
from tests.articles.admin.posting import ADD, change, desk, filled
from tests.newsdesk import NOW, Cast, draft

pytestmark = pytest.mark.django_db

LINE = "<strong>Second Editor</strong> has this open, last there"


class TestPresence:
    def test_is_told_by_form_heartbeat_and_autosave(self, cast: Cast) -> None:
        story, me = draft(cast.editor), desk(cast.editor)
        assert "has this open" not in me.get(change(story)).content.decode()
        desk(cast.second_editor).get(change(story))
        with time_machine.travel(LATER + timedelta(minutes=2), tick=False):
            lines = [
                me.get(change(story)).content.decode(),
                me.get(url("presence", story)).json()["others"],
                me.post(url("autosave", story), filled(story)).json()["others"],
            ]
            assert [LINE in line and "2 min ago" in line for line in lines] == [True] * 3

    def test_ends_after_three_minutes_of_silence(self, cast: Cast) -> None:
        story, me = draft(cast.editor), desk(cast.editor)
        desk(cast.second_editor).get(change(story))
        with time_machine.travel(LATER + presence.SILENCE, tick=False):
            assert me.get(url("presence", story)).json()["others"].strip() == ""

    def test_is_told_by_readers_of_a_closed_story_too(self, cast: Cast) -> None:
        story = in_situation(cast, "spiked")
        desk(cast.second_editor).get(change(story))
        assert LINE in desk(cast.editor).get(change(story)).content.decode()

    def test_is_no_ones_who_may_not_know_of_the_story(self, cast: Cast) -> None:
        story = draft(cast.editor, restricted=True)
        answer = desk(cast.manager).get(url("presence", story))
        assert (answer.status_code, Opening.objects.count()) == (404, 0)
        desk(cast.manager).get(change(story))
        assert not Opening.objects.exists()

    def test_of_a_new_story_there_is_none(self, cast: Cast) -> None:
        me = desk(cast.editor)
        me.get(ADD)
        answer = me.get("/admin/articles/story/presence/").json()
        assert (answer["others"], bool(answer["token"]), Opening.objects.count()) == ("", True, 0)

    def test_brings_a_token_that_a_form_can_use(self, cast: Cast) -> None:
        from django.test import Client

        client = Client(enforce_csrf_checks=True)
        client.force_login(cast.editor)
        story = draft(cast.editor)
        token = client.get(url("presence", story)).json()["token"]
        typed = filled(story) | {"csrfmiddlewaretoken": token}
        assert client.post(url("autosave", story), typed).status_code == 200

    def test_is_forgotten_after_a_day(self, cast: Cast) -> None:
        story = draft(cast.editor)
        presence.touch(story, cast.editor, now=NOW)
        presence.touch(story, cast.second_editor, now=NOW + timedelta(hours=2))
        presence.touch(story, cast.second_editor, now=NOW + timedelta(hours=3))
        assert presence.forget_old(NOW + timedelta(hours=25)) == 1
        assert Opening.objects.get().seen_at == NOW + timedelta(hours=3)
