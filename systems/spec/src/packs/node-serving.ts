import { posix } from 'node:path'
import type { Module } from '../parse/ir.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import { each, nothing, textOf } from '../resolve/values.ts'
import type { ArgValue, FuncValue, Site, SymbolValue, Value } from '../resolve/values.ts'
import { unreadPrefix } from './path.ts'
import { routerOf } from './router.ts'
import type { Entry, Router } from './router.ts'

/** Methods of applications after which they answer: they listen, or hand out what a server calls. */
const listens = /^(?:listen|callback|ready|fire|fetch|handle|start|initialize)$/

/**
 * Where routers of JavaScript end up: the properties that hold them, and what serves them. An application that nothing was seen to serve is below what is
 * not known, where another one of the same program is served.
 */
export class NodeServing {
  readonly #interpreter: Interpreter
  /** Routers, and what code outside made of them, by the name of the property that was given them. */
  readonly #held = new Map<string, Value[]>()
  readonly #served = new Set<Router>()

  constructor(interpreter: Interpreter) {
    this.#interpreter = interpreter
  }

  /** A property of something is set. */
  keep(name: string, value: Value): void {
    for (const one of each(value)) {
      if (one.t !== 'pack' && one.t !== 'symbol') continue
      const [router] = routersIn(one)
      const known = this.#held.get(name) ?? []
      if (router && !known.some((other) => routerOf(other) === router)) this.#held.set(name, [...known, one])
    }
  }

  /** A call that makes an application serve: by its own method, or by what code outside is given it. */
  call(callee: SymbolValue, args: readonly ArgValue[]): void {
    const own = routerOf(callee.of ?? undefined)
    if (own) {
      if (listens.test(callee.path.slice(callee.path.lastIndexOf('.') + 1))) this.#served.add(own)
    } else if (isOutside(callee))
      for (const { value } of args) {
        for (const router of routersIn(value)) this.#served.add(router)
        // `serve({ fetch: (request) => app.fetch(request, settings) })`: what it runs takes the member.
        const runs = value.t === 'object' ? value.props.get('fetch') : undefined
        if (runs?.t === 'func')
          this.#interpreter.record(() => this.#interpreter.outcomes(runs, [], siteOf(runs)))
      }
  }

  /** A member of an application is taken as it is: `serve({ fetch: app.fetch })`. */
  member(router: Router, name: string): void {
    if (name === 'fetch' || name === 'handle') this.#served.add(router)
  }

  /** Once all that sets programs up has run: puts routers below what uses the properties that hold them, and marks those that are served. */
  settle(routers: readonly Router[], isImported: (module: Module) => boolean): void {
    const own = routers.filter(({ pack }) => pack.language === 'javascript')
    for (const router of own)
      router.entries.splice(0, Infinity, ...router.entries.flatMap((one) => this.#resolved(one, router)))
    // Files that are routes are served by the framework itself.
    const roots = own.filter(
      ({ isApp, isMounted, entries, pack }) => isApp && !isMounted && entries.length > 0 && !pack.files,
    )
    const mounted = new Set(own.filter(({ isMounted }) => isMounted).map(placeOf))
    const { project } = this.#interpreter
    const folders = [...project.manifests.keys()]
      .filter((path) => posix.basename(path) === 'package.json')
      .map((path) => posix.dirname(path))
    const programOf = ({ site }: Router) =>
      folders
        .filter((dir) => dir === '.' || site.module.path.startsWith(`${dir}/`))
        .toSorted((a, b) => b.length - a.length)[0] ?? ''
    for (const all of Map.groupBy(roots, programOf).values()) {
      const served = all.filter((router) => this.#served.has(router) || this.#isExported(router, isImported))
      // Code that makes one which is served may have been run more than once.
      const places = new Set(served.map(placeOf))
      for (const router of all) {
        router.isServed = places.size === 0 || places.has(placeOf(router))
        // What the program mounts, made once more where nothing serves it: a script lists its routes.
        if (!router.isServed && mounted.has(placeOf(router))) router.entries.length = 0
      }
    }
  }

  // What stands for a router by the only property of that name that was given one, or hands a request on to such a one.
  #resolved(entry: Entry, router: Router): Entry[] {
    if (entry.kind !== 'use') return [entry]
    return entry.handlers.flatMap((handler, index): Entry[] => {
      const held = namesHeld(handler).flatMap((name) => this.#onlyOf(name))
      const mounts = held.flatMap(({ prefix, child }): Entry[] => {
        if (child === router) return []
        child.isMounted = true
        return [
          {
            kind: 'mount',
            prefix: prefix ?? entry.path,
            child,
            middleware: entry.handlers.slice(0, index),
            site: entry.site,
            ...(entry.when ? { when: entry.when } : {}),
          },
        ]
      })
      // What it does before and after it hands on is not told of what is there.
      return handler.t === 'func' || mounts.length === 0
        ? [...mounts, { ...entry, handlers: [handler] }]
        : mounts
    })
  }

  // All that the property holds, where that is one router: it may be below either of several prefixes.
  #onlyOf(name: string): { prefix: Value | null; child: Router }[] {
    const held = (this.#held.get(name) ?? []).flatMap((value) => {
      const { prefix, of } = madeOf(value) ?? { prefix: null, of: [value] }
      const [child] = of.flatMap((one) => routersIn(one))
      return child ? [{ prefix, child }] : []
    })
    const places = new Set(held.map(({ child }) => placeOf(child)))
    return places.size === 1 ? held : []
  }

  // What a module that no other one imports gives to whoever runs it.
  #isExported({ site: { module } }: Router, isImported: (module: Module) => boolean): boolean {
    const given = [...this.#interpreter.exportsOf(module).props.values()]
    const named = module.body.flatMap((stmt) => (stmt.k === 'export' ? stmt.names : []))
    const scope = this.#interpreter.lookup.scopeOf(module)
    return (
      [...given, ...named.map(({ local }) => scope.get(local) ?? nothing)].some(
        (value) => routersIn(value).length > 0,
      ) && !isImported(module)
    )
  }
}

const siteOf = ({ module, fn }: FuncValue): Site => ({
  module,
  start: fn.start,
  end: fn.end,
  symbol: fn.name,
})

const placeOf = ({ site }: Router) => `${site.module.path}:${site.start}`

// Names of properties that may hold what a handler of requests is, or what it calls with the request and what comes next.
function namesHeld(value: Value): string[] {
  if (value.t === 'symbol')
    return /^(?:\?|object\.|:).*\.\w+$/.test(value.path)
      ? [value.path.slice(value.path.lastIndexOf('.') + 1)]
      : []
  if (value.t !== 'func' || value.fn.params.length < 2) return []
  const given = value.fn.params.map(({ name }) => name).join(String.raw`\s*,\s*`)
  const calls = new RegExp(String.raw`\.(\w+)\(\s*${given.replaceAll('$', String.raw`\$`)}\s*\)`, 'g')
  return Array.from(
    value.module.text.slice(value.fn.start, value.fn.end).matchAll(calls),
    ([, name = '']) => name,
  )
}

// Code that the repository has not: neither a value that is not known nor one of its own.
const isOutside = ({ path }: SymbolValue) =>
  !/^(?:\?|object\.|pack\.|function\.|:|super:|\[\]|''|@(?![\w.-]+\/))/.test(path)

/** Routers that a value is or, in lists, objects and calls of code outside, holds. */
export function routersIn(value: Value, depth = 0): Router[] {
  if (depth > 3) return []
  return each(value).flatMap((one): Router[] => {
    const own = routerOf(one)
    if (own) return [own]
    if (one.t === 'list') return one.items.flatMap((item) => routersIn(item, depth + 1))
    if (one.t === 'object' && one.ref === null)
      return [...one.props.values()].flatMap((prop) => routersIn(prop, depth + 1))
    return one.t === 'symbol' && one.path.endsWith('()') && isOutside(one)
      ? one.args.flatMap((arg) => routersIn(arg.value, depth + 1))
      : []
  })
}

/** What middleware that is made of others stands for: a part below a prefix (koa-mount), others in a row (koa-compose); null where it is none. */
export function madeOf(value: Value): { prefix: Value | null; of: Value[] } | null {
  if (value.t !== 'symbol' || !value.path.endsWith('()')) return null
  const [first, second] = value.args.map((arg) => arg.value)
  if (value.path === 'koa-mount()' && first)
    return second ? { prefix: first, of: [second] } : { prefix: null, of: [first] }
  if (value.path === 'koa-compose()' && first) return { prefix: null, of: [first] }
  // Below what only that code knows.
  const held = value.path.startsWith('?')
    ? []
    : value.args.filter((arg) => routersIn(arg.value).length > 0).map((arg) => arg.value)
  return held.length > 0 ? { prefix: unreadPrefix, of: held } : null
}

export const isPrefix = (value: Value): boolean =>
  textOf(value) !== null ||
  value.t === 'text' ||
  (value.t === 'symbol' && value.path === 'RegExp()') ||
  (value.t === 'union' && value.of.some((one) => textOf(one) !== null))

/** Whether a value is what settings say by a name that the code has: `process.env.PREFIX`, `config.get("api.path")`, `settings.prefix`. */
export const isSetting = (value: Value): boolean =>
  value.t === 'symbol' &&
  /^(?:process\.env\.\w+|(?:\w+\.)*(?:config|settings?|env)(?:\.get\("[^"]*"\)|(?:\.\w+)+)|.*[._"](?:\w*_)?(?:\w*prefix|base_?(?:path|url)|api_?path|(?:root|mount|context)_?path)(?:"\))?)$/i.test(
    value.text,
  )
