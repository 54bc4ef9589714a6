"""How often a JPEG draws over itself: each scan costs a pass over every pixel, and its file a few bytes."""

import re

#: A marker; within a scan's data 0xFF is followed by zero or a restart.
_MARKER = re.compile(rb"\xff([^\x00\x01\xd0-\xd7\xff])", re.DOTALL)
_START_OF_SCAN, _END = b"\xda", b"\xd9"


def scans(data: bytes, *, most: int) -> int:
    """Count the scans of the first picture in a JPEG file, no further than one past `most`."""
    count, at = 0, 2
    while count <= most and (found := _MARKER.search(data, at)) and found[1] != _END:
        count += found[1] == _START_OF_SCAN
        at = found.end() + int.from_bytes(data[found.end() : found.end() + 2])
    return count
