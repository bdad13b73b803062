import type { Class, Func, Module, TypeRef } from '../parse/ir.ts'
import type { FuncValue } from '../resolve/values.ts'

/** Which classes what an operation answers may be of, as far as types say. */
export class AnswerTypes {
  readonly #classes: ReadonlyMap<string, Class[]>

  constructor(modules: Iterable<Module>) {
    const classes = new Map<string, Class[]>()
    const put = (cls: Class, isGo: boolean) => {
      // Of Go's structs those that say how they are written.
      const fields = isGo ? cls.fields.filter(({ tag }) => /\bjson:"(?!-")/.test(tag)) : cls.fields
      if (!isGo || fields.length > 0)
        classes.set(cls.name, [...(classes.get(cls.name) ?? []), { ...cls, fields }])
      for (const one of cls.inner) put(one, isGo)
    }
    // Types of JavaScript are gone where it runs.
    for (const { language, body } of modules)
      for (const stmt of language === 'javascript' ? [] : body)
        if (stmt.k === 'class') put(stmt.cls, language === 'go')
    this.#classes = classes
  }

  /**
   * Names of the classes that a handler says it gives back; where it says none, that what it calls by name says it gives back. With those that their fields
   * hold and that they are of.
   */
  of(handlers: readonly FuncValue[], functions: Iterable<FuncValue>): string[] {
    // Those before the last one let it come to that.
    const last = handlers.at(-1)
    const found = new Set(last ? this.#known(last.fn.returns) : [])
    // One without a name may be of what stands before all operations.
    const isUntyped = last?.fn.returns === null || last?.module.language === 'go'
    if (last && last.fn.name !== '' && isUntyped) {
      const called = new Set(bodyOf(last.fn, last.module).match(/\w+/g))
      for (const { fn } of functions)
        if (called.has(fn.name)) for (const name of this.#known(fn.returns)) found.add(name)
    }
    for (const name of found)
      for (const { fields, bases } of this.#classes.get(name) ?? [])
        for (const type of [...fields.map((field) => field.type), ...bases])
          for (const inner of this.#known(type)) found.add(inner)
    return [...found]
  }

  #known(type: TypeRef | null): string[] {
    return type === null ? [] : namesIn(type).filter((name) => this.#classes.has(name))
  }
}

const bodyOf = ({ headEnd, end }: Func, { text }: Module) => text.slice(headEnd, end)

const namesIn = ({ name, args }: TypeRef): string[] => [name.replace(/^.*\./, ''), ...args.flatMap(namesIn)]
