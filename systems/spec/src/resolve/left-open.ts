import type { Func, Module } from '../parse/ir.ts'
import type { ClassRef } from './values.ts'

/** Python: methods that only raise `NotImplementedError`, and are called all the same. */
export class LeftOpen {
  readonly #modules: ReadonlyMap<string, Module>
  readonly #opened = new WeakMap<Func, Func>()
  readonly #made = new WeakMap<object, boolean>()

  constructor(modules: ReadonlyMap<string, Module>) {
    this.#modules = modules
  }

  /**
   * The method of the nearest class in `order` that says so: what is called of things of the first one, which code makes, where no class has
   * another (`hasOther`).
   */
  method(
    order: readonly ClassRef[],
    name: string,
    hasOther: () => boolean,
  ): { fn: Func; owner: ClassRef } | null {
    const [first] = order
    for (const owner of order) {
      const fn = owner.cls.members.find((one) => one.name === name)
      if (fn?.isLeftOpen !== true) continue
      if (!first || !this.#isMade(first) || hasOther()) return null
      const opened = this.#opened.get(fn) ?? { ...fn, hasBody: true }
      this.#opened.set(fn, opened)
      return { fn: opened, owner }
    }
    return null
  }

  // Whether code makes one, by its name.
  #isMade({ cls }: ClassRef): boolean {
    const known = this.#made.get(cls)
    if (known !== undefined) return known
    const call = new RegExp(String.raw`(?<!\bclass\s)(?<!\w)${cls.name}\(`)
    const found = [...this.#modules.values()].some(
      ({ language, text }) => language === 'python' && call.test(text),
    )
    this.#made.set(cls, found)
    return found
  }
}
