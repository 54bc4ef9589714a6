"""What comes in as a picture, what is kept of it, and what is not."""

import io

import pytest
from PIL import Image, ImageCms

from articles.pictures import renditions
from articles.pictures.intake import MASTER_SIDE, accept
from articles.pictures.renditions import Size
from tests.articles.pictures.making import chart, opened, photo, saved


def accepted(data: bytes):
    return accept(io.BytesIO(data))


class TestWhatIsKept:
    @pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
    def test_a_photograph_becomes_a_jpeg(self, format):
        taken = accepted(saved(photo(), format))
        assert (taken.format, taken.width, taken.height) == ("JPEG", 600, 400)
        assert opened(taken.data).format == "JPEG"

    @pytest.mark.parametrize("format", ["PNG", "GIF"])
    def test_a_drawing_stays_lossless(self, format):
        taken = accepted(saved(chart(), format))
        assert taken.format == "PNG"
        assert opened(taken.data).convert("RGB").getpixel((100, 100)) == (0xAA, 0, 0)

    @pytest.mark.parametrize("format", ["PNG", "WEBP", "AVIF"])
    def test_transparency_survives(self, format):
        taken = accepted(saved(chart("RGBA"), format))
        assert taken.format == "PNG"
        assert opened(taken.data).getpixel((5, 5))[3] == 0

    def test_an_alpha_channel_that_hides_nothing_goes(self):
        assert accepted(saved(photo().convert("RGBA"), "PNG")).format == "JPEG"

    def test_a_palette_with_transparency(self):
        image = chart("RGBA").quantize()
        taken = accepted(saved(image, "PNG"))
        assert opened(taken.data).mode == "RGBA"

    def test_sixteen_bit_grey_keeps_its_tones(self):
        image = Image.new("I;16", (64, 64), 32768)
        taken = accepted(saved(image, "PNG"))
        assert abs(opened(taken.data).convert("L").getpixel((3, 3)) - 128) <= 1

    def test_a_one_bit_scan(self):
        assert accepted(saved(Image.new("1", (64, 64), 1), "PNG")).format == "PNG"

    def test_print_colours_become_screen_colours(self):
        image = Image.new("CMYK", (64, 64), (0, 255, 255, 0))
        red, green, blue = opened(accepted(saved(image, "JPEG")).data).getpixel((30, 30))
        assert red > 200 and green < 60 and blue < 60

    def test_the_longest_side_is_capped(self):
        taken = accepted(saved(Image.new("RGB", (5000, 2500), "#224466"), "JPEG"))
        assert (taken.width, taken.height) == (MASTER_SIDE, MASTER_SIDE // 2)

    def test_the_same_upload_has_the_same_fingerprint(self):
        data = saved(photo(), "JPEG")
        assert accepted(data).sha256 == accepted(data).sha256

    def test_a_night_photograph_full_of_noise(self):
        noise = Image.merge("RGB", [Image.effect_noise((600, 400), 120) for _ in range(3)])
        taken = accepted(saved(noise, "PNG"))
        assert (taken.format, opened(taken.data).size) == ("JPEG", (600, 400))
        assert opened(next(renditions.make(taken.data, [Size("jpg", 320)]))[1]).size == (320, 213)


class TestColourProfile:
    def test_a_wide_gamut_is_converted_and_the_profile_dropped(self):
        lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
        srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        for profile in (
            srgb,
            lab,
            b"not a profile",
        ):  # the second does not fit RGB, the third is no profile at all
            taken = accepted(saved(Image.new("RGB", (64, 64), "#336699"), "JPEG", icc_profile=profile))
            kept = opened(taken.data)
            assert "icc_profile" not in kept.info
            assert all(
                abs(a - b) <= 4 for a, b in zip(kept.getpixel((9, 9)), (0x33, 0x66, 0x99), strict=True)
            )


class TestOrientation:
    @pytest.mark.parametrize("turn", range(1, 9))
    def test_every_way_a_camera_is_held_comes_out_upright(self, turn):
        upright = Image.new("RGB", (90, 60), "white")
        upright.paste("red", (0, 0, 30, 20))
        undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the transpose that a camera's rotation amounts to
        held = upright.transpose(Image.Transpose(undo[turn])) if turn in undo else upright
        exif = Image.Exif()
        exif[0x0112] = turn
        kept = opened(accepted(saved(held, "JPEG", exif=exif, quality=95)).data)
        assert kept.size == (90, 60)
        assert kept.getpixel((10, 8))[1] < 80 and kept.getpixel((70, 50))[1] > 200

    @pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
    def test_a_broken_exif_block_is_ignored(self):
        assert accepted(saved(photo(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")).width == 600


class TestNothingElseComesThrough:
    def test_place_and_serial_number_are_gone(self):
        exif = Image.Exif()
        exif[0x010F], exif[0xA431] = "SecretCam", "SERIAL-4711"
        exif.get_ifd(0x8825)[29] = "2026:01:01"
        exif.get_ifd(0x8825)[2] = (51.0, 30.0, 26.0)
        data = saved(
            photo(), "JPEG", exif=exif, comment=b"desk copy", xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"
        )
        assert b"SERIAL-4711" in data
        kept = accepted(data).data
        assert not opened(kept).getexif()
        for word in (b"SERIAL", b"SecretCam", b"2026:01", b"desk copy", b"xmpmeta", b"Exif"):
            assert word not in kept

    def test_text_chunks_of_a_png_are_gone(self):
        from PIL.PngImagePlugin import PngInfo

        notes = PngInfo()
        notes.add_text("Comment", "source: A. Nonymous")
        assert b"Nonymous" not in accepted(saved(chart(), "PNG", pnginfo=notes)).data

    @pytest.mark.parametrize("format", ["JPEG", "PNG", "GIF"])
    def test_a_script_behind_the_picture_is_gone(self, format):
        data = saved(photo(), format) + b"<script>alert(1)</script>PK\x03\x04<?php system($_GET[0]); ?>"
        kept = accepted(data).data
        assert b"script" not in kept and b"<?php" not in kept

    def test_a_phone_picture_with_a_second_picture_behind_it(self):
        data = saved(photo(), "MPO", save_all=True, append_images=[Image.new("RGB", (80, 60))])
        assert (accepted(data).format, accepted(data).width) == ("JPEG", 600)
