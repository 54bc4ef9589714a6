"""How each kind of cache wants to be told what to drop: another kind is another line."""

from dataclasses import dataclass

from articles.public_pages import KEYS


@dataclass(frozen=True)
class Style:
    method: str
    #: The header that holds the token, and how it is written there.
    token: tuple[str, str]
    #: The header, and what it says, by which a page may still be given away while it is made anew.
    soft: tuple[str, str]

    def headers(self, keys: str, *, token: str, hard: bool) -> dict[str, str]:
        said = {KEYS: keys}
        if token:
            name, form = self.token
            said[name] = form.format(token)
        if not hard:
            said.update([self.soft])
        return said


STYLES = {
    # As deploy/varnish.vcl reads it.
    "varnish": Style("PURGE", ("Authorization", "Bearer {}"), ("Soft-Purge", "1")),
    # https://www.fastly.com/documentation/reference/api/purging/
    "fastly": Style("POST", ("Fastly-Key", "{}"), ("Fastly-Soft-Purge", "1")),
}

#: One that can be told nothing, and learns what was taken by being asked for it (`renewing`).
NGINX = "nginx"

KINDS = (*STYLES, NGINX)
