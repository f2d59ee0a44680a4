"""Each case changes the example by one line and says which fault comes out, where, and how to mend it."""

import re
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from bot import resources
from bot.config import Company, Config, ConfigFaults, MailSettings, Secret, Server
from bot.config_file import load as loading
from bot.config_file.load import load
from bot.config_file.section import Collected
from bot.config_file.tree import Block, Node, Series, read
from bot.model import Locale, Role

ENVIRON = {"SMTP_PASSWORD": "secret one", "IMAP_PASSWORD": "secret two"}
EXAMPLE = resources.example_config().read_text("utf-8")
SMALLEST = """\
company: {name: 华东贸易有限公司}
mail:
  address: AR@HD-Trade.example
  smtp: {host: smtp.hd-trade.example, username: ar, password: env:SMTP_PASSWORD}
  imap: {host: "::1", security: starttls, username: ar, password: env:IMAP_PASSWORD}
staff:
  - {name: 周晓岚, address: zhou@hd-trade.example, roles: [rep], superior: Li@hd-trade.example}
  - {name: 李敏, address: li@hd-trade.example, roles: [manager, finance]}
digest: {to: [li@hd-trade.example]}
"""


def _load(folder: Path, text: str | bytes, environ: dict[str, str] | None = None) -> Config:
    path = folder / "config.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(path, ENVIRON if environ is None else environ)


def _faults(folder: Path, text: str | bytes, environ: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(ConfigFaults) as caught:
        _load(folder, text, environ)
    assert str(caught.value) == "\n".join(map(str, caught.value.faults))
    return [str(fault) for fault in caught.value.faults]


def _changed(old: str, new: str, text: str = SMALLEST) -> str:
    assert old in text
    return text.replace(old, new, 1)


def test_the_example_loads_and_shows_the_defaults() -> None:
    (company,) = load(resources.example_config(), ENVIRON).companies
    assert company.name == "华东贸易有限公司"
    assert company.digest_at == time(18)
    assert company.mail.smtp.password.value == "secret one"
    assert company.with_role(Role.FINANCE)[0].name == "陈会计"
    assert company.department("warehouse") == "wh@hd-trade.example"
    assert company.party.name == company.name


def test_the_example_shows_every_key_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Collected()
    monkeypatch.setattr(loading, "Collected", lambda: kept)
    load(resources.example_config(), ENVIRON)
    asked = {re.sub(r"\[\d+\]", "", key) for key in kept.asked}
    shown = {re.sub(r"\[\d+\]", "", key) for key in _keys(read(EXAMPLE.encode()), "")}
    assert shown == asked - {"companies"}
    assert "companies:" in EXAMPLE


def _keys(node: Node, path: str) -> list[str]:
    if isinstance(node, Series):
        return [key for item in node.items for key in _keys(item, path)]
    if not isinstance(node, Block):
        return []
    below = [(f"{path}.{name}" if path else name, child) for name, _, child in node.entries]
    return [key for name, child in below for key in (name, *_keys(child, name))]


def test_the_example_says_its_defaults_truly(tmp_path: Path) -> None:
    (shown,), (default,) = load(resources.example_config(), ENVIRON).companies, _load(tmp_path, SMALLEST).companies
    own = {"aliases", "mail", "staff", "departments", "digest_to"}
    for field in fields(Company):
        if field.name not in own:
            assert getattr(shown, field.name) == getattr(default, field.name), field.name
    for field in fields(MailSettings):
        if field.name not in {"address", "smtp", "imap", "authserv_id", "ca_file"}:
            assert getattr(shown.mail, field.name) == getattr(default.mail, field.name), field.name


def test_a_short_file_gets_the_defaults_and_paths_beside_it(tmp_path: Path) -> None:
    config = _load(tmp_path, SMALLEST)
    assert config.mode == "development"
    assert config.database == f"sqlite:///{tmp_path}/data/duizhang.db"
    assert config.data == tmp_path / "data"
    (company,) = config.companies
    assert company.mail.smtp == Server("smtp.hd-trade.example", 465, "tls", "ar", Secret("secret one"))
    assert company.mail.imap.port == 143
    assert company.mail.address == "ar@hd-trade.example"
    assert company.staff[0].superior == "li@hd-trade.example"
    assert company.department("warehouse") == "li@hd-trade.example"


def test_values_are_read_as_they_were_written(tmp_path: Path) -> None:
    text = """
cycles: {monthly: {complete_by_day: 20}, annual: {cut_off: 2-29}}
calendar: {country: TW, working: [2026-12-26], off: [2026-12-31]}
confirmation: {tolerance: 0.05, release: finance, signed_copy: accept}
reminders: {after_working_days: [4, 1, 1]}
database: sqlite:////var/lib/duizhang.db
"""
    identity = "company: {name: 甲, tax_id: 0123, phone: 021-5555 0101, locale: zh-Hant-TW, aliases: [No, 1e3]}"
    written = _changed("company: {name: 华东贸易有限公司}", identity) + text
    config = _load(tmp_path, _changed("digest: {", "digest: {at: 7:05, ", written).encode("utf-8-sig"))
    (company,) = config.companies
    assert (company.tax_id, company.phone, company.aliases) == ("0123", "021-5555 0101", ("No", "1e3"))
    assert company.locale is Locale.TAIWAN
    assert company.digest_at == time(7, 5)
    assert company.monthly.complete_by_day == 20
    assert company.annual.cut_off == (2, 29)
    assert company.calendar.working == (date(2026, 12, 26),)
    assert company.tolerance == Decimal("0.05")
    assert company.reminders_after == (1, 4)
    assert config.database == "sqlite:////var/lib/duizhang.db"


ZHOU = "address: zhou@hd-trade.example"
LI = "  - {name: 李敏, address: li@hd-trade.example, roles: [manager, finance]}\n"
ONE_CHANGE = {
    "unknown key": ("digest: {to", "digest: {two: 1, to", "line 9, digest.two: this key is unknown; did you mean to?"),
    "unknown block": ("digest:", "digset: {}\ndigest:", "line 9, digset: this key is unknown; did you mean digest?"),
    "nothing alike": (
        "digest: {",
        "digest: {zzz: 1, ",
        "line 9, digest.zzz: this key is unknown; known here: to, at",
    ),
    "missing key": (
        "host: smtp.hd-trade.example, ",
        "",
        "line 4, mail.smtp.host: this key is missing; it is required",
    ),
    "empty key": (
        "host: smtp.hd-trade.example",
        "host: ",
        "line 4, mail.smtp.host: this key is empty; it is required",
    ),
    "port": (
        "username: ar, password: env:S",
        "port: 46S, username: ar, password: env:S",
        "line 4, mail.smtp.port: '46S' is no whole number from 1 to 65535; write one",
    ),
    "plain text connection": (
        "security: starttls",
        "security: plain",
        "line 5, mail.imap.security: 'plain' is not known here; write one of tls, starttls",
    ),
    "host with a scheme": (
        '"::1"',
        "imaps://10.0.0.7",
        "line 5, mail.imap.host: 'imaps://10.0.0.7' is no host; write its name only, such as smtp.company.com",
    ),
    "nobody": (
        SMALLEST[SMALLEST.index("staff:") : SMALLEST.index("digest:")],
        "staff: []\n",
        "line 6, staff: the list",
    ),
    "user name with a space": ("username: ar,", "username: a r,", "line 4, mail.smtp.username: 'a r' has a space"),
    "literal password": (
        "env:SMTP_PASSWORD",
        "hunter2",
        "line 4, mail.smtp.password: a password must not stand in this file; write env:NAME and set that variable, or",
    ),
    "missing variable": (
        "env:SMTP_PASSWORD",
        "env:OTHER",
        "line 4, mail.smtp.password: the environment variable OTHER is not set; set OTHER before starting",
    ),
    "no variable": (
        "env:SMTP_PASSWORD",
        "'env:'",
        "line 4, mail.smtp.password: env: is not followed by the name of a variable; write it as env:SMTP_PASSWORD",
    ),
    "address": (
        ZHOU,
        "address: zhou",
        "line 7, staff[1].address: 'zhou' is no mail address",
    ),
    "address with a name": (ZHOU, 'address: "周 <z@hd-trade.example>"', "line 7, staff[1].address:"),
    "digest's address": ("{to: [li@", "{to: [li@@", "line 9, digest.to[1]: 'li@@hd-trade.example' is no mail address"),
    "digest to a stranger": (
        "{to: [li@",
        "{to: [lee@",
        "line 9, digest.to: lee@hd-trade.example is neither under staff nor a department's; add it to staff",
    ),
    "A1 unknown superior": (
        "Li@hd-trade.example",
        "wu@hd-trade.example",
        "line 7, staff[1].superior: wu@hd-trade.example is not among the staff",
    ),
    "A1 rep without superior": (
        ", superior: Li@hd-trade.example",
        "",
        "line 7, staff[1].superior: 周晓岚 has no superior; name the superior's address",
    ),
    "A1 superior of himself": (
        "Li@hd-trade.example",
        "zhou@hd-trade.example",
        "line 7, staff[1].superior: this chain of superiors comes back",
    ),
    "A1 superior is a shared mailbox": (
        "[manager, finance]}",
        "[manager], shared: true}\n  - {name: 陈, address: chen@hd-trade.example, roles: [finance]}",
        "line 7, staff[1].superior: li@hd-trade.example is a shared mailbox",
    ),
    "A1 nobody of finance": (
        "[manager, finance]",
        "[manager]",
        "line 6, staff: no person has the role finance; give the role finance to somebody who is not a shared mailbox",
    ),
    "A1 finance is a shared mailbox only": (
        LI,
        LI.replace(", finance", "") + LI.replace("manager, ", "").replace("}", ", shared: yes}").replace(": li", ": f"),
        "line 6, staff: no person has the role finance",
    ),
    "A1 no rep": ("roles: [rep]", "roles: [finance]", "line 6, staff: no person has the role rep"),
    "unknown role": ("[rep]", "[reps]", "line 7, staff[1].roles[1]: 'reps' is not known here; did you mean rep?"),
    "no role": ("[manager, finance]", "[]", "line 8, staff[2].roles: the list is empty; name at least one"),
    "role without brackets": ("[rep]", "rep", "line 7, staff[1].roles: a list belongs here; write [one, another]"),
    "an address twice": (
        LI,
        LI + LI,
        "line 8, staff[2].address: li@hd-trade.example stands here more than once",
    ),
    "the bot among the staff": (ZHOU, "address: ar@hd-trade.example", "line 7, staff[1].address: this is the bot's"),
    "neither true nor false": (LI, LI.replace("}", ", shared: maybe}"), "line 8, staff[2].shared: 'maybe' is neither"),
    "time": ("{to:", "{at: '25:00', to:", "line 9, digest.at: '25:00' is no time; write it as \"18:00\""),
    "zone": (
        "{name: 华东贸易有限公司}",
        "{name: 甲, timezone: Asia/Shanghia}",
        "line 1, company.timezone: 'Asia/Shanghia' is no time zone; did you mean Asia/Shanghai?",
    ),
    "zone that is nothing": ("{name: 华东贸易有限公司}", "{name: 甲, timezone: /etc}", "line 1, company.timezone:"),
    "prefix": ("{name: 华", "{number_prefix: dz, name: 华", "line 1, company.number_prefix: 'dz' is no prefix"),
    "currency": ("{name: 华", "{currency: ¥, name: 华", "line 1, company.currency: '¥' is no currency"),
    "seal": ("{name: 华", "{seal: seal.png, name: 华", "line 1, company.seal: there is no file"),
    "name over two lines": (
        "name: 华东贸易有限公司",
        'name: "华\\n东"',
        "line 1, company.name: the text has line breaks",
    ),
    "empty name": ("name: 华东贸易有限公司", "name: ' '", "line 1, company.name: the text is empty"),
    "block where text belongs": (
        "name: 华东贸易有限公司",
        "name: [华]",
        "line 1, company.name: a single value belongs here",
    ),
    "text where a block belongs": (
        "company: {name: 华东贸易有限公司}",
        "company: name：华东贸易有限公司",
        "line 1, company: a block of keys belongs here; write ': ' in place of the full-width colon：",
    ),
    "text where a list of blocks belongs": (
        "digest:",
        "companies: none\ndigest:",
        "line 9, companies: a list of blocks belongs here; begin each one with '- '",
    ),
    "wrong day": (
        "digest:",
        "calendar: {off: [2026-02-30]}\ndigest:",
        "line 9, calendar.off[1]: '2026-02-30' is no date; write it as 2026-10-10",
    ),
    "no day at all": ("digest:", "calendar: {off: [Monday]}\ndigest:", "line 9, calendar.off[1]: 'Monday' is no date"),
    "working and off": (
        "digest:",
        "calendar: {off: [2026-10-10], working: [2026-10-10]}\ndigest:",
        "line 9, calendar.off: 2026-10-10 is a working day and off; remove it from one of the lists",
    ),
    "no day of the year": (
        "digest:",
        "cycles: {annual: {cut_off: 13-01}}\ndigest:",
        "line 9, cycles.annual.cut_off: '13-01' is no day of the year; write month and day as 12-20",
    ),
    "no month and day": ("digest:", "cycles: {annual: {cut_off: 5}}\ndigest:", "line 9, cycles.annual.cut_off: '5'"),
    "completed before it is sent": (
        "digest:",
        "cycles: {monthly: {send_on_working_day: 9}}\ndigest:",
        "line 9, cycles.monthly.complete_within_working_days: statements are sent on working day 9, after this",
    ),
    "a department that is the bot": (
        "digest:",
        "departments: {warehouse: ar@hd-trade.example}\ndigest:",
        "line 9, departments.warehouse: this is the bot's own address",
    ),
    "a path that can't be": ("{name: 华", "{seal: " + "长" * 190 + ", name: 华", "line 1, company.seal: '长长"),
    "a home of nobody": ("env:SMTP_PASSWORD", "file:~nobody-here/x", "line 4, mail.smtp.password: '~nobody-here/x' is"),
    "null byte in a secret's path": (
        "env:SMTP_PASSWORD",
        '"file:a\\0b"',
        "line 4, mail.smtp.password: the text has line breaks",
    ),
    "null byte in the database's path": (
        "digest:",
        'database: "sqlite:///a\\0b"\ndigest:',
        "line 9, database: the text has line breaks or control characters",
    ),
    "unknown department": (
        "digest:",
        "departments: {warehose: wh@hd-trade.example}\ndigest:",
        "line 9, departments.warehose: this key is unknown; did you mean warehouse?",
    ),
    "amount": (
        "digest:",
        "escalation: {amount: 10万}\ndigest:",
        "line 9, escalation.amount: '10万' is no amount; write plain figures such as 100000 or 0.05",
    ),
    "PostgreSQL": (
        "digest:",
        "database: postgresql://u:hunter2@db/x\ndigest:",
        "line 9, database: this database can't be used; write sqlite:///data/duizhang.db; PostgreSQL comes later",
    ),
    "test domain in production": (
        "digest:",
        "mode: production\ndepartments: {finance: f@hd.test}\ndigest:",
        "line 10, departments.finance: 'f@hd.test' is no mail address",
    ),
    "no digest": ("digest: {to: [li@hd-trade.example]}\n", "", "line 1, digest: this key is missing; write digest:"),
    "twice": ("digest:", "digest: {to: []}\ndigest:", "line 10, digest: this key stands here twice; remove one"),
    "tag": ("name: 华", "name: !!python/name:os.system 华", "line 1, company.name: the tag tag:yaml.org,2002:python"),
    "own tag": ("name: 华", "name: !secret 华", "line 1, company.name: the tag !secret means nothing here; remove it"),
    "key with a control character": ("digest:", '"a\\ud800": 1\ndigest:', "line 9: a key is no plain text"),
    "key that is no text": ("digest:", "? [a]\n: b\ndigest:", "line 9: a key is no plain text"),
}


@pytest.mark.parametrize(("old", "new", "expected"), ONE_CHANGE.values(), ids=ONE_CHANGE.keys())
def test_a_fault_names_line_key_and_remedy(tmp_path: Path, old: str, new: str, expected: str) -> None:
    faults = _faults(tmp_path, _changed(old, new))
    assert any(fault.startswith(expected) for fault in faults), faults
    assert all("\n" not in fault for fault in faults)
    assert "hunter2" not in "".join(faults)


def test_a_wide_space_is_a_space(tmp_path: Path) -> None:
    text = _changed("name: 周晓岚", "name: 周　晓岚", _changed("{name: 华", "{phone: '021 5555', name: 华"))
    (company,) = _load(tmp_path, text).companies
    assert company.staff[0].name == "周 晓岚"
    assert company.phone == "021 5555"


def test_all_faults_come_out_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    text = _changed("[rep]", "[boss]", _changed('"::1"', "a b", _changed("{name: 华", "{nam: 华")))
    assert [re.match(r"line (\d+), ([\w.\[\]]+)", fault)[0] for fault in _faults(tmp_path, text, {})] == [  # type: ignore[index]  # all match
        "line 1, company.name",
        "line 1, company.nam",
        "line 4, mail.smtp.password",
        "line 5, mail.imap.host",
        "line 5, mail.imap.password",
        "line 6, staff",
        "line 7, staff[1].roles[1]",
    ]


def test_an_empty_file_lacks_everything_that_is_required(tmp_path: Path) -> None:
    for text in ("", "# nothing\n", "---\n"):
        faults = _faults(tmp_path, text)
        assert [fault.split(":")[0] for fault in faults] == [f"line 1, {key}" for key in REQUIRED]


REQUIRED = ["mail", "staff", "company", "digest"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            "company：甲\nmail: {}".encode(),
            "line 2: this is no YAML: mapping values are not allowed here; look for a full",
        ),
        ("company：甲".encode(), "line 1: the file holds no keys; look for a full-width colon"),
        (b"- a", "line 1: the file holds no keys; write lines such as"),
        (b"company:\n\tname: x", "line 2: this is no YAML: while scanning for the next token found character '\\t'"),
        ("company: {name: 华东}".encode("gb18030"), "line 1: the file is not UTF-8 here; save it as UTF-8"),
        (b"a: 1\nb: \xff", "line 2: the file is not UTF-8 here"),
        (b"a: \x00", "this is no YAML: "),
        (b"a: [1", "line 1: this is no YAML: while parsing a flow sequence"),
        (b"a: 1\n---\nb: 2", "line 2: this is no YAML: expected a single document"),
        (b"#" * 1_000_001, "the file has 1,000,001 bytes; 1,000,000 are the most"),
        (b"[" * 5000, "line 1: the file is nested too deeply"),
        (b"a: [" + b"1," * 30000 + b"]", "line 1: the file is nested too deeply or has too many parts"),
        (b"a: &x [*x]", "line 1: aliases (*…) blow this file up"),
        (b"%YAML 1." + b"1" * 5000, "this is no YAML: Exceeds the limit"),
        (b'a: "\\UFFFFFFFF"', "this is no YAML: "),
        (b"a: *x", "line 1: this is no YAML: found undefined alias 'x'"),
    ],
    ids=[
        "full-width colon",
        "full-width colon only",
        "list",
        "tab",
        "GB18030",
        "stray byte",
        "control character",
        "bracket not closed",
        "two documents",
        "too large",
        "nested too deeply",
        "too many parts",
        "alias of itself",
        "version without end",
        "character beyond Unicode",
        "unknown alias",
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_one_line(tmp_path: Path, data: bytes, expected: str) -> None:
    (fault,) = _faults(tmp_path, data)
    assert fault.startswith(expected)


def test_aliases_are_welcome_but_do_not_multiply(tmp_path: Path) -> None:
    shared = _changed("smtp: {", "smtp: &login {").replace("IMAP_PASSWORD", "SMTP_PASSWORD")
    line = next(line for line in shared.splitlines() if "imap:" in line)
    (company,) = _load(tmp_path, shared.replace(line, "  imap: *login")).companies
    assert company.mail.imap.password.value == "secret one"
    bomb = "a0: &a0 [x,x,x,x,x,x,x,x]\n" + "".join(
        f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 8)}]\n" for i in range(1, 9)
    )
    (fault,) = _faults(tmp_path, bomb)
    assert "aliases (*…) blow this file up" in fault


@given(st.binary(max_size=300))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    with suppress(ConfigFaults):
        read(data)


@given(st.text(max_size=80))
def test_no_value_crashes_the_loader(tmp_path_factory: pytest.TempPathFactory, value: str) -> None:
    quoted = "'" + value.replace("'", "''") + "'"
    folder = tmp_path_factory.getbasetemp()
    text = re.sub(r": (\w[\w.:@-]*)(?=[,}\n])", lambda _: f": {quoted}", SMALLEST)
    with suppress(ConfigFaults):
        _load(folder, text.encode("utf-8", "surrogatepass"))


def test_a_missing_file_is_a_fault_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(ConfigFaults, match=r"can't be read: No such file or directory; run 'duizhang init'"):
        load(tmp_path / "config.yaml", ENVIRON)
    with pytest.raises(ConfigFaults, match="Is a directory"):
        load(tmp_path, ENVIRON)


@pytest.mark.parametrize(
    ("content", "mode", "expected"),
    [
        (b"s3cret\n", 0o600, None),
        (b"s3cret\r\n", 0o400, None),
        (b"s3cret", 0o644, "others may read"),
        (b"s3cret", 0o660, "others may read"),
        (b"", 0o600, "holds no single line"),
        (b"one\ntwo", 0o600, "holds no single line"),
        (b"x" * 5000, 0o600, "holds no single line"),
        (b"\xff", 0o600, "is not UTF-8"),
        (None, 0o600, "can't be read: No such file or directory"),
    ],
    ids=["600", "400", "644", "660", "empty", "two lines", "too long", "not UTF-8", "missing"],
)
def test_N1_a_secret_file_is_for_its_owner_only(
    tmp_path: Path, content: bytes | None, mode: int, expected: str | None
) -> None:
    (tmp_path / "secrets").mkdir()
    if content is not None:
        (tmp_path / "secrets" / "smtp").write_bytes(content)
        (tmp_path / "secrets" / "smtp").chmod(mode)
    text = _changed("env:SMTP_PASSWORD", "file:secrets/smtp")
    if expected is None:
        assert _load(tmp_path, text).companies[0].mail.smtp.password.value == "s3cret"
        return
    (fault,) = _faults(tmp_path, text)
    assert fault.startswith("line 4, mail.smtp.password: ")
    assert expected in fault
    assert "s3cret" not in fault


def test_N1_a_folder_is_no_secret_file(tmp_path: Path) -> None:
    (fault,) = _faults(tmp_path, _changed("env:SMTP_PASSWORD", "file:."))
    assert "is no file" in fault


def test_N1_a_loaded_configuration_never_shows_its_secrets(tmp_path: Path) -> None:
    config = _load(tmp_path, SMALLEST)
    assert "secret one" not in repr(config)
    assert "secret one" not in str(config.companies[0].mail.smtp)


TWO = """\
cycles: {{monthly: {{complete_by_day: 10}}}}
digest: {{to: [li@hd-trade.example]}}
mode: production
companies:
  - company: {{name: 甲}}
    mail: &mail
      address: a@hd-trade.example
      smtp: &login {{host: localhost, username: ar, password: env:SMTP_PASSWORD}}
      imap: *login
    staff: &staff
      - {{name: 周晓岚, address: zhou@hd-trade.example, roles: [rep], superior: li@hd-trade.example}}
      - {{name: 李敏, address: li@hd-trade.example, roles: [manager, finance]}}
  - company: {{name: {name}, number_prefix: {prefix}}}
    mail: {mail}
    staff: *staff
    cycles: {{monthly: {{complete_by_day: 12}}}}
"""
OTHER_MAIL = "{address: b@hd-trade.example, smtp: *login, imap: *login}"


def test_several_companies_share_what_they_do_not_say_themselves(tmp_path: Path) -> None:
    config = _load(tmp_path, TWO.format(name="乙", prefix="YI", mail=OTHER_MAIL))
    assert [company.name for company in config.companies] == ["甲", "乙"]
    assert [company.monthly.complete_by_day for company in config.companies] == [10, 12]
    assert [company.digest_to for company in config.companies] == [("li@hd-trade.example",)] * 2
    assert config.mode == "production"


def test_several_companies_differ_in_name_mailbox_and_prefix(tmp_path: Path) -> None:
    faults = _faults(tmp_path, TWO.format(name="甲", prefix="DZ", mail="*mail"))
    assert [fault.partition(" belongs")[0] for fault in faults] == [
        f"line {line}, companies[{place}].{what}: {value}"
        for place, line in ((1, 5), (2, 13))
        for what, value in (
            ("company.name", "甲"),
            ("company.number_prefix", "DZ"),
            ("mail.address", "a@hd-trade.example"),
        )
    ]


def test_a_fault_in_a_shared_block_is_told_once_and_blocks_of_one_company_have_no_place_beside_a_list(
    tmp_path: Path,
) -> None:
    text = TWO.format(name="乙", prefix="YI", mail=OTHER_MAIL)
    (fault,) = _faults(tmp_path, _changed("digest: {to", "digest: {at: x, to", text))
    assert fault.startswith("line 2, digest.at")
    (fault,) = _faults(tmp_path, _changed("mode:", "company: {name: 丙}\nmode:", text))
    assert fault.startswith("line 3, company: this key is unknown")
    (fault,) = _faults(tmp_path, "companies: []")
    assert fault.startswith("line 1, companies: the list is empty; name at least one")
    (fault,) = _faults(tmp_path, text.replace("    staff: *staff\n", "    staff: *staff\n    stuff: 1\n"))
    assert fault.endswith("companies[2].stuff: this key is unknown; did you mean staff?")


def test_production_wants_the_certificate_file_to_be_there(tmp_path: Path) -> None:
    text = _changed("  smtp:", "  ca_file: ca.pem\n  smtp:") + "mode: production\n"
    (fault,) = _faults(tmp_path, text)
    assert fault.startswith(f"line 4, mail.ca_file: there is no file {tmp_path / 'ca.pem'}; paths are relative to")
    assert _load(tmp_path, text.replace("production", "development")).companies[0].mail.ca_file == tmp_path / "ca.pem"


def test_everything_in_a_configuration_is_frozen(tmp_path: Path) -> None:
    def frozen(value: Any) -> bool:
        if is_dataclass(value):
            return all(frozen(getattr(value, field.name)) for field in fields(value))
        return not isinstance(value, list | dict | set)

    assert frozen(_load(tmp_path, SMALLEST))


def test_E6_kinds_of_seals_are_read_in_either_script_and_unknown_ones_told(tmp_path: Path) -> None:
    text = SMALLEST + "confirmation: {seals: [公章, 财务专用章, 發票專用章]}\n"
    assert _load(tmp_path, text).companies[0].seals == ("公章", "財務專用章", "發票專用章")
    (fault,) = _faults(tmp_path, text.replace("公章", "橡皮章"))
    assert fault.startswith(
        "line 10, confirmation.seals[1]: '橡皮章' is no kind of seal; write one of 公章, 財務專用章"
    )


def test_authorities_are_pem_files_and_anything_else_is_told(tmp_path: Path) -> None:
    text = SMALLEST + "confirmation: {certificates: [ca.pem]}\n"
    (missing,) = _faults(tmp_path, text)
    assert "there is no file" in missing
    (tmp_path / "ca.pem").write_text("no certificate")
    (wrong,) = _faults(tmp_path, text)
    assert "holds no certificate" in wrong
    block = "-----BEGIN CERTIFICATE-----\n" + "MIIB" * 40 + "\n-----END CERTIFICATE-----"
    (tmp_path / "ca.pem").write_text(block)
    assert "holds no certificate" in _faults(tmp_path, text)[0]
    block = trustme.CA().cert_pem.bytes().decode().strip()
    (tmp_path / "ca.pem").write_text(f"subject=CN\n{block}\nmore\n{block}\n")
    assert _load(tmp_path, text).companies[0].certificates == (f"{block}\n{block}\n",)
