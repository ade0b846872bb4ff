"""The Arabic overlay in Chromium, on a real site: what is English in it reads as it was written."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.preview.served import PATIENCE

pytestmark = pytest.mark.browser

ARTICLE = """---
id: "abcdef"
title: خبر
title_status: finished
aliases: [old page]
---

نص.
"""
# The left ends of words, in the order of the text, each measured by itself.
PLACES = """words => {
  const seen = [];
  for (const p of document.querySelector("warraq-desk").shadowRoot.querySelectorAll("p")) {
    p.normalize();
    const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const word of words) {
        const at = node.data.indexOf(word);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        seen.push([word, range.getBoundingClientRect().left]);
      }
    }
  }
  return words.map(word => seen.find(([found]) => found === word)?.[1] ?? null);
}"""


@pytest.fixture
def overlaid(chromium: Browser, tmp_path: Path) -> Iterator[Page]:
    (tmp_path / "content" / "articles" / "ab").mkdir(parents=True)
    (tmp_path / "site.yaml").write_text("name: أرشيف\nmessages: ar\nhistory: none\n", "utf-8")
    (tmp_path / "content" / "articles" / "ab" / "abcdef.md").write_text(ARTICLE, "utf-8")
    served = subprocess.Popen(
        [sys.executable, "-m", "warraq", "-C", str(tmp_path), "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        text=True,
    )
    assert served.stdout is not None
    address = next(w for line in served.stdout for w in line.split() if w.startswith("http://"))
    page = chromium.new_page(viewport={"width": 900, "height": 700})
    page.goto(address)
    yield page
    page.close()
    served.terminate()
    served.communicate(timeout=PATIENCE)


def test_english_words_stand_in_their_own_order(overlaid: Page) -> None:
    panel = overlaid.locator("warraq-desk [role=alert]")
    expect(panel).to_contain_text("outlet | cleaned | generated", timeout=PATIENCE * 1000)

    places = overlaid.evaluate(PLACES, ["outlet", "cleaned", "generated", "هكذا:"])
    assert None not in places
    assert places == sorted(places)
    assert panel.evaluate("panel => getComputedStyle(panel).direction") == "rtl"
