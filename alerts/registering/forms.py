"""What is asked of somebody who registers: an address, what to follow and how often."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict

from alerts import wording
from alerts.addresses import AddressField
from alerts.choices import EVERYTHING
from alerts.following import MOST, followed
from alerts.models.subscriptions import Frequency
from articles import navigation

KINDS = ("topic", "author", "section")

_FREQUENCIES = [
    (Frequency.AT_ONCE, "At once: every story as it appears"),
    (Frequency.DAILY, "Daily: one e-mail in the morning"),
    (Frequency.WEEKLY, "Weekly: one e-mail on Monday morning"),
]


class Problem(NamedTuple):
    """An error, and the id of what to mend."""

    words: str
    place: str


class QuietForm(forms.Form):
    """A form with a field that people do not see and that machines fill in."""

    # No browser and no password manager knows by itself what to put into it.
    subject = forms.CharField(
        label="Leave this field empty",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, data: QueryDict | None, **kwargs: Any) -> None:
        super().__init__(data, label_suffix="", **kwargs)

    @property
    def is_sent_by_a_machine(self) -> bool:
        return bool(self.cleaned_data["subject"])

    def problems(self) -> Iterator[Problem]:
        for name, errors in self.errors.items():
            yield from (Problem(str(error), self._place(name)) for error in errors)

    def _place(self, name: str) -> str:
        """The first thing of a field that can have the focus."""
        widgets = self[name].subwidgets
        return widgets[0].id_for_label if widgets else self["address"].id_for_label


class LostLinkForm(QuietForm):
    address = AddressField(label="E-mail address", help_text="The one at which our e-mails reach you.")


class Several(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, label: str, choices: dict[str, str]) -> None:
        gone = f"One of the {label.lower()} that you chose has no stories any more. See what is left."
        errors = {"invalid_choice": gone, "invalid_list": gone}
        super().__init__(label=label, choices=choices.items(), required=False, error_messages=errors)

    def validate(self, value: list[str]) -> None:
        if len(set(value)) > max(MOST, len(list(self.choices))):  # type: ignore[arg-type]
            raise forms.ValidationError(f"Choose at most {MOST} {self.label.lower()} at a time.")  # type: ignore[union-attr]
        super().validate(value)


class RegistrationForm(QuietForm):
    """Topics and authors come with the address of the page that led here: there are too many to list."""

    address = AddressField(
        label="E-mail address",
        help_text="We send a link there. Nothing else comes until you have followed it and said yes.",
    )
    everything = forms.BooleanField(label=EVERYTHING, required=False)
    frequency = forms.ChoiceField(
        label="How often",
        choices=_FREQUENCIES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how often.", "invalid_choice": "Choose how often."},
    )
    wording = forms.ChoiceField(
        choices=[(version, version) for version in wording.VERSIONS],
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "Read the sentence above the button, then press it again."},
    )

    def __init__(self, query: QueryDict, sent: QueryDict | None = None, *, now: datetime) -> None:
        asked = _together(query, sent)
        self.followed = followed(asked, now)
        found = {(one.kind, one.slug): one for one in self.followed}
        self.is_any_missing = any((kind, slug) not in found for kind in KINDS for slug in asked.getlist(kind))
        super().__init__(sent, initial=_prefilled([*found]))
        names = {kind: {slug: one.name for (of, slug), one in found.items() if of == kind} for kind in KINDS}
        self._keys = {place: one.key for place, one in found.items()}
        for entry in navigation.sections():
            self._keys["section", entry.slug] = entry.id
            names["section"][entry.slug] = entry.name
        self.fields |= {kind: Several(f"{kind.capitalize()}s", names[kind]) for kind in KINDS}

    def clean_wording(self) -> int:
        return int(self.cleaned_data["wording"] or wording.CURRENT)

    def clean(self) -> None:
        chosen = [self.cleaned_data.get(name) for name in ("everything", *KINDS)]
        if not any(chosen) and not any(kind in self.errors for kind in KINDS):
            self.add_error("everything", "Choose what to follow.")

    def choices(self) -> dict[str, Any]:
        """What was chosen, as it is stored (`alerts.choices`)."""
        said = self.cleaned_data
        keys = {f"{kind}s": sorted({self._keys[kind, slug] for slug in said[kind]}) for kind in KINDS}
        return {"everything": said["everything"], **keys}

    def wrong_follows(self) -> list[str]:
        """What is wrong with what was chosen to be followed."""
        return [str(error) for name in ("everything", *KINDS) for error in self.errors.get(name, ())]


def _together(query: QueryDict, sent: QueryDict | None) -> QueryDict:
    """What the page offered and what was ticked, so that what somebody took the tick from can be ticked again."""
    asked = QueryDict(mutable=True)
    for kind in KINDS:
        asked.setlist(kind, list(dict.fromkeys([*query.getlist(kind), *(sent or query).getlist(kind)])))
    return asked


def _prefilled(found: list[tuple[str, str]]) -> dict[str, Any]:
    """Who came from a topic's page wants to hear of it at once; who came for news, all of it once a day."""
    ticked = {kind: [slug for of, slug in found if of == kind] for kind in KINDS}
    often = Frequency.AT_ONCE if found else Frequency.DAILY
    return {**ticked, "everything": not found, "frequency": often, "wording": wording.CURRENT}
