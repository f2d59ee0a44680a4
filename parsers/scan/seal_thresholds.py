"""Every number that decides whose seal it is, with its reason; lengths in mm, shares 0–1.

They lean to one side: "theirs" must be positive, "other" must be clear, all else is unread and says so.
"""

from typing import Final

CORE_SHARE: Final = 1.0
"""Share of the core's characters found in order. 0.6 is enough among names that share nothing; 恒遠精密機械 and
恒遠精密貿易 share 0.67, 瑞豐紡織 and 瑞豐紡織品 0.8. Of eight readings one nearly always has all characters."""
CORE_LEAST: Final = 2
"""Characters that a core must have to be told from others."""
THEIRS_SCORE: Final = 0.6
"""Recognition's own certainty for a name that fits: a wrong reading doesn't come out as the right name by chance."""
CHARACTER_SURE: Final = 0.93
"""Certainty of every character of place and core in the reading that is surest of it: of 28 pairs of names that differ
in one similar character (未 末, 土 士, 日 曰) the wrong one never had more than 0.91, the right one 0.97 and more."""
VARIANT_BONUS: Final = 0.1
"""恆 shares its certainty with 恒, which is the same to us: so much is added to a Traditional character's."""
RIVAL_SURE: Final = 0.85
"""Certainty of another character in any reading from which the right one may be the misread one."""
OTHER_SCORE: Final = 0.85
"""The same for a name that doesn't fit: smeared rings are read as nonsense with 0.3 to 0.8."""
OTHER_DIFFERS: Final = 2
"""Characters of place and core that differ: one may be misread (遠 → 達)."""
OTHER_SHARE: Final = 0.3
"""The same as a share of place and core: a pen's stroke across a long name spoils two or three characters alike in
every reading. Below it a person looks, so nothing is confirmed either way."""
OTHER_VOTES: Final = 2
"""Readings that agree on that name: strokes over a seal make another mistake each time."""
OTHER_LEAST: Final = 4
"""Characters before the legal form: fewer may be the rest of a name that was half covered."""
TITLE_LEAST: Final = 2
"""Characters inside the ring from which they are a title or a note: of 60 seals without one, none had any read."""
TRAILING_NOISE: Final = 2
"""Characters read after the legal form that mean nothing: corners of the title, the star."""

INK_COLOUR: Final = 0.1
"""Difference of the channels from which a pixel is a coloured seal's: faint seals have 0.15, JPEG bleeding 0.1."""
BLACK_INK: Final = 0.32
"""The same for darkness where nothing is coloured: a copier's grey has 0.4, shadows 0.2."""
NEAR_COLOUR: Final = 0.06
"""Within a seal that was found, so little colour makes dark ink the seal's own: JPEG spreads colour over 2 mm."""
HUE: Final = 0.04
"""Red minus blue (or the reverse): black print in a warm photo has 0.03."""
RADIUS: Final = (13.0, 26.0)
"""Outer radii of round seals: 38 to 45 mm is common, 30 and 50 exist."""
RING: Final = 0.62
"""Share of the ring that is inked: faint seals keep 0.7, writing on no circle has 0.3."""
OVAL: Final = 0.8
"""Share of outermost points on the ellipse or the rectangle: 0.95 for seals, under 0.6 for writing."""
SIDE: Final = (9.0, 52.0)
"""Sides of square seals: 小章 10 to 18 mm, 大章 20 to 50 mm."""
PERSONAL: Final = 20.0
"""Side of a square seal up to which it may be a person's beside the company's (大小章): theirs have 10 to 18."""
BANDS: Final = ((0.60, 0.94), (0.66, 0.92), (0.52, 0.95))
"""Where the ring of text may stand, as shares of the outer radius; tried in this order."""
BAND_END: Final = 0.45
"""Where less of the circle is inked than this share of the text's usual, the text has ended: a title has 0.3 of it."""
NAME_SHARE: Final = 0.55
"""Share of the ring's ink that the longest run must hold to be the name: a title and a number hold 0.4 at most."""
STRIP: Final = 64
"""Height in pixels of the text laid straight; the recogniser works at 48."""
"""Rotations need no trying: the widest gap in the ring is where a name ends and begins."""
SEALS: Final = 4
"""More seals on one slip aren't read: 公章, 大章, 小章 and one spare."""
LARGEST: Final = 4_000_000
"""Pixels of a picture that is looked at: the sign box with its surroundings has 1.2 million."""
