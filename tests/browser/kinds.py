"""One page of every kind of the sample site, and the states that change how a kind looks."""

KINDS = {
    "home": "",
    "article": "n/3696ad59777e/",  # hour, table, figure, a story of several outlets
    "long read": "n/4a5a97c6433c/",  # subheads, quotation, Latin names, table
    "illustrated": "n/c8361f9b468e/",  # picture, caption, Latin names, quotation
    "inferred date": "n/842983de8fb1/",
    "conflicting dates": "n/4bddd22de96e/",
    "undated": "n/bc413c5b52ef/",
    "english": "n/1398b376fdcc/",
    "corrected": "n/713aeb7f4924/",
    "excerpt and copy": "n/d402e00bd58e/",
    "withheld": "n/239fd09dd1c4/",
    "tombstone": "n/00ceeab4df70/",
    "story of five": "stories/inqita-miyah-halab-2025/",
    "story of two": "stories/jisr-dayr-alzawr/",
    "proposed story": "stories/tarifat-alkahraba-2026/",
    "stories": "stories/",
    "outlet": "outlets/minbar-halab/",
    "outlets": "outlets/",
    "person": "people/layla-sabbagh/",
    "people": "people/",
    "place": "places/halab/",
    "organizations": "organizations/",
    "author": "authors/anna-petrou/",
    "topic": "topics/water/",
    "archive": "archive/",
    "year": "archive/2025/",
    "month": "archive/2025/03/",
    "undated shelf": "archive/undated/",
    "corrections": "corrections/",
    "data": "data/",
    "about": "pages/about/",
    "missing page": "no/such/page/",
    "search": "search/",
    "results": "search/?q=حلب",
    "no results": "search/?q=ضضضضض",
}
