"""docs/templates.md tells every page's view and every field of it."""

from pathlib import Path

import pytest

from warraq.render import environment, views

TEXT = (Path(__file__).parents[2] / "docs" / "templates.md").read_text("utf-8")
STRUCTS = [
    found
    for found in (
        *vars(views).values(),
        environment.Site,
        environment.MenuItem,
        environment.SitePicture,
    )
    if isinstance(found, type)
    and found.__module__ in {views.__name__, environment.__name__, "warraq.render.wording"}
    and hasattr(found, "__struct_fields__")
    and found is not views.Text
]


@pytest.mark.parametrize("struct", STRUCTS, ids=lambda s: s.__name__)
def test_every_field_a_template_may_use_is_documented(struct: type) -> None:
    section = TEXT.partition(f"### {struct.__name__}\n")[2].partition("\n### ")[0]
    own = set(struct.__struct_fields__)  # type: ignore[attr-defined]
    if issubclass(struct, views.View) and struct is not views.View:
        own -= set(views.View.__struct_fields__)

    assert section
    assert [field for field in sorted(own) if f"`{field}`" not in section] == []
