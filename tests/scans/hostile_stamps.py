"""Returns whose stamp or name is no yes of theirs: reservations in rubber, receiving stamps, our own people's hands."""

import cv2
import numpy as np

from tests.scans.electronic import hand_picture, overlaid, seal_picture
from tests.scans.files import Parts, part
from tests.scans.letters import SANS, hand_text, turned, typed
from tests.scans.marks import Job, any_mark, dated, hand, seal, spot
from tests.scans.paper import RED, TONER, middle
from tests.scans.returns import Kind, Making
from tests.scans.seals import a_cut, a_press, pressed, round_plate, square_plate
from tests.scans.stationery import STAMP_INKS, dater, line_stamp
from tests.scans.words import (
    COPY_STAMPS,
    DATES,
    LIKE_FIRMS,
    OUR_PEOPLE,
    OURS,
    PEOPLE,
    RECEIVED_STAMPS,
    RESERVATION_STAMPS,
    UNRELATED,
)


def reservation_stamp(making: Making) -> Job:
    """E. & O. E., 仅供参考, 以我司账为准 in rubber: in the box, beside it, or under the table."""
    job, box = making.job(), making.box
    any_mark(job)
    words = job.random.choice(RESERVATION_STAMPS)
    x, y = middle(box)
    places = (
        (box.page, x + job.random.uniform(-18, 18), y + job.random.choice((-18, 19))),
        (box.page, 60, y - job.random.uniform(38, 44)),
        (box.page, 62, middle(job.layout.remark_box)[1]),
        (1, job.random.uniform(70, 130), 22.0),
    )
    page, left, top = job.random.choice(places)
    colour = job.random.choice((*STAMP_INKS, TONER))
    line_stamp(job, words, left, top, page=page, height=min(7, 62 / len(words)), colour=colour)
    return job


def copy_stamp(making: Making) -> Job:
    """副本, 样张, COPY: not the paper that binds."""
    job = making.job()
    any_mark(job)
    page = job.random.choice((1, job.layout.sign_box.page))
    colour = job.random.choice(STAMP_INKS)
    words = job.random.choice(COPY_STAMPS)
    x, y = job.random.uniform(60, 150), job.random.choice((26.0, 40.0, 100.0, 275.0))
    line_stamp(job, words, x, y, page=page, height=job.random.uniform(7, 12), colour=colour)
    return job


def receiving_stamp(making: Making) -> Job:
    """The stamp of their post room with the date: the letter came in, nobody agreed."""
    job = making.job()
    words = job.random.choice((making.case.name + "收文章", *RECEIVED_STAMPS))
    plate = dater(job, words, job.random.choice(("2026.11.05", "2026年11月6日", "NOV 09 2026")))
    job.seal(plate, *spot(job), a_press(job.random), colour=job.random.choice(STAMP_INKS))
    return job


def like_firms_seal(making: Making) -> Job:
    """Another firm of the same town, trade and kind."""
    job = making.job()
    job.seal(round_plate(a_cut(job.random, LIKE_FIRMS[making.case.name])), *spot(job))
    return job


def printed_seal(making: Making) -> Job:
    """A seal cut from a scan of another letter, coarse, with ends of that letter's words, printed into our box."""
    job, random = making.job(), making.random
    x, y = middle(job.layout.sign_box)
    side = 44
    white = np.full((job.paper.px(side), job.paper.px(side), 3), 255, np.uint8)
    piece = making.blank_piece(white, job.paper.dpi)
    for row in range(5):
        ink = typed("现将本月货款对账情况函告如下敬请核实"[random.randint(0, 4) :], SANS, job.paper.px(3.6))
        piece.put(ink, TONER, 1, side / 2 + random.uniform(-4, 4), 4 + row * 9)
    ink = pressed(random, round_plate(a_cut(random, making.case.name)), job.paper.per_mm, a_press(random))
    piece.put(ink, RED, 1, side / 2, side / 2)
    dots = max(1, round(side / 25.4 * random.randint(80, 110)))
    coarse = cv2.resize(piece.pages[0], (dots, dots), interpolation=cv2.INTER_AREA)
    back = cv2.resize(coarse, piece.pages[0].shape[1::-1], interpolation=cv2.INTER_NEAREST)
    job.paper.paste(back, job.layout.sign_box.page, x - side / 2, y - side / 2)
    return job


def seal_off_the_sheet(making: Making) -> Job:
    """A seal of which the sheet's edge leaves less than half: the name can't be read, the box is empty."""
    job = making.job()
    x, y = job.random.choice(((0.0, 235.0), (210.0, 120.0), (210.0, 240.0), (0.0, 90.0)))
    off = job.random.uniform(1, 7)
    job.seal(round_plate(a_cut(job.random, making.case.name)), x - off if x < 100 else x + off, y)
    return job


def our_side_only(making: Making) -> Job:
    """Our own seal and name in our own field, nothing in theirs."""
    job = making.job(filled=making.random.random() < 0.5)
    x, y = middle(job.layout.our_seal)
    if job.random.random() < 0.7:
        job.seal(round_plate(a_cut(job.random, OURS)), x, y, page=job.layout.our_seal.page)
    else:
        job.sign(x, y, width=30, page=job.layout.our_seal.page)
    return job


def our_reps_hand(making: Making) -> Job:
    """The name that is printed as ours on the same slip, written legibly where the customer signs."""
    job, box = making.job(filled=False), making.box
    name = job.random.choice(OUR_PEOPLE)
    job.tick(job.layout.agree)
    x, y = spot(job, reach=0.6)
    job.write(name, box.page, x, y, job.random.uniform(8, 12), legible=True)
    if job.random.random() < 0.5:
        job.write(name, box.page, *middle(job.layout.name_field), 4.4, legible=True)
    dated(job)
    return job


def signed_for_another(making: Making) -> Job:
    """A name by hand, and by hand above it the firm that it stands for: not the customer."""
    job, box = making.job(), making.box
    x, y = middle(box)
    firm = job.random.choice((*UNRELATED, LIKE_FIRMS[making.case.name]))
    job.write(firm, box.page, x, y - job.random.uniform(10, 16), min(5.5, 70 / len(firm)), legible=True)
    job.sign(x + job.random.uniform(-8, 14), y + 6, width=job.random.uniform(26, 36))
    return job


def watermark(making: Making) -> Parts:
    """样张 or 草稿 in large pale letters across the page of the PDF, then sealed or signed electronically."""
    live, random = making.case.live.pdf, making.random
    ink = turned(typed(random.choice(("样张", "草稿", "作废", "SAMPLE", "DRAFT", "VOID")), SANS, 520), 35)
    tones = np.full((*ink.shape, 3), random.choice((120, 150)), np.uint8)
    picture = np.dstack([tones, (ink * random.uniform(90, 150)).astype(np.uint8)])
    laid = [(picture, number, 105.0, 140.0, random.uniform(110, 150)) for number in range(1, live.layout.pages + 1)]
    x, y = middle(making.box)
    mark, width = seal_picture(random, making.case.name) if random.random() < 0.6 else (hand_picture(random, 32), 32)
    return (
        part("application/pdf", "对账单-已签.pdf", overlaid(live.data, [*laid, (mark, making.box.page, x, y, width)])),
    )


def date_for_a_name(making: Making) -> Job:
    """A rubber date stamp in the box and a word of receipt by hand: it came in, no more."""
    job, box = making.job(filled=False), making.box
    x, y = middle(box)
    colour = job.random.choice(STAMP_INKS)
    line_stamp(job, "2026.11.05", x - 16, y, page=box.page, height=5, colour=colour)
    ink = hand_text(
        job.random, job.random.choice(("已收到", "收到待核", "已收，待核对")), job.paper.px(7), legible=True
    )
    job.paper.put(ink, job.pen, box.page, x + 20, y + job.random.uniform(-6, 6))
    return job


def struck_and_sealed_elsewhere(making: Making) -> Job:
    """The box for the seal struck through, a name written beside 收货人: who took the goods, not who agrees."""
    job, box = making.job(filled=False), making.box
    job.line(box.page, (box.x + 4, box.y + box.height - 4), (box.x + box.width - 4, box.y + 4))
    words = job.random.choice(("收货人：", "经手人：", "快递签收："))
    job.write(words, box.page, box.x + 16, box.y - 14, 5, legible=True)
    hand_at = box.x + job.random.uniform(46, 56)
    job.sign(hand_at, box.y - 13, width=28)
    return job


def seal_under_other_date(making: Making) -> Job:
    """Sealed, and by hand in the box a date as of which it holds: not the end of the period."""
    job, box = making.job(), making.box
    x, y = middle(box)
    job.random.choice((seal, hand))(job)
    words = job.random.choice(("截至9月30日", "仅确认至10月15日", "截止2026.9.30余额", "只认9月前货款"))
    job.write(words, box.page, x, y + job.random.choice((-19, 20)), min(6, 66 / len(words)), legible=True)
    if job.random.random() < 0.3:
        job.write(job.random.choice(DATES), box.page, x - 20, box.y - 8, 4)
    return job


def name_chop_only(making: Making) -> Job:
    """A small square seal of some person, no firm's: whose authority is it?"""
    job = making.job()
    size = job.random.uniform(13, 18)
    job.seal(square_plate(job.random.choice(PEOPLE) + "印", size), *spot(job))
    return job


def union_seal(making: Making) -> Job:
    """The seal of a body within the customer: trade union, party branch, a shop of theirs."""
    job = making.job()
    name = making.case.name + job.random.choice(("工会委员会", "党支部", "门市部", "驻外办事处"))
    job.seal(round_plate(a_cut(job.random, name)), *spot(job))
    return job


STAMPS: dict[str, Kind] = {
    "reservation stamp": reservation_stamp,
    "copy stamp": copy_stamp,
    "receiving stamp": receiving_stamp,
    "like firm's seal": like_firms_seal,
    "printed seal": printed_seal,
    "seal off the sheet": seal_off_the_sheet,
    "our side only": our_side_only,
    "our rep's hand": our_reps_hand,
    "signed for another firm": signed_for_another,
    "watermark": watermark,
    "date stamp for a name": date_for_a_name,
    "receiver's name": struck_and_sealed_elsewhere,
    "as of another day": seal_under_other_date,
    "name chop only": name_chop_only,
    "union's seal": union_seal,
}
