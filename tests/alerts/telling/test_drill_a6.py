"""Drill A6: whatever desk and workers do in whatever order, a reader gets a story once, and a change as it asks."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from articles.desk import workflow
from articles.desk.refusals import Refused
from articles.models import Story
from tests.alerts.telling.telling import follower, mails, sent, worked
from tests.articles.admin.desk_pages import post, seen
from tests.newsdesk import MINUTE, NOW, Cast, approve, approved, author, change, draft, section, topic

NOTE = "Eleven stores, not ten."


@dataclass
class Desk:
    """One story, and a minute between any two steps."""

    cast: Cast
    story: Story
    minutes: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def now(self) -> datetime:
        return NOW + next(self.minutes) * MINUTE

    def act(self, act: str, **details: object) -> None:
        workflow.perform(self.story, act, by=self.cast.manager, now=self.now(), **details)

    def edition(self, **fields: object) -> None:
        """A change taken through review to readers."""
        known = {"change_kind": "typo", "public_note": "", "kicker": f"{self.now():%H:%M}", **fields}
        change(self.story, by=self.cast.editor, now=self.now(), **known)
        workflow.perform(self.story, "submit", by=self.cast.editor, now=self.now())
        approve(self.story, self.cast, now=self.now())
        self.act("publish")

    def again(self, act: str) -> None:
        """The button once more, by somebody whose page is old."""
        assert post(self.cast.manager, self.story, act, **seen(self.story)).status_code in {403, 409, 422}

    def saved_again(self) -> None:
        workflow.perform(self.story, "save", by=self.cast.editor, now=self.now(), revision=self.story.version)

    def on_a_topic_more(self) -> None:
        self.story.topics.add(topic("Elections"))
        self.edition(change_kind="update")

    def unreviewed(self) -> None:
        change(self.story, by=self.cast.editor, now=self.now(), kicker="In haste", change_kind="update")
        self.act("publish_unreviewed", revision=self.story.version, note="It cannot wait.")

    def scheduled_and_void(self) -> None:
        change(self.story, by=self.cast.editor, now=self.now(), kicker="Later", change_kind="update")
        workflow.perform(self.story, "submit", by=self.cast.editor, now=self.now())
        approve(self.story, self.cast, now=self.now())
        self.act("schedule", at=NOW + 500 * MINUTE)
        self.act("unschedule")


STEPS: dict[str, Callable[[Desk], object]] = {
    "publish": lambda desk: desk.act("publish"),
    "click twice": lambda desk: desk.again("publish"),
    "work": lambda desk: worked(desk.now()),
    "two workers": lambda desk: (worked(now := desk.now()), worked(now)),
    "mail": lambda desk: sent(now=desk.now()),
    "re-save": Desk.saved_again,
    "typo": Desk.edition,
    "minor edit": lambda desk: desk.edition(change_kind="update"),
    "slug": lambda desk: desk.edition(slug=f"address-{desk.now():%H%M}"),
    "headline": lambda desk: desk.edition(headline="Eleven stores become one"),
    "section": lambda desk: desk.edition(section=section("Health", "health")),
    "topic": Desk.on_a_topic_more,
    "update": lambda desk: desk.edition(change_kind="update", tell_readers=True),
    "correct": lambda desk: desk.edition(change_kind="correction", public_note=NOTE),
    "retract": lambda desk: desk.edition(change_kind="retraction", public_note=NOTE),
    "unreviewed": Desk.unreviewed,
    "plan and void": Desk.scheduled_and_void,
    "unpublish": lambda desk: desk.act("take_down", kind="error", public_note="Too soon."),
    "republish": lambda desk: desk.act("reinstate", note="It stands."),
}

#: What is done after approval, and the letters that each of two readers was sent in the end.
CASES: dict[str, list[str]] = {
    "publish": ["story"],
    "publish, click twice": ["story"],
    "publish, work, click twice, work": ["story"],
    "publish, two workers": ["story"],
    "publish, two workers, mail, two workers": ["story"],
    "publish, re-save, work": ["story"],
    "publish, work, mail, re-save, re-save": ["story"],
    "publish, typo": ["story"],
    "publish, work, typo": ["story"],
    "publish, work, mail, typo": ["story"],
    "publish, work, mail, typo, work, typo": ["story"],
    "publish, work, typo, work, typo, work": ["story"],
    "publish, minor edit, work, minor edit": ["story"],
    "publish, work, mail, minor edit": ["story"],
    "publish, work, mail, slug": ["story"],
    "publish, slug, work, slug": ["story"],
    "publish, work, mail, headline": ["story"],
    "publish, work, mail, section": ["story"],
    "publish, work, mail, topic": ["story"],
    "publish, work, mail, unreviewed": ["story"],
    "publish, work, mail, plan and void": ["story"],
    "publish, unpublish, republish": ["story"],
    "publish, work, unpublish, work, republish": ["story"],
    "publish, work, mail, unpublish, republish": ["story"],
    "publish, work, mail, unpublish, work, mail, republish": ["story", "removal"],
    "publish, work, mail, unpublish, work, mail, minor edit": ["story", "removal"],
    "publish, unpublish, work, republish, unpublish, work, republish": ["story"],
    "publish, work, mail, update, two workers": ["story", "update"],
    "publish, work, mail, update, work, mail, update": ["story", "update", "update"],
    "publish, work, update": ["story"],
    "publish, work, mail, correct, two workers": ["story", "correction"],
    "publish, work, mail, correct, typo": ["story", "correction"],
    "publish, work, mail, update, retract": ["story", "correction"],
    "publish, correct": ["story"],
}


@pytest.mark.parametrize("steps", CASES)
def test_a_reader_is_told_once(cast: Cast, steps: str) -> None:
    follower("ann"), follower("ben", section(), topic(), author())
    desk = Desk(cast, approved(cast))
    for step in steps.split(", "):
        STEPS[step](desk)
    worked(desk.now())
    sent(now=desk.now())
    worked(desk.now())
    told = {
        name: [letter for letter, became in rows if became == "accepted"]
        for name, rows in mails(desk.story).items()
    }
    assert told == {"ann": CASES[steps], "ben": CASES[steps]}


def test_a_story_that_nobody_published_is_told_to_nobody(cast: Cast) -> None:
    follower("ann")
    story = draft(cast.editor)
    with pytest.raises(Refused):
        workflow.perform(story, "publish", by=cast.manager, now=NOW)
    worked(NOW + MINUTE)
    assert mails(story) == {}
