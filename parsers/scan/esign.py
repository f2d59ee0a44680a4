"""What electronic signatures make of a PDF's reading: valid ones of theirs stand for the mark, doubts go to a person.

A signature replaces only the evidence that a mark is there: what the pages show was judged before, and a figure laid
over our page before signing stays an altered figure.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from parsers.attachment import AttachmentReading
from parsers.scan.pades import Signed, Signer
from parsers.scan.reasons import say
from parsers.scan.seal_name import is_company, plain, split

_HAN_NAME = re.compile(r"[\u3400-\u9fff·]{2,6}")
_PREFIXED = re.compile(r"^[0-9A-Z](?=[\u3400-\u9fff])")
_DECIDES = frozenset({"signed", "unsigned"})


def with_signatures(
    reading: AttachmentReading,
    signed: Signed,
    names: Sequence[str],
    own: Iterable[str] = (),
    signatories: Sequence[str] = (),
) -> AttachmentReading:
    """The reading with what its signatures prove; ``names`` are the customer's, ``own`` ours.

    Only ``signed`` and ``unsigned`` change: to ``signed`` where every signature holds, one is theirs and the file
    begins with our own bytes; to ``unsure`` else. An empty field alone, with nothing drawn in it, stays unsigned.
    """
    if signed.problem == "not_installed":
        return replace(reading, reasons=(*reading.reasons, say("esign_not_installed")))
    theirs = [one for one in signed.signers if _is_one_of(one, names)]
    doubts = tuple(_doubts(signed, theirs, names, tuple(own), signatories))
    if not doubts and theirs:
        return _good(reading, theirs[0], signatories)
    if not signed.signers and not signed.problem and reading.verdict == "unsigned":
        return reading
    verdict = "unsure" if reading.verdict in _DECIDES else reading.verdict
    kept = tuple(one for one in reading.reasons if one not in {say("no_mark"), say("not_identified")})
    return replace(reading, verdict=verdict, reasons=(*kept, *doubts))


def _good(reading: AttachmentReading, signer: Signer, signatories: Sequence[str]) -> AttachmentReading:
    if reading.verdict not in _DECIDES:
        return reading
    kept = tuple(one for one in reading.reasons if one not in {say("no_mark"), say("not_identified")})
    told = say("esign_theirs", name_in(signer), signer.issuer, signer.valid_until or "")
    person = _person(signer)
    known = person and plain(person) in set(map(plain, signatories))
    hand = (say("esign_signatory", person),) if known else (say("esign_no_person"),)
    return replace(reading, verdict="signed", reasons=(*kept, told, *hand), certificate=name_in(signer))


def _doubts(
    signed: Signed, theirs: list[Signer], names: Sequence[str], own: tuple[str, ...], signatories: Sequence[str]
) -> Iterable[str]:
    """Everything that a person must look at, each as a sentence."""
    if signed.problem:
        yield say("esign_unread")
    if signed.empty:
        yield say("esign_empty")
    for signer in signed.signers:
        if signer.problem:
            yield say(f"esign_{signer.problem}", facts(signer))
        elif signer not in theirs and not _is_one_of(signer, own):
            yield say("esign_other", name_in(signer), names[0] if names else "")
    if signed.signers and not theirs and all(_is_one_of(one, own) for one in signed.signers):
        yield say("esign_ours")
    if signed.signers and not signed.ours_first:
        yield say("esign_not_ours_first")
    for signer in theirs:
        person = _person(signer)
        if person and signatories and plain(person) not in set(map(plain, signatories)):
            yield say("esign_other_person", person)


def name_in(signer: Signer) -> str:
    """The name that the certificate is for: the company's where one stands there."""
    return next((one for one in _names(signer) if is_company(one)), signer.organisation or signer.common_name)


def facts(signer: Signer) -> str:
    """The certificate in one line, for people."""
    until = f"{signer.valid_from} 至 {signer.valid_until}"
    return f"{name_in(signer)}（{signer.common_name}；颁发者 {signer.issuer}；序列号 {signer.serial}；有效期 {until}）"


def _names(signer: Signer) -> tuple[str, ...]:
    """The names in a subject; CFCA writes ``041@N恒远商贸有限公司@Z9131…@1`` as common name."""
    whole, *fields = signer.common_name.split("@")
    parts = (signer.organisation, whole, *(_PREFIXED.sub("", part.strip()) for part in fields))
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _is_one_of(signer: Signer, names: Iterable[str]) -> bool:
    """Whether a whole name of theirs stands in the certificate, letter for letter, and no other company's.

    Certificates bear registered names: a short one proves nothing, one character more is another company.
    """
    wanted = {_compared(name) for name in names if split(plain(name)).form}
    found = [_compared(one) for one in _names(signer)]
    others = [one for one in _names(signer) if is_company(one) and _compared(one) not in wanted]
    return not others and any(one in wanted for one in found)


def _compared(name: str) -> str:
    return plain(name).replace("有限责任公司", "有限公司")


def _person(signer: Signer) -> str:
    """The person named in the certificate, empty where it is for a company only."""
    people = (one for one in _names(signer) if _HAN_NAME.fullmatch(one) and not split(plain(one)).form)
    return next(people, "")
