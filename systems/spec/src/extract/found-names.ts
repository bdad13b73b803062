import { posix } from 'node:path'
import type { Class, Expr, Module, Param, Stmt } from '../parse/ir.ts'

/** Names that whoever reads a repository finds: those at the top of its modules, members of its classes, and its functions. */
export class FoundNames {
  /** Functions and classes of all of it, by the name that they are called by. */
  readonly #called = new Set<string>()
  readonly #ofModule = new Map<Module, Set<string>>()
  readonly #locals = new Map<Module, ReadonlyMap<string, 'variable' | 'parameter'>>()
  #byName: Map<string, Module[]> | null = null
  /** Go: what all files of a folder have. */
  readonly #ofFolder = new Map<string, Set<string>>()

  constructor(modules: Iterable<Module>) {
    for (const module of modules) {
      const own = new Set<string>()
      const names = {
        add: (name: string) => own.add(name),
        call: (name: string) => this.#called.add(name),
      }
      for (const stmt of module.body) topNames(stmt, names)
      this.#ofModule.set(module, own)
      if (module.language !== 'go') continue
      const folder = posix.dirname(module.path)
      const all = this.#ofFolder.get(folder) ?? new Set()
      for (const name of own) all.add(name)
      this.#ofFolder.set(folder, all)
    }
  }

  /** Whether a name stands at the top of a module, or is a member of one of its classes. */
  has(module: Module, name: string): boolean {
    return (
      this.#ofModule.get(module)?.has(name) === true ||
      (module.language === 'go' && this.#ofFolder.get(posix.dirname(module.path))?.has(name) === true)
    )
  }

  /** Whether functions of a module have a variable of this name, are only handed something by it, or know none. */
  localOf(module: Module, name: string): 'variable' | 'parameter' | null {
    const known = this.#locals.get(module) ?? localsOf(module)
    this.#locals.set(module, known)
    return known.get(name) ?? null
  }

  /** Modules that have a name at their top or in one of their classes. */
  modulesWith(name: string): readonly Module[] {
    if (this.#byName === null) {
      this.#byName = new Map()
      for (const [module, names] of this.#ofModule)
        for (const one of names) {
          const all = this.#byName.get(one)
          if (all) all.push(module)
          else this.#byName.set(one, [module])
        }
    }
    return this.#byName.get(name) ?? []
  }

  /** Whether the repository has a function of this name. */
  calls(name: string): boolean {
    return this.#called.has(name)
  }
}

interface Names {
  add(name: string): void
  call(name: string): void
}

/** All that is declared in functions: what they are handed, keep in variables, go through in loops and catch. What a function without a name is handed is as a variable is. */
function localsOf(module: Module): Map<string, 'variable' | 'parameter'> {
  const found = new Map<string, 'variable' | 'parameter'>()
  const variables = { add: (name: string) => void found.set(name, 'variable'), call: () => {} }
  const parameters = {
    add: (name: string) => void found.set(name, found.get(name) ?? 'parameter'),
    call: () => {},
  }
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) visit(one)
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return
    const { k, params, target, vars, name, body } = node as Partial<{
      k: string
      params: Param[]
      target: Expr
      vars: Expr | Expr[]
      name: string
      body: unknown
    }>
    if (params) {
      const names = name === '' ? variables : parameters
      for (const param of params) {
        names.add(param.name)
        if (param.pattern) namesOf(param.pattern, names)
      }
    }
    if ((k === 'let' || k === 'assign') && target) namesOf(target, variables)
    for (const one of [vars ?? []].flat()) namesOf(one, variables)
    // What a handler takes.
    if (k === undefined && 'types' in node && body && typeof name === 'string') variables.add(name)
    for (const key in node) {
      const value: unknown = (node as Record<string, unknown>)[key]
      if (typeof value === 'object') visit(value)
    }
  }
  visit(module.body)
  return found
}

function topNames(stmt: Stmt, names: Names): void {
  switch (stmt.k) {
    case 'let':
      if (stmt.value?.k === 'func' && stmt.target.k === 'name') names.call(stmt.target.name)
      return namesOf(stmt.target, names)
    case 'func':
      names.add(stmt.fn.name)
      return names.call(stmt.fn.name)
    case 'class':
      return classNames(stmt.cls, names)
    case 'import':
      for (const { local, imported } of stmt.names) {
        names.add(local)
        // A module is no function.
        if (imported !== null) names.call(local)
      }
      return
    case 'expr':
      // Go's and Python's variables, and what is set at the top.
      return stmt.e.k === 'assign' ? namesOf(stmt.e.target, names) : undefined
    case 'export':
      if (stmt.value?.k === 'func') names.call(stmt.value.fn.name)
      return
    case 'if':
      for (const one of [...stmt.whenTrue, ...stmt.whenFalse]) topNames(one, names)
      return
    case 'block':
      for (const one of stmt.body) topNames(one, names)
      return
    case 'try':
      for (const one of [...stmt.body, ...stmt.handlers.flatMap(({ body }) => body)]) topNames(one, names)
      return
    default:
  }
}

function classNames(cls: Class, names: Names): void {
  names.add(cls.name)
  names.call(cls.name)
  for (const { name } of [...cls.fields, ...cls.constants]) names.add(name)
  for (const { name, params } of cls.members) {
    names.add(name)
    names.call(name)
    // What a constructor keeps is a member as well.
    if (name === 'constructor') for (const param of params) names.add(param.name)
  }
  for (const one of cls.inner) classNames(one, names)
}

function namesOf(target: Expr, names: Names): void {
  if (target.k === 'name') names.add(target.name)
  if (target.k === 'array') for (const item of target.items) namesOf(item, names)
  if (target.k === 'object') for (const { value } of target.entries) namesOf(value, names)
  if (target.k === 'assign') namesOf(target.target, names)
  if (target.k === 'member' && target.of.k === 'name') names.add(target.name)
}
