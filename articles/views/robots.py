"""robots.txt: what search engines need not look at, and where they find everything else."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from articles.answers import for_machines
from articles.public_pages import public_page

#: Not for search engines. That keeps nobody out: what is secret is guarded where it stands.
CLOSED = ("/admin/", "/accounts/", "/preview/")


@public_page()
@require_safe
def robots(request: HttpRequest) -> HttpResponseBase:
    closed = [f"Disallow: {path}" for path in CLOSED]
    maps = [f"Sitemap: {settings.SITE_URL}/{name}" for name in ("sitemap.xml", "news-sitemap.xml")]
    lines = ["User-agent: *", *closed, "", *maps, ""]
    return for_machines(request, "\n".join(lines).encode(), "text/plain; charset=utf-8")
