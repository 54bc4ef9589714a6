"""What stands in a letter in place of its marks: each recipient's own reason and links."""

from collections.abc import Sequence

from alerts import links
from alerts.mails.lines import because
from alerts.mails.marks import Mark
from alerts.models.deliveries import Delivery

type Own = dict[Mark, str]


def own_words(delivery: Delivery, names: Sequence[str]) -> Own:
    """`names` is what the recipient follows that the letter is about."""
    own = nobodys(names)
    if delivery.subscriber:
        own[Mark.MANAGE] = links.manage(delivery.subscriber)
        own[Mark.UNSUBSCRIBE] = links.unsubscribe(delivery.subscriber)
    if delivery.registration:
        own[Mark.CONFIRM] = links.confirm(delivery.registration)
    return own


def nobodys(names: Sequence[str]) -> Own:
    """Those of a sample, and of staff, who have no preferences here: every link leads to the page of alerts."""
    page = links.whole("/alerts/")
    return {Mark.BECAUSE: because(names), Mark.MANAGE: page, Mark.UNSUBSCRIBE: page, Mark.CONFIRM: page}
