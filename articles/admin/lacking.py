"""What a story lacks, as the review page lists it: each issue with its field, and the form to override it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.urls import reverse

from articles.admin.act_forms import ActForm, form_for
from articles.admin.readiness import MENDING, target
from articles.admin.wording import WORDING, Wording
from articles.desk.acts import Act
from articles.desk.requirements import Issue, Judged, Stage
from articles.models import Story, StoryEvent

#: How far the text must be complete before an act can succeed.
_WANTS = {
    Act.SUBMIT: Stage.REVIEW,
    Act.APPROVE: Stage.APPROVAL,
    Act.SCHEDULE: Stage.APPROVAL,
    Act.PUBLISH: Stage.PUBLICATION,
    Act.PUBLISH_UNREVIEWED: Stage.PUBLICATION,
}

#: Stands at the head of the page already, and on what time is chosen.
_NOT_LISTED = frozenset({"embargo"})


@dataclass(frozen=True)
class Row:
    """One issue. `url` leads to its field, and `form` is for those who may act on it."""

    issue: Issue
    url: str
    override: StoryEvent | None = None
    form: ActForm | None = None
    opened: bool = False

    @property
    def wording(self) -> Wording | None:
        return WORDING[self.form.act] if self.form else None


@dataclass(frozen=True)
class Lacking:
    """`why_not` is why this person cannot override what could be overridden."""

    open: list[Row]
    overridden: list[Row]
    why_not: str = ""
    warned: list[Row] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.open or self.overridden or self.warned)

    @property
    def holds_the_attempt(self) -> bool:
        return any(row.opened for row in [*self.open, *self.overridden])


def lacking(
    story: Story,
    judged: Iterable[Judged],
    *,
    may: Collection[Act],
    why_not: str = "",
    tried: ActForm | None = None,
) -> Lacking:
    """`tried` is the form of an act that was asked for and not done; what was typed into it is kept."""
    judged = list(judged)
    listed = [each for each in judged if each.issue.rule not in _NOT_LISTED and not each.warns]
    warned = linked(story, (each.issue for each in judged if each.warns))
    rows = [_row(story, each, number, may, tried) for number, each in enumerate(listed, 1)]
    still = [row for row in rows if row.override is None]
    could = Act.OVERRIDE not in may and any(row.issue.asked_by.overridable for row in still)
    return Lacking(still, [row for row in rows if row.override], why_not if could else "", warned)


def linked(story: Story, issues: Iterable[Issue]) -> list[Row]:
    return [Row(issue, _url(story, issue)) for issue in issues]


def not_yet(act: Act, judged: Iterable[Judged]) -> str:
    """What still stands in the way of an act that is possible otherwise."""
    stage = _WANTS.get(act)
    missing = [each.issue for each in judged if stage and each.stops(stage)]
    listed = [issue for issue in missing if issue.rule not in _NOT_LISTED]
    if missing and not listed:
        return missing[0].sentence
    if not missing:
        return ""
    things = "Something is" if len(listed) == 1 else f"{len(listed)} things are"
    return f"{things} still missing: see above."


def _row(story: Story, judged: Judged, number: int, may: Collection[Act], tried: ActForm | None) -> Row:
    issue, override = judged.issue, judged.override
    act = Act.REQUIRE_AGAIN if override else Act.OVERRIDE
    url = _url(story, issue)
    if act not in may or not issue.asked_by.overridable:
        return Row(issue, url, override)
    opened = tried is not None and tried.act is act and tried.data.get("rule") == issue.key
    form = tried if tried is not None and opened else form_for(act, story, rule=issue.key)
    form.auto_id = f"{act.value}-{number}-%s"
    return Row(issue, url, override, form, opened)


def _url(story: Story, issue: Issue) -> str:
    return f"{reverse('admin:articles_story_change', args=[story.pk])}?{MENDING}#{target(issue.field)}"
