"""Who can approve, and the stories that nobody can, told apart by the reason."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Role, User
from articles.models import Revision, Story


def managers() -> QuerySet[User]:
    return User.objects.filter(is_active=True, role=Role.MANAGER)


def unseen_by_managers(stories: QuerySet[Story]) -> QuerySet[Story]:
    """The restricted ones that no active manager may know of."""
    return stories.filter(~Exists(_let_in()), restricted=True)


def written_by_all_managers(stories: QuerySet[Story]) -> QuerySet[Story]:
    """Those on whose present version every manager who may see them has worked."""
    open_to_all = Q(restricted=False) & ~Exists(managers().exclude(_wrote()))
    named = Q(restricted=True) & Exists(_let_in()) & ~Exists(_let_in().exclude(_wrote()))
    return stories.filter(open_to_all | named)


def _let_in() -> QuerySet[User]:
    """The managers who may see the story around this query although it is restricted."""
    return managers().filter(Q(created_stories=OuterRef("pk")) | Q(let_in_to=OuterRef("pk")))


def _wrote() -> Exists:
    """Of a person, within a query within one of stories."""
    own = Revision.objects.filter(story=OuterRef(OuterRef("pk")), saved_by=OuterRef("pk"))
    return Exists(own.unpublished())
