"""The page of a grave act: what will happen, said before it does, and nothing done by looking."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest

from articles.admin.consequences import CONFIRMED
from articles.desk import workflow
from articles.models import Story, StoryEvent
from tests.articles.admin.desk_pages import LATER, in_situation, post, seen, signed_in, url
from tests.newsdesk import NOW, Cast, change, draft, published, scheduled, submitted, taken_down

#: How a story comes to where each act is possible; the second manager may do every one of them.
WHERE = {
    "publish_unreviewed": "in review",
    "countersign": "published unreviewed",
    "hold": "scheduled",
    "lift_hold": "held",
    "take_down": "live",
    "reinstate": "removed",
    "withhold": "removed",
    "lift_withholding": "withheld",
    "redact": "live",
    "unschedule": "scheduled",
    "request_changes": "scheduled",
}


def look(person: Any, story: Story, act: str, status: int = 200, **query: Any) -> str:
    answer = signed_in(person).get(url("act", story, act), query)
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


def lines(page: str) -> dict[str, str]:
    part = page.partition('class="consequences"')[2].partition("</dl>")[0]
    return dict(re.findall(r"<dt>(.*?)</dt><dd><p>(.*?)</p></dd>", part, re.DOTALL))


class TestEveryPage:
    def test_has_a_situation_here(self) -> None:
        assert set(WHERE) == {act.value for act in CONFIRMED}

    @pytest.mark.parametrize("act", WHERE)
    def test_says_what_will_happen_and_offers_one_way_on_and_one_back(self, act: str, cast: Cast) -> None:
        story = in_situation(cast, WHERE[act])
        page = look(cast.second_manager, story, act)
        told = lines(page)
        assert {"Readers see now", "Readers see afterwards", "On record", "Undo"} <= set(told)
        assert page.count(f'action="{url("act", story, act)}"') == 1
        assert f'<a href="{url("review", story)}" class="go-back">Go back</a>' in page

    @pytest.mark.parametrize("act", WHERE)
    def test_changes_nothing_and_writes_nothing_down(self, act: str, cast: Cast) -> None:
        story = in_situation(cast, WHERE[act])
        before = story.events.count(), list(story.editions.values())
        look(cast.second_manager, story, act)
        look(cast.editor, story, act, status=403)
        assert (story.events.count(), list(story.editions.values())) == before

    @pytest.mark.parametrize("act", WHERE)
    def test_its_form_does_the_act(self, act: str, cast: Cast) -> None:
        """Posted as it stands on the page, with what a person adds."""
        story = in_situation(cast, WHERE[act])
        page = look(cast.second_manager, story, act)
        sent = dict(re.findall(r'<input type="hidden" name="([a-z]+)" value="([^"]*)"', page))
        sent |= {"note": "Because.", "kind": "legal", "public_note": "By order of a court."}
        sent |= {"words": "eleven", "confirmation": "redact"}
        sent |= dict(re.findall(r'<select name="(edition)".*?<option value="(\d+)"', page, re.DOTALL))
        assert post(cast.second_manager, story, act, **sent).status_code == 302
        assert StoryEvent.objects.filter(story=story).latest("number").act == act

    def test_is_closed_where_the_act_is_not_possible(self, cast: Cast) -> None:
        page = look(cast.manager, draft(cast.editor), "take_down", status=403)
        assert "For readers the story is never published." in page
        assert "<form method" not in page.partition('class="review confirm"')[2]

    def test_is_unknown_to_whom_the_story_is(self, cast: Cast) -> None:
        story = draft(cast.editor)
        look(cast.contributor, story, "hold", status=404)
        look(cast.administrator, story, "hold", status=404)


class TestWords:
    def test_name_what_is_cancelled_with_its_time(self, cast: Cast) -> None:
        story = scheduled(cast, at=NOW + timedelta(days=1))
        assert (
            "due 24 November 2026, 09:30 (revision 1)"
            in lines(look(cast.manager, story, "hold"))["Cancelled"]
        )
        assert lines(look(cast.manager, published(cast), "hold"))["Cancelled"] == "Nothing is scheduled."

    def test_name_the_addresses(self, cast: Cast) -> None:
        story = published(cast, slug="one-store")
        assert lines(look(cast.manager, story, "take_down"))["Address"] == "/articles/one-store/"

    @pytest.mark.parametrize(
        ("removal", "sentence"),
        [
            ({"kind": "error", "public_note": "Too soon."}, "/articles/one-store/ has answered since"),
            (
                {"kind": "error", "redirect_to": "/articles/"},
                "/articles/one-store/ has led to /articles/ since",
            ),
            ({"kind": "withdrawn", "public_note": "No."}, "under a banner that says it was withdrawn"),
        ],
    )
    def test_name_what_readers_have_of_a_removed_story(
        self, cast: Cast, removal: dict[str, str], sentence: str
    ) -> None:
        story = published(cast, slug="one-store")
        workflow.perform(story, "take_down", by=cast.manager, now=NOW, **removal)
        assert sentence in lines(look(cast.manager, story, "reinstate"))["Readers see now"]

    def test_name_the_text_that_comes_back(self, cast: Cast) -> None:
        story = taken_down(cast)
        told = lines(look(cast.manager, story, "reinstate"))["Readers see afterwards"]
        assert "revision 1, the text that was published last" in told
        change(story, by=cast.editor, now=NOW, headline="Nine stores", change_kind="typo")
        workflow.perform(story, "submit", by=cast.editor, now=NOW)
        workflow.perform(story, "approve", by=cast.manager, now=NOW, revision=2)
        told = lines(look(cast.manager, story, "reinstate"))["Readers see afterwards"]
        assert "“Nine stores”: revision 2, the text that was approved since" in told

    def test_name_the_debt_that_is_settled(self, cast: Cast) -> None:
        story = in_situation(cast, "published unreviewed")
        told = lines(look(cast.second_manager, story, "countersign"))
        assert "which Manager published without review on 23 November 2026, 09:30" in told["On record"]
        assert told["On the desk"] == "No signature is owed any more. The story counts as approved."


class TestTheTextItIsAbout:
    def test_is_shown_where_somebody_answers_for_it(self, cast: Cast) -> None:
        story = in_situation(cast, "published unreviewed")
        change(story, by=cast.editor, now=NOW, kicker="Later", change_kind="typo")
        page = look(cast.second_manager, story, "countersign")
        assert f'<iframe src="{url("revision_preview", story, 2)}"' in page
        page = look(cast.manager, submitted(cast, headline="Another"), "publish_unreviewed")
        assert "/revisions/1/preview/" in page


class TestWhatReadersWouldGet:
    SHOW = {"show": "1", "note": "Call the lawyer."}

    def show(self, cast: Cast, story: Story, **typed: str) -> tuple[str, str]:
        answer = post(cast.manager, story, "take_down", **self.SHOW, **typed)
        assert answer.status_code == 200
        page = html.unescape(answer.content.decode())
        frame = re.search(r'<iframe src="([^"]+)" title="What', page)
        return page.partition('id="outcome"')[2].partition("</section>")[0], frame[1] if frame else ""

    def test_of_what_is_gone(self, cast: Cast) -> None:
        story = published(cast)
        said, frame = self.show(cast, story, kind="privacy", public_note="A name was printed by mistake.")
        assert "410 Gone" in said
        page = signed_in(cast.manager).get(frame).content.decode()
        assert "This story has been removed" in page
        assert "A name was printed by mistake." in page
        assert "23 November 2026" in page

    def test_of_what_is_withdrawn(self, cast: Cast) -> None:
        story = published(cast)
        said, frame = self.show(cast, story, kind="withdrawn", public_note="It no longer stands.")
        assert "under this banner" in said
        page = signed_in(cast.manager).get(frame).content.decode()
        assert "This story was withdrawn on" in page
        assert "It no longer stands." in page
        assert "Forms go on line in May." in page

    def test_of_what_leads_elsewhere(self, cast: Cast) -> None:
        said, frame = self.show(cast, published(cast), kind="error", redirect_to="/articles/")
        assert '<a href="/articles/" target' in said
        assert not frame

    def test_says_what_makes_no_sense(self, cast: Cast) -> None:
        said, frame = self.show(
            cast, published(cast), kind="withdrawn", public_note="No.", redirect_to="/articles/"
        )
        assert "keeps its text at its own address" in said
        assert not frame

    def test_does_nothing_and_keeps_what_was_typed(self, cast: Cast) -> None:
        story = published(cast)
        events = story.events.count()
        page = post(cast.manager, story, "take_down", kind="error", public_note="Too soon.", **self.SHOW)
        assert "Call the lawyer." in page.content.decode()
        assert story.editions.live(LATER).exists()
        assert story.events.count() == events

    def test_is_for_managers(self, cast: Cast) -> None:
        story = published(cast)
        assert post(cast.editor, story, "take_down", kind="error", **self.SHOW).status_code == 403
        look(cast.editor, story, "take_down", status=403, readers="1", kind="error", public_note="x")

    def test_has_no_page_for_nonsense(self, cast: Cast) -> None:
        story = published(cast)
        look(cast.manager, story, "take_down", status=404, readers="1", kind="boredom")
        look(
            cast.manager, story, "take_down", status=404, readers="1", kind="error", redirect_to="/articles/"
        )


class TestNotDone:
    def test_comes_back_to_the_page_with_what_was_typed(self, cast: Cast) -> None:
        story = published(cast)
        answer = post(
            cast.manager, story, "take_down", kind="", public_note="Sorry.", note="Ring the lawyer."
        )
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "<h1>Take down now</h1>" in page
        assert "Say why the story is taken down." in page
        assert "Sorry.</textarea>" in page
        assert "Ring the lawyer.</textarea>" in page

    def test_speaks_of_the_newer_text_when_somebody_saved(self, cast: Cast) -> None:
        story = draft(cast.editor)
        read = seen(story)
        change(story, by=cast.editor, now=NOW, kicker="New")
        answer = post(cast.manager, story, "publish_unreviewed", note="Now!", **read)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "revision 2" in page
        assert "Now!</textarea>" in page
        assert 'name="revision" value="2"' in page

    def test_gives_back_what_was_typed_by_whom_it_is_not_for(self, cast: Cast) -> None:
        answer = post(cast.editor, published(cast), "hold", note="Wait for the lawyer.")
        assert answer.status_code == 403
        assert b"Only managers can do this." in answer.content
        assert b"Wait for the lawyer." in answer.content


class TestWhereWordsStand:
    """Asked with nothing typed to go through with it: looking is no refusal, and on nobody's record."""

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ("eleven", "The words were found 4 times (revisions: 1, editions: 2,"),
            ("twelve", "The words were found nowhere in this story."),
        ],
    )
    def test_is_told_and_nothing_else_happens(self, words: str, said: str, cast: Cast) -> None:
        story = published(cast)
        events = story.events.count()
        answer = post(cast.manager, story, "redact", note="An order.", words=words)
        page = html.unescape(answer.content.decode())
        assert answer.status_code == 200
        assert said in page
        assert 'class="refusal"' not in page
        assert "Error" not in page
        assert (f'value="{words}"' in page, "An order.</textarea>" in page) == (True, True)
        assert story.editions.live(LATER).get().standfirst == "A single store replaces eleven."
        assert story.events.count() == events

    def test_is_asked_of_some_words(self, cast: Cast) -> None:
        story = published(cast)
        events = story.events.count()
        answer = post(cast.manager, story, "redact", words=" ")
        assert answer.status_code == 422
        assert b'<a href="#redact-words">' in answer.content
        assert story.events.count() == events

    def test_is_for_those_who_may_redact(self, cast: Cast) -> None:
        answer = post(cast.editor, published(cast), "redact", words="eleven")
        assert answer.status_code == 403
        assert b"found" not in answer.content


class TestWhatStandsInTheWay:
    """Told on the page itself: no button is offered that would be refused."""

    def stopped(self, person: Any, story: Story, act: str, status: int = 200) -> str:
        page = look(person, story, act, status)
        assert f'action="{url("act", story, act)}"' not in page
        assert 'class="consequences"' not in page
        return page.partition('class="refusal"')[2]

    def test_of_publishing_what_is_not_complete(self, cast: Cast) -> None:
        story = draft(cast.editor, standfirst="", section=None, embargo_at=NOW + timedelta(days=2))
        said = self.stopped(cast.manager, story, "publish_unreviewed")
        assert "Not possible now" in said
        assert f'<a href="{url("change", story)}?check=publication#id_standfirst">Write a standfirst' in said
        assert "Choose a section." in said
        assert "The story is under embargo until 25 November 2026, 09:30." in said

    def test_of_bringing_back_a_text_with_an_open_note(self, cast: Cast) -> None:
        story = taken_down(cast)
        change(story, by=cast.editor, now=NOW, headline="Nine stores", change_kind="typo")
        workflow.perform(story, "submit", by=cast.editor, now=NOW)
        workflow.perform(story, "approve", by=cast.manager, now=NOW, revision=2)
        workflow.perform(story, "add_note", by=cast.editor, now=NOW, note="Nine?")
        assert "A note is open. Resolve it first." in self.stopped(cast.manager, story, "reinstate", 403)

    def test_of_bringing_back_what_is_withheld(self, cast: Cast) -> None:
        story = in_situation(cast, "withheld")
        assert "This very text is withheld." in self.stopped(cast.manager, story, "reinstate")

    def test_of_withholding_what_readers_have(self, cast: Cast) -> None:
        assert "Take the story down first" in self.stopped(cast.manager, published(cast), "withhold")

    def test_keeps_what_was_written_when_it_came_up_meanwhile(self, cast: Cast) -> None:
        story = draft(cast.editor)
        Story.objects.filter(pk=story.pk).update(embargo_at=NOW + timedelta(days=2))
        answer = post(cast.manager, story, "publish_unreviewed", note="The minister speaks.", **seen(story))
        assert answer.status_code == 422
        assert "The minister speaks." in answer.content.decode()
        assert "under embargo until" in answer.content.decode()


class TestAtTheField:
    """WCAG 2.2, 3.3.1: what is wrong with one field stands at it, with a link to it in the summary."""

    @pytest.mark.parametrize(
        ("situation", "act", "typed", "field", "sentence"),
        [
            ("in review", "request_changes", {}, "request_changes-note", "Write a note"),
            ("live", "hold", {}, "hold-note", "Write a note"),
            ("live", "take_down", {"public_note": "Sorry."}, "take_down-kind", "Say why"),
            ("live", "redact", {"note": "x", "words": ""}, "redact-words", "Write the words"),
            ("removed", "withhold", {"note": "x"}, "withhold-kind", "Say whether the law"),
            ("approved", "schedule", {"at": ""}, "schedule-at", "Say when"),
            ("draft", "add_note", {"quote": "Unsaid"}, "add_note-quote", "This passage does not stand"),
            ("draft", "add_note", {"quote": ""}, "add_note-note", "Write a note, or suggest"),
        ],
    )
    def test_stands_what_is_wrong_with_it(
        self, situation: str, act: str, typed: dict[str, str], field: str, sentence: str, cast: Cast
    ) -> None:
        story = in_situation(cast, situation)
        edition = story.editions.values_list("pk", flat=True).first() or ""
        answer = post(cast.second_manager, story, act, edition=edition, **seen(story), **typed)
        page = html.unescape(answer.content.decode())
        assert answer.status_code == 422
        summary = page.partition('class="refusal"')[2].partition("</section>")[0]
        assert re.search(rf'<a href="#{field}">[^<]*{sentence}', summary)
        assert summary.count(sentence) == 1
        at_field = page.partition(f'id="{field}_error"')[2].partition("</ul>")[0]
        assert sentence in at_field
        assert re.search(rf'<[^>]*aria-invalid="true"[^>]*id="{field}"', page)
