"""Keeps pages in the memory of the process, up to so many bytes; what is asked for stays longest."""

from threading import Lock

from newsroom.page_cache.pages import Page


class Memory:
    def __init__(self, most: int) -> None:
        self.most = most
        self.bytes = 0
        self._pages: dict[str, tuple[Page, int]] = {}
        self._lock = Lock()

    def get(self, key: str) -> Page | None:
        """Without a lock: that a page was used is noted on the page itself."""
        kept = self._pages.get(key)
        if kept is None:
            return None
        kept[0].used = True
        return kept[0]

    def keep(self, key: str, page: Page) -> None:
        # Its compressed bodies come later, and together are smaller than the plain one.
        size = 2 * page.size
        if size > self.most // 4:
            return
        with self._lock:
            self._drop(key)
            while self.bytes + size > self.most and self._pages:
                self._make_room()
            self._pages[key] = page, size
            self.bytes += size

    def __len__(self) -> int:
        return len(self._pages)

    def _make_room(self) -> None:
        """Drop the oldest, or give it a second chance where somebody asked for it."""
        key = next(iter(self._pages))
        page, size = self._pages.pop(key)
        if page.used:
            page.used = False
            self._pages[key] = page, size
        else:
            self.bytes -= size

    def _drop(self, key: str) -> None:
        if (kept := self._pages.pop(key, None)) is not None:
            self.bytes -= kept[1]
