import { placed } from '../../resolve/project.ts'
import { posix } from 'node:path'
import type { Interpreter } from '../../resolve/interpreter.ts'
import { constant, each, joined, nothing, symbol, textOf } from '../../resolve/values.ts'
import type { ArgValue, Site, Value } from '../../resolve/values.ts'
import { optionOf } from '../options.ts'
import { routerValue } from '../router.ts'
import type { Router } from '../router.ts'

/** Plugins of Fastify: functions that are given a part of the program's routes, and folders that are full of them. */
export class Plugins {
  /** A plugin runs whose hooks and routes are those of the part that registers it. */
  isShared = false
  readonly #interpreter: Interpreter
  readonly #child: (router: Router, prefix: Value | null, site: Site) => Router
  readonly #settings: (options: Value | undefined) => void

  /** `child` makes a router below another; `settings` is told what checks the environment, and gives it to the program. */
  constructor(
    interpreter: Interpreter,
    child: (router: Router, prefix: Value | null, site: Site) => Router,
    settings: (options: Value | undefined) => void,
  ) {
    this.#interpreter = interpreter
    this.#child = child
    this.#settings = settings
  }

  /** A plugin gets a router of its own below the prefix of its options; one that `fastify-plugin` wraps gets the same. */
  register(router: Router, args: ArgValue[], site: Site): void {
    const options = args[1]?.value
    const prefix = optionOf(options, 'prefix') ?? null
    for (const given of each(args[0]?.value ?? nothing)) {
      if (given.t === 'symbol' && /autoload/i.test(given.path)) {
        this.#autoload(router, options, site)
        continue
      }
      if (given.t === 'symbol' && /^(?:@fastify\/env|fastify-env)\b/.test(given.path)) {
        this.#settings(options)
        continue
      }
      if (given.t === 'symbol' && limits.test(given.path)) {
        const handlers = [symbol(`${given.path}()`, given.text, { of: given, args: args.slice(1), site })]
        if (!isValue(optionOf(options, 'global'), false))
          router.entries.push({ kind: 'use', path: null, handlers, site })
        continue
      }
      const isShared = given.t === 'symbol' && given.path.startsWith('fastify-plugin')
      const plugin = isShared
        ? given.args.map(({ value }) => value).find((value) => value.t === 'func')
        : given.t === 'module'
          ? this.#interpreter.exported(given.module, 'default')
          : given
      if (plugin?.t !== 'func' && !(plugin?.t === 'symbol' && plugin.path.startsWith('fastify-plugin'))) {
        const inner = plugin?.t === 'object' ? plugin.props.get('default') : null
        if (inner?.t === 'func') this.#plug(router, inner, prefix, options, site, false)
        continue
      }
      if (plugin.t === 'func') this.#plug(router, plugin, prefix, options, site, isShared)
      else {
        const inner = plugin.args.map(({ value }) => value).find((value) => value.t === 'func')
        if (inner) this.#plug(router, inner, prefix, options, site, true)
      }
    }
  }

  #plug(
    router: Router,
    plugin: Value,
    prefix: Value | null,
    options: Value | undefined,
    site: Site,
    isShared: boolean,
  ): void {
    const child = isShared && !prefix ? router : this.#child(router, prefix, site)
    const around = this.isShared
    this.isShared = child === router
    this.#interpreter.call(
      plugin,
      [
        { name: null, value: routerValue(child) },
        { name: null, value: options ?? noOptions() },
        { name: null, value: nothing },
      ],
      site,
    )
    this.isShared = around
  }

  #autoload(router: Router, options: Value | undefined, site: Site): void {
    const dir = optionOf(options, 'dir')
    const texts = dir ? lastTexts(dir) : []
    if (texts.length === 0) return
    const base = placed(site.module, posix.join(...texts))
    const given = optionOf(options, 'options')
    const outer = given ? optionOf(given, 'prefix') : undefined
    const isSet = (name: string) => isValue(optionOf(options, name), true)
    const named = isSet('routeParams') ? /\/_(\w+)/g : /(?!)/g
    const hasFolders = !isValue(optionOf(options, 'dirNameRoutePrefix'), false)
    const modules = [...this.#interpreter.project.modules.values()]
      .filter(
        ({ language, path }) =>
          language === 'javascript' &&
          path.startsWith(`${base}/`) &&
          !/\.d\.ts$|\.test\.|\.spec\./.test(path),
      )
      .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    const hooks = new Map(
      modules.flatMap((one) =>
        isSet('autoHooks') && hooksFile.test(one.path) ? [[posix.dirname(one.path), one] as const] : [],
      ),
    )
    const parts = new Map<string, Router>()
    // What the plugins of a folder are put on: the part on which its hooks are, and with `cascadeHooks` those of the folders above.
    const partOf = (folder: string): Router => {
      const known = parts.get(folder)
      if (known) return known
      const own = hooks.get(folder)
      const isBelow =
        isSet('cascadeHooks') && folder.length > base.length && !(own && isSet('overwriteHooks'))
      const above = isBelow ? partOf(posix.dirname(folder)) : router
      const part = own ? this.#child(above, null, site) : above
      parts.set(folder, part)
      const plugin = own ? pluginOf(this.#interpreter.exported(own, 'default')) : null
      if (plugin) this.#plug(part, plugin.fn, null, given, site, true)
      return part
    }
    const indexed = new Set(
      modules.flatMap(({ path }) => (indexFile.test(path) ? [posix.dirname(path)] : [])),
    )
    for (const module of modules) {
      const dir = posix.dirname(module.path)
      if (hooks.get(dir) === module || (indexed.has(dir) && !indexFile.test(module.path))) continue
      const plugin = pluginOf(this.#interpreter.exported(module, 'default'))
      if (!plugin) continue
      const own = this.#interpreter.exported(module, 'autoPrefix')
      const override = this.#interpreter.exported(module, 'prefixOverride')
      const folder = hasFolders ? dir.slice(base.length).replaceAll(named, '/:$1') : ''
      const prefix = joined(
        textOf(override ?? undefined) === null
          ? [outer, constant(folder), own?.t === 'symbol' ? null : own].filter(
              (one): one is Value => !!one && !isValue(one, null),
            )
          : [override ?? nothing],
      )
      const isEmpty = textOf(prefix) === ''
      this.#plug(partOf(dir), plugin.fn, isEmpty ? null : prefix, given, site, plugin.isShared)
    }
  }
}

/** @fastify/rate-limit, README: all routes that come after it are limited, unless it is told to limit none by itself (`global`). */
const limits = /^(?:@fastify\/|fastify-)rate-limit\b/

// @fastify/autoload, README: "Custom Index Filename", "Autohooks".
const indexFile = /(?:^|\/)index(?:\.ts|\.js|\.cjs|\.mjs|\.mts|\.cts)$/
const hooksFile = /(?:^|\/)[_.]?auto_?-?hooks(?:\.ts|\.js|\.cjs|\.mjs|\.mts|\.cts)$/i

const isValue = (value: Value | undefined, v: boolean | null): boolean =>
  value?.t === 'const' && value.v === v

// A function, or one that `fastify-plugin` wraps.
function pluginOf(value: Value | null): { fn: Value; isShared: boolean } | null {
  if (value?.t === 'func') return { fn: value, isShared: false }
  const isShared = value?.t === 'symbol' && value.path.startsWith('fastify-plugin')
  const fn = isShared ? value.args.map((arg) => arg.value).find((one) => one.t === 'func') : undefined
  return fn ? { fn, isShared: true } : null
}

// Texts at the end of a path that begins with a folder of the file itself (`join(import.meta.dirname, 'routes')`).
function lastTexts(value: Value): string[] {
  if (value.t === 'symbol') return value.args.flatMap((arg) => textOf(arg.value) ?? [])
  const text = value.t === 'text' ? value.parts.map((part) => textOf(part) ?? '').join('') : textOf(value)
  return text === null ? [] : [text]
}

const noOptions = (): Value => ({
  t: 'object',
  props: new Map(),
  ref: null,
  args: [],
  isOpen: false,
  isWhole: true,
  site: null,
})
