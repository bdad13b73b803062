/** The first lines of PostgreSQL's `postmaster.pid` (src/include/utils/pidfile.h). */
export interface PostmasterFile {
  pid: number
  dataDir: string
  port: number
  /** `starting`, `ready`, `stopping` or `standby`. */
  status: string
}

/** Null for a file that is empty or half written, as a starting or killed server leaves it. */
export function parsePostmasterFile(text: string): PostmasterFile | null {
  const lines = text.split('\n')
  const pid = Number(lines[0])
  const port = Number(lines[3])
  const dataDir = lines[1] ?? ''
  if (!Number.isInteger(pid) || pid <= 0 || dataDir === '') return null
  if (!Number.isInteger(port) || port <= 0 || port > 65_535) return null
  return { pid, dataDir, port, status: (lines[7] ?? '').trim() }
}
