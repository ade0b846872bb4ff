"""The text of a content file after its fields have changed: only their lines differ. Pure."""

from warraq.base.problems import WarraqError
from warraq.base.urls import is_key
from warraq.content.frontmatter import (
    READ_AS_TOPICS,
    faults_of,
    front_matter,
    list_of,
    readers_of,
    with_body,
)
from warraq.content.splice import has_key, with_items, with_key, with_values
from warraq.model import Article, Authority, Story


def with_fields_of(text: str, before: Article | Authority, after: Article | Authority) -> str:
    """Return `text`, the file of `before` with LF line ends, as the file of `after`.

    Comments, the order of keys, quotation marks and unknown keys stay. Of a list or a map that
    changed, what stays keeps its lines. Raises WarraqError if such a list or map has something that
    cannot be read: `before` has nothing of it, and all of it would be lost.
    """
    readers, path = readers_of(before), before.path
    order = tuple(readers)
    old, new = front_matter(before), front_matter(after)
    changed = [key for key in order if old.get(key) != new.get(key)]
    if faults := faults_of(text, changed, path, readers):
        raise WarraqError(faults)
    for key in changed:
        value = new.get(key)
        if key == "topics" and isinstance(before, Article) and isinstance(after, Article):
            text = _with_topics(text, before, after)
        elif isinstance(value, list) or isinstance(old.get(key), list):
            items = value if isinstance(value, list) else []
            former = _former_keys(text, before) if key == "aliases" else []
            text = with_items(text, key, [*former, *items], order=order, path=path)
        elif isinstance(value, dict):
            text = with_values(text, key, value, order=order, path=path)
        else:
            is_titled = key == "name" and not has_key(text, key, path)
            at = "title" if is_titled and has_key(text, "title", path) else key
            text = with_key(text, at, value, order=order, path=path)
    return text if before.body == after.body else with_body(text, after.body)


def _former_keys(text: str, before: Article | Authority) -> list[str]:
    """Return the former keys of a story that stand among its aliases, as they once were written."""
    is_story = isinstance(before, Story)
    return [one for one in list_of(text, "aliases", before.path) if is_story and is_key(one)]


def _with_topics(text: str, before: Article, after: Article) -> str:
    """Return `text` with the topics of `after`; `tags` and `categories` hold theirs, as before."""
    order, path = (*readers_of(before), *READ_AS_TOPICS), before.path
    held, elsewhere = list_of(text, "topics", path), set[str]()
    for key in READ_AS_TOPICS:
        if tags := list_of(text, key, path):
            kept = [tag for tag in tags if tag in after.topics]
            elsewhere.update(kept)
            if kept != tags:
                text = with_items(text, key, kept, order=order, path=path)
    topics = [topic for topic in after.topics if topic in held or topic not in elsewhere]
    return with_items(text, "topics", topics, order=order, path=path)
