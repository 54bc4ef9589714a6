"""How long a session lasts: since somebody last did something, and since they signed in (ASVS 5.0, 7.3.1 and 7.3.2)."""

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase


@dataclass(frozen=True)
class Lifetime:
    idle: timedelta
    whole: timedelta


#: A shift at the desk, and "Keep me signed in on this device".
SHIFT = Lifetime(idle=timedelta(hours=4), whole=timedelta(hours=16))
KEPT = Lifetime(idle=timedelta(days=3), whole=timedelta(days=14))

#: How exactly it is known when somebody last did something: each step is a row written.
_STEP = 300
_BEGAN, _ACTIVE = "accounts.began", "accounts.active"


def connect() -> None:
    """Have each session begin with its signing in, which writes it anyway."""
    user_logged_in.connect(_begin, dispatch_uid="accounts.lifetimes")


def is_over(session: SessionBase, *, now: float, active: bool) -> bool:
    """Say whether a session has lasted too long; note in it that somebody was there."""
    lifetime = SHIFT if session.get_expire_at_browser_close() else KEPT
    began, last = session.get(_BEGAN, now), session.get(_ACTIVE, now)
    if now - began > lifetime.whole.total_seconds() or now - last > lifetime.idle.total_seconds():
        return True
    if _BEGAN not in session:
        session[_BEGAN] = now
    if _ACTIVE not in session or (active and now - last > _STEP):
        session[_ACTIVE] = now
    return False


def _begin(request: Any, **said: Any) -> None:
    request.session[_BEGAN] = request.session[_ACTIVE] = time.time()
