"""Drill E2: a contributor uploads forty files of every wrong kind to a served newsroom.

Passes when only pictures are taken, each refusal is a sentence, what is stored is our own encoding under our own name,
nothing smuggled comes out again, and each file goes out as a picture that cannot be taken for anything else.
`python -m drills.e2_uploads`
"""

import re
import sys
from pathlib import Path

from benchmarks import _site
from drills._corpus import MARK, corpus
from drills._reporter import Reporter, sentence

#: What a stored file may be called.
NAME = re.compile(r"pictures/[0-9a-f]{32}/(master|w\d+)\.(jpg|png|webp|avif)")


def main() -> int:
    with _site.scratch("sqlite") as site:
        session = site.run("-m", "drills._reporter").strip()
        with _site.served(site.environ, "newsroom.wsgi:application") as server:
            reporter = Reporter(server.port, session)
            faults, taken = attack(reporter)
        faults += smuggled(Path(site.environ["VAR_DIR"]) / "media")
    print(f"   {len(corpus())} files: {taken} taken, {len(corpus()) - taken} refused with a sentence")
    for fault in faults:
        print(f"   - {fault}")
    print("   nothing else came of it" if not faults else f"   {len(faults)} faults")
    return bool(faults)


def attack(reporter: Reporter) -> tuple[list[str], int]:
    faults, taken = [], 0
    for file in corpus():
        told = reporter.upload(file.name, file.data)
        if told["state"] != ("taken" if file.taken else "refused"):
            faults.append(f"{file.name}: {told['status']} {told['state']}, {sentence(told)}")
        if told["state"] == "taken":
            taken += 1
            faults += [f"{file.name}: {fault}" for fault in served(reporter, str(told["html"]))]
        elif len(sentence(told)) < 30:
            faults.append(f"{file.name}: no sentence, {sentence(told)}")
    return faults, taken


def served(reporter: Reporter, html: str) -> list[str]:
    """What is wrong with how a picture that was taken is sent to the desk."""
    found = re.search(r'src="([^"]+)"', html)
    if found is None:
        return ["the answer shows no picture"]
    answer = reporter.get(found[1])
    checks = {
        f"answers {answer.status}": answer.status == 200,
        f"is sent as {answer.headers.get('Content-Type')}": answer.headers.get("Content-Type")
        == "image/jpeg",
        "may be sniffed": answer.headers.get("X-Content-Type-Options") == "nosniff",
        "carries what was smuggled": MARK not in answer.body,
        "is no JPEG": answer.body.startswith(b"\xff\xd8\xff"),
    }
    return [fault for fault, holds in checks.items() if not holds]


def smuggled(media: Path) -> list[str]:
    """Stored files with a name that is not ours, or with something inside that is not a picture."""
    files = [path for path in media.rglob("*") if path.is_file()]
    names = [path for path in files if not NAME.fullmatch(path.relative_to(media).as_posix())]
    return [f"stored as {path.name}" for path in names] + [
        f"{path.name} holds {needle!r}"
        for path in files
        for needle in (MARK, b"<script", b"<?php", b"PK\x03\x04", b"Exif")
        if needle in path.read_bytes()
    ]


if __name__ == "__main__":
    sys.exit(main())
