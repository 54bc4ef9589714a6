"""The demo's illustrations."""

import io
from functools import cache

import pytest
from PIL import Image

from articles.demo.artwork import DRAWINGS, draw
from articles.pictures.intake import accept

pytestmark = pytest.mark.xdist_group("artwork")  # each picture is drawn once, not once a process

drawn = cache(draw)


class TestDraw:
    @pytest.mark.parametrize("name", DRAWINGS)
    def test_is_a_picture_the_library_takes(self, name):
        taken = accept(io.BytesIO(drawn(name)))
        assert (taken.width, taken.height, taken.format) == (1600, 1000, "JPEG")
        colours = Image.open(io.BytesIO(taken.data)).resize((40, 25)).quantize(16).getcolors()
        assert len(colours) >= 8

    def test_the_same_bytes_each_time(self):
        assert draw("bridge") == drawn("bridge")

    def test_no_two_are_alike(self):
        assert len({drawn(name) for name in DRAWINGS}) == len(DRAWINGS)
