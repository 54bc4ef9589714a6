"""Times as the newsroom's clock shows them: typed without a zone, refused where the clock has no such time.

On the day the clocks go back an hour comes twice: then the form asks which of the two is meant.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

#: Nobody plans further; beyond lie slips of the keyboard and the ends of the calendar.
FARTHEST = timedelta(days=3660)

#: Between a time as typed and which of two it is: 0 the first, 1 the second (PEP 495).
_WHICH = "#"
_FOLDS = {"0": "first", "1": "second"}


class LocalTimeInput(forms.DateTimeInput):
    """A date and a time; below it, where that time comes twice, the choice between the two."""

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        text, which = data.get(name) or "", data.get(f"{name}-which")
        return f"{text}{_WHICH}{which}" if text and which in _FOLDS else text

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        text, which = _taken_apart(value)
        field = super().render(name, text, attrs, renderer)
        at = _parsed(text) if isinstance(text, str) else text
        if at is None or not _comes_twice(at.replace(tzinfo=None)):
            return field
        return field + _asked(name, at.replace(tzinfo=None), which)


class LocalTimeField(forms.Field):
    """A moment, typed in the newsroom's time. One that carries its own offset from UTC is taken as it stands."""

    widget = LocalTimeInput

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value
        text, which = _taken_apart(value)
        at = _parsed(text)
        if at is None:
            raise ValidationError("This is no date and time. Write it as 2026-11-23T09:30.")
        return _within_reach(at if timezone.is_aware(at) else _on_our_clock(at, which))

    def prepare_value(self, value: Any) -> Any:
        return timezone.localtime(value) if isinstance(value, datetime) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """The field shows no seconds: a time left as it is shown is no change."""
        if isinstance(initial, datetime):
            initial = initial.replace(second=0, microsecond=0)
        return super().has_changed(initial, data)


def _within_reach(at: datetime) -> datetime:
    if abs(at - timezone.now()) > FARTHEST:
        raise ValidationError("This is more than ten years away. Check the year.")
    return at.astimezone(UTC)


def _taken_apart(value: Any) -> tuple[Any, str]:
    """What was typed, and which of two times it is: "" where nothing is said of that."""
    if isinstance(value, datetime):
        return value, str(value.fold)
    text, _, which = str(value or "").strip().partition(_WHICH)
    return text.strip(), which


def _parsed(text: str) -> datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:
        return None


def _on_our_clock(at: datetime, which: str) -> datetime:
    """`at` in the newsroom's zone. On the two days the clocks change an hour is missing, or comes twice."""
    if not 1970 < at.year < 9000:
        raise ValidationError("Check the year.")
    zone = timezone.get_default_timezone()
    here = at.replace(tzinfo=zone)
    if _comes_twice(at):
        if which not in _FOLDS:
            raise ValidationError(
                f"The clocks go back on {_day(at)}, and {at:%H:%M} comes twice. Say which one is meant."
            )
        return here.replace(fold=int(which))
    if here.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != at:
        raise ValidationError(
            f"The clocks go forward on {_day(at)}, and there is no {at:%H:%M}. Choose another time."
        )
    return here


def _comes_twice(at: datetime) -> bool:
    """Whether our clock shows this time twice: the first one is then further from UTC than the second."""
    if not 1970 < at.year < 9000:
        return False
    here = at.replace(tzinfo=timezone.get_default_timezone())
    first, second = here.replace(fold=0).utcoffset(), here.replace(fold=1).utcoffset()
    return first is not None and second is not None and first > second


def _asked(name: str, at: datetime, which: str) -> SafeString:
    here = at.replace(tzinfo=timezone.get_default_timezone())
    options = (
        (name, fold, "checked" if fold == which else "", word, at, here.replace(fold=int(fold)))
        for fold, word in _FOLDS.items()
    )
    choices = format_html_join(
        "",
        '<label><input type="radio" name="{}-which" value="{}" {}> The {} {}, {}</label> ',
        (
            (n, fold, checked, word, f"{t:%H:%M}", _zone_words(moment))
            for n, fold, checked, word, t, moment in options
        ),
    )
    return format_html(
        '<fieldset class="which-time"><legend>Which {} on {}?</legend>{}</fieldset>',
        f"{at:%H:%M}",
        _day(at),
        choices,
    )


def _zone_words(at: datetime) -> str:
    offset = at.utcoffset() or timedelta()
    return f"{at.tzname()} (UTC{'+' if offset >= timedelta() else '−'}{abs(offset) // timedelta(hours=1)})"


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"
