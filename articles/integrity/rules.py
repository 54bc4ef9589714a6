"""What the database itself refuses, written once for both vendors as SQL conditions over NEW.

The threat model: every way in that uses the application's own role (the ORM, raw SQL, a shell). The owner of the
database can drop a trigger; `readyz` and `doctor` notice that.
"""

#: Tables whose rows are written once. An edition's end may still move, a withholding may be lifted; nothing else.
APPEND_ONLY = {
    "articles_edition": ("superseded_at",),
    "articles_revision": (),
    "articles_storyevent": (),
    "articles_address": (),
    "articles_withholding": ("lifted_at", "lifted_by_id", "public_note"),
    "articles_redaction": (),
    "articles_dailyroot": (),
    "articles_arrangement": (),
    "articles_placement": (),
    "articles_licencechange": (),
    "articles_pageversion": (),
    "articles_pageaddress": (),
}

#: Words of the record that a `redact` may blank: for each table the column that keeps the hash, and those with words.
REDACTABLE: dict[str, tuple[str, tuple[str, ...]]] = {
    "articles_revision": ("hash", ("public",)),
    "articles_edition": (
        "content_hash",
        (
            "content",
            "headline",
            "standfirst",
            "kicker",
            "byline",
            "topics",
            "lead",
            "search_headline",
            "social_headline",
            "corrections",
            "public_note",
            "reason",
        ),
    ),
    "articles_storyevent": ("hash", ("note", "details", "refusal")),
}


def words_of(table: str) -> tuple[str, ...]:
    """The columns of a table in which words may be blanked."""
    return REDACTABLE[table][1] if table in REDACTABLE else ()


def not_redacted(table: str, column: str, digest: str) -> str:
    """That no redaction allows this column's new text, whose SHA-256 is what the SQL `digest` gives."""
    kept, _ = REDACTABLE[table]
    return f"""NOT EXISTS (
    SELECT 1 FROM articles_redaction r
    WHERE r.table_name = '{table}' AND r.row_id = OLD.id AND r.column_name = '{column}'
      AND r.kept_hash = OLD.{kept} AND r.text_hash = {digest}
      AND NOT EXISTS (
        SELECT 1 FROM articles_redaction n
        WHERE n.table_name = r.table_name AND n.row_id = r.row_id AND n.column_name = r.column_name
          AND n.id > r.id))"""  # noqa: S608  (nothing in it comes from outside)


_REVISION_MATCHES = """EXISTS (
    SELECT 1 FROM articles_revision r
    WHERE r.id = NEW.revision_id AND r.story_id = NEW.story_id
      AND r.hash = NEW.content_hash AND r.public = NEW.content)"""

_ADDRESS_IS_OURS = """EXISTS (
    SELECT 1 FROM articles_address a WHERE a.slug = NEW.slug AND a.story_id = NEW.story_id)"""

# Cancelled editions (empty range) were never read, so they don't settle who contributed.
_LAST_PUBLISHED_NUMBER = """COALESCE((
    SELECT MAX(pr.number) FROM articles_edition p JOIN articles_revision pr ON pr.id = p.revision_id
    WHERE p.story_id = NEW.story_id AND p.superseded_at > p.published_at
      AND p.published_at < NEW.published_at), 0)"""

_APPROVED_BY_ANOTHER = f"""EXISTS (
    SELECT 1 FROM articles_storyevent e JOIN articles_revision r ON r.id = e.revision_id
    WHERE e.id = NEW.approval_id AND e.act = 'approve' AND e.refusal = '' AND e.actor_id IS NOT NULL
      AND e.story_id = NEW.story_id AND e.revision_id = NEW.revision_id AND e.revision_hash = NEW.content_hash
      AND NOT EXISTS (
        SELECT 1 FROM articles_revision c
        WHERE c.story_id = NEW.story_id AND c.saved_by_id = e.actor_id
          AND c.number <= r.number AND c.number > {_LAST_PUBLISHED_NUMBER}))"""  # noqa: S608  (nothing in it comes from outside)

_REASON_ON_RECORD = """EXISTS (
    SELECT 1 FROM articles_storyevent e
    WHERE e.id = NEW.approval_id AND e.act = 'publish_unreviewed' AND e.refusal = '' AND e.actor_id IS NOT NULL
      AND e.note <> '' AND e.story_id = NEW.story_id AND e.revision_id = NEW.revision_id)"""

_FIRST_AND_BY_NOBODY = """(
    NOT EXISTS (SELECT 1 FROM articles_edition p WHERE p.story_id = NEW.story_id)
    AND NOT EXISTS (
        SELECT 1 FROM articles_revision c WHERE c.story_id = NEW.story_id AND c.saved_by_id IS NOT NULL))"""

_SAME_TEXT_WAS_PUBLISHED = """EXISTS (
    SELECT 1 FROM articles_edition p
    WHERE p.story_id = NEW.story_id AND p.revision_id = NEW.revision_id AND p.origin <> 'removal'
      AND p.superseded_at > p.published_at AND p.published_at < NEW.published_at)"""

_A_REMOVAL_ENDS_HERE = """EXISTS (
    SELECT 1 FROM articles_edition p
    WHERE p.story_id = NEW.story_id AND p.origin = 'removal' AND p.superseded_at = NEW.published_at
      AND p.superseded_at > p.published_at)"""

_NOT_HELD = """(NEW.origin = 'removal' OR NOT EXISTS (
    SELECT 1 FROM articles_storyevent h
    WHERE h.story_id = NEW.story_id AND h.act = 'hold' AND h.refusal = ''
      AND NOT EXISTS (
        SELECT 1 FROM articles_storyevent l
        WHERE l.story_id = h.story_id AND l.act = 'lift_hold' AND l.refusal = '' AND l.number > h.number)))"""

#: Condition that must hold for a new edition, and the words of the refusal.
EDITION_RULES = (
    ("edition_prints_its_revision", _REVISION_MATCHES, "an edition prints exactly what its revision says"),
    ("edition_has_its_address", _ADDRESS_IS_OURS, "an edition needs an address of its own story"),
    (
        "edition_two_people",
        f"""(
    (NEW.origin = 'reviewed' AND {_APPROVED_BY_ANOTHER})
    OR (NEW.origin = 'unreviewed' AND {_REASON_ON_RECORD})
    OR (NEW.origin = 'imported' AND {_FIRST_AND_BY_NOBODY})
    OR (NEW.origin = 'removal' AND {_SAME_TEXT_WAS_PUBLISHED})
    OR (NEW.origin = 'reinstated' AND {_SAME_TEXT_WAS_PUBLISHED} AND {_A_REMOVAL_ENDS_HERE}))""",
        "an edition needs the approval of somebody who did not write it",
    ),
    ("edition_not_held", _NOT_HELD, "a story on hold gets no edition"),
)

_ITS_ROW = " OR ".join(
    f"""(NEW.table_name = '{table}' AND EXISTS (
      SELECT 1 FROM {table} t
      WHERE t.id = NEW.row_id AND t.story_id = e.story_id AND t.{kept} = NEW.kept_hash))"""  # noqa: S608
    for table, (kept, _) in REDACTABLE.items()
)

_ACT_ON_RECORD = f"""EXISTS (
    SELECT 1 FROM articles_storyevent e
    WHERE e.id = NEW.event_id AND e.act = 'redact' AND e.refusal = '' AND e.note <> '' AND e.actor_id IS NOT NULL
      AND ({_ITS_ROW}))"""  # noqa: S608

#: For each table what must hold for a new row, by name and with the words of the refusal.
INSERT_RULES = {
    "articles_edition": EDITION_RULES,
    "articles_redaction": (
        ("redaction_has_its_act", _ACT_ON_RECORD, "a redaction needs an act on record, of the same story"),
    ),
}

OVERLAP = """EXISTS (
    SELECT 1 FROM articles_edition o
    WHERE o.story_id = NEW.story_id AND o.id <> NEW.id
      AND o.published_at < NEW.superseded_at AND NEW.published_at < o.superseded_at
      AND o.published_at < o.superseded_at AND NEW.published_at < NEW.superseded_at)"""
