"""What a story's record says of mails to staff: who was told of what, when, and whether it left."""

from django.db.models import Q

from alerts.models import Delivery, Matter, State
from articles.admin.panels import Panel
from articles.models import Story

#: The newest of them; older ones are in the record as events.
MOST = 100

_STATES = {
    State.ACCEPTED: "",
    State.READY: " (waits)",
    State.RETRY: " (waits)",
    State.SENDING: " (is being sent)",
}


def staff_told(story: Story) -> Panel:
    """One query."""
    about = Q(notice__event__story=story) | Q(notice__key__startswith=f"overdue:{story.pk}:")
    deliveries = Delivery.objects.filter(about, user__isnull=False)
    rows = deliveries.select_related("notice", "user").order_by("-made_at", "pk")[:MOST]
    return Panel("Colleagues told by mail", [(row.settled_at or row.made_at, _said(row)) for row in rows])


def _said(delivery: Delivery) -> str:
    key = delivery.notice.key
    matter = key.rpartition(":")[2] if key.startswith("event:") else key.partition(":")[0]
    what = Matter(matter).label if matter in Matter else matter
    state = _STATES.get(State(delivery.state), f" ({State(delivery.state).label.lower()})")
    return f"{delivery.user}: {what}{state}"
