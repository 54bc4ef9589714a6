"""A PostgreSQL server of a drill's own, to be stopped and started: nobody else's is touched.

Its programs are looked for where Debian keeps them, else on the PATH. PostgreSQL refuses to run as root: then it runs
as the user `postgres`.
"""

import getpass
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from benchmarks import _site

DEBIAN = Path("/usr/lib/postgresql")


class Cluster:
    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, _site.free_port()
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def initialise(self) -> None:
        self._run("initdb", "--auth=trust", "--username=postgres", "--no-sync", "--pgdata", str(self.folder))
        self.start()

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=on"
        self._control("start", "-o", options, "-l", str(self.folder / "log"))

    def stop(self, mode: str = "fast") -> None:
        """`fast` tells whoever is connected; `immediate` is a crash."""
        self._control("stop", "-m", mode)

    def restart(self) -> float:
        """As somebody does who means well: with little left to write. Seconds that it was away."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("CHECKPOINT")
        began = time.monotonic()
        self.stop()
        self.start()
        return time.monotonic() - began

    def _control(self, *words: str) -> None:
        self._run("pg_ctl", "--pgdata", str(self.folder), "-w", *words)

    def _run(self, program: str, *words: str) -> None:
        command = [_path_of(program), *words]
        if getpass.getuser() == "root":
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


@contextmanager
def cluster() -> Iterator[Cluster]:
    with tempfile.TemporaryDirectory(prefix="newsroom-cluster-") as parent:
        folder = Path(parent) / "data"
        folder.mkdir(mode=0o700)
        if getpass.getuser() == "root":
            Path(parent).chmod(0o755)
            shutil.chown(folder, "postgres")
        made = Cluster(folder)
        made.initialise()
        try:
            yield made
        finally:
            if (folder / "postmaster.pid").exists():
                made.stop("immediate")


def _path_of(program: str) -> str:
    newest = sorted(DEBIAN.glob(f"*/bin/{program}"), key=lambda path: float(path.parent.parent.name))
    found = str(newest[-1]) if newest else shutil.which(program)
    if found is None or not os.access(found, os.X_OK):
        raise SystemExit(f"{program} is not installed here: this drill needs PostgreSQL's own programs")
    return found
