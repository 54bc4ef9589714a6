"""A small newsroom to back up, and an empty place to bring it back to."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as ours
from django.db import connection

from newsroom.backups.making import Made, make
from tests import template
from tests.newsdesk import NOW, Cast, hire, picture, published

KEPT = (7, 4, 12)


#: What no database does otherwise is told on one: each of these commits, and PostgreSQL takes seconds to clean up.
once = pytest.mark.skipif(connection.vendor != "sqlite", reason="told once, on SQLite")


def back_up(shelf: Path, now: Any = NOW, **options: Any) -> Made:
    return make(shelf, now=now, kept=KEPT, **{"say": lambda _: None, **options})


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def staff(transactional_db: None) -> Cast:
    """People, a published story and a picture, committed: a copy holds nothing else."""
    cast = hire()
    picture(cast.editor)
    published(cast)
    return cast


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """The settings of a database that is not there yet, or is empty."""
    here = connection.settings_dict
    if connection.vendor == "sqlite":
        yield {**here, "NAME": str(tmp_path / "elsewhere" / "newsroom.sqlite3")}
        return
    name = f"test_newsroom_restored_{uuid.uuid4().hex[:8]}"
    with template.empty(os.environ["DATABASE_URL"], name):
        yield {**here, "NAME": name}


@pytest.fixture(autouse=True)
def _files(settings: Any) -> None:
    """Each test has a storage of its own, which a second database does not share."""
    settings.STORAGES = {**ours.STORAGES, "default": {"BACKEND": "newsroom.memory_files.MemoryStorage"}}
