"""The list of revisions, one of them, and the way back to it."""

import pytest

from articles.models import Story
from tests.articles.admin.desk_pages import in_situation, post, seen, signed_in, twice_saved, url
from tests.newsdesk import NOW, Cast, change, draft, published


class TestList:
    def test_says_who_when_and_which(self, cast: Cast) -> None:
        story = published(cast)
        page = signed_in(cast.second_editor).get(url("revisions", story)).content.decode()
        assert "Revision 1</a>" in page
        assert "<td>Editor</td>" in page
        assert story.revisions.get().hash[:12] in page
        assert "Live now" in page
        assert "approved revision 1" in page

    def test_goes_back_fifty_at_a_time(self, cast: Cast) -> None:
        story = draft(cast.editor)
        for number in range(55):
            change(story, by=cast.editor, now=NOW, standfirst=f"Version {number}.")
        client = signed_in(cast.editor)
        page = client.get(url("revisions", story)).content.decode()
        assert ">Revision 56</a>" in page
        assert ">Revision 6</a>" not in page
        assert 'href="?before=7"' in page
        assert ">Revision 1</a>" in client.get(url("revisions", story) + "?before=7").content.decode()

    @pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "%00", "١"])
    def test_a_page_that_never_was(self, before: str, cast: Cast) -> None:
        story = draft(cast.editor)
        assert signed_in(cast.editor).get(url("revisions", story) + f"?before={before}").status_code == 404

    def test_stands_where_djangos_history_stood(self, cast: Cast) -> None:
        story = draft(cast.editor)
        assert signed_in(cast.editor).get(url("history", story))["Location"] == url("revisions", story)


class TestOne:
    def test_shows_what_its_save_changed_and_the_way_back(self, cast: Cast) -> None:
        story = twice_saved(cast)
        client = signed_in(cast.editor)
        first = client.get(url("revision", story, 1)).content.decode()
        assert "Go back to this revision" in first
        assert 'name="number" value="1"' in first
        second = client.get(url("revision", story, 2)).content.decode()
        assert "This is the newest revision." in second
        assert ">, from May<" in second

    @pytest.mark.parametrize("number", [0, 3, 10**9])
    def test_that_never_was(self, number: int, cast: Cast) -> None:
        assert signed_in(cast.editor).get(url("revision", twice_saved(cast), number)).status_code == 404

    def test_huge_numbers_are_none(self, cast: Cast) -> None:
        story = twice_saved(cast)
        assert (
            signed_in(cast.editor).get(f"/admin/articles/story/{story.pk}/revisions/{'9' * 30}/").status_code
            == 404
        )


class TestGoingBack:
    def test_makes_a_new_revision_of_the_old_words(self, cast: Cast) -> None:
        story = twice_saved(cast)
        answer = post(cast.second_editor, story, "revert_to", number=1, **seen(story))
        assert answer["Location"] == url("change", story)
        story.refresh_from_db()
        assert (story.version, story.standfirst) == (3, "A single store replaces eleven.")
        assert story.revisions.get(number=3).saved_by == cast.second_editor

    def test_to_what_it_says_already_is_refused(self, cast: Cast) -> None:
        story = draft(cast.editor)
        assert post(cast.editor, story, "revert_to", number=1, **seen(story)).status_code == 422

    def test_not_from_the_spike(self, cast: Cast) -> None:
        story = in_situation(cast, "spiked")
        assert post(cast.editor, story, "revert_to", number=1, **seen(story)).status_code == 403
        assert Story.objects.get(pk=story.pk).version == 2
