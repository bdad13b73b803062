import type { Class, Module } from '../parse/ir.ts'
import { importedNames } from './imported-names.ts'
import type { ImportedNames } from './imported-names.ts'
import type { Lookup } from './lookup.ts'
import type { Project } from './project.ts'

const enums = /^(?:enum\.(?:Str|Int)?(?:Enum|Flag)|(?:.*\.)?(?:Text|Integer)Choices)$/
/** Told by the name of what they extend (`lower-python.ts`). */
const direct = /(?:^|\.)(?:Str|Int)?(?:Enum|Flag)$|(?:^|\.)(?:Text|Integer)Choices$/
/** How many names one class is followed through. */
const maxNames = 12

/**
 * Python: enumerations that extend one of the program's own, which the file that they stand in does not tell of (docs.python.org, "Restricted Enum subclassing": one
 * without members may be extended). No module runs for it: what runs before the program does is not seen to route.
 */
export function takeOwnEnums(project: Project, lookup: Lookup): void {
  const names = new WrittenClasses(project, lookup)
  for (const { cls, module } of lookup.classes()) {
    if (module.language !== 'python' || cls.bases.length === 0 || cls.fields.length === 0) continue
    if (cls.bases.some(({ name }) => direct.test(name))) continue
    // A file that was parsed before may have been read beside others.
    const isOwn = names.extendsEnum(cls, module, maxNames)
    if (!isOwn && cls.kind !== 'enum') continue
    cls.kind = isOwn ? 'enum' : 'class'
    cls.constants = isOwn ? cls.fields.map(({ name, value }) => ({ name, value })) : []
  }
}

/** Classes of Python by the names that imports give them. */
class WrittenClasses {
  readonly #project: Project
  readonly #own = new Map<Module, Map<string, Class>>()
  readonly #imported = new Map<Module, ImportedNames>()

  constructor(project: Project, lookup: Lookup) {
    this.#project = project
    for (const { cls, module, outer } of lookup.classes()) {
      if (module.language !== 'python' || outer) continue
      const own = this.#own.get(module) ?? new Map<string, Class>()
      this.#own.set(module, own.set(cls.name, cls))
    }
  }

  extendsEnum(cls: Class, module: Module, left: number): boolean {
    return cls.bases.some(({ name }) => {
      const found = left > 0 ? this.#named(module, name, left - 1) : null
      if (found === null || typeof found === 'string') return found !== null && enums.test(found)
      return found.cls !== cls && this.extendsEnum(found.cls, found.module, left - 1)
    })
  }

  /** The class of the program that has this name in a module, or the path of what is outside. */
  #named(module: Module, name: string, left: number): { cls: Class; module: Module } | string | null {
    if (left === 0) return null
    const [first = '', ...rest] = name.split('.')
    const own = rest.length === 0 ? this.#own.get(module)?.get(first) : undefined
    if (own) return { cls: own, module }
    const { named, all } = this.#namesOf(module)
    const from = named.get(first)
    if (from) {
      const full = [from.imported, ...rest].filter((part) => part !== null)
      const source = this.#project.resolve(module, from.source)
      if (!source) return [from.source, ...full].join('.')
      const [head, ...parts] = full
      const child = head !== undefined && parts.length > 0 && this.#project.pythonChild(source, head)
      return child
        ? this.#named(child, parts.join('.'), left - 1)
        : this.#named(source, full.join('.'), left - 1)
    }
    for (const { source } of all) {
      const other = this.#project.resolve(module, source)
      const found = other && other !== module ? this.#named(other, name, left - 1) : null
      if (found !== null) return found
    }
    return null
  }

  #namesOf(module: Module): ImportedNames {
    const known = this.#imported.get(module) ?? importedNames(module)
    this.#imported.set(module, known)
    return known
  }
}
