"""What every page prints of the site itself, whichever view it comes from."""

from django import template
from django.utils import timezone

from articles import navigation
from articles.views.dates import written

register = template.Library()
register.simple_tag(navigation.sections, name="sections")


@register.simple_tag
def today() -> str:
    return written(timezone.now())


@register.simple_tag
def this_year() -> str:
    """Give the year of the newsroom's calendar, as the archive's address writes it."""
    return f"{timezone.localtime():%Y}"
