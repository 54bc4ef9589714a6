"""What people do at the desk, click by click: the steps that journeys share."""

import contextlib
import re
from typing import Any

from playwright.sync_api import Error

from tests.newsdesk import Cast, author, hire, picture_file, section, topic

PASSWORD = "correct horse battery"
HEADLINE = "Fernwick puts its planning register on line"

#: The editor's box. By its name one may find the field that it replaces, and wait for ever.
TEXT = ".tiptap#text"


def opened_newsroom() -> Cast:
    """Everybody, and what a first story needs."""
    section("Local Government", "local-government")
    author("Ada Quill", "Managing Editor")
    author("Ben Nib", "Reporter")
    topic("Planning")
    return hire()


def sign_in(page: Any, site: str, email: str) -> None:
    page.goto(f"{site}/admin/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{site}/admin/")


def choose(page: Any, field: Any, words: str) -> None:
    """Pick an entry of an autocompleting field by typing."""
    field.click()
    page.locator(".select2-search__field:focus").wait_for()
    page.keyboard.type(words)
    page.locator(".select2-results__option", has_text=re.compile(re.escape(words))).first.click()


def write(page: Any) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name="New story").first.click()
    page.get_by_label("Headline", exact=True).fill(HEADLINE)
    page.get_by_label("Standfirst").fill("Every decision since 1974 can be searched from Monday.")
    page.get_by_label("Section", exact=True).select_option(label="Local Government")
    page.locator(TEXT).click()
    page.keyboard.type("The register opens to everybody on Monday.")
    page.keyboard.press("Enter")
    page.keyboard.type("What it holds")
    page.locator(".prose-menubar__selected").first.click()
    page.get_by_role("button", name="Crosshead", exact=True).click()
    page.keyboard.press("Enter")
    page.keyboard.type("Forty thousand decisions, and the maps that go with them.")


def sign(page: Any) -> None:
    for name in ("Ada Quill", "Ben Nib"):
        page.get_by_role("button", name="Add another Person").click()
        choose(page, page.locator("#bylines-group .dynamic-bylines .select2-selection").last, name)
    for name in ("Planning", "Open registers"):
        choose(page, page.locator(".field-topics .select2-selection"), name)


def illustrate(page: Any) -> None:
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Choose a picture…").click()
    library = opened.value
    library.wait_for_load_state("load")
    library.get_by_text("Upload new pictures").click()
    file = picture_file("register.jpg", (1200, 800))
    upload = {"name": file.name, "mimeType": "image/jpeg", "buffer": file.read()}
    library.locator("input[type=file]").set_input_files(upload)
    library.get_by_role("button", name="Upload").click()
    library.get_by_label("Alternative text").fill("A clerk at a map chest")
    library.get_by_label("Credit").fill("Fernwick Council")
    library.get_by_role("button", name="Save and choose").click()
    with contextlib.suppress(Error):  # the window closes while the click is still being reported
        library.locator(".new button").click()
    page.get_by_text("A clerk at a map chest", exact=True).wait_for()


def pasted(page: Any, html: str) -> None:
    """Paste at the end of the text, as from another page."""
    page.locator(TEXT).evaluate(
        """(box, html) => {
          const data = new DataTransfer();
          data.setData("text/html", html);
          box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        html,
    )
    page.locator(".tiptap a").first.wait_for()


def linked_elsewhere(page: Any, words: str, address: str) -> None:
    """Give a link in the text another address."""
    page.locator(".tiptap a", has_text=words).click()
    page.locator(".prose-menubar button.active[data-name=link]").click()
    page.locator("dialog input[name=href]").fill(address)
    page.locator("dialog button[type=submit]").click()
    page.locator(f".tiptap a[href='{address}']").wait_for()
