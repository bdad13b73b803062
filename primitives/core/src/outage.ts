import { HeavyliftError, TryLaterError } from './errors.ts'

const retryAfterSeconds = 5

/** 507: a disk that something is kept on is full. */
export function diskFull(cause?: unknown): HeavyliftError {
  return new HeavyliftError({
    code: 'disk-full',
    message:
      'The disk that this server keeps its data on is full, so nothing was stored. Make room there; it goes on by itself, and the same request works then.',
    status: 507,
    isRetryable: true,
    cause,
  })
}

/** 503: the database, or what objects are kept in, does not answer. */
export function away(what: 'database' | 'objects', cause?: unknown): TryLaterError {
  return new TryLaterError({
    code: `${what}-unavailable`,
    message:
      what === 'database'
        ? `The database does not answer now. Try again in ${retryAfterSeconds} s; if that goes on, /healthz and the server's log say more.`
        : `The store of files does not answer now. Try again in ${retryAfterSeconds} s; if that goes on, /healthz and the server's log say more.`,
    status: 503,
    retryAfterSeconds,
    cause,
  })
}

/**
 * What is away or full behind an error that a library threw, or behind one of its causes: 507 for a full disk, 503 for a
 * database that stops, starts or takes no more connections. Null for everything else, our own errors too.
 */
export function findOutage(error: unknown): HeavyliftError | null {
  const seen = new Set<unknown>()
  const find = (one: unknown): HeavyliftError | null => {
    if (!(one instanceof Error) || seen.has(one)) return null
    seen.add(one)
    if (HeavyliftError.isInstance(one))
      return one.code === 'disk-full' || one instanceof TryLaterError ? one : find(one.cause)
    if (isFullDisk(one)) return diskFull(error)
    if (isDatabaseAway(one)) return away('database', error)
    const others: unknown[] = one instanceof AggregateError ? one.errors : []
    for (const other of [one.cause, ...others]) {
      const found = find(other)
      if (found !== null) return found
    }
    return null
  }
  return find(error)
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** `ENOSPC` and `EDQUOT` of the system; PostgreSQL's `disk_full`, or an I/O error that says so (its manual, appendix A). */
function isFullDisk(error: Error): boolean {
  const code = codeOf(error)
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === '53100') return true
  return code === '58030' && error.message.includes('No space left')
}

/** Class 08 (connection), 53 (resources), 57P0x (shutting down, crashed, starting), 25006 (a replica); and `pg`'s own words. */
function isDatabaseAway(error: Error): boolean {
  if ('severity' in error) return /^(?:08...|53...|57P0[1-5]|25006|58030)$/.test(codeOf(error))
  return /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
    error.message,
  )
}
