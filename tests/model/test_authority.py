"""The table of authority kinds, and what is written elsewhere after it."""

import json
import re
from pathlib import Path
from typing import get_args

from warraq.model import AUTHORITY_KINDS, KIND_TRAITS, AuthorityKind

ROOT = Path(__file__).parents[2]


def test_every_kind_has_a_row_and_the_class_of_its_name() -> None:
    assert sorted(AUTHORITY_KINDS) == sorted(get_args(AuthorityKind))
    assert [traits.type.kind for traits in KIND_TRAITS.values()] == list(AUTHORITY_KINDS)


def test_the_page_of_missing_addresses_knows_every_kind() -> None:
    script = (ROOT / "templates" / "assets" / "not-found.js").read_text("utf-8")
    found = re.search(r"^const KINDS = (\[.*\]);$", script, re.MULTILINE)

    assert found is not None
    assert sorted(json.loads(found[1])) == sorted(AUTHORITY_KINDS)
