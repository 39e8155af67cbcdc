import { spawn } from 'node:child_process'

// `read` fails at the end of the pipe: its other end closes when the parent dies, however it dies.
const script = `
IFS= read -r _ && exit 0
kill -"$2" "$1" 2>/dev/null || exit 0
n=0; while [ $n -lt 50 ]; do kill -0 "$1" 2>/dev/null || exit 0; sleep 0.1; n=$((n+1)); done
kill -KILL "$1" 2>/dev/null`

/**
 * Ends `pid` when this process dies without having called the returned function, SIGKILL included.
 * The guard is a shell in a session of its own, so neither Ctrl-C nor a closed terminal ends it first.
 */
export function guard(pid: number, signal: NodeJS.Signals): () => void {
  const args = ['-c', script, 'dealwire-guard', String(pid), signal.replace('SIG', '')]
  const shell = spawn('/bin/sh', args, { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  shell.on('error', () => undefined)
  shell.stdin.on('error', () => undefined)
  shell.unref()
  return () => shell.stdin.end('released\n')
}
