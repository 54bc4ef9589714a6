"""Who may do what to which story."""

from accounts.models import User
from articles.models import Revision, Story, StoryEvent


def may_see(user: User, story: Story) -> bool:
    return Story.objects.visible_to(user).filter(pk=story.pk).exists()


def may_edit(user: User, story: Story) -> bool:
    """Contributors edit their own stories and those assigned to them; editors and managers edit all they may see."""
    if not user.is_active or not user.has_perm("articles.change_story"):
        return False
    return may_see(user, story)


def may_review(user: User, story: Story) -> bool:
    return user.is_active and user.has_perm("articles.review_story") and may_see(user, story)


def may_publish(user: User, story: Story) -> bool:
    return user.is_active and user.has_perm("articles.publish_story") and may_see(user, story)


def is_contributor(user: User, story: Story) -> bool:
    """Whether `user` saved any revision since the last edition that anybody could read."""
    return Revision.objects.filter(story=story, saved_by=user).unpublished().exists()


def submitted(user: User, story: Story) -> bool:
    """Whether `user` sent the story for the review it is in."""
    last = StoryEvent.objects.filter(story=story).done("submit").first()
    return last is not None and last.actor_id == user.pk
