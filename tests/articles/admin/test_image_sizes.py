"""What the desk is told of the sizes that the worker makes, and how it asks for them again."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.storage import default_storage

from articles.desk import heartbeat
from articles.models import Image, Rendition
from articles.models.renditions import MOST_ATTEMPTS
from articles.pictures import developing
from tests.articles.admin.posting import desk
from tests.newsdesk import NOW, Cast, picture

MUCH_LATER = NOW + timedelta(days=400)


@pytest.fixture(autouse=True)
def _now(time_machine) -> None:
    time_machine.move_to(MUCH_LATER, tick=False)


@pytest.fixture
def broken(cast: Cast) -> Image:
    """A picture whose master is lost, given up by the worker."""
    image = picture(cast.editor)
    Rendition.objects.of(image).waiting().update(attempts=MOST_ATTEMPTS - 1)
    default_storage.delete(image.file.name)
    developing.develop(MUCH_LATER, clock=lambda: MUCH_LATER)
    return image


def page(image: Image, person) -> str:
    """The part of the picture's page that tells of its sizes."""
    told = desk(person).get(f"/admin/articles/image/{image.pk}/change/").text
    return told.partition('<section class="sizes')[2].partition("</section>")[0]


def sizes(image: Image) -> str:
    return f"/admin/articles/image/{image.pk}/sizes/"


class TestTheProgress:
    def test_is_told_while_the_worker_is_at_it(self, cast: Cast) -> None:
        image = picture(cast.editor)
        assert "1 of 9 sizes made" in page(image, cast.editor)
        assert "No worker is running" in page(image, cast.editor)
        heartbeat.beat("worker", started_at=NOW, now=MUCH_LATER)
        assert "The worker makes the others." in page(image, cast.editor)
        developing.develop(MUCH_LATER, clock=lambda: MUCH_LATER)
        assert "All 9 sizes are made" in page(image, cast.editor)
        assert "<button" not in page(image, cast.editor)

    def test_says_what_failed_and_that_it_is_tried_again(self, cast: Cast) -> None:
        image = picture(cast.editor)
        failing = Rendition.objects.of(image).filter(extension="avif", width=320)
        failing.update(attempts=2, error="OSError: [Errno 28] No space left on device")
        told = page(image, cast.editor)
        assert "AVIF 320: There was no room left where pictures are kept." in told
        assert "Tried 2 times, and tried again by itself." in told
        assert "<button" not in told


class TestAPictureGivenUp:
    def test_says_which_sizes_and_why(self, broken: Image, cast: Cast) -> None:
        told = page(broken, cast.editor)
        assert "1 of 9 sizes made" in told
        assert "AVIF 320, AVIF 640, AVIF 800, JPEG 320, JPEG 640, WebP 320" in told
        assert (
            f"file of the picture is missing. Ask whoever runs the site. Given up after {MOST_ATTEMPTS}"
            in told
        )

    def test_is_an_alarm_on_the_desks_of_those_who_can_help(self, broken: Image, cast: Cast) -> None:
        for person in (cast.editor, cast.manager):
            told = desk(person).get("/admin/").text
            assert "Pictures whose sizes could not all be made" in told
            assert f"/admin/articles/image/{broken.pk}/change/" in told
        for person in (cast.contributor, cast.administrator):
            assert "sizes could not" not in desk(person).get("/admin/").text

    def test_is_tried_again_by_a_button_and_that_is_on_record(self, broken: Image, cast: Cast) -> None:
        assert "<button" in page(broken, cast.editor)
        answer = desk(cast.editor).post(sizes(broken), follow=True)
        assert "8 sizes will be tried again within a minute." in answer.text
        assert Rendition.objects.of(broken).due(MUCH_LATER).count() == 8
        entry = LogEntry.objects.get()
        assert (entry.user, entry.object_id) == (cast.editor, str(broken.pk))
        assert "8 sizes" in entry.change_message

    def test_is_tried_again_only_by_those_who_may_change_it(self, broken: Image, cast: Cast) -> None:
        assert "<button" not in page(broken, cast.contributor)
        assert desk(cast.contributor).post(sizes(broken)).status_code == 403
        assert not Rendition.objects.of(broken).due(MUCH_LATER).exists()

    def test_is_tried_again_once_however_often_it_is_asked(self, broken: Image, cast: Cast) -> None:
        client = desk(cast.editor)
        client.post(sizes(broken))
        assert "There is nothing to try again" in client.post(sizes(broken), follow=True).text
        assert LogEntry.objects.count() == 1
        assert client.post("/admin/articles/image/999999/sizes/").status_code == 404
