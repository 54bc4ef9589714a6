"""The right to show a picture: its proof, what readers lose by a change and who made it, and the warning queue."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.desk import requirements, workflow
from articles.desk.public import public_dict
from articles.models import Image, LicenceChange, Story
from tests.articles.admin.desk_pages import LATER
from tests.articles.admin.posting import desk
from tests.newsdesk import Cast, draft, picture, published, scheduled

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/image/"
ENDING = f"{LIST}ending/"
DAY = timedelta(days=1)
ALL = ["web", "email", "social", "feeds"]


def form(**fields: Any) -> dict[str, Any]:
    said = {"alt": "A hall", "licence_kind": "own", "licence_scopes": ALL, "focal_x": "0.5", "focal_y": "0.5"}
    return said | fields


def typed(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")


def page_of(image: Image) -> str:
    return f"{LIST}{image.pk}/change/"


class TestTheRecord:
    def test_says_who_changed_what_from_what_to_what(self, cast: Cast) -> None:
        image = picture()
        desk(cast.editor).post(page_of(image), form(licence_kind="agency", licence_holder="An agency"))
        [row] = LicenceChange.objects.all()
        assert (row.by, row.before, row.after) == (
            cast.editor,
            {"licence_kind": "own", "licence_holder": ""},
            {"licence_kind": "agency", "licence_holder": "An agency"},
        )
        assert (
            "licence from “Our own work” to “Agency licence”"
            in desk(cast.editor).get(page_of(image)).content.decode()
        )

    def test_new_words_are_no_change_of_a_licence(self, cast: Cast) -> None:
        image = picture()
        desk(cast.editor).post(page_of(image), form(caption="At dusk."))
        assert not LicenceChange.objects.exists()

    def test_the_database_keeps_it(self, cast: Cast) -> None:
        image = picture()
        desk(cast.editor).post(page_of(image), form(licence_kind="agency"))
        for change in (
            LicenceChange.objects.all().delete,
            lambda: LicenceChange.objects.update(by=cast.manager),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                change()


class TestWhatReadersLose:
    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"licence_ends_at": typed(LATER - DAY)}, "at once"),
            ({"licence_ends_at": typed(LATER + DAY)}, "on 24 November 2026"),
            ({"licence_scopes": ["web", "email", "social"]}, "at once from feeds"),
        ],
        ids=["ended", "ends sooner", "fewer scopes"],
    )
    def test_is_said_beforehand_and_done_only_when_confirmed(
        self, cast: Cast, change: dict[str, Any], says: str
    ) -> None:
        image = picture()
        published(cast, headline="The bridge opens", lead_image=image)
        client = desk(cast.editor)
        asked = client.post(page_of(image), form(**change))
        assert f"Readers lose this picture {says}" in asked.content.decode()
        assert "The bridge opens" in asked.content.decode()
        assert not LicenceChange.objects.exists()
        confirmed = asked.context["adminform"].form.fields["confirmed"].widget.confirmed
        assert client.post(page_of(image), form(**change, confirmed=confirmed)).status_code == 302
        assert LicenceChange.objects.count() == 1

    def test_a_tick_does_not_confirm_a_longer_list(self, cast: Cast) -> None:
        image, client = picture(), desk(cast.editor)
        published(cast, headline="One", slug="one", lead_image=image)
        ended = form(licence_ends_at=typed(LATER - DAY))
        asked = client.post(page_of(image), ended)
        confirmed = asked.context["adminform"].form.fields["confirmed"].widget.confirmed
        published(cast, headline="Another", slug="another", lead_image=image)
        again = client.post(page_of(image), ended | {"confirmed": confirmed})
        assert "Another" in again.content.decode() and not LicenceChange.objects.exists()

    def test_nothing_is_asked_where_nobody_loses_anything(self, cast: Cast) -> None:
        image = picture(licence_ends_at=LATER + DAY)
        draft(cast.editor, lead_image=image)
        ends = typed(LATER + DAY / 2)
        assert desk(cast.editor).post(page_of(image), form(licence_ends_at=ends)).status_code == 302

    def test_a_hidden_story_is_not_told_of(self, cast: Cast) -> None:
        image = picture()
        story = published(cast, headline="The secret inquiry", lead_image=image)
        Story.objects.filter(pk=story.pk).update(restricted=True)
        asked = desk(cast.editor).post(page_of(image), form(licence_scopes=[]))
        other = desk(cast.second_editor).post(page_of(image), form(licence_scopes=[]))
        assert "The secret inquiry" in asked.content.decode()
        assert other.status_code == 302


class TestProof:
    PDF = b"%PDF-1.7\n<script>alert(1)</script>"

    def test_is_sent_to_be_kept_and_never_shown(self, cast: Cast) -> None:
        image = picture()
        upload = SimpleUploadedFile("../../x.html", self.PDF, "text/html")
        desk(cast.editor).post(page_of(image), form(proof_upload=upload))
        sent = desk(cast.manager).get(f"{LIST}{image.pk}/proof/")
        assert b"".join(sent) == self.PDF
        assert sent["Content-Type"] == "application/pdf" and sent["X-Content-Type-Options"] == "nosniff"
        assert sent["Content-Disposition"] == f'attachment; filename="licence-of-picture-{image.pk}.pdf"'
        assert "sandbox" in sent["Content-Security-Policy"] and "no-store" in sent["Cache-Control"]
        assert LicenceChange.objects.get().after["licence_file"]

    def test_is_not_for_those_who_may_not_change_pictures(self, cast: Cast) -> None:
        image = picture()
        upload = SimpleUploadedFile("x.pdf", self.PDF)
        desk(cast.editor).post(page_of(image), form(proof_upload=upload))
        assert desk(cast.contributor).get(f"{LIST}{image.pk}/proof/").status_code == 403

    @pytest.mark.parametrize("data", [b"<svg onload=alert(1)>", b"MZ", b"GIF89a"])
    def test_takes_nothing_else(self, cast: Cast, data: bytes) -> None:
        upload = SimpleUploadedFile("proof.pdf", data, "application/pdf")
        answer = desk(cast.editor).post(page_of(picture()), form(proof_upload=upload))
        assert "A proof is a PDF, JPEG or PNG." in answer.content.decode()
        assert not LicenceChange.objects.exists()


class TestEnding:
    def test_groups_what_readers_see_by_the_time_left(self, cast: Cast) -> None:
        ends = {"ended": -DAY, "day": DAY / 2, "week": 3 * DAY, "month": 20 * DAY, "later": 40 * DAY}
        images = {name: picture(alt=name) for name in ends}
        for name, image in images.items():
            published(cast, headline=f"Story of {name}", slug=name, lead_image=image)
            Image.objects.filter(pk=image.pk).update(licence_ends_at=LATER + ends[name])
        picture(alt="unused", licence_ends_at=LATER + DAY)
        page = desk(cast.editor).get(ENDING)
        assert {
            shown["group"].name: [row["ending"].image.alt for row in shown["rows"]]
            for shown in page.context["groups"]
        } == {name: [name] for name in ("ended", "day", "week", "month")}
        assert "Story of week" in page.content.decode()
        assert desk(cast.editor).get("/admin/").context["licences_ending"] == 4
        assert desk(cast.contributor).get("/admin/").context["licences_ending"] == 0

    def test_a_scheduled_story_counts_and_a_hidden_one_only_for_those_who_know_of_it(
        self, cast: Cast
    ) -> None:
        image = picture(licence_ends_at=LATER + 5 * DAY)
        story = scheduled(cast, at=LATER + DAY, headline="The secret inquiry", lead_image=image)
        Story.objects.filter(pk=story.pk).update(restricted=True)
        assert "The secret inquiry" in desk(cast.editor).get(ENDING).content.decode()
        assert b"No licence ends within 30 days." in desk(cast.second_editor).get(ENDING).content

    def test_is_extended_where_it_stands_and_on_record(self, cast: Cast) -> None:
        image = picture(licence_ends_at=LATER + DAY)
        published(cast, lead_image=image)
        data = {"picture": image.pk, f"p{image.pk}-licence_ends_at": typed(LATER + 90 * DAY)}
        assert desk(cast.editor).post(ENDING, data).status_code == 302
        image.refresh_from_db()
        assert image.licence_ends_at == (LATER + 90 * DAY).replace(second=0)
        assert LicenceChange.objects.get().by == cast.editor
        assert desk(cast.contributor).post(ENDING, data).status_code == 403

    @pytest.mark.parametrize(
        ("ends", "says"),
        [
            ("", "Say until when"),
            ("soon", "This is no date"),
            (typed(LATER + DAY / 2), "no later than before"),
        ],
    )
    def test_a_wrong_date_is_said_at_its_field(self, cast: Cast, ends: str, says: str) -> None:
        image = picture(licence_ends_at=LATER + DAY)
        published(cast, lead_image=image)
        answer = desk(cast.editor).post(ENDING, {"picture": image.pk, f"p{image.pk}-licence_ends_at": ends})
        assert answer.status_code == 422 and says in answer.content.decode()
        assert not LicenceChange.objects.exists()

    @pytest.mark.parametrize("key", ["", "x", "9" * 30, "0"])
    def test_a_forged_picture_is_not_found(self, cast: Cast, key: str) -> None:
        assert desk(cast.editor).post(ENDING, {"picture": key}).status_code == 404


class TestBeforePublication:
    def test_an_end_in_sight_is_told_and_stops_nothing(self, cast: Cast) -> None:
        image = picture(licence_ends_at=LATER + 10 * DAY)
        story = draft(cast.editor, lead_image=image)
        assert requirements.for_publication(story, public_dict(story), at=LATER) == []
        page = desk(cast.editor).get(f"/admin/articles/story/{story.pk}/change/").content.decode()
        assert "on 3 December 2026, 10:30, when its licence ends" in page
        workflow.perform(story, "submit", by=cast.editor, now=LATER)
        review = desk(cast.manager).get(f"/admin/articles/story/{story.pk}/review/").content.decode()
        assert "To know of: it stops nothing" in review and "when its licence ends" in review
