"""The letters that an edition has: a story, an update, a correction, a removal."""

from collections.abc import Callable
from datetime import datetime

from alerts.mails.emptied import Emptied
from alerts.mails.lines import line
from alerts.mails.stories import told
from alerts.mails.words import Words, words
from alerts.models.notices import Letter
from articles.models.editions import Edition
from articles.models.kinds import ChangeKind, RemovalKind
from articles.models.withholdings import Withholding
from articles.views.dates import written
from articles.views.pages import full_url

#: Whose removal must not say again what nobody may say.
NAMELESS = frozenset({RemovalKind.LEGAL.value, RemovalKind.PRIVACY.value})

#: What a correction says first, what stands over its note, and what its link is called.
CORRECTING = {
    ChangeKind.CORRECTION: (
        "We sent you a version of this story that was wrong.",
        "What was wrong",
        "Read the corrected story",
    ),
    ChangeKind.CLARIFICATION: (
        "We sent you a version of this story that could be misunderstood.",
        "What is meant",
        "Read the story",
    ),
    ChangeKind.RETRACTION: (
        "We sent you this story. It no longer stands, and we ask you not to rely on it.",
        "Why we retract it",
        "Read what we say about it",
    ),
}


def words_of(letter: Letter, now: datetime) -> Words:
    """The words of an edition's letter; raises Emptied when the edition is no longer in force."""
    editions = Edition.objects.current(now).select_related("section", "lead_image")
    edition = editions.filter(notices=letter.notice_id).first()
    if edition is None or edition.is_removal != (letter.variant == "removal"):
        raise Emptied
    return VARIANTS[letter.variant](edition, now)


def story(edition: Edition, now: datetime) -> Words:
    [shown] = told([edition], now)
    return words("story", shown.headline, {"story": shown, "opening": shown.standfirst})


def update(edition: Edition, now: datetime) -> Words:
    """The story again, because something was added that an editor wanted its readers to know of."""
    [shown] = told([edition], now)
    note = line(edition.public_note)
    context = {"story": shown, "note": note, "opening": note or shown.standfirst}
    return words("update", f"Updated: {shown.headline}", context)


def correction(edition: Edition, now: datetime) -> Words:
    """What was wrong, or unclear, in what the reader was sent."""
    [shown] = told([edition], now)
    if not edition.corrections:
        raise Emptied
    # Its own note, or the last one before it: a typo may be mended before a correction has reached everybody.
    told_last = edition.corrections[-1]
    kind, note = ChangeKind(told_last["kind"]), line(told_last["note"])
    sentence, asks, act = CORRECTING[kind]
    context = {
        "story": shown,
        "kind": kind.word,
        "is_retraction": kind == ChangeKind.RETRACTION,
        "sentence": sentence,
        "asks": asks,
        "act": act,
        "note": note,
        "date": written(datetime.fromisoformat(told_last["at"])),
        "why": "You get this because we sent you an earlier version of this story.",
        "opening": note,
    }
    return words("correction", f"{kind.word}: {shown.headline}", context)


def removal(edition: Edition, now: datetime) -> Words:
    """That a story was taken down. Of its words at most the headline, and that only where it may be named."""
    name, note = _name(edition, now), line(edition.public_note)
    first, date = written(edition.first_published_at), written(edition.published_at)
    context = {
        "name": name,
        "note": note,
        "date": date,
        "sentence": f"We published it on {first}, sent it to you, and took it down on {date}.",
        "url": _leads_to(edition) if name else "",
        "act": "Read it, marked as withdrawn" if edition.shows_text else "Read instead",
        "why": "You get this because we sent you the story.",
        "opening": note or "We took it down.",
    }
    return words("removal", f"Removed: {name or 'a story we sent you'}", context)


VARIANTS: dict[str, Callable[[Edition, datetime], Words]] = {
    "story": story,
    "update": update,
    "correction": correction,
    "removal": removal,
}


def _name(edition: Edition, now: datetime) -> str:
    """The headline of a removed story; nothing where the law, or somebody's privacy, keeps us from saying it."""
    withheld = Withholding.objects.in_force(now).of_story(edition.story_id)
    if edition.removal_kind in NAMELESS or withheld.exists():
        return ""
    return line(edition.headline)


def _leads_to(edition: Edition) -> str:
    """Where something is to be read instead: the text under a banner, or the page that readers are sent to."""
    if edition.redirect_to or edition.shows_text:
        return full_url(edition.get_absolute_url())
    return ""
