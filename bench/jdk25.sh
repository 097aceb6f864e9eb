# Sets jdk to the home of a JDK 25, from JAVA25_HOME, JAVA_HOME, the path or the usual place; to be read by other scripts.
jdk=
for candidate in "${JAVA25_HOME:-}" "${JAVA_HOME:-}" "$(dirname "$(dirname "$(readlink -f "$(command -v java || echo /)")")")" /usr/lib/jvm/*; do
    if [ -r "$candidate/release" ] && grep -q '^JAVA_VERSION="25' "$candidate/release"; then
        jdk=$candidate
        break
    fi
done
if [ -z "$jdk" ]; then
    echo "$0: a JDK 25 is needed: point JAVA25_HOME at one" >&2
    exit 1
fi
