"""The page kinds, a module each; KINDS lists them in the order of a full build.

A new kind is a class in a module of its own, a line here, a template and its words.
"""

from warraq.render.kinds.archive import ArchivePage, DayPage, MonthPage, UndatedPage, YearPage
from warraq.render.kinds.article import ArticlePage
from warraq.render.kinds.carried import CarriedPage
from warraq.render.kinds.data import ArticleJson, DataFile, DataPage
from warraq.render.kinds.feeds import AtomFeed, CorrectionsAtom, CorrectionsJson, JsonFeed
from warraq.render.kinds.history import HistoryPage
from warraq.render.kinds.home import HomePage
from warraq.render.kinds.redirect import RedirectPage
from warraq.render.kinds.shelf import KindPage, ShelfPage, ShelfPart
from warraq.render.kinds.sitemap import HeadersFile, RobotsFile, SitemapArticles, SitemapIndex
from warraq.render.kinds.static_pages import (
    ContentPage,
    CorrectionsPage,
    NotFoundPage,
    SearchDescription,
    SearchPage,
)
from warraq.render.kinds.story import StoryPage
from warraq.render.page import Page

KINDS: tuple[type[Page], ...] = (
    ArticlePage,
    HistoryPage,
    ArticleJson,
    HomePage,
    ArchivePage,
    YearPage,
    MonthPage,
    DayPage,
    UndatedPage,
    KindPage,
    ShelfPage,
    ShelfPart,
    CarriedPage,
    StoryPage,
    ContentPage,
    CorrectionsPage,
    SearchPage,
    DataPage,
    DataFile,
    NotFoundPage,
    AtomFeed,
    JsonFeed,
    CorrectionsAtom,
    CorrectionsJson,
    SitemapIndex,
    SitemapArticles,
    RobotsFile,
    HeadersFile,
    SearchDescription,
    RedirectPage,
)
