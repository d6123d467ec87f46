"""Organisations, people, accounts and roles."""

from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import DatedRow, LedgerRow, Region, never_twice
from hengliang.platform.core.rights import REGIONAL, Actor, Role
from hengliang.platform.core.search import search_index


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own organisations, and those in the regions over which one holds a role.

        Verification bodies are public: everybody with an account sees them, to be able to apply.
        """
        if actor.has(Role.ADMINISTRATOR):
            return self
        if actor.account_id is None:
            return self.none()
        own = actor.organisations(Role)
        return self.filter(
            models.Q(pk__in=own) | models.Q(is_verification_body=True) | models.Q(region_id__in=actor.regions())
        )


class Organisation(LedgerRow):
    """A legal person or sole trader. Names and addresses are dated; the present ones are kept beside for lists."""

    changing = frozenset({"name", "name_en", "region_id", "search_text"})

    credit_code = models.CharField(_("unified social credit code"), max_length=18, unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    is_verification_body = models.BooleanField(default=False)
    is_market = models.BooleanField(default=False)
    search_text = models.TextField(editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        indexes = [search_index("organisation_search"), models.Index(fields=["region"], name="org_region")]
        verbose_name = _("organisation")

    def __str__(self) -> str:
        return self.name


class OrganisationVersion(DatedRow):
    """What an organisation is called and where it is, from a day on."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="versions")
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    address = models.CharField(_("address"), max_length=300, blank=True)
    contact = models.CharField(_("contact person"), max_length=100, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)

    class Meta:
        constraints = [never_twice("organisation_once", "organisation_id")]

    def __str__(self) -> str:
        return self.name


class OrganisationSuccession(LedgerRow):
    """One organisation takes over from another on a day (merger, split, change of form)."""

    predecessor = models.ForeignKey(Organisation, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organisation, models.PROTECT, related_name="successions_of")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")), name="succession_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Person(LedgerRow):
    """A person who works with measurement: verifier, contact, assessor."""

    name = models.CharField(_("name"), max_length=100)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="people")

    class Meta:
        verbose_name = _("person")

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    """Accounts are made by invitation (`invitation_accept`) or by the administrator."""

    def create_user(self, username: str, email: str, password: str | None = None, **fields: object) -> "Account":
        """An account with an unusable password unless one is given."""
        account = self.model(username=username, email=self.normalize_email(email), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A way to log in, for one person."""

    username = models.CharField(_("user name"), max_length=100, unique=True)
    email = models.EmailField(_("e-mail"), unique=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="accounts")
    language = models.CharField(max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    objects = AccountManager()

    class Meta:
        verbose_name = _("account")

    def __str__(self) -> str:
        return self.person.name if self.person else self.username


class RoleAssignment(DatedRow):
    """A role of an account at an organisation, or over a region, from a day until a day."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="roles")
    role = models.CharField(max_length=32, choices=Role)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="roles")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="role_reaches_something",
                condition=models.Q(role=Role.ADMINISTRATOR)
                | models.Q(role__in=sorted(REGIONAL), region__isnull=False)
                | models.Q(organisation__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.role}"


class Invitation(LedgerRow):
    """An offer of a role, sent by e-mail; only the hash of its token is kept."""

    changing = frozenset({"accepted_by_id"})

    email = models.EmailField()
    token_sha256 = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=32, choices=Role)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.email}: {self.role}"


class SavedFilter(models.Model):
    """A list's filters that an account keeps under a name."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="saved_filters")
    table = models.CharField(max_length=64)
    name = models.CharField(max_length=100)
    query = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "table", "name"], name="saved_filter_once")]

    def __str__(self) -> str:
        return self.name


class ApiToken(LedgerRow):
    """A key for programs: acts as its account, within its scopes, until its day. Only its hash is kept."""

    changing = frozenset({"revoked_at"})

    class Scope(models.TextChoices):
        """What a token may do at most; the account's own rights bound it further."""

        READ = "read", _("Read only")
        WRITE = "write", _("Read and act")

    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    name = models.CharField(_("name"), max_length=100)
    sha256 = models.CharField(max_length=64, unique=True)
    scope = models.CharField(max_length=8, choices=Scope)
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("token")

    def __str__(self) -> str:
        return self.name
