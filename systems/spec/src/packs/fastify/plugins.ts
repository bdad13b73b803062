import { placed } from '../../resolve/project.ts'
import { posix } from 'node:path'
import type { Interpreter } from '../../resolve/interpreter.ts'
import { each, nothing, textOf, writtenAt } from '../../resolve/values.ts'
import type { ArgValue, Site, Value } from '../../resolve/values.ts'
import { optionOf } from '../options.ts'
import { routerValue } from '../router.ts'
import type { Router } from '../router.ts'

/** Plugins of Fastify: functions that are given a part of the program's routes, and folders that are full of them. */
export class Plugins {
  readonly #interpreter: Interpreter
  readonly #child: (router: Router, prefix: Value | null, site: Site) => Router

  /** `child` makes a router below another. */
  constructor(interpreter: Interpreter, child: (router: Router, prefix: Value | null, site: Site) => Router) {
    this.#interpreter = interpreter
    this.#child = child
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
    this.#interpreter.call(
      plugin,
      [
        { name: null, value: routerValue(child) },
        { name: null, value: options ?? noOptions() },
        { name: null, value: nothing },
      ],
      site,
    )
  }

  #autoload(router: Router, options: Value | undefined, site: Site): void {
    const dir = optionOf(options, 'dir')
    const texts = dir ? lastTexts(dir) : []
    if (texts.length === 0) return
    const base = placed(site.module, posix.join(...texts))
    const given = optionOf(options, 'options')
    const outer = given ? optionOf(given, 'prefix') : undefined
    const byFolder = optionOf(options, 'dirNameRoutePrefix')
    const hasFolders = !(byFolder?.t === 'const' && byFolder.v === false)
    for (const module of [...this.#interpreter.project.modules.values()].toSorted((a, b) =>
      a.path < b.path ? -1 : 1,
    )) {
      if (
        module.language !== 'javascript' ||
        !module.path.startsWith(`${base}/`) ||
        /\.d\.ts$|\.test\.|\.spec\./.test(module.path)
      )
        continue
      const fn = this.#interpreter.exported(module, 'default')
      const own = this.#interpreter.exported(module, 'autoPrefix')
      const override = textOf(this.#interpreter.exported(module, 'prefixOverride') ?? undefined)
      const folder = posix.dirname(module.path.slice(base.length)).replaceAll(/\/_(\w+)/g, '/:$1')
      const prefix =
        override ??
        `${outer ? (textOf(outer) ?? '') : ''}${hasFolders && folder !== '/' ? folder : ''}${own ? (textOf(own) ?? '') : ''}`
      const isShared = fn?.t === 'symbol' && fn.path.startsWith('fastify-plugin')
      const plugin = isShared ? fn.args.map(({ value }) => value).find((value) => value.t === 'func') : fn
      if (plugin?.t === 'func')
        this.#plug(
          router,
          plugin,
          prefix ? { t: 'const', v: prefix, from: writtenAt([outer, own]) } : null,
          given,
          site,
          isShared,
        )
    }
  }
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
