"""The sentence beside the button that somebody agrees to by pressing it, in every version there ever was.

A consent names the version it was given to. A version is never changed or taken out: whoever words it anew adds one.
"""

VERSIONS: dict[int, str] = {
    1: (
        "By pressing the button I ask for these e-mails. I can change what I get, or leave, at any time by a link in "
        "every one of them; my address is erased 28 days after I leave."
    ),
}

CURRENT = max(VERSIONS)
