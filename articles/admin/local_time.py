"""Times as the newsroom's clock shows them: typed without a zone, refused where the clock has no such time, or two."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

#: Nobody plans further; beyond lie slips of the keyboard and the ends of the calendar.
FARTHEST = timedelta(days=3660)


class LocalTimeField(forms.Field):
    """A moment, typed in the newsroom's time. One that carries its own offset from UTC is taken as it stands."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value
        try:
            at = parse_datetime(str(value).strip())
        except ValueError:
            at = None
        if at is None:
            raise ValidationError("This is no date and time. Write it as 2026-11-23T09:30.")
        return _within_reach(at if timezone.is_aware(at) else _on_our_clock(at))

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


def _on_our_clock(at: datetime) -> datetime:
    """`at` in the newsroom's zone. On the two days the clocks change an hour is missing, or comes twice."""
    if not 1970 < at.year < 9000:
        raise ValidationError("Check the year.")
    zone = timezone.get_default_timezone()
    here = at.replace(tzinfo=zone)
    if here.utcoffset() == here.replace(fold=1).utcoffset():
        return here
    day = f"{at.day} {at:%B %Y}"
    if here.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != at:
        raise ValidationError(
            f"The clocks go forward on {day}, and there is no {at:%H:%M}. Choose another time."
        )
    raise ValidationError(
        f"The clocks go back on {day}, and {at:%H:%M} comes twice. Choose a time outside that hour."
    )
