"""Seconds and peak memory of accepting a photograph of 24 million pixels and of making all its sizes, and their bytes.

Each step is a process of its own. `python -m benchmarks.renditions [PHOTOGRAPH]`; without one it draws its own, with
a camera's mixture of soft shapes, edges, texture and grain.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import django
from PIL import Image, ImageChops, ImageDraw

from benchmarks import _site

SIZE = (6000, 4000)
STEPS = ("accept", "first size", "all others")


def main(photograph: str | None) -> int:
    folder = _site.RESULTS / "renditions"
    folder.mkdir(parents=True, exist_ok=True)
    upload = Path(photograph) if photograph else _drawn(folder / "photograph.jpg")
    done = [_alone(step, upload, folder) for step in STEPS]
    steps = [{"step": step, **said["cost"]} for step, said in zip(STEPS, done, strict=True)]
    heads = ["step", "seconds", "CPU seconds", "MB grown at most"]
    _site.table(heads, [list(row.values()) for row in steps])
    files = {name: size for said in done for name, size in said["files"].items()}
    _site.table(["file", "bytes"], [[name, size] for name, size in files.items()])
    _site.keep("renditions", {"steps": steps, "files": files})
    return 0


def _alone(step: str, upload: Path, folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.renditions", step, str(upload), str(folder / "master")]
    return json.loads(subprocess.run(command, cwd=_site.ROOT, check=True, capture_output=True).stdout)


def accept(upload: Path, master: Path) -> dict[str, Any]:
    """Accept the upload and leave the master for the other steps."""
    from articles.pictures import intake

    with upload.open("rb") as file:
        accepted, cost = measured(lambda: intake.accept(file))
    master.write_bytes(accepted.data)
    shape = f"{accepted.width} x {accepted.height}"
    return {"cost": cost, "files": {"upload": upload.stat().st_size, f"master, {shape}": len(accepted.data)}}


def make(master: Path, *, first: bool) -> dict[str, Any]:
    """Make the size an editor waits for, or all those the worker makes."""
    from articles.pictures import renditions

    data = master.read_bytes()
    with Image.open(master) as picture:
        width = picture.width
    soon = renditions.first_size(width)
    wanted = [soon] if first else [size for size in renditions.sizes_for(width) if size != soon]
    made, cost = measured(lambda: {size: len(file) for size, file in renditions.make(data, wanted)})
    order = sorted(made, key=lambda size: (size.extension, size.width))
    return {"cost": cost, "files": {f"w{size.width}.{size.extension}": made[size] for size in order}}


def measured[T](work: Callable[[], T]) -> tuple[T, dict[str, float]]:
    """Do it, and say what it took; memory is counted from where it began."""
    Path("/proc/self/clear_refs").write_text("5")  # forgets the peak so far (proc(5))
    before, started, used = _memory("VmRSS"), time.monotonic(), _cpu()
    result = work()
    cost = {"seconds": time.monotonic() - started, "cpu": _cpu() - used}
    return result, cost | {"grown": round((_memory("VmHWM") - before) / 1000)}


def _memory(field: str) -> int:
    """In kB."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{field}:")[2].split()[0])


def _cpu() -> float:
    """Seconds on all threads: encoders bring their own."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _drawn(path: Path) -> Path:
    """Draw a photograph: roofs before a sky, weathered at every scale, with grain."""
    if path.exists():
        return path
    channels = []
    for shade in range(3):
        channel = (
            Image.linear_gradient("L")
            .resize(SIZE)
            .point(lambda grey, shade=shade: 90 + (grey + 30 * shade) // 3)
        )
        _roofs(channel, shade)
        for coarseness, strength in ((64, 0.5), (16, 0.4), (4, 0.25), (1, 0.06)):
            channel = _weathered(channel, coarseness, strength)
        channels.append(channel)
    out = BytesIO()
    Image.merge("RGB", channels).save(out, "JPEG", quality=92)
    path.write_bytes(out.getvalue())
    return path


def _roofs(channel: Image.Image, shade: int) -> None:
    draw = ImageDraw.Draw(channel)
    for house in range(24):
        left, top = house * 260 - 100, 1500 + house * 977 % 900
        draw.polygon(
            [(left, top), (left + 170, top - 260), (left + 340, top)], fill=60 + house * 31 % 90 + 12 * shade
        )
        draw.rectangle((left + 20, top, left + 320, SIZE[1]), fill=110 + house * 53 % 110 - 9 * shade)
        for window in range(20):
            x, y = left + 50 + window % 4 * 65, top + 60 + window // 4 * 190
            draw.rectangle((x, y, x + 38, y + 90), fill=30 + window * 41 % 70)


def _weathered(channel: Image.Image, coarseness: int, strength: float) -> Image.Image:
    small = (SIZE[0] // coarseness, SIZE[1] // coarseness)
    noise = Image.effect_noise(small, 60).point(lambda grey: 128 + (grey - 128) * strength)
    return ImageChops.add(channel, noise.resize(SIZE, Image.Resampling.BICUBIC), offset=-128)


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in STEPS:
        django.setup()
        step, upload, master = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
        said = accept(upload, master) if step == STEPS[0] else make(master, first=step == STEPS[1])
        print(json.dumps(said))
        sys.exit(0)
    sys.exit(main(sys.argv[1] if sys.argv[1:] else None))
