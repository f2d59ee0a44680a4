"""The command line: wiring only. ``duizhang --help`` lists what works; exit 0 done, 1 faults in the data, 2 usage."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.config import Config
    from bot.edges.clock import Clock
    from bot.model import Staff
    from bot.steps.office import Office
    from parsers.period import Period

app = typer.Typer(
    help="Reconciles accounts with customers by email: statements out, replies read, confirmations recorded.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
audit_app = typer.Typer(help="The audit log.", no_args_is_help=True)
app.add_typer(audit_app, name="audit")

ConfigOption = Annotated[Path | None, typer.Option("--config", help="The configuration.  [default: ./config.yaml]")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object instead of tables.")]
PeriodOption = Annotated[str, typer.Option("--period", help="2026-10, 2026Q3 or 2026.")]
AnyPeriodOption = Annotated[str | None, typer.Option("--period", help="2026-10, 2026Q3 or 2026.")]
CompanyOption = Annotated[str | None, typer.Option("--company", help="Whose, where the configuration has several.")]
AsOfOption = Annotated[str | None, typer.Option("--as-of", help="Act as on this day, 2026-11-03.")]
NowOption = Annotated[str | None, typer.Option("--now", help="Act as at this instant, 2026-11-03T09:00+08:00.")]

DATA_FAULT, USAGE, FAULT = 1, 2, 70
_chosen: dict[str, Path] = {}


@app.callback()
def root(config: ConfigOption = None) -> None:
    """Reconciles accounts with customers by email: statements out, replies read, confirmations recorded."""
    if config is not None:
        _chosen["config"] = config


def main() -> None:
    """The console script; mistakes of the user end in one clear line, never in a stack trace."""
    from bot.terminal import complain

    try:
        app()
    except KeyboardInterrupt:
        complain("stopped")
        sys.exit(130)
    except Exception as error:  # whatever it is, a user is told in one line; the details are for us
        logging.getLogger(__name__).exception("command_failed")
        complain(f"a fault of this program ({type(error).__name__}: {error}); nothing is lost, see data/duizhang.log")
        sys.exit(FAULT)


class _Usage(Exception):  # noqa: N818  # a mistake of the user's, told in one line
    """A mistake in usage or configuration."""


def _period(text: str | None) -> "Period | None":
    from parsers.period import InvalidPeriod, parse_code

    try:
        return None if text is None else parse_code(text)
    except InvalidPeriod as error:
        raise _Usage(f"--period: {error}") from error


def _some_period(text: str) -> "Period":
    period = _period(text)
    if period is None:  # pragma: no cover  # the option is required
        raise _Usage("--period is missing")
    return period


def _clock(as_of: str | None, now: str | None, config: "Config") -> "Clock | None":
    """A clock that stands still at the given day (at noon) or instant; None for the real one."""
    from bot.edges.clock import SimulatedClock

    zone = config.companies[0].timezone
    try:
        if now is not None:
            instant = datetime.fromisoformat(now)
            return SimulatedClock((instant if instant.tzinfo else instant.replace(tzinfo=zone)).astimezone(UTC))
        if as_of is not None:
            noon = datetime.combine(datetime.fromisoformat(as_of).date(), time(12), tzinfo=zone)
            return SimulatedClock(noon.astimezone(UTC))
    except ValueError as error:
        raise _Usage(f"--as-of takes 2026-11-03, --now takes 2026-11-03T09:00+08:00: {error}") from error
    return None


def _config(path: Path | None) -> "Config":
    from bot.config import ConfigFaults
    from bot.config_file.load import load

    chosen = path or _chosen.get("config", Path("config.yaml"))
    try:
        return load(chosen, os.environ)
    except ConfigFaults as faults:
        lines = "\n".join(f"  {fault}" for fault in faults.faults)
        raise _Usage(f"{chosen} can't be used:\n{lines}") from faults


@contextmanager
def _offices(path: Path | None, as_of: str | None = None, now: str | None = None) -> Iterator[list["Office"]]:
    """The offices of all companies; the user's mistakes and the world's failures become one line and exit 2."""
    from bot import flow
    from bot.terminal import log_into

    config = _config(path)
    log_into(config.data)
    with flow.offices(config, _clock(as_of, now, config)) as found:
        yield list(found.values())


@contextmanager
def _told() -> Iterator[None]:
    """Turns the failures that a user can do something about into one line and exit 2."""
    from sqlalchemy.exc import DBAPIError, OperationalError

    from bot.edges import world
    from bot.edges.sandbox import Contained
    from bot.edges.store import StoreRefused
    from bot.edges.tls import MailRefused
    from bot.steps import explaining, owing, resolving
    from bot.terminal import complain

    refusals = (
        _Usage,
        MailRefused,
        StoreRefused,
        Contained,
        explaining.NotAStatement,
        owing.Refused,
        resolving.Refused,
    )
    try:
        yield
    except refusals as error:
        complain(str(error))
        raise typer.Exit(USAGE) from error
    except (OperationalError, OSError) as error:
        complain(world.plainly(error))
        raise typer.Exit(USAGE) from error
    except DBAPIError as error:
        complain(f"the database can't be used: {error.orig}; look at `database` in the configuration")
        raise typer.Exit(USAGE) from error


@app.command()
def demo(
    customers: Annotated[int, typer.Option(help="How many customers, at least 14.", min=14, max=2000)] = 18,
    keep: Annotated[bool, typer.Option(help="Leave the mail servers up afterwards, to answer by hand.")] = False,
    out: Annotated[Path, typer.Option(help="Where digest and statements are saved.")] = Path("demo-output"),
    json: JsonOption = False,
) -> None:
    """A whole month on mail servers inside this program, in about a minute."""
    from bot.demo import month

    with _told():
        ok = month.run(customers, keep=keep, out=out, as_json=json)
    raise typer.Exit(0 if ok else DATA_FAULT)


@app.command()
def init(folder: Annotated[Path, typer.Argument(help="Where to begin.")] = Path()) -> None:
    """Write a commented config.yaml, an import sheet with examples, and the data folder."""
    from bot.steps import beginning
    from bot.terminal import say

    with _told():
        for line in beginning.begin(folder):
            say(line)


@app.command()
def doctor(config: ConfigOption = None) -> None:
    """Check configuration, folders, TLS, logins, and a round trip of a mail to ourselves."""
    from bot.steps import checkup
    from bot.terminal import table

    with _told(), _offices(config) as offices:
        found = [line for office in offices for line in checkup.examine(office)]
    table("doctor", ("", "what", "finding"), [(line.mark, line.what, line.finding) for line in found])
    raise typer.Exit(USAGE if any(line.bad for line in found) else 0)


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="XLSX, XLS or CSV of the own import format.")],
    company: CompanyOption = None,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """ERP exports into the ledger; all faults of a file at once, with row and column."""
    from bot import flow
    from bot.showing import imported_json, show_imported
    from bot.terminal import print_json

    with _told(), _offices(config) as offices:
        office = _of_company(offices, company)
        done = flow.import_files(office, files)
    if json:
        print_json({"files": [imported_json(each) for each in done]})
    else:
        show_imported(done, office.company.locale)
    raise typer.Exit(DATA_FAULT if any(each.refused for each in done) else 0)


def _of_company(offices: "list[Office]", wanted: str | None) -> "Office":
    """The company that was meant, by name, alias or number prefix; the only one where there is one."""
    if wanted is None and len(offices) == 1:
        return offices[0]
    names = ", ".join(f"{each.name} ({each.company.number_prefix})" for each in offices)
    for office in offices:
        if wanted in {office.name, *office.company.aliases, office.company.number_prefix}:
            return office
    raise _Usage(f"--company: {wanted} is none of {names}" if wanted else f"say whose with --company: {names}")


@app.command()
def prepare(
    period: PeriodOption,
    config: ConfigOption = None,
    json: JsonOption = False,
    as_of: AsOfOption = None,
    now: NowOption = None,
) -> None:
    """Draw up the statements of a period; anomalies hold theirs and go to the department."""
    from bot import flow
    from bot.showing import prepared_json, show_prepared
    from bot.terminal import complain, print_json, progress

    with _told(), _offices(config, as_of, now) as offices, progress("preparing") as tell:
        chosen = _some_period(period)
        done = [each for office in offices for each in flow.prepare(office, chosen, tell)]
        refused = [report.refused for office in offices if (report := flow.deliver(office)).refused is not None]
    if json:
        print_json({"statements": [prepared_json(each) for each in done]})
    else:
        show_prepared(done)
    for refusal in refused:
        complain(f"mails to departments wait in the outbox: {refusal}")
    raise typer.Exit(DATA_FAULT if any(each.result in {"held", "broken"} for each in done) else 0)


@app.command()
def release(
    period: PeriodOption,
    by: Annotated[str, typer.Option(help="Address of the finance person who releases.")],
    config: ConfigOption = None,
) -> None:
    """Let the prepared statements of a period go, where finance releases."""
    from bot.steps import resolving, sending
    from bot.terminal import say

    with _told(), _offices(config) as offices:
        chosen = _some_period(period)
        for office in [each for each in offices if each.staff_at(by)] or offices[:1]:
            resolving.require_finance(office, _person(office, by))
            say(f"{office.name}: {sending.release(office, chosen, by)} released")


def _person(office: "Office", address: str) -> "Staff":
    person = office.staff_at(address)
    if person is None:
        raise _Usage(f"--by: {address} is nobody of {office.name}'s staff in config.yaml")
    return person


@app.command()
def send(
    period: PeriodOption,
    config: ConfigOption = None,
    json: JsonOption = False,
    as_of: AsOfOption = None,
    now: NowOption = None,
) -> None:
    """Put a period's statements in the outbox and deliver what is due."""
    from bot import flow
    from bot.showing import sent_json, show_eta, show_sent
    from bot.terminal import print_json, progress

    with _told(), _offices(config, as_of, now) as offices:
        for office in offices:
            with progress("drawing") as tell:
                queued = flow.queue(office, _some_period(period), tell)
            if not json:
                show_eta(office)
            with progress("sending") as told:
                report = flow.deliver(office, told)
            if json:
                print_json(sent_json(office, queued, report))
            else:
                show_sent(office, queued, report)
            if report.refused is not None:
                raise report.refused


@app.command()
def poll(
    once: Annotated[bool, typer.Option("--once", help="Look once and end.")] = False,
    config: ConfigOption = None,
    json: JsonOption = False,
    as_of: AsOfOption = None,
    now: NowOption = None,
) -> None:
    """Fetch mail, judge it, act on it, and deliver what is owed by then."""
    from bot import flow
    from bot.edges.tls import MailRefused
    from bot.showing import received_json, show_received
    from bot.terminal import print_json, progress

    if not once:
        raise typer.BadParameter("say --once, or use `duizhang run` for the service", param_hint="--once")
    with _told(), _offices(config, as_of, now) as offices:
        refused = None
        for office in offices:
            try:
                with progress("reading mail") as tell:
                    received = flow.receive(office, tell)
                print_json(received_json(received)) if json else show_received(office, received)
            except MailRefused as error:  # the other companies' mailboxes are read all the same
                refused = error
            refused = flow.deliver(office).refused or refused
        if refused is not None:
            raise refused


@app.command()
def run(config: ConfigOption = None) -> None:
    """The service: every job at its time, until it is stopped."""
    from bot import running

    with _told():
        running.serve(_config(config))


@app.command()
def explain(
    replies: Annotated[list[Path], typer.Argument(help="Replies as .eml files.")],
    sent: Annotated[
        list[Path] | None, typer.Option(help="The statement as it was sent, .eml; may be repeated.")
    ] = None,
    pictures: Annotated[
        Path | None, typer.Option(help="Folder for pictures of returned pages, with what was found framed.")
    ] = None,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Tell how replies would be judged and why; nothing is touched."""
    from bot.showing import show_explained

    with _told():
        show_explained(_config(config), replies, sent or [], as_json=json, pictures=pictures)


@app.command()
def status(
    period: AnyPeriodOption = None,
    customer: Annotated[str | None, typer.Option(help="A customer's code.")] = None,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Where every statement stands."""
    from bot.showing import show_status, status_json
    from bot.terminal import print_json

    with _told(), _offices(config) as offices:
        for office in offices:
            if json:
                print_json(status_json(office, _period(period), customer))
            else:
                show_status(office, _period(period), customer)


@app.command()
def digest(
    period: AnyPeriodOption = None,
    save: Annotated[Path | None, typer.Option(help="Save it as an .html file instead of sending it.")] = None,
    config: ConfigOption = None,
    as_of: AsOfOption = None,
    now: NowOption = None,
) -> None:
    """Send finance today's digest, or save it to look at."""
    from bot import flow
    from bot.steps import reporting
    from bot.terminal import say

    with _told(), _offices(config, as_of, now) as offices:
        for office in offices:
            if save is not None:
                say(reporting.save_digest(office, _period(period), save))
                continue
            subject = flow.digest(office, _period(period))
            report = flow.deliver(office)
            say(subject or "today's digest was sent before")
            if report.refused is not None:
                raise report.refused


@app.command()
def chase(
    config: ConfigOption = None, json: JsonOption = False, as_of: AsOfOption = None, now: NowOption = None
) -> None:
    """Remind who hasn't answered: each stage once."""
    from bot import flow
    from bot.terminal import print_json, say

    with _told(), _offices(config, as_of, now) as offices:
        for office in offices:
            done = flow.chase(office)
            report = flow.deliver(office)
            found = {"reminded": done.reminded, "asked_for_pages": done.asked_for_pages, "to_phone": done.to_phone}
            if json:
                print_json(found)
            else:
                for what, numbers in found.items():
                    say(f"{what}: {len(numbers)} {' '.join(numbers)}")
            if report.refused is not None:
                raise report.refused


@app.command()
def resolve(  # noqa: PLR0917  # typer turns parameters into options
    number: Annotated[str, typer.Argument(help="A statement DZ-… or a discrepancy CY-….")],
    by: Annotated[str, typer.Option(help="Address of the person who decides.")],
    accept: Annotated[bool, typer.Option("--accept", help="審核通過")] = False,
    send_back: Annotated[str | None, typer.Option("--return", help="退回, with the reason.")] = None,
    close: Annotated[str | None, typer.Option("--close", help="結案 of a discrepancy, with the result.")] = None,
    void: Annotated[str | None, typer.Option("--void", help="作廢 of a discrepancy, with the reason.")] = None,
    resend: Annotated[bool, typer.Option("--resend", help="重發 what failed or is in doubt.")] = False,
    config: ConfigOption = None,
) -> None:
    """A person's decision: accept, return, close or void a discrepancy, send again."""
    from bot import flow
    from bot.steps import resolving
    from bot.terminal import say

    given = [accept, send_back is not None, close is not None, void is not None, resend]
    if sum(given) != 1:
        raise typer.BadParameter("give exactly one of --accept, --return, --close, --void, --resend")
    with _told(), _offices(config) as offices:
        office = _deciding(offices, number, by)
        person = _person(office, by)
        with office.store.write() as session:
            if accept:
                done = resolving.accept(session, office, number, person)
            elif send_back is not None:
                done = resolving.send_back(session, office, number, person, send_back)
            elif resend:
                done = resolving.resend(session, office, number, person)
            else:
                reason = close if close is not None else void or ""
                done = resolving.close_difference(session, office, number, person, reason, void=void is not None)
        say(done)
        report = flow.deliver(office)
        if report.refused is not None:
            raise report.refused


def _deciding(offices: "list[Office]", number: str, by: str) -> "Office":
    """The company that a decision belongs to: by its numbers' prefix, else the one whose staff it is."""
    theirs = [each for each in offices if each.staff_at(by)] or offices
    return next((each for each in theirs if number.startswith(f"{each.company.number_prefix}-")), theirs[0])


@audit_app.command("verify")
def audit_verify(config: ConfigOption = None) -> None:
    """Check the chain of the audit log, and every kept file against its name."""
    from bot.steps import auditing
    from bot.terminal import complain, say

    with _told(), _offices(config) as offices:
        faults = auditing.verify(offices[0])
    for fault in faults:
        complain(fault)
    if not faults:
        say("the audit log and all kept files are intact")
    raise typer.Exit(DATA_FAULT if faults else 0)


@audit_app.command("reread")
def audit_reread(
    number: Annotated[str | None, typer.Argument(help="A statement DZ-…; all stored scans without it.")] = None,
    mail: Annotated[int | None, typer.Option(help="The scans of one stored mail.")] = None,
    pictures: Annotated[
        Path | None, typer.Option(help="Folder for pictures of the pages, with what was found framed.")
    ] = None,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Read stored scans again, against the stored statement, and compare with the kept verdict."""
    from bot.scans_shown import reread_json, save_pictures, show_reread
    from bot.steps import rereading
    from bot.terminal import print_json

    with _told(), _offices(config) as offices:
        found = [each for office in offices for each in rereading.reread(office, number, mail)]
        if pictures is not None:
            for each in found:
                save_pictures([each.now] if each.now else [], pictures, f"mail-{each.mail}-{each.then.sha256[:8]}")
    if json:
        print_json({"scans": [reread_json(each) for each in found]})
    else:
        show_reread(found)
    raise typer.Exit(DATA_FAULT if any(each.failed for each in found) else 0)


@app.command()
def replay(
    check: Annotated[bool, typer.Option("--check", help="Judge all stored mails again; they must agree.")] = False,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Judge every stored mail again, from its bytes and what was known then; nothing is changed."""
    from bot.showing import replayed_json, show_replayed
    from bot.steps import replaying
    from bot.terminal import print_json, progress

    if not check:
        raise typer.BadParameter("say --check: replaying changes nothing, it only compares", param_hint="--check")
    with _told(), _offices(config) as offices, progress("judging again") as done:
        found = [each for office in offices for each in replaying.replay(office, done)]
    if json:
        print_json({"mails": [replayed_json(each) for each in found]})
    else:
        show_replayed(found)
    raise typer.Exit(DATA_FAULT if any(each.failed for each in found) else 0)


def _later(name: str, version: str) -> None:
    """A command of a later version: it isn't listed, and says when it comes."""

    def say_when() -> None:
        raise typer.BadParameter(f"`{name}` comes with version {version}")

    app.command(name, hidden=True)(say_when)


_LATER: tuple[tuple[str, str], ...] = (
    ("worker", "0.4"),
    ("report", "0.2"),
    ("sample", "0.3"),
    ("export", "0.2"),
)
for _name, _version in _LATER:
    _later(_name, _version)

if __name__ == "__main__":
    main()
