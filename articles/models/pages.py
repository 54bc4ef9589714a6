"""Pages of the title: what it says of itself, such as About and Privacy. Readers' pages read these rows."""

from django.db import models


class Purpose(models.TextChoices):
    """What a page is for, where machines or other pages of ours want to link to it."""

    ABOUT = "about", "About us"
    CONTACT = "contact", "Contact"
    PRIVACY = "privacy", "Privacy"
    ACCESSIBILITY = "accessibility", "Accessibility statement"
    CORRECTIONS = "corrections", "Corrections policy"
    STANDARDS = "standards", "Editorial standards"
    SECURITY = "security", "How to report a security problem"


#: What a title should have before the public reads it.
WANTED = (Purpose.ABOUT, Purpose.CONTACT, Purpose.PRIVACY, Purpose.ACCESSIBILITY, Purpose.CORRECTIONS)


class PageQuerySet(models.QuerySet["Page"]):
    def public(self) -> "PageQuerySet":
        """What readers may see."""
        return self.filter(is_public=True)


class Page(models.Model):
    """A page of the title, as readers have it now. Changed by articles.desk.pages only, which keeps every version.

    `html` is what the renderer made of `body`. A page that is not public stands for readers nowhere.
    """

    title = models.CharField(max_length=120)
    slug = models.CharField(max_length=80, unique=True, help_text="The page's address: /…/")
    body = models.TextField(blank=True)
    html = models.TextField(blank=True, editable=False)
    description = models.CharField(
        max_length=200,
        blank=True,
        help_text="One sentence for search engines and share cards. Empty: the page's first words.",
    )
    purpose = models.CharField(
        max_length=16,
        choices=Purpose,
        blank=True,
        help_text="What machines and other pages know it as. Each purpose has one page.",
    )
    in_footer = models.BooleanField("in the footer", default=True)
    order = models.PositiveSmallIntegerField(default=0, help_text="Place in the footer, lowest first.")
    is_public = models.BooleanField("readers can see it", default=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(null=True, editable=False)

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = "page"
        constraints = [
            models.UniqueConstraint(
                fields=["purpose"], condition=~models.Q(purpose=""), name="a_purpose_has_one_page"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/{self.slug}/"


class PageAddress(models.Model):
    """An address that readers once had a page at: it leads to that page for ever, and never to another."""

    slug = models.CharField(max_length=80, unique=True)
    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="addresses")

    def __str__(self) -> str:
        return self.slug
