"""`manage.py redact`: the same act from a shell."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.models import Edition
from tests.newsdesk import NOW, Cast, published


def redact(story: int, by: str = "manager@newsroom.example", **options: Any) -> str:
    said = StringIO()
    known = {"reason": "An order.", "words": "eleven", "confirm": True}
    call_command("redact", story, by=by, stdout=said, **(known | options))
    return said.getvalue()


class TestRedact:
    def test_blanks_and_says_how_often(self, cast: Cast) -> None:
        story = published(cast)
        assert redact(story.pk) == "Blanked 4 times. Nobody can bring the words back.\n"
        assert Edition.objects.live(NOW).get().standfirst == "A single store replaces [redacted]."
        assert story.events.latest("number").actor == cast.manager

    def test_changes_nothing_unless_told_to(self, cast: Cast) -> None:
        story = published(cast)
        with pytest.raises(CommandError, match="found 4 times"):
            redact(story.pk, confirm=False)
        assert Edition.objects.live(NOW).get().standfirst == "A single store replaces eleven."

    def test_asks_for_the_words(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("builtins.input", lambda prompt: "eleven")
        assert "4 times" in redact(published(cast).pk, words=None)

    @pytest.mark.parametrize(
        ("options", "sentence"),
        [
            ({"by": "editor@newsroom.example"}, "Only managers"),
            ({"by": "nobody@newsroom.example"}, "Nobody here"),
            ({"reason": " "}, "Write a note"),
        ],
    )
    def test_is_refused_in_words(self, cast: Cast, options: dict[str, Any], sentence: str) -> None:
        with pytest.raises(CommandError, match=sentence):
            redact(published(cast).pk, **options)

    def test_there_has_to_be_a_story(self, cast: Cast) -> None:
        with pytest.raises(CommandError, match="no such story"):
            redact(0)
