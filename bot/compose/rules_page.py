"""The rule table → docs/how-replies-are-read.md: ``python -m bot.compose.rules_page > docs/how-replies-are-read.md``.

A test holds the committed page to the table, so the documentation can't say what the code doesn't do.
"""

import sys
from collections.abc import Iterator, Mapping

from bot.decide import case
from bot.decide.case import Effect
from bot.decide.rules import RULE_VERSION, RULES, Rule
from bot.model import Outcome, Purpose, State

_HEAD = """\
# How replies are read

<!-- Made from bot/decide/rules.py and bot/decide/case.py by `python -m bot.compose.rules_page`; don't edit by hand. -->

A reply confirms a statement only if all of this holds:

- it is **bound** to one statement: it answers one of our mails (In-Reply-To, References), or two independent
  indications agree (company and period in the subject, a contact of exactly one customer, the statement's number);
- its **sender** is one clean From address, a registered contact with 授权确认, and the address is authenticated: by the
  receiving server (`mail.authserv_id` in config.yaml), or, where that says nothing, by a DKIM signature of the
  address's domain that we check ourselves (`authentication.dkim`; with `confirmation.authentication: prefer` an
  unproven sender goes to finance first instead);
- the **words** that this person typed are a plain yes and nothing else, the customer's name and the period among them.
  Quoted mail is taken off, and what we sent is subtracted; hidden or struck words, text and HTML that disagree,
  conditions, exceptions, questions and unknown words never count as a yes;
- the **scan** is this revision of our statement: all pages, nothing altered or remarked, something signed or stamped;
- the **revision** is the live one.

A seal whose name reads as another company's, as ours, can't be read, or is of a kind that finance must see goes to a
person; a signature by hand counts as signed, by whom isn't known. That is why a signed copy without the
sentence goes to finance (`confirmation.signed_copy: finance_first`), unless the configuration says `accept`.

A mail about **several statements** (periods, currencies, customers) is split where each is plainly named and the sender
may confirm for each: every statement gets its own words, its own attachments, its own rule, evidence and answer. Where
anything about one of them isn't plain, the mail is a person's as a whole.

`duizhang explain REPLY.eml --sent STATEMENT.eml` tells for any mail which rule decided and why, and touches nothing.

## The rules

Tried from top to bottom; the first that holds decides. A rule may confirm only if every one above it was tried and said
no. The id is recorded with each judgement and never changes its meaning.
"""

_OUTCOMES: Mapping[Outcome, str] = {
    Outcome.IGNORED: "kept, nothing follows",
    Outcome.BOUNCE: "the mail did not arrive",
    Outcome.DELAYED: "a server is still trying",
    Outcome.AUTO_REPLY: "an automatic answer or a receipt; never answered",
    Outcome.COMMAND: "an order of our own staff; carried out if they may, and answered",
    Outcome.HANDED_IN: "a signed copy that staff hands in for the customer",
    Outcome.STAFF_NOTE: "what staff writes in the thread; kept with the case",
    Outcome.PERSON: "uncertain: a person reads the mail, with the reasons beside it",
    Outcome.DISCREPANCY: "the customer's figures differ",
    Outcome.DECLINED: "refuses, or says it isn't our customer",
    Outcome.REOPENED: "takes a confirmation back",
    Outcome.SUPERSEDED: "answers an older revision",
    Outcome.QUESTION: "asks, or sets a condition",
    Outcome.CONFIRMED: "confirmed, with its evidence",
    Outcome.IN_REVIEW: "a good signed copy that finance looks at first",
    Outcome.SCAN_PENDING: "a yes that still lacks the signed pages",
    Outcome.NOTED: "received, checking; the next reminder moves",
}

_MAILS: Mapping[Purpose, str] = {
    Purpose.THANKS: "thanks",
    Purpose.SCAN_REQUEST: "request for the signed pages",
    Purpose.DISCREPANCY: "acknowledgement with a number CY-…",
    Purpose.QUESTION: "acknowledgement",
    Purpose.SUPERSEDED: "pointer to the live revision",
}

_EFFECTS: Mapping[Effect, str] = {
    Effect.CONFIRM: "confirmation recorded",
    Effect.WITHDRAW: "confirmation withdrawn",
    Effect.OPEN_DISCREPANCY: "discrepancy thread",
    Effect.TASK_PERSON: "task for finance",
    Effect.TASK_REP: "task for the rep, or whom the matter concerns",
    Effect.TASK_REVIEW: "review by finance",
    Effect.TASK_CONTACT: "task where a contact seems to have left",
    Effect.TASK_BOUNCE: "task for the rep",
    Effect.DELAY_REMINDERS: "reminders wait",
}


def page() -> str:
    """The whole page, Markdown."""
    return "\n".join([_HEAD, *_rules(), *_outcomes()]) + "\n"


def _rules() -> Iterator[str]:
    yield "| | rule | decides | reason, as recorded |"
    yield "|---|---|---|---|"
    for place, rule in enumerate(RULES, 1):
        yield f"| {place} | `{rule.id}` | {_decides(rule)} | {rule.reason} |"
    yield f"\nThese are the rules of version {RULE_VERSION}."


def _decides(rule: Rule) -> str:
    route = f" (route `{rule.route}`)" if rule.route else ""
    return f"`{rule.outcome.value}`{route}"


def _outcomes() -> Iterator[str]:
    yield "\n## What follows\n"
    yield "While a statement waits for its first answer, and after it was confirmed (all states: bot/decide/case.py):\n"
    yield "| outcome | means | waiting for an answer | already confirmed |"
    yield "|---|---|---|---|"
    for outcome, meaning in _OUTCOMES.items():
        waiting, confirmed = _follows(State.SENT, outcome), _follows(State.CONFIRMED, outcome)
        yield f"| `{outcome.value}` | {meaning} | {waiting} | {confirmed} |"


def _follows(state: State, outcome: Outcome) -> str:
    """The next state, the mails owed to the customer, and what else happens."""
    owed = case.step(state, outcome)
    parts = [] if owed.state in {None, state} else [f"→ `{owed.state}`"]
    parts += [f"mail: {_MAILS[purpose]}" for purpose in owed.mails]
    parts += [_EFFECTS[effect] for effect in owed.effects]
    return "; ".join(parts) or "—"


if __name__ == "__main__":
    sys.stdout.write(page())
