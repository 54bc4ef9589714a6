"""What a story must have, and the sentences an editor reads when it has not."""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from articles.desk import requirements, workflow
from articles.desk.intake import take_in
from articles.desk.public import public_dict
from articles.desk.requirements.rules import RULES
from articles.models import Image, Story
from tests.newsdesk import NOW, Cast, approved, change, draft, live, picture, published, scheduled

CODE = [
    Path(settings.BASE_DIR) / "articles" / "desk" / "requirements",
    Path(settings.BASE_DIR) / "articles" / "body",
]

#: A crosshead, a table and a link of each bad kind.
FAULTY = (
    '<h3>Too deep</h3><p>Read it <a href="https://example.org/">here</a> or <a href="/articles/nowhere/">at length</a>.'
    "</p><table><tbody><tr><td>North</td><td>12</td></tr><tr><td>South</td><td>9</td></tr></tbody></table>"
)


def lacking(story: Story) -> set[tuple[str, str]]:
    return {
        (issue.field, issue.rule) for issue in requirements.for_review(story, public_dict(story), now=NOW)
    }


class TestText:
    def test_a_complete_story_lacks_nothing(self, cast: Cast) -> None:
        assert lacking(draft(cast.editor)) == set()

    @pytest.mark.parametrize("field", ["headline", "standfirst", "body"])
    def test_words_of_white_space_are_no_words(self, cast: Cast, field: str) -> None:
        story = draft(cast.editor)
        setattr(story, field, " \n\u00a0")
        assert (field, field) in lacking(story)


class TestPictures:
    def test_alt_and_credit_are_owed_for_each_use(self, cast: Cast) -> None:
        image = picture(cast.editor, alt="", credit="")
        body = f'<p>Text.</p><figure><img data-file="{image.key}" alt=""></figure>'
        story = draft(cast.editor, lead_image=image, body=body)
        assert lacking(story) == {
            ("lead_image", "alt"),
            ("lead_image", "credit"),
            ("body", "alt"),
            ("body", "credit"),
        }

    def test_decoration_needs_no_alt(self, cast: Cast) -> None:
        assert lacking(draft(cast.editor, lead_image=picture(cast.editor, alt="", decorative=True))) == set()

    def test_a_picture_that_is_not_in_the_library_is_named(self, cast: Cast) -> None:
        story = draft(
            cast.editor, body=f'<p>Text.</p><figure><img data-file="{"0" * 32}" alt="Gone"></figure>'
        )
        assert lacking(story) == {("body", "unknown_picture")}

    def test_a_licence_must_last_until_publication(self, cast: Cast) -> None:
        story = approved(cast, lead_image=picture(cast.editor))
        Image.objects.update(licence_ends_at=NOW + timedelta(hours=2))
        story.refresh_from_db()
        public = public_dict(story)
        assert requirements.for_publication(story, public, at=NOW + timedelta(hours=1)) == []
        [issue] = requirements.for_publication(story, public, at=NOW + timedelta(hours=2))
        assert (issue.field, issue.rule) == ("lead_image", "licence")

    def test_a_licence_must_cover_the_website(self, cast: Cast) -> None:
        story = draft(cast.editor, lead_image=picture(cast.editor, licence_scopes=["social"]))
        [issue] = requirements.for_publication(story, public_dict(story), at=NOW)
        assert issue.rule == "licence"
        assert "does not cover the website" in issue.sentence


class TestTheDesksOwn:
    def test_nothing_goes_out_before_its_embargo(self, cast: Cast) -> None:
        story = draft(cast.editor, embargo_at=NOW + timedelta(days=1))
        public = public_dict(story)
        [issue] = requirements.for_publication(story, public, at=NOW)
        assert (issue.field, issue.rule) == ("embargo_at", "embargo")
        assert "until 24 November 2026, 09:30" in issue.sentence
        assert requirements.for_approval(story, public, now=NOW) == []
        assert requirements.for_publication(story, public, at=NOW + timedelta(days=1)) == []

    def test_a_taken_address_stops_approval(self, cast: Cast) -> None:
        theirs = published(cast)
        story = draft(cast.editor, slug=live(theirs).slug)
        assert lacking(story) == set()
        [issue] = requirements.for_approval(story, public_dict(story), now=NOW)
        assert issue.rule == "slug_taken"


class TestSentences:
    def test_name_the_criterion_behind_them(self, cast: Cast) -> None:
        story = draft(cast.editor, body='<p>Read it <a href="https://example.org/">here</a>.</p>')
        [issue] = requirements.for_review(story, public_dict(story), now=NOW)
        assert issue.sentence == (
            "The link “here” does not say where it leads. Link words that do. It stands in “Read it here.” (WCAG 2.4.4)"
        )

    def test_each_rule_has_one_somewhere(self) -> None:
        """A rule of the table that no code asks would be a promise nobody keeps."""
        code = "".join(
            path.read_text() for folder in CODE for path in folder.glob("*.py") if path.name != "rules.py"
        )
        assert [rule for rule in RULES if f'"{rule}"' not in code] == []


class TestAStoryNotStored:
    def test_is_judged_while_it_is_written(self, cast: Cast) -> None:
        public = public_dict(draft(cast.editor)) | {"headline": "", "body": FAULTY, "slug": "not-yet"}
        story = Story(headline="")
        rules = {issue.rule for issue in requirements.for_review(story, public, now=NOW)}
        assert rules == {"headline", "heading_order", "link_vague", "link_unknown", "table_headers"}
        assert rules == {issue.rule for issue in requirements.for_publication(story, public, at=NOW)}


class TestQueries:
    def test_do_not_grow_with_the_text(self, cast: Cast, django_assert_max_num_queries: Any) -> None:
        images = [picture(cast.editor, licence_scopes=[]) for _ in range(5)]
        figures = "".join(f'<figure><img data-file="{image.key}" alt="x"></figure>' for image in images)
        links = "".join(f'<p><a href="/articles/story-{n}/">Story {n}</a></p>' for n in range(1500))
        story = draft(cast.editor, body=figures + links)
        public = public_dict(story)
        with django_assert_max_num_queries(9):
            issues = requirements.for_publication(story, public, at=NOW)
        found = Counter(issue.rule for issue in issues)
        assert found == {"licence": 5, "link_unknown": 1000, "too_many_links": 1}

    def test_are_few_for_a_story_that_lacks_nothing(self, cast: Cast, django_assert_num_queries: Any) -> None:
        story = draft(cast.editor)
        public = public_dict(story)
        with django_assert_num_queries(2):
            assert requirements.for_publication(story, public, at=NOW) == []


class TestImported:
    def imported(self, body: str = "<h3>Too deep</h3><p>Text.</p>") -> Story:
        story = Story.objects.create(headline="From elsewhere", body=body)
        with transaction.atomic():
            take_in(story, now=NOW, published_at=NOW - timedelta(days=900))
        return story

    def test_what_it_lacked_when_it_came_does_not_block_a_typo_fix(self, cast: Cast) -> None:
        story = self.imported()
        change(story, by=cast.editor, now=NOW, body="<h3>Too deep</h3><p>Text!</p>", change_kind="typo")
        workflow.perform(story, "submit", by=cast.editor, now=NOW)
        workflow.perform(story, "approve", by=cast.manager, now=NOW, revision=2)
        assert story.state == Story.State.APPROVED

    def test_nor_do_its_links_and_tables(self, cast: Cast) -> None:
        story = self.imported(FAULTY)
        change(story, by=cast.editor, now=NOW, body=f"{FAULTY}<p>Mended.</p>", change_kind="typo")
        assert lacking(story) == set()

    def test_a_new_bad_link_does(self, cast: Cast) -> None:
        story = self.imported(FAULTY)
        body = f'{FAULTY}<p>And <a href="/articles/elsewhere/">here</a>.</p>'
        change(story, by=cast.editor, now=NOW, body=body, change_kind="typo")
        assert lacking(story) == {("body", "link_vague"), ("body", "link_unknown")}

    def test_a_new_failure_does(self, cast: Cast) -> None:
        story = self.imported()
        body = "<h3>Too deep</h3><p>Text.</p><h2>Right</h2><p>Text.</p>"
        change(story, by=cast.editor, now=NOW, body=body, lead_image=picture(alt=""), change_kind="update")
        assert lacking(story) == {("lead_image", "alt")}
        change(story, by=cast.editor, now=NOW, body="<h3>Also too deep</h3><p>Text.</p>", lead_image=None)
        assert lacking(story) == {("body", "heading_order")}


class TestChange:
    def test_the_first_edition_needs_no_kind_of_change(self, cast: Cast) -> None:
        assert lacking(draft(cast.editor)) == set()

    def test_a_later_one_does(self, cast: Cast) -> None:
        story = published(cast)
        change(story, by=cast.editor, now=NOW, kicker="New")
        assert lacking(story) == {("change_kind", "change_kind")}

    def test_one_that_is_only_scheduled_has_told_nobody_anything_yet(self, cast: Cast) -> None:
        assert lacking(scheduled(cast, at=NOW + timedelta(hours=1))) == set()
