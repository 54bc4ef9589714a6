"""The table of roles, and the groups made from it."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command

from accounts import roles
from accounts.roles import PERMISSIONS, Role, UnknownPermission, sync_roles

# Written out once more, and by hand, so that nobody widens a role without meaning to.
EXPECTED = """
articles.view_story       contributor editor manager
articles.add_story        contributor editor manager
articles.change_story     contributor editor manager
articles.view_image       contributor editor manager
articles.add_image        contributor editor manager
articles.view_section     contributor editor manager administrator
articles.view_tag         contributor editor manager
articles.view_author      contributor editor manager
articles.edit_any_story               editor manager
articles.change_image                 editor manager
articles.add_tag                      editor manager
articles.arrange_front_page           editor manager
alerts.view_deliveries                editor manager
articles.review_story                        manager
articles.publish_story                       manager
articles.change_tag                          manager
articles.add_author                          manager
articles.change_author                       manager
articles.view_page                           manager
articles.add_page                            manager
articles.change_page                         manager
alerts.manage_mail                           manager administrator
alerts.manage_subscribers                            administrator
alerts.view_introduction                     manager
alerts.add_introduction                      manager
alerts.change_introduction                   manager
articles.add_section                                 administrator
articles.change_section                              administrator
accounts.view_user                                   administrator
accounts.add_user                                    administrator
accounts.change_user                                 administrator
"""


def expected() -> dict[str, set[str]]:
    held: dict[str, set[str]] = {role: set() for role in Role.values}
    for line in EXPECTED.split("\n"):
        permission, *holders = line.split() or [""]
        for role in holders:
            held[role].add(permission)
    return held


def granted(role: str) -> set[str]:
    rows = Permission.objects.filter(group__name=role).select_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}" for row in rows}


class TestTable:
    def test_says_exactly_this(self) -> None:
        assert {role.value: set(names) for role, names in PERMISSIONS.items()} == expected()

    def test_lets_nobody_delete_anything(self) -> None:
        assert not [name for names in PERMISSIONS.values() for name in names if ".delete_" in name]

    def test_gives_an_administrator_no_story(self) -> None:
        assert not [name for name in PERMISSIONS[Role.ADMINISTRATOR] if name.endswith("_story")]


@pytest.mark.django_db
class TestSyncing:
    @pytest.mark.parametrize("role", Role.values)
    def test_has_happened_after_migrating(self, role: str) -> None:
        assert granted(role) == expected()[role]

    def test_takes_away_what_the_table_does_not_say_and_gives_back_what_it_does(self) -> None:
        group = Group.objects.get(name=Role.CONTRIBUTOR)
        group.permissions.set(Permission.objects.filter(codename="publish_story"))
        sync_roles()
        assert granted(Role.CONTRIBUTOR) == expected()[Role.CONTRIBUTOR]

    def test_leaves_other_groups_alone(self) -> None:
        other = Group.objects.create(name="Book club")
        other.permissions.set(
            Permission.objects.filter(content_type__app_label="articles", codename="add_tag")
        )
        sync_roles()
        assert granted("Book club") == {"articles.add_tag"}

    def test_fails_loudly_at_a_permission_nobody_declares(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(roles.PERMISSIONS, Role.EDITOR, frozenset({"articles.fly"}))
        with pytest.raises(CommandError, match=r"articles\.fly"):
            call_command("sync_roles", stdout=StringIO())
        assert granted(Role.EDITOR) == expected()[Role.EDITOR]

    def test_is_patient_in_the_middle_of_a_migration(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(
            roles.PERMISSIONS, Role.EDITOR, frozenset({"articles.fly", "articles.view_story"})
        )
        with pytest.raises(UnknownPermission):
            sync_roles()
        sync_roles(strict=False)
        assert granted(Role.EDITOR) == {"articles.view_story"}

    def test_is_a_command_that_says_what_it_did(self) -> None:
        out = StringIO()
        call_command("sync_roles", stdout=out)
        assert "Manager: 25 permissions" in out.getvalue()
