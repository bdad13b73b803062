import type { Class, Func, TypeRef } from '../parse/ir.ts'
import { Injected, lastName } from './injected.ts'
import type { Lookup } from './lookup.ts'
import type { Runtime } from './runtime.ts'
import { onlyOf, typeWithin } from './type-arguments.ts'
import { symbol } from './values.ts'
import type { ArgValue, ClassRef, ObjectValue, Scope, SymbolValue, Value } from './values.ts'

/** What a container makes things of. */
const ofContainer =
  /^(?:Component|Service|Repository|(?:Rest|Json)?Controller(?:Advice)?|Configuration|Named|[sS]ingleton|\w*Scoped|Dependent|Prototype|Stateless|Stateful|Path|Provider|Factory|Bean|(?:autoI|I|i)njectable|controller|Resolver|Catch|WebSocketGateway)$/
/** What it calls once a thing is made. */
const afterMade = /^(?:PostConstruct|Inject)$/

/**
 * Java and TypeScript: what fields of things hold that a container makes. By its type alone a field of a helper or of a generic class may be anything that fits: what is put
 * in it when it is made, or what the parameters of its class stand for, says which one it is.
 */
export class MadeBeans {
  readonly #runtime: Runtime
  readonly #lookup: Lookup
  readonly #made = new Map<Class, ObjectValue | null>()
  readonly #injected: Injected

  constructor(runtime: Runtime, lookup: Lookup) {
    this.#runtime = runtime
    this.#lookup = lookup
    this.#injected = new Injected(lookup, runtime.project)
  }

  /** What a field of `self` is, where that is narrower than its declared type; null otherwise. */
  of(
    self: SymbolValue,
    name: string,
    type: TypeRef | null,
    owner: ClassRef,
    scope: Scope,
    text: string,
  ): SymbolValue | null {
    const { ref } = self
    if (!ref || !type) return null
    const typed = typeWithin(this.#lookup, { type, scope }, owner, ref)
    const declared = this.#lookup.typeTarget(typed.type.name, typed.scope)
    const value = (self.made ?? this.#madeOf(ref))?.props.get(name)
    if (value?.t === 'object' && value.ref?.module.language === ref.module.language)
      return symbol(pathOf(value.ref), text, { typed, ref: value.ref, made: value })
    const given = value?.t === 'symbol' && value.ref ? value : null
    const decorators = owner.cls.fields.find((one) => one.name === name)?.decorators ?? []
    const only =
      given?.ref ??
      onlyOf(this.#lookup, typed, ref.scope) ??
      this.#injected.of(typed, name, decorators, owner.module)
    if (only && (typeof declared === 'string' || only.cls !== declared.cls))
      return symbol(pathOf(only), text, {
        typed: given?.typed ?? typed,
        ref: only,
        ...(given?.made ? { made: given.made } : {}),
      })
    if (typed.type === type) return null
    const own = this.#lookup.instanceOf(typed.type, typed.scope, text)
    return own.t === 'symbol' && own.ref ? own : null
  }

  // A thing of a class as it is made, and what is then called on it.
  #madeOf(ref: ClassRef): ObjectValue | null {
    const { cls, module } = ref
    const known = this.#made.get(cls)
    if (known !== undefined) return known
    this.#made.set(cls, null)
    if (!cls.decorators.some((one) => ofContainer.test(lastName(one)))) return null
    const site = { module, start: cls.start, end: cls.start, symbol: cls.name }
    const made = this.#runtime.asSetUp(() => {
      const method = this.#lookup.method(ref, 'constructor')
      const one = this.#runtime.instantiate(ref, method ? this.#givenTo(method.fn, method.owner) : [], site)
      if (one.t !== 'object') return null
      for (const of of [...above(this.#lookup, ref)].toReversed())
        for (const fn of of.cls.members)
          if (fn.hasBody && fn.decorators.some((each) => afterMade.test(lastName(each))))
            this.#runtime.call(
              { t: 'func', fn, scope: of.scope, self: one, owner: of, module: of.module, marks: [] },
              this.#givenTo(fn, of),
              site,
            )
      return one
    })
    this.#made.set(cls, made)
    return made
  }

  #givenTo(fn: Func, owner: ClassRef): ArgValue[] {
    return fn.params.map(({ name, type, decorators }): ArgValue => {
      const asked = type && { type, scope: owner.scope }
      const only =
        asked &&
        (onlyOf(this.#lookup, asked, owner.scope) ?? this.#injected.of(asked, name, decorators, owner.module))
      return {
        name: null,
        value: only
          ? symbol(pathOf(only), name, {
              typed: { type: type ?? { name: '', args: [] }, scope: owner.scope },
              ref: only,
            })
          : this.#lookup.instanceOf(type, owner.scope, name),
      }
    })
  }
}

/** What a thing holds under a name that code of the repository made: only what is of a class of the repository too. */
export function heldIn({ made, text }: SymbolValue, name: string): SymbolValue | null {
  const value = made?.props.get(name)
  return value ? asMade(value, `${text}.${name}`) : null
}

/** A thing of a class of the repository that code made, by another text; null of anything else. */
export function asMade(value: Value, text: string): SymbolValue | null {
  if (value.t === 'symbol') return value.ref ? { ...value, text } : null
  return value.t === 'object' && value.ref
    ? symbol(pathOf(value.ref), text, { ref: value.ref, made: value })
    : null
}

const pathOf = ({ module, cls }: ClassRef): string => `:${module.path}:${cls.name}()`

function above(lookup: Lookup, ref: ClassRef): Set<ClassRef> {
  const all = new Set([ref])
  for (const one of all) if (all.size < 12) for (const base of lookup.basesOf(one)) all.add(base)
  return all
}
