"""Places where a drill has this very process killed, to see that nothing is lost or doubled. Off but for drills."""

import os
import signal
from collections import Counter

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

#: `fan_out:7` kills the process, past all its care, the seventh time it comes by a place of that name.
VARIABLE = "NEWSROOM_FAILPOINT"

_passed: Counter[str] = Counter()


def check() -> None:
    """Refuse to start a public newsroom that is told to kill itself."""
    if os.environ.get(VARIABLE) and not settings.DEBUG:
        raise ImproperlyConfigured(f"{VARIABLE} is for drills: it needs DEBUG.")


def passing(name: str) -> None:
    wanted, _, number = os.environ.get(VARIABLE, "").partition(":")
    if wanted != name or not settings.DEBUG:
        return
    _passed[name] += 1
    if _passed[name] == int(number):
        os.kill(os.getpid(), signal.SIGKILL)
