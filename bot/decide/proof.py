"""What proves that a mail comes from its author's domain: the receiving server's word, or a DKIM signature.

The server goes first: where it says anything at all, pass, fail or a forged stamp, that stands.
"""

from dataclasses import dataclass

from bot.model import Register
from parsers import authentication, sender
from parsers.domain import vouches_for
from parsers.domain_signature import DomainCheck
from parsers.mail import Mail

SERVER = "server"


@dataclass(frozen=True, slots=True)
class Proof:
    """``verdict`` as in ``explain --json``; ``by`` is ``server`` or ``dkim <domain> <selector>``, empty without proof.

    ``against`` says in words, for a person, why signatures of the author's domain prove nothing.
    """

    verdict: authentication.Verdict
    by: str = ""
    against: tuple[str, ...] = ()


def of(mail: Mail, register: Register) -> Proof:
    """The proof of a mail's author; ``none`` is no reproach, it only proves nothing."""
    verdict = authentication.verdict(mail, register.authserv_id)
    if verdict != "none":
        return Proof(verdict, SERVER if verdict == "pass" else "")
    writer = sender.author(mail)
    if writer is None:
        return Proof("none")
    domain = writer.address.rpartition("@")[2]
    theirs = [check for check in register.signatures if vouches_for(check.domain, domain)]
    good = next((check for check in theirs if check.result == "pass"), None)
    if good is not None:
        return Proof("pass", f"dkim {good.domain} {good.selector}")
    return Proof("none", against=tuple(dict.fromkeys(map(_told, theirs))))


def _told(check: DomainCheck) -> str:
    reason = _REASONS.get(check.reason, "无法验证")
    return f"DKIM 签名（{check.domain}，{check.selector}）不作数：{reason}"


_REASONS = {
    "malformed": "格式有误",
    "algorithm": "算法过旧或不支持",
    "length_tag": "只签了部分正文（l=）",
    "from_unsigned": "未签发件人",
    "header_unsigned": "未签主题或内容类型",
    "doubled_header": "邮件标头重复",
    "too_large": "邮件过大",
    "no_time": "没有签名时间",
    "too_old": "签名时间与收信时间相差过大，可能是旧邮件重发",
    "expired": "签名已过期",
    "no_key": "域名没有这把密钥",
    "several_keys": "域名的密钥不唯一",
    "key_malformed": "密钥格式有误",
    "key_revoked": "密钥已撤销",
    "key_on_trial": "密钥处于测试状态",
    "key_for_others": "密钥不是给这种邮件用的",
    "key_weak": "密钥长度不合格",
    "broken": "与邮件内容不符，邮件在途中被改动或系伪造",
    "unreachable": "暂时查不到域名的密钥（DNS）",
}
