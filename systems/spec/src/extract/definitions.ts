import { posix } from 'node:path'
import { keptIn } from '../facts/once-for.ts'
import type { Class, Expr, FieldDecl, Func, Module, Span, Stmt } from '../parse/ir.ts'
import { SiteMap } from '../resolve/site-map.ts'
import type { Site } from '../resolve/values.ts'
import type { FoundNames } from './found-names.ts'

/** What a name stands for, as it is written: a variable that is set, a head, what a function gives, a constant, a class. */
export interface Definition {
  site: Site
  /** The function that the name is known in; null where all of its module knows it. */
  scope: Span | null
  /** Fields of a class, entries of an object: of a long one as many are shown as are wanted. */
  parts: readonly Span[]
}

/** A call or another use of a name, in its line. */
export interface Use {
  site: Site
  /** What code calls to come there: the functions around it, else the variable that keeps what is made there. */
  names: readonly string[]
  /** It is handed on and not called here: code puts it where it will be called. */
  isHanded: boolean
}

/** Finds what stands behind the names in a text of the code, as a reader does: in its function, its module, and what that imports. */
export class Definitions {
  readonly #modules: readonly Module[]
  readonly #names: FoundNames
  readonly #read = new Map<Module, Read>()
  readonly #callers = new SiteMap<readonly string[]>()
  readonly #uses = new Map<string, readonly Use[]>()
  readonly #others = new Map<Module, Map<string, readonly Definition[]>>()

  constructor(modules: Iterable<Module>, names: FoundNames) {
    this.#modules = [...modules]
    this.#names = names
  }

  /** What a name at a place may stand for, the nearest first. */
  of(name: string, at: Site): Definition[] {
    const own = (this.#readOf(at.module).definitions.get(name) ?? [])
      .filter(({ scope }) => scope === null || (scope.start <= at.start && at.start <= scope.end))
      .toSorted((a, b) => (b.scope?.start ?? -1) - (a.scope?.start ?? -1))
    return [...own, ...this.#ofOthers(name, at.module)].slice(0, maxDefinitions)
  }

  // What a name of a module stands for in others.
  #ofOthers(name: string, from: Module): readonly Definition[] {
    const known = keptIn(this.#others, from, () => new Map<string, readonly Definition[]>())
    return keptIn(known, name, () => this.#foundInOthers(name, from))
  }

  #foundInOthers(name: string, from: Module): readonly Definition[] {
    const having = this.#names.modulesWith(name)
    const definedIn = (module: Module) =>
      (this.#readOf(module).definitions.get(name) ?? []).filter(({ scope }) => scope === null)
    // What so many have says nothing of which is meant.
    const others = (having.length > maxHaving ? [] : having).filter((module) => module !== from)
    const seen = others
      .filter((module) => sees(from, module))
      .slice(0, maxModules)
      .flatMap(definedIn)
    // Another package of the repository is imported by its own name; what only one module has is that.
    const [only, ...more] =
      seen.length === 0 && imports(from, name)
        ? others.filter((module) => module.language === from.language && definedIn(module).length > 0)
        : []
    return only && more.length === 0 ? definedIn(only) : seen
  }

  /** Where code that knows what `module` has uses a name of it. */
  usesOf(name: string, module: Module): readonly Use[] {
    const key = `${module.path}#${name}`
    const known = this.#uses.get(key)
    if (known) return known
    const found: Use[] = []
    for (const one of this.#modules) {
      if (found.length >= maxUses) break
      if (one.text.includes(name) && (one === module || sees(one, module)))
        found.push(...this.#usesIn(one, name).slice(0, maxUses))
    }
    this.#uses.set(key, found)
    return found
  }

  #usesIn(module: Module, name: string): Use[] {
    const { text } = module
    const { functions, calls } = this.#readOf(module)
    const found: Use[] = []
    const own = name.replaceAll('$', String.raw`\$`)
    for (const { index } of text.matchAll(new RegExp(String.raw`(?<![\w$])${own}(?![\w$])`, 'g'))) {
      const site = lineOf(module, index)
      const line = text.slice(site.start, site.end)
      if (notCode.test(line) || functions.some((one) => isNameOf(one, name, index))) continue
      // What stands in a head is asked for by that function.
      const head = functions.findLast(({ fn }) => startOf(fn) <= index && index < fn.headEnd)
      const names = head
        ? [head.name].filter((one) => one !== '')
        : this.functionsAt({ ...site, start: index, end: index })
      if (names.includes(name)) continue
      const [, kept] = head || names.length > 0 ? [] : (keeps.exec(line) ?? [])
      // Neither called here, nor asked for something that it has, nor set.
      const isHanded = !/^\s*(?:<[^<>()]*>)?(?:\(|\.|:?=(?!=))/.test(
        text.slice(index + name.length, index + name.length + 40),
      )
      found.push({
        site: { ...widened(site, index, calls), symbol: names[0] ?? '' },
        names: kept === undefined || kept === name ? names : [kept],
        isHanded: isHanded && kept === undefined && !head,
      })
    }
    return found
  }

  /** A place up to the body of the function that is written in it, where that is more than a few words. */
  withoutBody(site: Site): Site {
    const inner = this.#readOf(site.module).functions.find(
      ({ fn }) => site.start <= fn.start && fn.end <= site.end && fn.end - fn.headEnd > maxInline,
    )
    return inner && inner.fn.headEnd > site.start ? { ...site, end: inner.fn.headEnd } : site
  }

  /** Names that code calls to come to a place, the innermost function's first; of what is called by another word its class. The class of a method comes last. */
  callersAt(site: Site): readonly string[] {
    return this.#callers.get(site, () => this.#callersAt(site))
  }

  /** The same without the class. */
  functionsAt(site: Site): readonly string[] {
    const names = this.callersAt(site)
    const owner = this.ownerAt(site)
    return owner === '' || names.length < 2 ? names : names.filter((one) => one !== owner)
  }

  /** The class whose method a place stands in; empty where it is in none. */
  ownerAt({ module, start, end }: Site): string {
    return this.#readOf(module).functions.find(({ fn }) => fn.headEnd <= start && end <= fn.end)?.owner ?? ''
  }

  #callersAt({ module, start, end }: Site): readonly string[] {
    const around = this.#readOf(module)
      .functions.filter(({ fn }) => fn.headEnd <= start && end <= fn.end)
      .toReversed()
    const names = around.flatMap(({ name, owner }) =>
      name === '' ? [] : owner !== '' && calledOtherwise.test(name) ? [owner] : [name],
    )
    const [outer] = around.slice(-1)
    return [...new Set(outer?.owner ? [...names, outer.owner] : names)]
  }

  #readOf(module: Module): Read {
    const known = this.#read.get(module)
    if (known) return known
    const made = readAll(module)
    this.#read.set(module, made)
    return made
  }
}

const maxModules = 6
const maxHaving = 80
const maxDefinitions = 16
const maxUses = 40

const notCode = /^(?:import\b|from\s|export\s.*\bfrom\b|package\b|\/\/|\/?\*|#(?!\[))|\brequire\(/

/** A variable at the top of a module, or a field, that keeps something. */
const keeps =
  /^(?:(?:export|const|let|var|final|static|public|private|protected)\s+)*(\w+)\s*(?::[^=]+)?:?=(?!=)/

/** What frameworks and languages call a function by that is not its name. */
const calledOtherwise = /^(?:constructor|__\w+__)$/

// With its decorators.
const startOf = (fn: Func): number => Math.min(fn.start, ...fn.decorators.map(({ start }) => start))

// The name of a function in its own head.
const isNameOf = ({ fn, name }: Named, used: string, index: number): boolean =>
  name === used &&
  fn.start <= index &&
  index < fn.headEnd &&
  !fn.decorators.some((one) => one.start <= index && index < one.end)

interface Named {
  fn: Func
  name: string
  /** The class that it is a method of; empty where it is of none. */
  owner: string
}

// Of a call in several lines all of it, where it is short.
function widened(line: Site, index: number, calls: readonly Span[]): Site {
  const around = calls
    .filter(({ start, end }) => start <= index && index < end && end - start <= maxCall)
    .toSorted((a, b) => a.end - a.start - (b.end - b.start))
    .find(({ start, end }) => start < line.start || line.end < end)
  return around && !line.module.text.slice(line.start, index).includes('(')
    ? { ...line, start: around.start, end: around.end }
    : line
}
const maxCall = 400

interface Read {
  calls: readonly Span[]
  definitions: ReadonlyMap<string, readonly Definition[]>
  /** From the outside in, by where they begin. */
  functions: readonly Named[]
}

interface Around {
  scope: Span | null
  /** What gives back what is returned here. */
  name: string
  symbol: string
  /** Where that is known. */
  outer: Span | null
}

// All that has a name in a module.
function readAll(module: Module): Read {
  const definitions = new Map<string, Definition[]>()
  const functions: Named[] = []
  const calls: Span[] = []
  const add = (
    name: string,
    span: Span,
    around: Pick<Around, 'scope' | 'symbol'>,
    parts: readonly Span[] = [],
  ) => {
    if (name === '') return
    const all = definitions.get(name) ?? []
    definitions.set(name, all)
    all.push({
      site: { module, start: span.start, end: span.end, symbol: around.symbol },
      scope: around.scope,
      parts,
    })
  }
  const visit = (node: unknown, around: Around, hint = ''): void => {
    if (Array.isArray(node)) {
      for (const one of node) visit(one, around)
      return
    }
    if (typeof node !== 'object' || node === null) return
    if (isFunc(node)) {
      const name = node.name === '' ? hint : node.name
      const owner = around.scope === null ? around.symbol : ''
      functions.push({ fn: node, name, owner: owner === '' ? (node.receiver?.type?.name ?? '') : owner })
      const made = module.language === 'javascript' ? setOfThis(node.body) : []
      if (node.name !== '')
        add(name, made.length > 0 ? node : { start: node.start, end: node.headEnd }, around, made)
      const inside: Around = {
        scope: node,
        name,
        symbol:
          name === ''
            ? around.symbol
            : around.symbol === ''
              ? name
              : `${around.symbol.split('.')[0]}.${name}`,
        outer: around.scope,
      }
      for (const param of node.params)
        if (param.default || param.type) add(param.name, param, { ...inside, scope: node })
      visit(node.decorators, around)
      visit(node.params, inside)
      return visit(node.body, inside)
    }
    if (isClass(node)) {
      add(node.name, node, around, [
        ...node.fields,
        ...node.members.map((one) => ({ start: one.start, end: one.headEnd })),
      ])
      const inside: Around = { scope: null, name: '', symbol: node.name, outer: null }
      for (const { name, value } of node.constants) if (value) add(name, lineOf(module, value.start), inside)
      for (const key of ['decorators', 'members', 'fields', 'inner', 'body', 'setUp', 'baseExprs'] as const)
        visit(node[key], inside)
      return
    }
    if (isField(node)) {
      add(
        node.name,
        node.value && node.value.end > node.end ? { start: node.start, end: node.value.end } : node,
        around,
      )
      return visit(node.value, around, node.name)
    }
    if ('k' in node && node.k === 'call') calls.push(node as Expr)
    const { k, target, value, entries, vars, over } = node as Partial<{
      k: string
      target: Expr
      value: Expr | null
      entries: { key: Expr | null; value: Expr }[]
      vars: Expr | Expr[]
      over: Expr | null
    }>
    if ((k === 'let' || k === 'assign') && target) {
      const names = namesOf(target)
      for (const name of names) add(name, headed(node as Span, value ?? null), around, partsOf(value ?? null))
      return visit(value, around, names[0] ?? '')
    }
    if (k === 'return' && value && around.name !== '')
      add(around.name, node as Span, { scope: around.outer, symbol: around.symbol }, partsOf(value))
    if (k === 'loop' && over) for (const name of [vars ?? []].flat().flatMap(namesOf)) add(name, over, around)
    if (k === 'object' && entries)
      for (const { key, value: held } of entries) {
        const name = key?.k === 'name' ? key.name : key?.k === 'str' ? key.value : ''
        if (key) add(name, headed({ start: key.start, end: held.end }, held), around)
        visit(held, around, name)
      }
    else
      for (const key in node) {
        const held: unknown = (node as Record<string, unknown>)[key]
        if (typeof held === 'object') visit(held, around, hint)
      }
  }
  visit(module.body, { scope: null, name: '', symbol: '', outer: null })
  functions.sort(({ fn: a }, { fn: b }) => a.start - b.start || b.end - a.end)
  return { definitions, functions, calls }
}

const isFunc = (node: object): node is Func => 'params' in node && 'headEnd' in node && 'hasBody' in node
const isClass = (node: object): node is Class => 'members' in node && 'headEnd' in node && 'constants' in node
const isField = (node: object): node is FieldDecl => 'tag' in node && 'isStatic' in node

function namesOf(target: Expr): string[] {
  switch (target.k) {
    case 'name':
      return [target.name]
    case 'member':
      return [target.name, ...namesOf(target.of).filter((name) => !/^(?:this|self)$/.test(name))]
    case 'array':
      return target.items.flatMap(namesOf)
    case 'object':
      return target.entries.flatMap(({ value }) => namesOf(value))
    case 'assign':
      return namesOf(target.target)
    case 'index':
      return namesOf(target.of)
    case 'spread':
    case 'unary':
      return namesOf(target.of)
    default:
      return []
  }
}

// What a function of JavaScript sets of the thing that `new` makes.
const setOfThis = (body: readonly Stmt[]): Span[] =>
  body.flatMap((one) => {
    if (one.k === 'if') return [...setOfThis(one.whenTrue), ...setOfThis(one.whenFalse)]
    const set = one.k === 'expr' && one.e.k === 'assign' ? one.e.target : null
    return set?.k === 'member' && set.of.k === 'name' && set.of.name === 'this' ? [one] : []
  })

// What holds a function is shown by its head.
function headed(span: Span, value: Expr | null): Span {
  const fn =
    value === null ? null : value.k === 'func' ? value.fn : value.k === 'call' ? lastFunction(value) : null
  return fn && fn.end - fn.headEnd > maxInline
    ? { start: span.start, end: Math.max(fn.headEnd, span.start + 1) }
    : span
}
const maxInline = 120

function lastFunction(call: Extract<Expr, { k: 'call' }>): Func | null {
  const last = call.args.findLast(({ value }) => value.k === 'func')?.value
  return last?.k === 'func' ? last.fn : null
}

// Entries of the object that is written there, however it is handed on.
function partsOf(value: Expr | null): Span[] {
  if (value?.k === 'object')
    return value.entries.map(({ key, value: held }) => ({ start: key?.start ?? held.start, end: held.end }))
  if (value?.k === 'array') return value.items.flatMap(partsOf)
  if (value?.k === 'call')
    return value.args.flatMap((arg) => [
      { start: arg.value.start, end: arg.value.end },
      ...partsOf(arg.value),
    ])
  if (value?.k === 'unary' || value?.k === 'as') return partsOf(value.of)
  return []
}

/** The line of a place, without what it is set in by. */
export function lineOf(module: Module, at: number): Site {
  const { text } = module
  const begin = text.lastIndexOf('\n', at - 1) + 1
  const rest = text.indexOf('\n', at)
  const line = text.slice(begin, rest < 0 ? text.length : rest)
  const start = begin + line.length - line.trimStart().length
  return { module, start, end: Math.max(start, begin + line.trimEnd().length), symbol: '' }
}

/** Whether the code of a module can name what another one has: it is of the same package, or names that. */
function sees(from: Module, other: Module): boolean {
  if (from.language !== other.language) return false
  const folder = posix.dirname(other.path)
  const isOfPackage = from.language === 'go' || from.language === 'java'
  if (isOfPackage && posix.dirname(from.path) === folder) return true
  if (from.language === 'go')
    return isNamed(from, `${other.package === '' ? posix.basename(folder) : other.package}.`)
  const base = posix.basename(other.path).replace(/\.\w+$/, '')
  const name = base === 'index' || base === '__init__' ? posix.basename(folder) : base
  if (from.language === 'javascript' && base === 'index' && posix.dirname(from.path).startsWith(folder))
    return isNamed(from, name) || isNamed(from, '.') || isNamed(from, '..') || isNamed(from, base)
  return isNamed(from, name)
}

const imports = ({ body }: Module, name: string): boolean =>
  body.some((one) => one.k === 'import' && one.names.some(({ local }) => local === name))

/** What texts of modules have in them: the same is asked over and over. */
const named = new WeakMap<Module, Map<string, boolean>>()

function isNamed(module: Module, name: string): boolean {
  const own = named.get(module) ?? new Map<string, boolean>()
  named.set(module, own)
  const known = own.get(name)
  if (known !== undefined) return known
  const found =
    module.text.includes(name) && (module.language !== 'javascript' || isImported(module.text, name))
  own.set(name, found)
  return found
}

// JavaScript: a path that ends with it, as imports are written.
function isImported(text: string, name: string): boolean {
  const own = name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`['"\`/]${own}(?:/|/index)?(?:\\.[cm]?[jt]sx?|\\.vue)?['"\`]`).test(text)
}
