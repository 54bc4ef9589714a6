"""Signing in by e-mail and password, and what a person's role then allows."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import Permission
from django.db.models import QuerySet

from accounts.models import User


class RoleBackend(AuthenticationBackend):
    """allauth's sign-in, with permissions from the group named after the person's role.

    Rows in ``groups`` and ``user_permissions`` grant nothing: what a person may do can be read off
    their role, and changes with it.
    """

    def _authenticate_by_email(self, email: str, password: str) -> AbstractBaseUser | None:
        """Look in our own table only.

        allauth also accepts addresses it has noted elsewhere, such as one that an administrator
        has since replaced.
        """
        person = User.objects.filter(email=email).first()
        return self._check_password(person, password)

    def _get_user_permissions(self, user_obj: User) -> QuerySet[Permission]:
        return Permission.objects.none()

    def _get_group_permissions(self, user_obj: User) -> QuerySet[Permission]:
        return Permission.objects.filter(group__name=user_obj.role)
