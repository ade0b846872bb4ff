#!/bin/sh
# Builds the archive on Cloudflare Pages at every push. Once: dash.cloudflare.com → Workers & Pages → Create →
# Pages → Connect to Git → choose the repository, and write
#   Build command:           sh publish.sh
#   Build output directory:  public
#   Environment variables:   PYTHON_VERSION = 3.12
# And in site.yaml: base_url, the address it will have, such as https://my-archive.pages.dev/
set -eu
# The whole history: revisions and days of last edit come from it.
if [ "$(git rev-parse --is-shallow-repository)" = true ]; then git fetch --unshallow; fi
# A version, from the folder wheels/ of this repository or from the package index.
python -m pip install --find-links wheels "@WARRAQ@"
warraq check
warraq build
