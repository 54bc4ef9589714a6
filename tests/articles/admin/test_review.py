"""The review page: what a manager reads, what they may do, and in which words."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Story
from tests.articles.admin.desk_pages import (
    in_situation,
    offered,
    post,
    primary,
    review,
    seen,
    signed_in,
    url,
)
from tests.newsdesk import (
    NOW,
    Cast,
    author,
    change,
    draft,
    picture,
    published,
    submitted,
)


class TestReading:
    def test_shows_what_a_manager_checks(self, cast: Cast) -> None:
        image = picture(cast.editor)
        story = submitted(cast, lead_image=image, search_headline="Records: one store", kicker="Archives")
        page = review(cast.manager, story)
        for words in (
            "Local Government",
            "Records",
            "Ada Quill, Managing Editor",
            "News",
            "Records: one store",
        ):
            assert words in page
        for words in ("A town hall at dusk", "The hall.", "Council archive"):
            assert words in page
        assert "/articles/council-puts-its-records-in-one-place/" in page
        assert "Revision 1, saved by Editor" in page

    def test_tells_the_history_with_its_notes(self, cast: Cast) -> None:
        story = submitted(cast)
        post(cast.manager, story, "request_changes", note="Who pays?", **seen(story))
        page = review(cast.editor, story)
        assert "asked for changes to revision 1" in page
        assert "Who pays?" in page

    def test_tells_what_is_missing(self, cast: Cast) -> None:
        page = review(cast.editor, draft(cast.editor, standfirst=""))
        assert "Write a standfirst" in page
        assert "Something is still missing" in page
        assert "submit" not in offered(page)

    def test_tells_what_changed_since_it_was_published(self, cast: Cast) -> None:
        story = published(cast)
        change(
            story, by=cast.editor, now=NOW, headline="Council spreads its records", change_kind="correction"
        )
        page = review(cast.manager, story)
        assert "What changed since it was published" in page
        assert ">puts<" in page
        assert ">spreads<" in page
        assert ">Correction<" in page

    @pytest.mark.parametrize(
        ("before", "after", "said"),
        [
            ('href="https://a.example/"', 'href="https://b.example/"', "now leads to "),
            ('alt="A hall"', 'alt="A barn"', "Alternative text of the picture"),
            ("<p>Forms</p>", "<h2>Forms</h2>", "Crosshead"),
            ("<p>Forms</p>", "<p><em>Forms</em></p>", "now "),
        ],
    )
    def test_nothing_hides_behind_the_same_words(
        self, before: str, after: str, said: str, cast: Cast
    ) -> None:
        key = picture(cast.editor).key
        figure = f'<figure><img data-file="{key}" alt="A hall"></figure>'
        body = f'<p>See <a href="https://a.example/">it</a>.</p><p>Forms</p>{figure}'
        story = published(cast, body=body)
        change(story, by=cast.editor, now=NOW, body=body.replace(before, after))
        changes = review(cast.manager, story).partition('id="changes"')[2].partition("data-preview")[0]
        assert said in changes
        assert "added: " in changes

    def test_a_byline_in_another_order_is_a_change(self, cast: Cast) -> None:
        story = published(cast, authors=[author("Ada Quill"), author("Zoe Ink")])
        for position, row in enumerate(story.bylines.order_by("-position")):
            story.bylines.filter(pk=row.pk).update(position=position + 10)
        change(story, by=cast.editor, now=NOW)
        changes = review(cast.manager, story).partition('id="changes"')[2].partition("data-preview")[0]
        assert ">Byline<" in changes

    def test_a_story_never_published_is_shown_as_it_is(self, cast: Cast) -> None:
        page = review(cast.manager, submitted(cast))
        assert 'id="changes"' not in page
        assert "<iframe" in page

    def test_nothing_is_missing_from_what_is_planned(self, cast: Cast) -> None:
        page = review(cast.manager, in_situation(cast, "scheduled"))
        assert "Missing before this can be published" not in page
        assert "Goes out 24 November 2026, 09:30" in page

    def test_says_so_when_it_is_the_published_text(self, cast: Cast) -> None:
        assert "This is the text that was published" in review(cast.editor, published(cast))

    def test_a_story_never_saved_has_a_page(self, cast: Cast) -> None:
        story = Story.objects.create(headline="Bare", created_by=cast.editor)
        assert "Nobody has saved the story yet" in review(cast.editor, story)

    def test_an_embargo_is_in_sight(self, cast: Cast) -> None:
        story = submitted(cast, embargo_at=NOW + timedelta(days=2))
        mark = '<span class="mark mark-warning">Embargo until 25 November 2026, 09:30</span>'
        assert mark in review(cast.manager, story)

    def test_words_are_words(self, cast: Cast) -> None:
        story = draft(cast.editor, headline="<script>alert(1)</script> & co", kicker="<b>x</b>")
        post(cast.editor, story, "spike", note="<img src=x onerror=alert(1)>")
        page = review(cast.editor, story)
        assert "<script>alert" not in page
        assert "<img src=x" not in page


class TestDeciding:
    @pytest.mark.parametrize(
        ("situation", "who", "button"),
        [
            ("draft", "editor", "Send for review"),
            ("in review", "manager", "Approve revision 2"),
            ("approved", "manager", "Publish now"),
            ("published unreviewed", "second_manager", "Countersign"),
            ("removed", "manager", "Reinstate"),
            ("spiked", "editor", "Bring back"),
        ],
    )
    def test_one_button_is_the_first(self, situation: str, who: str, button: str, cast: Cast) -> None:
        page = review(getattr(cast, who), in_situation(cast, situation))
        assert primary(page) == [button]

    @pytest.mark.parametrize("situation", ["scheduled", "live"])
    def test_where_nothing_is_due_no_button_is(self, situation: str, cast: Cast) -> None:
        assert primary(review(cast.manager, in_situation(cast, situation))) == []

    def test_acts_are_those_of_the_workflow(self, cast: Cast) -> None:
        story = in_situation(cast, "in review")
        assert offered(review(cast.manager, story)) == [
            "approve",
            "request_changes",
            "claim",
            "assign",
            "publish_unreviewed",
            "hold",
            "redact",
        ]
        assert offered(review(cast.editor, story)) == ["recall", "assign"]

    def test_whoever_reads_it_is_not_asked_to_say_so_again(self, cast: Cast) -> None:
        story = in_situation(cast, "claimed")
        page = review(cast.manager, story)
        assert "claim" not in offered(page)
        assert "unclaim" in offered(page)
        assert "You have said already that you are reading it." in page
        assert "claim" in offered(review(cast.second_manager, story))

    def test_what_is_not_possible_says_why(self, cast: Cast) -> None:
        page = review(cast.manager, submitted(cast, by=cast.manager))
        assert "Only a manager who has not worked on this version can approve it." in page
        assert "approve" not in offered(page)

    def test_approving_speaks_of_what_is_on_the_page(self, cast: Cast) -> None:
        story = in_situation(cast, "in review")
        form = re.search(r'<form[^>]*/act/approve/".*?</form>', review(cast.manager, story), re.DOTALL)
        assert form
        revision = story.revisions.latest("number")
        assert f'name="revision" value="{revision.number}"' in form[0]
        assert f'name="hash" value="{revision.hash}"' in form[0]

    def test_grave_acts_lead_to_their_own_pages(self, cast: Cast) -> None:
        story = in_situation(cast, "live")
        page = review(cast.manager, story)
        for act in ("take_down", "hold", "redact"):
            assert f'<a href="{url("act", story, act)}">' in page
            assert f'action="{url("act", story, act)}"' not in page

    def test_acts_say_what_will_happen(self, cast: Cast) -> None:
        assert "Readers see this text from that minute on" in review(
            cast.manager, in_situation(cast, "approved")
        )

    def test_every_field_has_its_label(self, cast: Cast) -> None:
        page = review(cast.manager, in_situation(cast, "approved"))
        acts = page.partition('id="acts"')[2]
        ids = re.findall(r'<(?:input(?! type="hidden")|textarea|select)[^>]* id="([^"]+)"', acts)
        assert len(ids) == len(set(ids)) >= 6
        for name in ids:
            assert f'<label for="{name}"' in page

    def test_a_refused_act_keeps_the_words_for_copying(self, cast: Cast) -> None:
        story = in_situation(cast, "approved")
        answer = post(
            cast.editor, story, "request_changes", note="I changed my mind about the second paragraph."
        )
        assert answer.status_code == 403
        page = answer.content.decode()
        assert "Only managers can do this." in page
        assert "I changed my mind about the second paragraph." in page

    def test_queries_do_not_grow_with_the_history(self, cast: Cast) -> None:
        story = submitted(cast)
        client = signed_in(cast.manager)

        def count() -> int:
            with CaptureQueriesContext(connection) as queries:
                client.get(url("review", story))
            return len(queries)

        few = count()
        for number in range(20):
            change(story, by=cast.editor, now=NOW, standfirst=f"Version {number}.")
            post(cast.editor, story, "submit")
        assert count() <= few + 2


class TestManyWordsChanged:
    def test_sixty_rewritten_paragraphs_take_few_queries(self, cast: Cast) -> None:
        words = (
            "The council told the county how it keeps {} records in one place and who may read {} of them. "
        )
        texts = [
            "".join(f"<p>{(words * 5).format(*[f'{name}{n}'] * 10)}</p>" for n in range(60)) for name in "ab"
        ]
        story = published(cast, body=texts[0])
        client = signed_in(cast.manager)
        client.get(url("review", story))
        with CaptureQueriesContext(connection) as same:
            client.get(url("review", story))
        change(story, by=cast.editor, now=NOW, body=texts[1])
        with CaptureQueriesContext(connection) as changed:
            page = client.get(url("review", story)).content.decode()
        assert page.count("difference-changed") == 60
        assert len(changed) <= len(same) + 4
