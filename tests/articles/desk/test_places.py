"""Every column in which a story keeps words is one that `redact` goes through, or is named here with the reason."""

from django.apps import apps
from django.db.models import CharField, JSONField, TextField

from articles.desk.places import PLACES
from articles.models import Edition, Story

#: Addresses, keys, hashes and codes: nobody reads words in them. A rendering is made anew from its edition.
NO_WORDS = {
    "articles.story": {"slug", "related"},
    "articles.edition": {"slug", "related", "content_hash", "redirect_to"},
    "articles.revision": {"hash"},
    "articles.storyevent": {"act", "revision_hash", "previous_hash", "hash"},
    "articles.address": {"slug"},
    "articles.rendering": {"html", "text"},
    "articles.followup": {"name"},
    "articles.previewlink": {"token_hash"},
    "articles.importedstory": {"source", "path", "licence"},
    "alerts.notice": {"key", "details"},
}


def columns_of_words() -> dict[str, set[str]]:
    """Text columns of stories, and of every table of ours whose rows belong to a story or an edition."""
    found = {}
    for model in apps.get_models():
        fields = model._meta.concrete_fields
        owned = model is Story or any(field.related_model in {Story, Edition} for field in fields)
        if not owned or model._meta.app_label not in {"articles", "alerts"}:
            continue
        texts = {f.name for f in fields if isinstance(f, CharField | TextField | JSONField) and not f.choices}
        if texts:
            found[model._meta.label_lower] = texts
    return found


def gone_through() -> dict[str, set[str]]:
    found = {}
    for place in PLACES:
        columns = {*place.lines, *place.bodies, *place.values, *place.publics}
        found[place.rows(Story(pk=0)).model._meta.label_lower] = columns
    return found


def test_no_column_of_words_is_left_out() -> None:
    redacted = gone_through()
    left = {
        label: missing
        for label, columns in columns_of_words().items()
        if (missing := columns - redacted.get(label, set()) - NO_WORDS.get(label, set()))
    }
    assert left == {}
