"""Honest returns: every mark on every device, and our PDF sealed or signed electronically."""

from tests.scans.checked import GOOD_TOO, HARD_TOO
from tests.scans.electronic import hand_picture, overlaid, seal_picture
from tests.scans.files import Parts, part
from tests.scans.marks import GOOD, HARD, Job
from tests.scans.paper import middle
from tests.scans.returns import Kind, Making
from tests.scans.words import BINDING

_DATED = {"date stamp"}
"""They fill in the slip themselves."""
ELECTRONIC = ("e-seal", "e-hand", "e-seal and hand")


def marked(name: str) -> Kind:
    """The statement with this mark on paper."""

    def make(making: Making) -> Job:
        job = making.job(filled=name not in _DATED)
        (GOOD | HARD | GOOD_TOO | HARD_TOO)[name](job)
        return job

    return make


def electronic(name: str) -> Kind:
    """Our PDF with pictures laid into the box."""

    def make(making: Making) -> Parts:
        box, random = making.box, making.random
        x, y = middle(box)
        laid = []
        if "seal" in name:
            title = random.choice(("", "", *BINDING))
            picture, width = seal_picture(random, making.case.name, title)
            laid.append((picture, box.page, x + random.uniform(8, 20), y + random.uniform(-4, 4), width))
        if "hand" in name:
            width = random.uniform(22, 36)
            laid.append((hand_picture(random, width), box.page, x - random.uniform(14, 22), y, width))
        return (part("application/pdf", "对账单-电子章.pdf", overlaid(making.case.live.pdf.data, laid)),)

    return make
