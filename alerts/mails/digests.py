"""The letter of a digest: groups of stories, each story once, as they stand when it is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from alerts.mails.emptied import Emptied
from alerts.mails.lines import line, listed
from alerts.mails.stories import Picture, Told, told
from alerts.mails.words import Words, words
from alerts.models.introductions import Introduction
from alerts.models.notices import Letter
from articles.models.editions import Edition
from articles.views.dates import MONTHS

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

#: After so many stories the others stand with their headlines alone: mail programs cut off what is over 102 kB.
WITH_WORDS = 20


@dataclass(frozen=True)
class Entry:
    """A story in a group; `because` says what else of the reader's it belongs to."""

    story: Told
    is_updated: bool
    because: str
    with_words: bool
    picture: Picture | None


@dataclass(frozen=True)
class Group:
    heading: str
    entries: list[Entry]


def words_of(letter: Letter, now: datetime) -> Words:
    """The words of a digest; raises Emptied when none of its stories is live any more."""
    notice = letter.notice
    is_weekly = notice.key.startswith("digest:weekly:")
    return digest(letter.contents, is_weekly=is_weekly, at=notice.period_end or notice.as_of, now=now)


def digest(contents: Mapping[str, Any], *, is_weekly: bool, at: datetime, now: datetime) -> Words:
    groups = list(_groups(contents["groups"], _live(contents["groups"], now)))
    stories = [entry.story for group in groups for entry in group.entries]
    if not stories:
        raise Emptied
    how_often = "every week" if is_weekly else "every day"
    what = "everything we publish" if contents.get("everything") else "what you follow"
    title = f"The week to {_day(at)}" if is_weekly else _day(at)
    context = {
        "title": title,
        "summary": _summary(len(stories), what),
        "introduction": _introduction(contents.get("introduction")),
        "groups": groups,
        "why": f"You get this {how_often} because you asked for {what} by e-mail.",
        "opening": " · ".join(story.headline for story in stories[:3]),
    }
    return words("digest", _subject(title, stories), context)


def _live(groups: Sequence[Mapping[str, Any]], now: datetime) -> dict[int, Told]:
    """What is live of what was chosen, by edition."""
    keys = [said["edition"] for group in groups for said in group["editions"]]
    editions = list(Edition.objects.live(now).filter(pk__in=keys).select_related("section", "lead_image"))
    return dict(zip([edition.pk for edition in editions], told(editions, now), strict=True))


def _groups(groups: Sequence[Mapping[str, Any]], live: Mapping[int, Told]) -> Iterator[Group]:
    before, name = 0, "Stories"
    for said in groups:
        chosen = [one for one in said["editions"] if one["edition"] in live]
        follows = said.get("follows", [])
        entries = [
            _entry(one, live[one["edition"]], follows, number)
            for number, one in enumerate(chosen, start=before)
        ]
        before += len(entries)
        if entries:
            yield Group(listed(follows) or name, entries)
            name = "More stories"


def _entry(said: Mapping[str, Any], story: Told, follows: Sequence[str], number: int) -> Entry:
    """One story; the first of a digest has its picture."""
    others = [name for name in said.get("because", []) if name not in follows]
    return Entry(
        story=story,
        is_updated=said.get("updated", False),
        because=f"Also: {listed(others)}" if others else "",
        with_words=number < WITH_WORDS,
        picture=story.picture if number == 0 else None,
    )


def _introduction(key: int | None) -> list[str]:
    introduction = Introduction.objects.filter(pk=key).first() if key else None
    return [line(paragraph) for paragraph in introduction.paragraphs] if introduction else []


def _summary(count: int, what: str) -> str:
    counted = "One story" if count == 1 else f"{count} stories"
    return f"{counted} from {what}."


def _subject(title: str, stories: Sequence[Told]) -> str:
    first, others = stories[0].headline, len(stories) - 1
    return f"{title}: {first} and {others} more" if others else f"{title}: {first}"


def _day(at: datetime) -> str:
    here = localtime(at)
    return f"{DAYS[here.weekday()]} {here.day} {MONTHS[here.month - 1]}"
