"""The panel beside the story form."""

from datetime import timedelta

from articles.admin.panel import panel_for
from tests.articles.admin.desk_pages import LATER, in_situation, post, signed_in, url
from tests.newsdesk import NOW, Cast, draft, published, scheduled


def steps(cast: Cast, who: str, situation: str) -> list[str]:
    panel = panel_for(in_situation(cast, situation), getattr(cast, who), LATER)
    return [f"*{step.label}" if step.primary else step.label for step in panel.steps]


class TestPanel:
    def test_offers_what_the_workflow_allows_the_next_step_first(self, cast: Cast) -> None:
        assert steps(cast, "editor", "draft") == [
            "*Send for review",
            "Spike",
            "Assign",
            "Share a preview",
        ]
        assert steps(cast, "manager", "approved") == [
            "*Publish now",
            "Request changes",
            "Schedule",
            "Put on hold",
            "Assign",
            "Share a preview",
        ]
        assert steps(cast, "editor", "live") == ["Assign"]
        assert steps(cast, "manager", "scheduled")[0] != "*Publish now"

    def test_leads_to_the_review_page(self, cast: Cast) -> None:
        story = draft(cast.editor)
        assert panel_for(story, cast.editor, LATER).steps[0].url == f"{url('review', story)}#submit"

    def test_stands_beside_the_form(self, cast: Cast) -> None:
        story = published(cast, embargo_at=None)
        page = signed_in(cast.editor).get(url("change", story)).content.decode()
        assert 'class="story-panel"' in page
        assert '<span class="mark mark-standing mark-live">Live</span>' in page
        assert 'href="/articles/council-puts-its-records-in-one-place/"' in page
        assert "published revision 1" in page

    def test_tells_embargo_and_plan(self, cast: Cast) -> None:
        story = scheduled(cast, at=NOW + timedelta(days=2), embargo_at=NOW + timedelta(days=1))
        page = signed_in(cast.editor).get(url("change", story)).content.decode()
        assert "Embargo until 24 November 2026, 09:30" in page
        assert "25 November 2026, 09:30" in page

    def test_keeps_refusals_for_the_history(self, cast: Cast) -> None:
        story = draft(cast.editor)
        post(cast.editor, story, "approve", revision=1)
        panel = panel_for(story, cast.editor, LATER)
        assert [entry.did for entry in panel.entries] == ["saved revision 1"]
