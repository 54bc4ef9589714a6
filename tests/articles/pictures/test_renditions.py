"""The sizes readers get."""

import io

import pytest
from PIL import Image

from articles.pictures import renditions
from articles.pictures.intake import accept
from articles.pictures.renditions import Size
from tests.articles.pictures.making import chart, opened, photo, saved


class TestWidths:
    @pytest.mark.parametrize(
        ("own", "widths"),
        [
            (16, (16,)),
            (320, (320,)),
            (350, (320,)),
            (500, (320, 500)),
            (640, (320, 640)),
            (1600, (320, 640, 1280, 1600)),
            (2000, (320, 640, 1280, 2000)),
            (3000, (320, 640, 1280, 2000)),
        ],
    )
    def test_every_step_it_reaches_and_its_own_between_two(self, own, widths):
        assert renditions.widths_for(own) == widths

    def test_never_none_and_never_wider(self):
        for own in range(1, 3001):
            widths = renditions.widths_for(own)
            assert widths and max(widths) <= own and list(widths) == sorted(set(widths))


def made(data, width, extension="jpg"):
    [(size, encoded)] = renditions.make(data, [Size(extension, width)])
    assert size == Size(extension, width)
    return opened(encoded)


class TestMake:
    def test_is_a_progressive_jpeg_of_that_width(self):
        small = made(saved(photo(900, 600), "JPEG"), 320)
        assert (small.format, small.size) == ("JPEG", (320, 213))
        assert small.info.get("progressive")

    def test_never_scales_up(self):
        assert made(saved(photo(200, 100), "JPEG"), 640).size == (200, 100)

    @pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
    def test_transparency_becomes_white(self, mode):
        image = chart("RGBA").convert(mode) if mode != "P" else chart("RGBA").quantize()
        assert min(made(saved(image, "PNG"), 300).getpixel((5, 5))) > 250

    @pytest.mark.parametrize("extension", renditions.TYPES)
    def test_carries_no_metadata(self, extension):
        bare = made(accept(io.BytesIO(saved(photo(), "JPEG", comment=b"x"))).data, 320, extension)
        assert not set(bare.info) & {"exif", "icc_profile", "xmp", "comment"}

    def test_makes_each_size_in_each_format(self):
        wanted = renditions.sizes_for(700)
        found = dict(renditions.make(saved(photo(700, 350), "JPEG"), wanted))
        assert set(found) == set(wanted)
        shown = {size: (opened(data).format, opened(data).width) for size, data in found.items()}
        formats = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}
        assert shown == {size: (formats[size.extension], size.width) for size in wanted}

    def test_a_sliver_keeps_a_pixel_of_height(self):
        assert made(saved(Image.new("RGB", (1200, 100)), "PNG"), 5).height == 1


class TestAddresses:
    def test_storage_and_web(self):
        assert renditions.path("ab12", "w640") == "pictures/ab12/w640.jpg"
        assert renditions.path("ab12", "master", "png") == "pictures/ab12/master.png"
        assert renditions.url("ab12", 640) == "/media/ab12/w640.jpg"
