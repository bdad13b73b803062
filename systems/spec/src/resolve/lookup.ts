import { handedOnFrom } from './handed-on-names.ts'
import { importedNames } from './imported-names.ts'
import type { ImportedNames } from './imported-names.ts'
import { keptIn } from '../facts/once-for.ts'
import type { Class, Func, Module, Stmt, TypeRef } from '../parse/ir.ts'
import { dataFile } from './data-files.ts'
import { askedBy, implementsAll } from './go-implements.ts'
import type { GoNames } from './go-implements.ts'
import { GoSettings } from './go-settings.ts'
import { javaConstant } from './java-statics.ts'
import { LeftOpen } from './left-open.ts'
import { methodOrder } from './method-order.ts'
import { within } from './project.ts'
import type { Project } from './project.ts'
import { pythonConstant } from './python-constants.ts'
import { Scope } from './values.ts'
import type { Runtime } from './runtime.ts'
import { begun, notDefined, nothing, symbol } from './values.ts'
import type { ClassRef, SymbolValue, Value } from './values.ts'

type Import = Extract<Stmt, { k: 'import' }>

/** Names of modules and packages, classes with their members, and types. */
export class Lookup {
  readonly #project: Project
  readonly #leftOpen: LeftOpen
  readonly #interpreter: Runtime
  readonly #scopes = new Map<string, Scope>()
  readonly #refs = new Map<Class, ClassRef>()
  readonly #orders = new Map<Class, readonly ClassRef[]>()
  readonly #made = new Map<Class, readonly ClassRef[]>()
  /** What names stand for in files of Java. */
  readonly #ofJava = new Map<Module, Map<string, Value | null>>()
  /** Static members that are being looked for. */
  readonly #beingAsked = new Set<string>()
  #goSettings: GoSettings | null = null
  /** Go's methods, by folder and type; all languages' classes that extend or implement a name. */
  readonly #goNames: GoNames = {
    typeTarget: (name, scope) => this.typeTarget(name, scope),
    scopeOf: (module) => this.scopeOf(module),
  }
  readonly #goMethods = new Map<string, { fn: Func; module: Module }[]>()
  readonly #children = new Map<string, ClassRef[]>()
  readonly #goByMethod = new Map<string, string[]>()
  /** By interface, the types that implement it; and all types that the code makes. */
  readonly #goTypesOf = new Map<Class, readonly string[]>()
  #goMade: Set<string> | null = null
  readonly #goTop = new Map<string, Map<string, { stmt: Stmt; module: Module }>>()
  /** Names that are being looked up, by module: modules that import one name from each other find none there. */
  readonly #bound = new WeakMap<Module, ImportedNames>()
  readonly #asked = new Map<Module, Set<string>>()
  readonly #imports = new Map<Module, Import[]>()

  constructor(project: Project, interpreter: Runtime) {
    this.#project = project
    this.#leftOpen = new LeftOpen(project.modules)
    this.#interpreter = interpreter
    for (const module of project.modules.values()) {
      if (module.language === 'go') this.#indexGo(module)
      for (const stmt of module.body) if (stmt.k === 'class') this.#indexClass(stmt.cls, module, null)
    }
  }

  #indexClass(cls: Class, module: Module, outer: ClassRef | null): void {
    const ref = this.refOf(cls, module, this.scopeOf(module), outer)
    for (const { name } of cls.bases) {
      const simple = name.split('.').at(-1) ?? name
      const list = this.#children.get(`${module.language}:${simple}`)
      if (list) list.push(ref)
      else this.#children.set(`${module.language}:${simple}`, [ref])
    }
    for (const inner of cls.inner) this.#indexClass(inner, module, ref)
  }

  #indexGo(module: Module): void {
    const dir = dirOf(module.path)
    const top = this.#goTop.get(dir) ?? new Map<string, { stmt: Stmt; module: Module }>()
    this.#goTop.set(dir, top)
    for (const stmt of module.body) {
      if (stmt.k === 'func' && stmt.fn.receiver) {
        const type = stmt.fn.receiver.type?.name ?? ''
        const key = `${dir}:${type}`
        const list = this.#goMethods.get(key)
        if (list) list.push({ fn: stmt.fn, module })
        else this.#goMethods.set(key, [{ fn: stmt.fn, module }])
        const owners = this.#goByMethod.get(stmt.fn.name)
        if (owners) owners.push(key)
        else this.#goByMethod.set(stmt.fn.name, [key])
      } else if (stmt.k === 'func') top.set(stmt.fn.name, { stmt, module })
      else if (stmt.k === 'class') top.set(stmt.cls.name, { stmt, module })
      else if (stmt.k === 'let' && stmt.target.k === 'name') top.set(stmt.target.name, { stmt, module })
    }
  }

  refOf(cls: Class, module: Module, scope: Scope, outer: ClassRef | null): ClassRef {
    const known = this.#refs.get(cls)
    // A class of JavaScript that a function makes stands among what that call was given.
    const isOther = module.language === 'javascript' && known?.scope !== scope && scope.parent !== null
    if (known) return isOther ? { ...known, scope } : known
    const ref = { cls, module, scope, outer }
    this.#refs.set(cls, ref)
    return ref
  }

  /** Every class of the repository, inner ones too. */
  classes(): ClassRef[] {
    return [...this.#refs.values()]
  }

  /** The method of a type of functions of Go, where only one such type has a method of that name: of a function its type is not known. */
  functionMethod(name: string): { fn: Func; owner: ClassRef } | null {
    const found = (this.#goByMethod.get(name) ?? []).flatMap((key) => {
      const cut = key.lastIndexOf(':')
      const top = this.#goTop.get(key.slice(0, cut))?.get(key.slice(cut + 1))
      const method = this.#goMethods.get(key)?.find(({ fn }) => fn.name === name)
      return top?.stmt.k === 'class' && top.stmt.cls.alias?.name === 'func' && method
        ? [
            {
              fn: method.fn,
              owner: this.refOf(top.stmt.cls, method.module, this.scopeOf(method.module), null),
            },
          ]
        : []
    })
    const [only] = found
    return found.length === 1 && only ? only : null
  }

  /** Whether a type of Go has methods of its own. */
  hasMethods({ cls, module }: ClassRef): boolean {
    return this.#goMethods.has(`${dirOf(module.path)}:${cls.name}`)
  }

  /** Every method of Go's types that are declared in the repository, with the type. */
  *goMethods(): Generator<{ fn: Func; owner: ClassRef }> {
    for (const [key, methods] of this.#goMethods) {
      const cut = key.lastIndexOf(':')
      const top = this.#goTop.get(key.slice(0, cut))?.get(key.slice(cut + 1))
      if (top?.stmt.k !== 'class') continue
      const ref = this.refOf(top.stmt.cls, top.module, this.scopeOf(top.module), null)
      for (const { fn, module } of methods)
        yield { fn, owner: { ...ref, module, scope: this.scopeOf(module) } }
    }
  }

  scopeOf(module: Module): Scope {
    const known = this.#scopes.get(module.path)
    if (known) return known
    const holder = (name: string): Scope | null => {
      const top = this.#goTop.get(dirOf(module.path))?.get(name)
      return top?.stmt.k === 'let' ? this.scopeOf(top.module) : null
    }
    const scope = new Scope(
      module,
      null,
      (name) => this.#find(module, scope, name),
      module.language === 'go' ? holder : null,
    )
    this.#scopes.set(module.path, scope)
    return scope
  }

  #find(module: Module, scope: Scope, name: string): Value | null {
    if (module.language === 'go') return this.#findGo(module, scope, name)
    if (module.language === 'java') return this.#keptOfJava(module, name)
    const asked = this.#asked.get(module) ?? new Set<string>()
    this.#asked.set(module, asked)
    if (asked.has(name)) return null
    asked.add(name)
    try {
      return this.#findImported(module, name)
    } finally {
      asked.delete(name)
    }
  }

  // JavaScript and Python: what an import binds, asked again each time, so that circles resolve in the end.
  #findImported(module: Module, name: string): Value | null {
    const { named, all } = this.#boundIn(module)
    const own = named.get(name)
    for (const { source, at } of all) {
      if (own && at > own.at) break
      const found = this.#project.resolve(module, source)
      const isKnown = found && found !== module && !this.#interpreter.isAhead(found, module)
      const value = isKnown ? this.#interpreter.runModule(found).get(name) : null
      if (value) return value
    }
    if (own) return this.imported(module, own.source, own.imported)
    const holder = module.language === 'javascript' ? this.#project.holderOf(module, name) : null
    return holder && holder !== module ? this.#interpreter.exported(holder, name) : null
  }

  #boundIn(module: Module): ImportedNames {
    let known = this.#bound.get(module)
    if (!known) this.#bound.set(module, (known = importedNames(module)))
    return known
  }

  imported(module: Module, source: string, name: string | null): Value {
    if (name !== null && this.#project.outside.has(`${source}.${name}`))
      return symbol(`${source}.${name}`, name)
    const copied = name === null ? null : this.#project.copied(module, within(source, name))
    if (copied !== null) return symbol(copied, name ?? copied)
    const target = this.#project.resolve(module, source)
    if (!target && module.language === 'python' && name !== null) {
      // A folder without `__init__.py` is a package too.
      const inner = this.#project.resolve(module, within(source, name))
      if (inner) return { t: 'module', module: inner, scope: this.#interpreter.runModule(inner) }
    }
    if (!target) {
      const clean = this.#project.copied(module, source) ?? source.replace(/^node:/, '')
      const known = module.language === 'python' ? pythonConstant(`${clean}.${name}`) : null
      if (known) return known
      const data = module.language === 'javascript' ? dataFile(this.#project, module, source) : null
      if (data?.t === 'object' && name !== null && name !== 'default')
        return data.props.get(name) ?? notDefined
      if (data) return data
      return symbol(
        name === null || name === 'default' ? clean : this.#project.canonical(`${clean}.${name}`),
        name === null || name === 'default' ? clean : name,
      )
    }
    const scope = this.#interpreter.runModule(target)
    if (module.language === 'python') {
      if (name === null) return { t: 'module', module: target, scope }
      const value = scope.get(name)
      if (value) return value
      const child = this.#project.pythonChild(target, name)
      if (child) return { t: 'module', module: child, scope: this.#interpreter.runModule(child) }
      const outside = handedOnFrom(this.#project, target, name)
      return outside === null ? symbol(`${source}.${name}`, name) : this.imported(target, outside, name)
    }
    if (name === null) return { t: 'module', module: target, scope }
    return this.#interpreter.exported(target, name) ?? symbol(`${source}.${name}`, name)
  }

  #findGo(module: Module, scope: Scope, name: string): Value | null {
    const imports = this.#importsOf(module)
    for (const { source, names } of imports)
      for (const { local, imported } of names) {
        if (imported === null && local === name) return this.#goPackage(source)
        if (imported === '*') {
          const found = this.#goMember(source, name)
          if (found) return found
        }
      }
    // An import whose package is not named as its path ends.
    const top = this.#goTop.get(dirOf(module.path))?.get(name)
    if (top) return this.#goValue(top, name)
    for (const { source } of imports) {
      const [first] = this.#project.resolveGo(source)
      if (first?.package === name) return this.#goPackage(source)
    }
    return scope.has(name) ? scope.get(name) : null
  }

  #importsOf(module: Module): readonly Import[] {
    let found = this.#imports.get(module)
    if (found === undefined)
      this.#imports.set(module, (found = module.body.filter((stmt) => stmt.k === 'import')))
    return found
  }

  #goPackage(source: string): Value {
    const [first] = this.#project.resolveGo(source)
    if (!first) return symbol(source, source.split('/').at(-1) ?? source)
    return { t: 'module', module: first, scope: this.scopeOf(first) }
  }

  #goMember(source: string, name: string): Value | null {
    const [first] = this.#project.resolveGo(source)
    const top = first ? this.#goTop.get(dirOf(first.path))?.get(name) : undefined
    return top ? this.#goValue(top, name) : null
  }

  #goValue({ stmt, module }: { stmt: Stmt; module: Module }, name: string): Value {
    const scope = this.scopeOf(module)
    if (scope.has(name)) return scope.get(name) ?? nothing
    if (stmt.k === 'func')
      return { t: 'func', fn: stmt.fn, scope, self: null, owner: null, module, marks: [] }
    if (stmt.k === 'class') return { t: 'class', ref: this.refOf(stmt.cls, module, scope, null) }
    scope.declare(name, nothing)
    if (stmt.k === 'let') {
      const value = stmt.value
        ? this.#interpreter.evaluateIn(stmt.value, scope)
        : stmt.type
          ? begun(this.instanceOf(stmt.type, scope, name))
          : nothing
      // A flag that something else sets may be either.
      const isFlag = value.t === 'const' && typeof value.v === 'boolean'
      const held =
        isFlag && this.#settings().isSet(name, module, stmt)
          ? symbol('?', `${module.package}.${name}`)
          : called(this.ofNamed(value, stmt.type, scope), name)
      scope.declare(name, held)
      return held
    }
    return nothing
  }

  /** Go: a constant is of the type that it is declared to be of. */
  ofNamed(value: Value, type: TypeRef | null, scope: Scope): Value {
    if (value.t !== 'const' || value.v === null || !type || scope.module.language !== 'go') return value
    const named = this.typeTarget(type.name, scope)
    return typeof named === 'string' ? value : { ...value, named }
  }

  #settings(): GoSettings {
    this.#goSettings ??= new GoSettings(
      [...this.#project.modules.values()].filter(({ language }) => language === 'go'),
    )
    return this.#goSettings
  }

  /** A static member of a class; none while it is being looked for, as that asks for bases by names in the same file. */
  #staticOf(className: string, name: string): Value | null {
    const asked = `${className}.${name}`
    const ref = this.#javaRef(className)
    // One that extends nothing has what stands in it.
    const { cls } = ref ?? {}
    const isHere =
      cls &&
      (cls.bases.length > 0 ||
        [...cls.members, ...cls.fields, ...cls.constants, ...cls.inner].some((one) => one.name === name))
    if (!ref || !isHere || this.#beingAsked.has(asked)) return null
    this.#beingAsked.add(asked)
    try {
      return this.#interpreter.staticMember(ref, name)
    } finally {
      this.#beingAsked.delete(asked)
    }
  }

  // Types and what is outside stay what they are; a constant is asked again, as one may be on its way to be found.
  #keptOfJava(module: Module, name: string): Value | null {
    const known = keptIn(this.#ofJava, module, () => new Map<string, Value | null>())
    const before = known.get(name)
    if (before !== undefined) return before
    const found = this.#findJava(module, name)
    if (this.#beingAsked.size === 0 && (found === null || found.t === 'class')) known.set(name, found)
    return found
  }

  #findJava(module: Module, name: string): Value | null {
    for (const stmt of module.body)
      if (stmt.k === 'class' && stmt.cls.name === name)
        return { t: 'class', ref: this.refOf(stmt.cls, module, this.scopeOf(module), null) }
    const all: string[] = []
    for (const stmt of module.body)
      if (stmt.k === 'import')
        for (const { imported, local } of stmt.names) {
          if (local === name) return this.#javaNamed(`${stmt.source}.${imported}`)
          if (imported === '*') all.push(stmt.source)
        }
    // What stands in the same package comes before all that is imported with others (JLS, 6.4.1).
    const same = this.#javaExact(`${module.package}.${name}`)
    if (same) return same
    const own = all.map((source) => this.#javaExact(`${source}.${name}`)).find((found) => found !== null)
    if (own) return own
    // Of several that all stand here, the one that is known to have it.
    const known = all.find((source) => this.#project.known.has(`${source}.${name}`))
    if (known !== undefined) return symbol(`${known}.${name}`, name)
    for (const source of all) {
      // A static member of a class of the repository.
      const member = this.#project.javaClass(source) ? this.#staticOf(source, name) : null
      if (member) return member
    }
    const wild = all.filter(
      (source) => !this.#project.javaClass(source) && !this.#project.hasJavaPackage(source),
    )
    const inner = this.#project.javaNamed(name)
    for (const full of inner) {
      const found = this.#project.javaClass(full)
      if (found?.module === module) return this.#javaExact(full)
    }
    // Members are of classes, classes of packages.
    const isType = /^[A-Z]\w*[a-z]|^[A-Z]$/.test(name)
    const ofClass = (source: string) => /\.[A-Z]\w*$/.test(source)
    const fitting = wild.filter((source) => ofClass(source) !== isType)
    const [guess] = [...fitting, ...(isType ? wild : wild.filter(ofClass))]
    const named = guess === undefined ? null : `${guess}.${name}`
    // A full name begins with a package, whatever is imported.
    if (!/^[A-Z]/.test(name)) return named && !packageRoots.test(name) ? symbol(named, name) : null
    return symbol(
      /^(?:String|Integer|Long|Boolean|Double|Float|Short|Byte|Object|Math|System|Exception|RuntimeException|IllegalArgumentException|IllegalStateException|Throwable|Void|Iterable|Override|Deprecated)$/.test(
        name,
      )
        ? `java.lang.${name}`
        : (named ?? `java.lang.${name}`),
      name,
    )
  }

  #javaRef(full: string): ClassRef | null {
    const found = this.#project.javaClass(full)
    if (!found) return null
    const outer = found.outer === null ? null : this.#javaRef(found.outer)
    return this.refOf(found.cls, found.module, this.scopeOf(found.module), outer)
  }

  #javaExact(full: string): Value | null {
    const ref = this.#javaRef(full)
    return ref ? { t: 'class', ref } : null
  }

  #javaNamed(full: string): Value {
    const exact = this.#javaExact(full)
    if (exact) return exact
    const cut = full.lastIndexOf('.')
    const owner = this.#javaRef(full.slice(0, cut))
    const member = owner && this.#interpreter.staticMember(owner, full.slice(cut + 1))
    return member ?? javaConstant(full) ?? symbol(full, full.slice(cut + 1))
  }

  /** What a type's name stands for: a class of the repository, or the path of one outside. */
  typeTarget(name: string, scope: Scope): ClassRef | string {
    const [first = '', ...rest] = name.split('.')
    let value: Value | null = scope.get(first)
    for (const part of rest) {
      if (!value) break
      value = this.#interpreter.memberOf(value, part, null)
    }
    // Go: a variable may have the name of its type.
    const isHidden = scope.module.language === 'go' && rest.length === 0 && value !== null
    for (let at = scope.parent; isHidden && value?.t !== 'class' && at !== null; at = at.parent) {
      const outer = at.get(first)
      if (outer?.t === 'class') value = outer
    }
    if (value?.t === 'class') return this.#unalias(value.ref)
    if (value?.t === 'symbol') return this.#annotated(value) ?? value.path
    return name
  }

  // Python: `Berths = Annotated[BerthService, Depends(berth_service)]` is what it names first, in whatever module.
  #annotated({ path, args: [held] }: SymbolValue): ClassRef | string | null {
    if (!/^typing(?:_extensions)?\.Annotated\[\]$/.test(path)) return null
    const type = held?.value.t === 'list' ? held.value.items[0] : undefined
    return type?.t === 'class' ? this.#unalias(type.ref) : type?.t === 'symbol' ? type.path : null
  }

  #unalias(ref: ClassRef): ClassRef | string {
    if (ref.cls.kind !== 'alias' || !ref.cls.alias) return ref
    const { alias } = ref.cls
    if (alias.fields || alias.args.length > 0 || /^[a-z]+$/.test(alias.name)) return ref
    const target = this.typeTarget(alias.name, ref.scope)
    return typeof target === 'string' || target.cls !== ref.cls ? target : ref
  }

  /** An unknown instance of a type. */
  instanceOf(type: TypeRef | null, scope: Scope, text: string): Value {
    if (!type) return symbol('?', text)
    const single = unwrap(type)
    if (single.name === '[]' || /^(?:List|Set|Collection|Array|list)$/.test(single.name))
      return {
        t: 'list',
        items: single.args[0] ? [this.instanceOf(single.args[0], scope, `${text}[]`)] : [],
        isOpen: true,
      }
    const target = this.typeTarget(single.name, scope)
    if (typeof target === 'string') return symbol(`${target}()`, text, { typed: { type: single, scope } })
    return symbol(`:${target.module.path}:${target.cls.name}()`, text, {
      typed: { type: single, scope },
      ref: target,
    })
  }

  /** Classes that a class extends or implements, of the repository. */
  basesOf(ref: ClassRef): ClassRef[] {
    const named = ref.cls.bases.flatMap(({ name }) => {
      const target = this.typeTarget(name, ref.scope)
      return typeof target === 'string' || target === ref ? [] : [target]
    })
    return ref.module.language === 'javascript' ? [...this.#madeBases(ref), ...named] : named
  }

  /** JavaScript: what calls give that stand where a class says what it extends: `class Boats extends Crud(Boat)`. */
  #madeBases(ref: ClassRef): readonly ClassRef[] {
    const known = this.#made.get(ref.cls)
    if (known || ref.cls.baseExprs.every(({ k }) => k !== 'call')) return known ?? []
    this.#made.set(ref.cls, [])
    const found = ref.cls.baseExprs.flatMap((base) => {
      const given = base.k === 'call' ? this.#interpreter.evaluateIn(base, ref.scope) : null
      return given?.t === 'class' && given.ref.cls !== ref.cls ? [given.ref] : []
    })
    this.#made.set(ref.cls, found)
    return found
  }

  /** Where members of a class are looked for after itself: of Python all that it extends, in its order, else its bases. */
  #heldBy(ref: ClassRef, depth: number): readonly ClassRef[] {
    if (ref.module.language !== 'python') return this.basesOf(ref)
    return depth > 0 ? [] : this.orderOf(ref).slice(1)
  }

  /** A class of Python and all that it extends, in the order in which members are looked for. */
  orderOf(ref: ClassRef): readonly ClassRef[] {
    const known = this.#orders.get(ref.cls)
    if (known) return known
    const order = methodOrder(ref, (one) => this.basesOf(one))
    this.#orders.set(ref.cls, order)
    return order
  }

  /** Names of all that it extends or implements, the nearest first: full paths of what is outside, simple names of what is not. */
  ancestry(ref: ClassRef, depth = 0): string[] {
    if (depth > 8) return []
    return [
      ref.cls.name,
      ...ref.cls.bases.flatMap(({ name }) => {
        const target = this.typeTarget(name, ref.scope)
        return typeof target === 'string' ? [target] : target === ref ? [] : this.ancestry(target, depth + 1)
      }),
      ...this.#madeBases(ref).flatMap((base) => this.ancestry(base, depth + 1)),
    ]
  }

  childrenOf(ref: ClassRef): readonly ClassRef[] {
    return this.#children.get(`${ref.module.language}:${ref.cls.name}`) ?? []
  }

  /** The method of this name, of the class or what it extends. */
  method(ref: ClassRef, name: string, depth = 0, arity = -1): { fn: Func; owner: ClassRef } | null {
    const found = this.#bodied(ref, name, depth, arity)
    if (found || depth > 0 || ref.module.language !== 'python') return found
    return this.#leftOpen.method(this.orderOf(ref), name, () => this.implementations(ref, name).length > 0)
  }

  #bodied(ref: ClassRef, name: string, depth: number, arity: number): { fn: Func; owner: ClassRef } | null {
    if (depth > 8) return null
    if (ref.module.language === 'go') {
      const own = this.#goMethods
        .get(`${dirOf(ref.module.path)}:${ref.cls.name}`)
        ?.find(({ fn }) => fn.name === name)
      if (own) return { fn: own.fn, owner: { ...ref, module: own.module, scope: this.scopeOf(own.module) } }
    }
    const named = ref.cls.members.filter((fn) => fn.name === name)
    // Overloads: the one with as many parameters.
    const fit =
      named.find((fn) => fn.hasBody && fn.params.length === arity) ?? named.find(({ hasBody }) => hasBody)
    if (fit) return { fn: fit, owner: ref }
    for (const base of this.#heldBy(ref, depth)) {
      const found = this.#bodied(base, name, depth + 1, arity)
      if (found) return found
    }
    return null
  }

  /** Bodies of an abstract method: of what extends or implements the class. At most four. */
  implementations(
    ref: ClassRef,
    name: string,
    seen: Set<ClassRef> = new Set(),
  ): { fn: Func; owner: ClassRef }[] {
    if (ref.module.language === 'go') {
      if (ref.cls.kind !== 'interface') return []
      return this.#goImplementing(ref)
        .flatMap((key) => (this.#goMethods.get(key) ?? []).filter(({ fn }) => fn.name === name))
        .slice(0, 4)
        .map(({ fn, module }) => ({ fn, owner: { ...ref, module, scope: this.scopeOf(module) } }))
    }
    // By simple names many classes (`Meta`) may seem to extend each other: each is asked once, or the ways through them never end.
    seen.add(ref)
    const found: { fn: Func; owner: ClassRef }[] = []
    for (const child of this.childrenOf(ref)) {
      if (seen.has(child)) continue
      const own = this.#bodied(child, name, 0, -1)
      found.push(...(own ? [own] : this.implementations(child, name, seen)))
      if (found.length >= 4) break
    }
    return found.slice(0, 4)
  }

  /** Whether a type of Go has all methods of an interface of the repository, its own and those of what it embeds; null where that can't be said. */
  hasMethodsOf(ref: ClassRef, asked: ClassRef): boolean | null {
    const all = askedBy(this.#goNames, asked)
    if (all.length === 0) return null
    const own = all.flatMap(({ fn }) => {
      const found = this.method(ref, fn.name)
      return found ? [{ fn: found.fn, module: found.owner.module }] : []
    })
    if (implementsAll(this.#goNames, all, own)) return true
    // What a type from outside brings along is not known.
    return ref.cls.bases.some(({ name }) => typeof this.typeTarget(name, ref.scope) === 'string')
      ? null
      : false
  }

  // Types of Go that have all methods of an interface; of several those that the code makes.
  #goImplementing(ref: ClassRef): readonly string[] {
    const known = this.#goTypesOf.get(ref.cls)
    if (known) return known
    const names = this.#goNames
    const asked = askedBy(names, ref)
    const [first] = asked
    const all = first
      ? (this.#goByMethod.get(first.fn.name) ?? []).filter((key) =>
          implementsAll(names, asked, this.#goMethods.get(key) ?? []),
        )
      : []
    const made = all.length > 1 ? all.filter((key) => this.#isMade(key.slice(key.lastIndexOf(':') + 1))) : all
    const found = made.length > 0 ? made : all
    this.#goTypesOf.set(ref.cls, found)
    return found
  }

  // Whether code makes one: `T{…}`, `new(T)`, `T(…)`, or a variable of it.
  #isMade(name: string): boolean {
    this.#goMade ??= new Set(
      [...this.#project.modules.values()].flatMap(({ language, text }) =>
        language === 'go'
          ? Array.from(text.matchAll(makesGoType), (found) => found[1] ?? found[2] ?? found[3] ?? '')
          : [],
      ),
    )
    return this.#goMade.has(name)
  }

  /** A field, of the class or what it extends. */
  field(
    ref: ClassRef,
    name: string,
    depth = 0,
  ): { type: TypeRef | null; scope: Scope; owner: ClassRef } | null {
    if (depth > 8) return null
    const own = ref.cls.fields.find((field) => field.name === name)
    const isOwn = depth > 0 || !isOnlyAnnotated(ref, name)
    if (own && isOwn) return { type: own.type, scope: ref.scope, owner: ref }
    // TypeScript's parameters of a constructor that are fields as well.
    const made = ref.cls.members
      .find((fn) => fn.name === 'constructor')
      ?.params.find((param) => param.name === name)
    if (made && ref.module.language === 'javascript') return { type: made.type, scope: ref.scope, owner: ref }
    let annotated = own ? { type: own.type, scope: ref.scope, owner: ref } : null
    for (const base of this.#heldBy(ref, depth)) {
      const found = this.field(base, name, depth + 1)
      if (found && !isOnlyAnnotated(found.owner, name)) return found
      annotated ??= found
    }
    return annotated
  }
}

// Python's `kind: str` in a class is no attribute: one that another class sets is found.
const isOnlyAnnotated = ({ cls, module }: ClassRef, name: string) =>
  module.language === 'python' && cls.fields.some((field) => field.name === name && !field.value)

const packageRoots = /^(?:java|javax|jakarta|com|org|net|io|dev)$/
const makesGoType =
  /(?<!\btype )\b([A-Za-z_]\w*)(?:\[[^\]\n]*\])?[{(]|\bnew\((?:\w+\.)?(\w+)|\bvar \w+ (?:\w+\.)?(\w+)\b/g

// Python: types that say who gives the value of a parameter (Litestar 3's `NamedDependency[Store]`, Dishka's `FromDishka[Store]`).
const given = /^(?:NamedDependency|FromDishka|FromComponent|DTOData|From(?:Path|Query|Header|Cookie|Body))$/

/** Without what only wraps: a promise, an optional, a nullable. */
export function unwrap(type: TypeRef): TypeRef {
  if (type.name === 'union') {
    const rest = type.args.filter(({ name }) => !/^(?:null|undefined|None)$/.test(name))
    return rest[0] && rest.length === 1 ? unwrap(rest[0]) : type
  }
  if (
    (/^(?:Promise|Optional|java\.util\.Optional|Awaitable|Mono|CompletableFuture|Uni|Future|Single)$/.test(
      type.name,
    ) ||
      given.test(type.name)) &&
    type.args[0]
  )
    return unwrap(type.args[0])
  return type
}

function dirOf(path: string): string {
  const cut = path.lastIndexOf('/')
  return cut < 0 ? '' : path.slice(0, cut)
}

// Of a type that is made of a number the constant's name says which it is.
const called = (value: Value, name: string): Value =>
  value.t === 'const' && value.named && typeof value.v === 'number' ? { ...value, called: name } : value
