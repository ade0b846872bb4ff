// The search page: see generator/warraq/search/client/.
