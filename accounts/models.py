"""Staff accounts."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.addresses import AddressField, normalise
from accounts.attempts import Attempt
from accounts.roles import Role

__all__ = ["Attempt", "Role", "User"]


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a person; without a password they can sign in only after an invitation or a reset."""
        if not email:
            raise ValueError("A person needs an e-mail address.")
        user = self.model(email=normalise(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an administrator: `createsuperuser` is how the first one comes to be."""
        return self.create_user(email, password, **{"role": Role.ADMINISTRATOR, **fields})

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A member of staff, who signs in by e-mail.

    The role alone says what a person may do; nobody is above the table of roles, so there are no
    superusers. People are never deleted, because the record of a story names them: one who
    leaves is deactivated. Readers have no account.
    """

    # Takes away the column; Django's permission checks read it as plain false.
    is_superuser = False

    email = AddressField(
        "e-mail address",
        unique=True,
        error_messages={"unique": "Somebody already signs in with this e-mail address."},
    )
    name = models.CharField(max_length=150, help_text="As colleagues know them.")
    role = models.CharField(max_length=20, choices=Role, default=Role.CONTRIBUTOR)
    is_active = models.BooleanField(
        "active",
        default=True,
        help_text="Untick when somebody leaves. They are signed out at once; their work stays.",
    )
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    signed_out_at = models.DateTimeField("signed out everywhere at", null=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        default_permissions = ("view", "add", "change")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="person_email_is_lower_case"
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="person_role_is_known"),
        )

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """Everyone who may sign in works here; what they see in the admin is their role's affair."""
        return self.is_active

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ", 1)[0]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Tie sessions to role and standing too, so that losing either ends them all at once.

        ``signed_out_at`` keeps them ended when role or standing is given back.
        """
        return salted_hmac(
            "accounts.models.User.session",
            f"{self.password}\n{self.role}\n{self.is_active}\n{self.signed_out_at}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()
