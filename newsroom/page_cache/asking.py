"""Reads from a request which public page it asks for, and makes of it the one request that stands for all like it.

What decides is the path, and of the query what the page said it depends on. Nothing else of a request reaches the
page that is kept: no cookie, no header, no parameter that nobody asked for, so that nobody can plant anything in it.
"""

from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import get_path_info
from django.http.request import split_domain_port, validate_host
from django.urls import Resolver404, resolve

from articles import public_pages
from newsroom.access import BEGAN

type Environ = dict[str, Any]

#: Longer ones are answered, but neither kept nor looked for.
LONGEST_PATH, LONGEST_QUERY, MOST_PARAMETERS = 400, 1000, 50

#: Hosts, and addresses with what is asked of them, that a process remembers: it forgets all when it knows more.
_MOST_HOSTS, _MOST_PAGES = 50, 20_000


class Question(NamedTuple):
    """The page asked for; two requests with equal keys are answered alike."""

    key: str
    path: str
    query: str
    found: "Found"


class Found(NamedTuple):
    """What is known of an address: the parameters that its page depends on, and the names of what it shows."""

    parameters: frozenset[str]
    surrogates: str


class Asking:
    """Remembers what the addresses of pages that are there ask for, so that a kept page costs no look at the routes."""

    def __init__(self) -> None:
        self._hosts: set[str] = set()
        self._pages: dict[str, Found] = {}

    def question(self, environ: Environ) -> Question | None:
        """What is asked for; None where it is no public page, or where Django has to say more than the page."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not self._may_be_answered(environ):
            return None
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        found = self._pages.get(path) or _found(environ, path)
        if found is None:
            return None
        if query:
            kept = _canonical(query, found.parameters)
            if kept is None:
                return None
            query = kept
        return Question(f"{path}?{query}" if query else path, path, query, found)

    def remember(self, question: Question) -> None:
        """Note the address of a page that is there."""
        if len(self._pages) >= _MOST_PAGES:
            self._pages.clear()
        self._pages[question.path] = question.found

    def _may_be_answered(self, environ: Environ) -> bool:
        """Whether the host is one of ours, and no redirect to https is due: else Django says so."""
        host = environ.get("HTTP_HOST", "")
        if host not in self._hosts:
            if not _is_ours(host) or environ.get("SCRIPT_NAME"):
                return False
            if len(self._hosts) >= _MOST_HOSTS:
                self._hosts.clear()
            self._hosts.add(host)
        return not settings.SECURE_SSL_REDIRECT or is_secure(environ)


def is_secure(environ: Environ) -> bool:
    """As Django finds it: by the header of a trusted proxy, else by the connection."""
    trusted = settings.SECURE_PROXY_SSL_HEADER
    if trusted and (said := environ.get(trusted[0])) is not None:
        return bool(said.split(",", 1)[0].strip() == trusted[1])
    return bool(environ.get("wsgi.url_scheme") == "https")


def plain(environ: Environ, question: Question) -> Environ:
    """The request that stands for all that ask the same: whoever asked first, this is what Django is asked."""
    port = environ.get("SERVER_PORT", "80")
    host = urlsplit(settings.SITE_URL).netloc
    if not _is_ours(host):
        host = environ["HTTP_HOST"]
    scheme = "https" if is_secure(environ) else "http"
    came_in = {BEGAN: environ[BEGAN]} if BEGAN in environ else {}
    return {
        **came_in,
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": question.path,
        "QUERY_STRING": question.query,
        "SERVER_NAME": environ.get("SERVER_NAME", "localhost"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": environ.get("SERVER_PROTOCOL", "HTTP/1.1"),
        "REMOTE_ADDR": environ.get("REMOTE_ADDR", ""),
        "HTTP_HOST": host,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": environ.get("wsgi.errors"),
        "wsgi.multithread": environ.get("wsgi.multithread", True),
        "wsgi.multiprocess": environ.get("wsgi.multiprocess", True),
        "wsgi.run_once": False,
    }


def _found(environ: Environ, path: str) -> Found | None:
    if len(path) > LONGEST_PATH:
        return None
    try:
        match = resolve(get_path_info(environ))
    except Resolver404:
        return None
    public = public_pages.of(match.func)
    return Found(public.parameters, public.keys_at(match.kwargs)) if public else None


def _canonical(query: str, parameters: frozenset[str]) -> str | None:
    """What the page depends on, in one order; the last of several, as Django takes it. None: let Django say no."""
    if len(query) > LONGEST_QUERY:
        return None
    try:
        said = parse_qsl(_text(query), keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        return None
    asked = {name: value for name, value in said if name in parameters}
    if any("\0" in value for value in asked.values()):
        return None
    return urlencode(sorted(asked.items()))


def _text(query: str) -> str:
    """As Django reads what was sent without being %-escaped: UTF-8, else Latin-1."""
    try:
        return query.encode("latin-1").decode()
    except UnicodeDecodeError:
        return query


def _is_ours(host: str) -> bool:
    domain, _ = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
