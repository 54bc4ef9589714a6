"""How long a session lasts: since somebody last did something, and since they signed in (ASVS 5.0, 7.3.1 and 7.3.2)."""

from dataclasses import dataclass
from datetime import timedelta

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
