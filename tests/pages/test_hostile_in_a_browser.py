"""Hostile markup in every text readers get, in a real browser: nothing runs, nothing is even tried."""

from typing import Any

import pytest

from articles.desk import requirements, workflow
from articles.models import Author, Tag
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
        ran: list[str] = []
        page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
        page.on("console", lambda line: ran.append(line.text) if "Content Security" in line.text else None)
        for path in paths:
            answer = page.goto(live_server.url + path)
            assert answer.status == 200, path
            page.wait_for_timeout(50)
        assert ran == []

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


def _out(newsroom: Cast, **fields: Any) -> None:
    """Published, although its links say nothing: a manager has let every such thing pass."""
    story = draft(newsroom.editor, **fields)
    for issue in requirements.for_review(story, story.revisions.get().as_dict(), now=NOW):
        workflow.perform(story, "override", by=newsroom.manager, now=NOW, note="A test.", rule=issue.key)
    workflow.perform(story, "submit", by=newsroom.editor, now=NOW)
    approve(story, newsroom, now=NOW)
    workflow.perform(story, "publish", by=newsroom.manager, now=NOW)
