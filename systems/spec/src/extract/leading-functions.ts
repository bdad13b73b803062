import { posix } from 'node:path'
import type { Class, Func, Module, Span } from '../parse/ir.ts'
import type { Project } from '../resolve/project.ts'

/** A function, and the name that code has to say to run it. A constructor is run by the name of its class, and with its fields. */
interface Named {
  fn: Func
  by: string
  code: Span
  /** It stands in no class and in no other function. */
  isTop: boolean
  says: ReadonlySet<string>
}

/** Functions that lead to routers, and those of them that no other one names. */
export interface Leading {
  all: ReadonlySet<Func>
  first: readonly { fn: Func; module: Module }[]
}

/** Modules through which one may come to another's function: lists of what others export stand between them. */
const maxImports = 3

/**
 * Functions of JavaScript that make routers or lead to those that do, as far as names show that. What a program does besides as it starts (indexes of a database,
 * logs) must not take the steps that its routes need.
 *
 * @param makes whether a text of a module makes a router
 */
export function leadingFunctions(
  project: Project,
  modules: Iterable<Module>,
  makes: (module: Module) => (text: string) => boolean,
): Leading {
  const all = new Map<Module, Named[]>()
  for (const module of modules) if (module.language === 'javascript') all.set(module, namedIn(module))
  const reached = new Map([...all.keys()].map((module) => [module, importedBy(project, module)]))
  const making = new Map([...all.keys()].map((module) => [module, makes(module)]))
  const codeOf = (module: Module, { code }: Named) => module.text.slice(code.start, code.end)
  const leading = leadingTo(
    all,
    reached,
    (module, one) => making.get(module)?.(codeOf(module, one)) === true || serves.test(codeOf(module, one)),
  )
  // Handlers that others name only by chance put nothing before requests.
  const mounting = leadingTo(
    all,
    reached,
    (module, one) => leading.has(one.fn) && mounts.test(codeOf(module, one)),
  )
  return { all: leading, first: firstOf(all, reached, leading).filter(({ fn }) => mounting.has(fn)) }
}

/** Code that puts a router below another one, or begins to serve it. */
const mounts = /\.(?:use|register|listen)\(/
/** Code that begins to serve: routes are put by what it calls, whatever names that has. */
const serves = /\.listen\(/

// Functions of which something is so, and those that name one from where it is reached.
function leadingTo(
  all: ReadonlyMap<Module, readonly Named[]>,
  reached: ReadonlyMap<Module, ReadonlySet<Module>>,
  isSo: (module: Module, one: Named) => boolean,
): ReadonlySet<Func> {
  const leading = new Set<Func>()
  const names = new Map<Module, Set<string>>()
  const add = (module: Module, { fn, by }: Named) => {
    leading.add(fn)
    names.set(module, (names.get(module) ?? new Set()).add(by))
  }
  for (const [module, own] of all) for (const one of own) if (isSo(module, one)) add(module, one)
  for (let before = -1; before !== leading.size;) {
    before = leading.size
    for (const [module, own] of all) {
      const known = [module, ...(reached.get(module) ?? [])].flatMap((one) => names.get(one) ?? [])
      for (const one of own)
        if (!leading.has(one.fn) && known.some((set) => has(one.says, set))) add(module, one)
    }
  }
  return leading
}

// Functions of modules that lead to routers, and that no other one which does so names: whoever starts the program calls them.
function firstOf(
  all: ReadonlyMap<Module, readonly Named[]>,
  reached: ReadonlyMap<Module, ReadonlySet<Module>>,
  leading: ReadonlySet<Func>,
): { fn: Func; module: Module }[] {
  const named = new Map<Module, Set<string>>()
  for (const [module, own] of all)
    for (const { fn, by, says } of own)
      if (leading.has(fn))
        for (const of of [module, ...(reached.get(module) ?? [])]) {
          const names = named.get(of) ?? new Set()
          named.set(of, names)
          for (const name of says) if (name !== by || of !== module) names.add(name)
        }
  return [...all].flatMap(([module, own]) =>
    own.flatMap(({ fn, by, isTop }) =>
      isTop && leading.has(fn) && named.get(module)?.has(by) !== true ? [{ fn, module }] : [],
    ),
  )
}

const has = (all: ReadonlySet<string>, some: ReadonlySet<string>): boolean =>
  [...some].some((one) => all.has(one))

function importedBy(project: Project, module: Module): ReadonlySet<Module> {
  const found = new Set<Module>()
  let next = [module]
  for (let hop = 0; hop < maxImports && next.length > 0; hop++) {
    next = next.flatMap((from) =>
      sourcesOf(from).flatMap((source) => {
        const target = project.resolve(from, source)
        return target && target !== module && !found.has(target) ? [target] : []
      }),
    )
    for (const one of next) found.add(one)
    // What is imported is looked into further only where it hands on what it imports itself.
    next = next.filter((one) => one.body.some((stmt) => stmt.k === 'export' && stmt.source !== null))
  }
  return found
}

const sourcesOf = ({ text }: Module): string[] =>
  [...text.matchAll(/\b(?:from|import|require\(|import\()\s*['"]([^'"\n]+)['"]/g)].map(
    ([, source = '']) => source,
  )

function namedIn({ body, path, text }: Module): Named[] {
  const found: Named[] = []
  const seen = new Set<object>()
  const walk = (value: unknown, cls: Class | null, isInner: boolean): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return
    seen.add(value)
    if (isFunc(value)) {
      const code = value.name === 'constructor' ? (cls ?? value) : value
      const says = new Set(text.slice(code.start, code.end).match(/[A-Za-z_$][\w$]*/g))
      // What a module is as a whole is mostly called by the name of its file.
      const isWhole = !cls && !isInner && isModule.test(text.slice(0, code.start))
      const by = isWhole ? nameOfFile(path) : code.name
      if (by !== '') found.push({ fn: value, by, code, isTop: !cls && !isInner, says })
    }
    const inner = isClass(value) ? value : cls
    for (const one of Object.values(value)) walk(one, inner, isInner || isFunc(value))
  }
  walk(body, null, false)
  return found
}

/** What stands before a function that is all of its module. */
const isModule = /(?:\bmodule\.exports\s*=|\bexport\s+default)\s*(?:async\s*)?$/

function nameOfFile(path: string): string {
  const stem = posix.basename(path).replace(/\.\w+$/, '')
  return stem === 'index' ? posix.basename(posix.dirname(path)) : stem
}

const isFunc = (value: object): value is Func => 'params' in value && 'headEnd' in value
const isClass = (value: object): value is Class => 'members' in value && 'bases' in value
