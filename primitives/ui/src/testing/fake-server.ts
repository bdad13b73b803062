import type { AnyRoute, Route, RouteShape } from '@heavylift/core'
import { sampleOf } from './sample-of.ts'

type Method = Route['method']
type PathOf<Routes extends AnyRoute, M extends Method> = Extract<Routes, { method: M }>['path']
type ShapeAt<Routes extends AnyRoute, M extends Method, Path> =
  Extract<Routes, { method: M; path: Path }> extends { readonly shape?: infer Shape }
    ? Extract<Shape, RouteShape>
    : never

/** What a page asked for. */
export interface FakeRequest {
  method: Method
  /** Of the route, e.g. `/things/:thingId`. */
  path: string
  params: Record<string, string>
  query: Record<string, string>
  /** The parsed JSON body; null without one. */
  body: unknown
}

interface Failure {
  status: number
  code: string
  message: string
}

type Plan =
  | { answer: unknown }
  | { make: (request: FakeRequest) => unknown }
  | { events: { id?: string; event?: string; data: unknown }[] }
  | { failure: Failure }

/** A request that no route takes, or an answer that the route's schema refuses, as `expect(server.problems).toEqual([])` says. */
export interface FakeServer<Routes extends AnyRoute> {
  mount: string
  routes: readonly Route[]
  /** Every request that came, oldest first. */
  requests: FakeRequest[]
  problems: string[]
  /** A valid answer of a route, to change in the test what it is about. */
  sample: <M extends Method, Path extends PathOf<Routes, M>>(
    method: M,
    path: Path,
  ) => ShapeAt<Routes, M, Path>['answer']
  /** From now on the route answers this. The schema of the route is held against it. */
  answer: <M extends Method, Path extends PathOf<Routes, M>>(
    method: M,
    path: Path,
    answer:
      | ShapeAt<Routes, M, Path>['answer']
      | ((request: FakeRequest) => ShapeAt<Routes, M, Path>['answer']),
  ) => void
  /** From now on the stream sends these and stays open. */
  stream: <Path extends PathOf<Routes, 'get'>>(
    path: Path,
    events: EventOf<ShapeAt<Routes, 'get', Path>['events']>[],
  ) => void
  /** From now on the route answers this error. */
  fail: <M extends Method, Path extends PathOf<Routes, M>>(method: M, path: Path, failure: Failure) => void
  /** The answer to one request; `null` when its address is not below `mount`. */
  fetch: (address: string, init: RequestInit) => Response | null
}

type EventOf<Events> = {
  [Name in keyof Events & string]: { id?: string; event: Name; data: Events[Name] }
}[keyof Events & string]

/**
 * A server that is not there: it answers a system's routes with samples made from their response schemas, and with what a test
 * says. `routes` are what `routesFrom` gives of a system's groups.
 */
export function fakeServer<Routes extends AnyRoute>(
  mount: string,
  routes: readonly Routes[],
): FakeServer<Routes> {
  const plans = new Map<string, Plan>()
  const requests: FakeRequest[] = []
  const problems: string[] = []
  const find = (method: string, path: string): Route => {
    const found = routes.find((route) => route.method === method && route.path === path)
    if (!found) throw new Error(`${mount} has no route ${method} ${path}.`)
    return found
  }
  const plan = (method: string, path: string, next: Plan) => {
    find(method, path)
    plans.set(`${method} ${path}`, next)
  }
  const server = {
    mount,
    routes,
    requests,
    problems,
    sample: (method: string, path: string) => sampleFor(find(method, path)),
    answer: (method: string, path: string, answer: unknown) =>
      plan(
        method,
        path,
        typeof answer === 'function' ? { make: answer as (request: FakeRequest) => unknown } : { answer },
      ),
    stream: (path: string, events: { id?: string; event?: string; data: unknown }[]) =>
      plan('get', path, { events }),
    fail: (method: string, path: string, failure: Failure) => plan(method, path, { failure }),
    fetch: (address: string, init: RequestInit) => {
      const url = new URL(address, 'http://fake.test')
      if (url.pathname !== mount && !url.pathname.startsWith(`${mount}/`)) return null
      const method = (init.method ?? 'GET').toLowerCase() as Method
      const below = url.pathname.slice(mount.length)
      // A path with fewer parameters is the more exact one: `/jobs/live` before `/jobs/:jobId`.
      const [found] = routes
        .filter((route) => route.method === method && paramsOf(route.path, below) !== null)
        .toSorted((a, b) => a.path.split(':').length - b.path.split(':').length)
      if (!found) {
        problems.push(`no route ${method} ${mount}${below}`)
        return refusal({ status: 404, code: 'not-found', message: 'No such route.' })
      }
      const request: FakeRequest = {
        method,
        path: found.path,
        params: paramsOf(found.path, below) ?? {},
        query: Object.fromEntries(url.searchParams),
        body: typeof init.body === 'string' ? JSON.parse(init.body) : null,
      }
      requests.push(request)
      for (const part of ['params', 'query', 'body'] as const) {
        const refused = found[part]?.safeParse(request[part] ?? undefined).error
        if (refused) problems.push(`${method} ${found.path}: ${part} ${refused.issues[0]?.message ?? ''}`)
      }
      return respond(found, plans.get(`${method} ${found.path}`), request, problems)
    },
  }
  return server as unknown as FakeServer<Routes>
}

function respond(route: Route, plan: Plan | undefined, request: FakeRequest, problems: string[]): Response {
  if (plan && 'failure' in plan) return refusal(plan.failure)
  if (plan && 'events' in plan) return eventStream(plan.events)
  if (!plan && route.events) return eventStream([])
  if (!plan && route.media) return new Response(new Uint8Array(), { status: 200 })
  const answer = plan ? ('make' in plan ? plan.make(request) : plan.answer) : sampleFor(route)
  if (answer === null || answer === undefined) return new Response(null, { status: 204 })
  const refused = route.response?.safeParse(answer).error
  if (refused) {
    const [issue] = refused.issues
    problems.push(`${route.method} ${route.path} answers ${issue?.path.join('.')}: ${issue?.message}`)
  }
  return Response.json(answer)
}

function sampleFor(route: Route): unknown {
  return route.response ? sampleOf(route.response) : null
}

function refusal({ status, code, message }: Failure): Response {
  return Response.json({ error: { code, message, id: 'req-fake' } }, { status })
}

/** Sends the events at once and never ends, as a stream of what happens does. */
function eventStream(events: { id?: string; event?: string; data: unknown }[]): Response {
  const text = events
    .map(({ id, event, data }) => {
      const body = typeof data === 'string' ? data : JSON.stringify(data)
      return `${id === undefined ? '' : `id: ${id}\n`}${event === undefined ? '' : `event: ${event}\n`}data: ${body}\n\n`
    })
    .join('')
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode(text === '' ? ': open\n\n' : text)),
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}

/** Parameters of `path` in an address below the mount; null when it does not fit. */
function paramsOf(path: string, below: string): Record<string, string> | null {
  const [wanted, given] = [path, below].map((text) => text.split('/').filter(Boolean))
  if (!wanted || !given || wanted.length !== given.length) return null
  const params: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const value = decodeURIComponent(given[index] ?? '')
    if (part.startsWith(':')) params[part.slice(1)] = value
    else if (part !== value) return null
  }
  return params
}

/**
 * The routes of a system's groups without a running system: each group is called with a context in which everything is there and
 * does nothing. Handlers are never called, so this holds while a group only names what its handlers use.
 */
export function routesFrom<Groups extends readonly ((context: never) => readonly AnyRoute[])[]>(
  groups: Groups,
): ReturnType<Groups[number]>[number][] {
  return groups.flatMap((group) => [...group(nothing as never)]) as ReturnType<Groups[number]>[number][]
}

/** Answers every property and every call with itself; an empty list and an empty text where one is needed. */
const nothing: unknown = new Proxy(() => nothing, {
  get: (_, name) => {
    if (name === 'then') return undefined
    if (name === Symbol.iterator) return () => [][Symbol.iterator]()
    if (name === Symbol.toPrimitive) return () => ''
    return nothing
  },
  apply: () => nothing,
  construct: () => nothing as object,
})
