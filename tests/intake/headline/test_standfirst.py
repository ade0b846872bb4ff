from datetime import date

from tests.intake.drafts import BODY, TITLE, drafted

from warraq.model import Moment


def test_who_and_when_may_come_below_a_standfirst() -> None:
    standfirst = (
        "أنهت البلدية أعمال الصيانة في الجسر الشمالي قبل موعدها،"
        " وعادت السيارات إلى الطريق الساحلي بعد ستة أشهر من الإغلاق."
    )
    draft = drafted(f"{TITLE}\n{standfirst}\n4 نيسان 2024، الخميس - 10:22\nصيدا - سمر نجم\n{BODY}")
    assert draft.article.date == Moment(date(2024, 4, 4))
    assert draft.article.authors == ("سمر نجم",)
    assert draft.article.body.startswith(standfirst)
