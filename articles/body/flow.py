"""Blocks as they are collected: where in the body we are, the line that grows, and what must wait for the top."""

from dataclasses import dataclass, field

from articles.body import office
from articles.body.document import Block, Paragraph, Run
from articles.body.inline import paragraphs, text_of, without_start
from articles.body.schema import MAX_LIST_DEPTH


@dataclass(frozen=True)
class Place:
    """Where in the body we are: at the top, or inside a quote, list item, cell or line."""

    name: str = "top"
    lists: int = 0

    @property
    def top(self) -> bool:
        return self.name == "top"

    @property
    def may_list(self) -> bool:
        """Whether paragraphs here may turn out to be list items."""
        return self.name in ("top", "quote") and self.lists < MAX_LIST_DEPTH


@dataclass
class Flow:
    """Blocks as they come, and the line being collected. Figures and tables found deep inside wait for the top."""

    place: Place
    blocks: list[Block | office.Item] = field(default_factory=list)
    line: list[Run] = field(default_factory=list)
    risen: list[Block] = field(default_factory=list)

    def end_line(self) -> None:
        """Close the paragraph that is being collected."""
        if not self.line:
            return
        for runs in paragraphs(self.line):
            bullet = office.bullet(text_of(runs))
            if bullet and self.place.may_list:
                self.blocks.append(office.Item([Paragraph(without_start(runs, bullet))]))
            else:
                kept = without_start(runs, bullet) if self.place.name == "item" else runs
                self.blocks.append(Paragraph(kept))
        self.line = []

    def add(self, block: Block) -> None:
        self.end_line()
        self.blocks.append(block)

    def take(self, other: "Flow") -> list[Block]:
        """Close what was collected inside, keep what rose from it, and return its blocks."""
        other.end_line()
        self.risen += other.risen
        return office.grouped(other.blocks)

    def rise(self, block: Block) -> None:
        if self.place.top:
            self.add(block)
        else:
            self.risen.append(block)

    def settle(self) -> None:
        """At the top: what rose from inside a block follows it."""
        if self.place.top and self.risen:
            self.end_line()
            self.blocks += self.risen
            self.risen = []
