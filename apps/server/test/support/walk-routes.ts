import { scopes } from '@heavylift/core'
import type { Route, Scope } from '@heavylift/core'
import { coversScope } from '../../src/access/identify-caller.ts'
import { KeyRing } from '../../src/access/key-ring.ts'
import type { Part } from '../../src/part.ts'
import { exampleInput } from './example-input.ts'

export type Call = (
  method: string,
  path: string,
  options?: { key?: string | null; headers?: Record<string, string>; body?: unknown },
) => Promise<Answer>

export interface Answer {
  status: number
  /** Of a problem. */
  code: string | null
  /** Undefined unless the answer is JSON. */
  json: unknown
}

/** Makes things of the main tenant, whose ids the walk then uses as another tenant; returns headers for the system's routes. */
export type Prepare = (call: Call) => Promise<Record<string, string>>

export interface WalkOptions {
  address: string
  parts: readonly Part[]
  keys: KeyRing
  prepare: Record<string, Prepare>
}

export interface Walk {
  /** What is wrong, one line each; empty when nothing is. */
  findings: string[]
  /** `GET /api/shop/cart` for each route that was walked. */
  walked: string[]
  /** Those that could not be judged, since the system answers 503. */
  notReady: string[]
  /** Those where another tenant's real id was tried and answered as unknown. */
  foreign: string[]
}

/**
 * Calls every route as those who may not: without a key, with a wrong one, with too low a scope, and as another tenant
 * with ids of the main one. Ids are gathered from what the main tenant's own lists answer, by the parameters' names.
 * Changes nothing but what another tenant could wrongly change.
 */
export async function walkRoutes(options: WalkOptions): Promise<Walk> {
  const walk: Walk = { findings: [], walked: [], notReady: [], foreign: [] }
  const call = caller(options.address)
  const key = async (tenantId: string, scope: Scope): Promise<string> =>
    (await options.keys.create({ tenantId, scope, name: 'walk', kind: 'secret', allowedOrigins: [] })).key
  const mine = Object.fromEntries(
    await Promise.all(scopes.map(async (scope) => [scope, await key('main', scope)])),
  )
  const theirs = await key('other', 'admin')

  for (const part of options.parts) {
    const asMain: Call = (method, path, more) => call(method, path, { key: mine['admin'], ...more })
    const asOther: Call = (method, path, more) => call(method, path, { key: theirs, ...more })
    const prepare = options.prepare[part.name] ?? (async () => ({}))
    const headers = await prepare(asMain)
    const otherHeaders = await prepare(asOther)
    const ids = await gatherIds(part, asMain, headers)
    for (const route of part.routes) {
      const name = `${route.method.toUpperCase()} ${part.prefix}${route.path}`
      walk.walked.push(name)
      const note = (text: string): void => void walk.findings.push(`${name}: ${text}`)
      await walkAccess(route, part, { call, note, mine, headers })
      if (route.reach === 'installation') {
        const { status, code } = await asOther(name.split(' ')[0] ?? '', pathOf(part, route), bodyOf(route))
        if (code !== 'main-tenant-only')
          note(`answers ${status} (${code}) to an administrator of another tenant`)
      }
      if (route.access !== 'public' && route.path.includes(':')) {
        const isForeign = await walkTenant(route, part, {
          asMain,
          asOther,
          note,
          notReady: () => void walk.notReady.push(name),
          ids,
          headers,
          otherHeaders,
        })
        if (isForeign) walk.foreign.push(name)
      }
    }
  }
  return walk
}

const unknownId = 'walk-unknown-id'

function pathOf(part: Part, route: Route, ids: Record<string, string> = {}): string {
  return (
    part.prefix +
    route.path.replace(/:(\w+)/g, (_whole, name: string) => encodeURIComponent(ids[name] ?? unknownId))
  )
}

function bodyOf(route: Route): { body?: unknown } {
  if (route.bodyType === 'stream') return { body: 'x' }
  return route.body ? { body: exampleInput(route.body) } : {}
}

async function walkAccess(
  route: Route,
  part: Part,
  with_: {
    call: Call
    note: (text: string) => void
    mine: Record<string, string>
    headers: Record<string, string>
  },
): Promise<void> {
  const { call, note, mine, headers } = with_
  const method = route.method.toUpperCase()
  const path = pathOf(part, route)
  const ask = (key: string | null) => call(method, path, { key, headers, ...bodyOf(route) })
  if (route.access === 'public') {
    const { status } = await ask(null)
    if (status === 401 || status === 403) note(`is public but answers ${status} without a key`)
    return
  }
  const none = await ask(null)
  if (none.status !== 401 || none.code !== 'key-missing') note(`answers ${none.status} without a key`)
  const wrong = await ask(`hl_sk_000000000000_${'x'.repeat(43)}`)
  if (wrong.status !== 401) note(`answers ${wrong.status} to a wrong key`)
  const needed = route.access
  for (const lower of scopes.filter((scope) => !coversScope(scope, needed))) {
    const low = await ask(mine[lower] ?? null)
    if (low.status !== 403 || low.code !== 'scope-too-low')
      note(`answers ${low.status} to the scope ${lower}`)
  }
}

async function walkTenant(
  route: Route,
  part: Part,
  with_: {
    asMain: Call
    asOther: Call
    note: (text: string) => void
    notReady: () => void
    ids: Record<string, string>
    headers: Record<string, string>
    otherHeaders: Record<string, string>
  },
): Promise<boolean> {
  const { asMain, asOther, note, notReady, ids, headers, otherHeaders } = with_
  const method = route.method.toUpperCase()
  const body = bodyOf(route)
  const unknown = await asOther(method, pathOf(part, route), { headers: otherHeaders, ...body })
  if (unknown.status === 503) {
    notReady()
    return false
  }
  if (!hidesIt(route, unknown))
    note(`answers ${unknown.status} (${unknown.code}) for a thing that nobody has`)
  const names = Array.from(route.path.matchAll(/:(\w+)/g), ([, name = '']) => name)
  // Only ids name things of a tenant; `:name` and the like are the same for all.
  if (!names.every((name) => name.endsWith('Id') && name in ids)) return false
  if (route.method === 'get') {
    const own = await asMain(method, pathOf(part, route, ids), { headers })
    // Not its id after all, or a thing of another kind.
    if (own.status >= 300) return false
  }
  const foreign = await asOther(method, pathOf(part, route, ids), { headers: otherHeaders, ...body })
  if (!hidesIt(route, foreign) || foreign.status !== unknown.status || foreign.code !== unknown.code) {
    note(
      `answers ${foreign.status} (${foreign.code}) for another tenant's thing, ${unknown.status} (${unknown.code}) for none`,
    )
  }
  return true
}

/**
 * A stream that nobody can resume is 204 in the AI SDK's protocol; it says no more than 404 does. What all tenants share is
 * refused to all but those who run the installation, before anything is looked up.
 */
function hidesIt(route: Route, answer: Answer): boolean {
  if (answer.status === 403)
    return answer.code === (route.reach === 'installation' ? 'main-tenant-only' : 'not-manager')
  return answer.status === 404 || (answer.status === 204 && route.method === 'get')
}

const singular = (name: string): string =>
  name
    .replace(/ies$/, 'y')
    .replace(/(ch|s)es$/, '$1')
    .replace(/s$/, '')

/**
 * One real id for each parameter that ends in `Id`, from everything that the lists of a part answer: a field of that
 * name, or the `id` of a thing below a field of its kind (`products: [{ id }]` gives `productId`).
 */
export async function gatherIds(
  part: Part,
  call: Call,
  headers: Record<string, string>,
): Promise<Record<string, string>> {
  const ids: Record<string, string> = {}
  const wanted = new Set(
    part.routes.flatMap(({ path }) => Array.from(path.matchAll(/:(\w+)/g), ([, name = '']) => name)),
  )
  const search = (value: unknown, kind: string): void => {
    if (Array.isArray(value)) return value.forEach((item) => search(item, kind))
    if (typeof value !== 'object' || value === null) return
    for (const [name, inner] of Object.entries(value)) {
      const idName = name === 'id' ? `${kind}Id` : name
      if (typeof inner === 'string' && wanted.has(idName)) ids[idName] ??= inner
      else search(inner, singular(name))
    }
  }
  const lists = part.routes.filter(({ method, path }) => method === 'get' && !path.includes(':'))
  for (const list of lists) search((await call('GET', part.prefix + list.path, { headers })).json, '')
  // What is known by now leads to more: the things of a thing.
  for (const route of part.routes.filter(({ method, path }) => method === 'get' && path.includes(':'))) {
    search((await call('GET', pathOf(part, route, ids), { headers })).json, '')
  }
  return ids
}

export function caller(address: string): Call {
  return async (method, path, { key = null, headers = {}, body } = {}) => {
    const response = await fetch(address + path, {
      method,
      headers: {
        ...headers,
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const isJson = /^application\/(?:problem\+)?json\b/.test(response.headers.get('content-type') ?? '')
    // The answer to a question ends; a stream that is watched does not.
    if (!isJson && method === 'POST') await response.text()
    else if (!isJson) await response.body?.cancel()
    const json: unknown = isJson ? await response.json() : undefined
    const error = (json as { error?: { code?: unknown } } | undefined)?.error
    return { status: response.status, code: typeof error?.code === 'string' ? error.code : null, json }
  }
}
