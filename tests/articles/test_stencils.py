"""A page that is filled into a stencil is the page that its template prints."""

from typing import Any

import pytest
from django.template.loader import get_template
from django.test import override_settings
from django.utils.safestring import mark_safe

from articles.views import stencils
from articles.views.stencils import filled

pytestmark = pytest.mark.django_db

SAID = {"here": "/sections/health/", "section": "Health & care", "label": "", "is_opinion": False}
GAPS = {
    "headline": 'Ward <b>7</b> & "others"',
    "title": "It's {{ headline }}",
    "body": mark_safe("<p>It <em>is</em></p>"),
    "kicker": "",
    "description": "\0",
}


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: Any) -> None:
    monkeypatch.setattr(stencils, "_kept", {})


def printed(said: dict[str, Any], gaps: dict[str, str]) -> str:
    return str(get_template("articles/article.html").render(stencils.context(said | gaps)))


class TestAFilledStencil:
    @pytest.mark.parametrize("emptied", [{}, dict.fromkeys(GAPS, ""), {"kicker": "Wards"}])
    def test_is_what_the_template_prints(self, emptied: dict[str, str]) -> None:
        gaps = GAPS | emptied
        for _ in range(2):
            assert filled("articles/article.html", SAID, gaps) == printed(SAID, gaps)

    def test_is_printed_once_for_pages_that_look_alike(self, monkeypatch: Any) -> None:
        filled("articles/article.html", SAID, GAPS)
        monkeypatch.setattr(stencils, "get_template", None)
        assert "Other words" in filled("articles/article.html", SAID, GAPS | {"headline": "Other words"})

    def test_differs_where_what_decides_differs(self) -> None:
        for section in ("Health", "Money"):
            assert section in filled("articles/article.html", SAID | {"section": section}, GAPS)

    def test_says_what_the_site_is_now(self) -> None:
        filled("articles/article.html", SAID, GAPS)
        with override_settings(SITE_NAME="Another title"):
            assert "– Another title</title>" in filled("articles/article.html", SAID, GAPS)

    def test_says_what_day_it_is(self, time_machine: Any) -> None:
        for day in ("1 May 2026", "2 May 2026"):
            time_machine.move_to(f"2026-05-0{day[0]}T12:00Z")
            assert day in filled("articles/article.html", SAID, GAPS)

    def test_cannot_be_filled_by_what_somebody_wrote(self) -> None:
        mark = f"\0{stencils._SECRET}:body\0".replace(stencils._SECRET, "0" * 24)
        gaps = GAPS | {"headline": mark}
        assert filled("articles/article.html", SAID, gaps) == printed(SAID, gaps)

    def test_keeps_no_more_than_it_may(self, monkeypatch: Any) -> None:
        monkeypatch.setattr(stencils, "MOST", 2)
        for section in "abc":
            filled("articles/article.html", SAID | {"section": section}, GAPS)
        assert len(stencils._kept) == 1

    @override_settings(DEBUG=True)
    def test_is_not_kept_while_templates_are_worked_on(self) -> None:
        filled("articles/article.html", SAID, GAPS)
        assert not stencils._kept

    def test_refuses_a_template_that_does_more_with_a_gap(self, tmp_path: Any, settings: Any) -> None:
        (tmp_path / "odd.html").write_text("{{ word|urlencode }}")
        settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
        with pytest.raises(TypeError, match="more with a gap"):
            filled("odd.html", {}, {"word": "a"})
