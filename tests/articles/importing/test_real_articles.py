"""Real articles, a few from every part of the file; `make drills` takes all of them."""

from pathlib import Path

import pytest

from drills import real_articles

missing = not real_articles.DATA.exists()


@pytest.mark.django_db
@pytest.mark.skipif(missing, reason="the test data of real articles is not beside this checkout")
class TestRealArticles:
    def test_make_valid_pages_without_raw_markup(self, tmp_path: Path) -> None:
        count, _ = real_articles.take_in(40, tmp_path)
        pages, raw = real_articles.read_all()
        assert (pages, raw) == (count, [])
