"""The packages of requirements-extras.txt, put beside the rest for those drills that need Redis or S3."""

import shutil
import subprocess
import sys
from hashlib import sha256

from benchmarks._site import RESULTS, ROOT

_LIST = ROOT / "requirements-extras.txt"


def path() -> str:
    """Give what PYTHONPATH has to be; install them, by hash, where this list was not installed before."""
    folder = RESULTS / f"extras-{sha256(_LIST.read_bytes()).hexdigest()[:8]}"
    if not folder.exists():
        making = folder.with_name("extras-making")
        shutil.rmtree(making, ignore_errors=True)
        command = [str(ROOT / ".tools" / "bin" / "uv"), "pip", "install", "-q", "--python", sys.executable]
        subprocess.run([*command, "--target", str(making), "--require-hashes", "-r", str(_LIST)], check=True)
        making.rename(folder)
    return str(folder)
