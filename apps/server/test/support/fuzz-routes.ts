import type { Route } from '@heavylift/core'
import fc from 'fast-check'
import type { Part } from '../../src/part.ts'
import { hostileInput, hostileJson, toJson } from './hostile-input.ts'

/** One way to come in: headers that carry it, e.g. a key of a scope and tenant. */
export interface FuzzCaller {
  name: string
  headers: Record<string, string>
}

export interface FuzzOptions {
  address: string
  parts: readonly Part[]
  /** The strongest first, which makes most of the requests. */
  callers: readonly FuzzCaller[]
  /** Headers of systems' own credentials, by part. */
  partHeaders: Readonly<Record<string, Record<string, string>>>
  /** Real ids by part and name. */
  ids: Readonly<Record<string, Record<string, string>>>
  /** Bodies that fit routes whose schema does not say what they take, by `POST /api/…`; hostile values are put in. */
  bodies: Readonly<Record<string, readonly unknown[]>>
  seed: number
  requestsPerRoute: number
  /** Routes that make much work each time, by name: so many requests at most. */
  atMost?: Readonly<Record<string, number>>
  /** What to call once a route has begun something that would go on, by its name. */
  afterwards?: Readonly<Record<string, () => Promise<void>>>
}

export interface FuzzReport {
  requests: number
  /** How many answers had a status, e.g. `{ 200: 12, 400: 30 }`. */
  statuses: Record<string, number>
  /** What no answer may be: a 5xx, an internal error within a stream, a broken connection. One line each. */
  failures: string[]
}

interface FuzzRequest {
  method: string
  route: string
  path: string
  caller: FuzzCaller
  headers: Record<string, string>
  body: string | Uint8Array | null
}

const atOnce = 6

/**
 * Sends every route requests that are generated from its schemas: mostly fitting, with hostile values in the path, the query,
 * the body and the headers that are read. The same seed sends the same ones. What removes things comes last.
 */
export async function fuzzRoutes(options: FuzzOptions): Promise<FuzzReport> {
  const report: FuzzReport = { requests: 0, statuses: {}, failures: [] }
  const all = options.parts.flatMap((part) => part.routes.map((route) => ({ part, route })))
  const removes = ({ route }: { route: Route }): boolean => route.method === 'delete'
  for (const phase of [all.filter((one) => !removes(one)), all.filter(removes)]) {
    const requests = shuffled(
      phase.flatMap(({ part, route }, index) =>
        fc.sample(requestOf(part, route, options), {
          seed: options.seed + index,
          numRuns: requestsTo(part, route, options),
        }),
      ),
      options.seed,
    )
    const queue = requests.values()
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (const request of queue) await send(request, options, report)
      }),
    )
  }
  return report
}

/** Where nothing can be put in there is little to find. */
function requestsTo(part: Part, route: Route, options: FuzzOptions): number {
  const takesNothing = !route.params && !route.query && !route.body && route.bodyType === 'json'
  const wanted = takesNothing ? Math.ceil(options.requestsPerRoute / 6) : options.requestsPerRoute
  return Math.min(wanted, options.atMost?.[nameOf(part, route)] ?? wanted)
}

const nameOf = (part: Part, route: Route): string =>
  `${route.method.toUpperCase()} ${part.prefix}${route.path}`

function shuffled(requests: FuzzRequest[], seed: number): FuzzRequest[] {
  return (
    fc.sample(fc.shuffledSubarray(requests, { minLength: requests.length }), { seed, numRuns: 1 })[0] ?? []
  )
}

function requestOf(part: Part, route: Route, options: FuzzOptions): fc.Arbitrary<FuzzRequest> {
  const method = route.method.toUpperCase()
  const name = nameOf(part, route)
  const ids = options.ids[part.name] ?? {}
  const [strongest, ...others] = options.callers
  if (!strongest) throw new Error('Nobody would call.')
  const texts = { ids, percent: 25 }
  return fc
    .record({
      params: route.params ? hostileInput(route.params, texts) : fc.constant({}),
      query: route.query ? hostileInput(route.query, texts) : fc.constant({}),
      body: bodyOf(name, route, options, ids),
      caller: fc.oneof(
        { weight: 4, arbitrary: fc.constant(strongest) },
        { weight: 2, arbitrary: fc.constantFrom(...others) },
      ),
      headers: hostileHeaders,
      isOwnShopper: fc.integer({ min: 0, max: 9 }).map((chance) => chance > 0),
    })
    .map(({ params, query, body, caller, headers, isOwnShopper }) => ({
      method,
      route: name,
      path: part.prefix + filled(route.path, params) + queryText(query),
      caller,
      headers: {
        ...(body === null ? {} : { 'content-type': 'application/json' }),
        accept: 'application/json, text/event-stream',
        ...(isOwnShopper ? options.partHeaders[part.name] : {}),
        ...headers,
      },
      body,
    }))
}

function bodyOf(
  name: string,
  route: Route,
  options: FuzzOptions,
  ids: Record<string, string>,
): fc.Arbitrary<string | Uint8Array | null> {
  const how = { ids, percent: 12 }
  const samples = options.bodies[name]
  const isLines = route.bodyType === 'stream'
  if (route.method === 'get' || (route.body === null && !isLines)) return fc.constant(null)
  const values = [
    ...(samples ? [fc.constantFrom(...samples).chain((sample) => hostileJson(sample, how))] : []),
    ...(samples || !route.body ? [] : [hostileInput(route.body, how)]),
  ]
  const value = values.length > 0 ? fc.oneof(...values) : fc.anything()
  const text = value.map((given) =>
    // A sample of a stream is a list of its lines.
    isLines && Array.isArray(given)
      ? given.map((line) => (typeof line === 'string' ? line : toJson(line))).join('\n')
      : toJson(given),
  )
  return fc.oneof(
    { weight: 30, arbitrary: text },
    { weight: 1, arbitrary: text.map((given) => given.slice(0, given.length / 2)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '',
        '[',
        '"',
        'null',
        '1e999',
        '"\\u0000"',
        '\ufeff{}',
        `${'['.repeat(50_000)}`,
        `${'{"a":'.repeat(9_999)}`,
      ),
    },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 30 }) },
  )
}

/** What a header may hold on the wire: no control characters, one byte each. */
const headerText = fc.oneof(
  fc.constantFrom('', '-1', '1e308', '99999999999999999999', 'NaN', '%00', '__proto__', 'main', 'other', 'é'),
  fc.constantFrom('x:1', 'turn_x:99999999999', ':', '::', 'a.b.c', 'hls1.x.y', 'bytes=0-', 'hls2.x.9e99.y'),
  fc.string({ maxLength: 30 }).map((text) => text.replace(/[^\x20-\x7e]/g, '').trim()),
)
const hostileHeaders: fc.Arbitrary<Record<string, string>> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.dictionary(
      fc.constantFrom(
        'last-event-id',
        'x-heavylift-shopper',
        'x-heavylift-tenant',
        'x-request-id',
        'if-none-match',
        'range',
        'content-type',
        'cookie',
        'origin',
        'mcp-protocol-version',
        'accept',
      ),
      headerText,
      { maxKeys: 2 },
    ),
  },
)

function filled(path: string, params: unknown): string {
  const given = typeof params === 'object' && params !== null ? (params as Record<string, unknown>) : {}
  return path.replace(/:(\w+)/g, (_whole, name: string) => {
    const text = textOf(Object.hasOwn(given, name) ? given[name] : params)
    return encoded(text) || 'x'
  })
}

function queryText(query: unknown): string {
  if (typeof query !== 'object' || query === null) return `?${encoded(textOf(query))}`
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value.slice(0, 3) : [value]).map(
      (one) => `${encoded(name)}=${encoded(textOf(one))}`,
    ),
  )
  return pairs.length > 0 ? `?${pairs.join('&')}` : ''
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '').slice(0, 2_000)

/** A lone surrogate as the bytes that encoders without a check would send. */
function encoded(text: string): string {
  return Array.from(text.slice(0, 3_000), (character) =>
    /^[\ud800-\udfff]$/.test(character) ? '%ED%A0%80' : encodeURIComponent(character),
  ).join('')
}

async function send(request: FuzzRequest, options: FuzzOptions, report: FuzzReport): Promise<void> {
  const fail = (what: string, id = ''): void => {
    const body = request.body instanceof Uint8Array ? Buffer.from(request.body).toString('hex') : request.body
    report.failures.push(
      `${request.route} ${id}: ${what} | as ${request.caller.name} ${request.path} ${JSON.stringify(request.headers)} ${(body ?? '').slice(0, 1_500)}`,
    )
  }
  report.requests++
  const leaving = AbortSignal.timeout(10_000)
  let response: Response
  try {
    response = await fetch(options.address + request.path, {
      method: request.method,
      headers: { ...request.headers, ...request.caller.headers },
      ...(request.body === null ? {} : { body: request.body as BodyInit }),
      signal: leaving,
      redirect: 'manual',
    })
  } catch (error) {
    if (!leaving.aborted) fail(`broke off: ${String((error as Error).cause ?? error)}`)
    return
  }
  report.statuses[response.status] = (report.statuses[response.status] ?? 0) + 1
  const text = await read(response)
  const id = response.headers.get('x-request-id') ?? ''
  // Here nobody has run the build.
  if (text.includes('"code":"assistant-not-built"')) return
  if (response.status >= 500) fail(`answers ${response.status} ${text.slice(0, 300)}`, id)
  else if (/"code":"internal"/.test(text)) fail(`fails within its answer: ${text.slice(0, 300)}`, id)
  else if (foreignWords.test(text)) fail(`shows words that are not ours: ${text.slice(0, 300)}`)
  if (response.status < 300) await options.afterwards?.[request.route]?.()
}

/** What databases, the runtime and the checker of schemas say to programmers. */
const foreignWords =
  /ZodError|invalid_type|invalid_union|PostgresError|syntax error at or near|violates [a-z-]+ constraint|invalid byte sequence|out of range for type|is not a function|Cannot read propert|ENOENT|node_modules/

/** The beginning of an answer; a stream that is watched does not end by itself. */
async function read(response: Response): Promise<string> {
  const reader = response.body?.getReader()
  if (!reader) return ''
  const chunks: Uint8Array[] = []
  const isStream = (response.headers.get('content-type') ?? '').includes('event-stream')
  const over = Promise.withResolvers<null>()
  const timer = setTimeout(() => over.resolve(null), isStream ? 60 : 10_000)
  let bytes = 0
  for (;;) {
    const next = await Promise.race([reader.read().catch(() => null), over.promise])
    if (next === null || next.done) break
    bytes += next.value.byteLength
    if (bytes <= 200_000) chunks.push(next.value)
    if (bytes > 2_000_000) break
  }
  clearTimeout(timer)
  await reader.cancel().catch(() => {})
  return Buffer.concat(chunks).toString()
}
