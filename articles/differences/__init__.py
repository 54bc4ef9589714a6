"""What two public dicts say differently, word by word, complete, in bounded time and told in safe HTML.

`difference.difference(before, after)` compares, `html.told(…)` writes. Neither knows a model, so that the desk and
readers' pages say the same. It is empty if, and only if, both dicts have the same canonical JSON.

The markup, for whoever styles it (`static/differences/difference.css` does):

    .difference             one field that differs, a section with its name in a heading
    .difference-about       a sentence about what follows, where that does not speak for itself
    .difference-lines       its lines: paragraphs, crossheads, items, cells, or named facts
    .difference-line        one of them; with -same, -gone, -come or -changed
    .difference-place       what a line is, where it is no plain paragraph: "Crosshead", "Alternative text"
    ins, del                words put in and taken out; each begins and ends with .difference-hidden words that say so
    .difference-restyled    words that stay, while their formatting or their link does not
    .difference-link        words that are a link
    .difference-note        what no mark can show, in words: where a link leads, what became of a paragraph
    .difference-hidden      words for those who cannot see the marks
    details.difference-fold lines that are the same, folded away
"""
