"""The demo's content holds together: everything named exists, and it is what a newsroom would print."""

import re
from datetime import UTC, datetime

import pytest

from articles.body.audit import audit
from articles.body.clean import clean
from articles.body.text import plain_text
from articles.demo import content
from articles.demo.artwork import DRAWINGS
from articles.demo.moments import moment
from articles.models.kinds import NOTED_CHANGES, ChangeKind, Kind, RemovalKind

PIECES = content.pieces()
SLUGS = {piece.slug for piece in PIECES}
READ = [piece for piece in PIECES if piece.fate in {"published", "scheduled", "taken_down"}]
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)

each_piece = pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.slug)
each_read_piece = pytest.mark.parametrize("piece", READ, ids=lambda piece: piece.slug)


def names(kind: str) -> set[str]:
    return {each.slug for each in content.site()[kind]}


class TestTheWhole:
    def test_is_large_and_varied_enough(self):
        published = [piece for piece in PIECES if piece.fate == "published"]
        assert len(published) >= 30
        assert {piece.section for piece in published} == names("sections")
        assert len(names("sections")) >= 6 and len(names("authors")) == 8 and len(names("topics")) >= 25
        assert {piece.kind for piece in published} == set(Kind.values)
        assert {piece.fate for piece in PIECES} == set(content.FATES)

    def test_shows_every_kind_of_change_and_removal_readers_meet(self):
        kinds = {change.kind for piece in PIECES for change in piece.changes}
        assert {"update", "clarification", "correction", "retraction"} <= kinds
        assert {piece.removal.kind for piece in PIECES if piece.removal} == {"legal", "error", "withdrawn"}

    def test_has_bylines_of_every_form(self):
        forms = {(min(2, len(piece.authors)), bool(piece.byline_label)) for piece in PIECES}
        assert {(0, False), (1, False), (2, False), (0, True)} <= forms

    def test_headlines_are_all_different_and_some_are_long(self):
        lengths = [len(piece.headline) for piece in PIECES]
        assert len({piece.headline for piece in PIECES}) == len(PIECES)
        assert max(lengths) > 110 and max(lengths) <= 200

    def test_every_topic_author_and_drawing_is_used(self):
        assert {topic for piece in PIECES for topic in piece.topics} == names("topics")
        assert {author for piece in PIECES for author in piece.authors} == names("authors")
        used = {piece.picture for piece in PIECES} | {name for piece in PIECES for name in piece.figures()}
        assert used - {""} == set(DRAWINGS)

    def test_every_picture_has_its_words(self):
        assert set(content.pictures()) == set(DRAWINGS)
        for words in content.pictures().values():
            assert 40 < len(words.alt) < 200 and words.caption and words.credit


class TestAStory:
    @each_piece
    def test_names_only_what_exists(self, piece):
        assert piece.section in names("sections")
        assert set(piece.topics) <= names("topics") and set(piece.authors) <= names("authors")
        assert {piece.picture} | set(piece.figures()) <= set(DRAWINGS) | {""}
        assert set(piece.links()) <= SLUGS - {piece.slug}
        assert piece.kind in Kind.values and piece.fate in content.FATES
        assert re.fullmatch(r"[a-z0-9-]{5,80}", piece.slug)

    @each_piece
    def test_links_lead_to_what_readers_could_read_by_then(self, piece):
        live = {
            each.slug
            for each in PIECES
            if each.fate == "published" and moment(each.at, NOW) < moment(piece.at, NOW)
        }
        assert set(piece.links()) <= live

    @each_piece
    def test_remarks_are_made_where_somebody_waits_for_them(self, piece):
        assert not piece.remarks or piece.fate in {"in_review", "changes_requested"}

    @each_read_piece
    def test_is_complete(self, piece):
        assert piece.standfirst and piece.topics and piece.body
        words = len(plain_text(clean(piece.body)).split())
        assert words >= (200 if piece.fate == "published" else 80)
        assert len(piece.standfirst) < 300

    @each_piece
    def test_the_cleaner_changes_nothing_but_its_figures_and_links(self, piece):
        keys = dict.fromkeys(DRAWINGS, "0" * 32)
        body = piece.body_with(keys)
        assert plain_text(clean(body)).split() == plain_text(body).split()
        for tag in ("table", "figure", "blockquote", "h2", "caption", "a href"):
            assert clean(body).count(f"<{tag}") == body.count(f"<{tag}"), tag
        unfinished = piece.fate == "draft" or piece.override != ""
        assert not audit(clean(body)).faults or unfinished
        assert "story:" not in body and "data-picture" not in body

    @each_piece
    def test_uses_typographic_quotation_marks(self, piece):
        text = plain_text(clean(piece.body)) + piece.headline + piece.standfirst
        assert not re.search(r"[\"']", text)

    @each_piece
    def test_happens_in_order(self, piece):
        times = [
            moment(piece.at, NOW),
            *(moment(change.at, NOW) for change in piece.changes if not change.waits),
        ]
        if piece.removal:
            times.append(moment(piece.removal.at, NOW))
        assert times == sorted(times)
        assert (times[0] > NOW) == (piece.fate == "scheduled")


class TestChanges:
    @each_piece
    def test_each_says_what_it_is_and_edits_something(self, piece):
        versions = piece.versions()
        assert len(versions) == len(piece.changes) + 1 and versions[-1] == piece
        for change, before, after in zip(piece.changes, versions, versions[1:], strict=False):
            assert change.kind in ChangeKind.values and before != after
            assert bool(change.note) == (change.kind in NOTED_CHANGES)

    def test_a_correction_takes_back_the_wrong_headline(self):
        northwold = next(piece for piece in PIECES if piece.slug == "northwold-parking-charges")
        assert "11,000" in northwold.versions()[0].headline
        assert "11,000" not in northwold.versions()[-1].headline

    def test_an_edit_that_fits_nowhere_is_an_error(self):
        text = (
            '+++\nheadline = "A"\nstandfirst = ""\nsection = "health"\nat = "2d 09:00"\n'
            '[[changes]]\nkind = "update"\nat = "1d 09:00"\nwas = "x"\nis = "y"\n+++\n<p>z</p>'
        )
        with pytest.raises(ValueError, match="stands not once"):
            content.piece("a", text).versions()

    @each_piece
    def test_a_removal_belongs_to_what_is_taken_down(self, piece):
        assert (piece.removal is not None) == (piece.fate == "taken_down")
        if piece.removal:
            assert piece.removal.kind in RemovalKind.values and piece.removal.note


class TestMoments:
    @pytest.mark.parametrize(
        ("told", "meant"),
        [
            ("2h", datetime(2026, 11, 23, 7, 30, tzinfo=UTC)),
            ("3d 07:30", datetime(2026, 11, 20, 7, 30, tzinfo=UTC)),
            ("+1d 06:00", datetime(2026, 11, 24, 6, 0, tzinfo=UTC)),
            ("120d 08:20", datetime(2026, 7, 26, 7, 20, tzinfo=UTC)),  # summer time in the newsroom
        ],
    )
    def test_are_told_from_the_day_of_seeding(self, told, meant):
        assert moment(told, NOW) == meant

    def test_anything_else_is_an_error(self):
        with pytest.raises(ValueError, match="not a time"):
            moment("yesterday", NOW)
