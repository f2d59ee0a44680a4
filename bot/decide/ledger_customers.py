"""Rows of the customers table → :class:`Customer`, one row per contact, and all faults at once."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from email_validator import EmailNotValidError, validate_email

from bot.decide import ledger_text
from bot.decide.row_reader import CUSTOMER_HEADERS, RowReader
from bot.model import Basis, Channel, Contact, Customer, Cycle, Fault, Locale
from parsers.amount import parse_cell
from parsers.sales import words
from parsers.sales.cells import as_text
from parsers.sales.columns import fold_word
from parsers.sales.values import Cell, CustomerRow
from parsers.scan import seal_words

HasGlyph = Callable[[str], bool]
_CUSTOMER_LEVEL = (
    "name",
    "aliases",
    "cycle",
    "closing_day",
    "payment_terms",
    "rep",
    "locale",
    "channel",
    "currency",
    "basis",
    "tax_id",
    "credit_limit",
    "opening_date",
    "seals",
    "signatories",
)
_SEPARATORS = str.maketrans("、，；;/\n", ",,,,,,")
_LAST_DAY = 31
_SHORTEST_NAME, _LONGEST_NAME = 2, 20


@dataclass(frozen=True, slots=True)
class Defaults:
    """What empty cells mean: the company's own language, currency and basis."""

    locale: Locale = Locale.HANS
    currency: str = "CNY"
    basis: Basis = Basis.DELIVERY


def customers(
    rows: Sequence[CustomerRow],
    *,
    staff: Collection[str] | None = None,
    defaults: Defaults | None = None,
    has_glyph: HasGlyph | None = None,
) -> tuple[tuple[Customer, ...], tuple[Fault, ...]]:
    """Return the customers in the file's order and every fault; a customer with a fault (not a warning) is left out.

    ``staff`` are the addresses that may be a rep (None: not checked). A customer without anyone who may confirm is
    returned; preparing holds it. An empty 客户编码 continues the customer above.
    """
    faults: list[Fault] = []
    found: list[Customer] = []
    owners: dict[str, str] = {}
    for code, group in _groups(rows, faults).items():
        before = len(faults)
        customer = _customer(code, group, staff, defaults or Defaults(), faults)
        if all(fault.warning for fault in faults[before:]):
            found.append(customer)
        _doubts(customer, RowReader(group[0], CUSTOMER_HEADERS, faults), owners, has_glyph)
    return tuple(found), tuple(sorted(faults, key=lambda fault: fault.row or 0))


def _groups(rows: Sequence[CustomerRow], faults: list[Fault]) -> dict[str, list[CustomerRow]]:
    groups: dict[str, list[CustomerRow]] = {}
    above = ""
    for row in rows:
        code = as_text(row.code) or above
        if code:
            groups.setdefault(code, []).append(row)
        else:
            RowReader(row, CUSTOMER_HEADERS, faults).fault("code", ledger_text.NO_CUSTOMER_ABOVE)
        above = code
    return groups


def _customer(
    code: str,
    rows: Sequence[CustomerRow],
    staff: Collection[str] | None,
    defaults: Defaults,
    faults: list[Fault],
) -> Customer:
    read = RowReader(_merged(rows, faults), CUSTOMER_HEADERS, faults)
    channel = Channel(read.word("channel", words.channel, Channel.MAIL))
    return Customer(
        code=code,
        name=_name(read),
        aliases=_listed(read.text("aliases")),
        cycle=Cycle(read.word("cycle", words.cycle, Cycle.MONTHLY)),
        closing_day=_closing_day(read),
        payment_terms=read.text("payment_terms"),
        rep=_rep(read, staff),
        contacts=_contacts(rows, channel, faults),
        locale=Locale(read.word("locale", words.locale, defaults.locale)),
        channel=channel,
        currency=read.currency("currency", defaults.currency),
        basis=Basis(read.word("basis", words.basis, defaults.basis)),
        tax_id=read.text("tax_id"),
        credit_limit=read.number("credit_limit"),
        opening_date=read.day("opening_date"),
        seals=_seals(read),
        signatories=_signatories(read),
    )


def _merged(rows: Sequence[CustomerRow], faults: list[Fault]) -> CustomerRow:
    """Return the first row with its empty customer-level cells filled from later ones; differing ones are faults."""
    first = rows[0]
    filled: dict[str, tuple[int, Cell]] = {field: (first.row, getattr(first, field)) for field in _CUSTOMER_LEVEL}
    for row in rows[1:]:
        for field in _CUSTOMER_LEVEL:
            cell: Cell = getattr(row, field)
            number, known = filled[field]
            if not as_text(known):
                filled[field] = (row.row, cell)
            elif as_text(cell) and fold_word(as_text(cell)) != fold_word(as_text(known)):
                RowReader(row, CUSTOMER_HEADERS, faults).fault(field, ledger_text.differing(number))
    cells: dict[str, Any] = {field: cell for field, (_, cell) in filled.items()}
    return replace(first, **cells)


def _name(read: RowReader) -> str:
    """Return the name; what a header could be broken with is refused here already."""
    name = read.needed("name")
    if "=?" in name or not name.isprintable():
        read.fault("name", ledger_text.BAD_NAME)
    return name


def _seals(read: RowReader) -> tuple[str, ...]:
    """Return the kinds of seals that count for it, each once; empty where the cell is."""
    written = _listed(read.text("seals"))
    unknown = [one for one in written if words.seal(one) is None]
    if unknown:
        read.fault("seals", ledger_text.unknown_seals("、".join(unknown), "、".join(seal_words.CHOOSABLE)))
    return tuple(dict.fromkeys(kind for one in written if (kind := words.seal(one)) is not None))


def _signatories(read: RowReader) -> tuple[str, ...]:
    names = _listed(read.text("signatories"))
    if not all(_SHORTEST_NAME <= len(name) <= _LONGEST_NAME and name.isprintable() for name in names):
        read.fault("signatories", ledger_text.NOT_NAMES)
    return names


def _listed(text: str) -> tuple[str, ...]:
    """Return the parts of a cell that lists things with 、 or commas, each once."""
    parts = (part.strip() for part in text.translate(_SEPARATORS).split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def _closing_day(read: RowReader) -> int | None:
    """Return 1–30; 31, 月末 and an empty cell mean the calendar month's end."""
    written = fold_word(read.text("closing_day")).removesuffix("日").removesuffix("号")
    if written in {"", "月末", "月底"}:
        return None
    day = parse_cell(written, None)
    if day is None or day != int(day) or not 1 <= day <= _LAST_DAY:
        read.fault("closing_day", ledger_text.NOT_A_DAY)
        return None
    return None if day == _LAST_DAY else int(day)


def _rep(read: RowReader, staff: Collection[str] | None) -> str:
    written = read.needed("rep")
    if not written:
        return ""
    address = _address(read, "rep")
    if address and staff is not None and address not in {known.lower() for known in staff}:
        read.fault("rep", ledger_text.unknown_rep(address))
    return address


def _address(read: RowReader, field: str) -> str:
    """Return the address in lower case, its domain in ASCII; a wrong one is a fault and gives an empty text."""
    try:
        checked = validate_email(
            read.text(field),
            check_deliverability=False,
            test_environment=True,
            allow_smtputf8=False,
        )
    except EmailNotValidError as error:
        read.fault(field, ledger_text.bad_address(str(error)))
        return ""
    return (checked.ascii_email or checked.normalized).lower()


def _contacts(rows: Sequence[CustomerRow], channel: Channel, faults: list[Fault]) -> tuple[Contact, ...]:
    found: list[Contact] = []
    seen: dict[str, int] = {}
    for row in rows:
        read = RowReader(row, CUSTOMER_HEADERS, faults)
        if not read.text("address"):
            if channel is Channel.MAIL and read.text("contact"):
                read.fault("address", ledger_text.NO_ADDRESS)
            if channel is Channel.MAIL or not read.text("contact"):
                continue
        address = _address(read, "address") if read.text("address") else ""
        if address and address in seen:
            read.fault("address", ledger_text.doubled_address(seen[address]))
        seen.setdefault(address, row.row)
        found.append(_contact(read, len(found) + 1, address))
    return tuple(found)


def _contact(read: RowReader, position: int, address: str) -> Contact:
    name, basis = read.text("contact"), read.text("basis_of_authority")
    return Contact(position, name, address, read.yes("may_confirm"), basis, read.yes("cc"))


def _doubts(customer: Customer, read: RowReader, owners: dict[str, str], has_glyph: HasGlyph | None) -> None:
    """Warn of names that two customers share and of characters that we can't print."""
    for name in dict.fromkeys((customer.name, *customer.aliases)):
        owner = owners.setdefault(fold_word(name), customer.code)
        if owner != customer.code:
            read.fault("name", ledger_text.same_name(name, owner), warning=True)
    strange = "".join(dict.fromkeys(c for c in customer.name if has_glyph is not None and not has_glyph(c)))
    if strange:
        read.fault("name", ledger_text.missing_glyphs(f"{customer.code} {customer.name}", strange), warning=True)
