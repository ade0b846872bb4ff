"""The sheet that shows pages in a font of the site's own, whose files are in static/."""

import re
from urllib.parse import quote

from warraq.base.config import SiteConfig

FONT_SHEET = "assets/fonts.css"
_FAMILY = "Site Naskh"
_WEIGHTS = ("400", "700")
_STACK = re.compile(r"--naskh:\s*([^;{}]+);")


def font_sheet(config: SiteConfig, sheet: str, root: str = "../") -> str:
    """Return the sheet of `font_files`; what `sheet` shows text in comes after them.

    `root` leads from it to the site's top. One file is for regular text: browsers make it bold.
    """
    faces = (
        f'@font-face {{ font-family: "{_FAMILY}"; src: url("{root}{quote(path)}") format("woff2"); '
        f"font-weight: {weight}; font-display: swap; }}\n"
        for path, weight in zip(config.font_files, _WEIGHTS, strict=False)
    )
    stack = _STACK.search(sheet)
    others = " ".join(stack[1].split()) if stack else "serif"
    # As strong as the theme's rule for its own web font.
    rule = f':root:root {{ --naskh: "{_FAMILY}", {others}; }}'
    return "".join(faces) + f"@layer base {{ {rule} }}\n"
