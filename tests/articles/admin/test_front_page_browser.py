"""The front page arranged in a real browser, on a small screen and by keys alone."""

import pytest

from articles.desk.front_page import Pick, Place, picks_of
from articles.models import Placement
from tests.articles.admin.telephone import Telephone
from tests.newsdesk import Cast, published

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PAGE = "/admin/articles/front/"
LONG = "A headline of a hundred and forty signs, which is as long as they come " * 2


def test_is_arranged_by_keyboard_alone(telephone: Telephone, cast: Cast) -> None:
    story = published(cast, headline="Zebra crossing opens")
    published(cast, headline=LONG[:140])
    page = telephone.open(PAGE)
    telephone.look()
    assert telephone.tab_to("[value^='choose:place-0']") == []
    page.keyboard.press("Enter")
    page.wait_for_selector("#id_q:focus")
    page.keyboard.type("Zeb")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=Zeb**")
    telephone.look()
    assert telephone.tab_to(".offers a") == []
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{PAGE}?**")
    # The cursor is where it was: one step down from the lead, and still on the same story.
    page.wait_for_selector("[value='choose:place-0']:focus")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**at=down**")
    page.wait_for_selector(f"[value='down:place-1:{story.pk}']:focus")
    telephone.look()
    assert telephone.tab_to("[value=put]") == []
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{PAGE}")
    assert "It is on the front page." in page.locator(".messagelist").inner_text()
    assert picks_of(Placement.objects.in_force()) == {Place(position=1): Pick(story.pk)}
    telephone.wear("dark")
    telephone.open(f"{PAGE}record/")
    telephone.look()
    # From an arrangement that is no longer the newest: both are shown.
    telephone.open(f"{PAGE}?seen=0&place-0-story={story.pk}")
    page.locator("[value=put]").first.press("Enter")
    page.get_by_role("link", name="Go on with mine").wait_for()
    telephone.look()
    assert telephone.wrong == []
