"""Alerts on the desk: mail is paused and goes on by a person's word, and everybody sees it meanwhile."""

import pytest

from alerts.models import Stop
from alerts.stopping import stop
from tests.alerts.admin.mails import told
from tests.articles.admin.desk_pages import signed_in
from tests.newsdesk import NOW, Cast, published

PAGE = "/admin/alerts/"
pytestmark = pytest.mark.django_db


class TestPausing:
    def test_stops_all_mail_and_says_who_and_why(self, cast: Cast):
        answer = signed_in(cast.manager).post(PAGE, {"pause": 1, "reason": "A wrong headline"}, follow=True)
        row = Stop.objects.open().get()
        assert (row.kind, row.began_by, row.reason) == (Stop.Kind.STAFF, cast.manager, "A wrong headline")
        assert "All mail is paused" in answer.text and "by Manager: A wrong headline" in answer.text

    def test_needs_a_reason(self, cast: Cast):
        answer = signed_in(cast.manager).post(PAGE, {"pause": 1, "reason": " "})
        assert answer.status_code == 422 and 'href="#id_reason"' in answer.text
        assert not Stop.objects.exists()

    def test_is_for_managers_and_administrators(self, cast: Cast):
        for person, status in ((cast.editor, 403), (cast.contributor, 403), (cast.administrator, 302)):
            assert signed_in(person).post(PAGE, {"pause": 1, "reason": "Now"}).status_code == status
        assert Stop.objects.get().began_by == cast.administrator

    def test_is_not_offered_twice(self, cast: Cast):
        assert 'name="pause"' in signed_in(cast.manager).get(PAGE).text
        stop(Stop.Kind.STAFF, by=cast.manager, now=NOW)
        assert 'name="pause"' not in signed_in(cast.manager).get(PAGE).text


class TestLifting:
    @pytest.mark.parametrize("kind", Stop.Kind.values)
    def test_lets_mail_go_on(self, cast: Cast, kind: str):
        stop(kind, by=None, now=NOW)
        signed_in(cast.manager).post(PAGE, {"lift": kind})
        assert Stop.objects.get().ended_by == cast.manager

    def test_is_no_editor_s(self, cast: Cast):
        stop(Stop.Kind.STAFF, by=cast.manager, now=NOW)
        assert 'name="lift"' not in signed_in(cast.editor).get(PAGE).text
        assert signed_in(cast.editor).post(PAGE, {"lift": "staff"}).status_code == 403
        assert Stop.objects.open().exists()

    def test_a_kind_that_there_is_not_is_refused(self, cast: Cast):
        assert signed_in(cast.manager).post(PAGE, {"lift": "weather"}).status_code == 403

    def test_of_the_fence_says_what_it_means(self, cast: Cast):
        stop(Stop.Kind.FENCE, by=None, now=NOW)
        shown = signed_in(cast.manager).get(PAGE).text
        assert "may be a copy or a restored backup" in shown and "readers would get everything twice" in shown
        assert "This is the one that sends" in shown


class TestNumbers:
    def test_tell_what_waits_and_what_failed(self, cast: Cast):
        told(published(cast), ready=3, retry=1, failed=2, accepted=5, uncertain=1)
        shown = signed_in(cast.manager).get(PAGE).text
        assert '<th scope="row">Alerts</th><td>4</td>' in shown
        assert '<th scope="row">no such mailbox</th><td>2</td>' in shown
        assert "12 told of the story:" in shown
        assert "5 of 12 accepted, 4 waiting, 2 failed" in shown
        assert "Uncertain mails (1)" in shown and "@mail.example" not in shown

    def test_name_no_story_to_who_may_read_none(self, cast: Cast):
        told(published(cast), accepted=1)
        assert "one place" not in signed_in(cast.administrator).get(PAGE).text

    def test_name_no_story_that_is_hidden_from_one(self, cast: Cast):
        story = published(cast)
        told(story, accepted=1)
        type(story).objects.update(restricted=True)
        assert "one place" not in signed_in(cast.second_editor).get(PAGE).text

    def test_say_so_where_there_is_nothing(self, cast: Cast):
        shown = signed_in(cast.editor).get(PAGE).text
        assert "Nothing waits to be sent." in shown and "None." in shown
