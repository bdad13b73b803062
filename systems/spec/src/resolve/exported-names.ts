import type { Module } from '../parse/ir.ts'
import type { Project } from './project.ts'

/** What a module of JavaScript says that it exports: by name, as its own names or another's; and from where all of another's. */
export interface ExportedNames {
  own: ReadonlyMap<string, string>
  named: ReadonlyMap<string, readonly { source: string | null; local: string }[]>
  all: readonly string[]
  /** It may export anything: `module.exports = …`. */
  isOpen: boolean
}

function namesOf(module: Module): ExportedNames {
  const own = new Map<string, string>()
  const named = new Map<string, { source: string | null; local: string }[]>()
  const all: string[] = []
  for (const stmt of module.body) {
    if (stmt.k !== 'export') continue
    if (stmt.value) own.set('default', 'default')
    for (const { local, exported } of stmt.names) {
      if (exported === '*') {
        if (stmt.source !== null) all.push(stmt.source)
        continue
      }
      if (stmt.source === null && !own.has(exported)) own.set(exported, local)
      named.set(exported, [...(named.get(exported) ?? []), { source: stmt.source, local }])
    }
  }
  return { own, named, all, isOpen: /\bexports\b/.test(module.text) }
}

/** Names that modules export, each looked through once. */
export class Exports {
  readonly #project: Project
  readonly #known = new Map<Module, ExportedNames>()
  readonly #reached = new Map<Module, { names: ReadonlySet<string>; isOpen: boolean }>()

  constructor(project: Project) {
    this.#project = project
  }

  of(module: Module): ExportedNames {
    let known = this.#known.get(module)
    if (!known) this.#known.set(module, (known = namesOf(module)))
    return known
  }

  /** Whether a name may come from a module, or from those whose names it passes on. */
  has(module: Module, name: string): boolean {
    let known = this.#reached.get(module)
    if (!known) this.#reached.set(module, (known = this.#reach(module)))
    return known.isOpen || known.names.has(name)
  }

  #reach(module: Module): { names: Set<string>; isOpen: boolean } {
    const names = new Set<string>()
    const seen = new Set([module])
    let isOpen = false
    for (const one of seen) {
      const { named, own, all, isOpen: isAny } = this.of(one)
      for (const name of named.keys()) names.add(name)
      for (const name of own.keys()) names.add(name)
      isOpen ||= isAny
      for (const source of all) {
        const target = this.#project.resolve(one, source)
        if (target) seen.add(target)
      }
    }
    return { names, isOpen }
  }
}
