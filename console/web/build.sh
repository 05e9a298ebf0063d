#!/bin/sh
# Builds the page, or checks it; does nothing when nothing has changed since. Maven calls it: see console/pom.xml.
#
#   build.sh build FOLDER STATE TESTS-SKIPPED   the page into FOLDER, its notes into STATE
#   build.sh check FOLDER STATE                 lint, types and unit tests
#
# Without Node.js there is no page, but all else: the console says so to whoever opens it. STATE/page-missing then says
# why, and etc/build.sh has the page built once Node.js is there.
set -eu

cd "$(dirname "$0")"
task=$1
folder=$2
state=$3
only_build=${4:-false}
mkdir -p "$state"
stamp=$state/page-$task.stamp
missing=$state/page-missing

say() { echo "console: $*"; }

changed() {
  [ -f "$stamp" ] || return 0
  [ "$task" = check ] || [ -f "$folder/index.html" ] || return 0
  [ -n "$(find src test public index.html build.sh ./*.json ./*.ts .npmrc -newer "$stamp" -print | head -n 1)" ]
}

go_on_without() {
  say "$1; going on without the page" >&2
  echo "$1" >"$missing"
  exit 0
}

changed || exit 0

if ! command -v npm >/dev/null 2>&1 || ! command -v node >/dev/null 2>&1; then
  go_on_without "the page needs Node.js 20.19 or newer with npm, which is not on the PATH"
fi
if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then
  go_on_without "the page needs Node.js 20.19 or newer, and the one on the PATH is $(node --version)"
fi

# Only what the page is made of and made with, where it shall only be built: the tools that check it are larger.
packages() {
  if [ "$only_build" = true ]; then
    [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --omit=dev --loglevel=error
  else
    [ node_modules/.package-lock.json -nt package-lock.json ] && [ -d node_modules/vitest ] || npm ci --loglevel=error
  fi
}

if ! packages; then
  [ "$only_build" = true ] || exit 1
  go_on_without "the packages of the page could not be installed (npm ci in console/web)"
fi

# The time of the beginning, since a source may change meanwhile.
: >"$stamp.begin"
if [ "$task" = check ]; then
  npm run --silent check
elif NOCTULE_PAGE_FOLDER=$folder npm run --silent build; then
  rm -f "$missing"
else
  [ "$only_build" = true ] || exit 1
  rm -rf "$folder"
  go_on_without "the page could not be built (npm run build in console/web)"
fi
mv -f "$stamp.begin" "$stamp"
