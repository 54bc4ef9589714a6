"""The letters that answer somebody who typed an address: confirm it, or open its preferences."""

from datetime import datetime

from alerts.choices import chosen
from alerts.mails.emptied import Emptied
from alerts.mails.lines import line
from alerts.mails.words import Words, words
from alerts.models.notices import Letter
from alerts.models.registrations import KEPT, Registration
from alerts.models.subscriptions import Frequency

HOW_OFTEN = {
    Frequency.AT_ONCE.value: "At once, as each story appears",
    Frequency.DAILY.value: "Once a day",
    Frequency.WEEKLY.value: "Once a week",
}


def words_of(letter: Letter, now: datetime) -> Words:
    registration = letter.notice.registration
    if registration is None:
        raise Emptied
    if registration.purpose == Registration.Purpose.MANAGE:
        return manage()
    return confirm(registration)


def confirm(registration: Registration) -> Words:
    """The one question before anything else is sent, with what will follow and how often."""
    context = {
        "follows": [line(one.name) for one in chosen(registration.choices)],
        "how_often": HOW_OFTEN[registration.frequency],
        "days": KEPT.days,
        "opening": "Until you confirm it, nothing is sent to you.",
    }
    return words("confirm", "Confirm your e-mail address", context)


def manage() -> Words:
    context = {"days": KEPT.days, "opening": "Change what you get, pause it, or leave."}
    return words("manage", "Your link to your e-mail preferences", context)
