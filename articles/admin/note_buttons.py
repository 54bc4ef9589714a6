"""Buttons at the notes beside the story form: each saves the form first, so that nothing typed there is lost."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from articles.admin.keys import is_key
from articles.admin.wording import WORDING
from articles.desk import workflow
from articles.desk.acts import Act
from articles.desk.refusals import Refused
from articles.models import Story

#: What such a button is called in the form; its value is an act and a note, as in "resolve_note 12".
NAME = "_note"

_ACTS = frozenset({Act.ACCEPT_SUGGESTION, Act.RESOLVE_NOTE})


def press(request: HttpRequest, story: Story, by: User) -> None:
    """Do what the button says, once the form is saved; say what came of it."""
    act, _, key = request.POST[NAME].partition(" ")
    if act not in _ACTS:
        return
    try:
        workflow.perform(story, act, by=by, now=timezone.now(), thread=int(key) if is_key(key) else None)
    except Refused as refusal:
        messages.warning(request, f"Not done: {Act(act).label.lower()}. {refusal.sentence}")
    else:
        messages.success(request, f"“{story}” {WORDING[Act(act)].done}")
