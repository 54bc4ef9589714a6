"""The real front page with a proposed arrangement, now or at a time to come. For staff only, and kept nowhere."""

from datetime import datetime

from django.contrib.admin import AdminSite
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from articles.admin.front_page import allowed, nowhere
from articles.admin.front_proposal import NoProposal, read, slots
from articles.admin.local_time import LocalTimeField
from articles.admin.preview import POLICY, for_the_desk
from articles.desk import front_page
from articles.models import Edition, Section, Story
from articles.views import front
from articles.views.front_lines import LinesOf
from articles.views.pages import page


@require_safe
@never_cache
@xframe_options_sameorigin
@csp_override(POLICY)
def preview_view(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    user, now = allowed(request), timezone.now()
    try:
        proposal = read(request.GET, slots(Section.objects.all()))
        at = _moment(request.GET.get("on", ""), now)
    except NoProposal as fault:
        return nowhere(request, site, str(fault))
    seen = Story.objects.visible_to(user).has("story_id")
    # What is not out yet is shown only to those who may know of it.
    live = Edition.objects.live(at).filter(Q(published_at__lte=now) | seen)
    placements = [
        each for each in front_page.placements_of(proposal.picks) if not each.until or each.until > at
    ]
    response = page("articles/front.html", front.gaps(LinesOf(live), placements, at))
    response.content = for_the_desk(response.text)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _moment(text: str, now: datetime) -> datetime:
    """When it is to be seen: a time to come, or by default now."""
    if not text:
        return now
    try:
        at = LocalTimeField().clean(text)
    except ValidationError as fault:
        raise NoProposal("This address names no time.") from fault
    return max(at, now)
