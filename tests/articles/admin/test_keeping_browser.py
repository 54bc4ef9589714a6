"""Drill C5 in a real browser: no word is lost with the session or the network; and what else happens while writing."""

from typing import Any

import pytest

from articles.models import Autosave, Story
from tests.articles.admin.desk_pages import url
from tests.articles.admin.posting import change, desk, filled
from tests.articles.admin.test_writing import Desk, _faults, _until
from tests.newsdesk import Cast, draft

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PASSWORD = "correct horse battery"


@pytest.fixture
def editor(page: Any, live_server: Any, cast: Cast) -> Desk:
    return Desk(page, live_server.url, cast.editor)


def says(page: Any, words: str) -> None:
    """Wait until the line beside the buttons says so."""
    page.locator(".unsaved", has_text=words).wait_for()


def copies(page: Any) -> list[str]:
    """What the browser itself keeps."""
    found: list[str] = page.evaluate(
        "Object.entries(localStorage).flat().filter((one) => one.includes('kept'))"
    )
    return found


def go_on(page: Any) -> None:
    page.locator("#offer").get_by_text("Go on with it").click()
    page.wait_for_url("**recover=1")
    page.wait_for_selector(".tiptap[aria-labelledby]")


def test_words_outlive_the_session(editor: Desk, cast: Cast) -> None:
    """One paragraph the server has; another is written when nobody is signed in any more."""
    story = draft(cast.editor)
    page = editor.write(change(story))
    page.locator(".tiptap p").first.click()
    page.keyboard.type("Kept by the server. ")
    says(page, "Kept 1")
    page.context.clear_cookies(name="session")
    page.fill("#id_headline", "Written after the session was lost")
    says(page, "You have been signed out. Kept in this browser only.")
    assert "lost" not in "".join(copies(page))  # locked: the next person at this machine finds no words

    page.click("button[name=_save]")
    page.get_by_label("E-mail").fill(cast.editor.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.locator("#offer", has_text="Only this browser has it").wait_for()
    assert page.evaluate("document.activeElement.id") == "offer"
    go_on(page)
    assert page.input_value("#id_headline") == "Written after the session was lost"
    assert "Kept by the server." in page.locator(".tiptap").inner_text()

    page.click("button[name=_save]")
    page.wait_for_selector("ul.messagelist")
    _until(page, "!Object.keys(localStorage).some((name) => name.includes('kept'))")
    story.refresh_from_db()
    assert story.headline == "Written after the session was lost"
    assert "Kept by the server." in story.body
    assert not Autosave.objects.exists()
    assert editor.complaints == []


def test_signing_in_elsewhere_is_enough_to_go_on(editor: Desk, cast: Cast) -> None:
    story = draft(cast.editor)
    page = editor.write(change(story))
    page.context.clear_cookies()
    page.fill("#id_headline", "Written meanwhile")
    says(page, "You have been signed out")
    other = Desk(page.context.new_page(), editor.address, cast.editor)
    other.open("/admin/")  # signing in changes the token too
    page.evaluate("window.dispatchEvent(new Event('online'))")
    says(page, "Kept 1")
    page.click("button[name=_save]")
    page.wait_for_selector("ul.messagelist")
    assert Story.objects.get().headline == "Written meanwhile"


def test_words_outlive_the_network(editor: Desk, cast: Cast) -> None:
    story = draft(cast.editor)
    page = editor.write(change(story))
    page.context.set_offline(True)
    page.fill("#id_headline", "Written in a tunnel")
    says(page, "No connection. Kept in this browser only.")
    page.click("button[name=_save]")
    says(page, "save again when it is back")
    page.context.set_offline(False)
    says(page, "Kept 1")
    assert copies(page) == []
    assert Autosave.objects.get().as_typed()["headline"] == ["Written in a tunnel"]

    page.context.set_offline(True)
    page.fill("#id_headline", "And the window closed")
    says(page, "No connection")
    page.close()
    editor.page = page.context.new_page()
    editor.page.context.set_offline(False)
    page = editor.write(change(story))
    go_on(page)
    assert page.input_value("#id_headline") == "And the window closed"


def test_signing_out_leaves_no_copy(editor: Desk, cast: Cast) -> None:
    page = editor.write(change(draft(cast.editor)))
    page.context.set_offline(True)
    page.fill("#id_headline", "Nobody else's business")
    says(page, "No connection")
    assert copies(page)
    page.context.set_offline(False)
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("text=Sign out")
    page.get_by_text("You are signed out.").wait_for()
    assert copies(page) == []


def test_signing_out_leaves_no_copy_of_words_that_were_on_their_way(editor: Desk, cast: Cast) -> None:
    page = editor.write(change(draft(cast.editor)))
    held: dict[str, Any] = {}
    page.route("**/autosave/", lambda route, _: held.update(words=route))
    page.route("**/logout/", lambda route, _: held.update(out=route))
    with page.expect_request("**/autosave/"):
        page.fill("#id_headline", "Nobody else's business")
    page.on("dialog", lambda dialog: dialog.accept())
    with page.expect_request("**/logout/"):
        page.click("text=Sign out", no_wait_after=True)
    with page.expect_event("requestfailed"):
        held["words"].abort()
    page.wait_for_timeout(300)  # for what follows from that; the page itself is left, and cannot be asked
    held["out"].continue_()
    page.get_by_text("You are signed out.").wait_for()
    assert copies(page) == []


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_writing_with_preview_colleague_and_recovery(
    editor: Desk, cast: Cast, width: int, scheme: str
) -> None:
    story = draft(cast.editor)
    desk(cast.second_editor).get(change(story))
    desk(cast.editor).post(url("autosave", story), filled(story, standfirst=""))
    editor.page.set_viewport_size({"width": width, "height": 800})
    editor.page.emulate_media(color_scheme=scheme)
    page = editor.open(change(story))
    page.wait_for_selector("#offer:focus")
    assert page.locator("#story_form").evaluate("form => form.inert")
    assert _faults(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".tiptap[aria-labelledby]")
    assert "Second Editor has this open" in page.locator(".presence").inner_text()
    assert "Write a standfirst" in page.locator("#missing").inner_text()

    page.fill("#id_headline", "Words that nobody saved")
    page.keyboard.press("Control+Alt+p")
    shown = page.frame_locator("#draft iframe")
    shown.locator("h1", has_text="Words that nobody saved").wait_for()
    for button in ("desktop", "phone"):
        page.click(f"[data-width={button}]")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert _faults(page) == []
    page.keyboard.press("Control+Alt+p")
    page.fill("#id_standfirst", "A sentence that was missing.")
    page.locator(".missing-said", has_text="Nothing is missing.").wait_for()
    assert _faults(page) == []
    assert editor.complaints == []
