from dataclasses import replace

import pytest

from bot.config import Company
from bot.decide.owners import owners, unowned
from bot.model import Basis, Channel, Customer, Cycle, Locale, Role, Staff
from tests.configured import company

CUSTOMER = Customer(
    code="C001",
    name="苏州恒远机械有限公司",
    aliases=(),
    cycle=Cycle.MONTHLY,
    closing_day=None,
    payment_terms="",
    rep="Zhou@hd-trade.example",
    contacts=(),
    locale=Locale.HANS,
    channel=Channel.MAIL,
    currency="CNY",
    basis=Basis.DELIVERY,
)
ZHOU, LI, CHEN, _ = company().staff


def test_A1_a_customer_resolves_to_rep_superior_and_finance() -> None:
    found, faults = owners(company(), CUSTOMER)
    assert found is not None
    assert (found.rep.name, found.superior.name, found.finance.name) == ("周晓岚", "李敏", "陈会计")
    assert faults == ()


@pytest.mark.parametrize(
    ("staff", "rep", "missing"),
    [
        ((ZHOU, LI, CHEN), "", ["rep", "superior"]),
        ((LI, CHEN), ZHOU.address, ["rep", "superior"]),
        ((replace(ZHOU, roles=(Role.MANAGER,)), LI, CHEN), ZHOU.address, ["rep", "superior"]),
        ((replace(ZHOU, superior=None), LI, CHEN), ZHOU.address, ["superior"]),
        ((ZHOU, CHEN), ZHOU.address, ["superior"]),
        ((ZHOU, replace(LI, shared=True), CHEN), ZHOU.address, ["superior"]),
        ((ZHOU, LI, replace(CHEN, shared=True)), ZHOU.address, ["finance"]),
        ((), ZHOU.address, ["rep", "superior", "finance"]),
    ],
    ids=[
        "no rep named",
        "rep left",
        "rep changed roles",
        "rep has no superior",
        "superior left",
        "superior is a shared mailbox",
        "finance is a shared mailbox",
        "nobody at all",
    ],
)
def test_A1_a_missing_owner_names_customer_and_role(staff: tuple[Staff, ...], rep: str, missing: list[str]) -> None:
    firm: Company = company(staff=staff)
    customer = replace(CUSTOMER, rep=rep)
    found, faults = owners(firm, customer)
    assert found is None
    assert [fault.message for fault in faults] == [
        f"customer C001 苏州恒远机械有限公司 has no {role}" for role in missing
    ]
    assert all(fault.remedy for fault in faults)
    assert unowned(firm, [customer, CUSTOMER])[: len(faults)] == faults
