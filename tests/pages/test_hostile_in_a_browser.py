"""Drill E1, small: hostile markup in every text, in a real browser: nothing runs, nothing is even tried."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from articles.desk import requirements, workflow
from articles.models import Author, Story, Tag
from drills.e1_xss import SWEEP
from tests.given import hostile_html
from tests.newsdesk import NOW, Cast, approve, draft, hire, picture, section

#: As short as the fields are; each would open a dialog where it was not escaped.
SHORT = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    '"><script>alert(1)</script>',
    "' autofocus onfocus=alert(1) x='",
    "javascript:alert(1)",
    "</title><script>alert(1)</script>",
    "{{ 7|add:7 }}{% debug %}",
]


@pytest.fixture
def newsroom(transactional_db: None) -> Cast:
    return hire()


@pytest.mark.browser
class TestHostileWords:
    def test_run_nowhere(self, newsroom: Cast, live_server: Any, page: Any) -> None:
        paths = [
            *self._everywhere(newsroom),
            "/",
            "/articles/",
            "/feeds/latest.rss",
            "/sections/local-government/",
        ]
        assert _heard(page, live_server.url, paths) == []

    def test_run_nowhere_at_the_desk(self, newsroom: Cast, live_server: Any, page: Any) -> None:
        self._everywhere(newsroom)
        client = Client()
        client.force_login(newsroom.manager)
        name = settings.SESSION_COOKIE_NAME
        session = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
        page.context.add_cookies([session])
        pages = [reverse("admin:articles_story_review", args=[story.pk]) for story in Story.objects.all()]
        pages.append(reverse("admin:articles_story_change", args=[Story.objects.latest("pk").pk]))
        pages += [
            reverse(f"admin:articles_{name}_changelist")
            for name in ("story", "author", "tag", "section", "image")
        ]
        assert _heard(page, live_server.url, pages) == []

    def _everywhere(self, newsroom: Cast) -> list[str]:
        whole = picture(newsroom.editor, alt=SHORT[1], caption=SHORT[0], credit=SHORT[3])
        paths = []
        for number, words in enumerate(SHORT):
            author = Author.objects.create(name=words, slug=f"author-{number}", job_title=words)
            tag = Tag.objects.create(name=words, slug=f"tag-{number}")
            _out(
                newsroom,
                headline=words,
                slug=f"story-{number}",
                standfirst=words,
                kicker=words[:60],
                body="<p>Text.</p>" + "".join(hostile_html()[number :: len(SHORT)]),
                section=section(),
                lead_image=whole,
                authors=[author],
                topics=[tag],
            )
            paths += [f"/articles/story-{number}/", f"/authors/author-{number}/", f"/topics/tag-{number}/"]
        return paths


def _heard(page: Any, site: str, paths: list[str]) -> list[str]:
    """What ran, what was stopped by the policy, and what would run without it."""
    heard: list[str] = []
    page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda line: heard.append(line.text) if "Content Security" in line.text else None)
    for path in paths:
        answer = page.goto(site + path)
        assert answer.status == 200, path
        page.wait_for_timeout(50)
        heard += [f"{path}: {html}" for html in page.evaluate(SWEEP)]
    return heard


def _out(newsroom: Cast, **fields: Any) -> None:
    """Published, although its links say nothing: a manager has let every such thing pass."""
    story = draft(newsroom.editor, **fields)
    for issue in requirements.for_review(story, story.revisions.get().as_dict(), now=NOW):
        workflow.perform(story, "override", by=newsroom.manager, now=NOW, note="A test.", rule=issue.key)
    workflow.perform(story, "submit", by=newsroom.editor, now=NOW)
    approve(story, newsroom, now=NOW)
    workflow.perform(story, "publish", by=newsroom.manager, now=NOW)
