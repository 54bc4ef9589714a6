"""What a picture suggests for its own caption, credit and alternative text."""

import io
from xml.sax.saxutils import escape

from articles.pictures.intake import accept
from tests.articles.pictures.making import photo, photograph_with_every_field, saved

PACKET = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">{fields}</rdf:Description></rdf:RDF></x:xmpmeta>"""


def suggested(packet: bytes, format: str = "JPEG"):
    return accept(io.BytesIO(saved(photo(80, 60), format, xmp=packet))).suggestions


def packet(fields: str) -> bytes:
    return PACKET.format(fields=fields).encode()


class TestXmp:
    def test_reads_the_default_language(self):
        fields = "<dc:description><rdf:Alt>{}{}</rdf:Alt></dc:description>".format(
            '<rdf:li xml:lang="cy">Neuadd</rdf:li>', '<rdf:li xml:lang="x-default">A hall</rdf:li>'
        )
        for format in ("JPEG", "WEBP", "AVIF"):
            assert suggested(packet(fields), format).caption == "A hall"

    def test_the_creator_stands_in_for_a_missing_credit(self):
        assert (
            suggested(packet("<dc:creator><rdf:Seq><rdf:li>Ann Lee</rdf:li></rdf:Seq></dc:creator>")).credit
            == "Ann Lee"
        )

    def test_markup_stays_text_and_control_characters_go(self):
        words = escape("<script>alert(1)</script>") + "\u202e  two\n lines"
        assert (
            suggested(packet(f"<photoshop:Credit>{words}</photoshop:Credit>")).credit
            == "<script>alert(1)</script> two lines"
        )

    def test_long_words_are_cut(self):
        assert len(suggested(packet(f"<photoshop:Credit>{'x' * 5000}</photoshop:Credit>")).credit) == 200

    def test_hostile_packets_suggest_nothing(self):
        laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + packet(
            "<photoshop:Credit>&b;</photoshop:Credit>"
        )
        deep = packet("<a>" * 5000 + "</a>" * 5000)
        huge = packet(f"<photoshop:Credit>{'x' * 2_000_000}</photoshop:Credit>")
        for hostile in (
            laughs,
            deep,
            huge,
            b"<x",
            b"\xff\xfe",
            b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>text</x:xmpmeta>",
        ):
            assert suggested(hostile, "WEBP").credit == ""


class TestReferencePhotos:
    def test_every_field_of_2017(self):
        offered = accept(
            io.BytesIO(photograph_with_every_field("IPTC-PhotometadataRef-Std2017.1.jpg"))
        ).suggestions
        assert offered.caption == "The description aka caption (ref2017.1)"
        assert offered.credit == "Credit Line (ref2017.1)"
        assert offered.rights.startswith("Copyright (Notice) 2017.1")
        assert offered.alt == ""

    def test_the_alternative_text_of_2025(self):
        offered = accept(
            io.BytesIO(photograph_with_every_field("iptc-2017.1-plus-2025-fields.jpg"))
        ).suggestions
        assert offered.alt
        assert offered.credit
