"""Related stories by keyboard in a real browser: found, picked, moved, taken out, and saved in that order."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.articles.admin.posting import change
from tests.articles.admin.test_writing import Desk
from tests.newsdesk import Cast, draft, published

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_picking_by_keyboard(page: Any, live_server: Any, cast: Cast) -> None:
    yesterday = timezone.now() - timedelta(days=1)
    one, two = (published(cast, headline=f"Reservoirs {number}", now=yesterday) for number in ("one", "two"))
    story = draft(cast.editor)
    desk = Desk(page, live_server.url, cast.editor)
    desk.write(change(story))
    page.locator("#id_related").fill("reservoirs")
    page.locator("#id_related").press("Enter")
    for picked in (one, two, two):
        page.get_by_role("button", name=f"Pick: {picked.headline}").press("Enter")
    page.get_by_text("That story is picked already.").wait_for()
    page.get_by_role("button", name="Move up: Reservoirs two").press("Enter")
    page.get_by_text("Reservoirs two: place 1 of 2").wait_for()
    page.get_by_role("button", name="Take out: Reservoirs one").press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Take out: Reservoirs two"
    page.get_by_role("button", name="Pick: Reservoirs one").press("Enter")
    page.click("button[name=_save]")
    page.get_by_text("Saved as revision 2.").wait_for()
    story.refresh_from_db()
    assert story.related == [two.pk, one.pk]
    assert desk.complaints == []
