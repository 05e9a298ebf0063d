# When the program is built, and that only one build runs at a time. Sourced by ./noctule and ./test; POSIX sh.
# Expects: root, the folder of the checkout.

build_home=$root/app/target/noctule
build_lib=$build_home/lib
build_stamp=$build_home/built
build_cache=$build_home/start.aot
build_lock=$root/target/build.lock

# True when something that the program is made of changed after the last build began.
build_is_stale() {
  [ -f "$build_stamp" ] && [ -f "$build_lib/noctule.jar" ] || return 0
  build_page_can_be_had && return 0
  [ -n "$(find "$root/pom.xml" "$root"/*/pom.xml "$root"/*/src/main "$root"/console/web/src "$root"/console/web/public \
    "$root"/console/web/*.* -newer "$build_stamp" -print 2>/dev/null | head -n 1)" ]
}

# True when the page was left out of the last build and another try may bring it: npm is there now and was not, or an
# hour has passed since its packages could not be had.
build_page_can_be_had() {
  [ -f "$root/console/target/page-missing" ] && command -v npm >/dev/null 2>&1 || return 1
  [ -n "$(find "$root/console/target/page-missing" -mmin +60)" ] ||
    grep -q 'not on the PATH' "$root/console/target/page-missing"
}

# True when the start cache was made after all that it was made from. The JVM itself does not look: it would run the
# old classes.
build_cache_is_fresh() {
  [ -f "$build_cache" ] && [ -z "$(find "$build_lib" -newer "$build_cache" -print | head -n 1)" ]
}

# build_lock wait|try: waits until no other build of this checkout runs, or returns 1 when one does. File descriptor 9
# holds the lock (give it to no child: 9>&-), a folder where there is no flock.
build_lock() {
  mkdir -p "$root/target"
  build_told=
  if command -v flock >/dev/null 2>&1; then
    exec 9>"$build_lock"
    until flock -n 9; do
      build_lock_taken "$1" || return 1
      flock 9 && return 0
    done
    return 0
  fi
  until mkdir "$build_lock.d" 2>/dev/null; do
    build_owner=$(cat "$build_lock.d/pid" 2>/dev/null) || build_owner=
    if [ -n "$build_owner" ] && ! kill -0 "$build_owner" 2>/dev/null; then
      rm -rf "$build_lock.d"
      continue
    fi
    build_lock_taken "$1" || return 1
    sleep 1
  done
  echo $$ >"$build_lock.d/pid"
}

build_lock_taken() {
  [ "$1" = wait ] || return 1
  [ -n "$build_told" ] || echo "noctule: another build of this folder is running, waiting for it" >&2
  build_told=yes
}

build_unlock() {
  if command -v flock >/dev/null 2>&1; then
    exec 9>&-
  else
    rm -rf "$build_lock.d"
  fi
}

# build_begins ... build_succeeded: the stamp carries the time of the beginning, since a source may change meanwhile.
build_begins() {
  mkdir -p "$build_home"
  : >"$build_stamp.begin"
}

build_succeeded() {
  mv -f "$build_stamp.begin" "$build_stamp"
}
