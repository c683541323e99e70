from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from maillage.access.roles import Role
from maillage.territories.models import Territory


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str = "", password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), name=name, **fields)
        user.set_password(password)  # None makes it unusable: the person signs in by mailed link
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person with an account: a professional address and a name, nothing else."""

    email = models.EmailField("adresse électronique", unique=True)
    name = models.CharField("nom", max_length=120, blank=True)
    is_active = models.BooleanField("compte ouvert", default=True)
    created_at = models.DateTimeField("créé le", default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = "personne"
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="user_email_once", violation_error_message="Cette adresse a déjà un compte."
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def role_in(self, territory_id: int) -> Role | None:
        """The person's role there, read once a request; None for a stranger or a closed account."""
        known: dict[int, Role | None] = self.__dict__.setdefault("_roles", {})
        if territory_id not in known:
            role = Membership.objects.open().filter(user=self, territory_id=territory_id).values_list("role", flat=True)
            self.remember_role(territory_id, role.first())
        return known[territory_id]

    def remember_role(self, territory_id: int, role: str | None) -> None:
        """Keeps a role that a query has just brought, for the rest of the request."""
        self.__dict__.setdefault("_roles", {})[territory_id] = Role(role) if role and self.is_active else None


class MembershipQuerySet(models.QuerySet["Membership"]):
    def open(self) -> "MembershipQuerySet":
        return self.filter(ended_at=None)


class Membership(models.Model):
    """One person in one territory, with one role."""

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="memberships", verbose_name="territoire")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name="personne")
    role = models.CharField("rôle", max_length=20, choices=Role)
    started_at = models.DateTimeField("depuis", default=timezone.now)
    ended_at = models.DateTimeField("jusqu’à", null=True, blank=True)
    invited_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="invitation de"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "accès"
        verbose_name_plural = "accès"
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "user"],
                condition=models.Q(ended_at=None),
                name="membership_one_open",
                violation_error_message="Cette personne a déjà accès à cet espace.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"


class Invitation(models.Model):
    """A letter that lets somebody in: sent to one address, for one role, good for a few days and one use."""

    membership = models.OneToOneField(Membership, models.CASCADE, related_name="invitation", verbose_name="accès")
    sent_at = models.DateTimeField("envoyée le", default=timezone.now)
    expires_at = models.DateTimeField("valable jusqu’au")
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)
    serial = models.PositiveIntegerField("envoi", default=1)

    class Meta:
        verbose_name = "invitation"

    def __str__(self) -> str:
        return f"Invitation de {self.membership.user}"

    @property
    def territory_id(self) -> int:
        return self.membership.territory_id
