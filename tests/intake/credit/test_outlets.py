from tests.intake.drafts import BODY, TITLE, drafted

from warraq.intake.credit.outlets import outlet_directory
from warraq.model import Outlet


def test_a_sites_own_outlet_teaches_furniture_name_and_key() -> None:
    outlet = Outlet(
        "marsad", "مرصد الجبل", furniture=("صفحة القراء الأوفياء",), hosts=("m.example",)
    )
    text = f"{TITLE}\n{BODY}\nصفحة القراء الأوفياء\n"
    draft = drafted(text, ("url", "https://www.m.example/1", "sidecar"), outlets=[outlet])
    assert "الأوفياء" not in draft.article.body
    assert draft.article.source is not None
    assert (draft.article.source.name, draft.article.source.outlet) == ("مرصد الجبل", "marsad")
    assert "outlet:marsad" in {r.rule for r in draft.receipt.removed}


def test_a_sites_own_outlet_teaches_how_it_signs_and_calls_its_sections() -> None:
    outlet = Outlet(
        "marsad",
        "مرصد الجبل",
        bylines=("كتب محرر الشؤون البلدية في المرصد",),
        categories=("بلديات الجبل", "على الهامش"),
    )
    text = f"كتب محرر الشؤون البلدية في المرصد:\n{BODY}"
    taught = drafted(f"بلديات الجبل: {TITLE}\n{text}", outlets=[outlet])
    untaught = drafted(f"بلديات الجبل: {TITLE}\n{text}")

    assert taught.article.source is not None
    assert (taught.article.source.name, taught.article.source.basis) == ("مرصد الجبل", "byline")
    assert (taught.article.title, taught.article.section) == (TITLE, "بلديات الجبل")
    assert taught.article.title_status == "cleaned"
    assert {"byline"} <= {r.rule for r in taught.receipt.removed}
    assert untaught.article.source is None

    alone = drafted(f"على الهامش\n{TITLE}\n{BODY}", outlets=[outlet])
    assert (alone.article.title, alone.article.section) == (TITLE, "على الهامش")


def test_a_renamed_outlet_is_not_known_by_default_under_its_former_key() -> None:
    renamed = Outlet("syrian-agency", "وكالة الأنباء", hosts=("sana.sy",), formerly=("sana",))
    assert "sana" not in {outlet.key for outlet in outlet_directory([renamed]).outlets}


def test_an_outlet_known_by_default_gets_no_key_without_a_file() -> None:
    draft = drafted(f"{TITLE}\n{BODY}", ("url", "https://www.aljazeera.net/x", "sidecar"))
    assert draft.article.source is not None
    assert (draft.article.source.name, draft.article.source.outlet) == ("الجزيرة نت", "")


def test_an_outlet_that_calls_itself_by_its_host_is_known() -> None:
    outlet = Outlet("marsad", "مرصد الجبل", hosts=("m.example",))
    draft = drafted(f"{TITLE}\n{BODY}", ("outlet", "m.example", "meta"), outlets=[outlet])
    assert draft.article.source is not None
    assert draft.article.source.name == "مرصد الجبل"


def test_an_outlet_is_known_by_its_bare_host_at_the_top() -> None:
    outlet = Outlet("marsad", "مرصد الجبل", hosts=("m.example",))
    source = drafted(f"m.example\n{TITLE}\n{BODY}", outlets=[outlet]).article.source
    assert source is not None
    assert source.name == "مرصد الجبل"
