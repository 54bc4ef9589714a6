"""The table of acts as docs/workflow.md prints it: `python -m articles.desk.table` writes it anew."""

from collections.abc import Iterator


def table() -> str:
    """The acts in Markdown, in the order of the code."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    from articles.desk.acts import RULES

    yield "| act | button | in state | for readers it is | does | who | needs |"
    yield "|---|---|---|---|---|---|---|"
    for act, rule in RULES.items():
        cells = (
            act.value.replace("_", " "),
            act.label,
            _states(rule.states),
            _standings(rule.standings),
            rule.does,
            rule.who.value,
            rule.needs,
        )
        yield f"| {' | '.join(cells)} |"


def _states(states: frozenset[str]) -> str:
    from articles.models.stories import State

    return _some(states, [(state.value, state.label.lower()) for state in State])


def _standings(standings: frozenset[str]) -> str:
    from articles.desk.standing import Standing

    return _some(standings, [(standing.value, standing.label.lower()) for standing in Standing])


def _some(chosen: frozenset[str], known: list[tuple[str, str]]) -> str:
    """Name the few: those in it, or those left out."""
    inside = [label for value, label in known if value in chosen]
    outside = [label for value, label in known if value not in chosen]
    if not outside:
        return "any"
    return f"any but {outside[0]}" if len(outside) == 1 else ", ".join(inside)


if __name__ == "__main__":
    import os
    import sys

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    sys.stdout.write(table())
