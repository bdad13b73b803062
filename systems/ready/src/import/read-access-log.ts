import { RequestCollector } from './imported.ts'
import type { Imported } from './imported.ts'

const line = /^(\S+) \S+ (.+?) \[([^\]]+)\] "([A-Z]+) (\S+)(?: HTTP\/[\d.]+)?"/
const months = 'JanFebMarAprMayJunJulAugSepOctNovDec'
const mostMinutes = 100_000

/**
 * Access logs, common and combined (Apache, nginx) or a JSON object a line: the paths that were asked, by how often, and the rate a minute as a
 * replay. Only what reads (GET, HEAD, OPTIONS) is sent: bodies are not in a log, and what others sent is theirs.
 */
export function readAccessLog(text: string): Imported | null {
  const collect = new RequestCollector()
  const counts = new Map<string, number>()
  const perMinute = new Map<number, number>()
  let lines = 0
  let read = 0
  let writes = 0
  for (const row of text.split('\n')) {
    if (row.trim() === '') continue
    lines++
    const found = row.startsWith('{') ? jsonLine(row) : commonLine(row)
    if (found === null) {
      if (lines === 20 && read === 0) return null
      continue
    }
    read++
    if (!/^(?:GET|HEAD|OPTIONS)$/.test(found.method)) {
      writes++
      continue
    }
    const key = `${found.method} ${found.path}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
    if (Number.isFinite(found.ms)) {
      const minute = Math.floor(found.ms / 60_000)
      perMinute.set(minute, (perMinute.get(minute) ?? 0) + 1)
    }
  }
  if (read === 0 || 2 * read < lines) return null
  if (read < lines) collect.leave(`${lines - read} of ${lines} lines`, 'They are no lines of an access log.')
  if (writes > 0)
    collect.leave(
      `${writes} of ${lines} lines`,
      'They write (POST, PUT …); a log has no bodies, and they are not replayed.',
    )
  const ordered = [...counts].toSorted((a, b) => b[1] - a[1])
  for (const [key, weight] of ordered.slice(0, 500)) {
    const [method = 'GET', path = '/'] = key.split(' ')
    collect.add({ where: path, method, url: path.startsWith('/') ? path : `/${path}`, weight })
  }
  if (ordered.length > 500)
    collect.leave(
      `${ordered.length - 500} paths`,
      'A scenario has at most 500 requests; the rarest are left out.',
    )
  const minutes = [...perMinute.keys()].toSorted((a, b) => a - b)
  const first = minutes[0] ?? 0
  const span = minutes.length === 0 ? 0 : (minutes.at(-1) as number) - first + 1
  const load =
    span === 0 || span > mostMinutes
      ? undefined
      : [
          {
            kind: 'replay' as const,
            intervalSeconds: 60,
            counts: Array.from({ length: span }, (_, at) => perMinute.get(first + at) ?? 0),
          },
        ]
  return collect.finish('access log', 'Access log', load)
}

function commonLine(row: string): { method: string; path: string; ms: number } | null {
  const found = line.exec(row)
  if (found === null) return null
  const [, , , time = '', method = '', path = ''] = found
  const parts = /^(\d\d)\/(\w{3})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)$/.exec(time)
  const month = parts === null ? -1 : months.indexOf(parts[2] as string) / 3
  const ms =
    parts === null || month < 0
      ? NaN
      : Date.parse(
          `${parts[3]}-${String(month + 1).padStart(2, '0')}-${parts[1]}T${parts[4]}${parts[5]}:${parts[6]}`,
        )
  return { method, path: path.replace(/^https?:\/\/[^/]+/, '') || '/', ms }
}

function jsonLine(row: string): { method: string; path: string; ms: number } | null {
  let fields: Record<string, unknown>
  try {
    fields = JSON.parse(row) as Record<string, unknown>
  } catch {
    return null
  }
  const text = (...names: string[]) =>
    names.map((name) => fields[name]).find((value) => typeof value === 'string' && value !== '')
  const whole = text('request', 'request_line')
  const split = typeof whole === 'string' ? /^([A-Z]+) (\S+)/.exec(whole) : null
  const method = split?.[1] ?? text('method', 'request_method', 'verb', 'http_method')
  const path = split?.[2] ?? text('path', 'uri', 'request_uri', 'url')
  if (typeof method !== 'string' || typeof path !== 'string') return null
  const time = text('time', 'timestamp', '@timestamp', 'time_local', 'time_iso8601', 'ts')
  const common = typeof time === 'string' ? commonLine(`- - - [${time}] "GET / HTTP/1.1" 200 -`) : null
  return {
    method,
    path: path.replace(/^https?:\/\/[^/]+/, '') || '/',
    ms: Number.isFinite(common?.ms) ? (common?.ms ?? NaN) : Date.parse(String(time)),
  }
}
