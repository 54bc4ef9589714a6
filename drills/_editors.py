"""Editors at work, over HTTP: each has a story of their own and saves it again and again, and knows what was taken."""

import http.client
import re
import threading
import time
from collections import Counter
from typing import Any
from urllib.parse import urlencode

TOKEN = "k" * 32

_SEEN = re.compile(r'name="seen" value="(\d+)"')


class Editor(threading.Thread):
    """Signed in as `person` says: a session, the address of a story's form, and what the form holds."""

    def __init__(self, port: int, person: dict[str, Any], *, every: float) -> None:
        super().__init__()
        self.port, self.person, self.every = port, person, every
        self.form = dict(person["form"])
        self.statuses: Counter[str] = Counter()
        self.times: list[float] = []
        #: Headlines that were saved, as the server said; and since the last of them those of which nobody can tell.
        self.saved: list[str] = []
        self.unanswered: list[str] = []
        self._done = threading.Event()

    def stop(self) -> None:
        self._done.set()

    def run(self) -> None:
        number = 0
        while not self._done.wait(self.every):
            number += 1
            self.save(f"{self.person['name']}, save {number}")

    def save(self, headline: str) -> None:
        self.form["headline"] = headline
        began = time.monotonic()
        try:
            status = self._ask("POST", urlencode(self.form | {"csrfmiddlewaretoken": TOKEN}, doseq=True))[0]
        except (OSError, http.client.HTTPException) as fault:
            status = 0
            self.statuses[type(fault).__name__] += 1
        else:
            self.statuses[str(status)] += 1
        self.times.append(time.monotonic() - began)
        if status == 302:
            self.saved.append(headline)
            self.unanswered.clear()
            self.form["seen"] = int(self.form["seen"]) + 1
        else:
            self.unanswered.append(headline)
            self._look()

    def _look(self) -> None:
        """Open the form again, as somebody does who is not sure."""
        while not self._done.is_set():
            try:
                status, page = self._ask("GET")
            except (OSError, http.client.HTTPException):
                status, page = 0, ""
            if status == 200 and (found := _SEEN.search(page)):
                self.form["seen"] = int(found[1])
                return
            self._done.wait(0.5)

    def _ask(self, method: str, body: str | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": f"session={self.person['session']}; csrf={TOKEN}"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, self.person["address"], body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        finally:
            connection.close()
