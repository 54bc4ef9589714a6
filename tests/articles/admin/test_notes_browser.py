"""Notes in a real browser: fit for a telephone, for the keyboard alone, and for who reads with their ears."""

import pytest

from articles.desk import workflow
from articles.models import Note, Story
from tests.articles.admin.desk_pages import url
from tests.articles.admin.telephone import Telephone
from tests.newsdesk import NOW as MORNING
from tests.newsdesk import Cast, submitted

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def story(cast: Cast) -> Story:
    """In review, with a suggestion by the other manager, a long note and a resolved one."""
    story = submitted(cast)
    words = {"quote": "Forms go on line in May.", "replacement": "Forms go on line on 4 May."}
    said = [("Be exact.", words), ("A-word-without-an-end" * 20, {}), ("Done.", {})]
    for note, more in said:
        workflow.perform(story, "add_note", by=cast.second_manager, now=MORNING, note=note, **more)
    workflow.perform(story, "resolve_note", by=cast.editor, now=MORNING, thread=Note.objects.latest("pk").pk)
    return story


def test_nothing_is_wrong_on_the_review_page_and_beside_the_form(telephone: Telephone, story: Story) -> None:
    page = telephone.open(url("review", story))
    page.locator("#notes details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    page.get_by_label("Suggest other words for it").check()
    telephone.look()
    telephone.open(url("change", story))
    page.locator("#notes details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    telephone.look()
    assert telephone.wrong == []


def test_a_note_is_written_and_settled_by_keyboard_alone(telephone: Telephone, story: Story) -> None:
    page = telephone.open(url("review", story))
    press, type_ = page.keyboard.press, page.keyboard.type
    page.locator("#add_note summary").focus()
    press("Enter")
    press("Tab")
    type_("A single store")
    press("Tab")
    press("Space")  # Suggest other words: begins with the passage itself
    press("Tab")
    press("Control+a")
    type_("One store")
    press("Tab")
    press("Tab")
    with page.expect_navigation():
        press("Enter")
    note = Note.objects.latest("pk")
    assert (note.field, note.quote, note.replacement) == ("standfirst", "A single store", "One store")
    page.get_by_role("button", name="Resolve the note by Manager", exact=True).focus()
    with page.expect_navigation():
        press("Enter")
    note.refresh_from_db()
    assert not note.is_open


def test_what_is_typed_in_the_form_is_kept_when_words_are_accepted(
    telephone: Telephone, story: Story
) -> None:
    page = telephone.open(url("change", story))
    page.get_by_label("Standfirst").fill("Eleven become one.")
    with page.expect_navigation():
        page.get_by_role("button", name="Accept", exact=True).click()
    story.refresh_from_db()
    assert story.standfirst == "Eleven become one."
    assert "on 4 May" in story.body
    assert telephone.wrong == []


def test_select_nothing_and_be_told(telephone: Telephone, story: Story) -> None:
    page = telephone.open(url("review", story))
    page.get_by_role("button", name="Note on the passage you selected").click()
    page.get_by_text("Select some words in the text first.").wait_for()
