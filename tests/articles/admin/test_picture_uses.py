"""Where a picture is used, as its page, the list and the filter tell it to each person."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.html import strip_tags

from articles.desk import workflow
from articles.desk.picture_uses import uses_of
from articles.models import Author, Image, Story
from tests.articles.admin.desk_pages import LATER
from tests.articles.admin.posting import desk
from tests.newsdesk import NOW, Cast, author, change, draft, picture, published, republished, scheduled

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/image/"
IN_TEXT = '<p>Text.</p><figure><img data-file="{}" alt="A quay"></figure>'


def used(image: Image, who: Any) -> dict[str, set[str]]:
    """Headline → what the story does with the picture."""
    names = {"in_copy": "copy", "is_live": "live", "is_planned": "scheduled", "was_live": "old"}
    stories = uses_of(image, who, LATER).stories
    return {
        story.headline: {word for name, word in names.items() if getattr(story, name)} for story in stories
    }


class TestWhereUsed:
    def test_in_every_way_a_story_can_use_it(self, cast: Cast) -> None:
        image = picture()
        body = IN_TEXT.format(image.key)
        draft(cast.editor, "In a draft's text", body=body)
        published(cast, headline="Live", slug="live", lead_image=image)
        scheduled(cast, at=LATER + timedelta(days=1), headline="Scheduled", slug="scheduled", body=body)
        before = published(cast, headline="Before", slug="before", lead_image=image)
        republished(before, cast, now=NOW + timedelta(minutes=5), lead_image=None, change_kind="update")
        left = draft(cast.editor, "Taken out again", body=body, slug="out")
        change(left, by=cast.editor, now=NOW, body="<p>Text.</p>")
        assert used(image, cast.manager) == {
            "In a draft's text": {"copy"},
            "Live": {"copy", "live"},
            "Scheduled": {"copy", "scheduled"},
            "Before": {"old"},
        }

    def test_one_taken_down_is_old_and_one_withdrawn_still_shows_it(self, cast: Cast) -> None:
        image = picture()
        for kind in ("error", "withdrawn"):
            story = published(cast, headline=kind, slug=kind, lead_image=image)
            workflow.perform(
                story,
                "take_down",
                by=cast.manager,
                now=NOW + timedelta(minutes=1),
                kind=kind,
                public_note="Sorry.",
            )
        assert "live" not in used(image, cast.manager)["error"]
        assert "live" in used(image, cast.manager)["withdrawn"]

    def test_a_restricted_story_is_there_only_for_those_who_may_know_of_it(self, cast: Cast) -> None:
        image = picture()
        story = published(cast, headline="The secret inquiry", lead_image=image)
        Story.objects.filter(pk=story.pk).update(restricted=True)
        page = f"{LIST}{image.pk}/change/"
        assert "The secret inquiry" in desk(cast.editor).get(page).content.decode()
        others = desk(cast.second_editor).get(page).content.decode()
        assert "secret" not in others and "Not used yet." in others
        assert "may not" not in strip_tags(others)

    def test_a_portrait(self, cast: Cast) -> None:
        image = picture()
        Author.objects.filter(pk=author().pk).update(picture=image)
        page = desk(cast.contributor).get(f"{LIST}{image.pk}/change/").content.decode()
        assert "The portrait of" in page and "Ada Quill" in page


class TestTheList:
    def test_finds_what_is_unused(self, cast: Cast) -> None:
        lead, inside, portrait, idle = (picture(alt=alt) for alt in ("lead", "inside", "portrait", "idle"))
        draft(cast.editor, lead_image=lead, body=IN_TEXT.format(inside.key))
        Author.objects.filter(pk=author().pk).update(picture=portrait)
        assert shown(cast.editor, "use=unused") == {idle}
        assert shown(cast.editor, "use=used") == {lead, inside, portrait}
        assert shown(cast.editor, "use=nonsense") == set()

    def test_finds_licences_that_ended(self, cast: Cast) -> None:
        ended, ends = picture(licence_ends_at=NOW), picture(licence_ends_at=LATER + timedelta(days=1))
        picture()
        assert shown(cast.editor, "rights=ended") == {ended}
        assert shown(cast.editor, "rights=ends") == {ends}


def shown(who: Any, query: str) -> set[Image]:
    return set(desk(who).get(f"{LIST}?{query}").context["cl"].result_list)
