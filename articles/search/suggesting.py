"""Did you mean: another spelling, where what was typed finds nothing."""

from datetime import datetime

from django.db.models import Q
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from articles.models.search import SearchWord
from articles.search.engine import engine
from articles.search.finding import Filters
from articles.search.query import LONGEST, parse
from articles.search.terms import STOP_WORDS, words


def suggestion(typed: str, filters: Filters, *, now: datetime) -> str:
    """What was typed with the unknown words put right, if readers would find something by it; else nothing.

    Words of drafts were never learnt, and words of what is scheduled or gone find nothing.
    """
    text, parts, done = typed[:LONGEST], list[str](), 0
    for word in words(text):
        if better := _better(word.form):
            parts += [text[done : word.start], better]
            done = word.end
    if not done:
        return ""
    suggested = "".join([*parts, text[done:]])
    query = parse(suggested)
    found = query and engine().newest(query, filters.marks(), filters.range(), now=now, limit=1)
    return suggested if found else ""


def _better(form: str) -> str:
    """The most similar word that is known: one slip away, from six letters on two."""
    if len(form) < 4 or form in STOP_WORDS or SearchWord.objects.filter(word=form).exists():
        return ""
    slips = 1 if len(form) < 6 else 2
    alike = Q(word__startswith=form[0]) | Q(word__endswith=form[-3:])
    known = SearchWord.objects.filter(alike).values_list("word", flat=True).order_by("word")
    best = process.extractOne(form, list(known), scorer=DamerauLevenshtein.distance, score_cutoff=slips)
    return best[0] if best else ""
