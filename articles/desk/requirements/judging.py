"""Judges a story: every rule asked once, less what an import brought and what a manager has overridden."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from articles.desk.requirements import desk_facts, overrides
from articles.desk.requirements.imported import less_what_came_so
from articles.desk.requirements.issues import Issue
from articles.desk.requirements.own_links import own_links
from articles.desk.requirements.pictures import licences, pictures
from articles.desk.requirements.rules import Stage
from articles.desk.requirements.words import words
from articles.models import Story, StoryEvent


@dataclass(frozen=True)
class Judged:
    """An issue, and the act that says it may be."""

    issue: Issue
    override: StoryEvent | None = None

    def stops(self, stage: Stage) -> bool:
        return self.override is None and self.issue.asked_by.since <= stage

    @property
    def warns(self) -> bool:
        """Whether it is only told, and stops nothing."""
        return self.issue.asked_by.since is Stage.NEVER


def for_review(story: Story, public: dict[str, Any], *, now: datetime) -> list[Issue]:
    """What keeps a story from being sent for review. The story need not be stored."""
    return _stopping(judge(story, public, at=now), Stage.REVIEW)


def for_approval(story: Story, public: dict[str, Any], *, now: datetime) -> list[Issue]:
    """What keeps a story from being approved: as for publication, at a time that nobody has set yet."""
    return _stopping(judge(story, public, at=now), Stage.APPROVAL)


def for_publication(story: Story, public: dict[str, Any], *, at: datetime) -> list[Issue]:
    """What keeps a story from readers at the time `at`."""
    return _stopping(judge(story, public, at=at), Stage.PUBLICATION)


def judge(story: Story, public: dict[str, Any], *, at: datetime) -> list[Judged]:
    """Every issue there is with readers getting the story at `at`. At most ten queries."""
    issues = list({(issue.field, issue.key): issue for issue in _found(story, public, at)}.values())
    issues = less_what_came_so(story, issues)
    overridden = overrides.standing(story, at) if any(i.asked_by.overridable for i in issues) else {}
    return [Judged(i, overridden.get(i.key) if i.asked_by.overridable else None) for i in issues]


def _found(story: Story, public: dict[str, Any], at: datetime) -> Iterator[Issue]:
    yield from words(public)
    yield from pictures(public)
    yield from own_links(public, at)
    yield from desk_facts.change(story, public, at)
    yield from desk_facts.address(story, public)
    yield from licences(public, at)
    yield from desk_facts.related(public, at)
    yield from desk_facts.embargo(story, at)


def _stopping(judged: list[Judged], stage: Stage) -> list[Issue]:
    return [each.issue for each in judged if each.stops(stage)]
