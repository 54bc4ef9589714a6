"""What my desk says first: what is late, overdue or long unsigned, and stories that nobody here can approve."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import User
from articles.admin import marks
from articles.admin.alarm_box import MOST, SOURCES, Alarm, Line, line
from articles.admin.image_sizes import failed_alarm
from articles.admin.late import late_alarm
from articles.desk.approvers import managers, unseen_by_managers, written_by_all_managers
from articles.desk.open_matters import overdue, with_debt
from articles.models import Story

#: A second signature that takes longer than this is not forgotten, it is missing.
LONG_OWED = timedelta(hours=24)
#: Managers told by name, to those who have to choose one.
MOST_NAMES = 8


def alarms(user: User, now: datetime) -> list[Alarm]:
    """What other parts of the newsroom say, then what there is to say of stories."""
    others = [alarm for source in SOURCES for alarm in source(user, now)]
    return [*others, *_of_stories(user, now)]


def _of_stories(user: User, now: datetime) -> list[Alarm]:
    """Four queries for a manager, three for an editor, one for a contributor; besides those of `late_alarm`."""
    if not user.has_perm("articles.view_story"):
        return []
    seen = Story.objects.visible_to(user)
    of_role = _of_managers(seen, now) if user.has_perm("articles.review_story") else [_unseen(seen, user)]
    of_pictures = failed_alarm(now) if user.has_perm("articles.change_image") else None
    return [alarm for alarm in (late_alarm(user, now), *of_role, of_pictures) if alarm]


def _of_managers(seen: QuerySet[Story], now: datetime) -> Iterator[Alarm | None]:
    waiting = seen.waiting_for_review()  # type: ignore[attr-defined]
    yield _alarm(
        "Overdue for review",
        [
            line(story, _since("due", story.due_at, now))
            for story in _few(waiting.filter(overdue(now)), "due_at")
        ],
        all_url=f"{reverse('admin:articles_story_queue')}?due=overdue",
    )
    yield _owed(seen, now)
    yield _alarm(
        "Waiting for review, and no manager is left who could approve: everybody has worked on it",
        [line(story) for story in _few(written_by_all_managers(waiting), "pk")],
    )


def _owed(seen: QuerySet[Story], now: datetime) -> Alarm | None:
    """A count: the stories themselves lie in a pile of their own, the longest owed first."""
    owed = with_debt(seen).filter(since__lt=now - LONG_OWED).count()
    stories, are = ("1 story was", "is") if owed == 1 else (f"{owed} stories were", "are")
    words = f"{stories} published without review more than a day ago and {are} still not countersigned"
    return Alarm(words, all_url=f"{reverse('admin:articles_story_changelist')}?desk=owed") if owed else None


def _unseen(seen: QuerySet[Story], user: User) -> Alarm | None:
    """For those who may see what no manager may: no manager's desk could tell of it."""
    may_name = user.has_perm("articles.edit_any_story")
    page, place = ("change", "#id_restricted_to") if may_name else ("review", "")
    waiting = unseen_by_managers(seen.waiting_for_review())  # type: ignore[attr-defined]
    found = [line(story, page=page, place=place) for story in _few(waiting, "pk")]
    if not found:
        return None
    this, it = ("this story", "it") if len(found) == 1 else ("these stories", "them")
    words = f"No manager may see {this}, so nobody can approve {it}"
    return _alarm(words, found, _whom_to_name() if may_name else "An editor who may see it has to name one.")


def _whom_to_name() -> str:
    names = list(managers().order_by("name").values_list("name", flat=True)[:MOST_NAMES])
    told = f" ({', '.join(names)})" if names else ""
    return f"Under “Planning and people”, name a manager{told} among those who may know of it."


def _few(stories: QuerySet[Any], order: str) -> list[Any]:
    return list(stories.order_by(order)[: MOST + 1])


def _alarm(words: str, lines: list[Line], advice: str = "", *, all_url: str = "") -> Alarm | None:
    more = len(lines) > MOST
    return Alarm(words, lines[:MOST], advice, more, all_url if more else "") if lines else None


def _since(what: str, at: datetime, now: datetime) -> SafeString:
    return format_html("{} {}", what, marks.moment(at, now))
