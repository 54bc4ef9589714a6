"""What the database itself refuses, written once for both vendors as SQL conditions over NEW.

The threat model: every way in that uses the application's own role (the ORM, raw SQL, a shell). The owner of the
database can drop a trigger; `readyz` and `doctor` notice that.
"""

#: Tables whose rows are written once. An edition's end may still move; nothing else may.
APPEND_ONLY = {
    "articles_edition": ("superseded_at",),
    "articles_revision": (),
    "articles_storyevent": (),
    "articles_address": (),
}

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

OVERLAP = """EXISTS (
    SELECT 1 FROM articles_edition o
    WHERE o.story_id = NEW.story_id AND o.id <> NEW.id
      AND o.published_at < NEW.superseded_at AND NEW.published_at < o.superseded_at
      AND o.published_at < o.superseded_at AND NEW.published_at < NEW.superseded_at)"""
