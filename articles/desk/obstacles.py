"""What would refuse an act to somebody who may do it: the act's own checks, asked before anything is typed."""

from collections.abc import Callable
from datetime import datetime

from articles.desk import effects, emergency, withholding
from articles.desk.acts import Act
from articles.desk.asking import newest_of
from articles.desk.refusals import NotReady
from articles.models import Story


def obstacle(act: Act, story: Story, now: datetime) -> NotReady | None:
    """The refusal that waits whatever is typed; None where it depends on what is. Changes nothing."""
    check = _CHECKS.get(act)
    if check is None:
        return None
    try:
        check(story, now)
    except NotReady as refusal:
        return refusal
    return None


def _unreviewed(story: Story, now: datetime) -> None:
    emergency.check(story, newest_of(story), now)


_CHECKS: dict[Act, Callable[[Story, datetime], None]] = {
    Act.PUBLISH_UNREVIEWED: _unreviewed,
    Act.REINSTATE: effects.check_reinstatement,
    Act.WITHHOLD: withholding.check,
}
