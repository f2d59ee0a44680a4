"""How one registered name is shortened in running text: ``常州市天宇电子科技有限公司`` → ``常州天宇``, ``天宇电子``.

A safe rule, used only for the customer whose mail is read and for ourselves: the brand stays, what is left is in the
order of the registered name, and it fits no other name of the register.
"""

import re
from dataclasses import dataclass

from parsers.fold import fold
from parsers.words_names import ENDINGS, FOUNDED, ORDINARY, PLACE, PLACES, TRADE_LENGTHS, TRADES, ZONE

_BRAND = 2  # characters of a brand at least
_SPLIT = 4  # characters from which a brand may hold a place or trade that we don't know
_ZONE = re.compile(rf"(?<=[\u3400-\u9fff]){ZONE}$")
_BRANCH = re.compile(r"分公司|办事处|分厂|分店")


@dataclass(frozen=True, slots=True)
class Brand:
    """The short forms of one name; ``pattern`` is over plain text, ``others`` are names that share a piece of it."""

    pattern: re.Pattern[str]
    initials: str
    pieces: frozenset[str]
    others: tuple[str, ...]

    def match(self, text: str) -> int:
        """The length of a short form at the start of a plain text, 0 where there is none or it fits another name."""
        found = self.pattern.match(text)
        if found is None or any(_within(found[0], other) for other in self.others):
            return 0
        end = found.end()
        if _trade(text, end) or text[end - 1 : end + 1] in TRADES:
            return 0  # 金湾铝业 isn't 金湾铝材店
        return 0 if found[0] in self.pieces and _is_word(found[0]) else end


def _is_word(piece: str) -> bool:
    """Whether a piece of a name is a word, a place or a trade too, so that it doesn't stand for the company alone."""
    return piece in PLACES or piece in TRADES or ORDINARY.search(piece) is not None


def _within(short: str, whole: str) -> bool:
    """Whether all characters of a short form stand in a name, in their order."""
    rest = iter(whole)
    return all(character in rest for character in short)


def brand_of(name: str, others: tuple[str, ...]) -> Brand | None:
    """The short forms of a name beside ``others`` (folded); None for a branch, and where nothing tells the name."""
    folded = fold(name).lower()
    bracket = next((inner for inner in re.findall(r"\(([^()]{2,4})\)", folded) if PLACE.fullmatch(inner)), "")
    whole = re.sub(r"[\s()\[\]【】〔〕「」“”\"'·.,]", "", folded.replace(f"({bracket})", "") if bracket else folded)
    ending = next((form for form in ENDINGS if whole.endswith(form)), "")
    places, core = _places(whole.removesuffix(ending))
    free, bound = _pieces(core)
    towns = "|".join(dict.fromkeys(_ZONE.sub("", place).rstrip("市省县区镇") for place in (*places, bracket) if place))
    town = f"(?:(?:{towns})[市省县区镇]?(?:{ZONE})?)" if towns else ""
    pieces = [*free, *(bound if town else [])]
    if _BRANCH.search(whole) or not pieces:
        return None
    end = r"(?:(?:股份|有限|责任)*公司)?" if ending.endswith("公司") else _optional(ending)
    some, one = (f"{town}{{0,3}}", f"{town}?") if town else ("", "")
    ways = [
        f"{some if piece in free else f'{town}{{1,3}}'}{re.escape(piece)}{one}"
        f"{_optional(core[core.index(piece) + len(piece) :])}"
        for piece in pieces
    ]
    initials = "".join(piece[0] for piece in (*places, bracket, *pieces) if piece)
    rivals = tuple(other for other in others if any(piece in other for piece in pieces))
    pattern = re.compile(f"(?:{'|'.join(ways)}){one}{end}")
    return Brand(pattern, initials, frozenset(pieces), rivals)


def _optional(text: str) -> str:
    """A pattern in which each character may be left out."""
    return "".join(f"{re.escape(character)}?" for character in text)


def _places(core: str) -> tuple[list[str], str]:
    """Places before the brand, and what follows."""
    found: list[str] = []
    rest = core
    while (match := PLACE.match(rest)) is not None and len(rest) - match.end() >= _BRAND and _stays(core, match, rest):
        if found and match[0][-1] in "市省" and match[0] not in PLACES and match[0][:-1] not in PLACES:
            break
        found.append(match[0])
        rest = rest[match.end() :]
    founded = FOUNDED.match(rest)
    return found, rest[founded.end() :] if founded else rest


def _stays(core: str, match: re.Match[str], rest: str) -> bool:
    """Whether what looks like a place is one: the first of 大同光学 is the brand, for a trade follows."""
    return not _trade(rest, match.end()) or rest != core or match[0][-1] in "市省县区"


def _pieces(core: str) -> tuple[list[str], list[str]]:
    """What of the name has to stay: pieces that may stand without a place, and pieces that need one.

    The brand, and the ends of a long one, where a place or trade may hide: 大亚湾三江 → 三江. A name without brand
    (实验中学, 电力器材) needs its place, or four characters.
    """
    if len(core) < _BRAND:
        return [], []
    if _trade(core, 0):
        return ([core[:_SPLIT]] if len(core) >= _SPLIT else []), [core[:_BRAND]]
    start = next((place for place in range(_BRAND, len(core)) if _trade(core, place)), len(core))
    brand = core[:start]
    long = len(brand) >= _SPLIT and brand[0] != "第"
    inner = [brand[place : place + _BRAND] for place in range(len(brand) - 1)] if long else []
    return list(dict.fromkeys([brand, brand[:_BRAND] if len(brand) == _SPLIT - 1 else brand, *inner])), []


def _trade(core: str, place: int) -> str:
    """The longest trade at a place of a name, empty where there is none."""
    return next((core[place : place + size] for size in TRADE_LENGTHS if core[place : place + size] in TRADES), "")
