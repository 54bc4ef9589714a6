"""A manager on a train: reads and decides on a telephone, in a real browser, with nothing wrong on any page."""

import pytest

from articles.models import Story
from tests.articles.admin.desk_pages import url
from tests.articles.admin.posting import change as form_of
from tests.articles.admin.posting import desk, filled
from tests.articles.admin.telephone import Telephone
from tests.newsdesk import MINUTE, Cast, change, draft, picture, published, republished, submitted
from tests.newsdesk import NOW as MORNING

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

QUEUE = "/admin/articles/story/queue/"


def test_reads_sends_back_approves_and_publishes(telephone: Telephone, cast: Cast) -> None:
    story = submitted(cast, lead_image=picture(cast.editor))
    page = telephone.open("/admin/")
    telephone.look()
    page.click("text=Council puts its records in one place")
    shown = page.frame_locator("iframe[data-preview]")
    assert shown.locator("h1").inner_text() == "Council puts its records in one place"
    lead = shown.locator("figure img").first
    lead.scroll_into_view_if_needed()
    assert lead.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    telephone.look()

    assert "Write a note" in telephone.do("request_changes")
    telephone.look()
    assert "sent back" in telephone.do("request_changes", note="Who pays?")
    # A change in the midst of the page's own requests would meet their transactions: here all share one connection.
    page.wait_for_load_state("networkidle")
    change(story, by=cast.editor, now=MORNING, standfirst="The county pays.")
    page.reload()
    assert "has been sent for review" in telephone.do("submit")
    assert "has been approved" in telephone.do("approve")
    assert "has been published" in telephone.do("publish")
    assert Story.objects.get().editions.count() == 1
    telephone.look()
    assert telephone.wrong == []


def test_nothing_is_wrong_with_the_other_pages(telephone: Telephone, cast: Cast) -> None:
    story = published(
        cast, headline="A headline of a hundred and forty signs, which is as long as they come " * 2
    )
    said = {"standfirst": "The county pays.", "change_kind": "update", "tell_readers": True}
    change(story, by=cast.editor, now=MORNING, **said)
    submitted(cast, headline="Waiting", by=cast.manager, due_at=MORNING)
    lists = ["/admin/", "/admin/articles/story/", QUEUE, f"{QUEUE}?due=overdue&sort=due"]
    of_it = [
        url("review", story),
        url("revisions", story),
        url("revision", story, 1),
        url("compare", story, 1, 2),
    ]
    for width in (360, 1280):
        telephone.page.set_viewport_size({"width": width, "height": 740})
        for path in [*lists, *of_it]:
            telephone.open(path)
            telephone.look()
    assert telephone.wrong == []


def test_narrows_the_queue_and_takes_a_story_by_keyboard_alone(telephone: Telephone, cast: Cast) -> None:
    submitted(cast, headline="Waiting")
    submitted(cast, headline="Late", due_at=MORNING)
    page = telephone.open(QUEUE)
    page.locator("#narrow-due").focus()
    page.keyboard.press("ArrowDown")
    for _ in ("the order", "the button"):
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".queue h2").all_inner_texts() == ["Late"]
    page.locator(".queue h2 a").focus()
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".queue .claim span").first.inner_text() == "You are reading it"
    assert page.locator("#narrow-due").input_value() == "overdue"
    telephone.look()
    assert telephone.wrong == []


def test_the_preview_is_seen_at_either_width(telephone: Telephone, cast: Cast) -> None:
    page = telephone.open(url("review", submitted(cast)))
    page.set_viewport_size({"width": 1280, "height": 740})
    inside = "document.querySelector('iframe[data-preview]').contentWindow.innerWidth"
    for button, width in (("Phone", 375), ("Desktop", 1280)):
        page.get_by_role("button", name=button, exact=True).press("Enter")
        page.wait_for_function(f"{inside} === {width}")
        assert page.get_by_role("button", name=button, exact=True).get_attribute("aria-pressed") == "true"
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_a_link_to_an_act_opens_it(telephone: Telephone, cast: Cast) -> None:
    story = submitted(cast)
    page = telephone.open(f"{url('review', story)}#request_changes")
    assert page.locator("details#request_changes textarea").is_visible()


def test_shares_a_preview_by_keyboard_and_looks_at_it_as_one_outside(
    telephone: Telephone, cast: Cast
) -> None:
    page = telephone.open(url("review", submitted(cast, lead_image=picture(cast.editor))))
    page.locator("#share_preview summary").press("Enter")
    page.locator("#share_preview [name=for_whom]").press_sequentially("Dr Osei")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    telephone.look()
    page.get_by_role("button", name="Copy the address").press("Enter")
    page.locator("[data-copied]:not(:empty)").wait_for()
    link = page.locator("#address").input_value().partition("/preview/")[2]
    page.context.clear_cookies()
    lead = telephone.open(f"/preview/{link}").locator(".story-lead img")
    assert lead.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    telephone.look()
    assert page.context.cookies() == []
    assert telephone.wrong == []


def test_takes_a_story_down_by_keyboard_alone(telephone: Telephone, cast: Cast) -> None:
    """Enter in a field shows what readers would get; only the act's own button does it."""
    story = published(cast)
    page = telephone.open(url("review", story))
    page.locator("p#take_down a").press("Enter")
    telephone.look()
    page.locator("[name=kind]").select_option("error")
    page.locator("[name=redirect_to]").press_sequentially("/articles/")
    page.keyboard.press("Enter")
    page.wait_for_selector("#outcome:focus")
    assert "led to another page. /articles/" in page.locator("#outcome").inner_text()
    page.locator("[name=redirect_to]").fill("")
    page.locator("[name=public_note]").press_sequentially("Published too soon.")
    page.wait_for_load_state("networkidle")
    with page.expect_navigation():
        page.locator("button[name=show]").press("Enter")
    shown = page.frame_locator("#outcome iframe")
    assert shown.locator("h1").inner_text() == "This story has been removed"
    telephone.look()
    assert story.editions.count() == 1
    page.locator("button.grave").press("Enter")
    assert "has been taken down" in page.locator(".messagelist").inner_text()
    telephone.look()
    assert telephone.wrong == []


def test_a_script_that_is_late_takes_the_cursor_from_nobody(telephone: Telephone, cast: Cast) -> None:
    page, held = telephone.open(url("act", published(cast), "take_down")), []
    page.route("**/desk/review.js", lambda route, _: held.append(route))
    page.locator("[name=redirect_to]").fill("/articles/")
    page.keyboard.press("Enter")
    page.locator("#outcome").wait_for()
    note = page.locator("[name=public_note]")
    note.focus()
    held.pop().continue_()
    page.wait_for_load_state("load")
    page.keyboard.type("Published too soon.")
    assert note.input_value() == "Published too soon."


def test_nothing_is_wrong_with_the_pages_of_grave_acts(telephone: Telephone, cast: Cast) -> None:
    story = published(cast)
    republished(story, cast, now=MORNING + MINUTE, standfirst="In May.", change_kind="update")
    for scheme in ("light", "dark"):
        telephone.wear(scheme)
        for act in ("hold", "redact", "take_down", "withhold", "reinstate"):
            telephone.open(url("act", story, act))
            telephone.look()
    assert telephone.wrong == []


def test_two_editors_collide_and_the_keyboard_settles_it(telephone: Telephone, cast: Cast) -> None:
    long = "A paragraph that is long enough to be read on two lines of a small screen, with something in it. "
    story = draft(cast.editor, body=f"<p>{long}</p>" * 12)
    page = telephone.open(form_of(story))
    saved = {"headline": "Theirs", "body": f"<p>{long}</p>" * 11 + "<p>Theirs at the end.</p>"}
    desk(cast.editor).post(form_of(story), filled(story, **saved))
    page.locator("[name=headline]").fill("Mine")
    page.locator("button[name=_save]").press("Enter")
    page.wait_for_selector(".conflict")
    for scheme in ("light", "dark"):
        telephone.wear(scheme)
        telephone.look()
    page.locator("details.both summary").first.press("Enter")
    assert page.locator("details.both .difference-lines").first.is_visible()
    assert telephone.tab_to("button[name=_save]") == []
    telephone.look()
    page.keyboard.press("Enter")
    page.wait_for_selector(".messagelist")
    story.refresh_from_db()
    assert (story.headline, story.version) == ("Mine", 3)
    assert telephone.wrong == []


def test_an_issue_is_overridden_by_keyboard_alone(telephone: Telephone, cast: Cast) -> None:
    story = draft(cast.editor, body='<p>Text, and more <a href="https://example.org/">here</a>.</p>')
    page = telephone.open(url("review", story))
    page.locator("details.issue-act summary").press("Enter")
    for scheme in ("light", "dark"):
        telephone.wear(scheme)
        telephone.look()
    page.locator("details.issue-act textarea").press_sequentially("The notice says just that.")
    assert telephone.tab_to("details.issue-act button") == []
    page.keyboard.press("Enter")
    page.wait_for_selector(".messagelist")
    assert story.events.filter(act="override").count() == 1
    assert telephone.wrong == []
