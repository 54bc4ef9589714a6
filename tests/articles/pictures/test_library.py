"""How a picture gets into the library and out of it again."""

import io

import pytest
from django.core.files.storage import InMemoryStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.utils import timezone

from articles.models import Image
from articles.pictures import developing, library, renditions
from articles.pictures.intake import Refused
from tests.articles.pictures.making import opened, photo, photograph_with_every_field, saved

pytestmark = pytest.mark.django_db


@pytest.fixture
def storage(monkeypatch):
    """An empty shelf for this test alone."""
    shelf = InMemoryStorage()
    monkeypatch.setattr(Image._meta.get_field("file"), "storage", shelf)
    return shelf


def files(storage, folder="pictures"):
    if not storage.exists(folder):
        return []
    folders, names = storage.listdir(folder)
    return sorted(
        [f"{folder}/{name}" for name in names]
        + [each for sub in folders for each in files(storage, f"{folder}/{sub}")]
    )


def upload(width=1000, height=600, name="../../etc/shell.php.jpg"):
    return SimpleUploadedFile(name, saved(photo(width, height), "JPEG"), content_type="text/html")


class TestAdd:
    def test_stores_the_master_and_one_good_size_under_the_random_key(self, storage):
        image = library.add(upload(), by=None, alt="A hall")
        assert len(image.key) == 32
        assert files(storage) == [f"pictures/{image.key}/master.jpg", f"pictures/{image.key}/w1000.jpg"]
        assert (image.width, image.height, image.format) == (1000, 600, "JPEG")
        assert image.byte_size == storage.size(image.file.name)
        with storage.open(renditions.path(image.key, "w1000")) as file:
            assert opened(file.read()).size == (1000, 600)

    def test_the_name_and_type_of_the_upload_mean_nothing(self, storage):
        image = library.add(upload(), by=None)
        assert image.file.name == f"pictures/{image.key}/master.jpg"

    def test_the_files_own_words_fill_what_the_editor_left_empty(self, storage):
        data = photograph_with_every_field("iptc-2017.1-plus-2025-fields.jpg")
        image = library.add(io.BytesIO(data), by=None, caption="Ours", credit="")
        assert image.caption == "Ours"
        assert image.credit.startswith("Credit Line")
        assert image.alt
        image.full_clean()

    def test_a_decorative_picture_gets_no_alternative_text(self, storage):
        data = photograph_with_every_field("iptc-2017.1-plus-2025-fields.jpg")
        assert library.add(io.BytesIO(data), by=None, decorative=True).alt == ""


class TestAllOrNothing:
    def test_a_refused_upload_leaves_nothing(self, storage):
        with pytest.raises(Refused):
            library.add(SimpleUploadedFile("a.jpg", b"<svg/>"), by=None)
        assert not files(storage) and not Image.objects.exists()

    def test_a_row_that_fails_takes_its_files_along(self, storage, monkeypatch):
        def fails(image, *args, **kwargs):
            assert files(storage)
            raise IntegrityError

        monkeypatch.setattr(Image, "save", fails)
        with pytest.raises(IntegrityError):
            library.add(upload(), by=None)
        assert not files(storage)

    def test_a_full_disc_leaves_nothing(self, storage, monkeypatch):
        save, calls = storage.save, []

        def fails_at_the_second(name, content, max_length=None):
            calls.append(name)
            if len(calls) == 2:
                raise OSError("No space left on device")
            return save(name, content, max_length)

        monkeypatch.setattr(storage, "save", fails_at_the_second)
        with pytest.raises(OSError, match="No space"):
            library.add(upload(), by=None)
        assert not files(storage) and not Image.objects.exists()


class TestRemove:
    def test_files_go_with_the_row(self, storage, django_capture_on_commit_callbacks):
        image = library.add(upload(), by=None)
        developing.develop(timezone.now())
        assert len(files(storage)) == 1 + 3 * 3
        with django_capture_on_commit_callbacks(execute=True):
            library.remove(image)
        assert not files(storage) and not Image.objects.exists()

    def test_files_stay_until_it_is_certain(self, storage, django_capture_on_commit_callbacks):
        image = library.add(upload(), by=None)
        with django_capture_on_commit_callbacks(execute=False):
            library.remove(image)
        assert files(storage)
