"""The notes on a story as its pages show them: the open ones first, each with what can be done about it."""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from string import punctuation, whitespace

from django.utils import timezone

from accounts.models import User
from articles.admin.act_forms import ActForm, form_for
from articles.desk import suggestions, withholding
from articles.desk.acts import Act
from articles.desk.workflow import Availability
from articles.models import Note, Story

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_SIGNS = f"{punctuation}{whitespace}“”‘’–—…"


@dataclass(frozen=True)
class Part:
    """A stretch of words that a suggestion keeps, takes out (`del`) or puts in (`ins`)."""

    tag: str
    text: str


@dataclass(frozen=True)
class Thread:
    """A note with its replies. `why_not` says why its words cannot be accepted as things are."""

    note: Note
    parts: list[Part] = field(default_factory=list)
    why_not: str = ""
    may_accept: bool = False
    may_resolve: bool = False
    may_reopen: bool = False
    reply: ActForm | None = None


@dataclass(frozen=True)
class Notes:
    open: list[Thread]
    resolved: list[Thread]
    form: ActForm | None
    opened: bool = False

    @property
    def is_shown(self) -> bool:
        return bool(self.open or self.resolved or self.form)


def notes_on(story: Story, user: User, answers: list[Availability], *, tried: ActForm | None = None) -> Notes:
    """Three queries. `tried` is an act's form as it was typed, where the act was not done."""
    allowed = {answer.act for answer in answers if answer.allowed}
    notes = Note.objects.filter(story=story).threads().with_replies().order_by("at", "pk")
    notes = notes.exclude(revision__in=withholding.closed_to(user, story, timezone.now()))
    threads = [_thread(note, story, user, allowed, tried) for note in notes]
    tried_note = tried is not None and tried.act is Act.ADD_NOTE
    return Notes(
        open=[thread for thread in threads if thread.note.is_open],
        resolved=[thread for thread in threads if not thread.note.is_open],
        form=_note_form(story, tried if tried_note else None) if Act.ADD_NOTE in allowed else None,
        opened=tried_note and Act.ADD_NOTE in allowed,
    )


def parts(old: str, new: str) -> list[Part]:
    """Both texts as one, word by word; what lies between two changes and is no word changes with them."""
    ours, theirs = _WORDS.findall(old), _WORDS.findall(new)
    steps = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    found: list[tuple[str, str, str]] = []
    for number, (name, a, b, c, d) in enumerate(steps):
        taken, put = "".join(ours[a:b]), "".join(theirs[c:d])
        between = name == "equal" and not taken.strip(_SIGNS) and 0 < number < len(steps) - 1
        if found and found[-1][0] == "changed" and (name != "equal" or between):
            found[-1] = ("changed", found[-1][1] + taken, found[-1][2] + put)
        else:
            found.append(("" if name == "equal" else "changed", taken, put))
    return [part for kind, taken, put in found for part in _told(kind, taken, put) if part.text]


def _told(kind: str, taken: str, put: str) -> list[Part]:
    return [Part("del", taken), Part("ins", put)] if kind else [Part("", taken)]


def _thread(note: Note, story: Story, user: User, allowed: set[Act], tried: ActForm | None) -> Thread:
    suggests = note.is_open and note.is_suggestion and note.accepted_as_id is None
    why_not = _why_not(note, story, user) if suggests else ""
    return Thread(
        note=note,
        parts=parts(note.quote, note.replacement) if note.replacement is not None else [],
        why_not=why_not,
        may_accept=suggests and not why_not and Act.ACCEPT_SUGGESTION in allowed,
        may_resolve=note.is_open and Act.RESOLVE_NOTE in allowed,
        may_reopen=not note.is_open and Act.REOPEN_NOTE in allowed,
        reply=_reply_form(story, note, tried) if note.is_open and Act.REPLY in allowed else None,
    )


def _why_not(note: Note, story: Story, user: User) -> str:
    if not suggestions.stands(story, note):
        return "The passage does not stand in the text like this any more."
    return "You suggested this: somebody else has to accept it." if note.author_id == user.pk else ""


def _note_form(story: Story, tried: ActForm | None) -> ActForm:
    return tried or form_for(Act.ADD_NOTE, story, about=story.version)


def _reply_form(story: Story, note: Note, tried: ActForm | None) -> ActForm:
    """Each with ids of its own, because a page holds several."""
    is_this = tried is not None and tried.act is Act.REPLY and tried.data.get("thread") == str(note.pk)
    form = tried if tried is not None and is_this else form_for(Act.REPLY, story, thread=note.pk)
    form.auto_id = f"reply-{note.pk}-%s"
    return form
