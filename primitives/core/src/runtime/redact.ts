/** Keys whose text is a secret. Numbers under such keys (`promptTokens: 12`) are counts and stay. */
const secretKey =
  /(password|passwd|passphrase|secret|token|authorization|cookie|credential|api[-_]?key|private[-_]?key|access[-_]?key)s?$/i

const mask = '[redacted]'
const maxDepth = 8

/** Of an address: `?password=…`, `&X-Amz-Signature=…`. */
const secretParameter =
  /([?&;](?:[\w.-]*(?:password|passwd|pwd|secret|token|api[-_]?key|access[-_]?key(?:[-_]?id)?|signature|credential)|sig)=)[^&;\s"']+/gi

/**
 * Who signs in stands before the last `@` of an address, unencoded slashes of a password included. `user:password@` keeps the user;
 * a word alone may be a token (NATS) and goes. After a host and port, or a path without a colon, an `@` is part of the path.
 */
function maskUserInfo(whole: string, scheme: string, given: string): string {
  const slash = given.indexOf('/')
  const isPath = slash >= 0 && /^(?:[^:]*|[^:]*:\d{1,5})$/.test(given.slice(0, slash))
  if (isPath) return whole
  const colon = given.indexOf(':')
  return colon < 0 ? `${scheme}${mask}@` : `${scheme}${given.slice(0, colon)}:${mask}@`
}

/**
 * An option's value as people may see it: nothing of one that is marked secret or whose name says so, no password in an address,
 * at any depth. `name` is the option's last key.
 */
export function redactOption(name: string, value: unknown, isSecret: boolean): unknown {
  if (value === null || value === undefined) return value
  return isSecret ? mask : (redactFields({ [name]: value }) as Record<string, unknown>)[name]
}

/** Masks passwords in addresses, bearer tokens, the project's own keys and those of model providers inside a text. */
export function redactText(text: string): string {
  return text
    .replace(/([a-z][a-z0-9+.-]*:\/\/)([^\s,"'<>]*)@/gi, maskUserInfo)
    .replace(secretParameter, `$1${mask}`)
    .replace(/\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, `$1 ${mask}`)
    .replace(/\b((?:hl|sk|pk)[_-])[A-Za-z0-9_-]{16,}/g, `$1${mask}`)
    .replace(/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, mask)
}

/**
 * A copy of a log line's fields with secrets masked at any depth: by key name, and inside texts. Errors become plain
 * objects with their message, code, stack and causes. Cycles and depths over 8 are cut.
 */
export function redactFields(value: unknown, seen: readonly object[] = []): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return value
  if (seen.includes(value)) return '[circular]'
  if (seen.length >= maxDepth) return '[too deep]'
  const inside = [...seen, value]
  if (Array.isArray(value)) return value.map((item) => redactFields(item, inside))
  if (value instanceof Date) return value
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  const entries = value instanceof Error ? errorEntries(value) : Object.entries(value)
  return Object.fromEntries(
    entries.map(([key, item]) => {
      const isSecret =
        secretKey.test(key) && item !== null && (typeof item === 'string' || typeof item === 'object')
      return [key, isSecret ? mask : redactFields(item, inside)]
    }),
  )
}

function errorEntries(error: Error): [string, unknown][] {
  const entries: [string, unknown][] = [
    ['name', error.name],
    ['message', error.message],
  ]
  for (const [key, item] of Object.entries(error)) if (item !== undefined) entries.push([key, item])
  if (error.stack !== undefined) entries.push(['stack', error.stack])
  if (error.cause !== undefined) entries.push(['cause', error.cause])
  return entries
}
