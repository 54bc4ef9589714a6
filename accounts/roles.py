"""What each role may do: the one table, and the groups and permissions made from it."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import models


class Role(models.TextChoices):
    """What a person does here."""

    CONTRIBUTOR = "contributor", "Contributor"
    EDITOR = "editor", "Editor"
    MANAGER = "manager", "Manager"
    ADMINISTRATOR = "administrator", "Administrator"


# Each role's rows say only what it adds to the role before it. Which stories a permission reaches
# (one's own, restricted ones) is decided with the story in hand, in articles.desk.permissions.
_CONTRIBUTOR = frozenset(
    {
        "articles.view_story",
        "articles.add_story",
        "articles.change_story",
        "articles.view_image",
        "articles.add_image",
        "articles.view_section",
        "articles.view_tag",
        "articles.view_author",
    }
)
_EDITOR = _CONTRIBUTOR | {
    "articles.edit_any_story",
    "articles.change_image",
    "articles.add_tag",
    "articles.arrange_front_page",
    "alerts.view_deliveries",
}
# What readers see of a topic or an author without a story being reviewed, the title's own pages and what the
# newsletter says first, are the managers' to word.
_MANAGER = _EDITOR | {
    "articles.review_story",
    "articles.publish_story",
    "articles.change_tag",
    "articles.add_author",
    "articles.change_author",
    "articles.view_page",
    "articles.add_page",
    "articles.change_page",
    "alerts.manage_mail",
    "alerts.view_introduction",
    "alerts.add_introduction",
    "alerts.change_introduction",
}
# People and the shape of the site; no story, not even to read. Addresses of readers are people's too.
_ADMINISTRATOR = frozenset(
    {
        "accounts.view_user",
        "accounts.add_user",
        "accounts.change_user",
        "articles.view_section",
        "articles.add_section",
        "articles.change_section",
        "alerts.manage_mail",
        "alerts.manage_subscribers",
    }
)

PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.CONTRIBUTOR: _CONTRIBUTOR,
    Role.EDITOR: _EDITOR,
    Role.MANAGER: _MANAGER,
    Role.ADMINISTRATOR: _ADMINISTRATOR,
}


class UnknownPermission(LookupError):
    """The table names permissions that no installed model declares."""


def app_labels() -> set[str]:
    """The apps whose permissions the table names."""
    return {name.partition(".")[0] for names in PERMISSIONS.values() for name in names}


def sync_roles(*, using: str = "default", strict: bool = True, apps: Any = installed_apps) -> None:
    """Make one group a role, holding exactly what the table says.

    Not strict is for the middle of a migration, when the permissions of later apps are still to
    come. Raises UnknownPermission when strict.
    """
    Group = apps.get_model("auth", "Group")
    known = _permissions(using, apps)
    wanted = set().union(*PERMISSIONS.values())
    if strict and (unknown := sorted(wanted - known.keys())):
        raise UnknownPermission(f"No model declares {', '.join(unknown)}.")
    for role, names in PERMISSIONS.items():
        group, _ = Group.objects.using(using).get_or_create(name=role.value)
        group.permissions.set(_held(names, known))


def sync_after_migrate(sender: Any, *, using: str, apps: Any = installed_apps, **kwargs: Any) -> None:
    """Bring the groups up to date once an app's permissions are there (post_migrate; flush names no apps)."""
    if sender.label not in app_labels():
        return
    try:
        apps.get_model("auth", "Group")
    except LookupError:  # migrated back to before auth
        return
    create_permissions(sender, using=using, apps=apps, verbosity=0)
    sync_roles(using=using, strict=False, apps=apps)


def _permissions(using: str, apps: Any) -> dict[str, Any]:
    Permission = apps.get_model("auth", "Permission")
    rows = Permission.objects.using(using).select_related("content_type")
    rows = rows.filter(content_type__app_label__in=app_labels())
    return {f"{row.content_type.app_label}.{row.codename}": row for row in rows}


def _held(names: Iterable[str], known: dict[str, Any]) -> list[Any]:
    return [known[name] for name in sorted(names) if name in known]
