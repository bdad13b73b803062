import type { Func } from '../parse/ir.ts'
import type { Lookup } from '../resolve/lookup.ts'
import { each } from '../resolve/values.ts'
import type { ArgValue, ClassRef, Value } from '../resolve/values.ts'

/** A method that may answer an operation of an API description. */
export interface Served {
  fn: Func
  owner: ClassRef
}

/** Types of Go whose values are given to code that is not read while a program is set up: what generated code routes to is among them. */
export class GivenAway {
  readonly types = new Set<ClassRef>()

  /** Notes what a call is given whose code is not here. */
  note(callee: Value, args: readonly ArgValue[]): void {
    if (callee.t !== 'symbol' || !/[./][A-Z]\w*$/.test(callee.path)) return
    for (const { value } of args)
      for (const one of each(value))
        if ((one.t === 'object' || one.t === 'symbol') && one.ref && one.ref.cls.kind !== 'interface')
          this.types.add(one.ref)
  }
}

/**
 * Of methods of several types of Go which one answers an operation of a description: of the type that is given to code outside, else of the only type that has
 * methods for all operations that are answered here, by itself or by what it embeds.
 */
export class GoServers {
  readonly #lookup: Lookup
  readonly #given: ReadonlySet<ClassRef>
  readonly #answered: readonly (readonly Served[])[]
  #whole: readonly ClassRef[] | null = null

  constructor(lookup: Lookup, given: ReadonlySet<ClassRef>, operations: readonly (readonly Served[])[]) {
    this.#lookup = lookup
    this.#given = given
    this.#answered = operations.filter((one) => one.length > 0)
  }

  /** Null where that can't be said. */
  of<T extends Served>(all: readonly T[]): T | null {
    if (all.length <= 1) return all[0] ?? null
    const ofGiven = this.#methodsOf(this.#given, all)
    const left = ofGiven.length > 0 ? ofGiven : all
    const found = left.length > 1 ? this.#methodsOf(this.#wholeTypes(), left) : left
    const [only, ...others] = found
    return only && others.length === 0 ? only : null
  }

  #methodsOf<T extends Served>(types: Iterable<ClassRef>, all: readonly T[]): T[] {
    const names = new Set(all.map(({ fn }) => fn.name))
    const theirs = new Set<Func>()
    for (const ref of types)
      for (const name of names) {
        const found = this.#lookup.method(ref, name)
        if (found) theirs.add(found.fn)
      }
    return all.filter(({ fn }) => theirs.has(fn))
  }

  #wholeTypes(): readonly ClassRef[] {
    this.#whole ??= this.#lookup
      .classes()
      .filter(
        (ref) =>
          ref.module.language === 'go' &&
          ref.cls.kind !== 'interface' &&
          this.#answered.every((one) => this.#methodsOf([ref], one).length > 0),
      )
    return this.#whole
  }
}
