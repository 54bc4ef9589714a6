"""What the page of preferences asks: how often, when, what more, and for how long not."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict

from alerts.choices import EVERYTHING, Chosen
from alerts.models.subscribers import Subscriber
from alerts.models.subscriptions import Follows, Frequency, Subscription
from alerts.preferences.changing import NO_DAY, STOP, name_of, title_of
from articles import navigation
from articles.models.authors import Author
from articles.models.editions import Edition
from articles.models.listings import EditionAuthor, EditionTag
from articles.models.topics import Tag
from articles.views.dates import written

_OFTEN = [(value, label) for value, label in Frequency.choices]
_AS_OFTEN_OR_NEVER = [*_OFTEN, (STOP, "Stop: nothing about it")]
_HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]
_DAYS = list(enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")))
#: Stories whose topics and authors are offered by name; every other can be typed.
_LATEST = 60


class Problem(NamedTuple):
    """An error, and the id of what to mend."""

    words: str
    place: str


class PlainForm(forms.Form):
    """One of several on a page."""

    def __init__(self, sent: QueryDict | None, *, name: str, **kwargs: Any) -> None:
        super().__init__(sent, label_suffix="", auto_id=f"{name}-%s", **kwargs)

    def problems(self) -> Iterator[Problem]:
        for name, errors in self.errors.items():
            yield from (Problem(str(error), self._place(name)) for error in errors)

    def _place(self, name: str) -> str:
        """The first thing of a field that can have the focus; of the form where the field has none."""
        asked = [self[name]] if name in self.fields else []
        return next(field.subwidgets[0].id_for_label for field in (*asked, *self) if field.subwidgets)


class FollowedForm(PlainForm):
    """How often each thing comes that is followed already, and when digests do."""

    hour = forms.TypedChoiceField(
        label="Hour (daily and weekly)",
        choices=_HOURS,
        coerce=int,
        error_messages={"required": "Choose an hour.", "invalid_choice": "Choose an hour from the list."},
    )
    weekday = forms.TypedChoiceField(
        label="Day (weekly)",
        choices=_DAYS,
        coerce=int,
        error_messages={"required": "Choose a day.", "invalid_choice": "Choose a day from the list."},
    )

    def __init__(
        self, subscriber: Subscriber, followed: Iterable[Subscription], sent: QueryDict | None = None
    ) -> None:
        initial: dict[str, Any] = {"hour": subscriber.hour, "weekday": subscriber.weekday}
        super().__init__(sent, name="often", initial=initial)
        for one in followed:
            self.fields[name_of(one)] = _often(one)

    def things(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in ("hour", "weekday")]

    def often(self) -> dict[str, str]:
        """What was said for each; a thing that the page did not show yet, or no longer, is left as it is."""
        names = [field.name for field in self.things()]
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data[name]}


class _NameField(forms.CharField):
    default_error_messages = {
        "max_length": "Type at most %(limit_value)d characters of the name.",
        "null_characters_not_allowed": "Type the name in letters.",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=120, **kwargs)


class MoreForm(PlainForm):
    """What to follow besides, and how often."""

    everything = forms.BooleanField(label=f"{EVERYTHING} (our newsletter)", required=False)
    sections = forms.MultipleChoiceField(
        label="Sections",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "That section has no stories any more. Choose another."},
    )
    topic = _NameField(label="A topic", help_text="Its name, as it stands at the end of a story.")
    author = _NameField(label="An author", help_text="Their name, as it stands above a story.")
    frequency = forms.ChoiceField(
        label="How often",
        choices=_OFTEN,
        initial=Frequency.DAILY,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how often.", "invalid_choice": "Choose how often."},
    )

    def __init__(
        self, followed: Iterable[Subscription], now: datetime, sent: QueryDict | None = None
    ) -> None:
        super().__init__(sent, name="more")
        self._now = now
        names = {name_of(one) for one in followed}
        if Follows.EVERYTHING in names:
            del self.fields["everything"]
        rest = [entry for entry in navigation.sections() if f"section-{entry.id}" not in names]
        self.fields["sections"].choices = [(entry.id, entry.name) for entry in rest]  # type: ignore[attr-defined]
        for name in ("topic", "author"):
            self.fields[name].widget.attrs |= {"list": f"more-{name}s", "autocomplete": "off"}

    def clean_topic(self) -> list[Chosen]:
        rows = EditionTag.objects.live(self._now).filter(tag=OuterRef("pk"))
        return self._named("topic", Follows.TOPIC, Tag.objects.filter(Exists(rows)))

    def clean_author(self) -> list[Chosen]:
        rows = EditionAuthor.objects.live(self._now).filter(author=OuterRef("pk"))
        return self._named("author", Follows.AUTHOR, Author.objects.filter(Exists(rows)))

    def clean(self) -> None:
        if not self.errors and not self.things():
            self.add_error(None, "Choose what to follow, or type the name of a topic or an author.")

    def things(self) -> list[Chosen]:
        """What was chosen, once the form is valid."""
        said = self.cleaned_data
        everything = [Chosen(Follows.EVERYTHING, EVERYTHING)] if said.get("everything") else []
        sections = [Chosen(Follows.SECTION, "", int(key)) for key in said["sections"]]
        return [*everything, *sections, *said["topic"], *said["author"]]

    def _named(self, kind: str, follows: Follows, known: QuerySet[Any]) -> list[Chosen]:
        name = self.cleaned_data[kind].strip()
        if not name:
            return []
        found = known.filter(name__iexact=name).order_by("pk").first()
        if found is None:
            raise forms.ValidationError(
                f"We have no {kind} called “{name}”. Look up its name in one of our stories."
            )
        return [Chosen(follows, found.name, found.pk)]


class PauseForm(PlainForm):
    until = forms.ChoiceField(
        label="For how long?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose for how long.", "invalid_choice": "Choose for how long."},
    )

    def __init__(self, now: datetime, sent: QueryDict | None = None) -> None:
        super().__init__(sent, name="pause")
        self._ends = {
            "week": ("A week", now + timedelta(days=7)),
            "month": ("A month", now + timedelta(days=30)),
            "open": ("Until I come back", NO_DAY),
        }
        self.fields["until"].choices = [  # type: ignore[attr-defined]
            (key, name if end == NO_DAY else f"{name}, until {written(end)}")
            for key, (name, end) in self._ends.items()
        ]

    def end(self) -> datetime:
        return self._ends[self.cleaned_data["until"]][1]


def offered(now: datetime) -> dict[str, list[str]]:
    """Names of topics and authors of the latest stories, to choose from while typing."""
    latest = list(Edition.objects.live(now).newest_first().values_list("pk", flat=True)[:_LATEST])
    topics = Tag.objects.filter(edition_rows__edition__in=latest)
    authors = Author.objects.filter(edition_rows__edition__in=latest)
    return {"topics": list(_names(topics)), "authors": list(_names(authors))}


def _names(rows: QuerySet[Any]) -> Iterator[str]:
    return rows.order_by("name").distinct().values_list("name", flat=True).iterator()


def _often(one: Subscription) -> forms.ChoiceField:
    name = EVERYTHING if one.follows == Follows.EVERYTHING else f"{title_of(one)} ({one.follows})"
    wrong = f"Choose how often “{name}” is to come."
    return forms.ChoiceField(
        label=name,
        choices=_AS_OFTEN_OR_NEVER,
        initial=one.frequency,
        required=False,
        error_messages={"invalid_choice": wrong},
    )
