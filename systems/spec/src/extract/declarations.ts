import type { Class, Expr, Func, Module, Span, Stmt, TypeRef } from '../parse/ir.ts'
import { patternNames } from '../parse/javascript-nodes.ts'
import type { Project } from '../resolve/project.ts'

/** Where something of the repository is declared. `cls`: a class, of which its methods are no part. `type`: of a field. */
export interface Declaration extends Span {
  module: Module
  cls: Class | null
  type?: TypeRef
}

/** What a name stands for: declarations, modules whose members are meant, or (a text) something outside, by its name there. */
export type Named = { at: Declaration } | { modules: readonly Module[] } | { outside: string } | null

/** Finds declarations by name, without running anything. */
export class Declarations {
  readonly #project: Project
  readonly #tops = new Map<Module, Map<string, Top>>()
  readonly #named = new Map<Module, Map<string, Named>>()
  /** By the files of a folder. */
  readonly #inFolders = new Map<readonly Module[], Map<string, Named>>()
  /** Classes by the names of those that they extend or implement. */
  #heirs: Map<string, { at: Declaration }[]> | null = null

  constructor(project: Project) {
    this.#project = project
  }

  /** What a name that a module uses stands for; null where the module declares and imports none. */
  of(module: Module, name: string): Named {
    let known = this.#named.get(module)
    if (!known) this.#named.set(module, (known = new Map()))
    const found = known.get(name)
    if (found !== undefined) return found
    known.set(name, null)
    const named = this.#find(module, name, 0)
    known.set(name, named)
    return named
  }

  /** A member of what a name stands for: of a module what it exports, of a class a field or a method. */
  member(of: Named, name: string): Named {
    if (of === null || 'outside' in of) return null
    if ('modules' in of) {
      for (const module of of.modules) {
        const found = this.#exported(module, name, 0)
        if (found) return found
      }
      return null
    }
    const { cls, module } = of.at
    if (!cls) return null
    const field = cls.fields.find((one) => one.name === name)
    const method = cls.members.find((one) => one.name === name)
    const inner = cls.inner.find((one) => one.name === name)
    if (inner) return { at: { module, start: inner.start, end: inner.end, cls: inner } }
    const span: Span | undefined = field ?? method
    if (span)
      return {
        at: {
          module,
          start: span.start,
          end: span.end,
          cls: null,
          ...(field?.type && { type: field.type }),
        },
      }
    // Python's constants of a class, and those of an enumeration.
    const stmt = cls.body.find((one) => one.k === 'let' && patternNames(one.target).includes(name))
    if (stmt) return { at: { module, start: stmt.start, end: stmt.end, cls: null } }
    return cls.constants.some((one) => one.name === name) ? of : null
  }

  #find(module: Module, name: string, depth: number): Named {
    if (depth > 8) return null
    const top = this.#topsOf(module).get(name)
    if (top) return this.#declared(module, top, depth)
    for (const stmt of module.body) {
      if (stmt.k !== 'import') continue
      for (const { imported, local } of stmt.names)
        if (local === name) return this.#imported(module, stmt.source, imported, depth)
    }
    if (module.language === 'go') return this.#inFolder(module, name)
    if (module.language === 'java')
      return this.ofClasses(module, name) ?? this.#ofJava(module, `${module.package}.${name}`)
    for (const stmt of module.body)
      if (stmt.k === 'import' && stmt.names.some(({ local }) => local === '*')) {
        const target = this.#project.resolve(module, stmt.source)
        const found = target && target !== module ? this.#find(target, name, depth + 1) : null
        if (found) return found
      }
    return null
  }

  /** Methods of that name of what a field holds: of its class, or of those that extend or implement it. */
  methodsOf({ module, type }: Declaration, name: string): Declaration[] {
    const of = type ? this.of(module, type.name) : null
    const cls = of && 'at' in of ? of.at.cls : null
    if (!cls) return []
    const own = [of, ...this.#below(cls.name)]
    return own.flatMap((one) => {
      const found = this.member(one, name)
      return found && 'at' in found ? [found.at] : []
    })
  }

  #below(name: string): { at: Declaration }[] {
    if (!this.#heirs) {
      this.#heirs = new Map()
      for (const module of this.#project.modules.values())
        for (const stmt of module.body)
          if (stmt.k === 'class')
            for (const base of stmt.cls.bases) {
              const at = { module, start: stmt.start, end: stmt.end, cls: stmt.cls }
              this.#heirs.set(base.name, [...(this.#heirs.get(base.name) ?? []), { at }])
            }
    }
    return this.#heirs.get(name) ?? []
  }

  /** A field or a method of a class of the file, by its name. */
  ofClasses(module: Module, name: string): Named {
    for (const stmt of module.body) {
      if (stmt.k !== 'class') continue
      const found = this.member({ at: { module, start: stmt.start, end: stmt.end, cls: stmt.cls } }, name)
      if (found) return found
    }
    return null
  }

  #inFolder(module: Module, name: string): Named {
    const folder = this.#project.folderOf(module)
    let known = this.#inFolders.get(folder)
    if (!known) this.#inFolders.set(folder, (known = new Map()))
    let found = known.get(name)
    if (found === undefined) {
      const one = folder.find((each) => this.#topsOf(each).has(name))
      const top = one && this.#topsOf(one).get(name)
      known.set(name, (found = one && top ? this.#declared(one, top, 0) : null))
    }
    return found
  }

  #imported(module: Module, source: string, imported: string | null, depth: number): Named {
    if (module.language === 'go') {
      const modules = this.#project.resolveGo(source)
      return modules.length > 0 ? { modules } : { outside: source }
    }
    if (module.language === 'java')
      return this.#ofJava(module, `${source}.${imported}`) ?? { outside: `${imported}` }
    const target = this.#project.resolve(module, source)
    if (!target) {
      const inner =
        module.language === 'python' && imported !== null
          ? this.#project.resolve(module, source.endsWith('.') ? source + imported : `${source}.${imported}`)
          : null
      if (inner) return { modules: [inner] }
      return source.startsWith('.')
        ? null
        : { outside: imported === null || imported === 'default' ? source : imported }
    }
    if (imported === null || imported === '*') return this.#whole(target, depth) ?? { modules: [target] }
    const found = this.#exported(target, imported, depth + 1)
    if (found) return found
    const child = module.language === 'python' ? this.#project.pythonChild(target, imported) : null
    return child ? { modules: [child] } : { modules: [target] }
  }

  /** What a call makes that a file of JavaScript gives as a whole: a model of its schema. */
  #whole(module: Module, depth: number): Named {
    const tops = this.#topsOf(module)
    const whole = tops.get('exports.')
    if (!whole || [...tops.keys()].some((name) => /^exports\../.test(name))) return null
    if (whole.alias === undefined) return this.#declared(module, whole, depth)
    return tops.get(whole.alias)?.isCalled ? this.#find(module, whole.alias, depth + 1) : null
  }

  #exported(module: Module, name: string, depth: number): Named {
    if (depth > 8) return null
    if (module.language !== 'javascript') return this.#find(module, name, depth)
    for (const stmt of module.body) {
      if (stmt.k !== 'export') continue
      if (stmt.value && name === 'default')
        return stmt.value.k === 'name'
          ? this.#find(module, stmt.value.name, depth + 1)
          : { at: { module, start: stmt.start, end: stmt.end, cls: classOf(stmt.value) } }
      for (const one of stmt.names) {
        if (one.exported !== name && one.exported !== '*') continue
        if (stmt.source === null) return this.#find(module, one.local, depth + 1)
        const target = this.#project.resolve(module, stmt.source)
        if (target && one.local === '*' && one.exported === name) return { modules: [target] }
        const found = target ? this.#exported(target, one.local === '*' ? name : one.local, depth + 1) : null
        if (found) return found
      }
    }
    const top = this.#topsOf(module).get(`exports.${name}`)
    return top ? this.#declared(module, top, depth) : null
  }

  #declared(module: Module, top: Top, depth: number): Named {
    if (top.source !== undefined) return this.#imported(module, top.source, top.part ?? null, depth + 1)
    if (top.alias !== undefined) return this.#find(module, top.alias, depth + 1)
    return { at: { module, start: top.start, end: top.end, cls: top.cls } }
  }

  #ofJava(module: Module, full: string): Named {
    const found = this.#project.javaClass(full)
    if (found)
      return { at: { module: found.module, start: found.cls.start, end: found.cls.end, cls: found.cls } }
    // A static member that is imported.
    const cut = full.lastIndexOf('.')
    const owner = this.#project.javaClass(full.slice(0, cut))
    return owner && owner.module !== module
      ? this.member(
          { at: { module: owner.module, start: owner.cls.start, end: owner.cls.end, cls: owner.cls } },
          full.slice(cut + 1),
        )
      : null
  }

  #topsOf(module: Module): Map<string, Top> {
    let known = this.#tops.get(module)
    if (!known) this.#tops.set(module, (known = topsOf(module.body)))
    return known
  }
}

/** A declaration at the top of a file. `source`: it is what is required from there, `part` of it. `alias`: another name for what is declared under this one. `isCalled`: a call makes it. */
interface Top extends Span {
  cls: Class | null
  source?: string
  part?: string
  alias?: string
  isCalled?: boolean
}

function topsOf(body: readonly Stmt[]): Map<string, Top> {
  const tops = new Map<string, Top>()
  const put = (name: string, top: Top) => {
    if (!tops.has(name)) tops.set(name, top)
  }
  for (const stmt of body) {
    const { start, end } = stmt
    if (stmt.k === 'func') put(stmt.fn.name, { start, end, cls: null })
    if (stmt.k === 'class') put(stmt.cls.name, { start, end, cls: stmt.cls })
    if (stmt.k === 'let') {
      const source = stmt.value && requiredBy(stmt.value)
      if (source && stmt.target.k === 'object')
        for (const { key, value } of stmt.target.entries) {
          if (key?.k === 'str')
            for (const name of patternNames(value))
              put(name, { start, end, cls: null, source, part: key.value })
        }
      else
        for (const name of patternNames(stmt.target))
          put(name, {
            start,
            end,
            cls: classOf(stmt.value),
            ...(source ? { source } : { isCalled: stmt.value?.k === 'call' }),
          })
    }
    if (stmt.k === 'expr' && stmt.e.k === 'assign') {
      const name = exportedAs(stmt.e.target)
      const { value } = stmt.e
      const top = value.k === 'name' ? { alias: value.name } : {}
      if (name !== null && name !== '') put(`exports.${name}`, { start, end, cls: classOf(value), ...top })
      if (name === '' && ((value.k === 'call' && requiredBy(value) === null) || value.k === 'name'))
        put('exports.', { start, end, cls: null, ...top })
      if (name === '' && value.k === 'object')
        for (const { key, value: one } of value.entries)
          if (key?.k === 'str')
            put(`exports.${key.value}`, {
              start: one.start,
              end: one.end,
              cls: null,
              ...(one.k === 'name' ? { alias: one.name } : {}),
            })
    }
  }
  return tops
}

const classOf = (e: Expr | null): Class | null => (e?.k === 'class' ? e.cls : null)

function requiredBy(e: Expr): string | null {
  const [first] = e.k === 'call' && e.callee.k === 'name' && e.callee.name === 'require' ? e.args : []
  return first?.value.k === 'str' ? first.value.value : null
}

/** `x` of `exports.x` and `module.exports.x`; empty of `module.exports`. */
function exportedAs(e: Expr): string | null {
  if (e.k !== 'member') return null
  if (e.of.k === 'name' && e.of.name === 'exports') return e.name
  if (e.of.k === 'name' && e.of.name === 'module' && e.name === 'exports') return ''
  return exportedAs(e.of) === '' ? e.name : null
}

/** Functions that stand in a span: what is named for its values is not called by that. */
export function functionsIn(body: readonly Stmt[], { start, end }: Span): Func[] {
  const inside = (span: Span) => start <= span.start && span.end <= end
  const found: Func[] = []
  const ofExpr = (e: Expr | null): void => {
    if (e?.k === 'func') found.push(e.fn)
    else if (e?.k === 'object') for (const { value } of e.entries) ofExpr(value)
  }
  for (const stmt of body) {
    if (!inside(stmt)) continue
    if (stmt.k === 'let' && stmt.value?.k === 'object') ofExpr(stmt.value)
    if (stmt.k === 'export' && stmt.value?.k === 'object') ofExpr(stmt.value)
    if (stmt.k === 'expr' && stmt.e.k === 'assign' && stmt.e.value.k === 'object') ofExpr(stmt.e.value)
  }
  return found
}
