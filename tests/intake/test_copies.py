from warraq.base.problems import worded
from warraq.intake.copies import Copy, containment, runs, told


def test_spelling_marks_make_no_difference() -> None:
    assert containment(runs("أعلنت الوزارةُ في بيانٍ لها"), runs("اعلنت الوزاره في بيان لها")) == 1.0


def test_a_copy_is_said_and_no_error() -> None:
    problem = told(Copy("b", 0.734), seed="seeds/a.txt", original="content/articles/b.md")
    assert (problem.severity, problem.path) == ("warning", "seeds/a.txt")
    assert worded(problem)[0].startswith("73 %")
