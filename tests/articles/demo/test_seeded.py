"""What `seed_demo` leaves behind: a newsroom in every state. Seeded once for all tests here."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from articles.demo import content, library, seeding, staff
from articles.desk import requirements
from articles.desk.public import public_dict
from articles.desk.situation import situation_of
from articles.models import Arrangement, Author, Edition, Image, Note, Placement, Story, StoryEvent
from tests.articles.demo.running import plain_drawing, silently

pytestmark = pytest.mark.xdist_group("seeded")  # one process seeds for all of them

PIECES = content.pieces()


@pytest.fixture(scope="module", autouse=True)
def seeded(django_db_setup, django_db_blocker):
    """The whole demo, with plain pictures; gone again after the last test of this module."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patched, transaction.atomic():
        patched.setattr(library, "draw", plain_drawing)
        seeding.seed(staff.hire(), timezone.now(), progress=silently)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _reads(seeded, db):
    """Each test reads in a transaction of its own inside that one."""


def story(slug: str) -> Story:
    return Story.objects.get(slug=slug)


class TestWhatStandsThere:
    def test_every_story_has_its_fate(self):
        now = timezone.now()
        live = {edition.slug for edition in Edition.objects.live(now)}
        assert live == {piece.slug for piece in PIECES if piece.fate == "published"}
        later = dict.fromkeys(("scheduled", "published", "taken_down"), "approved") | {
            "changes_requested": "draft"
        }
        for piece in PIECES:
            waiting = any(change.waits for change in piece.changes)
            expected = "in_review" if waiting else later.get(piece.fate, piece.fate)
            expected = "draft" if piece.unreviewed else expected
            assert story(piece.slug).state == expected, piece.slug
        assert not StoryEvent.objects.exclude(refusal="").exists()

    def test_the_coming_two_weeks_are_planned(self):
        now = timezone.now()
        days = {timezone.localdate(one.published_at) for one in Edition.objects.scheduled(now)}
        ahead = {(day - timezone.localdate(now)).days for day in days}
        assert len(days) >= 9 and max(ahead) in range(10, 15)
        assert Edition.objects.scheduled(now).filter(story__embargo_at__gt=now).count() >= 3
        assert Story.objects.filter(state="in_review", embargo_at__gt=now).exists()

    def test_the_desk_has_everything_that_presses(self):
        now, events = timezone.now(), StoryEvent.objects
        assert [debt.story.slug for debt in events.open_debts()] == ["payments-portal-outage"]
        [held] = events.filter(act="hold")
        assert situation_of(held.story, now).hold and held.note
        assert events.filter(act="claim").get().actor.email == "second.manager@newsroom.example"
        late = Story.objects.filter(due_at__lt=now)
        assert {each.state for each in late} == {"draft", "in_review"}

    def test_the_front_page_is_arranged_twice(self):
        [first, second] = Arrangement.objects.order_by("number")
        assert first.made_by != second.made_by
        lead = Placement.objects.in_force().get(position=0, section=None)
        assert (lead.arrangement, lead.story.slug) == (second, "hospital-record-goes-live")

    def test_a_retraction_stands_on_its_story(self):
        retracted = Edition.objects.live(timezone.now()).get(change_kind="retraction")
        assert retracted.public_note and retracted.slug == "pothole-photos-model"

    def test_approvals_are_real_and_never_by_the_writer(self):
        for edition in Edition.objects.filter(origin="reviewed").select_related("approval", "revision"):
            assert edition.approval.revision_hash == edition.content_hash == edition.revision.hash
            assert edition.approval.actor_id != edition.revision.saved_by_id
        assert Edition.objects.filter(origin="reviewed").values("approval__actor").distinct().count() == 2

    def test_a_correction_has_an_edition_with_the_mistake_and_one_with_the_note(self):
        first, second = story("northwold-parking-charges").editions.order_by("published_at")
        assert "11,000" in first.headline and "1,100 people" in second.headline
        assert first.first_published_at == second.first_published_at
        assert [each["kind"] for each in second.corrections] == ["correction"]
        assert second.updated_at == second.published_at

    def test_what_is_taken_down_says_why(self):
        removed = {edition.slug: edition for edition in Edition.objects.exclude(removal_kind="")}
        assert {edition.removal_kind for edition in removed.values()} == {"legal", "error", "withdrawn"}
        assert all(edition.public_note for edition in removed.values())

    def test_pictures_have_words_and_bodies_name_them(self):
        assert Image.objects.count() == len(content.pictures())
        assert not Image.objects.filter(alt="").exists() and not Image.objects.filter(credit="").exists()
        edition = story("eastmere-planning-register").editions.get()
        assert edition.lead["credit"] == content.CREDIT
        assert len(edition.public()["pictures"]) == 1

    def test_colleagues_talk_about_what_is_not_out_yet(self):
        waiting = Note.objects.filter(story=story("water-plant-logins"))
        assert waiting.open().suggestions().count() == 1 and waiting.open().count() == 2
        settled = Note.objects.filter(story=story("benefits-letters-rewrite"))
        assert settled.resolved().count() == 1 and settled.exclude(parent=None).count() == 1
        assert not settled.open().exists()

    def test_history_runs_forward_and_ends_before_now(self):
        for each in Story.objects.all():
            times = list(
                StoryEvent.objects.filter(story=each).order_by("number").values_list("at", flat=True)
            )
            assert times == sorted(times) and times[-1] <= timezone.now()
        oldest = Edition.objects.order_by("published_at").first()
        assert timezone.now() - oldest.published_at > timedelta(days=300)

    def test_authors_who_work_here_are_tied_to_their_accounts(self):
        assert Author.objects.get(slug="maren-oakhill").user.email == "manager@newsroom.example"

    def test_one_story_in_review_has_an_issue_that_was_let_be_and_a_draft_has_open_ones(self):
        def judged(slug: str):
            return requirements.judge(story(slug), public_dict(story(slug)), at=timezone.now())

        [let_be] = judged("ward-robots-trial")
        assert let_be.issue.rule == "link_bare" and "painted" in let_be.override.note
        still = {each.issue.rule for each in judged("tax-digital-boats") if not each.override}
        assert still == {"link_vague", "table_headers"}
