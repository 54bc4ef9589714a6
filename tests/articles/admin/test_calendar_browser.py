"""The calendar in a real browser: a story moved by keys alone, and nothing wrong on any of its pages."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from articles.models import Story
from tests.articles.admin.desk_pages import LATER, url
from tests.articles.admin.telephone import Telephone
from tests.newsdesk import Cast, draft, published, scheduled

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

CALENDAR = "/admin/articles/story/calendar/"
LONG = "A headline of a hundred and forty signs, which is as long as they come " * 2


@pytest.fixture
def story(cast: Cast) -> Story:
    draft(cast.editor, headline=LONG, due_at=LATER - timedelta(hours=1), slug="late", assignee=cast.editor)
    draft(cast.editor, embargo_at=LATER + timedelta(hours=3), slug="embargoed")
    published(cast, slug="out")
    return scheduled(cast, at=LATER + timedelta(days=3), slug="planned")


def test_moves_a_story_by_keyboard_alone(telephone: Telephone, story: Story) -> None:
    page = telephone.open(f"{CALENDAR}?month=2026-11")
    assert telephone.tab_to("a.move") == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/move/**")
    assert telephone.tab_to("[name=at]") == []
    before = page.locator("[name=at]").input_value()
    page.keyboard.press("ArrowUp")
    chosen = page.locator("[name=at]").input_value()
    assert chosen > before
    assert telephone.tab_to("button.primary") == []
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{CALENDAR}?month=2026-11")
    assert "has been moved. It goes out" in page.locator(".messagelist").inner_text()
    [edition] = story.editions.scheduled(LATER)
    assert timezone.localtime(edition.published_at).replace(tzinfo=None) == datetime.fromisoformat(chosen)
    assert telephone.wrong == []


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_wrong_with_its_pages(width: int, telephone: Telephone, story: Story) -> None:
    telephone.page.set_viewport_size({"width": width, "height": 740})
    for query in ("month=2026-11", "week=2026-W48", "day=2026-11-23", "month=2030-02", "month=13"):
        telephone.open(f"{CALENDAR}?{query}")
        telephone.look()
    page = telephone.open(url("move", story))
    telephone.look()
    page.locator("[name=at]").fill("2026-11-20T06:00")
    page.locator("button.primary").press("Enter")
    assert "This time has passed." in page.locator(".has-errors").inner_text()
    telephone.look()
    assert telephone.wrong == []


def test_is_a_table_to_a_screen_reader_at_any_width(telephone: Telephone, story: Story) -> None:
    """A day that is laid out as a block still is a cell, and no day's name is heard twice."""
    page = telephone.open(f"{CALENDAR}?week=2026-W48")
    assert page.get_by_role("table").get_by_role("cell").count() == 7
    assert page.get_by_role("columnheader").count() == 0
    assert page.get_by_role("heading", name="Monday 23 November").count() == 1
    page.set_viewport_size({"width": 1280, "height": 740})
    assert page.get_by_role("columnheader").count() == 7
    assert page.get_by_role("heading", name="23 November", exact=False).first.inner_text().startswith("23")
