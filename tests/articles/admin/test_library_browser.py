"""The picture library on a manager's telephone: uploading, the focal point by keyboard, and what keeps people out."""

from datetime import timedelta
from typing import Any

import pytest

from articles.models import Image
from tests.articles.admin.desk_pages import LATER
from tests.articles.admin.telephone import Telephone
from tests.newsdesk import Cast, picture, picture_file, published

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

LIST = "/admin/articles/image/"


def file(name: str, **made: Any) -> dict[str, Any]:
    upload = picture_file(name, **made)
    return {"name": name, "mimeType": "image/jpeg", "buffer": upload.read()}


def look_at(telephone: Telephone) -> None:
    for scheme in ("light", "dark"):
        telephone.wear(scheme)
        telephone.look()


class TestTheLibrary:
    def test_several_files_go_up_one_by_one_each_with_its_answer(self, telephone: Telephone) -> None:
        picture(alt="Already there")
        page = telephone.open(f"{LIST}upload/")
        page.set_input_files("#id_files", [file("hall.jpg"), file("quay.jpg", size=(500, 400)), _script()])
        page.get_by_role("button", name="Upload").click()
        page.get_by_text("1 of 3 taken.").wait_for()
        look_at(telephone)
        page.get_by_role("button", name="Keep both").click()
        page.get_by_text("2 of 3 taken.").wait_for()
        page.get_by_role("link", name="Write their words and licence").click()
        look_at(telephone)
        page.get_by_label("Credit").nth(0).fill("Harbour office")
        page.get_by_role("button", name="Fill in for all").click()
        page.get_by_role("button", name="Save all 2").click()
        page.get_by_text("The 2 pictures are in the library").wait_for()
        look_at(telephone)
        assert Image.objects.filter(credit="Harbour office").count() == 2
        assert telephone.wrong == []

    def test_files_can_be_dropped_on_the_page(self, telephone: Telephone) -> None:
        page = telephone.open(f"{LIST}upload/")
        held = page.evaluate_handle(
            """data => {
              const held = new DataTransfer();
              held.items.add(new File([Uint8Array.from(data)], "dropped.jpg", {type: "image/jpeg"}));
              return held;
            }""",
            list(picture_file().read()),
        )
        page.dispatch_event(".drop", "drop", {"dataTransfer": held})
        page.get_by_text("1 of 1 taken.").wait_for()
        assert Image.objects.count() == 1

    def test_the_focal_point_is_moved_by_arrow_keys_and_said(self, telephone: Telephone, cast: Cast) -> None:
        image = picture(licence_ends_at=LATER + timedelta(days=3))
        published(cast, lead_image=image)
        page = telephone.open(f"{LIST}{image.pk}/change/")
        look_at(telephone)
        point = page.get_by_role("slider", name="What must stay in sight")
        point.press("ArrowLeft")
        point.press("ArrowLeft")
        point.press("ArrowDown")
        assert point.get_attribute("aria-valuetext") == "40 % from the left, 55 % from the top"
        page.locator("[data-stage]").click(position={"x": 1, "y": 1})
        assert page.locator(".crop img").first.evaluate("crop => crop.style.objectPosition") == "0% 0%"
        page.get_by_role("button", name="Save", exact=True).click()
        page.locator(".messagelist").wait_for()
        image.refresh_from_db()
        assert max(image.focal_x, image.focal_y) < 0.02
        telephone.open(f"{LIST}ending/").locator("summary").first.click()
        look_at(telephone)
        telephone.open(f"{LIST}picker/").locator("summary").click()
        look_at(telephone)
        assert telephone.wrong == []


def _script() -> dict[str, Any]:
    return {"name": "page.jpg", "mimeType": "image/jpeg", "buffer": b"<html><script>alert(1)</script>"}
