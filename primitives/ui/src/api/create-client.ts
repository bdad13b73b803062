import type { AnyRoute, RouteShape } from '@heavylift/core'
import { query as queryString, send } from './client.ts'

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
type PathOf<Routes extends AnyRoute, M extends Method> = Extract<Routes, { method: M }>['path']
type ShapeAt<Routes extends AnyRoute, M extends Method, Path> =
  Extract<Routes, { method: M; path: Path }> extends { readonly shape?: infer Shape }
    ? Extract<Shape, RouteShape>
    : never

type Primitive = string | number | boolean
/** A coercing schema takes anything; an address holds text, numbers and switches. */
type QueryValue<T> = unknown extends T ? Primitive | null | undefined : T | null | undefined
type QueryOf<T> = unknown extends T ? Record<never, never> : { [Name in keyof T]: QueryValue<T[Name]> }
type ParamsOf<T> = unknown extends T ? Record<never, never> : { [Name in keyof T]: string | number }

/** Nothing to give where nothing is asked for; optional where all of it is optional. */
type Part<Name extends string, T> = [keyof T] extends [never]
  ? { [K in Name]?: undefined }
  : Record<never, never> extends T
    ? { [K in Name]?: T }
    : { [K in Name]: T }
type BodyOf<T> = unknown extends T ? { body?: undefined } : undefined extends T ? { body?: T } : { body: T }

type Place<Shape extends RouteShape> = Part<'params', ParamsOf<Shape['params']>> &
  Part<'query', QueryOf<Shape['query']>>
type Input<Shape extends RouteShape> = Place<Shape> & BodyOf<Shape['body']> & { signal?: AbortSignal }

/** The last argument may be left out where everything in it may. */
type Optional<T> = Record<never, never> extends T ? [input?: T] : [input: T]

/** The address of a stream whose events are known. */
export type EventsPath<Events> = string & { readonly events?: Events }

/** One event of a typed stream, its data parsed. */
export type TypedEvent<Events> = {
  [Name in keyof Events & string]: { id: string; event: Name; data: Events[Name] }
}[keyof Events & string]

type Call<Routes extends AnyRoute, M extends Method> = <Path extends PathOf<Routes, M>>(
  path: Path,
  ...input: Optional<Input<ShapeAt<Routes, M, Path>>>
) => Promise<ShapeAt<Routes, M, Path>['answer']>

/** Calls of one system's API: paths, what they take and what they answer are those of its routes. */
export interface Client<Routes extends AnyRoute> {
  get: Call<Routes, 'get'>
  post: Call<Routes, 'post'>
  put: Call<Routes, 'put'>
  patch: Call<Routes, 'patch'>
  delete: Call<Routes, 'delete'>
  /** The address of a GET route, for links, pictures and downloads. */
  address: <Path extends PathOf<Routes, 'get'>>(
    path: Path,
    ...input: Optional<Place<ShapeAt<Routes, 'get', Path>>>
  ) => string
  /** The address of a stream of events, for `useEvents`. */
  events: <Path extends PathOf<Routes, 'get'>>(
    path: Path,
    ...input: Optional<Place<ShapeAt<Routes, 'get', Path>>>
  ) => EventsPath<ShapeAt<Routes, 'get', Path>['events']>
  /** The untouched answer, for routes that give bytes or a stream to a POST. Rejects with an `ApiError` unless it is 2xx. */
  raw: <M extends Method, Path extends PathOf<Routes, M>>(
    method: M,
    path: Path,
    ...input: Optional<Input<ShapeAt<Routes, M, Path>>>
  ) => Promise<Response>
}

interface AnyInput {
  params?: Record<string, string | number>
  query?: Record<string, Primitive | null | undefined>
  body?: unknown
  signal?: AbortSignal
}

/**
 * A client whose types follow from routes: `createClient<ShopRoutes>('/api/shop')` with
 * `type ShopRoutes = RoutesOf<typeof routeGroups>` (imported as a type, so none of the server's code is bundled).
 * Calls reject with an `ApiError`. Pages of other sites name their own `via`, which adds their key and rejects unless an answer is 2xx.
 */
export function createClient<Routes extends AnyRoute>(
  mount: string,
  via: (address: string, init: RequestInit) => Promise<Response> = send,
): Client<Routes> {
  const address = (path: string, input: AnyInput = {}) => {
    const filled = path.replace(/:(\w+)/g, (_, name: string) => {
      const value = input.params?.[name]
      if (value === undefined) throw new TypeError(`"${path}" needs the parameter "${name}".`)
      return encodeURIComponent(String(value))
    })
    return mount + filled + queryString(input.query ?? {})
  }
  const raw = (method: string, path: string, input: AnyInput = {}) =>
    via(address(path, input), requestInit(method, input))
  const json = (method: string) => async (path: string, input?: AnyInput) => {
    const response = await raw(method, path, input)
    const answer: unknown = response.status === 204 ? null : await response.json()
    return answer
  }
  const client = {
    get: json('GET'),
    post: json('POST'),
    put: json('PUT'),
    patch: json('PATCH'),
    delete: json('DELETE'),
    address,
    events: address,
    raw: (method: string, path: string, input?: AnyInput) => raw(method.toUpperCase(), path, input),
  }
  return client as unknown as Client<Routes>
}

/** Objects go as JSON; text and files as they are. */
function requestInit(method: string, { body, signal }: AnyInput): RequestInit {
  const init: RequestInit = { method, ...(signal ? { signal } : {}) }
  if (body === undefined) return init
  if (typeof body === 'string' || body instanceof Blob) return { ...init, body }
  return { ...init, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
}
