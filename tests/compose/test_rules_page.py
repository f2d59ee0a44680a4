"""The page about the rules: what is committed is what the table says."""

from pathlib import Path

from bot.compose import rules_page
from bot.decide import case
from bot.decide.rules import RULES
from bot.model import Outcome, State

PAGE = Path(__file__).parents[2] / "docs" / "how-replies-are-read.md"


def test_the_committed_page_is_made_from_the_table() -> None:
    renew = "python -m bot.compose.rules_page > docs/how-replies-are-read.md"
    assert PAGE.read_text("utf-8") == rules_page.page(), f"renew it: {renew}"


def test_every_rule_and_every_outcome_stands_on_the_page() -> None:
    page = rules_page.page()
    assert all(f"`{rule.id}`" in page for rule in RULES)
    assert all(f"\n| `{outcome.value}` |" in page for outcome in Outcome)


def test_every_transition_of_the_table_has_words() -> None:
    assert {state for state, _, _ in case.rows()} == set(State)
    told = {rules_page._follows(state, outcome) for state, outcome, _ in case.rows()}
    assert "→ `confirmed`; mail: thanks; confirmation recorded" in told
