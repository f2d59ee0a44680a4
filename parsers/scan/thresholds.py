"""Every number that decides about a returned page, with its reason; lengths in mm, areas in mm², shares 0–1.

They were set on returns built by ``bot/demo/paper.py`` and lean to one side: a doubt costs a look by a person, a bad
return accepted costs the balance.
"""

from typing import Final

PIXELS_PER_MM: Final = 8
"""About 203 dpi: digits of 8 pt are 16 pixels high, enough to tell 3 from 8; scans seldom hold more."""

LARGEST_SIDE: Final = 2400
"""Pixels; larger scans are reduced: A4 at 205 dpi holds all that is compared."""

MARKS_NEEDED: Final = 3
"""Of four corner marks: three give twelve points, more than the eight unknowns of a homography."""
MARK_ERROR: Final = 2.0
"""RMS distance of the mark corners from where they belong; a flat sheet stays under 0.1, a curled one reaches 1.5."""
FIELD_ERROR: Final = 0.6
"""RMS of what the smooth local shifts cannot explain; beyond it the paper is folded or the page isn't ours."""

DARK_INK: Final = 0.34
"""Share of black at which something counts as ink: pencils and copies stay above, paper grain and shadows below."""
PALE_STROKE, PALE_SURE = 0.16, 0.06
"""Darkness down to which a stroke goes on, and the area of it that has to be ink: a thin pen has 0.2 to 0.5 at 150 dpi,
paper grain 0.1."""
PALE_GROWTH: Final = 2.5
"""Times its ink that a pen may have with its pale parts: hands have up to 1.7, a coffee stain's dark specks 3.6."""
COLOUR_INK: Final = 0.20
"""Difference of the channels; JPEG bleeding around black print stays under 0.15, pens and seals reach 0.3."""
FAINT_COLOUR: Final = 0.08
"""Within a seal that was found, ink of its colour down to this is its own: JPEG dilutes fine strokes."""
PRINT_MARGIN: Final = 0.4
"""Ink so near to our own print may be our own print, blurred."""
DUST: Final = 1.1
"""Joined ink smaller than this in both directions is dust or a staple's end, outside boxes that decide."""
SPECK: Final = 0.12
"""Area of a single piece of ink that may be noise."""
JOIN: Final = 1.4
"""Gap over which strokes are one piece of writing: half the space between handwritten characters."""
EDGE: Final = 3.5
"""Strip along the paper's edge that isn't looked at: scanner lids, shadows, cut marks."""
STREAK_INK: Final = 0.12
"""Darkness from which a line of the scanner's is looked for; as ink it counts from 0.34, its edges stay below."""
STREAK_WIDTHS: Final = (0.75, 3.0)
"""Widest streak of a scanner (a dust grain's is 0.1 to 0.3 wide), and widest crease: its shadow has 1 to 2.5."""
STREAK_SOLID: Final = 0.6
"""Share of a band of 5 mm that is inked along the line."""
STREAK_WHOLE: Final = 0.9
"""Share of the bands, those under our own print left out, in which the line is seen: a pen's line through a row or a
page has 0.8 at most, for it doesn't begin at the paper's edge."""
INK_ON_STREAK: Final = 0.55
"""Darkness of ink where a streak was taken away: remains of one have up to 0.4, pens 0.6 and more."""
STREAK_SEEN: Final = 0.4
"""Share of bands that must not be hidden by our print."""

ELSEWHERE: Final = 0.5
"""Ink outside every field for writing; a stroke of 1 mm of a pen has 0.5."""
PRINT_BOLDER: Final = 0.3
"""Diameter by which clean pages' print is at most bolder than ours, blurred and 0.1 mm askew."""
OVER_PRINT_DARK: Final = 0.25
"""Darkness beyond that: pens over grey or black print have 0.3 to 0.9."""
OVER_PRINT, OVER_PRINT_NARROW, OVER_PRINT_JOIN = 0.45, 0.6, 0.6
"""Area, shorter side and gaps of what is a stroke over print: a small cross on a word has 0.9 mm², the worst print of
120 clean pages 0.4, and that in lines 0.2 mm thin."""
TABLE_ALTERED: Final = 6.0
"""So much ink among the figures is no smudge: a stroke through a row or a handwritten figure has 10 and more."""
TICKED: Final = 0.45
"""Ink in a tick box: the smallest tick in a 4 mm box has 1.2, a printed box's blurred edge 0.2."""
WRITTEN: Final = 0.6
"""Ink in the remark box or in the fields for their balance: the shortest word has 3, a dust grain 0.3."""
TICK_MOST: Final = (18.0, 16.0)
"""Width and height of the largest tick: a box of 3.4 mm is ticked with strokes of 4 to 14 mm."""
FIELD_WRITING: Final = (56.0, 16.0)
"""Width and height of a name or a date on its line: strokes of a large hand pass the line by 5 mm and more."""
FIELD_SHARE: Final = 0.4
"""Share of a piece of writing that lies in a field from which it is that field's."""
PENCIL: Final = 0.2
"""Darkness from which a stroke in an empty box may be a pencil's: blurred ones have 0.25, paper grain 0.1."""

SEAL_LEAST: Final = 9.0
"""A personal seal's side is 10 to 18 mm."""
SEAL_MOST: Final = 66.0
"""An oval seal's long side with another beside it."""
SEAL_COMPLEXITY: Final = 4.2
"""Length of its lines over its diagonal: a smallest square seal has 6, a circle drawn by pen 2.2, a line 1."""
SEAL_OUTLINE: Final = 0.86
"""Share of the hull's edge inked by one connected piece: rings and frames have 0.95 and more, writing 0.3–0.8."""
SQUARE_FULL: Final = 0.9
"""Share of its rectangle that a square seal's hull fills: 0.93 and more, a round one's 0.79, writing's 0.5 to 0.8."""
SQUARE_LONG: Final = 1.4
"""Length over width up to which a frame is a square seal's: theirs have 1.0 to 1.2, a stamp of words 1.6 and more."""
SQUARE_EDGE: Final = 0.82
"""Share of the rectangle's edge that is inked: worn frames keep 0.85."""
SQUARE_SIDE: Final = 0.6
"""The same of the side that is inked least; a frame that was cut off by something across it has 0.4 there."""
SMALL_SEAL_OUTLINE: Final = 0.93
"""The same for seals under 20 mm: a dense character alone may reach 0.9."""
RIDING_WIDEST: Final = 34.0
"""A slice of a seal across the edges (騎縫章) of two pages is half a seal; a single page has no more than that."""
RIDING_TALLEST_LEAST: Final = 22.0
"""A slice of 8 mm of a round seal of 40 mm is 32 mm high; a line of writing is lower."""
RIDING_APART: Final = 16.0
"""Gap between the parts of a ring whose side lies on the paper's edge, which isn't looked at."""
RIDING_RADIUS: Final = (16.0, 25.0)
"""Radii of round seals with tolerance."""
RIDING_ARC: Final = 0.8
"""Share of the arc that is inked: rings have all, writing is on no circle."""
RIDING_LEAST_ARC: Final = 14.0
"""Length of arc from which a circle is a circle."""
ROUND_SEAL_LEAST: Final = 30.0
"""Diameter from which a seal's zones are wide enough to be told apart."""
SEAL_EMPTY: Final = (0.40, 0.54)
"""Shares of the radius between the star's tips and the name, where a seal is empty but for a title under the star."""
SEAL_SECTOR: Final = 40.0
"""Degrees of that zone that are looked at together."""
SEAL_CROSSED: Final = 0.08
"""Share of such a sector that is inked: none in a seal, 0.2 and more under words across it in its own colour."""
SEAL_SOLID: Final = 0.55
"""Share that survives an opening of 2.4 mm: a star leaves 0.3, a smudge 0.7."""
SEAL_BLOT: Final = (2.4, 4.2)
"""Width of that opening for small and for large seals: a double ring is 2.9 mm wide where its gap has closed."""
FRAME_LONG, FRAME_SHORT, FRAME_TALLEST = 12.0, 5.5, 40.0
"""Sides of a stamp's frame: 作廢 is stamped 10 to 20 mm high; a 口 in a signature is smaller or not straight."""
FRAME_STROKE: Final = 3.6
"""Blots and stars are wider and no strokes; a double ring that a frame crosses is thinner."""
FRAME_DRAWN: Final = 0.6
"""Share of each side that is inked: whole frames have all, those whose one side a seal hides 0.7."""
FRAME_CLEAR: Final = 0.42
"""By how much more the sides are inked than lines beside them: stamps have 0.5 to 0.97, strokes that meet by chance in
seals and names 0.3 at most."""
SEAL_REACH: Final = 14.0
"""A seal's centre may lie so far outside the box, the name or the date."""
HAND_LEAST: Final = 8.0
"""A signature's longer side."""
HAND_LEAST_SHORT: Final = 3.0
"""A signature's shorter side: a dash or an underline has less."""
HAND_COMPLEXITY: Final = 2.8
"""Length of strokes over diagonal: a cross has 2.0 to 2.5, a circle 2.2, a tick 1.5; 120 real names have 2.9 to 6."""
HAND_ASPECT: Final = 4.3
"""Longer than this for its height it is a sentence, not a name: three characters have 3, seven 6."""
HAND_TALL: Final = 7.0
"""Writing that is lower than this in so large a box is rather a note: signatures of 120 real hands are 10 to 22 mm."""
HAND_MOST_COMPLEX: Final = 6.6
"""Strokes over diagonal: 120 real names have 3.4 to 6.0, seven characters of a note 6.5, two lines 10 and more."""
HAND_WIDEST: Final = 58.0
"""Wider than any signature in a box of 87 mm."""
LINE_GAP: Final = 4.0
"""Gap to the side over which strokes are surely one line of writing."""
LINE_ALIKE: Final = 0.55
"""Share of the higher one's height from which two pieces are written in one line: a note beside a name is smaller."""
NAME_GAP: Final = 6.0
NAME_ALIKE: Final = 0.35
"""So near, a lower piece is a character of the same name (王 beside 涛)."""
NOTE_WIDTH: Final = 7.0
"""A lower piece from so wide isn't a part of a character but words."""
GROUP_LEAST: Final = 6.0
"""A second group of writing from this size, that is no date, is more than a name."""
FIELD_NAME_WIDEST: Final = 30.0
"""A name on its line is narrower; so is a date between the printed 年 月 日."""
ROW_GAP: Final = 1.4
"""Gap downwards within a line: parts of one character (雪) have 1 mm, lines of writing 2 mm and more."""
LINE_OVERLAP: Final = 0.35
"""Share of the lower one's height over which two pieces stand at one height."""
WORD_GAP: Final = 14.0
"""Gap between pieces of one line: people leave a character's width between surname and given name."""
PART_GAP: Final = 2.5
PART_HEIGHT: Final = 0.5
"""A piece under (or over) a line, at most so far off and so high for it, is a part of its last stroke (雪, 王)."""
NAME_LONGEST: Final = 4
"""Characters of the longest names (欧阳 + two)."""
CHARACTER_READ: Final = 0.95
"""Certainty of every character from which a text without surname was surely written so: 走 for a hurried 赵 has 0.9."""
LINE_LONGEST: Final = 30.0
"""Width over height from which ink is a rule or a fold: across a box of 87 mm go 29 of the smallest characters."""
CHARACTER_LEAST: Final = 3.0
"""Writing smaller than this isn't read: a dot, a comma; the smallest note in a box of 87 mm has 4."""
WORD_GUESSED: Final = 0.3
"""Certainty from which words that speak against the account count: better a look too many."""
WORD_READ: Final = 0.8
"""Certainty from which words that are no name were surely read: scribbles are read as anything with 0.2 to 0.7."""
NAME_READ: Final = 0.5
"""Certainty from which a name is one: of 120 real names 116 were read so, 103 of them without a mistake."""
PATCH_STEP: Final = 5.0
"""Levels of 255 by which a pasted picture's paper differs: a scan's own is even to 2, shadows are no rectangles."""
PATCH_SIDE: Final = 12.0
"""Shortest straight side of a pasted picture."""
PATCH_CLOSED: Final = 4.6
"""Ink up to this width is left out of the paper's tone: a double ring is 3 mm wide, a star's middle 4."""
CROSSED_LENGTH: Final = 0.84
"""A straight stroke as long as this share of a name's width crosses it out: of 120 real names two have a longer one,
strokes that cross a name out have 0.95 and more."""
SIGN_GONE, SIGN_WEAK = 0.35, 0.6
"""Share of a minus sign's ink that is left: under the first it was taken away, under the second nobody can be sure."""
FIGURE_BLEED: Final = 0.25
"""Our own print may be blurred so much further in photos; ink beyond is somebody's."""
FOREIGN_DARK: Final = 0.5
"""Share of the paper's brightness under which something lies on the sheet or beside it; shadows keep 0.55."""
FOREIGN_COLOUR: Final = 0.16
"""Difference of the channels beyond the paper's own: fingers have 0.2 to 0.4, warm light none of its own."""
FOREIGN_SOLID: Final = 7
"""Width of such a thing: a finger has 10 and more, a seal's ring 2."""
PEN_COLOUR: Final = 0.045
"""By how much more than the page's median figure one is coloured under a pen: clean ones have 0.035 more at most, a
thin stroke of a blue or red pen on a digit 0.05 and more."""
PEN_DARK: Final = 0.38
"""Ink on a digit beyond its own, over 0.4 mm: clean ones have 0.34 at most, a black pen's stroke 0.4 and more."""
BEFORE_FIGURE: Final = 3.0
"""Reach before a figure in which ink is a sign or a digit put in front of it."""

WORD_ALTERED: Final = 0.45
"""Correlation of a word with our print under which it is another word; clean pages have 0.9, photos 0.75."""
WORD_WHOLE: Final = 0.96
"""Correlation under which a long word is looked at in parts: with two of eleven characters changed it has 0.9."""
WORD_DROP: Final = 0.14
"""A word that is so much worse than the page's median isn't only badly printed: clean pages have 0.08 at most."""
MISSING_SHARE: Final = 0.14
"""Share of a word's ink that is gone: correction fluid and white rectangles take more, clean pages have none."""
EXTRA_SHARE: Final = 0.14
"""Ink around a word that isn't its own, relative to its own; clean pages have 0.08 at most."""
PAGE_WORST: Final = 0.55
"""Median correlation of all words under which the page can't be judged at all."""
DIGIT_MARGIN: Final = 0.03
"""How much better than every other digit the right one has to fit: flatbeds have 0.10, the worst photos 0.06."""
DIGIT_ALTERED: Final = 0.05
"""Another digit fits so much better than the printed one: it is another digit."""
DIGIT_DROP: Final = 0.13
"""A digit that fits so much worse than the page's median digit was touched; clean pages have 0.09 at most."""
OPAQUE_SEAL: Final = 0.3
"""Darkness of a seal's ink in its own colour's channel: red keeps 0.1 to 0.25, blue 0.35, and hides digits."""
STROKE_OVER_SEAL: Final = 0.15
"""So much darker than the seal's own ink without its colour is a stroke over it: blue pens have 0.2, black 0.6."""
GREY_SEAL_SIDE: Final = 25.0
"""In black and white, ink with both sides beyond this may be a seal, and a note under it can't be told apart."""

GREY_SEAL_OUTLINE: Final = 0.68
"""Share of the hull's edge inked from which such ink may be a seal; 120 real signatures have 0.55 at most."""

SIGNATURE_PICTURE: Final = 700
"""Pixels of the longer side under which a picture without a QR code is a logo; A4 at 60 dpi has 700."""
