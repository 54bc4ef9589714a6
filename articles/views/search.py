"""Search: a form that is the whole of its address, and what it finds."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models.editions import Edition
from articles.prepared import Prepared
from articles.public_pages import public_page
from articles.search import finding
from articles.search.finding import Found
from articles.search.hits import Hit
from articles.search.patience import TooLongError
from articles.search.query import Query, parse
from articles.search.snippets import highlighted, snippet
from articles.search.suggesting import suggestion
from articles.views.cards import card
from articles.views.lines import FIELDS, Line, line
from articles.views.pages import page
from articles.views.search_form import RELEVANCE, SearchForm
from articles.views.search_markup import Result, results

#: A place in the results: a document's number has at most 19 digits and a sign.
_LONGEST_PLACE = 20
_LAST_PAGE = finding.RANKED // finding.PAGE_SIZE


@public_page("q", "section", "topic", "author", "from", "to", "sort", "page", "before", keys=("lists",))
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    form = SearchForm(request.GET, now=now)
    if not form.is_valid():
        return page("articles/search.html", {"form": form}, status=400)
    query = parse(form.cleaned_data["q"])
    context: dict[str, Any] = {"form": form, "is_asked": bool(form.cleaned_data["q"]), "query": query}
    if query:
        try:
            context |= _answered(request, form, query, now)
        except TooLongError:
            return page("articles/search.html", {**context, "takes_too_long": True}, status=422)
    return page("articles/search.html", context)


def _answered(request: HttpRequest, form: SearchForm, query: Query, now: datetime) -> dict[str, Any]:
    found = _find(request, form, query, now)
    answer = _told(form, found) | {"results": results(_results(found.hits, query, now))}
    if not found.hits:
        answer["suggested"] = _suggested(form, now)
    return answer


def _find(request: HttpRequest, form: SearchForm, query: Query, now: datetime) -> Found:
    filters = form.filters()
    if form.cleaned_data["sort"] == RELEVANCE:
        number = _whole(request.GET.get("page", "1"))
        if not 1 <= number <= _LAST_PAGE:
            raise Http404("There is no such page.")
        found = finding.by_relevance(query, filters, now=now, page=number)
        first = number == 1
    else:
        before = request.GET.get("before")
        place = None if before is None else _whole(before)
        found = finding.by_date(query, filters, now=now, before=place)
        first = place is None
    if not found.hits and not first:
        raise Http404("Nothing more was found.")
    return found


def _whole(text: str) -> int:
    if len(text) > _LONGEST_PLACE or not text.removeprefix("-").isdecimal() or not text.isascii():
        raise Http404("There is no such page.")
    number = int(text)
    if abs(number) >= 2**63:
        raise Http404("There is no such page.")
    return number


def _told(form: SearchForm, found: Found) -> dict[str, Any]:
    """How much was found, and the addresses of the pages around."""
    way = "page" if form.cleaned_data["sort"] == RELEVANCE else "before"
    is_first = way not in form.data
    older = f"?{urlencode([*form.asked(), (way, found.following)])}" if found.following else ""
    count = "" if found.count is None else _count(found.count)
    first = "" if is_first else f"?{urlencode(form.asked())}"
    return {"count": count, "first_url": first, "older_url": older}


def _count(count: int) -> str:
    if count > finding.COUNTED:
        return f"{finding.COUNTED:,}+ stories"
    return "1 story" if count == 1 else f"{count:,} stories"


def _results(hits: Sequence[Hit], query: Query, now: datetime) -> list[Result]:
    keys = [hit.edition_id for hit in hits]
    if not keys:
        return []
    rows = _hit(len(keys))(now=now, **{f"key{number}": key for number, key in enumerate(keys)})
    found = {key: _result(line(fields), text, query, now) for key, text, *fields in rows}
    return [found[key] for key in keys if key in found]


@cache
def _hit(count: int) -> Prepared:
    """The lines of so many editions, each after its key and its text."""

    def build(now: datetime, **keys: int) -> QuerySet[Any, Any]:
        found = Edition.objects.live(now).filter(pk__in=[*keys.values()])
        return found.values_list("pk", "rendering__text", *FIELDS)

    return Prepared(build, now=datetime, **{f"key{number}": int for number in range(count)})


def _result(found: Line, text: str, query: Query, now: datetime) -> Result:
    said = snippet(text, query)
    headline = highlighted(found.headline, query)
    return Result(card(found, now), headline, said or highlighted(found.standfirst, query))


def _suggested(form: SearchForm, now: datetime) -> dict[str, str] | None:
    better = suggestion(form.cleaned_data["q"], form.filters(), now=now)
    if not better:
        return None
    limits = [(name, value) for name, value in form.asked() if name != "q"]
    return {"words": better, "url": f"?{urlencode([('q', better), *limits])}"}
