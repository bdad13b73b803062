import { onceFor } from '../facts/once-for.ts'
import type { Class, Expr, Module, Stmt } from '../parse/ir.ts'
import { dotted } from '../parse/javascript-nodes.ts'
import { isExpr, walk } from '../parse/walk.ts'
import type { Project } from '../resolve/project.ts'

type Call = Extract<Expr, { k: 'call' }>

/** What a strategy is made with, by names: of objects that are written, and of those that its names stand for in the module. */
export type Options = ReadonlyMap<string, Expr>

/** A strategy of passport that a program makes. */
export interface MadeStrategy {
  /** The package that it is of, without a scope; empty where that is not known. */
  of: string
  /** What it is registered as; null where that is left to its package, or not known. */
  name: string | null
  options: Options
}

/** All strategies of passport that a program makes: `new …Strategy(…)`, and classes of Nest's. */
export const strategiesMade = onceFor((modules: ReadonlyMap<string, Module>): readonly MadeStrategy[] =>
  [...modules.values()].flatMap((module) =>
    module.language === 'javascript' && /strategy/i.test(module.text) ? madeIn(module) : [],
  ),
)

/** Whether a strategy of this name is code of the program's own (passport-custom), which may look at anything. */
export const isCustomStrategy = (name: string, { modules }: Project): boolean =>
  strategiesMade(modules).some((made) => made.name === name && made.of === 'passport-custom')

/** What a class of a module hands the class that it extends (`super({ … })`). */
export const handedUp = (cls: Class, module: Module): Options => {
  const found = new Followed(treeOf(module))
  for (const { value } of superArgs(cls)) found.follow(value)
  return found.options
}

/** All calls that a module of JavaScript writes. */
export const callsIn = (module: Module): readonly Call[] => treeOf(module).calls

interface Tree {
  /** Names of the module by the package that they come of: `passport-jwt.Strategy`. */
  imported: ReadonlyMap<string, string>
  /** What names are given, wherever in the module. */
  given: ReadonlyMap<string, readonly Expr[]>
  /** What members of names are given. */
  set: ReadonlyMap<string, readonly { member: string; value: Expr }[]>
  calls: readonly Call[]
  objects: readonly Extract<Expr, { k: 'object' }>[]
  classes: readonly Class[]
}

const treeOf = onceFor((module: Module): Tree => {
  const imported = new Map<string, string>()
  const given = new Map<string, Expr[]>()
  const set = new Map<string, { member: string; value: Expr }[]>()
  const tree = {
    imported,
    given,
    set,
    calls: [] as Call[],
    objects: [] as Tree['objects'][number][],
    classes: [] as Class[],
  }
  const give = (target: Expr, value: Expr): void => {
    const path = pathOf(value, tree)
    if (target.k === 'object')
      for (const { key, value: name } of target.entries)
        if (path !== null && key?.k === 'str' && name.k === 'name')
          imported.set(name.name, `${path}.${key.value}`)
    if (target.k === 'name') {
      if (path !== null) imported.set(target.name, path)
      else given.set(target.name, [...(given.get(target.name) ?? []), value])
    }
    if (target.k === 'member' && target.of.k === 'name')
      set.set(target.of.name, [...(set.get(target.of.name) ?? []), { member: target.name, value }])
  }
  walk(module.body, (node) => {
    if (isExpr(node, 'call')) tree.calls.push(node)
    if (isExpr(node, 'object')) tree.objects.push(node)
    if (isExpr(node, 'assign')) give(node.target, node.value)
    if ('baseExprs' in node) tree.classes.push(node as Class)
    const stmt = node as Partial<Stmt>
    if (stmt.k === 'let' && stmt.target && stmt.value) give(stmt.target, stmt.value)
    if (stmt.k === 'import')
      for (const { local, imported: name } of stmt.names ?? [])
        imported.set(local, name === null ? (stmt.source ?? '') : `${stmt.source}.${name}`)
  })
  return tree
})

// `require('passport-local').Strategy`, and names that stand for it; null of what comes of no module.
function pathOf(e: Expr, { imported }: Pick<Tree, 'imported'>): string | null {
  if (e.k === 'name') return imported.get(e.name) ?? null
  if (e.k === 'member') {
    const of = pathOf(e.of, { imported })
    return of === null ? null : `${of}.${e.name}`
  }
  const [first] = e.k === 'call' && e.callee.k === 'name' && e.callee.name === 'require' ? e.args : []
  return first?.value.k === 'str' ? first.value.value : null
}

const ofPassport = /^(?:@[\w-]+\/)?(passport-[\w-]+)/

function madeIn(module: Module): MadeStrategy[] {
  const tree = treeOf(module)
  const names = registered(tree)
  const made = tree.calls.flatMap((call) => {
    const path = pathOf(call.callee, tree) ?? ''
    const own = (dotted(call.callee) ?? '').split('.').at(-1) ?? ''
    const isMade = call.isNew && (/strategy/i.test(own) || isStrategy(path))
    return isMade ? [{ path, call, args: call.args, name: names.get(call) ?? null }] : []
  })
  const ofNest = tree.classes.flatMap((cls) =>
    cls.baseExprs.flatMap((base) => {
      const [of, name] = base.k === 'call' ? base.args : []
      return of && base.k === 'call' && (dotted(base.callee) ?? '').endsWith('PassportStrategy')
        ? [
            {
              path: pathOf(of.value, tree) ?? '',
              call: null,
              args: superArgs(cls),
              name: textIn(name?.value, tree),
            },
          ]
        : []
    }),
  )
  const all = [...made, ...ofNest]
  return all.map(({ path, args, name }) => {
    const found = new Followed(tree)
    const [options] = args.filter(({ value }) => value.k !== 'func')
    if (options) found.follow(options.value)
    // Where a module makes one alone, all that it writes may be for that.
    if (found.isOpen && all.length === 1) for (const one of tree.objects) found.follow(one)
    return { of: ofPassport.exec(path)?.[1] ?? '', name, options: found.options }
  })
}

const isStrategy = (path: string) =>
  ofPassport.test(path) && /^(?:@[\w-]+\/)?[\w-]+(?:\.default)?(?:\.\w*Strategy\w*)?$/.test(path)

function superArgs(cls: Class): Call['args'] {
  let args: Call['args'] = []
  walk(cls.members, (node) => {
    if (isExpr(node, 'call') && node.callee.k === 'name' && node.callee.name === 'super') args = node.args
  })
  return args
}

// `passport.use('desk', new LocalStrategy(…))`, also of one that a name stands for.
function registered(tree: Tree): ReadonlyMap<Expr, string> {
  const names = new Map<Expr, string>()
  for (const { callee, args } of tree.calls) {
    const [name, strategy] = args
    if (callee.k !== 'member' || callee.name !== 'use' || !strategy) continue
    const text = textIn(name?.value, tree)
    const made = strategy.value.k === 'name' ? (tree.given.get(strategy.value.name) ?? []) : [strategy.value]
    if (text !== null) for (const one of made) names.set(one, text)
  }
  return names
}

function textIn(e: Expr | undefined, { given }: Tree): string | null {
  const [only, ...others] = e?.k === 'name' ? (given.get(e.name) ?? []) : [e]
  return only?.k === 'str' && others.length === 0 ? only.value : null
}

/** Gathers what stands in objects, and in what their names stand for in the module. */
class Followed {
  readonly options = new Map<string, Expr>()
  /** Some of it comes of elsewhere. */
  isOpen = false
  readonly #tree: Tree
  readonly #seen = new Set<string>()

  constructor(tree: Tree) {
    this.#tree = tree
  }

  follow(e: Expr): void {
    if (e.k === 'object')
      for (const { key, value } of e.entries) {
        if (key?.k === 'str' && !this.options.has(key.value)) this.options.set(key.value, value)
        if (key === null || value.k === 'name' || value.k === 'object') this.follow(value)
      }
    else if (e.k === 'name') this.#name(e.name)
    else if (e.k === 'call') {
      this.isOpen ||= !e.isNew
      for (const { value } of e.args) this.follow(value)
    } else if (e.k === 'spread') this.follow(e.of)
    else if (e.k === 'member' || e.k === 'cond' || e.k === 'binary' || e.k === 'index') this.isOpen = true
  }

  #name(name: string): void {
    if (this.#seen.has(name)) return
    this.#seen.add(name)
    const { given, set } = this.#tree
    const all = given.get(name)
    this.isOpen ||= !all
    for (const one of all ?? []) this.follow(one)
    for (const { member, value } of set.get(name) ?? [])
      if (!this.options.has(member)) this.options.set(member, value)
  }
}
