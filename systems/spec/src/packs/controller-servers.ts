import type { Interpreter } from '../resolve/interpreter.ts'
import { each, nothing, printValue } from '../resolve/values.ts'
import type { ArgValue, Site, SymbolValue, Value } from '../resolve/values.ts'
import { optionOf } from './options.ts'
import type { ControllerServer, Pack } from './pack.ts'
import { makeRouter, routerOf, routerValue } from './router.ts'
import type { Router } from './router.ts'
import { argOf } from './status.ts'

/** A server of inversify-express-utils, until it is built. */
interface Unbuilt {
  pack: Pack
  prefix: Value | null
  errorConfigs: Value[]
}

/** Where a program puts its controllers on a router: what stands before them there, and which handlers of errors are theirs. */
export class ControllerServers {
  readonly #packs: readonly Pack[]
  readonly #interpreter: Interpreter
  readonly #routerAt: (value: Value | undefined, site: Site) => Router | null
  readonly #made: (router: Router) => void
  readonly #unbuilt = new Map<Router, Unbuilt>()
  /** What a container gives for what it is asked for, as text. */
  readonly #bound = new Map<string, Value>()

  constructor(
    packs: readonly Pack[],
    interpreter: Interpreter,
    routerAt: (value: Value | undefined, site: Site) => Router | null,
    made: (router: Router) => void,
  ) {
    this.#packs = packs.filter(({ annotations }) => annotations?.servers !== undefined)
    this.#interpreter = interpreter
    this.#routerAt = routerAt
    this.#made = made
  }

  /** What a container gives for an identifier: a class, or a thing. */
  boundTo(identifier: Value): Value | null {
    return this.#bound.get(printValue(identifier)) ?? null
  }

  /** The server that a call makes or is asked of; null where it is about something else. */
  call(callee: Value, args: readonly ArgValue[], site: Site): Value | null {
    if (this.#packs.length === 0) return null
    const name = nameOf(callee)
    if (callee.t === 'symbol') {
      this.#bind(callee, name, args, site)
      const own = routerOf(callee.of ?? undefined)
      const unbuilt = own && this.#unbuilt.get(own)
      if (own && unbuilt) return this.#configured(own, unbuilt, callee, name, args, site)
    }
    for (const pack of this.#packs)
      for (const rule of pack.annotations?.servers ?? [])
        if (rule.of.test(name)) return this.#put(pack, rule, args, site)
    return null
  }

  #put(pack: Pack, rule: ControllerServer, args: readonly ArgValue[], site: Site): Value | null {
    const options = argOf(args, rule.options)
    const given = rule.on === undefined ? undefined : argOf(args, rule.on)
    const known = given ? this.#routerAt(given, site) : null
    const router = known ?? makeRouter(rule.base, site, true, null)
    if (!known) this.#made(router)
    const prefix = rule.prefix === undefined ? null : (optionOf(options, rule.prefix) ?? null)
    if (rule.isBuilt) this.#unbuilt.set(router, { pack, prefix, errorConfigs: [] })
    else {
      const only = optionOf(options, 'controllers') ?? null
      router.entries.push(controllersEntry(pack, prefix, only, site))
    }
    return rule.on !== undefined && rule.isBuilt !== true ? nothing : routerValue(router)
  }

  // `server.setConfig((app) => …).setErrorConfig((app) => …).build()`: errors are set up after the controllers.
  #configured(
    router: Router,
    server: Unbuilt,
    { of }: SymbolValue,
    name: string,
    args: readonly ArgValue[],
    site: Site,
  ): Value | null {
    const configure = (fn: Value) =>
      this.#interpreter.call(fn, [{ name: null, value: routerValue(router) }], site)
    const [first] = args.map(({ value }) => value)
    if (name === 'setConfig' && first) configure(first)
    else if (name === 'setErrorConfig' && first) server.errorConfigs.push(first)
    else if (name === 'build') {
      this.#unbuilt.delete(router)
      router.entries.push(controllersEntry(server.pack, server.prefix, null, site))
      for (const fn of server.errorConfigs) configure(fn)
    } else return null
    return of ?? routerValue(router)
  }

  // `container.bind(Types.Guard).to(Guard)`, `.toConstantValue(guard)`, `.toDynamicValue(() => new Guard())`.
  #bind(callee: SymbolValue, name: string, args: readonly ArgValue[], site: Site): void {
    if (!/^to(?:Self|ConstantValue|DynamicValue)?$/.test(name)) return
    const bind = callee.of
    if (bind?.t !== 'symbol' || !/\.(?:re)?bind\(\)$/.test(bind.path)) return
    const [identifier] = bind.args.map(({ value }) => value)
    const [first] = args.map(({ value }) => value)
    const value =
      name === 'toSelf'
        ? identifier
        : name === 'toDynamicValue' && first
          ? each(this.#interpreter.call(first, [], site))[0]
          : first
    if (identifier && value) this.#bound.set(printValue(identifier), value)
  }
}

const nameOf = (callee: Value): string =>
  callee.t === 'symbol'
    ? callee.path.slice(Math.max(callee.path.lastIndexOf('.'), callee.path.lastIndexOf('/')) + 1)
    : callee.t === 'func'
      ? callee.fn.name
      : ''

const controllersEntry = (
  pack: Pack,
  prefix: Value | null,
  only: Value | null,
  site: Site,
): Router['entries'][number] => ({
  kind: 'controllers',
  pack,
  path: prefix,
  only: only?.t === 'list' && only.items.every(({ t }) => t === 'class') && !only.isOpen ? only.items : null,
  site,
})
