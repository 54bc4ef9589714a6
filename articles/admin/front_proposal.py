"""A proposed arrangement of the front page, as its form and its addresses carry it. Nothing of it is stored.

`seen` is the number of the arrangement it began with; for each place `place-0-story`, `place-0-until`,
`place-0-plain`, or `band-7-story` and so on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC
from typing import Any
from urllib.parse import urlencode

from django import forms

from articles.admin.act_forms import BIGGEST
from articles.admin.local_time import LocalTimeField
from articles.desk.front_page import Pick, Picks, Place
from articles.models import Section
from articles.models.placements import SECONDARIES


class NoProposal(ValueError):
    """An address or a form that no page of ours made."""


class PickForm(forms.Form):
    """What stands in one place."""

    story = forms.IntegerField(
        required=False, min_value=1, max_value=BIGGEST, widget=forms.HiddenInput, localize=False
    )
    until = LocalTimeField(required=False, label="Until")
    plain = forms.BooleanField(required=False, label="Without its picture")


class SeenForm(forms.Form):
    seen = forms.IntegerField(min_value=0, max_value=2**31 - 2)
    restores = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 2)


@dataclass(frozen=True)
class Slot:
    """A place as the page names it."""

    place: Place
    name: str
    title: str


@dataclass(frozen=True)
class Proposal:
    seen: int
    picks: Picks
    restores: int = 0
    #: The forms of places in which something was typed that cannot be; by the slot's name.
    faulty: Mapping[str, PickForm] = field(default_factory=dict)

    def query(self, **more: str) -> str:
        """The proposal as an address carries it."""
        said: dict[str, Any] = {"seen": self.seen}
        if self.restores:
            said["restores"] = self.restores
        for place, pick in sorted(self.picks.items()):
            said |= _said(name_of(place), pick)
        return urlencode(said | more)

    def hidden(self) -> list[tuple[str, Any]]:
        """The same as fields of a form that does something else."""
        from urllib.parse import parse_qsl

        return list(parse_qsl(self.query()))

    def moved(self, come: Place, go: Place, story: int) -> "Proposal":
        """With a story in another place; a story that was picked for that place takes the one that was left."""
        picks = dict(self.picks)
        mine, theirs = picks.pop(come, Pick(story)), picks.pop(go, None)
        picks[go] = mine if go.is_lead else replace(mine, without_picture=False)
        if theirs:
            picks[come] = theirs if come.is_lead else replace(theirs, without_picture=False)
        return replace(self, picks=picks)

    def without(self, place: Place) -> "Proposal":
        return replace(self, picks={where: pick for where, pick in self.picks.items() if where != place})

    def with_pick(self, place: Place, story: int) -> "Proposal":
        """With a story in a place, and in no other."""
        others = {
            where: pick for where, pick in self.picks.items() if where != place and pick.story_id != story
        }
        return replace(self, picks=others | {place: Pick(story)})


def name_of(place: Place) -> str:
    return f"band-{place.section_id}" if place.section_id else f"place-{place.position}"


def slots(sections: Iterable[Section]) -> list[Slot]:
    """Every place there is, as it stands on the page."""
    titles = ["Lead", *(f"Place {number}" for number in range(1, SECONDARIES + 1))]
    top = [
        Slot(Place(position=position), f"place-{position}", title) for position, title in enumerate(titles)
    ]
    return [*top, *(Slot(Place(each.pk), f"band-{each.pk}", each.name) for each in sections)]


def read(data: Mapping[str, Any], places: Iterable[Slot]) -> Proposal:
    """Read what a form or an address says. Raises NoProposal where none of ours would say so."""
    seen = SeenForm(data)
    if not seen.is_valid():
        raise NoProposal("This address names no arrangement of the front page.")
    picks: Picks = {}
    faulty: dict[str, PickForm] = {}
    for slot in places:
        form = PickForm(data, prefix=slot.name)
        if not form.is_valid():
            if "story" in form.errors:
                raise NoProposal("This address names no arrangement of the front page.")
            faulty[slot.name] = form
        if story := form.cleaned_data.get("story"):
            plain = slot.place.is_lead and form.cleaned_data["plain"]
            picks[slot.place] = Pick(story, form.cleaned_data.get("until"), plain)
    return Proposal(seen.cleaned_data["seen"], picks, seen.cleaned_data["restores"] or 0, faulty)


def _said(name: str, pick: Pick) -> dict[str, Any]:
    said: dict[str, Any] = {f"{name}-story": pick.story_id}
    if pick.until:
        said[f"{name}-until"] = pick.until.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if pick.without_picture:
        said[f"{name}-plain"] = "on"
    return said
