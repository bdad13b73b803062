import { posix } from 'node:path'
import { callBuiltin } from '../../resolve/builtins.ts'
import type { Interpreter } from '../../resolve/interpreter.ts'
import { notePut } from '../../resolve/places.ts'
import { constant, each, nothing, symbol, textOf } from '../../resolve/values.ts'
import type { ArgValue, ObjectValue, Site, SymbolValue, Value } from '../../resolve/values.ts'
import { optionOf } from '../options.ts'
import { rootOf, routerOf, routerValue } from '../router.ts'
import type { Router } from '../router.ts'
import { hapi } from './hapi.ts'

/** Schemes of packages, by their names (hapi-auth-jwt2, @hapi/jwt, hapi-auth-bearer-token, @hapi/basic: README). */
const schemes: Record<string, string> = {
  jwt: 'bearer',
  'bearer-access-token': 'bearer',
  basic: 'basic',
}

interface Strategy {
  scheme: string
  options: Value
  site: Site
}

/** Plugins of hapi's servers, and who their routes let in: schemes, strategies and the one that holds for routes that name none. */
export class HapiServers {
  readonly #interpreter: Interpreter
  readonly #child: (router: Router, prefix: Value | null, site: Site) => Router
  /** What the repository's own schemes are made by. */
  readonly #schemes = new Map<string, Value>()
  readonly #strategies = new Map<string, Strategy>()
  readonly #defaults = new Map<Router, { asked: Value; site: Site }>()
  /** What all routes of a server do with a request that does not fit, where they say nothing else. */
  readonly #failActions = new Map<Router, Value>()

  /** `child` makes a router below another. */
  constructor(interpreter: Interpreter, child: (router: Router, prefix: Value | null, site: Site) => Router) {
    this.#interpreter = interpreter
    this.#child = child
  }

  /** `server.auth`. */
  auth(router: Router): Value {
    return symbol('hapi:auth', 'auth', { of: routerValue(router) })
  }

  /** `server.auth.scheme()`, `.strategy()` and `.default()`. */
  call({ path, of }: SymbolValue, args: readonly ArgValue[], site: Site): Value {
    const [first, second, third] = args.map(({ value }) => value)
    const name = textOf(first)
    if (path.endsWith('.scheme') && name !== null && second) this.#schemes.set(name, second)
    if (path.endsWith('.strategy') && name !== null) {
      // hapi before 17: a mode that stands between makes it the default.
      const isMode = third?.t === 'const' && third.v !== null
      const options = (isMode ? args[3]?.value : third) ?? nothing
      this.#strategies.set(name, { scheme: textOf(second) ?? '', options, site })
      const router = routerOf(of?.t === 'symbol' ? (of.of ?? undefined) : undefined)
      if (router && isMode && third.v !== false) {
        const mode = constant(typeof third.v === 'string' ? third.v : 'required')
        const asked = objectOf([
          ['strategy', constant(name)],
          ['mode', mode],
        ])
        this.#defaults.set(rootOf(router), { asked, site })
      }
    }
    // `default` of what is no module is that itself.
    const server = path === 'hapi:auth' ? routerOf(of ?? undefined) : null
    if (server && first) this.#defaults.set(rootOf(server), { asked: first, site })
    return nothing
  }

  /** What glue's manifest registers, and who is handed the server then (glue, README: `register.plugins`, before its version 5 `registrations`). */
  made(router: Router, callee: string, args: readonly ArgValue[], site: Site): void {
    const manifest = args[0]?.value
    const isComposed = callee.endsWith('.compose')
    const server = isComposed ? optionOf(manifest, 'server') : manifest
    const failAction = optionOf(optionOf(optionOf(server, 'routes'), 'validate'), 'failAction')
    if (failAction) this.#failActions.set(rootOf(router), failAction)
    if (!isComposed) return
    const from = textOf(optionOf(args[1]?.value, 'relativeTo'))
    const load = (plugin: Value | undefined) => this.#loaded(plugin, from, site)
    for (const one of listed(optionOf(optionOf(manifest, 'register'), 'plugins') ?? nothing)) {
      const named = load(one)
      const inner = named === one && one.t === 'object' ? load(one.props.get('plugin')) : undefined
      const all = one.t === 'object' && inner ? withProp(one, 'plugin', inner) : named
      this.register(router, [{ name: null, value: all ?? nothing }], site)
    }
    for (const one of listed(optionOf(manifest, 'registrations') ?? nothing)) {
      const plugin = optionOf(one, 'plugin')
      const inner = load(optionOf(plugin, 'register'))
      const all = plugin?.t === 'object' && inner ? withProp(plugin, 'register', inner) : load(plugin)
      const options = optionOf(one, 'options') ?? nothing
      this.register(
        router,
        [all ?? nothing, options].map((value) => ({ name: null, value })),
        site,
      )
    }
    const then = args.at(-1)?.value
    if (then?.t !== 'func') return
    this.#interpreter.call(
      then,
      [nothing, routerValue(router)].map((value) => ({ name: null, value })),
      site,
    )
  }

  // A plugin that is named by its file, below the folder that such names are counted from.
  #loaded(plugin: Value | undefined, from: string | null, site: Site): Value | undefined {
    const name = textOf(plugin)
    if (name === null || !/^[./]/.test(name)) return plugin
    const path = name.startsWith('/') || from === null ? name : posix.join(from, name)
    return (
      callBuiltin(
        this.#interpreter,
        symbol('require', 'require'),
        [{ name: null, value: constant(path) }],
        site,
      ) ?? undefined
    )
  }

  /** Gives each plugin a router of its own, below the prefix that is said beside it (hapi.dev, "server.register()"). */
  register(router: Router, args: readonly ArgValue[], site: Site): void {
    const all = optionOf(optionOf(args[1]?.value, 'routes'), 'prefix')
    for (const given of listed(args[0]?.value ?? nothing)) {
      const { plugin, options, prefix } = this.#pluginOf(given, site)
      const fn = plugin ? this.#interpreter.memberOf(plugin, 'register', site) : null
      if (fn?.t !== 'func') continue
      const child = this.#child(router, prefix ?? all ?? null, site)
      this.#interpreter.call(
        fn,
        [routerValue(child), options ?? nothing].map((value) => ({ name: null, value })),
        site,
      )
    }
  }

  // A plugin by itself, as a module's `plugin`, or beside its options.
  #pluginOf(
    given: Value,
    site: Site,
    depth = 0,
  ): { plugin: Value | null; options?: Value | undefined; prefix?: Value | undefined } {
    if (given.t === 'module') {
      const own =
        this.#interpreter.exported(given.module, 'plugin') ??
        this.#interpreter.exported(given.module, 'default')
      if (own && depth < 4) return this.#pluginOf(own, site, depth + 1)
      // `import * as berths from './berths.js'`: a module that is a plugin by itself.
      return { plugin: this.#interpreter.exported(given.module, 'register') ? given : null }
    }
    if (given.t === 'class') return { plugin: given }
    if (given.t !== 'object') return { plugin: null }
    const register = given.props.get('register')
    const inner =
      given.props.get('plugin') ??
      // hapi 16: `{ register: require('./berths'), options }`.
      (register?.t === 'func' ? undefined : (register ?? given.props.get('default')))
    if (!inner || depth >= 4) return { plugin: given }
    const routes = given.props.get('routes')
    const own = this.#pluginOf(inner, site, depth + 1)
    return {
      plugin: own.plugin,
      options: given.props.get('options') ?? own.options,
      prefix: (routes && optionOf(routes, 'prefix')) ?? own.prefix,
    }
  }

  /** Once all routes are known: puts before each what it asks of who calls, or the default does. */
  settle(routers: readonly Router[]): void {
    for (const router of routers)
      if (router.pack === hapi)
        for (const entry of router.entries)
          if (entry.kind === 'route') {
            const failAction = this.#failActions.get(rootOf(router))
            if (failAction) entry.options = new Map([['failAction', failAction], ...entry.options])
            const own = entry.options.get('auth')
            const otherwise = this.#defaults.get(rootOf(router))
            const asked = own ?? otherwise?.asked
            if (!asked) continue
            const said = own || !otherwise ? [] : [otherwise.site]
            entry.handlers.unshift(...this.#guards(asked, otherwise?.asked, entry.site, said))
          }
  }

  // `said`: where it is said of all routes.
  #guards(asked: Value, otherwise: Value | undefined, site: Site, said: readonly Site[]): Value[] {
    const option = (name: string) => optionOf(asked, name) ?? (otherwise && optionOf(otherwise, name))
    const modes = each(asked)
    if (modes.some((one) => one.t === 'const' && one.v === false)) return []
    const mode = textOf(optionOf(asked, 'mode')) ?? 'required'
    if (mode === 'try') return []
    const named =
      textOf(asked) !== null ? asked : (option('strategies') ?? option('strategy') ?? otherwise ?? nothing)
    const names = (named.t === 'list' ? named.items : [named]).flatMap((one) => textOf(one) ?? [])
    const scope = optionOf(asked, 'scope') ?? optionOf(optionOf(asked, 'access'), 'scope')
    const texts = (scope ? listed(scope) : []).map((one) => textOf(one))
    // One that is made of the request is no role.
    const roles = texts.some((text) => text === null || text.includes('{'))
      ? []
      : texts.flatMap((text) => (text === null || text.startsWith('!') ? [] : [text.replace(/^\+/, '')]))
    const who = names.map((name) => this.#guard(name, mode === 'optional', site))
    // Of several strategies one that knows the caller is enough.
    const [first, ...more] =
      who.length > 1 ? [guard('other', names.join(' or '), mode === 'optional', site)] : (who[0] ?? [])
    if (first) notePut(first, [...said, ...names.flatMap((name) => this.#strategies.get(name)?.site ?? [])])
    return [
      ...(first ? [first] : []),
      ...more,
      ...(roles.length > 0
        ? [
            symbol('@hapi/auth.scope()', 'scope', {
              args: roles.map((role) => ({ name: null, value: constant(role) })),
              site,
            }),
          ]
        : []),
    ]
  }

  #guard(name: string, isOptional: boolean, site: Site): Value[] {
    const strategy = this.#strategies.get(name)
    // It sends the caller to sign in instead.
    if (strategy && optionOf(strategy.options, 'redirectTo')) return []
    const own = strategy && this.#schemes.get(strategy.scheme)
    if (own?.t === 'func' && strategy && !isOptional) {
      const made = this.#interpreter.call(
        own,
        [symbol('?', 'server'), strategy.options].map((value) => ({ name: null, value })),
        site,
      )
      const authenticate = each(made).flatMap((one) =>
        one.t === 'object' ? (one.props.get('authenticate') ?? []) : [],
      )
      if (authenticate.length > 0) return authenticate
    }
    const known = schemes[strategy?.scheme ?? '']
    const checks = strategy && !isOptional ? checkOf(strategy) : []
    return [guard(known ?? 'other', name, isOptional, site), ...checks]
  }
}

// What a strategy by tokens asks of one that is verified (@hapi/jwt, hapi-auth-jwt2, README: `validate`), which may raise by itself.
const checkOf = ({ scheme, options }: Strategy): Value[] => {
  const check = scheme === 'jwt' ? optionOf(options, 'validate') : undefined
  if (check?.t !== 'func') return []
  // It is called with the token first, then as handlers are.
  return [{ ...check, fn: { ...check.fn, params: check.fn.params.slice(1) } }]
}

const guard = (kind: string, name: string, isOptional: boolean, site: Site): Value =>
  symbol(`@hapi/auth.${kind}()`, `auth: ${name}`, {
    args: [{ name: 'isOptional', value: constant(isOptional) }],
    site,
  })

const objectOf = (props: Iterable<[string, Value]>): ObjectValue => ({
  t: 'object',
  props: new Map(props),
  ref: null,
  args: [],
  isOpen: false,
  site: null,
})

const withProp = ({ props }: ObjectValue, name: string, value: Value): ObjectValue =>
  objectOf([...props, [name, value]])

const listed = (value: Value): Value[] =>
  each(value).flatMap((one) => (one.t === 'list' ? one.items.flatMap(listed) : [one]))
