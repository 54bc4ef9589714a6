"""What an alarm on my desk is: one sentence, the stories it is about, and what to do."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.models import User
from articles.models import Story

#: Lines of one alarm.
MOST = 5


@dataclass(frozen=True)
class Line:
    """One story, and what there is to say of it."""

    url: str
    name: str
    told: SafeString | str = ""


@dataclass(frozen=True)
class Alarm:
    """`more` where there are others than those shown; `all_url` leads to all of them, where these lines are not all."""

    words: str
    lines: list[Line] = field(default_factory=list)
    advice: str = ""
    more: bool = False
    all_url: str = ""


#: What other parts of the newsroom have to say to somebody who comes in; they register here.
SOURCES: list[Callable[[User, datetime], Iterable[Alarm]]] = []


def line(story: Story, told: SafeString | str = "", *, page: str = "review", place: str = "") -> Line:
    url = reverse(f"admin:articles_story_{page}", args=[story.pk]) + place
    return Line(url, story.headline or "Without a headline", told)
