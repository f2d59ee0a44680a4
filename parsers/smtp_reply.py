"""What an SMTP server's reply to a mail means: try later, slow down, or never.

``550 Connection frequency limited`` of QQ and ``too frequently sending`` of Alimail are 5xx and still mean: slow down.
"""

import re
from typing import Literal

Meaning = Literal["later", "slow_down", "never"]

# Texts of providers that limit the rate, seen with 4xx and with 5xx alike (QQ, Tencent Exmail, Alimail, NetEase).
_RATE = re.compile(
    r"frequency limited|frequently sending|too frequent|too many (?:messages|mails|connections|recipients)"
    r"|rate limit|sending limit|quota exceed|mi:(?:spb|dmc|sfq|qta)|throttl|try again later"
    r"|发送频率|频率过高|發送頻率|发信过于频繁|超过.{0,8}(?:限制|上限)",
    re.IGNORECASE,
)
_PERMANENT = 500


def meaning(code: int, text: str) -> Meaning:
    """What to do after this reply; ``code`` is the three-digit reply code of a refusal."""
    if _RATE.search(text):
        return "slow_down"
    return "never" if code >= _PERMANENT else "later"
