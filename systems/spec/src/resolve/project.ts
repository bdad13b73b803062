import { posix } from 'node:path'
import type { Class, Module, Stmt } from '../parse/ir.ts'

/** Files of a repository and which of them an import names. Paths are from the repository's root, with `/`. */
/** A prefix of imports of JavaScript that stands for folders. */
export interface Alias {
  prefix: string
  targets: string[]
  dir: string
}

/** What a path begins with that is named from the root of what is read. */
export const rootMark = '/~/'

/** The path, from the root of what is read, of what a module names by one of its own or by one from there. */
export const placed = (from: Module, path: string): string =>
  posix.normalize(
    path.startsWith(rootMark) ? path.slice(rootMark.length) : posix.join(posix.dirname(from.path), path),
  )

/** The name of a module of Python, from the root of what is read. */
export const pythonName = ({ path }: Module): string =>
  path.replace(/(?:\/__init__)?\.pyi?$/, '').replaceAll('/', '.')

export class Project {
  readonly modules: ReadonlyMap<string, Module>
  readonly known: ReadonlySet<string>
  readonly outside: ReadonlySet<string>
  /** Texts of manifests by path: which versions of frameworks they ask for. */
  readonly manifests: ReadonlyMap<string, string>
  /** The program's own copies of frameworks, by the names that these have. */
  readonly #copies: ReadonlyMap<string, string>
  readonly #ofCopies: Project | null
  /** Java classes by their full name. */
  readonly #javaClasses = new Map<string, { cls: Class; module: Module; outer: string | null }>()
  readonly #javaPackages = new Set<string>()
  readonly #javaBySimple = new Map<string, string[]>()
  /** Modules of a folder: what a Go package is. */
  readonly #folders = new Map<string, Module[]>()
  /** Python modules by the last part of their dotted name. */
  readonly #pythonByTail = new Map<string, string[]>()
  readonly #goModules: { name: string; dir: string }[]
  /** By what imports name. */
  readonly #goPackages = new Map<string, readonly Module[]>()
  readonly #aliases: readonly Alias[]
  /** Those that hold for a folder first. */
  readonly #aliasesOf = new Map<string, readonly Alias[]>()
  readonly #packages: ReadonlyMap<string, string>
  /** Modules that sources name, by who imports them. */
  readonly #resolved = new Map<Module, Map<string, Module | null>>()
  readonly #canonical = new Map<string, string>()
  #knownRoots: Set<string> | null = null
  /** Modules whose exports the code below a folder has by their names. */
  #shared: ReadonlyMap<string, ReadonlyMap<string, Module>> = new Map()

  constructor(input: {
    modules: readonly Module[]
    /** `go.mod` files: name of the module and folder. */
    goModules: { name: string; dir: string }[]
    /** Prefixes of imports of JavaScript that stand for folders (`tsconfig.json`), and the folder of the file that says so. */
    aliases: Alias[]
    /** npm packages of this repository: name to folder. */
    packages: ReadonlyMap<string, string>
    /** Full names outside the repository that somebody asks for: what a wildcard import may mean. */
    known?: ReadonlySet<string>
    /** Full names that are not looked into, although their code may be here. */
    outside?: ReadonlySet<string>
    manifests?: ReadonlyMap<string, string>
    /** Files that are copies of a framework's: they count as outside, by the name that the framework has for each. */
    copies?: ReadonlyMap<string, string>
  }) {
    this.#copies = input.copies ?? new Map()
    const copied = input.modules.filter(({ path }) => this.#copies.has(path))
    const modules = copied.length === 0 ? input.modules : input.modules.filter((one) => !copied.includes(one))
    this.#ofCopies =
      copied.length === 0
        ? null
        : new Project({ modules: copied, goModules: [], aliases: [], packages: new Map() })
    this.known = input.known ?? new Set()
    this.outside = input.outside ?? new Set()
    this.manifests = input.manifests ?? new Map()
    this.modules = new Map(modules.map((module) => [module.path, module]))
    this.#goModules = input.goModules.toSorted((a, b) => b.name.length - a.name.length)
    this.#aliases = input.aliases.toSorted((a, b) => b.prefix.length - a.prefix.length)
    this.#packages = input.packages
    for (const module of modules) {
      push(this.#folders, `${module.language}:${posix.dirname(module.path)}`, module)
      if (module.language === 'python') {
        const parts = module.path.replace(/(?:\/__init__)?\.pyi?$/, '').split('/')
        push(this.#pythonByTail, parts.at(-1) ?? '', module.path)
      }
      if (module.language === 'java') this.#javaPackages.add(module.package)
      if (module.language === 'java')
        for (const stmt of module.body) if (stmt.k === 'class') this.#addJava(stmt.cls, module, null)
    }
  }

  /** Lets the code below folders have what modules export, without an import. */
  share(modules: ReadonlyMap<string, readonly Module[]>): void {
    this.#shared = new Map(
      [...modules].map(([dir, all]) => [
        dir,
        new Map(all.flatMap((module) => exportedNames(module).map((name) => [name, module] as const))),
      ]),
    )
  }

  /** Names of the modules of JavaScript in a folder, and of the folders in it that have some. */
  inFolder(path: string): { folders: string[]; files: string[] } {
    const dir = path.replace(/\/$/, '')
    const below = dir === '.' || dir === '' ? '' : `${dir}/`
    const folders = new Set<string>()
    const files: string[] = []
    for (const { path: one, language } of this.modules.values()) {
      if (language !== 'javascript' || !one.startsWith(below)) continue
      const [name = '', ...rest] = one.slice(below.length).split('/')
      if (rest.length > 0) folders.add(name)
      else files.push(name)
    }
    return { folders: [...folders], files }
  }

  /** The module whose export a name is that nothing imports; null where there is none. */
  holderOf(module: Module, name: string): Module | null {
    for (const [dir, names] of this.#shared)
      if (module.path.startsWith(dir)) {
        const found = names.get(name)
        if (found) return found
      }
    return null
  }

  #addJava(cls: Class, module: Module, outer: string | null): void {
    const name = outer === null ? `${module.package}.${cls.name}` : `${outer}.${cls.name}`
    this.#javaClasses.set(name, { cls, module, outer })
    push(this.#javaBySimple, cls.name, name)
    for (const inner of cls.inner) this.#addJava(inner, module, name)
  }

  /**
   * The name that packs have for something outside: packages of Python and of npm give at their root what their modules define
   * (`flask.blueprints.Blueprint`, `@nestjs/common/exceptions.NotFoundException`).
   */
  canonical(path: string): string {
    const found = this.#canonical.get(path)
    if (found !== undefined) return found
    const root = /^(?:@[\w.-]+\/)?[\w-]+/.exec(path)?.[0] ?? ''
    const short = `${root}.${path.slice(path.lastIndexOf('.') + 1)}`
    const inner = path.slice(root.length)
    const isInModules =
      /^[./][\w./-]+\.\w+$/.test(inner) &&
      !this.known.has(path) &&
      this.known.has(short) &&
      // Members of what the root gives itself (`flask.request.…`) are no modules.
      !this.known.has(`${root}.${/^\.(\w+)/.exec(inner)?.[1] ?? ''}`)
    const name = isInModules ? short : path
    this.#canonical.set(path, name)
    return name
  }

  /** Whether files of the repository are of this package. */
  hasJavaPackage(name: string): boolean {
    return this.#javaPackages.has(name)
  }

  javaClass(name: string): { cls: Class; module: Module; outer: string | null } | null {
    return this.#javaClasses.get(name) ?? null
  }

  /** Full names of the classes with this simple name. */
  javaNamed(simple: string): readonly string[] {
    return this.#javaBySimple.get(simple) ?? []
  }

  folderOf(module: Module): readonly Module[] {
    return this.#folders.get(`${module.language}:${posix.dirname(module.path)}`) ?? []
  }

  /** The module that `source` names in `from`, or null where it is outside the repository. */
  resolve(from: Module, source: string): Module | null {
    let known = this.#resolved.get(from)
    if (!known) this.#resolved.set(from, (known = new Map()))
    let found = known.get(source)
    if (found === undefined) known.set(source, (found = this.#resolve(from, source)))
    return found
  }

  /** The framework's own name of what `source` names in `from`, where that is a copy which the program carries; else null. */
  copied(from: Module, source: string): string | null {
    const copy = from.language === 'python' ? this.#ofCopies?.resolve(from, source) : null
    return (copy && this.#copies.get(copy.path)) ?? null
  }

  /** The names of frameworks of which an import names copies. */
  copiesIn(from: Module, { source, names }: Extract<Stmt, { k: 'import' }>): string[] {
    if (!this.#ofCopies) return []
    return [
      source,
      ...names.flatMap(({ imported }) => (imported === null ? [] : within(source, imported))),
    ].flatMap((one) => this.copied(from, one) ?? [])
  }

  #resolve(from: Module, source: string): Module | null {
    if (from.language === 'javascript') return this.#resolveJavascript(from, source)
    if (from.language === 'python') return this.#resolvePython(from, source)
    return null
  }

  /** Modules of the Go package that an import names; empty where it is outside. */
  resolveGo(source: string): readonly Module[] {
    let found = this.#goPackages.get(source)
    if (found === undefined) this.#goPackages.set(source, (found = this.#findGo(source)))
    return found
  }

  #findGo(source: string): readonly Module[] {
    for (const { name, dir } of this.#goModules)
      if (source === name || source.startsWith(`${name}/`))
        return (
          this.#folders.get(
            `go:${posix.normalize(posix.join(dir || '.', source.slice(name.length + 1) || '.'))}`,
          ) ?? []
        )
    return []
  }

  #resolveJavascript(from: Module, asked: string): Module | null {
    const source = asked.replace(/^file:\/\/(?=\/)/, '')
    if (source.startsWith('.') || source.startsWith(rootMark)) return this.#file(placed(from, source))
    for (const { prefix, targets } of this.#aliasesFor(posix.dirname(from.path)))
      if (
        source === prefix ||
        `${source}/` === prefix ||
        (source.startsWith(prefix) && (prefix.endsWith('/') || source[prefix.length] === '/'))
      )
        for (const target of targets) {
          const found = this.#file(posix.normalize(posix.join(target, source.slice(prefix.length))))
          if (found) return found
        }
    for (const [name, dir] of this.#packages)
      if (source === name || source.startsWith(`${name}/`)) {
        const rest = source.slice(name.length + 1)
        return rest === ''
          ? (this.#file(posix.join(dir, 'src/index')) ??
              this.#file(posix.join(dir, 'index')) ??
              this.#file(posix.join(dir, 'src')))
          : (this.#file(posix.join(dir, rest)) ?? this.#file(posix.join(dir, 'src', rest)))
      }
    return null
  }

  // Of the nearest folder above first; settings that others extend may stand anywhere.
  #aliasesFor(folder: string): readonly Alias[] {
    let found = this.#aliasesOf.get(folder)
    if (!found) {
      const near = ({ dir }: Alias) =>
        dir === '' || dir === '.' ? 0 : `${folder}/`.startsWith(`${dir}/`) ? dir.length : -1
      found = this.#aliases.toSorted((a, b) => near(b) - near(a))
      this.#aliasesOf.set(folder, found)
    }
    return found
  }

  #file(path: string): Module | null {
    path = path.replace(/\/$/, '')
    const bare = path.replace(/\.[cm]?jsx?$/, '')
    for (const candidate of [
      path,
      ...[bare, path].flatMap((one) =>
        ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.mts', '.cts', '.jsx'].map((end) => one + end),
      ),
      ...['ts', 'js', 'tsx', 'mjs', 'cjs'].map((end) => `${path}/index.${end}`),
    ]) {
      const found = this.modules.get(candidate)
      if (found) return found
    }
    return null
  }

  /** The Python module of a full dotted name, or the only one whose name ends so. */
  pythonNamed(name: string): Module | null {
    const parts = name.split('.')
    const found = (this.#pythonByTail.get(parts.at(-1) ?? '') ?? []).filter((path) =>
      `/${path.replace(/(?:\/__init__)?\.pyi?$/, '')}`.endsWith(`/${parts.join('/')}`),
    )
    return found.length === 1 && found[0] !== undefined ? (this.modules.get(found[0]) ?? null) : null
  }

  #resolvePython(from: Module, source: string): Module | null {
    const dots = /^\.*/.exec(source)?.[0].length ?? 0
    const parts = source.slice(dots).split('.').filter(Boolean)
    if (dots > 0) {
      let dir = posix.dirname(from.path)
      for (let up = 1; up < dots; up++) dir = posix.dirname(dir)
      const path = posix.normalize(posix.join(dir, ...parts))
      return this.#python(path)
    }
    const tail = parts.at(-1)
    if (tail === undefined) return null
    const wanted = parts.join('/')
    const isKnown = this.#isKnownRoot(parts[0] ?? '')
    let best: string | null = null
    let bestShared = -1
    for (const path of this.#pythonByTail.get(tail) ?? []) {
      const name = path.replace(/(?:\/__init__)?\.pyi?$/, '')
      if (name !== wanted && !name.endsWith(`/${wanted}`)) continue
      // The folder that the name is counted from has to lie above the importing file.
      const root = name.slice(0, name.length - wanted.length)
      // A folder that is a package is hardly where names are counted from.
      const isPackage = this.modules.has(`${root}__init__.py`)
      // A package that a framework has is that one, unless it stands where it would be imported from.
      if (isKnown && (isPackage || !from.path.startsWith(root))) continue
      const above = root.length + (isPackage ? 1000 : 2000)
      const shared = from.path.startsWith(root) ? above : commonLength(root, from.path)
      const isFirst = shared === bestShared && path.endsWith('/__init__.py')
      if (shared > bestShared || isFirst) [best, bestShared] = [path, shared]
    }
    return best === null ? null : (this.modules.get(best) ?? null)
  }

  #pythonFolders: Set<string> | null = null

  #isKnownRoot(name: string): boolean {
    this.#knownRoots ??= new Set([...this.known].map((path) => path.split('.')[0] ?? ''))
    return this.#knownRoots.has(name)
  }

  // Where a package and a module have one name, the package is found first (docs.python.org, "The import system").
  #python(path: string): Module | null {
    return (
      this.modules.get(`${path}/__init__.py`) ??
      this.modules.get(posix.join(path, '__init__.py')) ??
      this.modules.get(`${path}.py`) ??
      null
    )
  }

  /** Whether a package has a folder `name` with modules, and no `__init__.py` (docs.python.org, "Namespace packages"). */
  isPythonFolder(module: Module, name: string): boolean {
    if (!module.path.endsWith('__init__.py')) return false
    this.#pythonFolders ??= new Set(
      [...this.modules.values()].flatMap(({ path, language }) =>
        language === 'python' ? foldersAbove(posix.dirname(path)) : [],
      ),
    )
    return this.#pythonFolders.has(posix.join(posix.dirname(module.path), name))
  }

  /** The module `name` inside the package that `module` is (`__init__.py`). */
  pythonChild(module: Module, name: string): Module | null {
    if (!module.path.endsWith('__init__.py')) return null
    const folder = posix.dirname(module.path)
    const own = this.#python(posix.join(folder, name))
    if (own) return own
    // A package may lie in several folders that names are counted from.
    let root = folder
    while (this.modules.has(`${root}/__init__.py`)) root = posix.dirname(root)
    const full = [...posix.relative(root, folder).split('/'), name].join('.')
    return this.#resolvePython(module, full)
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

const foldersAbove = (folder: string): string[] =>
  folder === '.' ? [] : [folder, ...foldersAbove(posix.dirname(folder))]

function commonLength(a: string, b: string): number {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return length
}

const exportedNames = (module: Module): string[] =>
  module.body.flatMap((stmt) => (stmt.k === 'export' ? stmt.names.map(({ exported }) => exported) : []))

/** Python: `from .parts import name` may name the module `.parts.name`. */
export const within = (source: string, name: string): string =>
  source.endsWith('.') ? `${source}${name}` : `${source}.${name}`
