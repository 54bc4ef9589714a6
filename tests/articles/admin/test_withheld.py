"""A withheld text on the desk: managers read it, everybody else is told since when and why they cannot."""

import pytest

from articles.desk import workflow
from articles.models import Story
from tests.articles.admin.desk_pages import in_situation, post, signed_in, url
from tests.articles.admin.posting import filled
from tests.newsdesk import MINUTE, NOW, Cast, published, republished

PAGES = [
    ("review", ()),
    ("preview", ()),
    ("revision", (2,)),
    ("revision_preview", (2,)),
    ("change", ()),
    ("draft", ()),
]
WORDS = b"Forms go on line in May."


@pytest.fixture
def story(cast: Cast) -> Story:
    return in_situation(cast, "withheld")


class TestWithheld:
    @pytest.mark.parametrize(("page", "args"), PAGES)
    def test_is_told_in_words_in_place_of_the_text(
        self, page: str, args: tuple[int, ...], story: Story, cast: Cast
    ) -> None:
        answer = signed_in(cast.editor).get(url(page, story, *args))
        assert answer.status_code == 403
        assert b"Withheld for legal reasons since 23 November 2026, 09:31" in answer.content
        assert WORDS not in answer.content

    @pytest.mark.parametrize(("page", "args"), PAGES)
    def test_is_read_by_managers(self, page: str, args: tuple[int, ...], story: Story, cast: Cast) -> None:
        answer = signed_in(cast.second_manager).get(url(page, story, *args))
        assert answer.status_code == 200

    def test_is_not_shown_by_an_act_that_fails(self, story: Story, cast: Cast) -> None:
        answer = post(cast.editor, story, "submit", revision=1)
        assert answer.status_code == 403
        assert WORDS not in answer.content

    def test_is_not_saved_over_by_whom_it_is_closed_to(self, story: Story, cast: Cast) -> None:
        answer = signed_in(cast.editor).post(url("change", story), filled(story, headline="Mine"))
        assert answer.status_code == 403
        assert story.revisions.count() == 2

    def test_is_marked_in_the_list_of_revisions(self, story: Story, cast: Cast) -> None:
        page = signed_in(cast.editor).get(url("revisions", story)).content.decode()
        assert page.count("Withheld</span>") == 1

    def test_leaves_other_texts_and_no_difference_to_it(self, cast: Cast) -> None:
        story = published(cast, standfirst="The secret number is nine.")
        republished(story, cast, now=NOW + MINUTE, standfirst="There is no number.", change_kind="typo")
        edition = story.editions.earliest("published_at").pk
        workflow.perform(
            story,
            "withhold",
            by=cast.manager,
            now=NOW + 2 * MINUTE,
            note="x",
            kind="privacy",
            edition=edition,
        )
        for page, args in (("review", ()), ("revision", (2,)), ("change", ())):
            answer = signed_in(cast.editor).get(url(page, story, *args))
            assert answer.status_code == 200
            assert b"secret" not in answer.content
        assert b"secret" in signed_in(cast.manager).get(url("revision", story, 2)).content
