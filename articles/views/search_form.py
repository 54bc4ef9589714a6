"""What a reader may ask of search, and what it limits the results to."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

from articles import navigation
from articles.models.authors import Author
from articles.models.listings import EditionAuthor, EditionTag
from articles.models.topics import Tag
from articles.search.finding import Filters
from articles.search.query import LONGEST

NEWEST, RELEVANCE = "newest", "relevance"

_WRITTEN = "%Y-%m-%d"

#: Days an archive can have: what lies outside is a slip of the hand.
_DAYS = [
    MinValueValidator(date(1700, 1, 1), "Choose a day after 1700."),
    MaxValueValidator(date(2200, 1, 1), "Choose a day before 2200."),
]


def _day(label: str) -> forms.DateField:
    """A day as browsers send it, whatever their language."""
    return forms.DateField(
        label=label,
        required=False,
        validators=_DAYS,
        input_formats=[_WRITTEN],
        error_messages={"invalid": "Write the date as year-month-day, such as 2026-11-25."},
        widget=forms.DateInput(format=_WRITTEN, attrs={"type": "date"}),
    )


class SearchForm(forms.Form):
    """Read from the address alone. A topic or an author comes from a link, and stays until it is taken out."""

    q = forms.CharField(
        label="Search for",
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": f"Search for at most {LONGEST} characters."},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "true"}),
    )
    section = forms.ChoiceField(
        label="Section", required=False, error_messages={"invalid_choice": "There is no such section."}
    )
    topic = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)
    author = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)
    since = _day("Published from")
    until = _day("Published to")
    sort = forms.ChoiceField(
        label="Order",
        required=False,
        choices=[(NEWEST, "Newest first"), (RELEVANCE, "Best match first")],
        error_messages={"invalid_choice": "Results can be ordered by date or by best match."},
    )

    #: Python has a word of its own for the first of them.
    ADDRESSED = {"since": "from", "until": "to"}

    def __init__(self, data: Any, *, now: datetime) -> None:
        super().__init__(data, label_suffix="", auto_id="search-%s")
        self.now = now
        self.found_topic: Tag | None = None
        self.found_author: Author | None = None
        entries = navigation.sections()
        self._sections = {entry.slug: entry.id for entry in entries}
        choices = [("", "All sections"), *((entry.slug, entry.name) for entry in entries)]
        self.fields["section"].choices = choices  # type: ignore[attr-defined]

    def add_prefix(self, field_name: str) -> str:
        return self.ADDRESSED.get(field_name, field_name)

    def clean_sort(self) -> str:
        return self.cleaned_data["sort"] or NEWEST

    def clean_topic(self) -> str:
        slug: str = self.cleaned_data["topic"]
        if slug:
            found = Tag.objects.filter(slug=slug).first()
            if found is None or not EditionTag.objects.filter(tag=found).live(self.now).exists():
                raise forms.ValidationError("There is no such topic.")
            self.found_topic = found
        return slug

    def clean_author(self) -> str:
        slug: str = self.cleaned_data["author"]
        if slug:
            found = Author.objects.filter(slug=slug).first()
            if found is None or not EditionAuthor.objects.filter(author=found).live(self.now).exists():
                raise forms.ValidationError("There is no such author.")
            self.found_author = found
        return slug

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", "This day is before the one from which you search.")

    def filters(self) -> Filters:
        said = self.cleaned_data
        return Filters(
            section=self._sections.get(said["section"]),
            topic=self.found_topic.pk if self.found_topic else None,
            author=self.found_author.pk if self.found_author else None,
            since=_begins(said["since"]) if said["since"] else None,
            until=_begins(said["until"] + timedelta(days=1)) if said["until"] else None,
        )

    def without_topic(self) -> str:
        return self._without("topic")

    def without_author(self) -> str:
        return self._without("author")

    def asked(self) -> list[tuple[str, str]]:
        """What was asked, as an address says it: without what was left empty."""
        said = self.cleaned_data
        rows = [(self.add_prefix(name), said[name]) for name in self.fields if said.get(name)]
        return [(name, str(value)) for name, value in rows if (name, value) != ("sort", NEWEST)]

    def _without(self, name: str) -> str:
        """The address of the same search without one of its limits."""
        return f"?{urlencode([row for row in self.asked() if row[0] != name])}"


def _begins(day: date) -> datetime:
    """The first moment of a day of the newsroom's."""
    return timezone.make_aware(datetime.combine(day, time())).astimezone(UTC)
