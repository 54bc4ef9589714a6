"""Two people save the same story."""

from typing import Any

import pytest

from drills import c4_races
from tests.articles.admin.posting import change, desk, filled
from tests.newsdesk import Cast, author, draft, topic


@pytest.mark.django_db
class TestAStaleSave:
    def test_gets_a_conflict_page_with_both_texts(self, cast: Cast) -> None:
        story = draft(cast.editor)
        mine = filled(story, headline="My headline", body="<p>My words.</p>")
        desk(cast.second_editor).post(
            change(story), filled(story, headline="Their headline", standfirst="Theirs.")
        )
        response = desk(cast.editor).post(change(story), mine)
        page = response.content.decode()
        assert response.status_code == 409
        story.refresh_from_db()
        assert (story.headline, story.version) == ("Their headline", 2)
        labels = [difference.label for difference in response.context["conflict"].differences]
        assert labels == ["Headline", "Standfirst", "Text"]
        assert "Second Editor</strong> saved revision 2" in page
        assert 'value="&lt;p&gt;My words.&lt;/p&gt;"' in page

    def test_is_one_too_when_nothing_says_what_was_seen(self, cast: Cast) -> None:
        story = draft(cast.editor)
        for seen in ("", "x", "999", "-1"):
            response = desk(cast.editor).post(change(story), filled(story, headline="Forged", seen=seen))
            assert response.status_code == 409, seen
        assert story.revisions.count() == 1

    def test_shows_topics_and_byline_that_differ(self, cast: Cast) -> None:
        story = draft(cast.editor)
        mine = filled(story, topics=[topic("Mine").pk], byline=[author("Zoe Ink")])
        desk(cast.second_editor).post(change(story), filled(story, topics=[topic("Theirs").pk], byline=[]))
        response = desk(cast.editor).post(change(story), mine)
        told = {one.label: (one.mine, one.theirs) for one in response.context["conflict"].differences}
        assert "Mine</mark>" in told["Topics"][0]
        assert "Theirs</mark>" in told["Topics"][1]
        assert "Zoe Ink" in told["Byline"][0]

    def test_a_link_that_differs_under_the_same_words_is_marked(self, cast: Cast) -> None:
        body = '<p>See <a href="https://{}.example/">the report</a>.</p>'
        story = draft(cast.editor, body=body.format("old"))
        mine = filled(story, body=body.format("mine"))
        desk(cast.second_editor).post(change(story), filled(story, body=body.format("theirs")))
        response = desk(cast.editor).post(change(story), mine)
        [told] = response.context["conflict"].differences
        assert "link to https://mine.example/" in told.mine
        assert "link to https://theirs.example/" in told.theirs
        assert "now leads to" in told.both

    def test_hostile_words_are_escaped(self, cast: Cast) -> None:
        story = draft(cast.editor)
        mine = filled(story, headline="<script>alert(1)</script>")
        desk(cast.second_editor).post(change(story), filled(story, headline="Theirs"))
        page = desk(cast.editor).post(change(story), mine).content
        assert b"<script>alert(1)" not in page


@pytest.mark.django_db
class TestSavingMineOverTheirs:
    def test_puts_mine_in_and_leaves_theirs_in_the_history(self, cast: Cast) -> None:
        ada, zoe = author("Ada Quill"), author("Zoe Ink")
        story = draft(cast.editor, authors=[ada, zoe])
        mine = filled(story, headline="Mine", byline=[zoe, ada])
        theirs = filled(story, headline="Theirs", byline=[author("Per Nib")])
        desk(cast.second_editor).post(change(story), theirs)
        client = desk(cast.editor)
        shown = client.post(change(story), mine).context["conflict"]
        response = client.post(change(story), as_posted(shown, mine))
        story.refresh_from_db()
        assert response.status_code == 302
        assert (story.headline, story.version) == ("Mine", 3)
        assert [row.author for row in story.bylines.all()] == [zoe, ada]
        assert story.revisions.get(number=2).as_dict()["headline"] == "Theirs"

    def test_conflicts_again_when_they_save_again(self, cast: Cast) -> None:
        story = draft(cast.editor)
        mine = filled(story, headline="Mine")
        client, other = desk(cast.editor), desk(cast.second_editor)
        other.post(change(story), filled(story, headline="Theirs"))
        shown = client.post(change(story), mine).context["conflict"]
        story.refresh_from_db()
        other.post(change(story), filled(story, headline="Theirs again"))
        assert client.post(change(story), as_posted(shown, mine)).status_code == 409

    def test_keeps_its_word_when_another_field_is_wrong(self, cast: Cast) -> None:
        story = draft(cast.editor)
        mine = filled(story, headline="")
        client = desk(cast.editor)
        desk(cast.second_editor).post(change(story), filled(story, headline="Theirs"))
        shown = client.post(change(story), mine).context["conflict"]
        page = client.post(change(story), as_posted(shown, mine))
        assert page.status_code == 200
        assert f'name="mine_over" value="{shown.version}"' in page.content.decode()


def as_posted(shown: Any, mine: dict[str, Any]) -> dict[str, Any]:
    """What the button sends: everything that the page carries."""
    data: dict[str, Any] = {}
    for name, value in shown.posted:
        data.setdefault(name, []).append(value)
    return data | {"seen": mine["seen"], "mine_over": shown.version, "_save": "1"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
class TestARace:
    """Drill C4, small; full size in drills/c4_races.py."""

    def test_of_four_saves_at_once_one_wins_and_nothing_is_lost(self) -> None:
        assert c4_races.run(2, people=4) == {"races": 2, "saved": 2, "conflicts": 6}

    def test_no_approval_outlives_a_save_it_raced_with(self) -> None:
        assert c4_races.run_against_approval(3)["saved"] == 3
