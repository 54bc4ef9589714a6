"""Two readers of one picture each get all of it."""

from django.core.files.base import ContentFile

from newsroom.memory_files import MemoryStorage


def test_each_reader_has_a_place_of_their_own():
    storage = MemoryStorage()
    storage.save("picture", ContentFile(b"all of it"))
    first, second = storage.open("picture"), storage.open("picture")
    first.read(4)
    assert second.read() == b"all of it"
    assert first.read() == b"of it"


def test_what_is_written_is_read():
    storage = MemoryStorage()
    with storage.open("note", "wb") as note:
        note.write(b"written")
    assert storage.open("note").read() == b"written"
    assert storage.size("note") == 7
