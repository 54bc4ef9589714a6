"""The alerts app's tables."""

from alerts.models.attempts import Attempt
from alerts.models.consents import Consent
from alerts.models.declined import Declined, Matter
from alerts.models.deliveries import Delivery, State
from alerts.models.digest_marks import DigestMark
from alerts.models.handlings import Handling
from alerts.models.introductions import Introduction
from alerts.models.notices import Lane, Letter, LetterEdition, Notice
from alerts.models.outbox import Origin, Pace
from alerts.models.provider_events import ProviderEvent
from alerts.models.registrations import Registration
from alerts.models.stops import Stop
from alerts.models.subscribers import Leaving, Subscriber
from alerts.models.subscriptions import Follows, Frequency, Subscription
from alerts.models.suppressions import Suppression

__all__ = [
    "Attempt",
    "Consent",
    "Declined",
    "Delivery",
    "DigestMark",
    "Follows",
    "Frequency",
    "Handling",
    "Introduction",
    "Lane",
    "Leaving",
    "Letter",
    "LetterEdition",
    "Matter",
    "Notice",
    "Origin",
    "Pace",
    "ProviderEvent",
    "Registration",
    "State",
    "Stop",
    "Subscriber",
    "Subscription",
    "Suppression",
]
