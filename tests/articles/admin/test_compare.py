"""Two revisions compared: which, by whom, and what is said of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.admin.lead import thumbnail_url
from tests.articles.admin.desk_pages import in_situation, signed_in, twice_saved, url
from tests.newsdesk import NOW, Cast, change, draft, picture, published


class TestComparing:
    def test_marks_the_words_that_differ(self, cast: Cast) -> None:
        page = signed_in(cast.second_editor).get(url("compare", twice_saved(cast), 1, 2)).content.decode()
        assert ">Standfirst<" in page
        assert "<del>" in page
        assert "<ins>" in page
        assert ">Text<" not in page

    def test_goes_either_way(self, cast: Cast) -> None:
        story = twice_saved(cast)
        there = signed_in(cast.editor).get(url("compare", story, 2, 1)).content.decode()
        assert "Revisions 2 and 1" in there
        assert url("compare", story, 1, 2) in there

    def test_with_itself_is_no_difference(self, cast: Cast) -> None:
        page = signed_in(cast.editor).get(url("compare", twice_saved(cast), 2, 2)).content.decode()
        assert "there is no difference" in page

    def test_leads_on_to_the_next_and_the_one_before(self, cast: Cast) -> None:
        story = twice_saved(cast)
        for number in range(2):
            change(story, by=cast.editor, now=NOW, standfirst=f"Version {number}.")
        page = signed_in(cast.editor).get(url("compare", story, 2, 3)).content.decode()
        assert f'href="{url("compare", story, 1, 2)}" rel="prev"' in page
        assert f'href="{url("compare", story, 3, 4)}" rel="next"' in page

    def test_leads_to_what_is_live(self, cast: Cast) -> None:
        story = published(cast)
        for number in range(2):
            change(story, by=cast.editor, now=NOW, standfirst=f"Version {number}.")
        client = signed_in(cast.editor)
        assert url("compare", story, 1, 3) in client.get(url("compare", story, 2, 3)).content.decode()
        assert url("compare", story, 1, 3) in client.get(url("revision", story, 3)).content.decode()
        assert url("compare", story, 1, 3) in client.get(url("revisions", story)).content.decode()

    def test_asks_the_database_the_same_few_questions(self, cast: Cast) -> None:
        story = twice_saved(cast)
        client = signed_in(cast.editor)
        with CaptureQueriesContext(connection) as queries:
            client.get(url("compare", story, 1, 2))
        assert len(queries) <= 14


class TestPictures:
    def test_have_the_names_that_the_library_knows_whatever_their_number(self, cast: Cast) -> None:
        hall, bridge = (picture(cast.editor, alt=alt) for alt in ("A hall", "A bridge"))
        story = draft(cast.editor, lead_image=hall)
        figures = "".join(
            f'<figure><img data-file="{one.key}" alt="Seen"></figure>' for one in (hall, bridge)
        )
        change(story, by=cast.editor, now=NOW, lead_image=bridge)
        change(story, by=cast.editor, now=NOW, body=f"<p>Text.</p>{figures}")
        client, asked = signed_in(cast.editor), []
        for numbers in ((1, 2), (2, 3)):
            with CaptureQueriesContext(connection) as queries:
                page = client.get(url("compare", story, *numbers)).content.decode()
            asked.append(len(queries))
            for image in (hall, bridge):
                assert f"{image.alt} ({image.key[:6]})" in page
                assert f'src="{thumbnail_url(image)}"' in page
                assert f">{image.key}" not in page
        assert asked[0] == asked[1]


class TestChoosing:
    def test_two_from_the_list_lead_to_their_address(self, cast: Cast) -> None:
        story = twice_saved(cast)
        client = signed_in(cast.editor)
        page = client.get(url("revisions", story)).content.decode()
        assert f'method="get" action="{url("comparing", story)}"' in page
        answer = client.get(url("comparing", story), {"before": "1", "after": "2"})
        assert answer["Location"] == url("compare", story, 1, 2)

    @pytest.mark.parametrize("number", ["", "x", "-1", "3", "0", "9" * 30, "١"])
    def test_numbers_that_never_were(self, number: str, cast: Cast) -> None:
        story = twice_saved(cast)
        query = {"before": number, "after": "1"}
        assert signed_in(cast.editor).get(url("comparing", story), query).status_code == 404


class TestRights:
    @pytest.mark.parametrize("numbers", [(0, 1), (1, 3), (3, 1), (10**9, 1), (10**30, 1)])
    def test_revisions_that_never_were(self, numbers: tuple[int, int], cast: Cast) -> None:
        assert signed_in(cast.editor).get(url("compare", twice_saved(cast), *numbers)).status_code == 404

    def test_whoever_may_not_know_of_the_story_gets_nothing(self, cast: Cast) -> None:
        story = twice_saved(cast, restricted=True)
        for person in (cast.contributor, cast.manager, cast.administrator):
            assert signed_in(person).get(url("compare", story, 1, 2)).status_code == 404
            query = {"before": "1", "after": "2"}
            assert signed_in(person).get(url("comparing", story), query).status_code == 404

    def test_what_is_withheld_is_not_told_by_its_difference(self, cast: Cast) -> None:
        story = in_situation(cast, "withheld")
        for numbers in ((1, 2), (2, 1)):
            assert signed_in(cast.editor).get(url("compare", story, *numbers)).status_code == 403
            assert signed_in(cast.manager).get(url("compare", story, *numbers)).status_code == 200

    def test_only_reads(self, cast: Cast) -> None:
        assert signed_in(cast.editor).post(url("compare", twice_saved(cast), 1, 2)).status_code == 405
