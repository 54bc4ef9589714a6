"""The desk's pages about alerts on a telephone, light and dark, and the ways through them by hand."""

from typing import Any

import pytest

from accounts.models import User
from alerts.models import Delivery, State, Stop, Subscriber, Suppression
from alerts.sending.suppressing import bounced
from tests.alerts.admin.mails import told
from tests.alerts.importing.test_importing import GOOD, HEAD
from tests.alerts.readers import follow, reader
from tests.articles.admin.desk_pages import signed_in, url
from tests.articles.admin.telephone import Telephone
from tests.newsdesk import NOW, Cast, published, topic

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def telephone(page: Any, live_server: Any, cast: Cast) -> Telephone:
    return Telephone(page, live_server.url, cast)


def hand_to(telephone: Telephone, person: User) -> None:
    value = signed_in(person).cookies["session"].value
    telephone.page.context.add_cookies([{"name": "session", "value": value, "url": telephone.address}])


def looked_at(telephone: Telephone, *paths: str) -> None:
    for path in paths:
        telephone.open(path)
        for details in telephone.page.locator("details:not([open]) > summary").all():
            details.click()
        for scheme in ("light", "dark"):
            telephone.wear(scheme)
            telephone.look()


def test_nothing_keeps_anybody_out(telephone: Telephone, cast: Cast):
    story = published(cast)
    told(story, **{state.value: 2 for state in State})
    subscriber = reader()
    follow(subscriber, topic())
    bounced("gone@mail.example", now=NOW, detail="550 5.1.1 There is no such mailbox")
    for kind in Stop.Kind:
        Stop.objects.create(kind=kind, began_at=NOW, reason="Somebody looks into it")
    mail = "/admin/alerts/"
    looked_at(
        telephone, "/admin/", mail, f"{mail}stories/{story.pk}/", f"{mail}uncertain/", f"{mail}followers/"
    )
    looked_at(telephone, url("record", story))
    hand_to(telephone, cast.administrator)
    people = f"{mail}subscribers/"
    gone = Suppression.objects.get().address_hash
    looked_at(
        telephone, mail, people, f"{people}{subscriber.address_hash}/", f"{people}{gone}/", f"{people}import/"
    )
    assert telephone.wrong == []


def test_mail_is_paused_and_goes_on(telephone: Telephone, cast: Cast):
    page = telephone.open("/admin/alerts/")
    page.get_by_text("Pause everything").click()
    page.get_by_role("button", name="Pause all mail").click()
    page.get_by_role("alert").get_by_text("Why: Say why").wait_for()
    page.get_by_label("Why").fill("A wrong headline")
    page.get_by_role("button", name="Pause all mail").click()
    page.get_by_role("heading", name="All mail is paused").wait_for()
    telephone.open("/admin/")
    assert page.get_by_role("heading", name="All mail is paused").count() == 1
    telephone.open("/admin/alerts/").get_by_role("button", name="Let mail go on").click()
    page.get_by_text("Mail goes on.").wait_for()
    assert not Stop.objects.open().exists()


def test_an_uncertain_mail_is_settled(telephone: Telephone, cast: Cast):
    told(published(cast), uncertain=1)
    page = telephone.open("/admin/alerts/uncertain/")
    page.get_by_role("button", name="It arrived").click()
    page.get_by_text("Noted: it arrived.").wait_for()
    assert Delivery.objects.get().state == State.ACCEPTED


def test_people_are_imported_found_and_taken_out(telephone: Telephone, cast: Cast):
    hand_to(telephone, cast.administrator)
    file = {"name": "people.csv", "mimeType": "text/csv", "buffer": f"{HEAD}\n{GOOD}\n".encode()}
    page = telephone.open("/admin/alerts/subscribers/import/")
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Check the file").click()
    page.get_by_role("heading", name="What would be taken in").wait_for()
    telephone.look()
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_label("Everybody in this file agreed").check()
    page.get_by_role("button", name="Take in 1 person").click()
    page.get_by_role("heading", name="Taken in", exact=True).wait_for()
    page = telephone.open("/admin/alerts/subscribers/")
    page.get_by_label("E-mail address").fill("ADA@mail.example")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("heading", name="ada@mail.example").wait_for()
    page.get_by_text("Take them out").first.click()
    page.get_by_label("Why").fill("Asked on the telephone")
    page.get_by_role("button", name="Take them out").click()
    page.get_by_text("They are taken out.").wait_for()
    assert not Subscriber.objects.staying().exists()
    assert telephone.wrong == []
