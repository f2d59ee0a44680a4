"""Reads ``[{"text", "parent"}, …]``, prints what other libraries take for the writer's words; runs in .venv-bench.

``{"name": {"own": [text, …], "seconds": CPU}, …}``; a library's exception is an empty text.
"""

import json
import sys
import time
from collections.abc import Callable

import quotequail
from email_reply_extractor import extract_new_text
from email_reply_parser import EmailReplyParser as Zapier
from mailparser_reply import EmailReplyParser as MailParserReply

_LANGUAGES = MailParserReply(languages=["en", "zh"])


def _shown(text: str, _parent: str) -> str:
    return "\n".join(part for shown, part in quotequail.quote(text, limit=100_000, quote_intro_line=True) if shown)


READERS: dict[str, Callable[[str, str], str | None]] = {
    "email-reply-extractor": lambda text, _: extract_new_text(text).text,
    "email-reply-extractor, answered mail known": lambda text, parent: extract_new_text(text, parent_body=parent).text,
    "email-reply-parser (zapier)": lambda text, _: Zapier.parse_reply(text),
    "mail-parser-reply": lambda text, _: _LANGUAGES.parse_reply(text),
    "quotequail": _shown,
}


def _read(reader: Callable[[str, str], str | None], text: str, parent: str) -> str:
    try:
        return reader(text, parent) or ""
    except Exception as error:  # noqa: BLE001  # whatever it is, it found nothing
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return ""


def main() -> int:
    """All libraries over all replies."""
    replies = [(each["text"], each["parent"]) for each in json.load(sys.stdin)]
    found = {}
    for name, reader in READERS.items():
        _read(reader, *replies[0])  # patterns are compiled once
        begun = time.process_time()
        own = [_read(reader, text, parent) for text, parent in replies]
        found[name] = {"own": own, "seconds": time.process_time() - begun}
    json.dump(found, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
