"""What is missing, on every way to readers, and how a manager lets it be."""

import re
from typing import Any

import pytest

from articles.desk import workflow
from articles.models import Edition, Story, StoryEvent
from tests.articles.admin.desk_pages import LATER, post, review, seen, signed_in, url
from tests.articles.admin.posting import change as form_of
from tests.articles.admin.posting import desk, filled
from tests.newsdesk import NOW, Cast, approved, draft, picture, published

HERE = '<p>Read it <a href="https://example.org/">here</a>.</p>'
SENTENCE = "The link “here” does not say where it leads."
WHY = "The notice says just that."


def key(page: str) -> str:
    found = re.search(r'name="rule" value="([^"]+)"', page)
    assert found
    return found[1]


def let_be(cast: Cast, **fields: Any) -> Story:
    """A draft whose one issue the manager has overridden."""
    story = draft(cast.editor, body=HERE, **fields)
    rule = key(review(cast.manager, story))
    assert post(cast.manager, story, "override", rule=rule, note=WHY).status_code == 302
    return story


class TestEveryRoute:
    """One bad link, and no way round."""

    def test_save_and_send(self, cast: Cast) -> None:
        story = draft(cast.editor)
        client = desk(cast.editor)
        answer = client.post(form_of(story), filled(story, body=HERE, _send="1"))
        assert answer["Location"] == f"{form_of(story)}?check=review"
        page = client.get(answer["Location"]).content.decode()
        assert f'<a href="#text">{SENTENCE}' in page
        assert "(WCAG 2.4.4)" in page
        assert Story.objects.get(pk=story.pk).state == "draft"

    def test_submit_and_publish_unreviewed_by_address(self, cast: Cast) -> None:
        story = draft(cast.editor, body=HERE)
        assert SENTENCE in self.refused(cast.editor, story, "submit")
        assert SENTENCE in self.refused(cast.manager, story, "publish_unreviewed", note="Now.", confirmed="1")

    @pytest.mark.parametrize("act", ["approve", "publish", "schedule"])
    def test_what_became_of_a_link_meanwhile(self, cast: Cast, act: str) -> None:
        target = published(cast, headline="Sun")
        body = '<p>As <a href="/articles/sun/">reported before</a>.</p>'
        story = approved(cast, headline="It rains", body=body)
        if act == "approve":
            Story.objects.filter(pk=story.pk).update(state="in_review")
        details = {"kind": "error", "public_note": "Untrue."}
        workflow.perform(target, "take_down", by=cast.manager, now=NOW, **details)
        page = self.refused(cast.manager, story, act, at="2026-11-25T06:00")
        assert "which was taken down" in page

    def refused(self, person: Any, story: Story, act: str, **data: Any) -> str:
        answer = post(person, story, act, **seen(story), **data)
        assert answer.status_code == 422
        assert not Edition.objects.live(LATER).filter(story=story).exists()
        assert StoryEvent.objects.filter(story=story).latest("number").refusal
        return answer.content.decode()


class TestDrillF3:
    """A picture without words, and not said to be decoration, is not published, and the way to mend it is shown."""

    @pytest.mark.parametrize("place", ["lead", "text"])
    @pytest.mark.parametrize("route", ["form", "act"])
    def test_publish_is_refused_with_a_link_to_the_field(self, cast: Cast, place: str, route: str) -> None:
        image = picture(cast.editor, alt=" ")
        used = {"lead_image": image} if place == "lead" else {"body": in_text(image)}
        target = "id_lead_image_choose" if place == "lead" else "text"
        if route == "form":
            story = draft(cast.editor)
            typed = {"lead_image": image.pk} if place == "lead" else used
            client = desk(cast.editor)
            answer = client.post(form_of(story), filled(story, **typed, _send="1"))
            page = client.get(answer["Location"]).content.decode()
            link = f'href="#{target}"'
        else:
            story = draft(cast.editor, **used)
            details = {**seen(story), "note": "Now.", "confirmed": "1"}
            answer = post(cast.manager, story, "publish_unreviewed", **details)
            assert answer.status_code == 422
            page, link = answer.content.decode(), f'href="{form_of(story)}?check=publication#{target}"'
        assert re.search(rf"<a {re.escape(link)}>[^<]*has no alternative text[^<]*\(WCAG 1\.1\.1\)</a>", page)
        story.refresh_from_db()
        assert (story.state, story.editions.count()) == ("draft", 0)

    def test_decoration_goes_through(self, cast: Cast) -> None:
        story = draft(cast.editor, body=in_text(picture(cast.editor, alt="", decorative=True)))
        assert post(cast.editor, story, "submit", **seen(story)).status_code == 302


class TestOverriding:
    def test_stands_beside_the_issue_for_a_manager(self, cast: Cast) -> None:
        page = review(cast.manager, draft(cast.editor, body=HERE))
        [form] = re.findall(r'<form[^>]*/act/override/".*?</form>', page, re.DOTALL)
        [label] = re.findall(r'<label for="([^"]+)">Reason</label>', form)
        assert f'id="{label}"' in form
        assert key(form).startswith("link_vague:")

    def test_is_offered_to_nobody_else_and_says_why(self, cast: Cast) -> None:
        page = review(cast.editor, draft(cast.editor, body=HERE))
        assert "/act/override/" not in page
        assert "Only managers can do this." in page
        page = review(cast.manager, draft(cast.manager, body=HERE))
        assert "/act/override/" not in page
        assert "has not worked on this version can override its issues" in page

    def test_is_not_offered_for_what_the_law_asks(self, cast: Cast) -> None:
        page = review(cast.manager, draft(cast.editor, lead_image=picture(cast.editor, alt="")))
        assert "has no alternative text" in page
        assert "/act/override/" not in page

    def test_moves_it_to_what_was_let_be_with_who_and_why(self, cast: Cast) -> None:
        story = let_be(cast)
        assert post(cast.editor, story, "submit", **seen(story)).status_code == 302
        page = review(cast.second_manager, story)
        assert "Missing before this can be published" not in page
        overridden = page.partition("Overridden for this edition")[2].partition("</section>")[0]
        assert SENTENCE in overridden
        assert "Manager" in overridden
        assert WHY in overridden
        assert f"overrode an issue of revision 1. {SENTENCE}" in page

    def test_is_taken_back_there(self, cast: Cast) -> None:
        story = let_be(cast)
        rule = key(review(cast.second_manager, story))
        answer = post(cast.second_manager, story, "require_again", rule=rule)
        assert answer.status_code == 302
        page = review(cast.manager, story)
        assert "Missing before this can be published" in page
        assert "took an override of revision 1 back" in page

    def test_is_still_shown_and_can_be_taken_back_while_it_is_scheduled(self, cast: Cast) -> None:
        story = let_be(cast)
        post(cast.editor, story, "submit", **seen(story))
        post(cast.manager, story, "approve", **seen(story))
        post(cast.manager, story, "schedule", at="2026-11-25T06:00", **seen(story))
        page = review(cast.manager, story)
        assert "Overridden for this edition" in page
        assert post(cast.manager, story, "require_again", rule=key(page)).status_code == 302
        assert not story.editions.effective().exists()

    def test_without_a_reason_comes_back_with_the_form_open(self, cast: Cast) -> None:
        story = draft(cast.editor, body=HERE)
        rule = key(review(cast.manager, story))
        answer = post(cast.manager, story, "override", rule=rule, note="  ")
        assert answer.status_code == 422
        assert '<details class="issue-act" open>' in answer.content.decode()

    def test_keeps_what_was_typed(self, cast: Cast) -> None:
        story = draft(cast.editor, body=HERE)
        rule = key(review(cast.manager, story))
        page = post(cast.manager, story, "override", rule=rule, note="x" * 5001).content.decode()
        assert "x" * 5001 in page
        assert '<details class="issue-act" open>' in page

    @pytest.mark.parametrize("rule", ["", "link_vague:none", "é\x00", "x" * 300, "<script>"])
    def test_of_what_is_no_issue_says_so_and_keeps_the_words(self, cast: Cast, rule: str) -> None:
        story = draft(cast.editor, body=HERE)
        answer = post(cast.manager, story, "override", rule=rule, note="Kept words.")
        assert answer.status_code == 422
        assert "Kept words." in answer.content.decode()
        assert not StoryEvent.objects.filter(story=story, act="override", refusal="").exists()

    def test_queries_do_not_grow_with_the_issues(
        self, cast: Cast, django_assert_max_num_queries: Any
    ) -> None:
        body = "".join(f'<p><a href="/articles/story-{n}/">Story {n}</a></p>' for n in range(60))
        few, many = draft(cast.editor, body=HERE), draft(cast.editor, "Another", body=body)
        client = signed_in(cast.manager)
        with django_assert_max_num_queries(200) as queries:
            client.get(url("review", few))
        with django_assert_max_num_queries(len(queries) + 2):
            client.get(url("review", many))


def in_text(image: Any) -> str:
    return f'<p>Text.</p><figure><img data-file="{image.key}" alt=""></figure>'
