"""The public dict: what it holds, and that its hash speaks for all of it."""

import json
from datetime import timedelta
from typing import Any

import pytest

from articles.desk.public import canonical, hash_of, public_dict
from articles.models import Author, Image, Section, Story, Tag
from tests.newsdesk import NOW, Cast, author, draft, picture, section, topic


def story_with_everything(cast: Cast) -> Story:
    image = picture(cast.editor)
    inside = f'<p>Text.</p><figure><img data-file="{image.key}" alt="A map"><figcaption>Wards</figcaption></figure>'
    return draft(cast.editor, body=inside, lead_image=image, kicker="Records")


class TestPublicDict:
    def test_holds_everything_readers_get(self, cast: Cast) -> None:
        public = public_dict(story_with_everything(cast))
        assert public["byline"]["people"][0]["job_title"] == "Managing Editor"
        assert public["lead"]["credit"] == "Council archive"
        assert public["pictures"][0]["alt"] == "A map"
        assert public["pictures"][0]["caption"] == "Wards"
        assert public["topics"] == [{"name": "Records", "slug": "records"}]

    def test_holds_nothing_of_the_desk(self, cast: Cast) -> None:
        story = draft(cast.editor)
        before = canonical(public_dict(story))
        story.embargo_at = story.due_at = NOW + timedelta(days=1)
        story.assignee, story.restricted, story.state = cast.manager, True, Story.State.APPROVED
        assert canonical(public_dict(story)) == before

    def test_says_nothing_of_a_tick_that_is_not_set(self, cast: Cast) -> None:
        assert "tell_readers" not in public_dict(draft(cast.editor))

    def test_is_one_string_whatever_the_order(self, cast: Cast) -> None:
        public = public_dict(story_with_everything(cast))
        shuffled = dict(reversed(list(public.items())))
        assert canonical(json.loads(json.dumps(shuffled))) == canonical(public)

    @pytest.mark.parametrize(
        "change",
        [
            {"headline": "Other"},
            {"standfirst": "Other."},
            {"kicker": "Other"},
            {"kind": "opinion"},
            {"body": "<p>Other.</p>"},
            {"slug": "other"},
            {"search_headline": "Other"},
            {"social_headline": "Other"},
            {"change_kind": "update"},
            {"public_note": "Other."},
            {"tell_readers": True},
            {"byline_label": "Industry Voice"},
            {"lead_alt": "Other"},
            {"lead_caption": "Other"},
            {"lead_credit": "Other"},
            {"lead_image": None},
            {"section": None},
        ],
    )
    def test_changes_its_hash_with_any_public_field(self, cast: Cast, change: dict[str, Any]) -> None:
        story = story_with_everything(cast)
        before = hash_of(canonical(public_dict(story)))
        for name, value in change.items():
            setattr(story, name, value)
        assert hash_of(canonical(public_dict(story))) != before

    @pytest.mark.parametrize(
        "what", ["link", "alt in the text", "topic", "byline order", "job title", "focal point"]
    )
    def test_changes_its_hash_with_what_is_easily_missed(self, cast: Cast, what: str) -> None:
        story = story_with_everything(cast)
        story.body += '<p><a href="https://one.example/">Report</a></p>'
        story.bylines.create(author=author("Ben Nib", "Reporter"), position=1)
        before = canonical(public_dict(story))
        if what == "link":
            story.body = story.body.replace("one.example", "two.example")
        elif what == "alt in the text":
            story.body = story.body.replace("A map", "A chart")
        elif what == "topic":
            story.topics.set([topic("Archives")])
        elif what == "byline order":
            story.bylines.filter(position=1).update(position=0)
            story.bylines.filter(author__name="Ada Quill").update(position=1)
        elif what == "job title":
            Author.objects.update(job_title="Editor at Large")
        else:
            Image.objects.update(focal_x=0.1)
            story.lead_image = Image.objects.get()
        assert canonical(public_dict(story)) != before

    def test_needs_few_queries(self, cast: Cast, django_assert_max_num_queries: Any) -> None:
        story = Story.objects.get(pk=story_with_everything(cast).pk)
        with django_assert_max_num_queries(6):
            public_dict(story)

    def test_spaces_and_characters_no_database_takes_make_no_difference(self, cast: Cast) -> None:
        story = draft(cast.editor)
        story.headline = "One\u00a0 two\n three\x00"
        assert public_dict(story)["headline"] == "One two three"

    def test_alt_and_credit_come_from_the_library_unless_said_otherwise(self, cast: Cast) -> None:
        story = draft(cast.editor, lead_image=picture(cast.editor), lead_alt="  ")
        assert public_dict(story)["lead"]["alt"] == "A town hall at dusk"
        story.lead_alt = "The hall, boarded up"
        assert public_dict(story)["lead"]["alt"] == "The hall, boarded up"

    def test_a_decorative_picture_has_no_words_unless_this_use_gives_it_some(self, cast: Cast) -> None:
        image = picture(cast.editor, alt="", decorative=True)
        story = draft(cast.editor, lead_image=image)
        assert (public_dict(story)["lead"]["alt"], public_dict(story)["lead"]["decorative"]) == ("", True)
        story.lead_alt = "The hall"
        assert (public_dict(story)["lead"]["alt"], public_dict(story)["lead"]["decorative"]) == (
            "The hall",
            False,
        )


class TestNames:
    def test_an_old_edition_keeps_the_names_it_was_printed_with(self, cast: Cast) -> None:
        from tests.newsdesk import live, published

        story = published(cast, section=section("Health", "health"))
        Section.objects.filter(slug="health").update(name="Wellbeing")
        Author.objects.update(name="Ada Quill-Nib")
        Tag.objects.update(name="Papers")
        edition = live(story)
        assert edition.byline["people"][0]["name"] == "Ada Quill"
        assert edition.topics == [{"name": "Records", "slug": "records"}]
