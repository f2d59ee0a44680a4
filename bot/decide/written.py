"""The writer's own words, found in two ways that have to agree: by the shapes of quotations, and by what we sent.

Also what stands against trusting them: hidden or struck words, text/plain against text/html, words inside the quoted
original.
"""

from dataclasses import dataclass

from parsers import html, oversize, phrase, quote, words_senses
from parsers.fold import fold
from parsers.mail import Mail
from parsers.subtract import subtract
from parsers.tokens import Scope


@dataclass(frozen=True, slots=True)
class OwnWords:
    """``text`` is what the writer typed; ``doubts`` says in words why it can't be trusted (empty: it can)."""

    text: str
    doubts: tuple[str, ...]


def own_words(mail: Mail, sent: tuple[str, ...], scope: Scope, us: tuple[str, ...]) -> OwnWords:
    """Separate the writer's words from quotations.

    ``sent`` are all texts that we sent about the statement, ``us`` the names and addresses that our mails come from.
    """
    page = html.to_text(mail.html) if mail.html is not None else None
    doubts = [f"正文无法读取：{reason}" for reason in mail.unreadable]
    found = (mail.plain, page.text if page else None)
    bodies = [oversize.without_block(text, mail.oversize_links) for text in found if text is not None and text.strip()]
    versions = [_typed(text, sent, scope, us) for text in bodies]
    if page is not None:
        doubts.extend(_hidden(page, sent))
        doubts.extend(["HTML正文过长，未全部读取"] if page.cut else [])
    if len(versions) > 1 and not _agree(versions[0].text, versions[1].text, scope):
        doubts.append("纯文本与HTML正文内容不一致")
    chosen = next(
        (version for version in versions if version.text.strip()), versions[0] if versions else OwnWords("", ())
    )
    return OwnWords(chosen.text, (*doubts, *(versions[0].doubts if versions else ())))


def _typed(text: str, sent: tuple[str, ...], scope: Scope, us: tuple[str, ...]) -> OwnWords:
    """One body: strip the quotation, subtract our words, look whether something was typed inside the original."""
    written = quote.strip(text)
    own = subtract(written.own, sent, scope.naming)
    first = quote.strip(written.quoted)
    ours = bool(sent) and _share(first.own, subtract(first.own, sent, scope.naming)) < _OURS
    inside = subtract(first.own, sent, scope.naming) if ours else ""
    if not own.strip() and ours and _by_us(written.author, us):
        return OwnWords(_statements(inside[:_LONGEST], scope), _too_long(inside))
    if _too_long(own + inside):
        return OwnWords(own[:_LONGEST], _too_long(own + inside))
    theirs = "" if ours or _by_us(written.author, us) else subtract(first.own, sent, scope.naming)
    if theirs.strip() and _OBJECTS & phrase.read(theirs[:_LONGEST], scope).senses:
        return OwnWords(own, ("引用的他人来信中有异议：" + theirs.strip()[:40],))
    inserted = _meaning(inside, scope)
    against = inserted - _meaning(own, scope) if inserted else inserted
    return OwnWords(own, ("引用的原文中夹有文字：" + next(iter(against))[:40],) if against else ())


def _too_long(text: str) -> tuple[str, ...]:
    return ("正文过长，未全部读取",) if len(text) > _LONGEST else ()


def _by_us(author: str, us: tuple[str, ...]) -> bool:
    """Whether the quoted mail is ours: what stands in a colleague's mail isn't the sender's word."""
    folded = fold(author).lower()
    return any(fold(name).lower() in folded for name in us)


_OBJECTS = frozenset(
    {
        words_senses.DIFFERS,
        words_senses.DENIES,
        words_senses.WITHDRAWS,
        words_senses.NOT_US,
        words_senses.NO_DEALINGS,
        words_senses.LEGAL,
        words_senses.PENDING,
    }
)
"""What a colleague says in the mail that the writer answered on top of: a person reads both."""
_LONGEST = 20_000  # characters that a person types at most; what is longer is for a person to read
_OURS = 0.6  # a quoted original of which more than this remains after subtraction isn't our mail


def _share(whole: str, rest: str) -> float:
    return len("".join(rest.split())) / max(1, len("".join(whole.split())))


def _statements(text: str, scope: Scope) -> str:
    """The sentences of an answer inside our original that say something; remains of our own lines say nothing."""
    return "\n".join(
        dict.fromkeys(item.sentence for item in phrase.read(text, scope).spoken if item.sense != phrase.NOTHING)
    )


def _meaning(text: str, scope: Scope) -> set[str]:
    """The folded sentences that say something, without blanks and punctuation."""
    return {_bare(item.sentence) for item in phrase.read(text, scope).spoken if item.sense not in _EMPTY} - {""}


_EMPTY = frozenset({phrase.NOTHING, phrase.RECEIVED})


def _bare(text: str) -> str:
    return "".join(character for character in fold(text).lower() if character.isalnum())


def _agree(plain: str, rich: str, scope: Scope) -> bool:
    """Whether both bodies say the same: word for word, or at least in every sentence that says something."""
    if _bare(plain) == _bare(rich):
        return True
    return _meaning(plain, scope) == _meaning(rich, scope)


def _hidden(page: html.HtmlText, sent: tuple[str, ...]) -> list[str]:
    """Words that were hidden or struck out and aren't ours."""
    doubts: list[str] = []
    for label, pieces in (("隐藏文字", page.hidden), ("删除线文字", page.struck)):
        typed = [piece for piece in pieces if not piece.startswith(">") and _bare(subtract(piece, sent))]
        if typed:
            doubts.append(f"邮件含{label}：{typed[0][:40]}")
    return doubts
