import { nameOf } from './names.ts'
import type { SelfValue, TestValue } from './values.ts'
import type { Class, Expr, Func, Module } from '../../parse/ir.ts'

/** A class, or what stands in one, with its file. */
type InFile<T> = T & { module: Module }

/** What the files of tests declare, by name: functions, constants, classes with their methods. */
export class DeclaredNames {
  readonly #values = new Map<string, InFile<{ value: TestValue }>[]>()
  readonly #classes = new Map<string, SelfValue[]>()

  keep(name: string, value: TestValue, module: Module): void {
    this.#values.set(name, [...(this.#values.get(name) ?? []), { value, module }])
  }

  keepClass(name: string, self: SelfValue): void {
    this.#classes.set(name, [...(this.#classes.get(name) ?? []), self])
  }

  /** The one class of that name; null where there are several. */
  onlyClass(name: string): SelfValue | null {
    const [found, ...others] = this.#classes.get(name) ?? []
    return found && others.length === 0 ? found : null
  }

  /** A class and those it extends, as far as they are tests' own. */
  lineOf(cls: Class, module: Module, depth = 0): InFile<{ cls: Class }>[] {
    if (depth > 5) return []
    const bases = [...cls.bases.map(({ name }) => name), ...cls.baseExprs.map(nameOf)]
    return [
      { cls, module },
      ...bases.flatMap((name) => {
        const base = this.#classNamed(name, module)
        return base?.cls ? this.lineOf(base.cls, base.module, depth + 1) : []
      }),
    ]
  }

  /** A method of a class or of what it extends; of overloads the one with so many parameters. */
  memberOf({ cls, module }: SelfValue, name: string, arity: number | null): InFile<{ fn: Func }> | null {
    const found = (cls ? this.lineOf(cls, module) : []).flatMap((one) =>
      one.cls.members.flatMap((fn) => (fn.name === name && fn.hasBody ? [{ fn, module: one.module }] : [])),
    )
    return found.find(({ fn }) => fn.params.length === arity) ?? found[0] ?? null
  }

  /** What a field of Java's is declared to be: of a class, of one around it, or of what these extend. */
  typeOf(of: Expr, self: SelfValue | null): SelfValue | null {
    if (of.k !== 'name' && of.k !== 'member') return null
    for (let around = self; around?.cls; around = around.outer ?? null)
      for (const { cls, module } of this.lineOf(around.cls, around.module)) {
        const type = cls.fields.find((one) => one.name === of.name)?.type?.name
        if (type !== undefined) return this.#classNamed(type, module)
      }
    return null
  }

  /**
   * The one thing of that name; of several the one in this folder, or of a class of Java that the file names. `isBare`: it is no member of anything.
   * In Go it is of the same package then.
   */
  named(
    name: string,
    from: Module,
    file: Module,
    arity: number | null,
    isBare: boolean,
  ): TestValue | undefined {
    const all = this.#values.get(name) ?? []
    const isOfPackage = isBare && from.language === 'go'
    if (all.length <= 1 && !isOfPackage) return all[0]?.value
    const near = all.filter(
      ({ value, module }) =>
        folderOf(module) === folderOf(from) && (value.t === 'function' ? !value.fn.receiver : isOfPackage),
    )
    if (near.length === 1) return near[0]?.value
    const functions = all.flatMap(({ value }) => (value.t === 'function' ? [value] : []))
    const named = functions.filter(
      ({ self, module }) => self?.cls && module.language === 'java' && namesIn(file).has(self.cls.name),
    )
    const fit = named.filter(({ fn }) => fn.params.length === arity)
    return named.length === 1 ? named[0] : fit.length === 1 ? fit[0] : undefined
  }

  // Of several of one name the one that a file imports, or that is in its package.
  #classNamed(name: string, from: Module): SelfValue | null {
    const last = name.split('.').at(-1) ?? ''
    const all = this.#classes.get(last) ?? []
    if (all.length <= 1) return all[0] ?? null
    const isImported = ({ module }: SelfValue) =>
      from.body.some(
        (stmt) =>
          stmt.k === 'import' &&
          stmt.source === module.package &&
          stmt.names.some(({ imported }) => imported === last),
      )
    return all.find(isImported) ?? all.find(({ module }) => module.package === from.package) ?? null
  }
}

const folderOf = ({ path }: Module) => path.replace(/[^/]*$/, '')

const known = new WeakMap<Module, ReadonlySet<string>>()
function namesIn(module: Module): ReadonlySet<string> {
  const names = known.get(module) ?? new Set(module.text.match(/\b[A-Z]\w*/g))
  known.set(module, names)
  return names
}
