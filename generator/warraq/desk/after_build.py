"""What the desk does after each build, in a process of its own: counts, and prepares a search."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from warraq.base.problems import WarraqError
from warraq.commands import editor_search
from warraq.commands.todo import Waiting, queues_of
from warraq.content import store
from warraq.content.store import Content
from warraq.desk.waiting_list import Counted

_MOST_TOPICS = 24


def after_build(site: Path) -> Iterator[Counted]:
    """Yield what waits in `site`, then bring its editors' search up to date.

    Where settings cannot be read, nothing waits but that.
    """
    try:
        content = store.load(site)
        counted = Counted.of(queues_of(site, content), topics_most_used(content))
    except WarraqError as fault:
        yield Counted.of({"errors": map(Waiting, fault.problems)})
        return
    yield counted
    editor_search.update(site)


def topics_most_used(content: Content) -> tuple[str, ...]:
    """Return the topics that most articles have, as their front matter says them."""
    used = Counter(topic for article in content.articles for topic in set(article.topics))
    used.update({one.key: 0 for one in content.authorities if one.kind == "topics"})
    return tuple(sorted(used, key=lambda topic: (-used[topic], topic))[:_MOST_TOPICS])
