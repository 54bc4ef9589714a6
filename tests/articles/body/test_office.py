# ruff: noqa: E501  (a clipboard as it comes)
"""What Word and Google Docs put on the clipboard comes out as what its writer meant."""

from articles.body.clean import clean

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0cm; font-family:"Calibri"} --></style>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]--></head>
<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment-->
<h1 style='margin-top:12.0pt'><span style='mso-fareast-font-family:"Times New Roman"'>Council to sell offices<o:p></o:p></span></h1>
<p class=MsoNormal><b style='mso-bidi-font-weight:normal'><span lang=EN-US style='font-size:11.0pt'>The council</span></b>
<span style='mso-spacerun:yes'>&nbsp;</span>will sell <i>both</i> offices for £4<span style='mso-spacerun:yes'>\xa0</span>million.<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;
</span></span></span><![endif]>Town hall<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>o<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;</span></span><![endif]>East wing<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span><![endif]>Depot<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>3.<span>&nbsp;</span>
</span><![endif]>Third point</p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse'><tr style='mso-yfti-irow:0'>
<td width=301 style='width:225.4pt'><p class=MsoNormal>Year<o:p></o:p></p></td><td><p class=MsoNormal>Cost</p></td></tr></table>
<p class=MsoNormal><img width=20 src="file:///C:/Users/x/clip_image002.png" v:shapes="Picture_x0020_1"></p>
<!--EndFragment--></body></html>"""

DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-7d1c"><h1 dir="ltr" style="line-height:1.38">
<span style="font-size:20pt;font-weight:400;font-style:normal">Council to sell offices</span></h1>
<p dir="ltr"><span style="font-weight:700;font-style:normal;white-space:pre-wrap">The council</span><span
style="font-weight:400;"> will sell </span><span style="font-weight:400;font-style:italic;">both</span><span> offices.</span></p><br />
<ul style="margin-top:0"><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span style="font-weight:400">Town hall</span></p></li>
<ul><li dir="ltr" aria-level="2"><p dir="ltr"><span>East wing</span></p></li></ul><li aria-level="1"><p><span>Depot</span></p></li></ul>
<p><a href="https://example.org/" style="text-decoration:none;"><span style="color:#1155cc;text-decoration:underline">Source</span></a>
H<span style="font-size:0.6em;vertical-align:sub;">2</span>O</p><span><img src="https://lh7.example.com/docsz/x" width="602"></span></b>"""


def test_word() -> None:
    assert clean(WORD) == (
        "<h2>Council to sell offices</h2>\n"
        "<p><strong>The council</strong> will sell <em>both</em> offices for £4&nbsp;million.</p>\n"
        "<ul><li>Town hall<ul><li>East wing</li></ul></li><li>Depot</li></ul>\n"
        '<ol start="3"><li>Third point</li></ol>\n'
        "<table><tbody><tr><td>Year</td><td>Cost</td></tr></tbody></table>"
    )


def test_google_docs() -> None:
    assert clean(DOCS) == (
        "<h2>Council to sell offices</h2>\n"
        "<p><strong>The council</strong> will sell <em>both</em> offices.</p>\n"
        "<ul><li>Town hall<ul><li>East wing</li></ul></li><li>Depot</li></ul>\n"
        '<p><a href="https://example.org/">Source</a> H<sub>2</sub>O</p>'
    )


def test_word_on_the_web_leaves_its_bullets_as_text() -> None:
    assert clean('<p class="MsoListParagraph">·\xa0\xa0 Town hall</p><p>·  Depot</p>') == (
        "<ul><li>Town hall</li><li>Depot</li></ul>"
    )
