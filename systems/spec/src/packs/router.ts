import type { Condition } from '../facts/condition.ts'
import type { ArgValue, FuncValue, Site, Value } from '../resolve/values.ts'
import type { NamedOperation } from './named-operation.ts'
import type { Pack } from './pack.ts'

/** Something that routes requests: what was put into it, in order. */
export interface Router {
  pack: Pack
  isApp: boolean
  prefix: Value | null
  /** The one that it was made with, where what takes it in may name another. */
  ownPrefix?: Value | null
  entries: Entry[]
  /** What is called with each route that comes after it, and may change it. */
  /** How many of the entries were waited for: hooks of the part that are said later are not theirs. */
  waitedFor: number
  onRoute: { fn: Value; when: readonly Condition[] }[]
  /** Whose part it is. */
  above: Router | null
  site: Site
  /** Somebody took it in, or it was given away to code that is not here. */
  isMounted: boolean
  /** Go and JavaScript: it was followed up to a server, which is given all of the path. */
  isServed: boolean
  /** Code outside made it: it is known by what it is handed, and may write variables of paths in a way of its own. */
  isLearned: boolean
  /** The name that those of its routes begin with. */
  name: string | null
  /** What it is called by, for what it has and does not route. */
  called: string | null
  /** Options that its routes have where they say nothing. */
  options: ReadonlyMap<string, Value>
  /** The class of errors that what it is put on answers by their statuses. */
  answersErrors: string | null
  /** Handlers of errors of what it is put on are none of its own. */
  keepsErrors: boolean
  /** Of a class whose instance it is kept in, e.g. a Django view set. */
  path: Value | null
  /** How many last arguments of its calls are no handlers (what documents a route). */
  trailing: number
  /** What the program keeps in it under names (`app.set`). */
  settings: Map<string, Value>
  /** Of a route that is made in steps: whether its path is all of it or what it begins with. Null for routers. */
  step: 'path' | 'prefix' | null
  /** What a description says of such a route. */
  described: NamedOperation | null
  /** What such a route, and those below it, are asked by. */
  methods: string[]
  /** What functions below it are given by name. */
  provides: Map<string, Value>
}

/** An annotated operation that is put on a router, and where what stands before its path is written. */
export interface PlacedMethod {
  operation: object
  prefixAt: readonly Site[]
}

/** `when`: what the branches ask that the program puts it there in. */
export type Entry = { when?: readonly Condition[] } & (
  | {
      kind: 'route'
      methods: string[]
      path: Value | null
      handlers: Value[]
      site: Site
      /** What else routes it: a decorator of the repository's own, where its path is named. */
      by?: readonly Site[]
      args: ArgValue[]
      /** The framework's words on it (a schema, a response model). */
      options: ReadonlyMap<string, Value>
      /** Of handlers that were put there in a branch of the program, what that asks. */
      handlersWhen?: ReadonlyMap<Value, readonly Condition[]>
      /** The method of a controller that it stands for. */
      of?: PlacedMethod
      described?: NamedOperation
    }
  /**
   * `isWhole`: what is mounted sees the path as it came, without what was taken off it (`prefix`), whatever is above it. `only`: it is asked for requests of
   * this path and these methods alone.
   */
  | {
      kind: 'mount'
      prefix: Value | null
      isWhole?: boolean
      only?: { path: Value | null; methods: readonly string[] }
      child: Router
      middleware: Value[]
      site: Site
    }
  /** All classes of a framework's controllers, or some, answer from here on. */
  | { kind: 'controllers'; pack: Pack; path: Value | null; only: readonly Value[] | null; site: Site }
  | { kind: 'use'; path: Value | null; handlers: Value[]; site: Site }
  /** Runs before all requests of the router, or of the program. */
  | { kind: 'before'; handler: Value; isForAll: boolean; site: Site }
  | { kind: 'param'; name: string; handlers: Value[]; drops: number; site: Site }
  /** `status`: of what code outside answers errors with. */
  /** `isOwn`: each is answered by its own status, and not with what it says. */
  /** `path`: it takes errors of requests below it alone. */
  | {
      kind: 'error'
      path?: Value | null
      handler: Value
      type: Value | null
      status?: number
      isOwn?: true
      /** It takes errors of the whole program. */
      isForAll?: true
      site: Site
    }
)

export interface RouterData {
  kind: 'router'
  router: Router
}

export function makeRouter(pack: Pack, site: Site, isApp: boolean, prefix: Value | null): Router {
  return {
    pack,
    isApp,
    prefix,
    entries: [],
    onRoute: [],
    waitedFor: 0,
    above: null,
    site,
    isMounted: false,
    isServed: false,
    isLearned: false,
    name: null,
    called: null,
    options: new Map(),
    answersErrors: null,
    keepsErrors: false,
    path: null,
    trailing: 0,
    settings: new Map(),
    step: null,
    described: null,
    methods: ['*'],
    provides: new Map(),
  }
}

export function routerValue(router: Router): Value {
  return { t: 'pack', data: { kind: 'router', router } satisfies RouterData }
}

export function routerOf(value: Value | undefined): Router | null {
  if (value?.t !== 'pack') return null
  const data = value.data as Partial<RouterData>
  return data.kind === 'router' ? (data.router ?? null) : null
}

export const isFunction = (value: Value): value is FuncValue => value.t === 'func'

/** What a part of a program is a part of at last. */
export const rootOf = (router: Router): Router => (router.above ? rootOf(router.above) : router)
