import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

const largestBytes = 50 * 1024 * 1024

/** Looks at the file's size anew after so many lines: other processes write to it too. */
const linesBetweenLooks = 200

/**
 * JSON lines into `<dataDir>/logs/heavylift.jsonl`. A file that has grown past 50 MiB is set aside once (`.1`). Each line is on disk
 * when the call returns, so that the last words of a crash are there. Never throws: lines that a full disk refuses are counted, and
 * the first one that it takes again is preceded by how many are missing.
 */
export function fileDestination(
  dataDir: string,
  /** Of several processes that write to the file, one sets it aside. */
  { rotates = true }: { rotates?: boolean } = {},
): { path: string; write(line: string): void } {
  const folder = join(dataDir, 'logs')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, 'heavylift.jsonl')
  let bytes = sizeOf(path)
  let lines = 0
  let lost = 0
  return {
    path,
    write(line) {
      try {
        if (++lines % linesBetweenLooks === 0) bytes = sizeOf(path)
        if (rotates && bytes > largestBytes) {
          renameSync(path, `${path}.1`)
          bytes = 0
        }
        const text = lost === 0 ? line : `${lineOfLost(lost)}${line}`
        appendFileSync(path, text, { mode: 0o600 })
        bytes += Buffer.byteLength(text)
        lost = 0
      } catch {
        // A part of it may stand there; the next line begins on its own.
        lost++
      }
    },
  }
}

function lineOfLost(count: number): string {
  const msg = `${count} lines are missing here: the log could not be written`
  return `\n${JSON.stringify({ level: 'warn', time: new Date().toISOString(), lost: count, msg })}\n`
}

/** Shows warnings and errors of a JSON line as one readable line; anything below is left to the file. */
export function formatWarning(line: string): string | null {
  const fields = JSON.parse(line) as Record<string, unknown>
  if (fields['level'] !== 'warn' && fields['level'] !== 'error') return null
  const system = typeof fields['system'] === 'string' ? `${fields['system']}: ` : ''
  const error = fields['err'] ?? fields['error']
  const reason =
    typeof error === 'object' && error !== null && 'message' in error
      ? String(error.message)
      : typeof error === 'string'
        ? error
        : ''
  return `${fields['level']}: ${system}${String(fields['msg'])}${reason === '' ? '' : `: ${reason}`}`
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size
  } catch {
    return 0
  }
}
