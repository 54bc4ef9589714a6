"""Files that no picture names are deleted, and no others."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.utils import timezone

from articles.models import Image
from articles.pictures import library, sweeping
from tests.newsdesk import picture, picture_file

pytestmark = pytest.mark.django_db

LOST, FRESH = "a" * 32, "b" * 32


@pytest.fixture
def shelf(monkeypatch, tmp_path: Path) -> Path:
    """A real folder, for this test alone."""
    monkeypatch.setattr(Image._meta.get_field("file"), "storage", FileSystemStorage(tmp_path))
    return tmp_path / "pictures"


def left(key: str) -> None:
    for name in ("w1280.jpg", "master.jpg"):
        Image._meta.get_field("file").storage.save(f"pictures/{key}/{name}", ContentFile(b"left"))


def keys(shelf: Path) -> set[str]:
    return {folder.name for folder in shelf.iterdir()}


def sweep_in(hours: int) -> int:
    return sweeping.sweep(timezone.now() + timedelta(hours=hours))


class TestSweeping:
    def test_deletes_what_a_killed_upload_left_after_a_day(self, shelf: Path) -> None:
        kept = picture()
        left(LOST)
        assert sweep_in(hours=23) == 0
        assert keys(shelf) == {kept.key, LOST}
        assert sweep_in(hours=25) == 1
        assert keys(shelf) == {kept.key}
        assert (shelf / kept.key / "master.jpg").exists()

    def test_leaves_alone_what_is_no_pictures_folder(self, shelf: Path) -> None:
        picture()
        (shelf / "lost+found").mkdir()
        assert sweep_in(hours=25) == 0
        assert (shelf / "lost+found").exists()

    def test_deletes_nothing_where_the_database_seems_to_be_another(self, shelf: Path) -> None:
        left(LOST)
        assert sweep_in(hours=25) == 0
        picture()
        for number in range(sweeping.FEW):
            left(f"{number:032x}")
        assert sweep_in(hours=25) == 0
        assert len(keys(shelf)) == sweeping.FEW + 2

    def test_takes_nothing_to_sweep_for_no_fault(self, shelf: Path) -> None:
        assert sweep_in(hours=25) == 0


class TestRemoving:
    def test_takes_along_files_that_no_row_knows_of(
        self, shelf: Path, django_capture_on_commit_callbacks
    ) -> None:
        image = library.add(picture_file(), by=None)
        left(image.key)
        (shelf / image.key / "w99.gif").write_bytes(b"old")
        with django_capture_on_commit_callbacks(execute=True):
            library.remove(image)
        assert keys(shelf) == set()
