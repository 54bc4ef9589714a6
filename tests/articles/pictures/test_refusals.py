"""Files that are not taken, each with a sentence an editor understands."""

import contextlib
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from articles.pictures import intake
from articles.pictures.intake import Refused, accept
from tests.articles.pictures.making import ROOT, chart, flat_png, moving_gif, photo, rgb_png, saved


def sentence_for(data: bytes) -> str:
    with pytest.raises(Refused) as refusal:
        accept(io.BytesIO(data))
    sentence = str(refusal.value)
    assert sentence[0].isupper() and sentence.endswith(".") and len(sentence) < 220
    return sentence


class TestWrongType:
    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "SVG"),
            (b"\xef\xbb\xbf\n<!DOCTYPE html><script>alert(1)</script>", "web page"),
            (b"%PDF-1.7\n", "PDF"),
            (b"%!PS-Adobe-3.0 EPSF-3.0\n", "EPS"),
            (b"8BPS\0\1", "Photoshop"),
            (b"II*\0" + bytes(64), "TIFF"),
            (b"BM" + bytes(64), "BMP"),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
            (b"MZ" + bytes(64), "not a picture"),
            (b"id,name\n1,Ann\n", "not a picture"),
        ],
    )
    def test_says_what_the_file_is(self, data, words):
        assert words in sentence_for(data)

    def test_an_archive(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("a.jpg", saved(photo(), "JPEG"))
        assert "zip" in sentence_for(out.getvalue())

    @pytest.mark.parametrize("format", ["BMP", "TIFF", "PPM", "ICO", "PDF"])
    def test_formats_pillow_could_read_are_refused_all_the_same(self, format):
        assert "JPEG" in sentence_for(saved(chart(), format))


class TestBroken:
    def test_an_empty_file(self):
        assert "empty" in sentence_for(b"")

    @pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
    @pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
    def test_a_file_cut_short(self, format, share):
        data = saved(photo(), format)
        assert "damaged" in sentence_for(data[: max(16, int(len(data) * share))])

    @pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
    def test_flipped_bytes_never_raise_anything_else(self, format):
        data = saved(photo(120, 80), format)
        for at in range(0, len(data), max(1, len(data) // 150)):
            broken = bytearray(data)
            broken[at] ^= 0xFF
            with contextlib.suppress(Refused):
                accept(io.BytesIO(bytes(broken)))


class TestShape:
    def test_a_file_too_heavy(self, monkeypatch):
        monkeypatch.setattr(intake, "MAX_BYTES", 2_000_000)
        assert "2 MB" in sentence_for(saved(photo(), "JPEG") + bytes(2_000_000))

    @pytest.mark.parametrize("progressive", [True, False])
    def test_one_drawn_over_and_over(self, progressive):
        """Each of thousands of tiny scans costs a pass over every pixel."""
        data = saved(Image.new("L", (64, 64), 90), "JPEG", progressive=progressive)
        scan = data[data.rfind(b"\xff\xc4", 0, data.rfind(b"\xff\xda")) : -2]
        assert "damaged" in sentence_for(data[:-2] + scan * 200 + data[-2:])

    def test_a_tracking_pixel(self):
        assert "1 × 1" in sentence_for(saved(Image.new("RGB", (1, 1)), "PNG"))

    def test_a_ribbon(self):
        assert "long and thin" in sentence_for(flat_png(30_000, 1))

    @pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG", "AVIF"])
    def test_a_moving_picture(self, format):
        frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue", "green")]
        assert "animated" in sentence_for(saved(frames[0], format, save_all=True, append_images=frames[1:]))

    def test_a_still_gif_is_welcome(self):
        assert accept(io.BytesIO(saved(chart(), "GIF"))).width == 300


BOMBS = {
    "9000 square": (lambda: flat_png(9_000, 9_000), "9,000 × 9,000"),
    "9000 square in colour": (lambda: rgb_png(9_000, 9_000), "9,000 × 9,000"),
    "13000 square": (lambda: flat_png(13_000, 13_000), "13,000"),
    "30000 square": (lambda: flat_png(30_000, 30_000), "40 million"),
    "30000 by 1": (lambda: flat_png(30_000, 1), "long and thin"),
    "5000 frames": (lambda: moving_gif(5_000), "animated"),
}

MEASURE = """
import io, json, sys, time
from articles.pictures.intake import Refused, accept
data, said = open(sys.argv[1], "rb").read(), ""
def peak():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
before, start = peak(), time.process_time()
try:
    accept(io.BytesIO(data))
except Refused as refusal:
    said = str(refusal)
print(json.dumps({"said": said, "seconds": time.process_time() - start, "mb": (peak() - before) / 1024}))
"""


def measured(data: bytes, tmp_path) -> dict:
    """Accept in a fresh process, where the peak of memory is this file's doing alone."""
    file = tmp_path / "upload"
    file.write_bytes(data)
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, str(file)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(run.stdout)


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="peak memory is read from /proc, which is Linux's"
)
class TestBombs:
    @pytest.mark.parametrize("name", BOMBS)
    def test_is_refused_quickly_and_cheaply(self, name, tmp_path):
        make, words = BOMBS[name]
        result = measured(make(), tmp_path)
        assert words in result["said"]
        assert result["mb"] < 20
        assert result["seconds"] < 1  # of the processor; drill E3 has the same bound by the clock

    @pytest.mark.parametrize(
        ("name", "most"),
        [("camera", 140), ("progressive", 220), ("lossless", 220), ("clear", 220)],
    )
    def test_the_largest_we_take_stay_within_bounds(self, name, most, tmp_path):
        """Decoded whole, 40 million pixels would be 160 MB before any work is done on them."""
        make = {
            "camera": lambda: saved(Image.new("RGB", (7_300, 5_475), "#225577"), "JPEG"),
            "progressive": lambda: saved(
                Image.new("RGB", (6_000, 4_000), "#225577"), "JPEG", progressive=True
            ),
            "lossless": lambda: rgb_png(6_000, 4_000),
            "clear": lambda: saved(Image.new("RGBA", (4_000, 3_000), (9, 9, 9, 90)), "PNG"),
        }[name]
        result = measured(make(), tmp_path)
        assert result["said"] == ""
        assert result["mb"] < most
