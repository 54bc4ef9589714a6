"""What a person's role lets them do."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission

from accounts.models import Role, User
from accounts.roles import PERMISSIONS
from tests.newsdesk import Cast


def afresh(person: User) -> User:
    """As the next request sees them."""
    return User.objects.get(pk=person.pk)


class TestRole:
    @pytest.mark.parametrize("role", Role)
    def test_decides_every_permission(self, db: None, role: Role) -> None:
        person = User.objects.create_user("ada@newsroom.example", name="Ada", role=role)
        assert person.get_all_permissions() == PERMISSIONS[role]

    def test_costs_one_query_a_request(
        self, cast: Cast, django_assert_num_queries: Callable[[int], Any]
    ) -> None:
        with django_assert_num_queries(1):
            assert cast.manager.has_perm("articles.publish_story")
            assert cast.manager.has_perm("articles.review_story")
            assert not cast.manager.has_perm("accounts.view_user")
            assert cast.manager.has_module_perms("articles")

    def test_counts_from_the_next_request_on(self, cast: Cast) -> None:
        User.objects.filter(pk=cast.manager.pk).update(role=Role.CONTRIBUTOR)
        assert not afresh(cast.manager).has_perm("articles.publish_story")

    def test_cannot_be_added_to_by_groups_or_single_permissions(self, cast: Cast) -> None:
        cast.editor.user_permissions.set(Permission.objects.all())
        cast.editor.groups.set(Group.objects.all())
        assert afresh(cast.editor).get_all_permissions() == PERMISSIONS[Role.EDITOR]

    def test_is_worth_nothing_without_an_active_account(self, cast: Cast) -> None:
        cast.manager.is_active = False
        assert cast.manager.get_all_permissions() == set()
        assert not cast.manager.is_staff

    def test_says_nothing_about_single_objects(self, cast: Cast) -> None:
        assert not cast.manager.has_perm("articles.publish_story", obj=cast.editor)

    def test_is_nothing_strangers_have(self, db: None) -> None:
        assert AnonymousUser().get_all_permissions() == set()


class TestAdministrator:
    def test_is_no_superuser(self, cast: Cast) -> None:
        assert cast.administrator.is_superuser is False
        assert not cast.administrator.has_perm("articles.view_story")
        assert "is_superuser" not in {field.name for field in User._meta.get_fields()}
