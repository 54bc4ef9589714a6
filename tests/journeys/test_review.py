"""What was read is what is published: a note, words that are taken over, an approval that a link voids, a schedule
that needs nobody, and a correction in the open. An editor and a manager in a browser each, and a reader."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from articles.models import Story
from tests.journeys.steps import HEADLINE, linked_elsewhere, pasted, sign, sign_in, write
from tests.newsdesk import Cast

MORNING = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
DUE = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)

PASSAGE = "Forty thousand decisions, and the maps that go with them."
BETTER = "Fifty thousand decisions, and the maps that go with them."
MAPS = '<p>Everybody can see <a href="https://maps.example/draft/">the maps</a>.</p>'


class Colleague:
    """Somebody at a desk of their own."""

    def __init__(self, chromium: Any, site: str, name: str) -> None:
        self.page = chromium.new_context(locale="en-GB", timezone_id="Europe/London").new_page()
        self.page.set_default_timeout(20_000)
        self.site = site
        self.faults: list[str] = []
        self.page.on("console", lambda line: self.faults.append(line.text) if line.type == "error" else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        sign_in(self.page, site, f"{name}@newsroom.example")

    def open(self, page: str) -> None:
        self.page.goto(f"{self.site}/admin/articles/story/{Story.objects.get().pk}/{page}/")

    def press(self, button: Any) -> str:
        """Press what leads to a new page; answers what that says of it."""
        with self.page.expect_navigation():
            button.click()
        return str(self.page.locator(".messagelist, .refusal").first.inner_text())

    def send(self) -> str:
        return self.press(self.page.get_by_role("button", name="Save and send for review"))

    def do(self, act: str, **typed: str) -> str:
        """Do an act by its own form on the review page."""
        form = self.page.locator(f"details#{act}")
        if not form.evaluate("details => details.open"):
            form.locator("summary").click()
        for name, words in typed.items():
            form.locator(f"[name={name}]").fill(words)
        return self.press(form.locator("button"))

    @property
    def preview(self) -> Any:
        return self.page.frame_locator("iframe[data-preview]")


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(MORNING, tick=True) as moved:
        yield moved


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
class TestReview:
    def test_can_be_trusted(
        self, chromium: Any, page: Any, live_server: Any, newsroom: Cast, clock: Any
    ) -> None:
        editor = Colleague(chromium, live_server.url, "editor")
        manager = Colleague(chromium, live_server.url, "manager")
        self._write(editor)
        self._send_back_with_other_words(manager)
        self._take_them_over(editor)
        self._approve_exactly_those(manager)
        self._change_a_link(editor)
        self._approve_again_and_schedule(manager)
        address = f"{live_server.url}/articles/{Story.objects.get().slug}/"
        self._appears_by_itself(page, address, clock)
        self._correct(editor, manager, clock)
        self._read_the_correction(page, address)
        assert editor.faults == manager.faults == []
        editor.page.context.close()
        manager.page.context.close()

    def _write(self, editor: Colleague) -> None:
        write(editor.page)
        editor.page.keyboard.press("Enter")
        pasted(editor.page, MAPS)
        sign(editor.page)
        assert "Sent for review." in editor.send()

    def _send_back_with_other_words(self, manager: Colleague) -> None:
        page = manager.page
        page.reload()
        with page.expect_navigation():
            page.get_by_role("link", name=HEADLINE).first.click()
        manager.preview.get_by_text(PASSAGE).select_text()
        page.get_by_role("button", name="Note on the passage you selected").click()
        form = page.locator("[data-note-form]")
        assert form.get_by_label("About this passage").input_value() == PASSAGE
        form.get_by_label("Suggest other words for it").check()
        assert form.get_by_label("Suggest instead").input_value() == PASSAGE
        form.get_by_label("Suggest instead").fill(BETTER)
        form.get_by_label("Note", exact=True).fill("They counted again.")
        assert "has a new note" in manager.press(form.get_by_role("button", name="Add the note"))
        assert page.locator("details#approve").count() == 0
        assert "has been sent back" in manager.do("request_changes", note="See my note.")

    def _take_them_over(self, editor: Colleague) -> None:
        editor.page.goto(f"{editor.site}/admin/")
        with editor.page.expect_navigation():
            editor.page.get_by_role("link", name=HEADLINE).first.click()
        said = editor.press(editor.page.get_by_role("button", name="Accept", exact=True))
        assert "says what was suggested" in said
        editor.page.locator(".tiptap").get_by_text(BETTER).wait_for()
        assert "Sent for review." in editor.send()

    def _approve_exactly_those(self, manager: Colleague) -> None:
        manager.open("review")
        manager.preview.get_by_text(BETTER, exact=True).wait_for()
        assert manager.preview.get_by_text(PASSAGE).count() == 0
        assert "has been approved" in manager.do("approve")

    def _change_a_link(self, editor: Colleague) -> None:
        editor.open("change")
        linked_elsewhere(editor.page, "the maps", "https://maps.example/final/")
        assert "a draft again" in editor.press(editor.page.get_by_role("button", name="Save", exact=True))

    def _approve_again_and_schedule(self, manager: Colleague) -> None:
        manager.open("review")
        assert manager.page.locator("details#publish").count() == 0
        assert "has been sent for review" in manager.do("submit")
        link = manager.preview.get_by_role("link", name="the maps")
        assert link.get_attribute("href") == "https://maps.example/final/"
        assert "has been approved" in manager.do("approve")
        assert "has been scheduled" in manager.do("schedule", at=f"{DUE:%Y-%m-%dT%H:%M}")

    def _appears_by_itself(self, page: Any, address: str, clock: Any) -> None:
        """No worker runs here: only time passes."""
        assert page.request.get(address).status == 404
        clock.move_to(DUE + timedelta(seconds=1))
        page.goto(address)
        assert page.locator("h1").inner_text() == HEADLINE
        assert page.get_by_text(BETTER, exact=True).count() == 1

    def _correct(self, editor: Colleague, manager: Colleague, clock: Any) -> None:
        editor.open("change")
        form = editor.page.locator("#story_form")
        form.get_by_label("Standfirst").fill("Every decision since 1974 can be searched from Tuesday.")
        form.get_by_label("Kind of change").select_option("correction")
        form.get_by_label("Note to readers").fill("We said Monday. It is Tuesday.")
        assert "Sent for review." in editor.send()
        manager.open("review")
        manager.preview.get_by_text("We said Monday. It is Tuesday.").wait_for()
        assert "has been approved" in manager.do("approve")
        clock.shift(timedelta(minutes=1))
        assert "has been published" in manager.do("publish")

    def _read_the_correction(self, page: Any, address: str) -> None:
        page.goto(address)
        notice = page.locator(".notice", has_text=re.compile("Correction"))
        assert "We said Monday. It is Tuesday." in notice.inner_text()
        assert page.locator(".standfirst").inner_text().endswith("from Tuesday.")
        page.get_by_role("link", name="Every version of this story").click()
        page.locator("h2", has_text="First published").wait_for()
        assert "Tuesday" in page.locator("ins").first.inner_text()
        page.get_by_role("link", name="Corrections", exact=True).click()
        page.get_by_text("We said Monday. It is Tuesday.").wait_for()
