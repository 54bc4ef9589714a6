"""Drill E4: fifty photographs that say where they were taken and with which camera, from upload to reader.

Passes when no size in any format, at the desk's door or at the readers', says a word of it; nor does any stored file.
`python -m drills.e4_places [COUNT]`
"""

import http.client
import io
import json
import sys
from pathlib import Path

import django
from PIL import Image

from benchmarks import _site
from drills._reporter import Reporter

SERIAL, LENS, MAKER, OWNER = b"BODY-SERIAL-4711", b"LENS-SERIAL-0815", b"SecretCameraMaker", b"Owner Nonymous"
PLACE = (51.0, 30.0, 26.0)
#: As text in XMP, and what may be there of it in Exif.
NEEDLES = (
    SERIAL,
    LENS,
    MAKER,
    OWNER,
    b"51,30.43N",
    b"GPSLatitude",
    b"Exif\0\0",
    b"http://ns.adobe.com",
    b"photoshop",
)
FORMATS = ("JPEG", "JPEG", "PNG", "WEBP", "AVIF")

PACKET = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:aux="http://ns.adobe.com/exif/1.0/aux/"
 exif:GPSLatitude="51,30.43N" aux:SerialNumber="BODY-SERIAL-4711" aux:OwnerName="Owner Nonymous"/>
</rdf:RDF></x:xmpmeta>"""


def main(count: int) -> int:
    photographs = [photograph(number) for number in range(count)]
    telling = sum(any(needle in data for needle in NEEDLES) for data in photographs)
    with _site.scratch("sqlite") as site:
        site.run("-m", "benchmarks._archive", "20")
        session = site.run("-m", "drills._reporter").strip()
        with _site.served(site.environ, "newsroom.wsgi:application") as server:
            reporter = Reporter(server.port, session)
            told = [reporter.upload(f"photo-{n}.jpg", data) for n, data in enumerate(photographs)]
            paths = json.loads(site.run("-m", "drills.e4_places", "publish"))
            served, faults = read(server.port, reporter, paths)
        stored = [path for path in (Path(site.environ["VAR_DIR"]) / "media").rglob("*") if path.is_file()]
        faults += [f"stored {path.name}: {fault}" for path in stored for fault in says(path.read_bytes())]
    taken = sum(one["state"] == "taken" for one in told)
    print(f"   {count} photographs, {telling} of which tell place or camera; {taken} taken")
    print(f"   {served} files served and {len(stored)} stored: {len(faults)} tell anything")
    for fault in faults[:10]:
        print(f"   - {fault}")
    return bool(faults) or taken != count or telling != count or served < count


def photograph(number: int) -> bytes:
    """Each another one, so that none is known already; JPEG, PNG, WebP and AVIF in turn."""
    exif = Image.Exif()
    exif[0x010F], exif[0xA430] = MAKER.decode(), OWNER.decode()
    inner = exif.get_ifd(0x8769)
    inner[0xA431], inner[0xA435], inner[0x927C] = SERIAL.decode(), LENS.decode(), b"note " + SERIAL
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", PLACE, "W", (0.0, 7.0, float(number))
    across, down = Image.linear_gradient("L").rotate(90), Image.linear_gradient("L")
    grain = Image.effect_noise((256, 256), 20 + number)
    picture = Image.merge("RGB", (across, down, grain)).resize((800, 600))
    out = io.BytesIO()
    picture.save(out, FORMATS[number % len(FORMATS)], exif=exif, xmp=PACKET)
    return out.getvalue()


def read(port: int, reporter: Reporter, paths: dict[str, list[str]]) -> tuple[int, list[str]]:
    """Every size at both doors; how many were served, and what they told."""
    served, faults = 0, []
    for path in paths["readers"]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", path)
        response = connection.getresponse()
        data = response.read()
        served += response.status == 200
        faults += [f"{path}: {fault}" for fault in says(data)]
        faults += [f"{path} answers {response.status}"] if response.status != 200 else []
    for path in paths["desk"]:
        answer = reporter.get(path)
        served += answer.status == 200
        faults += [f"{path}: {fault}" for fault in says(answer.body)]
    return served, faults


def says(data: bytes) -> list[str]:
    """What a file tells beside its pixels, by its bytes and by what a decoder finds in it."""
    found = [f"holds {needle!r}" for needle in NEEDLES if needle in data]
    with Image.open(io.BytesIO(data)) as picture:
        exif = picture.getexif()
        found += ["has Exif"] if len(exif) or exif.get_ifd(0x8825) else []
        found += [
            f"has {name}" for name in ("xmp", "comment", "photoshop", "icc_profile") if name in picture.info
        ]
    return found


def publish() -> dict[str, list[str]]:
    """Have the worker make every size, and a live edition show every picture; their addresses."""
    django.setup()
    from django.utils import timezone

    from articles.models import Edition, EditionImage, Rendition
    from articles.models import Image as Picture
    from articles.pictures.developing import develop_next

    while develop_next(timezone.now()):
        pass
    live = Edition.objects.live(timezone.now()).first()
    fresh = Picture.objects.exclude(uploaded_by=None)
    EditionImage.objects.bulk_create([EditionImage(edition=live, image=image) for image in fresh])
    sizes = Rendition.objects.made().filter(image__in=fresh).select_related("image")
    readers = [f"/media/{row.image.key}/w{row.width}.{row.extension}" for row in sizes]
    desk = [f"/admin/articles/image/file/{image.key}/w2000.jpg" for image in fresh]
    return {"readers": readers, "desk": desk}


if __name__ == "__main__":
    if sys.argv[1:] == ["publish"]:
        print(json.dumps(publish()))
        sys.exit(0)
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 50))
