"""Deliveries: one mail to one recipient, from the moment it is owed until what became of it is known."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alerts.models.notices import Lane

#: A mail that could not be sent for this long is not sent any more. What was wrong is still worth knowing later.
PATIENCE, PATIENCE_WITH_CORRECTIONS = timedelta(hours=24), timedelta(days=7)

#: Letters for those who were sent what was wrong: they also go to who is pausing.
CORRECTING = ("correction", "removal")


class State(models.TextChoices):
    """Where a mail is. `ready` and `retry` wait; `sending` is in somebody's hands; the others are ends.

    `uncertain` is an end until a person, or the provider's own word, says what became of it.
    """

    READY = "ready", "Waiting"
    RETRY = "retry", "Waiting to be tried again"
    SENDING = "sending", "Being sent"
    ACCEPTED = "accepted", "Accepted by the mail server"
    UNCERTAIN = "uncertain", "Uncertain"
    SUPPRESSED = "suppressed", "Not sent: the address gets no mail"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


WAITING = (State.READY, State.RETRY)

#: Those who may have read it: told of a correction.
SENT = (State.ACCEPTED, State.UNCERTAIN, State.SENDING)

#: The reasons of what is cancelled. Whoever the first two were for may be told of what readers have instead.
SUPERSEDED, REMOVED, WITHHELD, LEFT = "superseded", "removed", "withheld", "left"
OVERTAKEN = (SUPERSEDED, REMOVED)


class _IsWaiting(models.Lookup[bool]):
    """Whether a state is one of WAITING, with their names in the statement itself.

    As parameters SQLite does not compare them with those of the index `delivery_due`, and reads all mails instead.
    """

    lookup_name = "is_waiting"
    _NAMES = ", ".join(f"'{state}'" for state in WAITING)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        state, parameters = self.process_lhs(compiler, connection)
        return f"{state} IN ({self._NAMES})", parameters


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> Self:
        return self.filter(_IsWaiting(F("state"), True))

    def sent(self) -> Self:
        """Those whose words may have reached somebody."""
        return self.filter(state__in=SENT)

    def overtaken(self) -> Self:
        """Those cancelled because readers have another edition, or none, of the story."""
        return self.filter(state=State.CANCELLED, reason__in=OVERTAKEN)

    def settled_since(self, moment: datetime) -> Self:
        return self.filter(settled_at__gt=moment)

    def due(self, now: datetime) -> Self:
        return self.waiting().filter(next_try_at__lte=now)

    def too_old(self, now: datetime) -> Self:
        """Those that are not worth sending any more."""
        corrections = Q(letter__variant__in=CORRECTING, made_at__gte=now - PATIENCE_WITH_CORRECTIONS)
        return self.waiting().filter(made_at__lt=now - PATIENCE).exclude(corrections)

    def expired(self, now: datetime) -> Self:
        """In the hands of a worker that has not been heard of."""
        return self.filter(state=State.SENDING, lease_until__lt=now)


class Delivery(models.Model):
    """One mail to one recipient: a subscriber, a member of staff, or the address of a registration.

    A notice has one delivery a recipient, by constraint. `lease_no` grows each time a worker takes it; whatever a
    worker writes afterwards names the number it took, so that one that slept past its lease writes nothing.
    """

    notice = models.ForeignKey(
        "alerts.Notice", on_delete=models.CASCADE, related_name="deliveries", db_index=False
    )
    letter = models.ForeignKey("alerts.Letter", on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey(
        "alerts.Subscriber", on_delete=models.PROTECT, null=True, related_name="deliveries"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="deliveries"
    )
    registration = models.ForeignKey(
        "alerts.Registration", on_delete=models.CASCADE, null=True, related_name="deliveries"
    )
    lane = models.CharField(max_length=8, choices=Lane)
    state = models.CharField(max_length=12, choices=State, default=State.READY)
    made_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_no = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    #: When it was last put into a mail server's hands, and when it came to its end.
    begun_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    #: Why it failed, was cancelled or suppressed, in words for staff; and what the mail server said.
    reason = models.CharField(max_length=100, blank=True)
    reply = models.CharField(max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        permissions = [("view_deliveries", "Can see how many were mailed, and what became of it")]
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "subscriber"],
                condition=Q(subscriber__isnull=False),
                name="a_subscriber_is_told_once",
            ),
            models.UniqueConstraint(
                fields=["notice", "user"],
                condition=Q(user__isnull=False),
                name="a_member_of_staff_is_told_once",
            ),
            models.UniqueConstraint(
                fields=["notice", "registration"],
                condition=Q(registration__isnull=False),
                name="a_registration_is_answered_once",
            ),
            models.CheckConstraint(
                condition=(
                    Q(subscriber__isnull=False, user=None, registration=None)
                    | Q(subscriber=None, user__isnull=False, registration=None)
                    | Q(subscriber=None, user=None, registration__isnull=False)
                ),
                name="a_delivery_has_one_recipient",
            ),
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(lease_until__isnull=False),
                name="who_sends_has_a_lease",
            ),
        ]
        indexes = [
            models.Index(
                fields=["lane", "next_try_at", "id"],
                condition=Q(state__in=WAITING),
                name="delivery_due",
            ),
            models.Index(
                fields=["settled_at", "state"],
                condition=Q(settled_at__isnull=False),
                name="delivery_settled",
            ),
            models.Index(fields=["lease_until"], condition=Q(state="sending"), name="delivery_lease"),
            models.Index(fields=["id"], condition=Q(state="uncertain"), name="delivery_uncertain"),
            # In the order in which those who were sent something, or were not, are told of what came after it.
            models.Index(fields=["notice", "state", "subscriber"], name="delivery_states"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} to {self.subscriber_id or self.user_id or self.registration_id}"

    @property
    def patience(self) -> timedelta:
        """How long after it was made it is worth sending. Its letter must be at hand."""
        return PATIENCE_WITH_CORRECTIONS if self.letter.variant in CORRECTING else PATIENCE
