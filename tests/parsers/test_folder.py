"""Which folder is what."""

import pytest

from parsers.folder import kind


@pytest.mark.parametrize(
    ("flags", "name", "expected"),
    [
        ((), "INBOX", "inbox"),
        (("\\HasNoChildren", "\\Junk"), "Spamverdacht", "junk"),
        ((), "垃圾邮件", "junk"),
        ((), "垃圾郵件", "junk"),
        ((), "INBOX/Junk", "junk"),
        (("\\Sent",), "Verzonden", "sent"),
        ((), "Sent Messages", "sent"),
        ((), "已发送", "sent"),
        (("\\Sent",), "Junk", "sent"),
        ((), "Archive", "other"),
        ((), "Junk/Old", "other"),
    ],
    ids=str,
)
def test_flags_outrank_names_and_names_of_providers_are_known(flags: tuple[str, ...], name: str, expected: str) -> None:
    assert kind(flags, name) == expected
