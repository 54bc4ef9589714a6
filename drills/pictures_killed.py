"""Drill: kill -9 one of two workers, again and again, while they make the sizes of pictures.

Passes when, on each database, every size of every picture is made in the end, is whole and as its row says, and no
other file is left. `python -m drills.pictures_killed [PICTURES]`
"""

import random
import signal
import subprocess
import sys
import time
from datetime import timedelta
from io import BytesIO

import django

from benchmarks import _site

KILLS = 12
#: Seconds a killed worker's picture waits here, instead of minutes.
LEASE = 4
AT_WORK, PREPARE, JUDGE, LEFT = "at-work", "prepare", "judge", "left"
PATIENCE = 300


def main(pictures: str) -> int:
    failed = 0
    for vendor in _site.vendors():
        with _site.scratch(vendor) as site:
            site.run("-m", "drills.pictures_killed", PREPARE, pictures)
            kills = _killed_until_done(site)
            told = site.run("-m", "drills.pictures_killed", JUDGE).strip()
        print(f"   {vendor}: {pictures} pictures, {kills} kills; {told}", flush=True)
        failed += "nothing wrong" not in told
    return bool(failed)


def _killed_until_done(site: _site.Scratch) -> int:
    order, kills, until = random.Random(3), 0, time.monotonic() + PATIENCE
    workers = [_worker(site), _worker(site)]
    try:
        while time.monotonic() < until and site.run("-m", "drills.pictures_killed", LEFT).strip() != "0":
            if kills < KILLS:
                time.sleep(order.uniform(0.1, 2))
                workers[0].send_signal(signal.SIGKILL)
                workers[0].wait()
                workers = [workers[1], _worker(site)]
                kills += 1
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
    return kills


def _worker(site: _site.Scratch) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "drills.pictures_killed", AT_WORK]
    return subprocess.Popen(command, cwd=_site.ROOT, env=site.environ)


def work() -> None:
    from articles.desk.working import Worker
    from articles.pictures import developing

    developing.LEASE = timedelta(seconds=LEASE)
    Worker(poll=0.1).run()


def prepare(pictures: int) -> None:
    from PIL import Image as Pillow

    from articles.pictures.library import add

    for number in range(pictures):
        data = BytesIO()
        Pillow.effect_noise((1600 + number, 1000), 40).convert("RGB").save(data, "JPEG")
        data.seek(0)
        add(data, by=None, alt=f"Noise, number {number}")


def judge() -> str:
    """Compare rows and files."""
    from PIL import Image as Pillow

    from articles.models import Image, Rendition
    from articles.pictures import files, renditions
    from articles.pictures.renditions import Size

    wrong = [
        f"{row} of {row.image_id} is not made: {row.error}" for row in Rendition.objects.filter(made_at=None)
    ]
    for row in Rendition.objects.made().select_related("image"):
        shelf = files.storage(row.image)
        with shelf.open(renditions.path_of(row.image.key, Size(row.extension, row.width))) as file:
            data = file.read()
        with Pillow.open(BytesIO(data)) as picture:
            picture.load()
            if (len(data), picture.width) != (row.byte_size, row.width):
                wrong.append(f"{row} of {row.image_id} is another file")
    for image in Image.objects.all():
        _, names = files.storage(image).listdir(renditions.folder(image.key))
        if len(names) != len(renditions.sizes_for(image.width)) + 1:
            wrong.append(f"picture {image.pk} has {len(names)} files")
    most = max(Rendition.objects.values_list("attempts", flat=True))
    return f"{Rendition.objects.count()} sizes, {most} attempts at most, {wrong or 'nothing wrong'}"


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in (AT_WORK, PREPARE, JUDGE, LEFT):
        django.setup()
        from articles.models import Rendition

        match sys.argv[1]:
            case "at-work":
                work()
            case "prepare":
                prepare(int(sys.argv[2]))
            case "judge":
                print(judge())
            case "left":
                print(Rendition.objects.filter(made_at=None).count())
        sys.exit(0)
    sys.exit(main(sys.argv[1] if sys.argv[1:] else "12"))
