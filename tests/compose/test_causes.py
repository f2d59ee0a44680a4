"""Causes of differences: every code that is given has words in both scripts."""

from bot.compose.causes import causes, ours
from bot.model import Locale
from parsers import sheet
from parsers.words_senses import CAUSES


def test_F2_every_cause_that_is_recognised_has_words_in_both_scripts() -> None:
    codes = [*(code for code, _ in CAUSES), "other", sheet.MISSING, sheet.OVERWRITTEN]
    for locale in Locale:
        assert all(word != code for code, word in zip(codes, causes(codes, locale), strict=True)), locale


def test_F2_what_a_customer_wrote_himself_is_kept_and_lies_at_nobodys_door() -> None:
    assert causes(["运费"], Locale.HANS) == ("运费",)
    assert not ours(["运费"])
    assert ours(["运费", "price"])
