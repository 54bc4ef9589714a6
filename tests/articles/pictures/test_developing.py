"""The worker makes the sizes of pictures: each once, in spite of faults, kills and other workers."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from articles.models import Rendition
from articles.models.renditions import MOST_ATTEMPTS
from articles.pictures import developing, renditions
from articles.pictures.renditions import Size
from tests.newsdesk import NOW, picture

pytestmark = pytest.mark.django_db

SMALL = [Size(extension, width) for extension in ("avif", "webp", "jpg") for width in (320, 640, 800)]


def develop(at):
    return developing.develop_next(at, clock=lambda: at)


def waiting(image):
    return Rendition.objects.of(image).waiting().count()


class TestAPicture:
    def test_waits_for_all_but_the_size_that_came_at_once(self):
        image = picture()
        made = Rendition.objects.of(image).made()
        assert [str(rendition) for rendition in made] == ["w800.jpg"]
        assert waiting(image) == len(SMALL) - 1

    def test_gets_every_size_in_one_go(self):
        image = picture()
        later = NOW + timedelta(days=400)
        assert develop(later)
        assert waiting(image) == 0
        for rendition in Rendition.objects.of(image):
            name = renditions.path(image.key, f"w{rendition.width}", rendition.extension)
            assert default_storage.size(name) == rendition.byte_size
        assert not develop(later)

    def test_is_made_over_what_a_killed_worker_left(self):
        image, later = picture(), NOW + timedelta(days=400)
        half = renditions.path(image.key, "w320", "avif")
        default_storage.save(half, ContentFile(b"half"))
        develop(later)
        assert default_storage.size(half) > 100
        _, files = default_storage.listdir(f"pictures/{image.key}")
        assert len(files) == len(SMALL) + 1

    def test_is_left_to_whoever_has_it_until_the_lease_is_over(self):
        image, later = picture(), NOW + timedelta(days=400)
        Rendition.objects.of(image).waiting().update(next_try_at=later + developing.LEASE, attempts=1)
        assert not develop(later)
        assert develop(later + developing.LEASE)
        assert waiting(image) == 0


class TestAFault:
    @pytest.fixture
    def image(self):
        """A picture whose master cannot be read."""
        image = picture()
        default_storage.delete(image.file.name)
        default_storage.save(image.file.name, ContentFile(b"no picture"))
        return image

    def test_is_tried_again_later_and_given_up_in_the_end(self, image):
        now, tried = NOW + timedelta(days=400), 0
        while develop(now) and tried < 20:
            tried += 1
            pauses = set(Rendition.objects.of(image).waiting().values_list("next_try_at", flat=True))
            if pauses:
                assert not develop(now)
                [now] = pauses
        assert tried == MOST_ATTEMPTS
        assert waiting(image) == 0
        failed = Rendition.objects.of(image).failed()
        assert failed.count() == len(SMALL) - 1
        assert "cannot identify image" in failed[0].error

    def test_holds_up_no_other_picture(self, image):
        other, later = picture(), NOW + timedelta(days=400)
        developing.develop(later, clock=lambda: later)
        assert (waiting(image), waiting(other)) == (len(SMALL) - 1, 0)

    def test_is_tried_anew_when_somebody_asks(self, image):
        later = NOW + timedelta(days=400)
        Rendition.objects.of(image).waiting().update(attempts=MOST_ATTEMPTS, error="Gone wrong")
        assert not develop(later)
        assert developing.order_again(image, later) == len(SMALL) - 1
        assert develop(later)
