import { spawn } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { Socket } from 'node:net'
import { join } from 'node:path'

/**
 * Waits for the end of file that our death causes, however we die, and then stops the server unless another live process
 * uses it. SIGTERM is PostgreSQL's "smart" shutdown: it lets sessions that are still open finish.
 */
const script = `
read -r _
rm -f "$1/$2".*
for lease in "$1"/*; do
  [ -e "$lease" ] || continue
  name=\${lease##*/}
  kill -0 "\${name%%.*}" 2>/dev/null && exit 0
done
[ "$(head -n 1 "$4" 2>/dev/null)" = "$3" ] && kill -TERM "$3"
`

export interface Guard {
  /** Ends the guard without stopping the server. */
  dismiss(): Promise<void>
}

let count = 0

/** Leaves a lease in `leases` and a small shell process that outlives us, so that `kill -9` leaves no server behind. */
export async function placeGuard(leases: string, serverPid: number, pidFile: string): Promise<Guard> {
  const lease = join(leases, `${process.pid}.${count++}`)
  await writeFile(lease, '')
  const args = ['-c', script, 'heavylift-postgres-guard', leases, process.pid, serverPid, pidFile].map(String)
  // A session of its own: Ctrl-C in the terminal must not end the guard before us.
  const child = spawn('/bin/sh', args, { cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  child.on('error', () => undefined)
  child.stdin.on('error', () => undefined)
  child.unref()
  if (child.stdin instanceof Socket) child.stdin.unref()
  return {
    async dismiss() {
      child.kill('SIGKILL')
      await rm(lease, { force: true })
    },
  }
}
