"""Mails on the desk: each kind as readers get it, what a story will be sent as, and a test to oneself alone."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alerts.admin import mail_test
from alerts.admin.mail_samples import SAMPLES
from alerts.mails.composing import Emptied, compose
from alerts.mails.words import Words
from alerts.models import Delivery, Lane, Letter, State
from alerts.redacting import forget_renderings
from articles.models import Edition, Story
from tests.alerts.mails.outbox import html_of, received
from tests.articles.admin.desk_pages import signed_in
from tests.newsdesk import NOW, Cast, change, draft, picture, published, taken_down

pytestmark = pytest.mark.django_db

WORDS = Words("Council moves", "Text", "<p>Text</p>")


def sample(client: Client, kind: str, more: str = "") -> str:
    return client.get(reverse("admin:alerts_mail_sample" + more, args=[kind])).text


def about(client: Client, story: Story, more: str = "") -> str:
    return client.get(reverse("admin:alerts_mail_of_story" + more, args=[story.pk])).text


class TestTheSamples:
    def test_are_listed_with_who_gets_them(self, cast: Cast) -> None:
        published(cast)
        page = signed_in(cast.editor).get(reverse("admin:alerts_mails")).text
        assert all(one.title in page for one in SAMPLES)
        assert "Everybody who was sent the version that was wrong." in page

    def test_without_a_story_that_readers_have_the_page_says_so(self, cast: Cast) -> None:
        assert "there is none yet" in signed_in(cast.editor).get(reverse("admin:alerts_mails")).text

    @pytest.mark.parametrize("kind", [one.name for one in SAMPLES])
    def test_show_each_kind_as_text_and_as_a_page_in_a_frame(self, cast: Cast, kind: str) -> None:
        published(cast)
        client = signed_in(cast.administrator)
        page = sample(client, kind)
        assert "Subject" in page and "<pre" in page and "\ue000" not in page
        framed = sample(client, kind, "_html")
        assert "The Civic Wire" in framed and "\ue000" not in framed

    def test_save_nothing(self, cast: Cast) -> None:
        published(cast)
        before = list(Edition.objects.values_list("pk", "change_kind", "public_note"))
        for one in SAMPLES:
            sample(signed_in(cast.editor), one.name)
        assert list(Edition.objects.values_list("pk", "change_kind", "public_note")) == before
        assert not Letter.objects.exists()

    def test_run_nothing_in_their_frame(self, cast: Cast) -> None:
        published(cast)
        answer = signed_in(cast.editor).get(reverse("admin:alerts_mail_sample_html", args=["story"]))
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "script-src" not in policy
        assert "frame-ancestors 'self'" in policy
        assert answer.headers["Cache-Control"].startswith("max-age=0")

    @pytest.mark.parametrize(("scheme", "says"), [("light", "@media not all"), ("dark", "@media all")])
    def test_stand_in_the_light_or_in_the_dark(self, cast: Cast, scheme: str, says: str) -> None:
        published(cast)
        address = reverse("admin:alerts_mail_sample_html", args=["story"])
        html = signed_in(cast.editor).get(f"{address}?scheme={scheme}").text
        assert says in html and "prefers-color-scheme" not in html


class TestTheMailAboutAStory:
    def test_of_a_draft_is_what_its_followers_will_get(self, cast: Cast) -> None:
        story = draft(cast.editor, headline="Not out yet")
        page = about(signed_in(cast.editor), story)
        assert "This will be sent to those who follow it." in page and "Not out yet" in page

    def test_of_a_correction_in_the_making_says_what_was_wrong(self, cast: Cast) -> None:
        story = published(cast)
        said = {"change_kind": "correction", "public_note": "It was nine stores."}
        change(story, by=cast.editor, now=NOW + timedelta(minutes=1), standfirst="Nine.", **said)
        page = about(signed_in(cast.editor), story)
        assert "Correction: Council puts its records in one place" in page
        assert "It was nine stores." in page
        assert "This will be sent to those who were sent an earlier version." in page

    def test_of_a_typo_is_none(self, cast: Cast) -> None:
        story = published(cast)
        change(
            story,
            by=cast.editor,
            now=NOW + timedelta(minutes=1),
            standfirst="A single store.",
            change_kind="typo",
        )
        assert "Nobody will be sent anything." in about(signed_in(cast.editor), story)

    def test_of_what_readers_have_is_what_they_were_sent(self, cast: Cast) -> None:
        assert "This was sent to those who follow it." in about(signed_in(cast.editor), published(cast))

    def test_of_a_removed_story_is_that_it_was_removed(self, cast: Cast) -> None:
        page = about(signed_in(cast.editor), taken_down(cast))
        assert "Removed: Council puts its records in one place" in page and "Published too soon." in page

    def test_has_its_pictures_by_the_desks_own_door(self, cast: Cast) -> None:
        image = picture()
        story = draft(cast.editor, lead_image=image)
        html = about(signed_in(cast.editor), story, "_html")
        assert f"/admin/articles/image/file/{image.key}/" in html or f"{image.key}" in html
        assert "/media/" not in html

    def test_is_shown_to_nobody_who_may_not_know_of_the_story(self, cast: Cast) -> None:
        story = draft(cast.editor)
        Story.objects.filter(pk=story.pk).update(restricted=True)
        address = reverse("admin:alerts_mail_of_story", args=[story.pk])
        assert signed_in(cast.manager).get(address).status_code == 404


class TestATest:
    def test_goes_to_whoever_asks_and_to_nobody_else(self, cast: Cast) -> None:
        published(cast)
        client = signed_in(cast.editor)
        answer = client.post(
            reverse("admin:alerts_mail_sample", args=["correction"]), {"to": "else@example.org"}, follow=True
        )
        assert "A test is on its way to editor@newsroom.example." in answer.text
        sent = Delivery.objects.select_related("letter", "notice", "user", "subscriber", "registration").get()
        mail = received(sent)
        assert mail["To"] == "editor@newsroom.example"
        assert mail["Subject"] == "Test: Correction: Council puts its records in one place"
        assert mail["List-Unsubscribe"] is None
        assert "because you follow Records" in html_of(mail) or "earlier version" in html_of(mail)

    def test_waits_in_the_lane_of_those_at_a_screen(self, cast: Cast) -> None:
        sent = mail_test.send(WORDS, to=cast.editor, now=NOW)
        assert (sent.lane, sent.state, sent.notice.eligible) == (Lane.FAST, State.READY, 1)

    def test_is_sent_ten_times_an_hour_at_most(self, cast: Cast) -> None:
        for second in range(10):
            mail_test.send(WORDS, to=cast.editor, now=NOW + timedelta(seconds=second))
        with pytest.raises(mail_test.TooManyTests):
            mail_test.send(WORDS, to=cast.editor, now=NOW + timedelta(seconds=10))
        mail_test.send(WORDS, to=cast.manager, now=NOW + timedelta(seconds=10))
        mail_test.send(WORDS, to=cast.editor, now=NOW + timedelta(hours=1, seconds=1))

    def test_one_too_many_is_refused_in_words(self, cast: Cast) -> None:
        published(cast)
        for second in range(10):
            mail_test.send(WORDS, to=cast.editor, now=timezone.now() - timedelta(seconds=second + 1))
        answer = signed_in(cast.editor).post(reverse("admin:alerts_mail_sample", args=["story"]))
        assert answer.status_code == 429 and "Wait a while" in answer.text

    def test_does_not_outlive_words_that_are_blanked_for_good(self, cast: Cast) -> None:
        sent = mail_test.send(WORDS, to=cast.editor, now=NOW)
        forget_renderings(published(cast))
        letter = Letter.objects.get(pk=sent.letter_id)
        assert (letter.subject, letter.text, letter.html) == ("", "", "")
        with pytest.raises(Emptied):
            compose(letter, NOW)

    def test_a_look_sends_none(self, cast: Cast) -> None:
        published(cast)
        sample(signed_in(cast.editor), "story")
        assert not Delivery.objects.exists()
