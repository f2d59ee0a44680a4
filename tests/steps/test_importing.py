"""Importing: what the ERP exported becomes customers and documents; a file with a fault changes nothing."""

from bot import flow
from bot.edges.tables import ContactRow, CustomerRow, DocumentRow, ImportRow
from tests.steps.town import LI, SAMPLES, WANG, Town

DELIVERY = "发货,XSCK-40001,1,2026-10-12,C001,减速机,RV63-30,台,1,{price},{price},CNY"


def test_C1_the_sample_files_become_customers_and_documents_whatever_their_order(town: Town) -> None:
    first, second = flow.import_files(town.office, [SAMPLES / "worked-example.csv", SAMPLES / "customers.csv"])
    assert (first.kind, first.added) == ("customers", 1)
    assert (second.kind, second.added) == ("documents", 13)
    assert {row.address for row in town.all(ContactRow)} == {LI, WANG}


def test_C1_the_same_file_again_changes_nothing(town: Town) -> None:
    town.import_all()
    before = [row.model_dump() for row in town.all(DocumentRow)]
    town.later(hours=1)
    again = flow.import_files(town.office, [SAMPLES / "worked-example.csv", SAMPLES / "customers.csv"])
    assert [(each.added, each.revised) for each in again] == [(0, 0), (0, 0)]
    assert [row.model_dump() for row in town.all(DocumentRow)] == before
    assert len(town.all(ImportRow)) == 4


def test_C3_a_corrected_row_replaces_the_old_one_and_an_event_keeps_what_it_was(town: Town) -> None:
    town.import_all()
    town.document(DELIVERY.format(price="100.00"))
    done = town.document(DELIVERY.format(price="120.00"))
    assert (done.added, done.revised, done.unchanged) == (0, 1, 0)
    (event,) = town.events("document")
    assert '"100.00"' in event.before
    assert '"120.00"' in event.after
    assert event.evidence


def test_a_row_that_moves_to_another_customer_is_the_same_row(town: Town) -> None:
    town.import_all()
    count = len(town.all(DocumentRow))
    done = town.document("发货,XSCK-20001,1,2026-10-12,C001,滚珠丝杠,SFU1605,支,10,178.00,1780.00,CNY")
    assert done.revised == 1
    assert len(town.all(DocumentRow)) == count
    (moved,) = town.all(DocumentRow, DocumentRow.number == "XSCK-20001")
    assert moved.customer == "C001"


def test_C2_a_file_with_faults_tells_them_all_and_changes_nothing(town: Town) -> None:
    town.import_all()
    count = len(town.all(DocumentRow))
    text = (
        "单据类型,单号,行号,日期,客户编码,产品名称,规格,单位,数量,含税单价,金额,币种\n"
        "发货,XSCK-50001,1,2026-10-12,C001,减速机,RV63-30,台,1,100.00,100.00,CNY\n"
        "发货,XSCK-50002,1,2026-13-12,C001,减速机,RV63-30,台,1,100.00,100.00,CNY\n"
        "发货,XSCK-50003,1,2026-10-12,C999,减速机,RV63-30,台,1,100.00,100.00,CNY\n"
    )
    done = town.import_text("faulty.csv", text)
    assert done.refused
    assert {fault.row for fault in done.faults} == {3, 4}
    assert len(town.all(DocumentRow)) == count
    assert not town.all(ImportRow, ImportRow.name == "faulty.csv")


def test_a_file_of_no_known_form_is_refused_with_its_place(town: Town) -> None:
    done = town.import_text("notes.csv", "今天,天气\n晴,好\n")
    assert done.refused
    assert done.kind == "unknown"


def test_a_changed_customer_is_revised_and_its_contacts_made_anew(town: Town) -> None:
    town.import_all()
    text = (SAMPLES / "customers.csv").read_text("utf-8").replace(WANG, "new@hengyuan.example")
    done = town.import_text("customers-2.csv", text)
    assert (done.added, done.revised) == (0, 1)
    assert {row.address for row in town.all(ContactRow, ContactRow.customer == "C001")} == {LI, "new@hengyuan.example"}
    revised = [event for event in town.events("customer") if event.before]
    assert WANG in revised[0].before
    assert town.all(CustomerRow, CustomerRow.code == "C001")[0].value == revised[0].after
