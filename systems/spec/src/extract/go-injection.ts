import type { FieldDecl, Module, TypeRef } from '../parse/ir.ts'
import type { Pack } from '../packs/pack.ts'
import { flatten } from '../packs/routing.ts'
import { routerOf } from '../packs/router.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import { each, symbol, textOf, union } from '../resolve/values.ts'
import type { ArgValue, FuncValue, Scope, Site, SymbolValue, Value } from '../resolve/values.ts'

/** Something that a container makes, by a function or as it stands. */
interface Provider {
  /** Called once, when its first thing is asked for. */
  make: () => Value
  /** The types that its results are given as, where it says so. */
  as: readonly string[]
  /** Names and groups of its results, in their order. */
  tags: readonly string[]
}

interface Provided {
  from: Provider
  /** The result, or the field of one, that is of the type. */
  part: (made: Value) => Value
}

interface Invoked {
  fn: FuncValue
  tags: readonly string[]
}

const container = /^go\.uber\.org\/(?:fx|dig)\./
const handedOver = /^(?:Provide|Supply|Invoke|Decorate|Annotate|Replace|Populate)$/
/** Structs whose fields are asked for, or given, one by one. */
const asks = /^go\.uber\.org\/(?:fx|dig)\.In$/
const gives = /^go\.uber\.org\/(?:fx|dig)\.Out$/
/** What stands for the type that a function gives by itself. */
const self = /^go\.uber\.org\/fx\.Self$/
/** What makes a container of options that are listed in variables, and what such variables hold. */
const containerMade = /\b(?:fx|dig)\.New\(/
const listsOptions = /\bfx\.(?:Module|Options|Provide|Invoke|Supply)\(/
/** Steps for each function that a container calls. */
const stepsOfCall = 300_000
const maxDepth = 3

/**
 * Containers of fx and dig (pkg.go.dev/go.uber.org/fx): which function gives a type, and what a program has called with what they give. So constructors
 * that route on what an earlier one made are run with that.
 */
export class GoInjection {
  readonly #interpreter: Interpreter
  readonly #packs: readonly Pack[]
  readonly #provided = new Map<string, Provided[]>()
  readonly #invoked: Invoked[] = []
  readonly #made = new Map<Provider, Value | null>()
  readonly #seen = new Set<unknown>()

  constructor(interpreter: Interpreter, packs: readonly Pack[]) {
    this.#interpreter = interpreter
    this.#packs = packs.filter(({ language }) => language === 'go')
  }

  /** Notes what is given to a container; what that does with it comes later. */
  call(callee: Value, args: ArgValue[], site: Site): Value | null {
    if (callee.t !== 'symbol' || !container.test(callee.path)) return null
    const name = callee.path.slice(callee.path.lastIndexOf('.') + 1)
    const values = args.flatMap(({ value }) => flatten(value)).flatMap(each)
    // dig says beside one function what fx says around it.
    const [first, ...more] = values
    const said = callee.path.includes('/dig.') ? more : []
    if (name === 'Provide')
      for (const one of said.length > 0 && first ? [first] : values) this.#provide(one, said, site)
    if (name === 'Supply') for (const one of values) this.#supply(one, site)
    if (name === 'Invoke') for (const one of values) this.#invoke(one, callee.path.includes('/dig.'))
    // What is given is called by the container, with what it gives.
    return handedOver.test(name)
      ? symbol(`${callee.path}()`, `${callee.text}()`, { of: callee, args, site })
      : null
  }

  /** Reads options that nothing has asked for yet, and gives the functions that make a container and that nothing called. */
  *forgotten(module: Module): Generator<FuncValue> {
    if (!module.body.some((stmt) => stmt.k === 'import' && container.test(`${stmt.source}.`))) return
    const scope = this.#interpreter.lookup.scopeOf(module)
    for (const stmt of module.body) {
      const text = module.text.slice(stmt.start, stmt.end)
      if (stmt.k === 'let' && stmt.target.k === 'name' && listsOptions.test(text)) scope.get(stmt.target.name)
      const value =
        stmt.k === 'func' && !stmt.fn.receiver && containerMade.test(text) ? scope.get(stmt.fn.name) : null
      if (value?.t === 'func' && !this.#interpreter.invoked.has(value.fn)) yield value
    }
  }

  /** Calls what the program has called with what its constructors give. */
  start(attempt: (work: () => void, path: string) => void): void {
    for (let one = this.#invoked.shift(); one; one = this.#invoked.shift()) {
      const { fn, tags } = one
      attempt(() => this.#called(fn, tags), fn.module.path)
    }
  }

  #called(fn: FuncValue, tags: readonly string[]): Value {
    const args = fn.fn.params.flatMap(({ type, name, isRest }, at): ArgValue[] => {
      const value = this.#given(type, fn.scope, name, tags[at] ?? '')
      return isRest && value.t === 'list'
        ? value.items.map((item) => ({ name: null, value: item }))
        : [{ name: null, value }]
    })
    this.#interpreter.budget = stepsOfCall
    return this.#interpreter.call(fn, args, placeOf(fn))
  }

  #given(type: TypeRef | null, scope: Scope, name: string, tag: string, depth = 0): Value {
    const { lookup } = this.#interpreter
    const group = tagged(tag, 'group')
    if (group !== null) {
      const items = (this.#provided.get(`group:${group}`) ?? []).flatMap((one) => flatten(this.#of(one)))
      return { t: 'list', items, isOpen: items.length === 0 }
    }
    if (!type) return symbol('?', name)
    const target = lookup.typeTarget(type.name, scope)
    if (
      typeof target !== 'string' &&
      depth < maxDepth &&
      embeds(target.cls.bases, asks, target.scope, lookup)
    ) {
      const props = new Map(
        target.cls.fields.map((field) => [
          field.name,
          this.#given(field.type, target.scope, `${name}.${field.name}`, field.tag, depth + 1),
        ]),
      )
      for (const base of target.cls.bases)
        if (!embeds([base], asks, target.scope, lookup)) {
          const own = lastOf(base.name)
          props.set(own, this.#given(base, target.scope, `${name}.${own}`, '', depth + 1))
        }
      return { t: 'object', props, ref: target, args: [], isOpen: true, site: null }
    }
    const found = this.#provided.get(`${tagged(tag, 'name') ?? ''}:${this.#keyOf(type, scope)}`) ?? []
    const values = found.map((one) => this.#of(one)).filter((one) => one.t !== 'const' || one.v !== null)
    return values.length > 0 ? union(values) : lookup.instanceOf(type, scope, name)
  }

  #of({ from, part }: Provided): Value {
    const known = this.#made.get(from)
    // In a circle nothing is known of it.
    if (known === null) return symbol('?')
    if (known) return part(known)
    this.#made.set(from, null)
    const made = from.make()
    this.#made.set(from, made)
    return part(made)
  }

  #provide(value: Value, said: readonly Value[], site: Site): void {
    const { of, as, results, params } = annotated(value, said, (one) => this.#keyOfValue(one))
    if (of?.t === 'func') {
      if (this.#isKnown(of.fn)) return
      const from: Provider = { make: () => this.#called(of, params), as, tags: results }
      const { returns } = of.fn
      const types = returns?.name === 'tuple' ? returns.args : returns ? [returns] : []
      for (const [at, type] of types.entries())
        this.#give(from, type, of.scope, at, (made) => partOf(made, at, types.length))
    }
    // A constructor of the framework's.
    if (of?.t === 'symbol' && !this.#isKnown(of.path)) {
      const made = this.#interpreter.call(of, [], site)
      if (routerOf(made)) this.#supply(made, site, as, results)
    }
  }

  #supply(value: Value, site: Site, as: readonly string[] = [], tags: readonly string[] = []): void {
    const given = annotated(value, [], (one) => this.#keyOfValue(one))
    const one = given.of ?? value
    const key = this.#keyOfValue(one)
    const from: Provider = { make: () => one, as: [...as, ...given.as], tags: [...tags, ...given.results] }
    if (key !== null && !this.#isKnown(`${key} ${site.module.path}:${site.start}`))
      this.#put(from, key, 0, (made) => made)
  }

  // dig calls it at once, with what was given by then.
  #invoke(value: Value, isAtOnce: boolean): void {
    const { of, params } = annotated(value, [], () => null)
    if (of?.t !== 'func' || this.#isKnown(of.fn)) return
    const isGiven = of.fn.params.every(({ type }) =>
      type ? this.#provided.has(`:${this.#keyOf(type, of.scope)}`) : false,
    )
    const { budget } = this.#interpreter
    if (isAtOnce && isGiven) this.#called(of, params)
    else this.#invoked.push({ fn: of, tags: params })
    this.#interpreter.budget = budget
  }

  #isKnown(one: unknown): boolean {
    const isKnown = this.#seen.has(one)
    this.#seen.add(one)
    return isKnown
  }

  #give(
    from: Provider,
    type: TypeRef,
    scope: Scope,
    at: number,
    part: Provided['part'],
    field?: FieldDecl,
  ): void {
    const { lookup } = this.#interpreter
    const target = lookup.typeTarget(type.name, scope)
    if (!field && typeof target !== 'string' && embeds(target.cls.bases, gives, target.scope, lookup)) {
      for (const one of target.cls.fields)
        if (one.type)
          this.#give(
            from,
            one.type,
            target.scope,
            at,
            (made) => heldBy(this.#interpreter, part(made), one.name),
            one,
          )
      return
    }
    if (type.name !== 'error') this.#put(from, this.#keyOf(type, scope), at, part, field?.tag)
  }

  #put(from: Provider, own: string, at: number, part: Provided['part'], said = from.tags[at] ?? ''): void {
    const group = tagged(said, 'group')
    const keys =
      group === null
        ? (from.as.length > 0 ? from.as : [own]).map(
            (key) => `${tagged(said, 'name') ?? ''}:${self.test(key) ? own : key}`,
          )
        : [`group:${group}`]
    for (const key of keys) this.#provided.set(key, [...(this.#provided.get(key) ?? []), { from, part }])
  }

  #keyOf(type: TypeRef, scope: Scope): string {
    const target = this.#interpreter.lookup.typeTarget(type.name, scope)
    const name = typeof target === 'string' ? target : `${folderOf(target.module)}:${target.cls.name}`
    return type.args.length === 0
      ? name
      : `${name}<${type.args.map((one) => this.#keyOf(one, scope)).join()}>`
  }

  #keyOfValue(value: Value): string | null {
    const router = routerOf(value)
    if (router)
      return (
        Object.entries(this.#packs.find((pack) => pack === router.pack)?.routerTypes ?? {}).find(
          ([, isApp]) => isApp,
        )?.[0] ?? null
      )
    if (value.t !== 'object' && value.t !== 'symbol') return null
    if (value.ref) return `${folderOf(value.ref.module)}:${value.ref.cls.name}`
    return value.t === 'symbol' && value.path.endsWith('()') ? value.path.slice(0, -2) : null
  }
}

// `fx.Annotate(f, fx.As(new(T)), fx.ParamTags(…), fx.ResultTags(…))`, `fx.Annotated{Name: …, Target: f}`, and dig's options.
function annotated(
  value: Value,
  said: readonly Value[],
  keyOf: (value: Value) => string | null,
): { of: Value | null; as: string[]; results: string[]; params: string[] } {
  const given =
    value.t === 'symbol' && /\.Annotated?\(\)$/.test(value.path) && container.test(value.path) ? value : null
  const [first, ...more] = given?.args.filter(({ name }) => name === null).map((arg) => arg.value) ?? []
  const options = [...more, ...said].flatMap(flatten).filter((one): one is SymbolValue => one.t === 'symbol')
  const fields = new Map(given?.args.map((arg) => [arg.name, arg.value]))
  const of = (name: string) =>
    options.flatMap((one) => (lastOf(one.path) === `${name}()` ? one.args.map((arg) => arg.value) : []))
  const texts = (values: readonly (Value | undefined)[], kind?: string) =>
    values.flatMap((one) => {
      const text = textOf(one)
      return text === null ? [] : [kind === undefined ? text : `${kind}:"${text}"`]
    })
  return {
    of: given ? (first ?? fields.get('Target') ?? null) : value,
    as: of('As').flatMap((one) => keyOf(one) ?? []),
    results: [
      ...texts(of('ResultTags')),
      ...texts([...of('Name'), fields.get('Name')], 'name'),
      ...texts([...of('Group'), fields.get('Group')], 'group'),
    ],
    params: texts(of('ParamTags')),
  }
}

const folderOf = ({ path }: Module) => path.replace(/[^/]*$/, '')
const lastOf = (name: string) => name.slice(name.lastIndexOf('.') + 1)
const placeOf = ({ module, fn }: FuncValue): Site => ({
  module,
  start: fn.start,
  end: fn.headEnd,
  symbol: fn.name,
})

const tagged = (tag: string, kind: 'group' | 'name'): string | null =>
  new RegExp(`\\b${kind}:"([^",]+)`).exec(tag)?.[1] ?? null

const embeds = (
  bases: readonly TypeRef[],
  what: RegExp,
  scope: Scope,
  lookup: Interpreter['lookup'],
): boolean =>
  bases.some(({ name }) => {
    const target = lookup.typeTarget(name, scope)
    return typeof target === 'string' && what.test(target)
  })

// Of what a function gives, the one at a place: with an error beside it, a list.
function partOf(made: Value, at: number, count: number): Value {
  if (count === 1) return made
  return union(
    each(made).map((one) =>
      one.t === 'list' ? (one.items[at] ?? symbol('?')) : at === 0 ? one : symbol('?'),
    ),
  )
}

const heldBy = (interpreter: Interpreter, made: Value, name: string): Value =>
  union(each(made).map((one) => interpreter.memberOf(one, name, null) ?? symbol('?', name)))
