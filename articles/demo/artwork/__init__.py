"""The demo's illustrations, drawn by code: what each is called and how to draw it."""

from articles.demo.artwork import civic, devices, machines, paint, papers, people
from articles.demo.artwork.canvas import Drawing, Sheet

DRAWINGS: dict[str, Drawing] = {
    drawing.__name__.replace("_", "-"): drawing
    for drawing in (
        civic.town_hall,
        civic.lamp_posts,
        civic.bridge,
        civic.ward_map,
        civic.ballot_box,
        civic.car_park,
        civic.site_notice,
        machines.server_aisle,
        machines.tape_reels,
        devices.padlock,
        machines.network,
        devices.chatbot,
        machines.cloud_exit,
        devices.inspection,
        devices.passkey,
        devices.telephone,
        papers.ledger,
        papers.queue_tickets,
        papers.contracts,
        papers.pruned_pages,
        papers.rising_lines,
        papers.shares,
        people.ambulance,
        people.ward_screen,
        people.appointments,
        people.training_room,
        people.one_key,
        people.care_table,
    )
}


def draw(name: str) -> bytes:
    """The picture of this name as a JPEG of 1600 × 1000 pixels; the same bytes each time."""
    sheet = Sheet(paint.PAPER)
    DRAWINGS[name](sheet)
    return sheet.finished(seed=name)
