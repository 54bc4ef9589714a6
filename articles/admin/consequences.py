"""What a grave act will do, in plain words: for readers, on the desk, on record, and who can undo it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from articles.admin import telling
from articles.admin.facts import Fact
from articles.admin.marks import exact
from articles.desk import publishing
from articles.desk.acts import Act
from articles.desk.situation import Situation, situation_of
from articles.desk.standing import Standing
from articles.models import Edition, Revision, State, Story

NOTHING_SCHEDULED = "Nothing is scheduled."
STAYS = "The same. Nothing changes for them."


@dataclass(frozen=True)
class Scene:
    """A story as it stands before the act."""

    story: Story
    now: datetime
    situation: Situation

    @property
    def newest(self) -> Revision | None:
        return self.situation.last

    @property
    def scheduled(self) -> Edition | None:
        return self.situation.stand.scheduled

    @property
    def state(self) -> str:
        return self.situation.state.label.lower()


type Told = dict[str, str]


def scene_of(story: Story, now: datetime) -> Scene:
    return Scene(story, now, situation_of(story, now))


def consequences(act: Act, scene: Scene) -> list[Fact]:
    """Every line of the page, in the order a person asks: readers first, then the way back."""
    told = {"Readers see now": _now(scene)} | _TOLD[act](scene)
    if act in _VOIDS:
        told["Cancelled"] = _cancelled(scene)
    order = (
        "Readers see now",
        "Readers see afterwards",
        "Who is told",
        "Address",
        "Cancelled",
        "On the desk",
        "On record",
        "Undo",
    )
    names = [*order, *(name for name in told if name not in order)]
    return [Fact(name, told[name]) for name in names if name in told]


def _now(scene: Scene) -> str:
    current = scene.situation.stand.current
    if current is None:
        return "Nothing. It was never published."
    url = current.get_absolute_url()
    if not current.is_removal:
        return f"“{current.headline}” at {url}, since {exact(current.published_at)}."
    since = exact(current.published_at)
    if current.redirect_to:
        return f"Nothing of it. {url} has led to {current.redirect_to} since {since}."
    if current.shows_text:
        return f"The text at {url}, under a banner that says it was withdrawn on {since}."
    return f"Nothing of it. {url} has answered since {since} that the story was removed."


def _cancelled(scene: Scene) -> str:
    scheduled = scene.scheduled
    if scheduled is None:
        return NOTHING_SCHEDULED
    return (
        f"The publication due {exact(scheduled.published_at)} (revision {scheduled.revision.number}). "
        "It does not come back by itself: it has to be scheduled anew."
    )


def _publish_unreviewed(scene: Scene) -> Told:
    public = scene.newest.as_dict() if scene.newest else {}
    number = scene.newest.number if scene.newest else 0
    return {
        "Readers see afterwards": f"“{public.get('headline', '')}”, revision {number} word for word, at once: on its "
        "page, in lists, feeds and search.",
        "Who is told": telling.sentence(public, scene.situation.stand) if public else "",
        "Address": f"/articles/{public.get('slug', '')}/",
        "On the desk": "The story is a draft. A signature is owed until another manager, who wrote none of it, has "
        "countersigned; until then it stands on every manager's desk.",
        "On record": "That you published it without review, when, and your reason.",
        "Undo": "Nobody can make it unread. Any manager can take it down, or correct it after a review.",
    }


def _countersign(scene: Scene) -> Told:
    debt = scene.situation.debt
    number = debt.revision.number if debt and debt.revision else 0
    settled = scene.newest is not None and debt is not None and scene.newest.pk == debt.revision_id
    approves = settled and scene.situation.state is State.DRAFT
    return {
        "Readers see afterwards": STAYS,
        "On the desk": "No signature is owed any more. "
        + ("The story counts as approved." if approves else f"The story stays as it is: {scene.state}."),
        "On record": f"Your signature under revision {number}, which {_who(debt)} published without review on "
        f"{exact(debt.at) if debt else ''}: “{debt.note if debt else ''}”",
        "Undo": "Nobody. If the text may not stand, do not sign: take it down, or have it corrected.",
    }


def _hold(scene: Scene) -> Told:
    return {
        "Readers see afterwards": STAYS,
        "On the desk": "Nobody can save the story, send it for review, approve, publish, schedule or redact it; every "
        f"version is kept. It stays what it is: {scene.state}. What readers had can still be taken down or withheld.",
        "On record": "That you put it on hold, when, and your reason.",
        "Undo": "Any manager but you can lift the hold, with a reason of their own.",
    }


def _lift_hold(scene: Scene) -> Told:
    hold = scene.situation.hold
    was = f"It is on hold since {exact(hold.at)} by {_who(hold)}: “{hold.note}” " if hold else ""
    return {
        "Readers see afterwards": STAYS,
        "On the desk": f"{was}Afterwards it can be worked on again. It is still {scene.state}.",
        "On record": "That you lifted it, when, and your reason. The hold stays in the history.",
        "Undo": "Any manager can put it on hold again.",
    }


def _take_down(scene: Scene) -> Told:
    slugs = scene.story.addresses.order_by("slug").values_list("slug", flat=True)
    return {
        "Readers see afterwards": "One of three, as you choose below.\n\n"
        "Gone: the address answers 410, with your note and no word of the story.\n\n"
        "Elsewhere: the address leads to another page of this site.\n\n"
        "Withdrawn: the text stays at its address, under a dated banner with your note.\n\n"
        "In every case it leaves the front page, lists, feeds, search and sitemaps at once.",
        "Who is told": "Whoever was sent it was told when it was taken down."
        if scene.situation.stand.standing is Standing.REMOVED
        else "Readers who were sent it are told that it was taken down.",
        "Address": ", ".join(f"/articles/{slug}/" for slug in slugs),
        "On record": "Everything that was published stays there, with your reason. The public history stays one list.",
        "Undo": "Any manager can reinstate it, at once and with the text that was published last.",
    }


def _reinstate(scene: Scene) -> Told:
    before, newest = publishing.last_readable(scene.story, scene.now), scene.newest
    newer = newest is not None and before is not None and newest.pk != before.revision_id
    chosen = (
        newest if newer and scene.situation.state is State.APPROVED else before.revision if before else None
    )
    public = chosen.as_dict() if chosen else {}
    which = "approved since" if chosen is newest and newer else "published last"
    number = chosen.number if chosen else 0
    return {
        "Readers see afterwards": f"“{public.get('headline', '')}”: revision {number}, the text that was {which}. It "
        "is back in lists, feeds and search, in its old place.",
        "Address": f"/articles/{public.get('slug', '')}/",
        "On record": "That it was reinstated, by whom and when. The removal stays in the history.",
        "Undo": "Any manager can take it down again.",
    }


def _withhold(scene: Scene) -> Told:
    scheduled = "If the same text is scheduled, that publication is cancelled. " if scene.scheduled else ""
    return {
        "Readers see afterwards": "In the public history, the kind and your note in place of that edition's text and "
        f"of what changed in it. {scheduled}Their present page does not change: what they have now cannot be withheld, "
        "only taken down first.",
        "On the desk": "Managers alone can read that revision, its differences and previews. Everybody else who may "
        "know of the story is told since when it is withheld, and why.",
        "On record": "The edition and its fingerprint stay, with your name, the time and your reason.",
        "Undo": "Any manager but you can show it again, with a reason of their own.",
    }


def _lift_withholding(scene: Scene) -> Told:
    told = (f"{row.sentence} since {exact(row.placed_at)}" for row in scene.situation.withheld)
    rows = "; ".join(dict.fromkeys(told))
    return {
        "Readers see afterwards": "The text of that edition again in the public history. Their present page does not "
        "change.",
        "On the desk": f"{rows}. Afterwards everybody who may know of the story can read it again.",
        "On record": "That you lifted it, when, and your reason. The withholding stays in the history.",
        "Undo": "Any manager can withhold it again.",
    }


def _redact(scene: Scene) -> Told:
    return {
        "Readers see afterwards": "“[redacted]” wherever the words stood in this story, in what is live too, at once.",
        "Address": "It stays, even where it spells the words out. So does every link to it.",
        "Cancelled": _cancelled(scene) + " Only if the words stand in it."
        if scene.scheduled
        else NOTHING_SCHEDULED,
        "On the desk": "All revisions, notes and the text being written lose the words. What was approved or sent for "
        "review and not published yet is a draft again, if they stand in it. All preview links of the story end.",
        "On record": "Every fingerprint stays, so that it shows that something else stood there; that you did it, when "
        "and why; how long the words were, not what they were.",
        "Undo": "Nobody. The words are gone for good.",
        "Not touched": "The picture library, authors, topics and sections; what browsers, inboxes, backups and other "
        "sites have kept; what the database's files still hold of deleted rows until it is compacted (VACUUM).",
    }


def _unschedule(scene: Scene) -> Told:
    return {
        "Readers see afterwards": STAYS,
        "On the desk": "The approval stands. The story can be scheduled anew as it is.",
        "On record": "That you cancelled it, and for when it was due.",
        "Undo": "Any manager can schedule it again.",
    }


def _request_changes(scene: Scene) -> Told:
    return {
        "Readers see afterwards": STAYS,
        "On the desk": "The story is a draft again, on its writers' desk with your note. An approval is void.",
        "On record": "Your note, and which revision it is about.",
        "Undo": "It has to be sent for review and approved again.",
    }


def _who(event: object) -> str:
    return str(getattr(event, "actor", None) or "the import")


_TOLD: dict[Act, Callable[[Scene], Told]] = {
    Act.PUBLISH_UNREVIEWED: _publish_unreviewed,
    Act.COUNTERSIGN: _countersign,
    Act.HOLD: _hold,
    Act.LIFT_HOLD: _lift_hold,
    Act.TAKE_DOWN: _take_down,
    Act.REINSTATE: _reinstate,
    Act.WITHHOLD: _withhold,
    Act.LIFT_WITHHOLDING: _lift_withholding,
    Act.REDACT: _redact,
    Act.UNSCHEDULE: _unschedule,
    Act.REQUEST_CHANGES: _request_changes,
}

#: Acts that have a page of their own.
CONFIRMED = frozenset(_TOLD)

#: Acts that cancel what is scheduled, whatever it says.
_VOIDS = frozenset({Act.PUBLISH_UNREVIEWED, Act.HOLD, Act.TAKE_DOWN, Act.UNSCHEDULE, Act.REQUEST_CHANGES})
