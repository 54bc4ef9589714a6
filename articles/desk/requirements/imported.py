"""What an imported story already lacked when it came. That does not stop a later change to it."""

from articles.body.faults import mark
from articles.desk.requirements.issues import Issue
from articles.desk.requirements.own_links import linked
from articles.desk.requirements.pictures import pictures
from articles.desk.requirements.words import words
from articles.models import Edition, Story

_OF_LINKS = ("link_gone", "link_unknown", "link_moved", "link_early")


def less_what_came_so(story: Story, issues: list[Issue]) -> list[Issue]:
    """One query where there are issues, and none where there are not.

    A link that came with the story is never held against it, whatever becomes of the story it leads to.
    """
    if not issues or not story.pk:
        return issues
    imported = story.editions.filter(origin=Edition.Origin.IMPORTED).first()
    if imported is None:
        return issues
    then = imported.public()
    known = {issue.key for issue in [*words(then), *pictures(then)]}
    known |= {f"{rule}:{mark(slug)}" for slug in linked(then["body"]) for rule in _OF_LINKS}
    return [issue for issue in issues if issue.key not in known]
