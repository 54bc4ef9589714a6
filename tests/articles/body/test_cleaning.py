"""What the cleaner keeps, mends and drops, case by case."""

import pytest

from articles.body.clean import clean

KEY = "0123456789abcdef0123456789abcdef"


class TestParagraphs:
    def test_wraps_words_that_stand_alone(self):
        assert clean("Hello <b>world</b>") == "<p>Hello <strong>world</strong></p>"

    def test_drops_empty_ones(self):
        assert clean("<p>One</p><p> &nbsp;<br></p><p>Two</p>") == "<p>One</p>\n<p>Two</p>"

    def test_splits_at_two_breaks_and_keeps_one(self):
        assert clean("<p>One<br><br>Two<br>Three</p>") == "<p>One</p>\n<p>Two<br>Three</p>"

    def test_white_space_is_one_space(self):
        assert clean("<p>  One\n\t two\xa0 three </p>") == "<p>One two three</p>"

    def test_keeps_a_no_break_space_only_beside_a_figure(self):
        assert clean("<p>10\xa0km of\xa0road</p>") == "<p>10&nbsp;km of road</p>"

    def test_is_empty_for_nothing(self):
        assert clean("<p></p>") == clean("  ") == clean("<div><br></div>") == ""


class TestMarks:
    def test_merges_neighbours_and_moves_spaces_out(self):
        assert (
            clean("<p><b>One </b><strong>two </strong>three</p>") == "<p><strong>One two</strong> three</p>"
        )

    def test_has_one_order(self):
        expected = '<p><a href="/x"><strong><em>word</em></strong></a></p>'
        assert clean('<p><i><b><a href="/x">word</a></b></i></p>') == expected
        assert clean('<p><a href="/x"><i><b>word</b></i></a></p>') == expected

    def test_keeps_the_words_of_what_it_does_not_know(self):
        assert (
            clean("<p><u>One</u> <font color=red>two</font> <blink>three</blink></p>")
            == "<p>One two three</p>"
        )

    def test_drops_bold_from_crossheads(self):
        assert clean("<h2><b>Part <i>one</i></b></h2>") == "<h2>Part <em>one</em></h2>"


class TestCrossheads:
    @pytest.mark.parametrize(("given", "kept"), [(1, 2), (2, 2), (3, 3), (4, 3), (6, 3)])
    def test_have_two_levels(self, given: int, kept: int):
        assert clean(f"<h{given}>Part</h{given}>") == f"<h{kept}>Part</h{kept}>"

    def test_drops_empty_ones(self):
        assert clean("<h2> <br></h2><p>Text</p>") == "<p>Text</p>"

    def test_become_bold_lines_where_only_lines_fit(self):
        assert clean("<ul><li><h3>Part</h3></li></ul>") == "<ul><li><strong>Part</strong></li></ul>"


class TestLinks:
    @pytest.mark.parametrize(
        "href",
        [
            "https://example.org/a?b=c",
            "http://example.org",
            "mailto:news@example.org",
            "tel:+441632960000",
            "/about/",
            "#part",
        ],
    )
    def test_keeps(self, href: str):
        assert clean(f'<a href="{href}">x</a>') == f'<p><a href="{href}">x</a></p>'

    @pytest.mark.parametrize(
        "href",
        [
            "javascript:alert(1)",
            "java\tscript:alert(1)",
            "JAVASCRIPT&colon;alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "//example.org",
            "/\\example.org",
            "\\\\example.org",
            "https:/\\example.org",
            "https://name:word@example.org",
            "https://[",
            "http://",
            "relative/path",
            "file:///etc/passwd",
            "",
        ],
    )
    def test_takes_off_but_leaves_the_words(self, href: str):
        assert clean(f'<a href="{href}">x</a>') == "<p>x</p>"

    def test_makes_addresses_printable(self):
        assert (
            clean("<a href='https://example.org/a b?\"c'>x</a>")
            == '<p><a href="https://example.org/a%20b?%22c">x</a></p>'
        )

    def test_adds_what_a_bare_host_lacks(self):
        assert clean('<a href="www.example.org">x</a>') == '<p><a href="https://www.example.org">x</a></p>'

    def test_never_opens_windows(self):
        assert "target" not in clean('<a href="/x" target="_blank" rel="opener">x</a>')


class TestLists:
    def test_keeps_numbers(self):
        assert clean('<ol start="4"><li><p>Four</p></li></ol>') == '<ol start="4"><li>Four</li></ol>'

    def test_puts_a_stray_list_into_the_item_before(self):
        assert (
            clean("<ul><li>One</li><ul><li>Two</li></ul></ul>")
            == "<ul><li>One<ul><li>Two</li></ul></li></ul>"
        )

    def test_keeps_paragraphs_of_long_items(self):
        assert clean("<ul><li><p>One</p><p>Two</p></li></ul>") == "<ul><li><p>One</p><p>Two</p></li></ul>"

    def test_makes_typed_bullets_items(self):
        assert clean("<p>• One</p><p>•\xa0Two</p>") == "<ul><li>One</li><li>Two</li></ul>"

    def test_is_not_deeper_than_a_reader_follows(self):
        assert clean("<ul><li>x" * 20).count("<ul>") == 5


class TestQuotes:
    def test_knows_pull_quotes(self):
        html = '<blockquote class="pull"><p>Said so</p></blockquote>'
        assert clean(html) == html

    def test_drops_other_classes(self):
        assert (
            clean('<blockquote class="twitter"><p>Said so</p></blockquote>')
            == "<blockquote><p>Said so</p></blockquote>"
        )


class TestFigures:
    def test_keeps_a_picture_of_ours_with_its_words(self):
        html = (
            f'<figure class="figure"><img src="/x.jpg" alt="A bus" data-file="{KEY}" onload="x">'
            '<figcaption class="c">The <b>bus</b></figcaption></figure>'
        )
        assert clean(html) == (
            f'<figure><img data-file="{KEY}" alt="A bus"><figcaption>The <strong>bus</strong></figcaption></figure>'
        )

    def test_drops_a_foreign_one_whole(self):
        assert (
            clean('<p>a</p><figure><img src="https://example.org/x.jpg"><figcaption>c</figcaption></figure>')
            == "<p>a</p>"
        )

    @pytest.mark.parametrize(
        "key", ["12", KEY.upper(), KEY + "0", f"{KEY}\n", 'x" onload="1', "javascript:1"]
    )
    def test_needs_a_key(self, key: str):
        assert clean(f"<figure><img data-file='{key}' alt=''></figure>") == ""

    def test_puts_a_bare_picture_into_a_figure_of_its_own(self):
        assert clean(f'<p>a <img data-file="{KEY}"> b</p>') == (
            f'<p>a</p>\n<figure><img data-file="{KEY}" alt=""></figure>\n<p>b</p>'
        )

    def test_lets_one_in_a_list_follow_it(self):
        assert clean(f'<ul><li>a<figure><img data-file="{KEY}"></figure></li></ul>') == (
            f'<ul><li>a</li></ul>\n<figure><img data-file="{KEY}" alt=""></figure>'
        )


class TestTables:
    def test_tells_head_from_body(self):
        assert clean(
            "<table><tr><td></td><th>A</th><th>B</th></tr><tr><th>x</th><td>1</td><td>2</td></tr></table>"
        ) == (
            '<table><thead><tr><td></td><th scope="col">A</th><th scope="col">B</th></tr></thead>'
            '<tbody><tr><th scope="row">x</th><td>1</td><td>2</td></tr></tbody></table>'
        )

    def test_fills_short_rows_and_cuts_spans(self):
        assert clean(
            '<table><tr><td rowspan="9">a</td><td>b</td></tr><tr></tr><tr><td>c</td></tr></table>'
        ) == ('<table><tbody><tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>')

    def test_keeps_the_caption(self):
        html = "<table><caption>Spending</caption><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"
        assert clean(html) == html

    def test_unwraps_a_table_that_is_only_layout(self):
        assert (
            clean("<table><tr><td><h2>Part</h2><p>Text</p></td></tr></table>") == "<h2>Part</h2>\n<p>Text</p>"
        )


class TestCode:
    def test_keeps_lines_and_drops_marks(self):
        assert clean("<pre>\n  a\n<b>  b</b>  \n\n</pre>") == "<pre><code>  a\n  b</code></pre>"


class TestTheRest:
    @pytest.mark.parametrize(
        "name", ["script", "style", "iframe", "svg", "template", "noscript", "object", "textarea"]
    )
    def test_leaves_nothing_of(self, name: str):
        assert "alert" not in clean(f"<p>a</p><{name}>alert(1)</{name}><p>b</p>")

    def test_rules_part_passages(self):
        assert clean("<hr><p>a</p><hr><hr><p>b</p><hr>") == "<p>a</p>\n<hr>\n<p>b</p>"

    def test_terms_are_bold_lines(self):
        assert (
            clean("<dl><dt>Term</dt><dd>Meaning</dd></dl>") == "<p><strong>Term</strong></p>\n<p>Meaning</p>"
        )

    def test_takes_out_what_html_forbids(self):
        assert (
            clean("<p>a\x00\x0b\ufeff\u200b\ud800\ufffe&#0;&#x1;b</p>").replace("\ufffd", "") == "<p>ab</p>"
        )
