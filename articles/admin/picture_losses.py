"""Says what readers lose by a change of a licence, and asks for a tick that is about exactly that."""

import hashlib

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles.desk.licences import Loss

_FROM = {"web": "pages of the website", "email": "e-mails", "social": "shared links", "feeds": "feeds"}


def told(loss: Loss) -> SafeString:
    """The loss as a sentence with the stories it is about."""
    stories = format_html_join(
        "",
        '<li><a href="{}">{}</a>{}</li>',
        (
            (reverse("admin:articles_story_review", args=[row["story"]]), row["headline"], _planned(row))
            for row in loss.stories
        ),
    )
    portraits = format_html_join("", "<li>The portrait of {}</li>", ((one.name,) for one in loss.portraits))
    return format_html("{} <ul class='losing'>{}{}</ul>", _sentence(loss), stories, portraits)


def mark(loss: Loss) -> str:
    """Names this loss and no other: a tick under one list confirms no longer list."""
    said: list[object] = [loss.uses, loss.at and loss.at.isoformat()]
    said += [[row["story"] for row in loss.stories], [one.pk for one in loss.portraits]]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


class Tick(forms.CheckboxInput):
    """A tick that carries what it confirms."""

    def __init__(self, confirmed: str) -> None:
        super().__init__(check_test=lambda value: value == confirmed)
        self.confirmed = confirmed

    def format_value(self, value: object) -> str:
        return self.confirmed


def _sentence(loss: Loss) -> str:
    parts = []
    if loss.at is not None:
        now = loss.at <= timezone.now()
        parts.append("at once" if now else f"on {date_format(timezone.localtime(loss.at), 'j F Y, H:i')}")
    if loss.uses:
        parts.append(f"at once from {' and '.join(_FROM[use] for use in loss.uses)}")
    return f"Readers lose this picture {', and '.join(parts)}, here:"


def _planned(row: dict[str, object]) -> str:
    return " (scheduled)" if row["is_planned"] else ""
