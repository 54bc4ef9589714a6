"""What a reviewer is told has changed."""

from articles.admin.facts import changes
from articles.desk.public import public_dict
from tests.newsdesk import Cast, draft


class TestChanges:
    def test_name_the_field_with_both_texts(self, cast: Cast) -> None:
        before = public_dict(draft(cast.editor))
        [change] = changes(before, {**before, "headline": "Nine stores become one"})
        assert (change.before, change.after) == (before["headline"], "Nine stores become one")

    def test_an_old_note_to_readers_is_not_taken_back_by_the_next_change(self, cast: Cast) -> None:
        public = public_dict(draft(cast.editor))
        corrected = {**public, "change_kind": "correction", "public_note": "It was nine."}
        assert changes(corrected, public) == []
        again = {**corrected, "headline": "Nine stores become one"}
        assert [change.label for change in changes(corrected, again)] == [
            "Headline",
            "Kind of change",
            "Note to readers",
        ]
        assert changes(corrected, corrected) == []
