"""What each act asks of a person: its form.

Forms read and check what was typed; whether the act is possible is for `articles.desk.workflow` alone.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Role, User
from articles.admin.local_time import LocalTimeField
from articles.admin.marks import exact
from articles.desk import preview_links, redacting, withholding
from articles.desk.acts import RULES, Act
from articles.desk.suggestions import LONGEST_QUOTE, LONGEST_SUGGESTION
from articles.models import Edition, RemovalKind, Story, StoryEvent, Withholding, WithholdingKind

LONGEST_NOTE = 5000
BIGGEST = 2**31 - 1

#: How long a preview link may be open.
_LASTING = [(1, "One day"), (3, "3 days"), (7, "7 days"), (14, "14 days"), (30, "30 days")]


class ActForm(forms.Form):
    """Every act may carry a note. Nothing is required here: the workflow says what is missing, and records it."""

    note = forms.CharField(
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For colleagues; readers never see it.",
    )

    def __init__(self, act: Act, story: Story, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, auto_id=f"{act.value}-%s", initial=initial, label_suffix="")
        self.act, self.story = act, story
        if RULES[act].needs_note:
            self.fields[
                "note"
            ].help_text = "Needed: the others see it and need to know why. Readers never do."
        self.order_fields([*(name for name in self.fields if name != "note"), "note"])

    def details(self) -> dict[str, Any]:
        """What to hand to `workflow.perform` besides the note."""
        return {name: value for name, value in self.cleaned_data.items() if name != "note"}


class SeenForm(ActForm):
    """An act that speaks about a text: it says which one was read."""

    revision = forms.IntegerField(required=False, min_value=0, max_value=BIGGEST, widget=forms.HiddenInput)
    hash = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class ScheduleForm(SeenForm):
    at = LocalTimeField(label="Date and time", required=False, help_text="In the newsroom's time.")


class CountersignForm(ActForm):
    """Speaks about what was published, not about the newest text."""

    debt = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, act: Act, story: Story, data: Any = None, *, initial: Any = None) -> None:
        owed = StoryEvent.objects.filter(story=story).open_debts().first()
        known = {"debt": owed.revision_hash if owed else ""}
        super().__init__(act, story, data, initial=known | (initial or {}))


class TakeDownForm(ActForm):
    kind = forms.ChoiceField(
        label="Why", required=False, choices=[("", "Choose a reason"), *RemovalKind.choices]
    )
    public_note = forms.CharField(
        label="What readers are told",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Shown at the story's address. Needed, unless you send readers elsewhere.",
    )
    redirect_to = forms.CharField(
        label="Or send readers to",
        required=False,
        max_length=300,
        help_text="A page of this site, such as /articles/another-story/.",
    )


class WithholdForm(ActForm):
    edition = forms.TypedChoiceField(label="Which edition", required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(
        label="What forbids it", required=False, choices=[("", "Choose one"), *WithholdingKind.choices]
    )
    public_note = forms.CharField(
        label="What readers are told",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Stands in the public history in place of the text. May be empty.",
    )

    def __init__(self, act: Act, story: Story, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(act, story, data, initial=initial)
        editions = withholding.can_be_withheld(story, timezone.now()).select_related("revision")
        self.fields["edition"].choices = _editions(editions)  # type: ignore[attr-defined]


class LiftWithholdingForm(ActForm):
    edition = forms.TypedChoiceField(label="Which edition", required=False, coerce=int, empty_value=None)

    def __init__(self, act: Act, story: Story, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(act, story, data, initial=initial)
        rows = Withholding.objects.in_force(timezone.now()).of_story(story.pk).values("edition")
        editions = story.editions.filter(pk__in=rows, removal_kind="").select_related("revision")
        self.fields["edition"].choices = _editions(editions.order_by("-published_at"))  # type: ignore[attr-defined]


def _editions(editions: Iterable[Edition]) -> list[tuple[Any, str]]:
    """Told by their times: a withheld text has no headline."""
    told = [
        (edition.pk, f"Revision {edition.revision.number}, published {exact(edition.published_at)}")
        for edition in editions
    ]
    return told if len(told) == 1 else [("", "Choose one"), *told]


class RedactForm(ActForm):
    words = forms.CharField(
        label="The words to blank",
        required=False,
        max_length=redacting.LONGEST,
        help_text="Exactly as they stand, at most 200 characters. Capitals make no difference; only whole words count.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    confirmation = forms.CharField(
        label="To go through with it, type “redact”",
        required=False,
        max_length=20,
        help_text="Leave it empty to be told first how often the words were found. Nothing is changed then.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )


class IssueForm(ActForm):
    """Speaks about one issue, by its key."""

    rule = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)


class AssignForm(ActForm):
    assignee = forms.ModelChoiceField(User.objects.none(), required=False, empty_label="Nobody")
    due_at = LocalTimeField(label="Due", required=False, help_text="In the newsroom's time. Empty: no date.")

    def __init__(self, act: Act, story: Story, data: Any = None, *, initial: Any = None) -> None:
        known = {"assignee": story.assignee_id, "due_at": story.due_at}
        super().__init__(act, story, data, initial=known | (initial or {}))
        self.fields["assignee"].queryset = assignable(story)  # type: ignore[attr-defined]


class RevertForm(SeenForm):
    number = forms.IntegerField(required=False, min_value=1, max_value=BIGGEST, widget=forms.HiddenInput)


class ThreadForm(ActForm):
    """Whatever is done to a note says to which."""

    thread = forms.IntegerField(required=False, min_value=1, max_value=BIGGEST, widget=forms.HiddenInput)


class ReplyForm(ThreadForm):
    def __init__(self, act: Act, story: Story, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(act, story, data, initial=initial)
        self.fields["note"].label, self.fields["note"].help_text = "Reply", ""
        self.fields["note"].widget.attrs["rows"] = 2


class NoteForm(ActForm):
    """A note, on the whole story or on a passage, for which it may suggest other words."""

    about = forms.IntegerField(required=False, min_value=0, max_value=BIGGEST, widget=forms.HiddenInput)
    field = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    quote = forms.CharField(
        label="About this passage",
        required=False,
        max_length=LONGEST_QUOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Word for word, as it stands in headline, standfirst or text. Empty: the whole story.",
    )
    suggests = forms.BooleanField(label="Suggest other words for it", required=False)
    replacement = forms.CharField(
        label="Suggest instead",
        required=False,
        max_length=LONGEST_SUGGESTION,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Only words: links and emphasis stay. Empty: the passage is taken out.",
    )

    def __init__(self, act: Act, story: Story, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(act, story, data, initial=initial)
        self.fields["note"].help_text = "For colleagues; readers never see it."

    def details(self) -> dict[str, Any]:
        told = super().details()
        suggests = told.pop("suggests")
        return {**told, "replacement": told["replacement"] if suggests else None}


class ShareForm(SeenForm):
    once = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    for_whom = forms.CharField(
        label="For whom",
        error_messages={"required": "Say whom the link is for."},
        max_length=preview_links.LONGEST,
        help_text="A name, as colleagues know it. Stands on the page too.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    days = forms.TypedChoiceField(
        label="Open for", required=False, coerce=int, empty_value=None, choices=_LASTING
    )

    def __init__(self, act: Act, story: Story, data: Any = None, *, initial: Any = None) -> None:
        known = {"days": preview_links.USUAL_DAYS, "once": preview_links.new_once()}
        super().__init__(act, story, data, initial=known | (initial or {}))
        del self.fields["note"]


class LinkForm(ActForm):
    """Speaks about one preview link."""

    link = forms.IntegerField(required=False, min_value=1, max_value=BIGGEST, widget=forms.HiddenInput)


_FORMS: dict[Act, type[ActForm]] = {
    Act.SUBMIT: SeenForm,
    Act.REQUEST_CHANGES: SeenForm,
    Act.APPROVE: SeenForm,
    Act.PUBLISH: SeenForm,
    Act.SCHEDULE: ScheduleForm,
    Act.PUBLISH_UNREVIEWED: SeenForm,
    Act.COUNTERSIGN: CountersignForm,
    Act.SPIKE: SeenForm,
    Act.TAKE_DOWN: TakeDownForm,
    Act.WITHHOLD: WithholdForm,
    Act.LIFT_WITHHOLDING: LiftWithholdingForm,
    Act.REDACT: RedactForm,
    Act.OVERRIDE: IssueForm,
    Act.REQUIRE_AGAIN: IssueForm,
    Act.ASSIGN: AssignForm,
    Act.REVERT_TO: RevertForm,
    Act.ADD_NOTE: NoteForm,
    Act.REPLY: ReplyForm,
    Act.RESOLVE_NOTE: ThreadForm,
    Act.REOPEN_NOTE: ThreadForm,
    Act.ACCEPT_SUGGESTION: ThreadForm,
    Act.SHARE_PREVIEW: ShareForm,
    Act.REVOKE_PREVIEW: LinkForm,
}

#: Done where the notes stand, and not among the acts on the story itself.
ON_NOTES = frozenset({Act.ADD_NOTE, Act.REPLY, Act.RESOLVE_NOTE, Act.REOPEN_NOTE, Act.ACCEPT_SUGGESTION})

#: Acts that are done beside an issue.
ON_ISSUES = frozenset({Act.OVERRIDE, Act.REQUIRE_AGAIN})

#: Done where the preview links are listed.
ON_LINKS = frozenset({Act.SHARE_PREVIEW, Act.REVOKE_PREVIEW})

#: What can be asked for by address. Saving is the form's business, importing the import's.
BY_ADDRESS = frozenset(RULES) - {Act.SAVE}


def form_for(act: Act, story: Story, data: Any = None, **initial: Any) -> ActForm:
    return _FORMS.get(act, ActForm)(act, story, data, initial=initial)


def assignable(story: Story) -> QuerySet[User]:
    """Those who write here; of a restricted story only those who may know of it."""
    writers = [Role.CONTRIBUTOR, Role.EDITOR, Role.MANAGER]
    people = User.objects.filter(is_active=True, role__in=writers).order_by("name", "email")
    if story.restricted:
        return people.filter(Q(let_in_to=story) | Q(created_stories=story)).distinct()
    return people
