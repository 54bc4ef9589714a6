"""The texts of the gallery: one that holds everything a text can hold, and words too long for their place."""

LONG = (
    "Council leaders ask ministers to publish every decision on interdepartmental correspondence, "
    "whatever it cost, before the reorganisation ends"
)
WORD = "Unverantwortlichkeitsvermutungsregelungen"
ARABIC, HEBREW = "ليلى الحداد", "נעמה לוי־כהן"
HEADLINE = "Fernwick puts fifty years of planning decisions on line"
STANDFIRST = "Every decision since 1974 can be searched from Monday; the paper files stay where they are."
NOTE = "An earlier version gave the cost as £4 million a year. It is £4 million over ten years."
PARAGRAPH = (
    "<p>The register opens to everybody on Monday, and <a href='https://example.org/register/'>what it holds</a> "
    "goes back to 1974. Officers counted 41,200 decisions, half of them on paper until the spring, and each now has "
    "an address of its own that the council promises to keep.</p>"
)
PLACES = ("Fernwick", "Aldmoor", "Hythe")
ROUND_UP = "".join(f"<h2>{place} opens its register</h2>{PARAGRAPH}" for place in PLACES)
ROUND_UP += f"<hr><h3>Also</h3>{PARAGRAPH}"

_QUOTED = (
    "<p>We ought to have done this when the maps were drawn, not after the last who drew them had gone.</p>"
)
_PULLED = "<p>Each now has an address of its own that the council promises to keep</p>"
_LISTS = (
    "<ul><li>Decisions since 1974</li><li>Maps<ul><li>Drawn</li><li>Printed</li></ul></li></ul>"
    "<ol><li>Look for the street</li><li>Read the decision, and what was said at the hearing</li></ol>"
)
_MARKS = (
    "<p>H<sub>2</sub>O, 10<sup>3</sup>, <code>register.csv</code>, <strong>strong</strong> and <em>stressed</em>.</p>"
    "<pre><code>GET /register/decisions/41200/ and a line that goes on for longer than any screen is wide "
    "and then for as long again</code></pre>"
    f"<p>https://example.org/{'a-very-long-address-' * 8}</p>"
)


def everything(figure: str, bare_figure: str) -> str:
    """The text with all a text can hold; the figures are given, one with caption and credit and one without."""
    narrow = _table("Decisions on line, by authority", ["Decisions"], ["<td>41,200</td>"] * 3)
    wide = _table(
        "The same, by year",
        [f"Year {year}" for year in range(2017, 2026)],
        ["".join(f"<td>{count:,}</td>" for count in range(41_200, 41_209))] * 3,
    )
    return PARAGRAPH.join(
        [
            "",
            "<h2>What it holds</h2>",
            figure,
            f"<blockquote class='pull'>{_PULLED}</blockquote>",
            f"<blockquote>{_QUOTED}{_QUOTED}</blockquote>",
            f"<h3>In short</h3>{_LISTS}{narrow}",
            f"{wide}{bare_figure}<hr>{_MARKS}",
            "",
        ]
    )


def _table(caption: str, heads: list[str], rows: list[str]) -> str:
    head = "".join(f"<th scope='col'>{name}</th>" for name in heads)
    body = "".join(
        f"<tr><th scope='row'>{place}</th>{cells}</tr>" for place, cells in zip(PLACES, rows, strict=True)
    )
    return (
        f"<table><caption>{caption}</caption>"
        f"<thead><tr><th scope='col'>Authority</th>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
