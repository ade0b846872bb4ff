"""A page as its lines, and the boilerplate rules that match them."""

from warraq.intake.lines.context_rules import classify_lines
from warraq.intake.state import Line

# «The town says in a statement that the maintenance works ended a week early.»
PROSE = "قالت البلدية في بيان لها إن أعمال الصيانة انتهت قبل موعدها بأسبوع كامل."


def rules_of(*texts: str) -> list[str]:
    lines = [Line(text, n, n) for n, text in enumerate(texts, start=1)]
    return [match.rule if match else "" for match in classify_lines(lines, {})]
