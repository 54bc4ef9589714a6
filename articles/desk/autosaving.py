"""What somebody is writing, kept between saves: one row a person and story, and never a revision."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import IntegrityError

from accounts.models import User
from articles.models import Autosave, Story
from articles.models.autosaves import Typed

#: Bytes of a posted form that are kept. The longest story of the trade is a tenth of this.
LARGEST = 2_000_000

#: After this nobody comes back for it.
KEPT_FOR = timedelta(days=30)

#: What a form posts besides what was typed.
_ASIDE = frozenset({"csrfmiddlewaretoken", "seen", "mine_over", "opened", "void_scheduled"})

#: How often a row that another request makes at the same moment is waited for.
_TRIES = 3


def keep(person: User, story: Story | None, posted: Typed, *, now: datetime) -> Autosave:
    """Write over what was kept before. `posted` is the whole form, the revision it was opened on among it."""
    typed = {name: values for name, values in posted.items() if _is_typed(name)}
    says = {
        "seen": _number(posted.get("seen")),
        "typed": json.dumps(typed, ensure_ascii=False),
        "saved_at": now,
    }
    return _write(person, story, says)


def kept(person: User, story: Story | None) -> Autosave | None:
    return Autosave.objects.of(person, story).first()


def clear(person: User, story: Story | None) -> None:
    """Forget what `person` typed: it is saved now, or they do not want it."""
    Autosave.objects.of(person, story).delete()


def forget_old(now: datetime) -> int:
    """Delete what nobody came back for; the number of rows."""
    return Autosave.objects.last_written_before(now - KEPT_FOR).delete()[0]


def _write(person: User, story: Story | None, says: Mapping[str, object]) -> Autosave:
    """Of several at once each ends in the one row. A save may take it away between a look and the next."""
    for last in range(1, _TRIES + 1):
        try:
            return Autosave.objects.update_or_create(person=person, story=story, defaults=says)[0]
        except IntegrityError:
            if last == _TRIES:
                raise
    raise AssertionError("never reached")


def _is_typed(name: str) -> bool:
    return name not in _ASIDE and not name.startswith("_") and "__prefix__" not in name


def _number(values: list[str] | None) -> int:
    """The number a form says; 0 where it says none that a form of ours would."""
    text = values[-1] if values else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
