"""The form a story is written in: its fields, what it checks, and which revision it was opened on.

It judges nothing that `articles.desk` judges: an incomplete story can be saved at any time.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.models import Role, User
from articles.admin.addresses import AddressForm
from articles.admin.body_field import BodyField
from articles.admin.keys import Choices
from articles.admin.lead import PictureField
from articles.admin.local_time import LocalTimeField
from articles.admin.opened import OPENED, is_blanked, redactions_of
from articles.admin.related import RelatedField, chosen
from articles.admin.topics import save_new
from articles.models import Edition, Image, Story

#: About as long as search results, feeds and phones show whole. Advice, not a limit.
HEADLINE_ADVICE = 90
STANDFIRST_ADVICE = 250

#: What readers never get: changing it makes no revision.
DESK_FIELDS = ("embargo_at", "due_at", "assignee", "restricted", "restricted_to")

LINES = (
    "headline",
    "standfirst",
    "kicker",
    "byline_label",
    "lead_alt",
    "lead_caption",
    "lead_credit",
    "search_headline",
    "social_headline",
    "public_note",
)


def _words(rows: int, advice: int = 0) -> forms.Textarea:
    """A field for words that grows with them; `advice` makes the counter."""
    attrs: dict[str, Any] = {"rows": rows, "class": "words"}
    return forms.Textarea(attrs=attrs | ({"data-advice": advice} if advice else {}))


class StoryForm(AddressForm[Story]):
    """`acting` and `recovered` are set by the admin: who is writing, and what they go on with."""

    acting: User
    #: What an autosave says, to begin with instead of what is stored.
    recovered: Mapping[str, Any] = {}

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    mine_over = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    opened = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    void_scheduled = forms.BooleanField(required=False, label="Cancel the scheduled publication")
    body = BodyField(required=False, label="Text")
    lead_image = PictureField(Image.objects.all(), required=False, label="Lead picture")

    related = RelatedField(
        required=False,
        label="Related stories",
        help_text="Up to four, live or scheduled, by number or address. They stand below the story, in this order, "
        "once readers can read them; the newest on its topics follow.",
    )

    embargo_at = LocalTimeField(
        label="Embargo until",
        required=False,
        help_text="In the newsroom's time. Nothing is published before.",
    )
    due_at = LocalTimeField(label="Due", required=False, help_text="In the newsroom's time.")

    class Meta:
        model = Story
        exclude = ()
        widgets = {
            "headline": _words(1, HEADLINE_ADVICE),
            "standfirst": _words(2, STANDFIRST_ADVICE),
            "lead_caption": _words(1),
            "lead_alt": _words(1),
            "public_note": _words(2),
            "search_headline": _words(1),
            "social_headline": _words(1),
            "restricted_to": forms.CheckboxSelectMultiple,
        }
        field_classes = {"restricted_to": Choices}
        labels = {
            "public_note": "Note to readers",
            "tell_readers": "Send this update to readers who follow it",
        }
        help_texts = {
            "lead_alt": "What the picture shows, for this story. Empty: the library's words.",
            "lead_caption": "Empty: the library's caption.",
            "lead_credit": "Printed as “Image source: …”. Empty: the library's credit.",
            "tell_readers": "Only for news that readers of the first version must know. A correction reaches by "
            "itself those who were sent the wrong version.",
            "topics": "Type to find a topic.",
            "restricted_to": "They, and whoever began it, know of the story. Without a manager among them nobody "
            "can approve it.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        story = self.instance
        self.was_state = story.state
        self.scheduled = _scheduled(story)
        self.fields["seen"].initial = story.version
        self.fields[OPENED].initial = lambda: self.opened_on
        if not self.is_bound:
            self.initial.update(self.recovered)
        for name in ("assignee", "restricted_to"):
            if name in self.fields:
                self.fields[name].queryset = _writers(story)  # type: ignore[attr-defined]
        if "related" in self.fields:
            self.fields["related"].widget.by = self.acting
        if "section" in self.fields:
            _without_links(self.fields["section"].widget)
        if story._state.adding and "headline" in self.fields:
            self.fields["headline"].widget.attrs["autofocus"] = True

    @property
    def is_stale(self) -> bool:
        """Whether somebody saved since this form was opened, and its writer has not said to save over that."""
        if not self.is_bound or self.instance._state.adding:
            return False
        version = str(self.instance.version)
        return self.is_blanked or version not in {self.data.get("seen", ""), self.data.get("mine_over", "")}

    @property
    def is_blanked(self) -> bool:
        """Whether words were redacted since this form was opened: it may still say them."""
        return self.is_bound and is_blanked(self.data, self.opened_on)

    @cached_property
    def opened_on(self) -> int:
        return redactions_of(self.instance)

    def clean_headline(self) -> str:
        return _one_line(self.cleaned_data["headline"])

    def clean_related(self) -> list[int]:
        story = self.instance
        known = self.initial.get("related") or []
        return chosen(self.cleaned_data["related"], self.acting, known=known, to=story.pk)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in LINES:
            if isinstance(cleaned.get(name), str):
                cleaned[name] = _one_line(cleaned[name])
        self._check_restriction(cleaned)
        if self.is_stale:
            self.add_error(None, "Somebody saved the story since you opened it.")
        elif self.scheduled and self._changes_text() and not cleaned.get("void_scheduled"):
            self.add_error(
                "void_scheduled", "Tick this to save: what was approved for then is not this text."
            )
        return cleaned

    def desk_fields_changed(self) -> list[str]:
        return [name for name in DESK_FIELDS if name in self.changed_data]

    def _changes_text(self) -> bool:
        aside = {*DESK_FIELDS, "seen", "mine_over", OPENED, "void_scheduled"}
        return bool(set(self.changed_data) - aside)

    def _check_restriction(self, cleaned: dict[str, Any]) -> None:
        named = cleaned.get("restricted_to")
        if not cleaned.get("restricted") or named is None:
            return
        owner = self.instance.created_by_id or self.acting.pk
        if self.acting.pk != owner and self.acting not in named:
            self.add_error("restricted_to", "Tick your own name too, or you will not find the story again.")

    def _save_m2m(self) -> None:
        save_new(self.cleaned_data.get("topics") or [])
        super()._save_m2m()  # type: ignore[misc]


def _scheduled(story: Story) -> Edition | None:
    if story._state.adding:
        return None
    return story.editions.scheduled(timezone.now()).order_by("published_at").first()


def _writers(story: Story) -> Any:
    """Who can be given a story: active staff who work with stories, and those who have it already."""
    writing = Q(is_active=True) & ~Q(role=Role.ADMINISTRATOR)
    if story.pk:
        writing |= Q(pk=story.assignee_id) | Q(let_in_to=story)
    return User.objects.filter(writing).order_by("name").distinct()


def _without_links(widget: Any) -> None:
    """Leave out the admin's links to the thing chosen: they lead away from the form."""
    widget.can_view_related = widget.can_change_related = widget.can_add_related = False


def _one_line(text: str) -> str:
    return " ".join(text.split())
