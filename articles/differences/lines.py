"""Lines: what is compared. A paragraph, an item, a cell, a person, the credit of a picture: words in a place."""

from dataclasses import dataclass
from functools import cached_property

from articles.body.document import Run
from articles.body.inline import text_of

type Fact = tuple[str, str]

#: What a line of running text is. It is not said of it.
PARAGRAPH = "Paragraph"
PLAIN = frozenset({"", PARAGRAPH})
#: What a line is whose words are the key of a picture.
PICTURE = "Picture"


@dataclass(frozen=True)
class Line:
    """Words and what they are. Two lines are equal where nothing about them differs, seen or unseen."""

    place: str
    runs: tuple[Run, ...] = ()
    #: What is no word of it: name and value, told only where it differs.
    facts: tuple[Fact, ...] = ()
    #: Whether `place` names it, so that whatever stands there now is the same line: a caption, not a paragraph.
    is_named: bool = False

    @cached_property
    def text(self) -> str:
        return text_of(self.runs)


def named(place: str, text: str, *facts: Fact) -> Line:
    """A line of plain words that is known by its place."""
    return Line(place, (Run(text),) if text else (), facts, is_named=True)
