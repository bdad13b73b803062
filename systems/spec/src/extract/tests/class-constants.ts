import { unknown } from './values.ts'
import type { SelfValue, TestValue } from './values.ts'
import type { Class, Expr, Module } from '../../parse/ir.ts'

/** A static field, with what it is set to. */
interface ClassConstant {
  cls: Class
  module: Module
  value: Expr
}

/** Static fields of Java's classes, the program's and its tests': by them tests name paths and statuses. */
export class ClassConstants {
  readonly #values = new Map<Expr, TestValue>()
  readonly #classes = new Map<string, { cls: Class; module: Module }[]>()

  constructor(modules: readonly Module[]) {
    for (const module of modules)
      if (module.language === 'java')
        for (const stmt of module.body) if (stmt.k === 'class') this.#keep(stmt.cls, module)
  }

  #keep(cls: Class, module: Module): void {
    this.#classes.set(cls.name, [...(this.#classes.get(cls.name) ?? []), { cls, module }])
    for (const inner of cls.inner) this.#keep(inner, module)
  }

  /** What a constant is: of a class as a file names it, or by its name alone in a class (null: outside of one) and by static imports. */
  value(
    of: string | null,
    field: string,
    inside: Class | null,
    from: Module,
    evaluate: (value: Expr, owner: SelfValue) => TestValue,
  ): TestValue | undefined {
    const found =
      of !== null
        ? this.#of(of, field, from)
        : ((inside && this.#inherited(inside, field, from)) ?? this.#imported(field, from))
    if (!found) return undefined
    const known = this.#values.get(found.value)
    if (known) return known
    // Of one that is set by itself nothing is known.
    this.#values.set(found.value, unknown)
    const value = evaluate(found.value, {
      t: 'self',
      cls: found.cls,
      module: found.module,
      fields: new Map(),
    })
    this.#values.set(found.value, value)
    return value
  }

  // `Paths.LOANS`
  #of(name: string, field: string, from: Module): ClassConstant | null {
    const all = this.#classes.get(name) ?? []
    // Of a class, of all in a package, or static: of a class's members.
    const imported = new Set(
      from.body.flatMap((stmt) =>
        stmt.k === 'import' ? [stmt.source, stmt.source.replace(/\.[^.]*$/, '')] : [],
      ),
    )
    const near = all.filter(({ module }) => module.package === from.package || imported.has(module.package))
    for (const { cls, module } of near.length > 0 ? near : all) {
      const found = this.#inherited(cls, field, module)
      if (found) return found
    }
    return null
  }

  // A constant of a class, or of what it extends and implements. Classes of one name may stand above each other in any way: each is asked once.
  #inherited(cls: Class, field: string, module: Module): ClassConstant | null {
    const asked = new Map([[cls, module]])
    for (const [one, from] of asked) {
      const own = one.fields.find(
        ({ name, isStatic }) => name === field && (isStatic || one.kind === 'interface'),
      )
      if (own) {
        if (own.value) return { cls: one, module: from, value: own.value }
        continue
      }
      for (const { name } of one.bases)
        for (const base of this.#classes.get(name.split('.').at(-1) ?? '') ?? [])
          if (!asked.has(base.cls)) asked.set(base.cls, base.module)
    }
    return null
  }

  // What a static import calls by its name alone.
  #imported(field: string, from: Module): ClassConstant | null {
    for (const stmt of from.body) {
      if (stmt.k !== 'import' || !stmt.names.some((one) => one.imported === field || one.imported === '*'))
        continue
      const found = this.#of(stmt.source.split('.').at(-1) ?? '', field, from)
      if (found) return found
    }
    return null
  }
}
