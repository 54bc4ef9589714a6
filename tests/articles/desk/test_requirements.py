"""What a story must have, and the sentences an editor reads when it has not."""

from datetime import timedelta

import pytest
from django.db import transaction

from articles.desk import requirements, workflow
from articles.desk.intake import take_in
from articles.desk.public import public_dict
from articles.models import Image, Story
from tests.newsdesk import NOW, Cast, approved, change, draft, picture, published, scheduled


def lacking(story: Story) -> set[tuple[str, str]]:
    return {
        (issue.field, issue.rule.split(":")[0])
        for issue in requirements.for_review(story, public_dict(story), now=NOW)
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
        assert (issue.field, issue.rule.split(":")[0]) == ("lead_image", "licence")


class TestImported:
    def imported(self) -> Story:
        story = Story.objects.create(headline="From elsewhere", body="<h3>Too deep</h3><p>Text.</p>")
        with transaction.atomic():
            take_in(story, now=NOW, published_at=NOW - timedelta(days=900))
        return story

    def test_what_it_lacked_when_it_came_does_not_block_a_typo_fix(self, cast: Cast) -> None:
        story = self.imported()
        change(story, by=cast.editor, now=NOW, body="<h3>Too deep</h3><p>Text!</p>", change_kind="typo")
        workflow.perform(story, "submit", by=cast.editor, now=NOW)
        workflow.perform(story, "approve", by=cast.manager, now=NOW, revision=2)
        assert story.state == Story.State.APPROVED

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
