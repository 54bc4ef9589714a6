"""An editor writes a story in a real browser, with everything that a story can hold."""

import contextlib
import time
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Error

from accounts.models import User
from articles.models import Story
from drills._judging import violations
from tests.articles.admin.posting import change
from tests.newsdesk import Cast, author, draft, picture, scheduled, section, topic

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

WORD = """
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15">
<style>p.MsoNormal {mso-style-parent:""; font-family:Calibri}</style></head><body lang=EN-GB>
<p class=MsoNormal style='mso-margin-top-alt:auto'><span style='font-size:14.0pt;color:red'>Pasted from
<b>Word</b>.<o:p></o:p></span></p><h1>A big heading</h1>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·
</span>First point</p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·
</span>Second point</p><img src="file:///C:/x.png" onerror="alert(1)"></body></html>
"""


class Desk:
    """A page of the desk, signed in, that remembers whatever the browser complained about."""

    def __init__(self, page: Any, address: str, user: User) -> None:
        client = Client()
        client.force_login(user)
        page.context.add_cookies(
            [{"name": "session", "value": client.cookies["session"].value, "url": address}]
        )
        page.set_default_timeout(15_000)
        self.page, self.address = page, address
        self.complaints: list[str] = []
        page.context.on("console", self._listen)
        page.context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def open(self, path: str) -> Any:
        self.page.goto(f"{self.address}{path}")
        return self.page

    def write(self, path: str) -> Any:
        """Open a story form and wait for its editor."""
        self.open(path).wait_for_selector(".tiptap[aria-labelledby]")
        return self.page

    def _listen(self, message: Any) -> None:
        """A page that answers 4xx on purpose is no complaint."""
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)


@pytest.fixture
def editor(page: Any, live_server: Any, cast: Cast) -> Desk:
    return Desk(page, live_server.url, cast.editor)


def test_a_story_with_everything(editor: Desk) -> None:
    section(), author("Zoe Ink"), author("Ada Quill"), topic("Köln", "koln")
    lead, inside = picture(alt="The bridge"), picture(alt="A crane", caption="The last crane.")
    page = editor.write("/admin/articles/story/add/")
    page.wait_for_selector("#id_headline:focus")

    page.fill("#id_headline", "Harbour bridge opens")
    assert page.locator(".field-headline .counter").inner_text() == "20 of 90 characters"
    page.fill("#id_standfirst", "It took nine years.")
    _write_text(page)
    _put_in_table(page)
    _put_in_figure(page, inside.key)
    _fill_byline(page, "Zoe", "Ada")
    _choose_topics(page, "KÖLN", "Bridges")
    page.select_option("#id_section", label="Local Government")
    _choose_lead(page, lead.key)

    page.click("button[name=_send]")
    page.wait_for_selector("ul.messagelist")
    assert "Sent for review." in page.locator("ul.messagelist").inner_text()

    story = Story.objects.get()
    said = story.revisions.latest("number").as_dict()
    assert story.state == Story.State.IN_REVIEW
    assert [person["name"] for person in said["byline"]["people"]] == ["Ada Quill", "Zoe Ink"]
    assert [one["name"] for one in said["topics"]] == ["Bridges", "Köln"]
    assert said["lead"]["key"] == lead.key
    assert [one["key"] for one in said["pictures"]] == [inside.key]
    for part in (
        "<strong>Monday</strong>",
        "<h2>Tolls</h2>",
        "<blockquote>",
        "<li>",
        "<table>",
        "<figcaption>",
    ):
        assert part in said["body"], part
    assert '<a href="https://harbour.example/">' in said["body"]
    assert editor.complaints == []


def test_what_comes_from_word_arrives_clean(editor: Desk, cast: Cast) -> None:
    story = draft(cast.editor, body="")
    page = editor.write(change(story))
    page.locator(".tiptap").click()
    _paste(page, WORD)
    page.click("button[name=_save]")
    page.wait_for_selector("ul.messagelist")
    body = Story.objects.get().body
    assert "<h2>A big heading</h2>" in body
    assert "<strong>Word</strong>" in body
    assert body.count("<li>") == 2
    assert not any(word in body for word in ("mso", "style", "span", "img", "·"))
    assert editor.complaints == []


def test_pictures_in_the_text_show_and_an_untouched_form_saves_nothing(editor: Desk, cast: Cast) -> None:
    image = picture()
    story = draft(
        cast.editor, body=f'<figure><img data-file="{image.key}" alt="A"><figcaption>B</figcaption></figure>'
    )
    page = editor.write(change(story))
    _until(page, "document.querySelector('.tiptap img').naturalWidth > 0")
    page.click("button[name=_save]")
    page.wait_for_selector("ul.messagelist")
    assert "Nothing had changed" in page.locator("ul.messagelist").inner_text()
    assert story.revisions.count() == 1
    assert editor.complaints == []


def test_two_editors_meet_on_the_conflict_page(editor: Desk, cast: Cast) -> None:
    from tests.newsdesk import NOW
    from tests.newsdesk import change as saved

    story = draft(cast.editor)
    page = editor.write(change(story))
    page.fill("#id_headline", "My headline")
    saved(story, by=cast.second_editor, now=NOW, headline="Their headline")
    page.keyboard.press("Control+s")
    page.wait_for_selector("text=Saved meanwhile")
    assert "Their headline" in page.locator(".theirs").first.inner_text()
    page.click("text=Save mine over theirs")
    page.wait_for_selector("ul.messagelist")
    story.refresh_from_db()
    assert (story.headline, story.version) == ("My headline", 3)
    assert editor.complaints == []


def test_leaving_with_unsaved_words_is_asked_about(editor: Desk, cast: Cast) -> None:
    page = editor.write(change(draft(cast.editor)))
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator(".tiptap").click()
    page.keyboard.type("New words.")
    assert page.locator(".unsaved").inner_text() == "Not saved yet"
    page.click("#desk-nav >> text=Pictures")
    page.wait_for_url("**/image/")
    assert asked == ["beforeunload"]


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_the_pages_of_the_desk_fit_and_are_accessible(
    editor: Desk, cast: Cast, width: int, scheme: str
) -> None:
    from django.utils import timezone

    from tests.newsdesk import MINUTE

    now = timezone.now()
    image = picture()
    story = scheduled(cast, now=now, at=now + 60 * MINUTE, lead_image=image)
    editor.page.set_viewport_size({"width": width, "height": 800})
    editor.page.emulate_media(color_scheme=scheme)
    forms = ["/admin/articles/story/add/", change(story)]
    others = [
        "/admin/articles/image/",
        "/admin/articles/image/add/",
        f"/admin/articles/image/{image.pk}/change/",
    ]
    others += ["/admin/articles/image/picker/", "/admin/articles/author/", "/admin/articles/tag/add/"]
    for path in forms + others:
        page = editor.write(path) if path in forms else editor.open(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert _faults(page) == [], path
    assert editor.complaints == []


def test_the_tools_keep_their_place_while_their_pictures_are_on_the_way(editor: Desk) -> None:
    editor.page.set_viewport_size({"width": 360, "height": 800})
    editor.page.route("**/*.woff2", lambda route: route.abort())
    page = editor.write("/admin/articles/story/add/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def _until(page: Any, condition: str) -> None:
    """Playwright's own wait asks by eval, which our policy forbids between one look and the next."""
    end = time.monotonic() + 15
    while not page.evaluate(condition):
        assert time.monotonic() < end, f"never true: {condition}"
        page.wait_for_timeout(50)


def _write_text(page: Any) -> None:
    page.locator(".tiptap").click()
    type_, press = page.keyboard.type, page.keyboard.press
    type_("The bridge opened on ")
    press("Control+b")
    type_("Monday")
    press("Control+b")
    type_(".")
    press("Enter")
    type_("## Tolls")
    press("Enter")
    type_("> None yet.")
    press("Enter")
    press("Enter")
    type_("- Cars")
    press("Enter")
    type_("Lorries")
    press("Enter")
    press("Enter")
    type_("See harbour")
    press("Shift+Control+ArrowLeft")
    _until(page, "getSelection().toString() === 'harbour'")
    page.click(".prose-menubar button[data-name=link]")
    page.fill("dialog input[name=href]", "harbour at example")  # would be dropped when it is saved
    page.locator("dialog button[type=submit]").click()
    assert "Begin with https://" in page.locator("dialog input[name=href]").evaluate(
        "e => e.validationMessage"
    )
    page.fill("dialog input[name=href]", "https://harbour.example/")
    page.locator("dialog button[type=submit]").click()
    page.wait_for_selector(".tiptap a")
    page.locator(".tiptap").focus()
    press("End")
    page.wait_for_timeout(300)  # the editor takes note of the cursor a moment after the browser moved it
    press("Enter")


def _put_in_table(page: Any) -> None:
    page.click(".prose-menubar button[data-name=table]")
    page.locator("dialog button[type=submit]").click()
    _until(page, "Boolean(getSelection().anchorNode?.parentElement?.closest('.tiptap:focus th'))")
    page.keyboard.type("Year")
    page.locator(".tiptap > p").last.click()


def _put_in_figure(page: Any, key: str) -> None:
    page.click(".prose-menubar button[data-name=figure]")
    _pick(page, page.get_by_role("button", name="Choose a picture…").first, key, within="dialog")
    _until(page, "document.querySelector('dialog input[name=altText]').value == 'A crane'")
    page.locator("dialog button[type=submit]").click()
    _until(page, "document.querySelector('.tiptap img')?.naturalWidth > 0")


def _choose_lead(page: Any, key: str) -> None:
    _pick(page, page.locator("#id_lead_image_choose"), key)
    page.wait_for_selector(".picture-choice .chosen img[src]")
    assert "Used as it stands: The bridge" in page.locator(".field-lead_alt").inner_text()


def _pick(page: Any, button: Any, key: str, within: str = "") -> None:
    button = page.locator(f"{within} button", has_text="Choose a picture").first if within else button
    with page.context.expect_page() as opened:
        button.click()
    window = opened.value
    window.wait_for_load_state("load")
    offered = window.locator(f".offered[data-key='{key}']")
    offered.focus()
    with contextlib.suppress(Error):  # the window closes while the key is still being reported
        offered.press("Enter")


def _fill_byline(page: Any, *names: str) -> None:
    """Add people, then move the second before the first by its button."""
    for number, name in enumerate(names):
        page.click("#bylines-group .add-row a")
        assert page.evaluate(
            "number => Boolean(document.activeElement.closest(`#bylines-${number}`))", number
        )
        page.locator(f"#bylines-{number} .select2-selection").click()
        page.locator(".select2-search__field").last.fill(name)
        page.locator(".select2-results__option", has_text=name).first.click()
    page.locator("#bylines-1").get_by_role("button", name="Move up").click()
    assert page.locator("#bylines-group [role=status]").inner_text().endswith("place 1 of 2")


def _choose_topics(page: Any, known: str, new: str) -> None:
    for term, option in ((known, "Köln"), (new, f"{new} (new topic)")):
        field = page.locator(".field-topics .select2-search__field")
        field.click()
        field.fill(term)
        page.locator(".select2-results__option", has_text=option).first.click()


def _paste(page: Any, html: str) -> None:
    page.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            data.setData("text/plain", "plain");
            const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
            document.querySelector(".tiptap").dispatchEvent(event);
        }""",
        html,
    )


def _faults(page: Any) -> list[str]:
    found = violations(page, {})
    grave = [one for one in found if one["impact"] in {"serious", "critical"}]
    return [f"{one['id']}: {node['html'][:120]}" for one in grave for node in one["nodes"]]
