/**
 * A part of the shell around a script: when the script has ended, what it left in its process group is ended too, first politely, then not. The
 * shell does it itself, so that it is done also when nobody watches any more; and at once, so that the group's number is still its own.
 */

/** Wants `run`, the folder of the run, and `grace`, in tenths of a second; makes `left` there when there was anything to end. */
export const endGroup = `isLeft() {
for stat in /proc/[0-9]*/stat; do
read -r line < "$stat" || continue
set -- \${line##*) }
[ "$3" = "$group" ] && [ "$1" != Z ] && return 0
done
return 1
}
awaitGroup() {
tries=$1
while isLeft; do
[ "$tries" -gt 0 ] || return 1
tries=$((tries - 1)); sleep 0.1
done
}
endGroup() {
read -r group < "$run/pid" || return 0
kill -s 0 -- "-$group" || return 0
awaitGroup 10 && return 0
: > "$run/left"
kill -s TERM -- "-$group"; awaitGroup "$grace" && return 0
kill -s KILL -- "-$group"; awaitGroup 50
}`
