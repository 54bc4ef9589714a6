"""Bodies as archives hold them, made into bodies of ours."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.body.clean import clean
from articles.importing.convert import convert
from articles.importing.residue import residue
from tests.given import articles


def md(body: str, **more: str) -> str:
    return convert(body, "md", **more).html


class TestMarkdown:
    def test_makes_the_parts_of_a_body(self):
        assert md(
            "# One\n\nTwo **three** [four](https://example.org/).\n\n* a\n* b\n\n> c\n\n```js\nif (x) {\n```\n"
        ) == (
            '<h2>One</h2>\n<p>Two <strong>three</strong> <a href="https://example.org/">four</a>.</p>\n'
            "<ul><li>a</li><li>b</li></ul>\n<blockquote><p>c</p></blockquote>\n<pre><code>if (x) {</code></pre>"
        )

    def test_reads_tables(self):
        assert md("| A | B |\n|---|---|\n| 1 | **2** |") == (
            '<table><thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'
            "<tbody><tr><td>1</td><td><strong>2</strong></td></tr></tbody></table>"
        )

    def test_reads_footnotes(self):
        html = md("One[^a].\n\n[^a]: The note.")
        assert html == "<p>One<sup>[1]</sup>.</p>\n<hr>\n<ol><li>The note.</li></ol>"

    @pytest.mark.parametrize(
        ("body", "html"),
        [
            ("##Tight", "<h2>Tight</h2>"),
            ("## Named {#its-name}", "<h2>Named</h2>"),
            ("<p>In **HTML** [x](http://example.org)</p>", None),
            ("See [x](https://example.org){.ext}", '<p>See <a href="https://example.org">x</a></p>'),
            ("_Loose _", "<p><em>Loose</em></p>"),
            ("**Bold:**text", "<p><strong>Bold:</strong>text</p>"),
            ("<div>\n**Bold**\n</div>", "<p><strong>Bold</strong></p>"),
            ("Dear <full name>, hello", "<p>Dear &lt;full name&gt;, hello</p>"),
            ("One~~gone~~ two", "<p>One two</p>"),
        ],
    )
    def test_puts_odd_markdown_straight(self, body: str, html: str | None):
        made = md(body + "\n\nText.").removesuffix("\n<p>Text.</p>")
        assert made == html if html else "<strong>HTML</strong> <a" in made

    def test_levels_of_crossheads_begin_at_the_top(self):
        assert md("### A\n\nx\n\n##### B\n\ny\n\n### C\n\nz").count("<h2>") == 2
        assert md("#### A\n\nx\n\n## B\n\ny").startswith("<h2>A</h2>")

    def test_leaves_out_a_crosshead_that_repeats_the_title(self):
        assert md("# The Title\n\nText", title="The title") == "<p>Text</p>"

    def test_leaves_out_a_crosshead_with_nothing_after_it(self):
        assert md("Text\n\n## Screenshots\n\n![x](y.png)") == "<p>Text</p>"


class TestLinks:
    def test_within_the_old_site_become_words_or_lead_there(self):
        assert md("[x](/a/b) [y](../c)") == "<p>x y</p>"
        assert (
            md("[x](/a/b)", base="https://example.org/z/") == '<p><a href="https://example.org/a/b">x</a></p>'
        )

    def test_within_the_page_lead_to_crossheads_that_are_there(self):
        assert md("[x](#part-one) [y](#gone)\n\n## Part one\n\nz").startswith(
            '<p><a href="#part-one">x</a> y</p>'
        )


class TestHugo:
    def test_pictures_go_and_captions_that_say_something_stay(self):
        body = (
            'A\n\n{{< legacy-img src="x.jpg" alt="y" caption="Photo/Stock" >}}\n\n'
            '{{< img src="z" caption="%s" >}}\n\nB'
        )
        says = "Staff of the agency show the new service to readers."
        converted = convert(body % says, "md")
        assert converted.html == f"<p>A</p>\n<p>{says}</p>\n<p>B</p>"
        assert "2 pictures were left out" in converted.warnings

    def test_links_to_other_pages_become_words(self):
        assert md(
            'See [this]({{< ref "2014-01-01-x.md" >}} "It \'s") and [that][1].\n\n[1]: {{< ref "y.md" >}}'
        ) == ("<p>See this and that.</p>")

    @pytest.mark.parametrize(
        ("shortcode", "html"),
        [
            (
                '{{< youtube id="abc" title="How" >}}',
                '<a href="https://www.youtube.com/watch?v=abc">Video: How</a>',
            ),
            ('{{< tweet user="a" id="1" >}}', '<a href="https://twitter.com/a/status/1">Post by @a</a>'),
            ('{{< button href="https://example.org/" text="Go" >}}', '<a href="https://example.org/">Go</a>'),
            ("{{< box >}} **Learn** more {{< /box >}}", "<strong>Learn</strong> more"),
            ('{{% note "x" %}}Mind the gap{{% /note %}}', "Mind the gap"),
            (
                '{{< quote-block text="Said so" cite="Ada" >}}',
                "<blockquote><p>Said so</p><p>— Ada</p></blockquote>",
            ),
            ('{{< strange text="Words" >}}', "Words"),
        ],
    )
    def test_shortcodes_leave_their_words(self, shortcode: str, html: str):
        assert html in md(f"Before\n\n{shortcode}\n\nAfter")


class TestJekyllAndNunjucks:
    def test_literals_addresses_and_variables(self):
        assert md('[x]({{ "/about/" | url }}) {{ page.title }}[y]({{site.baseurl}}/z)') == "<p>x y</p>"

    def test_figures_and_screenshots_leave_what_says_something(self):
        figure = '{{ appFigure({ image: { file: "a.png" }, caption: "Start" }) }}'
        says = "We found that people needed more."
        screenshot = '{ text: "One", img: { src: "1.png" }, caption: "' + says + '" }'
        screenshots = "{{ appScreenshots({\n  items: [" + screenshot + "]\n}) }}"
        body = f"{{% from 'x' import y %}}\n\n{figure}\n\n{screenshots}\n\nText"
        assert md(body) == "<p>We found that people needed more.</p>\n<p>Text</p>"

    def test_screenshots_alone_leave_their_labels(self):
        assert md('{{ appScreenshots({ items: [{ text: "Start page" }, { text: "Next" }] }) }}') == (
            "<p>Start page</p>\n<p>Next</p>"
        )

    def test_an_email_is_quoted(self):
        html = md('{{ appEmail({\n  subject: "Hello",\n  content: "\n\nDear {you},\n\n- one\n"\n}) }}')
        assert html.startswith("<blockquote><p><strong>Subject: Hello</strong></p><p>Dear {you},</p><ul>")

    def test_needs_from_elsewhere_go_with_their_crosshead(self):
        body = "A\n\n## User needs\n\n{{ appUserNeeds({ items: collections['x'] | slugs(tags)}) }}\n\n## Work\n\nB"
        assert md(body) == "<p>A</p>\n<h2>Work</h2>\n<p>B</p>"

    def test_raw_means_what_stands_there(self):
        assert md("Use `{% raw %}{{ x }}{% endraw %}` here") == "<p>Use <code>{{ x }}</code> here</p>"

    def test_code_samples_are_left_alone(self):
        assert (
            md("Use `{{ x }}`\n\n```\n{% if y %}\n```")
            == "<p>Use <code>{{ x }}</code></p>\n<pre><code>{% if y %}</code></pre>"
        )

    def test_comments_loops_and_front_matter_go(self):
        body = (
            "---\ntitle: x\nlayout: y\n---\nA {# b #}{% comment %}c{% endcomment %}<!-- d -->"
            "{% for e in f %}{{ e }}{% endfor %}"
        )
        assert md(body) == "<p>A</p>"

    def test_kramdown_lists_of_attributes_go(self):
        assert md("A\n{: .lead}\n\n* TOC\n{:toc}\n\nB") == "<p>A</p>\n<p>B</p>"


class TestEmbedded:
    def test_players_become_links(self):
        html = '<iframe title="A talk" src="//www.youtube.com/embed/x" width="5"></iframe><video src="https://e.org/v.mp4"></video>'
        assert convert(html, "html").html == (
            '<p><a href="https://www.youtube.com/embed/x">A talk</a></p>\n'
            '<p><a href="https://e.org/v.mp4">Video: see it there</a></p>'
        )


class TestPlainText:
    def test_makes_paragraphs_without_the_dateline(self):
        assert convert("Friday, May 3, 2019\xa0\n\n\nOne & two.\n\n\nThree.", "text").html == (
            "<p>One &amp; two.</p>\n<p>Three.</p>"
        )

    def test_knows_lists_crossheads_and_speakers(self):
        assert convert("((WN))  Why?\n\nSources\n\n- a\n- b", "text").html == (
            "<p><strong>WN:</strong> Why?</p>\n<h2>Sources</h2>\n<ul><li>a</li><li>b</li></ul>"
        )

    def test_markup_stays_as_it_was_typed(self):
        assert convert("2 < 3 <b>x</b>", "text").html == "<p>2 &lt; 3 &lt;b&gt;x&lt;/b&gt;</p>"


class TestResidue:
    @pytest.mark.parametrize(
        "text", ["**a**", "[a](b)", "## a", "{{ a }}", "{% a %}", "{:.a}", "&amp;nbsp;", "&lt;p&gt;"]
    )
    def test_is_found(self, text: str):
        assert residue(f"<p>Words {text} words</p>")

    def test_is_not_looked_for_in_code(self):
        assert residue("<p>Use <code>{{ x }}</code></p><pre><code>**</code></pre>") == []


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "{{",
                "}}",
                "{%",
                "%}",
                "<",
                ">",
                "[",
                "](",
                ")",
                "**",
                "`",
                "\n",
                "\n\n",
                "# ",
                "- ",
                "> ",
                "a b",
                '"',
                "{#",
                "#}",
                "{:",
                "}",
                "{{<",
                ">}}",
                "<p>",
                "</p>",
                "|",
                "[^1]",
                "---",
                "raw",
                "\ue003",
                "1",
                "\ue004",
            ]
        ),
        max_size=30,
    ).map("".join),
    st.sampled_from(["md", "text", "html"]),
)
def test_whatever_comes_is_a_clean_body(body: str, kind: str) -> None:
    html = convert(body, kind).html
    assert clean(html) == html


def test_real_articles_show_no_raw_markup() -> None:
    """Some; the drill takes all of them, through the site."""
    left = {}
    for record in articles()[::25]:
        converted = convert(record["body"], record["format"], title=record["title"])
        assert converted.html, record["path"]
        assert clean(converted.html) == converted.html
        if found := residue(converted.html):
            left[record["path"]] = found
    assert left == {}
