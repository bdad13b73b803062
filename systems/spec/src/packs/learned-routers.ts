import type { Func } from '../parse/ir.ts'
import type { SymbolValue, Value } from '../resolve/values.ts'
import type { Pack } from './pack.ts'

/** What code outside gives that is a router of a framework, by its path. `isApp`: all requests arrive there. */
export type LearnedRouters = ReadonlyMap<string, { pack: Pack; isApp: boolean }>

/**
 * Learns which functions of code outside give routers of Go: what they give is handed to a parameter of such a type, or routed on with a handler of that
 * framework. The code is then run once more.
 */
export class RouterLearner {
  readonly found = new Map<string, { pack: Pack; isApp: boolean }>()
  readonly #packs: readonly Pack[]

  constructor(packs: readonly Pack[]) {
    this.#packs = packs.filter(({ language }) => language === 'go')
  }

  /** A value of code outside is given to a parameter of this type. */
  taken(value: SymbolValue, type: string): void {
    for (const pack of this.#packs) {
      const isApp = pack.routerTypes?.[type]
      if (isApp !== undefined) this.#learn(value, pack, isApp)
    }
  }

  /** A method of what code outside gives is called with a function that handles requests; `typeOf` says what a parameter of it is. */
  called(
    callee: SymbolValue,
    args: readonly Value[],
    typeOf: (fn: Func, value: Value) => string | null,
  ): void {
    const name = callee.path.slice(callee.path.lastIndexOf('.') + 1)
    const handler = args.at(-1)
    if (callee.of?.t !== 'symbol' || handler?.t !== 'func') return
    const type = typeOf(handler.fn, handler)
    for (const pack of this.#packs)
      if (
        type !== null &&
        pack.methods?.[name]?.does === 'route' &&
        Object.keys(pack.calls ?? {}).some((path) => path.startsWith(`${type}().`))
      )
        this.#learn(callee.of, pack, false)
  }

  // Of a part (`engine.Group("/api")`) what it is a part of.
  #learn(value: SymbolValue, pack: Pack, isApp: boolean): void {
    const [, method] = /\.(\w+)\(\)$/.exec(value.path) ?? []
    const callee = value.of?.t === 'symbol' ? value.of : null
    const above = callee?.of?.t === 'symbol' ? callee.of : null
    if (method !== undefined && above?.path.endsWith('()') && pack.methods?.[method]) {
      this.#learn(above, pack, false)
      return
    }
    if (!/^[\w.-]+(?:\/[\w.-]+)*\.\w+\(\)$/.test(value.path)) return
    this.found.set(value.path, { pack, isApp: isApp || this.found.get(value.path)?.isApp === true })
  }
}
