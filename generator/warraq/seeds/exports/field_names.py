"""Common names of an article's fields in exports, in English and Arabic."""

import re
from functools import lru_cache

# Common names of each field, the most reliable first; site.yaml's `import: {fields: …}` overrides
# them. Dots select a nested field, `+` joins two. Compared as `folded`.
COMMON: dict[str, tuple[str, ...]] = {
    "id": ("id", "_id", "guid", "uuid", "article_id", "post_id", "nid", "المعرف", "معرف",
           "رقم الخبر", "رقم المقال", "رقم المادة", "الرقم"),
    "title": ("title", "headline", "name", "post_title", "title.rendered", "العنوان",
              "عنوان الخبر", "عنوان المقال", "عنوان المقالة", "عنوان المادة", "عنوان"),
    "body": ("body", "introtext+fulltext", "content", "html", "content_html", "text", "maintext",
             "article_body", "articleBody", "article_text", "post_content", "content.rendered",
             "full_text", "content_text", "story", "lexical", "mobiledoc", "blocks",
              "النص", "نص الخبر", "نص المقال",
             "نص المقالة", "نص المادة", "النص الكامل", "محتوى الخبر", "المحتوى", "متن الخبر",
             "المتن", "التفاصيل", "نص", "محتوى", "الخبر", "المقال", "المقالة", "المادة"),
    "date": ("date", "published", "published_at", "date_published", "datePublished", "pub_date",
             "pubDate", "publish_date", "published_date", "publication_date", "date_publish",
             "publish_up", "post_date", "authored_on", "date_gmt", "created_at", "created",
             "date_created",
             "تاريخ النشر", "تاريخ الخبر", "تاريخ المقال", "التاريخ", "تاريخ"),
    "modified": ("modified", "updated", "updated_at", "date_modified", "dateModified",
                 "date_modify", "last_modified", "modified_gmt", "post_modified_gmt",
                 "post_modified", "changed", "date_updated", "تاريخ التعديل", "آخر تعديل"),
    "author": ("authors", "author", "author.name", "byline", "by", "creator", "created_by_alias",
               "authored_by", "writer", "الكاتب", "كاتب المقال", "كاتب الخبر", "اسم الكاتب",
               "كاتب", "المؤلف", "الكتاب", "المحرر", "المراسل", "بقلم"),
    "section": ("section", "category", "categories", "category_title", "articleSection", "القسم",
                "التصنيف", "التصنيفات", "الباب", "الفئة", "تصنيف", "قسم"),
    "topic": ("topics", "topic", "tags", "keywords", "الوسم", "الوسوم", "وسوم", "الموضوعات",
              "المواضيع", "الموضوع", "الكلمات المفتاحية", "كلمات مفتاحية", "الكلمات الدلالية"),
    "url": ("url", "link", "permalink", "canonical_url", "source_link", "الرابط", "رابط الخبر",
            "رابط المقال", "رابط"),
    "alias": ("aliases", "alias", "url_alias", "path.alias", "old_urls", "old_url",
              "redirects", "slug_old"),
    "description": ("description", "excerpt", "summary", "standfirst", "lead", "post_excerpt",
                    "الملخص", "المقدمة", "الوصف", "مقدمة", "ملخص", "مقتطف"),
    "image": ("image", "image_url", "featured_image", "feature_image", "top_image", "thumbnail",
              "image.url", "image.src", "الصورة", "رابط الصورة", "صورة"),
    "image_caption": ("image_caption", "caption", "image.caption"),
    "image_credit": ("image_credit", "credit", "image.credit", "photographer"),
    "image_alt": ("image_alt", "image.alt"),
    "figures": ("figures", "images", "gallery", "pictures"),
    "outlet": ("outlet", "sitename", "site_name", "source_name", "source", "publisher",
               "publisher.name", "publication", "newspaper", "المصدر", "اسم المصدر", "الصحيفة",
               "الوسيلة", "الجريدة", "مصدر"),
    "lang": ("lang", "language", "inLanguage", "langcode", "meta_lang", "اللغة"),
}  # fmt: skip

# Keys of front matter → our names, so that site.yaml may use either.
FRONT_MATTER = {
    "authors": "author",
    "topics": "topic",
    "aliases": "alias",
    "source": "outlet",
    "lastmod": "modified",
    "language": "lang",
    "external_ids": "id",
}

_LETTERS = str.maketrans("أإآٱىة", "اااايه", "ـًٌٍَُِّْ\u200b\u200e\u200f\ufeff")


@lru_cache(4096)
def folded(name: str) -> str:
    """Return a field's name in the form for comparison: lower case, no gaps, one spelling.

    >>> folded(" Publish Date"), folded("تاريخ_النشر") == folded("تاريخ النشر")
    ('publishdate', True)
    """
    return re.sub(r"[\s_-]+", "", name.casefold().translate(_LETTERS))


_KNOWN = frozenset(
    folded(part) for names in COMMON.values() for name in names for part in name.split("+")
)


def is_known(name: str) -> bool:
    """Whether this is a common name of a field."""
    return folded(name) in _KNOWN
