"""Drill E10: a scanner opens every link of 100 readers' mails, by GET, by HEAD and in a browser, and presses nothing.

Passes when no row of any table of alerts has changed, no cookie was set, and one press of the button then does what
the link is for. `python -m drills.e10_scanner [READERS]`
"""

import http.client
import json
import sys
from typing import Any

from benchmarks import _site

#: What scanners and mail programs send along without meaning anything by it.
ODD = ("?List-Unsubscribe=One-Click", "?act=leave", "?done=saved")


def main(count: int) -> int:
    from playwright.sync_api import sync_playwright

    from tests.browsing import launch

    with _site.scratch("sqlite") as site:
        readers = json.loads(site.run("-m", "drills._readers", "fill", str(count)))
        paths = [path for reader in readers for path in reader.values()]
        paths += [f"{reader['manage']}{page}/" for reader in readers for page in ("erase", "download")]
        before = site.run("-m", "drills._readers", "dump")
        with (
            _site.served(site.environ, "newsroom.wsgi:application") as server,
            sync_playwright() as playwright,
        ):
            asked, wrong = ask(server.port, paths)
            browser = launch(playwright)
            visited, cookies = visit(browser, server.port, readers)
            changed = _changes(before, site.run("-m", "drills._readers", "dump"))
            done = press(browser, server.port, readers[0])
            browser.close()
    print(
        f"   {asked:,} requests by GET and HEAD, {visited:,} pages in a browser: {len(changed)} tables changed"
    )
    print(f"   {cookies} cookies; {len(wrong)} other answers than 200; buttons that do it: {', '.join(done)}")
    for fault in (*changed, *wrong[:10]):
        print(f"   - {fault}")
    return bool(changed or wrong or cookies or done != ["confirm", "unsubscribe"])


def ask(port: int, paths: list[str]) -> tuple[int, list[str]]:
    """Ask for each by GET, by HEAD and with what scanners add; say what was not answered by a page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    asked, wrong = 0, []
    for path in paths:
        for method, address in (("GET", path), ("HEAD", path), *(("GET", path + odd) for odd in ODD)):
            connection.request(method, address, headers={"Purpose": "prefetch"})
            answer = connection.getresponse()
            answer.read()
            asked += 1
            if answer.status != 200 or answer.headers["Set-Cookie"]:
                wrong.append(f"{method} {address}: {answer.status}")
    return asked, wrong


def visit(browser: Any, port: int, readers: list[dict[str, str]]) -> tuple[int, int]:
    """Open each link in a browser that runs scripts, and wait until nothing more is loaded."""
    context = browser.new_context()
    page, visited = context.new_page(), 0
    for reader in readers:
        for path in reader.values():
            page.goto(f"http://127.0.0.1:{port}{path}", wait_until="networkidle")
            visited += 1
    cookies = len(context.cookies())
    context.close()
    return visited, cookies


def press(browser: Any, port: int, reader: dict[str, str]) -> list[str]:
    """Press the one button behind each link; give those whose page then says that it is done."""
    page, done = browser.new_page(), []
    for name, words in (("confirm", "You are registered"), ("unsubscribe", "You have left")):
        page.goto(f"http://127.0.0.1:{port}{reader[name]}")
        buttons = page.locator("main button")
        if buttons.count() == 1:
            buttons.click()
            done += [name] if page.get_by_role("heading", name=words).count() else []
    return done


def _changes(before: str, after: str) -> list[str]:
    then, now = json.loads(before), json.loads(after)
    return [f"{table} changed: {then[table]}, {now[table]}" for table in then if then[table] != now[table]]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 100))
