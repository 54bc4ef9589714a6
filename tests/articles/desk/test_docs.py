"""docs/workflow.md says what the code does."""

from pathlib import Path

from django.conf import settings

from articles.desk.acts import RULES
from articles.desk.requirements.rules import RULES as REQUIREMENTS
from articles.desk.table import requirements_table, table

PAGE = Path(settings.BASE_DIR) / "docs" / "workflow.md"


class TestWorkflowPage:
    def test_prints_the_table_of_the_code(self) -> None:
        printed = PAGE.read_text().partition("<!-- acts -->\n")[2].partition("<!-- /acts -->")[0]
        assert printed == table(), "write it anew with python -m articles.desk.table"

    def test_has_a_row_for_every_act(self) -> None:
        assert len(table().splitlines()) == len(RULES) + 2

    def test_prints_the_rules_of_the_code(self) -> None:
        printed = (
            PAGE.read_text().partition("<!-- requirements -->\n")[2].partition("<!-- /requirements -->")[0]
        )
        assert printed == requirements_table(), "write it anew with python -m articles.desk.table"
        assert len(printed.splitlines()) == len(REQUIREMENTS) + 2
