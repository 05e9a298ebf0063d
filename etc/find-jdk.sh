# Finds a JDK for Noctule. Sourced by ./noctule and ./test; POSIX sh, no side effects but the variables it sets.

NOCTULE_JDK_MIN=25

# jdk_feature HOME: prints the feature number (25 of 25.0.1) of the JDK there, nothing when there is none.
# Reads the file that every JDK brings, so that looking at ten JDKs starts no JVM.
jdk_feature() {
  [ -x "$1/bin/java" ] || return 0
  if [ -r "$1/release" ]; then
    while IFS='=' read -r jdk_key jdk_value; do
      if [ "$jdk_key" = JAVA_VERSION ]; then
        jdk_value=${jdk_value#\"}
        printf '%s\n' "${jdk_value%%[!0-9]*}"
        return 0
      fi
    done <"$1/release"
  fi
  "$1/bin/java" -XshowSettings:properties -version 2>&1 |
    sed -n 's/^ *java\.specification\.version = \([0-9]*\).*/\1/p'
}

# java_home_of EXECUTABLE: prints the home that a java command belongs to, be it a link or a version manager's shim.
java_home_of() {
  jdk_exe=$1
  while [ -h "$jdk_exe" ]; do
    jdk_link=$(readlink "$jdk_exe")
    case $jdk_link in
      /*) jdk_exe=$jdk_link ;;
      *) jdk_exe=${jdk_exe%/*}/$jdk_link ;;
    esac
  done
  jdk_home=${jdk_exe%/bin/java}
  if [ -r "$jdk_home/release" ]; then
    printf '%s\n' "$jdk_home"
  else
    "$1" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
  fi
}

# jdk_try HOME TOOL: sets JDK and JDK_FEATURE when the JDK there is new enough and has the tool.
# Remembers in JDK_SEEN what was too old, for the message.
jdk_try() {
  [ -n "$1" ] && [ -x "$1/bin/java" ] || return 1
  jdk_found=$(jdk_feature "$1")
  [ -n "$jdk_found" ] || return 1
  if [ "$jdk_found" -ge "$NOCTULE_JDK_MIN" ] && [ -x "$1/bin/$2" ]; then
    JDK=$1
    JDK_FEATURE=$jdk_found
    return 0
  fi
  case $JDK_SEEN in *"  $1 ("*) return 1 ;; esac
  jdk_note="  $1 (Java $jdk_found"
  [ -x "$1/bin/$2" ] || jdk_note="$jdk_note, without $2"
  JDK_SEEN="$JDK_SEEN$jdk_note)
"
  return 1
}

# find_jdk TOOL: sets JDK to the home of a JDK >= 25 that has bin/TOOL (java to run, javac to build), and JDK_FEATURE
# to its number. NOCTULE_JAVA, a home or a java command, decides alone when it is set. On failure says on stderr what
# is missing and how to get it, and returns 1.
find_jdk() {
  JDK=
  JDK_SEEN=
  if [ -n "${NOCTULE_JAVA:-}" ]; then
    if [ -d "$NOCTULE_JAVA" ]; then
      jdk_try "$NOCTULE_JAVA" "$1" && return 0
    elif [ -x "$NOCTULE_JAVA" ]; then
      jdk_try "$(java_home_of "$NOCTULE_JAVA")" "$1" && return 0
    fi
    echo "noctule: NOCTULE_JAVA=$NOCTULE_JAVA is not a JDK $NOCTULE_JDK_MIN or newer with bin/$1." >&2
    [ -z "$JDK_SEEN" ] || printf 'Found there:\n%s' "$JDK_SEEN" >&2
    return 1
  fi
  jdk_try "${JAVA_HOME:-}" "$1" && return 0
  jdk_on_path=$(command -v java 2>/dev/null) || jdk_on_path=
  if [ -n "$jdk_on_path" ] && [ -x "$jdk_on_path" ]; then
    jdk_try "$(java_home_of "$jdk_on_path")" "$1" && return 0
  fi
  for jdk_candidate in \
    /usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* /opt/jdk/* \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    # The distributions' links (default-java and the like) point to a neighbour that is looked at anyway.
    if [ -h "$jdk_candidate" ]; then continue; fi
    jdk_try "$jdk_candidate" "$1" && return 0
  done
  if [ -x /usr/libexec/java_home ]; then
    jdk_try "$(/usr/libexec/java_home -v "$NOCTULE_JDK_MIN+" 2>/dev/null)" "$1" && return 0
  fi
  {
    echo "noctule: needs a JDK $NOCTULE_JDK_MIN or newer, and found none."
    [ -z "$JDK_SEEN" ] || printf 'Too old or incomplete:\n%s' "$JDK_SEEN"
    echo "Install one, for example"
    case $(uname -s) in
      Darwin) echo "  brew install openjdk@$NOCTULE_JDK_MIN" ;;
      *)
        echo "  apt install openjdk-$NOCTULE_JDK_MIN-jdk       (Debian, Ubuntu)"
        echo "  dnf install java-$NOCTULE_JDK_MIN-openjdk-devel (Fedora)"
        ;;
    esac
    echo "  sdk install java $NOCTULE_JDK_MIN-tem          (any system, with SDKMAN)"
    echo "or unpack a JDK from https://adoptium.net and name it: NOCTULE_JAVA=/path/to/jdk"
  } >&2
  return 1
}
