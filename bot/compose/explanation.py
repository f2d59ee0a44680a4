"""A :class:`~bot.model.Judgement` as the ``explain --json`` object of DESIGN §5, and as Chinese text for people."""

from typing import Any

from bot.model import Judgement

_OUTCOMES = {
    "ignored": "忽略，仅存档",
    "bounce": "退信",
    "delayed": "延迟投递",
    "auto_reply": "自动回复",
    "command": "内部指令",
    "handed_in": "代交签章件，待财务查看",
    "staff_note": "内部说明",
    "person": "人工判读",
    "discrepancy": "差异",
    "declined": "拒绝",
    "reopened": "撤销确认",
    "superseded": "旧版确认",
    "question": "提问或附条件",
    "confirmed": "确认",
    "in_review": "待财务查看",
    "scan_pending": "待补签章扫描件",
    "noted": "已收悉",
}
_PROOFS = {"server": "（收件服务器）", "dkim": "（DKIM 签名）"}
_STANDINGS = {
    "may_confirm": "授权联系人",
    "contact": "联系人（无授权确认）",
    "staff": "本公司人员",
    "unknown": "未登记",
    "ambiguous": "无法确定",
}


def to_json(judgement: Judgement, file: str = "") -> dict[str, Any]:
    """The object that ``explain --json`` prints on one line, keys in the documented order.

    A mail about several statements has ``parts`` besides, one object of the same keys for each of them.
    """
    said = judgement.said
    parts = {"parts": [_part(each) for each in judgement.parts]} if judgement.parts else {}
    return {
        "file": file,
        "mail": {"message_id": judgement.message_id, "sha256": judgement.mail_sha256, "kind": judgement.mail_kind},
        "statement": judgement.statement,
        "revision": judgement.revision,
        "bound_by": list(judgement.bound_by),
        "sender": {
            "address": judgement.sender,
            "standing": judgement.standing,
            "authentication": judgement.authentication,
        },
        "text": {"written": said.written, "says": said.says, "sentence": said.sentence},
        "attachments": [
            {"name": item.name, "kind": item.kind, "verdict": item.verdict} for item in judgement.attachments
        ],
        "outcome": judgement.outcome.value,
        "route": judgement.route,
        "rule": judgement.rule,
        "also": [{"matter": also.matter, "to": also.to} for also in judgement.also],
        "reasons": list(judgement.reasons),
        **parts,
    }


def _part(judgement: Judgement) -> dict[str, Any]:
    """One statement's part, without what is the mail's own."""
    return {key: value for key, value in to_json(judgement).items() if key not in {"file", "mail"}}


def to_text(judgement: Judgement, file: str = "") -> str:
    """The same for people: a few lines, the outcome first."""
    statement = judgement.statement or "（未能对应）"
    revision = f" 第 {judgement.revision} 版" if judgement.revision is not None else ""
    standing = _STANDINGS[judgement.standing]
    lines = [
        f"{file}：{_OUTCOMES[judgement.outcome.value]}（{judgement.rule}）" if file else _headline(judgement),
        f"  对账单　{statement}{revision}",
        f"  发件人　{judgement.sender or '（无法确定）'}，{standing}，验证 {_proof(judgement)}",
        *(f"  附件　　{item.name}：{item.kind}，{item.verdict}" for item in judgement.attachments),
        *(f"  另有　　{also.matter} → {also.to}" for also in judgement.also),
        *(f"  理由　　{reason}" for reason in judgement.reasons),
        *(f"  判读　　{one}" for one in dict.fromkeys(item.engine for item in judgement.attachments if item.engine)),
        *(line for part in judgement.parts for line in _part_lines(part)),
    ]
    return "\n".join(lines)


def _proof(judgement: Judgement) -> str:
    return judgement.authentication + _PROOFS.get(judgement.proof.partition(" ")[0], "")


def _part_lines(part: Judgement) -> list[str]:
    """What one of several statements got."""
    return [
        f"  ◆ {part.statement} 第 {part.revision} 版：{_headline(part)}",
        *(f"      附件　{item.name}：{item.kind}，{item.verdict}" for item in part.attachments),
        *(f"      理由　{reason}" for reason in part.reasons),
    ]


def _headline(judgement: Judgement) -> str:
    return f"{_OUTCOMES[judgement.outcome.value]}（{judgement.rule}）"
