"""What a person is told of two versions, field by field."""

import re

import pytest

from articles.body.clean import clean
from articles.differences.difference import difference
from articles.differences.html import Picture, side, told
from tests.articles.differences.public import KEY, PICTURE, PUBLIC, with_

OTHER = "4a" * 16


def read(before: object, after: object) -> str:
    """The difference as plain signs: [-gone-] and {+come+}."""
    html = told(difference(before, after))  # type: ignore[arg-type]
    html = re.sub(r'<span class="difference-hidden">.*?</span>', "", html)
    html = html.replace("<del>", "[-").replace("</del>", "-]").replace("<ins>", "{+").replace("</ins>", "+}")
    return re.sub(r"</(?:h3|p)>", "\n", re.sub(r"<(?!/h3|/p)[^>]+>", "", html))


def bodies(before: str, after: str) -> str:
    return read({"body": clean(before)}, {"body": clean(after)})


class TestText:
    def test_a_word_is_marked_alone(self) -> None:
        assert "will meet on [-Monday-]{+Tuesday+}." in bodies(
            "<p>The council will meet on Monday.</p>", "<p>The council will meet on Tuesday.</p>"
        )

    def test_a_link_that_leads_elsewhere_says_so_under_the_same_words(self) -> None:
        said = bodies(
            '<p>See <a href="https://a.example/">the report</a>.</p>',
            '<p>See <a href="https://b.example/">the report</a>.</p>',
        )
        assert (
            "the report (the link led to [-https://a.example/-], now leads to {+https://b.example/+})."
            in said
        )

    def test_a_link_put_on_words_that_were_there(self) -> None:
        said = bodies("<p>See the report.</p>", '<p>See <a href="https://a.example/">the report</a>.</p>')
        assert "the report (now a link to {+https://a.example/+})" in said

    def test_new_words_say_where_their_link_leads(self) -> None:
        said = bodies("<p>See this.</p>", '<p>See this <a href="https://a.example/">long report</a>.</p>')
        assert "{+ long report (link to https://a.example/)+}" in said

    def test_formatting_is_told_in_words(self) -> None:
        assert "this (now {+bold+})" in bodies(
            "<p>See this now.</p>", "<p>See <strong>this</strong> now.</p>"
        )
        assert "(no longer [-italic-])" in bodies("<p>See <em>this</em> now.</p>", "<p>See this now.</p>")

    def test_a_paragraph_that_became_something_else(self) -> None:
        assert "Crosshead What changes (What it is: [-Paragraph-] {+Crosshead+})" in bodies(
            "<p>What changes</p>", "<h2>What changes</h2>"
        )
        assert "(What it is: [-Paragraph-] {+List item+})" in bodies(
            "<p>Forms</p>", "<ul><li>Forms</li></ul>"
        )
        assert "(What it is: [-Quotation-] {+Pull quote+})" in bodies(
            "<blockquote><p>At last.</p></blockquote>", "<blockquote class=pull><p>At last.</p></blockquote>"
        )

    def test_lists_that_are_joined(self) -> None:
        said = bodies("<ul><li>a</li></ul><ul><li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>")
        assert "(Begins: [-a list, table or quotation of its own-])" in said

    def test_a_cell_that_became_a_heading_or_wider(self) -> None:
        cells = "<tr><td>One</td><td>Two</td></tr><tr><td>3</td><td>4</td></tr>"
        heads = cells.replace("<td>One</td><td>Two</td>", "<th>One</th><th>Two</th>")
        assert "[-Table cell-] {+Table heading+}" in bodies(
            f"<table>{cells}</table>", f"<table>{heads}</table>"
        )
        wide = cells.replace("<td>One</td><td>Two</td>", "<td colspan=2>One</td>")
        assert "(Columns: {+2+})" in bodies(f"<table>{cells}</table>", f"<table>{wide}</table>")

    def test_spaces_and_line_breaks_are_named(self) -> None:
        assert "10[-space-]{+no-break space+}km" in bodies(
            "<p>It is 10 km off.</p>", "<p>It is 10\xa0km off.</p>"
        )
        assert "one[-line break-]{+space+}two" in bodies("<p>one<br>two</p>", "<p>one two</p>")

    def test_a_paragraph_moved_in_front_is_one_gone_and_one_come(self) -> None:
        said = bodies("<p>First here.</p><p>Second there.</p>", "<p>Second there.</p><p>First here.</p>")
        assert said.count("[-") == said.count("{+") == 1

    def test_what_is_the_same_far_from_a_change_is_folded(self) -> None:
        many = "".join(f"<p>Paragraph {number} stays.</p>" for number in range(20))
        html = told(difference({"body": clean(many)}, {"body": clean(many + "<p>New.</p>")}))
        assert "<summary>19 lines are the same</summary>" in html
        shorter = told(
            difference({"body": clean(many)}, {"body": clean(many + "<p>New.</p>")}), keep_same=False
        )
        assert "19 lines are the same" in shorter
        assert "Paragraph 3 stays" not in shorter

    def test_a_sentence_written_anew_is_no_confetti(self) -> None:
        said = read(
            {"headline": "The mayor goes at once"}, {"headline": "Nobody in the county pays for bins"}
        )
        assert (said.count("[-"), said.count("{+")) == (1, 1)


class TestPictures:
    @pytest.mark.parametrize(
        ("name", "new", "words"),
        [
            ("alt", "A hall at noon", "Alternative text A[- town-] hall at [-dusk-]{+noon+}"),
            ("caption", "The old hall.", "Caption The{+ old+} hall."),
            ("credit", "Council", "Credit Council[- archive-]"),
            ("focal", [50, 20], "Centre of the crop 50 across, [-50-]{+20+} down"),
            ("width", 640, "Size [-800-]{+640+} × 500"),
            ("decorative", True, "A town hall at dusk (Decorative: {+yes+})"),
            ("key", OTHER, f"Picture [-{KEY}-]{{+{OTHER}+}}"),
        ],
    )
    def test_everything_about_a_lead_picture(self, name: str, new: object, words: str) -> None:
        assert words in read(PUBLIC, with_(lead={**PICTURE, name: new}))

    def test_a_picture_swapped_under_the_same_words(self) -> None:
        swapped = PUBLIC["body"].replace(KEY, OTHER)
        assert f"Picture [-{KEY}-]{{+{OTHER}+}}" in read(PUBLIC, with_(body=swapped))

    def test_are_told_by_what_people_know_them_by(self) -> None:
        pictures = {KEY: Picture("The hall", "/small/hall.jpg"), OTHER: Picture("The <bridge>")}
        changes = difference(PUBLIC, with_(lead={**PICTURE, "key": OTHER}))
        before, after = (side(changes[0], which, pictures=pictures) for which in ("before", "after"))
        small = '<img src="/small/hall.jpg" alt="" loading="lazy">The hall'
        for html in (told(changes, pictures=pictures), before):
            assert small in html
        for html in (told(changes, pictures=pictures), after):
            assert "The &lt;bridge&gt;" in html
        assert not any(key in told(changes, pictures=pictures) for key in (KEY, OTHER))

    def test_one_that_nobody_knows_is_told_by_its_key(self) -> None:
        changes = difference(PUBLIC, with_(lead={**PICTURE, "key": OTHER}))
        assert OTHER in told(changes, pictures={KEY: Picture("The hall")})


class TestOtherFields:
    def test_come_in_the_order_a_manager_checks_and_unknown_ones_last(self) -> None:
        after = with_(public_note="Sorry.", headline="New", something_new=1, format=2, slug="new")
        labels = [change.label for change in difference(PUBLIC, after)]
        assert labels == ["Headline", "Address", "Note to readers", "Format", "Something new"]

    def test_the_order_of_a_byline(self) -> None:
        people = PUBLIC["byline"]["people"]
        said = read(PUBLIC, with_(byline={"people": people[::-1], "label": ""}))
        assert said.count("[-Ada Quill, Managing Editor-]") + said.count("[-Zoe Ink-]") == 1

    def test_a_person_of_the_same_name(self) -> None:
        ada, zoe = PUBLIC["byline"]["people"]
        said = read(PUBLIC, with_(byline={"people": [{**ada, "slug": "ada-quill-2"}, zoe], "label": ""}))
        assert "Ada Quill, Managing Editor (Address: [-ada-quill-] {+ada-quill-2+})" in said

    def test_a_job_title(self) -> None:
        ada, zoe = PUBLIC["byline"]["people"]
        said = read(PUBLIC, with_(byline={"people": [{**ada, "job_title": "Editor"}, zoe], "label": ""}))
        assert "Ada Quill,[- Managing-] Editor" in said

    def test_a_label_in_place_of_people(self) -> None:
        assert "Label {+Industry Voice+}" in read(
            PUBLIC, with_(byline={"people": [], "label": "Industry Voice"})
        )

    def test_codes_are_told_in_words(self) -> None:
        names = {"kind": {"news": "News", "opinion": "Opinion"}}
        html = told(difference(PUBLIC, with_(kind="opinion"), names=names))
        assert "News" in html
        assert "Opinion" in html

    def test_what_shows_nothing_is_told_to_the_letter(self) -> None:
        assert "To the letter [-null-]{+[]+}" in read(with_(topics=None), with_(topics=[]))

    def test_some_can_be_left_out(self) -> None:
        after = with_(headline="New", format=2)
        assert [c.name for c in difference(PUBLIC, after, leave_out={"format"})] == ["headline"]


class TestMarkup:
    def test_says_in_words_what_the_marks_show(self) -> None:
        html = told(difference({"headline": "Nine stores become one"}, {"headline": "Ten stores become one"}))
        assert '<del><span class="difference-hidden">removed: </span>Nine' in html
        assert '<ins><span class="difference-hidden">added: </span>Ten' in html

    def test_escapes_everything(self) -> None:
        bad = "<script>alert('x')</script>"
        after = dict.fromkeys(PUBLIC, bad) | {bad: {bad: bad}, "byline": {"people": [], "label": bad}}
        changes = difference(PUBLIC, after)
        for html in (told(changes), *(side(change, "after") for change in changes)):
            assert "<script" not in html

    def test_either_side_can_stand_alone(self) -> None:
        [change] = difference({"body": "<p>One two.</p>"}, {"body": "<p>One three.</p><p>More.</p>"})
        assert "different: </span>two</mark>." in side(change, "before")
        assert "different: </span>three</mark>." in side(change, "after")
        assert "More" not in side(change, "before")
