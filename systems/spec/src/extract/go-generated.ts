import type { Condition } from '../facts/condition.ts'
import type { Func } from '../parse/ir.ts'
import type { NamedOperation } from '../packs/named-operation.ts'
import { makeRouter, routerOf } from '../packs/router.ts'
import type { Router } from '../packs/router.ts'
import type { Lookup } from '../resolve/lookup.ts'
import { constant, each } from '../resolve/values.ts'
import type { ArgValue, ClassRef, FuncValue, Site, Value } from '../resolve/values.ts'
import { routesOf } from './earlier-routes.ts'
import type { FoundOperation } from './flat-routes.ts'

/** A call of code that is not here: it is given a router, and things whose methods it may route there. */
interface Place {
  child: Router
  things: readonly ClassRef[]
}

/** An operation of a description, with the method that answers it. */
export interface Answered {
  described: NamedOperation
  by: FuncValue
}

/** How deep things are looked for in what such a call is given. */
const maxDepth = 3

/**
 * What generated code of Go routes (oapi-codegen's `RegisterHandlers(router, server)`, `HandlerFromMux`): it is not read, so what is put on the router that it
 * is given has a place for its routes, which are filled in from the description.
 */
export class GeneratedRoutes {
  readonly #places: Place[] = []

  /** Notes what a call is given whose code is not here. `when`: what the program asks before. */
  note(callee: Value, args: readonly ArgValue[], site: Site, when: readonly Condition[]): void {
    if (callee.t !== 'symbol' || !/^[^()]+\.[A-Z]\w*$/.test(callee.path)) return
    const values = args.map(({ value }) => value)
    // A thing of a type that is not here is what its fields are set to.
    const given = new Map(
      values.flatMap((one) =>
        one.t === 'symbol'
          ? one.args.flatMap(({ name, value }) => (name === null ? [] : [[name, value] as const]))
          : one.t === 'object' && !one.ref
            ? [...one.props]
            : [],
      ),
    )
    const router = [...values, ...given.values()].flatMap((one) => routerOf(one) ?? [])[0]
    const things = values.flatMap((one) => thingsIn(one, 0))
    if (!router || things.length === 0) return
    const prefix =
      given.get('BaseURL') ?? values.find((one) => one.t === 'const' && typeof one.v === 'string')
    const around = given.get('Middlewares')
    const child = makeRouter(router.pack, site, false, null)
    child.isMounted = true
    router.entries.push({
      kind: 'mount',
      prefix: prefix ?? constant(''),
      child,
      middleware: around?.t === 'list' ? [...around.items] : [],
      site,
      ...(when.length > 0 ? { when: [...when] } : {}),
    })
    this.#places.push({ child, things })
  }

  /** Operations with what the program put around them, by what the description has of each. */
  fill(
    all: readonly Answered[],
    routers: readonly Router[],
    lookup: Lookup,
  ): Map<NamedOperation, FoundOperation[]> {
    const found = new Map<NamedOperation, FoundOperation[]>()
    for (const { child, things } of this.#places)
      for (const { described, by } of all)
        if (things.some((ref) => answers(lookup, ref, by.fn)))
          child.entries.push({
            kind: 'route',
            methods: [described.method],
            path: constant(inSyntax(described.path, child)),
            handlers: [by],
            site: child.site,
            args: [],
            options: new Map(),
            described: { ...described, data: described },
          })
    if (this.#places.every(({ child }) => child.entries.length === 0)) return found
    const named = new Map<object, NamedOperation>(all.map(({ described }) => [described, described]))
    for (const root of routers.filter((one) => one.isApp && (one.isServed || !one.isMounted)))
      for (const one of routesOf(root)) {
        const described = one.contract && named.get(one.contract)
        const own = root.isServed ? one : { ...one, unserved: root.site }
        if (described) found.set(described, [...(found.get(described) ?? []), own])
      }
    for (const { child } of this.#places) child.entries = []
    return found
  }
}

const answers = (lookup: Lookup, ref: ClassRef, fn: Func): boolean => lookup.method(ref, fn.name)?.fn === fn

// What is handed on inside of other calls too: a server that answers by types, and hands on to the repository's own.
const thingsIn = (value: Value, depth: number): ClassRef[] =>
  depth > maxDepth
    ? []
    : each(value).flatMap((one) => [
        ...((one.t === 'object' || one.t === 'symbol') && one.ref && one.ref.cls.kind !== 'interface'
          ? [one.ref]
          : []),
        ...(one.t === 'symbol' ? one.args.flatMap((arg) => thingsIn(arg.value, depth + 1)) : []),
      ])

const inSyntax = (path: string, { pack }: Router): string =>
  pack.syntax === 'colon' ? path.replaceAll(/\{([\w-]+)\}/g, ':$1') : path
