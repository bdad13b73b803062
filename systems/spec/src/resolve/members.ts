import { attributeOf } from './function-attributes.ts'
import type { ClassRef, FuncValue, ObjectValue, Site, SymbolValue, Value } from './values.ts'
import { isMaybe } from './java-optionals.ts'
import { assumedText, Default } from './assumed-text.ts'
import { collectedIn } from './collected.ts'
import { isMeasured } from './lists.ts'
import { lacksMethod } from './go-interfaces.ts'
import { begunPart, keepsPart, keptPart } from './go-parts.ts'
import { isSetByMakers } from './go-made-fields.ts'
import { unfilledValue, zeroValue } from './go-zero-values.ts'
import {
  isSame,
  nothing,
  begun,
  constant,
  notDefined,
  printValue,
  symbol,
  textOf,
  union,
  unset,
} from './values.ts'
import { Scope } from './values.ts'
import type { Lookup } from './lookup.ts'
import { isFound } from './python-found.ts'
import type { Runtime } from './runtime.ts'
import type { Class, FieldDecl, Func, TypeRef } from '../parse/ir.ts'
import { javaConstant, JavaStatics } from './java-statics.ts'
import { heldIn, MadeBeans } from './made-beans.ts'
import { folderOf } from './node-files.ts'
import { globalOf, sharedName } from './node-globals.ts'
import { pythonName } from './project.ts'
import { isMadeBy } from './lombok.ts'
import { pythonConstant } from './python-constants.ts'
import { isErrorOfPython, madeWith } from './python-errors.ts'
import { isBeginning, isSetLater, isSetOutside } from './set-later.ts'
import { tagPlace } from './tagged.ts'
import { areToldApart, partsWhere, writtenAs, unionOfParts } from './when.ts'

/** What stands under the names of values: props, methods and fields of classes, what modules export. */
export class Members {
  readonly #runtime: Runtime
  readonly #lookup: Lookup
  /** Members that code gives to classes while it runs. */
  readonly #set = new Map<Class, Map<string, Value>>()
  readonly #scopes = new Map<Class, Scope>()
  readonly #statics: JavaStatics
  readonly #beans: MadeBeans
  readonly #ofPacks: (of: Value, name: string, site: Site) => Value | null

  /** `ofPacks`: what packs say of a member, null where they have nothing to say. */
  constructor(
    runtime: Runtime,
    lookup: Lookup,
    ofPacks: (of: Value, name: string, site: Site) => Value | null,
  ) {
    this.#runtime = runtime
    this.#lookup = lookup
    this.#ofPacks = ofPacks
    this.#statics = new JavaStatics(runtime)
    this.#beans = new MadeBeans(runtime, lookup)
  }

  /** What is called by a name of a value: in Java a method, though a field of the same name (`code` and `code()`) is there too. */
  called(of: Value, name: string, site: Site | null): Value | null {
    if (of.t === 'union') {
      const all = of.of.map((one) => this.called(one, name, site))
      const found = all.filter((one) => one !== null)
      // Of an `Optional` it stays known when there is something in it.
      if (site && found.length === all.length && isMaybe(of, name, site))
        return unionOfParts(of, (one) => all[of.of.findIndex((each) => isSame(each, one))] ?? nothing)
      return found.length > 0 ? union(found) : null
    }
    const method =
      of.t === 'object' && of.ref?.module.language === 'java' && of.props.has(name)
        ? this.#lookup.method(of.ref, name)
        : null
    return method ? methodOf(method, of) : this.of(of, name, site)
  }

  /** What stands under a name of a value; null where it is not there. */
  of(of: Value, name: string, site: Site | null): Value | null {
    if (site) {
      const own = this.#ofPacks(of, name, site)
      // A status that is asked for by its name is said there.
      if (own) return own.t === 'const' && typeof own.v === 'number' && !own.site ? { ...own, site } : own
    }
    // `require('./loaders').default`: a module with one is that one here.
    if (name === 'default' && site?.module.language === 'javascript' && isWhole(of)) return of
    switch (of.t) {
      case 'object': {
        // `this.name = this.constructor.name`
        const isMade = of.ref?.module.language === 'javascript' && !of.props.has(name)
        return of.ref && isMade && name === 'constructor'
          ? { t: 'class', ref: of.ref }
          : this.#objectMember(of, name)
      }
      case 'class':
        return name === 'new' && of.ref.module.language === 'java' ? of : this.ofClass(of.ref, name)
      case 'module': {
        if (of.module.language === 'javascript') return this.#runtime.exported(of.module, name)
        const found = of.scope.get(name)
        if (found) return found
        // Of a package of Go that is read in part the rest is as from outside.
        if (of.module.language === 'go') {
          const folder = of.module.path.split('/').slice(0, -1).join('/')
          return symbol(`${folder}.${name}`, `${of.module.package}.${name}`, { of, site })
        }
        if (name === '__name__') return constant(pythonName(of.module))
        if (name === '__path__') return { t: 'list', items: [constant(folderOf(of.module))], isOpen: false }
        const child = this.#runtime.project.pythonChild(of.module, name)
        if (child) return { t: 'module', module: child, scope: this.#runtime.runModule(child) }
        const folder = `${pythonName(of.module)}.${name}`
        return this.#runtime.project.isPythonFolder(of.module, name) ? symbol(folder, folder) : null
      }
      case 'symbol': {
        const held = keptPart(of, name) ?? (this.#runtime.effects === null ? begunPart(of, name) : null)
        if (held) return held
        const sharedAs = sharedName(of, name)
        const shared = sharedAs === null ? null : globalOf(this.#runtime.project, sharedAs)
        if (shared) return shared
        // What a class extends is asked for its own, never for what is made of it by others.
        const isBase = of.path.startsWith(':super:')
        if (of.ref && isBase && of.of) {
          const found = this.#instanceMember(of.ref, name, of.of, false)
          // A constructor from outside is called with what is made.
          if (found && (found.t !== 'symbol' || name !== '__init__')) return found
        } else if (of.ref) {
          const found = this.#instanceMember(of.ref, name, of)
          if (found && this.#runtime.effects === null) keepsPart(of, name, found)
          if (found) return found
        }
        const input = this.#inputOfStruct(of, name)
        if (input) return input
        if (name === 'default' && !of.path.endsWith(')')) return of
        // Go: a field of a struct from outside that was written with it (`http.Server{Handler: r}`).
        if (site?.module.language === 'go') {
          const field = of.args.find((arg) => arg.name === name)
          if (field) return field.value
        }
        if (name === 'args' && site?.module.language === 'python' && isNamedError(of) && of.args.length > 0)
          return madeWith(of.args)
        if (name === '__class__' || (name === 'constructor' && isNamedError(of)))
          return symbol(of.path.replace(/\(\)$/, ''), of.text, { of })
        if ((name === 'name' && isNamedError(of)) || (name === '__name__' && isErrorClass(of)))
          return constant(of.path.replace(/\(\)$/, '').split(/[./]/).at(-1) ?? '')
        // Java's `NotFoundException::new`.
        if (name === 'new' && site?.module.language === 'java') return of
        const inner = site && this.#inFolder(of, name, site)
        if (inner) return inner
        const known =
          site?.module.language === 'java'
            ? javaConstant(`${of.path}.${name}`)
            : pythonConstant(`${of.path}.${name}`)
        if (known) return known
        return symbol(this.#runtime.project.canonical(`${of.path}.${name}`), `${of.text}.${name}`, {
          of,
          site,
        })
      }
      case 'union': {
        const { language } = site?.module ?? {}
        // Of Go's nil nothing is asked: a way on which it would be is none.
        const there = language === 'go' ? of.of.filter((one) => !isNothing(one)) : of.of
        const found = there.map((one) => this.of(one, name, site)).filter((one) => one !== null)
        // Of a struct of Go, or a thing that code of JavaScript wrote, that is one of several its field is too, with when it is which.
        const isWritten =
          language === 'go' ||
          (language === 'javascript' &&
            there.every(
              (one) => one.t === 'object' && one.ref === null && (one.props.has(name) || isResult(one)),
            ))
        // What one of two results lacks is asked of the other alone.
        const isEach = found.length === there.length || (isWritten && there.every(isResult))
        if (site && isWritten && areToldApart(of) && found.length > 0 && isEach)
          return writtenAs(
            partsWhere(of, (one) => (isNothing(one) || lacks(one, name) ? null : this.of(one, name, site))) ??
              of,
            site,
          )
        return found.length > 0 ? union(found) : null
      }
      case 'func': {
        const method = of.module.language === 'go' ? this.#lookup.functionMethod(name) : null
        // `Handler(fn).ServeHTTP`: what was made a handler of is that method already.
        if (method) return of.fn === method.fn ? of : methodOf(method, of)
        if (name === 'bind' || name === 'call' || name === 'apply')
          return symbol(`function.${name}`, name, { of })
        return (
          (of.module.language === 'python' ? attributeOf(of, name) : null) ??
          symbol(`function.${name}`, `${of.fn.name}.${name}`, { of })
        )
      }
      case 'list':
        if (name === 'length' && !of.isOpen && site?.module.language === 'java')
          return constant(of.items.length)
        // What is written as texts, is as many.
        if (
          name === 'length' &&
          site?.module.language === 'javascript' &&
          isMeasured(of) &&
          collectedIn(of) === null &&
          of.items.every((item) => textOf(item) !== null)
        )
          return constant(of.items.length)
        return symbol(`[].${name}`, `${printValue(of)}.${name}`, { of })
      case 'const':
      case 'text': {
        const own = of.t === 'const' && of.named ? this.#lookup.method(of.named, name) : null
        if (own) return methodOf(own, of)
        // `nothing?.name`; without the question mark it would not come further.
        if (isNothing(of) && site?.module.language === 'javascript' && this.#runtime.effects !== null)
          return notDefined
        // A member of an enumeration is what it stands for.
        if (name === 'value' && site?.module.language === 'python' && textOf(of) !== null) return of
        // `reject('Token is missing')`: what is thrown is a text, which has no message.
        if (site?.module.language === 'javascript' && textOf(of) !== null && !(name in String.prototype))
          return notDefined
        return symbol(`''.${name}`, `${printValue(of)}.${name}`, { of })
      }
      case 'pack':
        return symbol(`pack.${name}`, writtenAt(site, name), { of })
    }
  }

  // Go: a field of a struct without a name that was filled from the request.
  #inputOfStruct(of: SymbolValue, name: string): Value | null {
    const read = inputOf(of)
    const field = read ? of.typed?.type.fields?.find((one) => one.name === name) : undefined
    if (!read || !field || !of.typed) return null
    const text = inputName(of.text, field.tag, read, name)
    const value = this.#lookup.instanceOf(field.type, of.typed.scope, text)
    return value.t === 'symbol' ? { ...value, note: value.note ?? read } : value
  }

  #objectMember(of: ObjectValue, name: string): Value | null {
    const own = of.props.get(name)
    if (own) return own
    if (name === '__class__' && of.ref) return { t: 'class', ref: of.ref }
    if (
      name === 'args' &&
      of.ref?.module.language === 'python' &&
      isErrorOfPython(this.#lookup.ancestry(of.ref)) &&
      !this.#lookup.field(of.ref, name)
    )
      return madeWith(of.args)
    if (
      name === 'name' &&
      of.ref?.module.language === 'javascript' &&
      !this.#lookup.field(of.ref, name) &&
      !this.#lookup.method(of.ref, name) &&
      this.#lookup.ancestry(of.ref).includes('Error')
    )
      return constant('Error')
    if (of.ref) return this.#promoted(of, of.ref, name) ?? this.#instanceMember(of.ref, name, of)
    if (of.isWhole && !inherited.test(name)) return notDefined
    if (of.isOpen) return symbol(`object.${name}`, name, { of })
    return symbol(`object.${name}`, `${printValue(of)}.${name}`, { of })
  }

  // An interface of Go is of the type that has its methods.
  #receiver({ receiver }: Func, { scope }: ClassRef, self: Value): Value {
    return receiver ? this.#lookup.instanceOf(receiver.type, scope, printValue(self)) : self
  }

  // docs.python.org, "Namespace packages": `import app.api` where the folder `app` has no `__init__.py`.
  #inFolder({ path, text }: SymbolValue, name: string, { module: from }: Site): Value | null {
    if (from.language !== 'python' || path !== text || !/^\w+(?:\.\w+)*$/.test(path)) return null
    const module = this.#runtime.project.resolve(from, `${path}.${name}`)
    return module && { t: 'module', module, scope: this.#runtime.runModule(module) }
  }

  /** Go: what a value embedded in this one has of that name; null where the outer one has it by itself. */
  #promoted(of: ObjectValue, ref: ClassRef, name: string): Value | null {
    if (ref.module.language !== 'go' || this.#lookup.method(ref, name)?.owner.cls === ref.cls) return null
    if (ref.cls.fields.some((field) => field.name === name && !field.isStatic)) return null
    for (const { value, type } of embeddedIn(of, ref)) {
      const declared = type && this.#lookup.typeTarget(type.name, ref.scope)
      if (typeof declared === 'string' && lacksMethod(declared, name)) continue
      const found = this.of(value, name, null)
      if (found && !(found.t === 'symbol' && found.path.startsWith('object.'))) return found
    }
    return null
  }

  /** Where a member of this name is set: in Go the embedded value that declares it. */
  holderOf(of: ObjectValue, name: string): ObjectValue {
    const { ref } = of
    if (ref?.module.language !== 'go' || ref.cls.fields.some((field) => field.name === name)) return of
    for (const { value } of embeddedIn(of, ref))
      if (value.t === 'object' && value.ref && this.#lookup.field(value.ref, name))
        return this.holderOf(value, name)
    return of
  }

  #instanceMember(ref: ClassRef, name: string, self: Value, mayBeBelow = true): Value | null {
    const method = this.#lookup.method(ref, name)
    if (method)
      return isProperty(method.fn)
        ? this.#runtime.call(methodOf(method, self), [], {
            module: method.owner.module,
            start: method.fn.start,
            end: method.fn.headEnd,
            symbol: name,
          })
        : methodOf(method, self)
    const bodies = mayBeBelow ? this.#lookup.implementations(ref, name) : []
    if (bodies.length > 0)
      return union([
        ...bodies.map((body) => methodOf(body, this.#receiver(body.fn, body.owner, self))),
        // There may be more than are looked at.
        ...(bodies.length >= 4 ? [symbol(`?.${name}`, `${printValue(self)}.${name}`, { of: self })] : []),
      ])
    const held = self.t === 'symbol' && ref.module.language === 'python' ? heldIn(self, name) : null
    if (held) return held
    const field = this.#lookup.field(ref, name)
    if (field) {
      const declared = field.owner.cls.fields.find((one) => one.name === name)
      const made = declared ? this.#statics.of(field.owner, declared, () => this.inside(field.owner)) : null
      if (made) return made
      if (
        declared?.value &&
        !isOfRequest(self, declared, field.owner) &&
        (declared.isStatic || field.owner.module.language === 'python' || declared.value.k === 'func')
      ) {
        const { module } = field.owner
        const scope = /^(?:java|python)$/.test(module.language) ? this.inside(field.owner) : field.scope
        const value = this.#runtime.evaluateIn(declared.value, scope)
        const mayChange =
          isSetLater(field.owner, name) ||
          this.#isSettings(field.owner) ||
          (module.language === 'python' && isSetOutside(this.#runtime.project.modules, name))
        const setting = this.#settingOf(self, value, declared, field.owner, field.scope)
        if (setting) return setting
        // What is found among what is stored has for a column what is stored there.
        const isColumn = value.t === 'symbol' && isFound(self)
        if (!(isBeginning(value) && mayChange) && !isDeclaration(value) && !isColumn) return value
        const otherwise = self.t === 'object' ? this.#declaredDefault(value, scope, declared) : null
        if (otherwise) return otherwise
      }
      if (declared?.value && isTable(declared, field.owner)) {
        const scope = new Scope(field.owner.module, field.scope)
        scope.declare('this', self)
        return this.#runtime.evaluateIn(declared.value, scope)
      }
      const read = inputOf(self)
      if (read?.place === 'tags' && declared) return this.#tagged(declared, field.scope)
      const unfilled = read?.place === 'body' && declared ? unfilledValue(declared, field.owner) : null
      if (unfilled) return unfilled
      const setting = declared && field.owner.module.language === 'java' ? settingOf(declared) : null
      const text =
        setting ??
        (read
          ? inputName(self.t === 'symbol' ? self.text : read.place, declared?.tag ?? '', read, name)
          : `${self.t === 'symbol' && self.text !== 'this' && self.text !== 'self' ? `${self.text}.` : ''}${declared && isOfBody(self) ? this.#runtime.writtenName(declared, field.scope, field.owner) : name}`)
      const zero = declared && ref.module.language === 'go' ? zeroValue(self, declared, field.owner) : null
      if (zero) return zero
      const isUnset =
        self.t === 'object' && !self.isOpen && self.props.size > 0 && ref.module.language === 'go'
      if (isUnset && field.type?.name === 'string')
        return this.#runtime.effects !== null && isSetByMakers(this.#runtime.project, field.owner, name)
          ? constant('')
          : symbol('string()', text, { note: unset })
      if (isUnset && this.#runtime.effects !== null && this.#isNumber(field.type, field.scope))
        return constant(0)
      const bean =
        !read &&
        self.t === 'symbol' &&
        declared?.isStatic !== true &&
        /^java(?:script)?$/.test(field.owner.module.language)
          ? this.#beans.of(self, name, field.type, field.owner, field.scope, text)
          : null
      if (bean) return bean
      const value = this.#lookup.instanceOf(field.type, field.scope, text)
      if (read) return value.t === 'symbol' ? { ...value, note: value.note ?? read } : value
      return self.t === 'object' && ref.module.language === 'go' ? begun(value) : value
    }
    // What it inherits from outside the repository.
    for (const base of ref.cls.bases) {
      const target = this.#lookup.typeTarget(base.name, ref.scope)
      if (typeof target === 'string' && target.includes('.'))
        return symbol(`${target}().${name}`, `${self.t === 'symbol' ? self.text : ref.cls.name}.${name}`, {
          of: self,
        })
    }
    return null
  }

  // Go: a whole number, or a type that is made of one.
  #isNumber(type: TypeRef | null, scope: Scope): boolean {
    if (!type) return false
    const target = this.#lookup.typeTarget(type.name, scope)
    return wholeNumber.test(typeof target === 'string' ? target : (target.cls.alias?.name ?? ''))
  }

  #tagged(declared: FieldDecl, scope: Scope): Value {
    const found = tagPlace(declared)
    const isBody = found?.place === 'body'
    const text = !found ? declared.name : isBody ? 'body' : `${found.place}.${found.name}`
    const value = this.#lookup.instanceOf(declared.type, scope, text)
    return isBody && value.t === 'symbol' ? { ...value, note: { place: 'body' } satisfies ReadInput } : value
  }

  // What a field of a thing that the program makes holds where nothing else is given: `field(default_factory=Http)`, `Field('/api')`.
  #declaredDefault(value: Value, scope: Scope, { start, end, name }: FieldDecl): Value | null {
    if (value.t !== 'symbol' || !/\.(?:[fF]ield|ib)\(\)$/.test(value.path)) return null
    const made = value.args.find((arg) => /^(?:default_factory|factory)$/.test(arg.name ?? ''))?.value
    const site = { module: scope.module, start, end, symbol: name }
    const given =
      made && /^(?:func|class)$/.test(made.t)
        ? this.#runtime.call(made, [], site)
        : value.args.find(
            (arg) => arg.name === 'default' || (arg.name === null && !/\.ib\(/.test(value.path)),
          )?.value
    const isKnown = given && !isBeginning(given) && (given.t !== 'symbol' || assumedText(given) !== null)
    return isKnown ? given : null
  }

  // While a request is answered a setting is one, whatever it is where nothing says otherwise; a thing that holds settings of its own is that.
  #settingOf(self: Value, value: Value, declared: FieldDecl, owner: ClassRef, scope: Scope): Value | null {
    if (this.#runtime.effects === null || !/^(?:const|text|symbol)$/.test(value.t)) return null
    if (self.t === 'class' || !this.#isSettings(owner)) return null
    const found = isDeclaration(value) ? this.#declaredDefault(value, scope, declared) : value
    if (!found || !/^(?:const|text|symbol)$/.test(found.t)) return null
    const text = `${self.t === 'symbol' && self.text !== 'self' ? `${self.text}.` : ''}${declared.name}`
    const setting = this.#lookup.instanceOf(declared.type, scope, text)
    return setting.t === 'symbol' ? { ...setting, note: setting.note ?? new Default(found) } : setting
  }

  // pydantic: what a field of settings has by default the environment may say otherwise.
  #isSettings(ref: ClassRef): boolean {
    return (
      ref.module.language === 'python' &&
      this.#lookup.ancestry(ref).some((name) => /(?:^|\.)BaseSettings$/.test(name))
    )
  }

  #setOf(ref: ClassRef): Map<string, Value> {
    const own = this.#set.get(ref.cls) ?? new Map<string, Value>()
    this.#set.set(ref.cls, own)
    return own
  }

  /** Code gives a class a member: it may be any that it was given. */
  setOfClass(ref: ClassRef, name: string, value: Value): void {
    const own = this.#setOf(ref)
    const field = ref.cls.fields.find((one) => one.name === name)
    const known = own.get(name)
    const before = known ?? (field?.value ? this.#runtime.evaluateIn(field.value, ref.scope) : null)
    own.set(name, before ? union([before, value]) : value)
    this.#runtime.undo?.push(() => (known ? own.set(name, known) : own.delete(name)))
  }

  // Python: what stands in a class has what stands before it there by its bare name.
  #insidePython(ref: ClassRef): Scope {
    const running = new Set<string>()
    return new Scope(ref.module, ref.scope, (name) => {
      const field = ref.cls.fields.find((one) => one.name === name)
      if (!field?.value || running.has(name)) return null
      running.add(name)
      try {
        return this.#runtime.evaluateIn(field.value, this.inside(ref))
      } finally {
        running.delete(name)
      }
    })
  }

  /** Names as what stands in a class has them: its own by their bare names, in Java also what it inherits. */
  inside(ref: ClassRef): Scope {
    if (!/^(?:java|python)$/.test(ref.module.language)) return ref.scope
    const known = this.#scopes.get(ref.cls)
    if (known) return known
    if (ref.module.language === 'python') {
      const own = this.#insidePython(ref)
      this.#scopes.set(ref.cls, own)
      return own
    }
    const holders = new Map<string, ClassRef | null>()
    const isOwn = (of: ClassRef, name: string): boolean =>
      of.cls.fields.some(
        (one) => one.name === name && (one.value !== null || (one.isStatic && of.cls.body.length > 0)),
      ) ||
      of.cls.constants.some((one) => one.name === name) ||
      of.cls.inner.some((one) => one.name === name)
    const find = (of: ClassRef, name: string, depth: number): ClassRef | null => {
      if (isOwn(of, name)) return of
      if (depth > 6) return null
      for (const base of this.#lookup.basesOf(of)) {
        const found = find(base, name, depth + 1)
        if (found) return found
      }
      return of.outer ? find(of.outer, name, depth + 1) : null
    }
    // Bases are found by names of the file: while they are looked for, none of theirs is.
    const asked = new Set<string>()
    const scope = new Scope(ref.module, ref.scope, (name) => {
      if (!holders.has(name)) {
        if (asked.has(name)) return null
        asked.add(name)
        holders.set(name, find(ref, name, 0))
        asked.delete(name)
      }
      const holder = holders.get(name)
      return holder ? this.ofClass(holder, name) : null
    })
    this.#scopes.set(ref.cls, scope)
    return scope
  }

  /** What a class has: a constant, a field, a class in it, a method, of its own or of what it extends. */
  ofClass(ref: ClassRef, name: string, asked: ClassRef = ref): Value | null {
    // What is stored under a name is asked for by it, whatever it is where nothing sets it.
    if (isColumn(this.#lookup, asked, name)) return symbol(`?.${name}`, `${asked.cls.name}.${name}`)
    const own = this.#ownOfClass(ref, name, asked)
    if (own) return own
    if (ref.module.language === 'python')
      for (const base of this.#lookup.orderOf(ref).slice(1)) {
        const found = this.#ownOfClass(base, name, asked)
        if (found) return found
      }
    else
      for (const base of this.#lookup.basesOf(ref)) {
        const found = this.ofClass(base, name, asked)
        if (found) return found
      }
    if (name === 'name' || name === '__name__') return constant(asked.cls.name)
    if (name === '__module__' && ref.module.language === 'python') return constant(pythonName(asked.module))
    const outside = ref.cls.bases
      .map((base) => this.#lookup.typeTarget(base.name, ref.scope))
      .find((one) => typeof one === 'string')
    return symbol(
      `${typeof outside === 'string' ? outside : ref.cls.name}.${name}`,
      `${asked.cls.name}.${name}`,
      { of: { t: 'class', ref: asked } },
    )
  }

  #ownOfClass(ref: ClassRef, name: string, asked: ClassRef): Value | null {
    const set = this.#set.get(ref.cls)?.get(name)
    if (set) return set
    const constantOf = ref.cls.constants.find((one) => one.name === name)
    if (constantOf) {
      if (!constantOf.value) return constant(name)
      const value = this.#runtime.evaluateIn(constantOf.value, this.inside(ref))
      return value.t === 'object'
        ? { ...value, props: new Map([...value.props, ['@name', constant(name)]]) }
        : value
    }
    const field = ref.cls.fields.find((one) => one.name === name)
    const made = field ? this.#statics.of(ref, field, () => this.inside(ref)) : null
    if (made) return made
    if (field?.value) {
      const value = this.#runtime.evaluateIn(field.value, this.inside(ref))
      // A router of a class is one, whoever asks for it.
      if (ref.module.language === 'python' && value.t === 'pack') this.#setOf(ref).set(name, value)
      // A column of a class is named, whatever it was declared with.
      if (ref.module.language === 'python' && isDeclaration(value) && value.t === 'symbol')
        return { ...value, text: `${asked.cls.name}.${name}` }
      return isBeginning(value) && ref.module.language === 'python' && isSetLater(ref, name)
        ? this.#lookup.instanceOf(field.type, ref.scope, `${asked.cls.name}.${name}`)
        : value
    }
    const inner = ref.cls.inner.find((one) => one.name === name)
    if (inner) return { t: 'class', ref: this.#lookup.refOf(inner, ref.module, ref.scope, ref) }
    const method = this.#lookup.method(ref, name)
    if (method) {
      const own = methodOf(method, { t: 'class', ref: asked })
      const { module } = method.owner
      return method.fn.isGetter && method.fn.isStatic
        ? this.#runtime.call(own, [], {
            module,
            start: method.fn.start,
            end: method.fn.headEnd,
            symbol: name,
          })
        : own
    }
    return ref.module.language === 'java' && isMadeBy(ref.cls, name) ? { t: 'class', ref: asked } : null
  }
}

// A member as code has it (`application.name`): by its bare name nobody finds it.
function writtenAt(site: Site | null, name: string): string {
  const text = site ? site.module.text.slice(site.start, site.end) : ''
  return /^[\w.]+$/.test(text) && text.endsWith(`.${name}`) ? text : name
}

const wholeNumber = /^u?int(?:8|16|32|64)?$/
const isNothing = (value: Value) => value.t === 'const' && value.v === null

/** What every object of JavaScript has. */
const inherited =
  /^(?:constructor|hasOwnProperty|isPrototypeOf|propertyIsEnumerable|to\w*String|valueOf|__\w+)$/

/** What a value of Go was filled with from the request. */
export interface ReadInput {
  /** `tags`: each field by its own tag. */
  place: InputPlace | 'tags'
  /** Tags that name its fields, where the framework has some of its own. */
  tag?: string | undefined
}

type InputPlace = 'body' | 'query' | 'path' | 'header' | 'cookie' | 'form'

const filled = new WeakMap<ObjectValue, ReadInput>()

/**
 * Notes that a thing of Go is filled with a part of the request: what it held is no more, what its fields hold is input. Gives what undoes that, since no other
 * request finds it so.
 */
export function fillFromRequest(value: Value, { place, tag }: ReadInput): () => void {
  if (value.t === 'object' && value.ref?.module.language === 'go') {
    const [before, input] = [[...value.props], filled.get(value)]
    value.props.clear()
    filled.set(value, { place, tag })
    return () => {
      value.props.clear()
      for (const [name, one] of before) value.props.set(name, one)
      if (input) filled.set(value, input)
      else filled.delete(value)
    }
  }
  if (value.t !== 'symbol' || !isStructOfGo(value)) return () => {}
  const { text, note } = value
  value.text = place
  value.note = { place, tag } satisfies ReadInput
  return () => {
    value.text = text
    value.note = note
  }
}

/** A copy of a thing of Go is filled with the same. */
export function filledAs(of: ObjectValue, made: ObjectValue): void {
  const input = filled.get(of)
  if (input) filled.set(made, input)
}

const isStructOfGo = ({ ref, typed }: SymbolValue): boolean =>
  (ref ?? (typed?.type.fields ? typed.scope : null))?.module.language === 'go'

function inputOf(value: Value): ReadInput | null {
  if (value.t === 'object') return filled.get(value) ?? null
  if (value.t !== 'symbol' || !isStructOfGo(value)) return null
  const note = value.note as Partial<ReadInput> | null
  return note?.place ? (note as ReadInput) : null
}

const tagsOf: Record<ReadInput['place'], string> = {
  body: 'json',
  query: 'form|query|schema',
  path: 'uri|param|path',
  header: 'header',
  cookie: 'cookie',
  form: 'form|schema',
  tags: 'json',
}
// The name that requests have for a field.
const tagName = (tag: string, read: ReadInput) =>
  new RegExp(`\\b(?:${read.tag ?? tagsOf[read.place]}):"([^",]+)`).exec(tag)?.[1] ?? null

/** Places that a field may say instead of the one that its struct is filled from. */
const otherPlaces = ['path', 'query', 'header', 'cookie'] as const

// What a field of a struct holds: by its tag of the place, else by the one tag that names another (`param:"id"` beside the fields of a body).
function inputName(of: string, tag: string, read: ReadInput, name: string): string {
  const own = tagName(tag, read)
  const isTop = of === read.place && (own === null || own === '-')
  const other = isTop
    ? otherPlaces.flatMap((place) => {
        const found = place === read.place ? null : tagName(tag, { place, tag: undefined })
        return found === null || found === '-' ? [] : [`${place}.${found}`]
      })
    : []
  return other[0] ?? `${of}.${own ?? name}`
}

/** Values of the fields without a name. */
const embeddedIn = ({ props }: ObjectValue, { cls }: ClassRef): { value: Value; type: TypeRef | null }[] =>
  cls.fields.flatMap(({ name, isStatic, type }) => {
    const value = isStatic ? props.get(name) : undefined
    return value ? [{ value, type }] : []
  })

// Python: what is given to code has any value in a field of a declared type; what stands there is only its default.
const isOfRequest = (self: Value, { type }: FieldDecl, { module }: ClassRef) =>
  module.language === 'python' &&
  self.t === 'symbol' &&
  self.text !== 'self' &&
  self.text !== 'this' &&
  type !== null &&
  type.name !== 'ClassVar'

// Spring's and Micronaut's `@Value("${name:otherwise}")`, MicroProfile's `@ConfigProperty(name = "name")`.
function settingOf({ decorators }: FieldDecl): string | null {
  for (const one of decorators) {
    const name = one.k === 'call' && one.callee.k === 'name' ? one.callee.name : ''
    if (one.k !== 'call' || (name !== 'Value' && name !== 'ConfigProperty')) continue
    for (const arg of one.args) {
      const text =
        arg.value.k === 'str' && (arg.name === null || arg.name === 'value' || arg.name === 'name')
          ? arg.value.value
          : ''
      const key = name === 'Value' ? /^\$\{([\w.-]+)/.exec(text)?.[1] : text
      if (key) return key
    }
  }
  return null
}

const isWhole = (value: Value) =>
  value.t === 'func' ||
  value.t === 'class' ||
  value.t === 'pack' ||
  value.t === 'list' ||
  (value.t === 'object' && !value.props.has('default') && value.ref === null)

/** A method with the value that it is called on. */
export function methodOf({ fn, owner }: { fn: Func; owner: ClassRef }, self: Value | null): FuncValue {
  return { t: 'func', fn, scope: owner.scope, self, owner, module: owner.module, marks: [] }
}

/** Whether it is a class of errors that is known by its full name: `hono/http-exception.HTTPException`. */
export const isNamedError = ({ path }: SymbolValue) =>
  /[./](?:[A-Z]\w*)?(?:Error|Exception|Http404|PermissionDenied|DoesNotExist|E_[A-Z_]+)(?:\(\))?$/.test(
    path,
  ) && !path.startsWith('?')

// One of neverthrow's.
const isResult = (value: Value): boolean => value.t === 'object' && value.props.has('_unsafeUnwrap')

const lacks = (value: Value, name: string): boolean =>
  isResult(value) && value.t === 'object' && !value.props.has(name)

// Python: the names of classes of a package's module of errors are known as well: `rest_framework.exceptions.NotFound`.
const isErrorClass = (of: SymbolValue) =>
  isNamedError(of) || /^[a-z]\w*(?:\.\w+)*\.exceptions\.[A-Z]\w*$/.test(of.path)

// Python: what says of a field of a model, of settings or of a data class how it is filled is no value of it.
const isDeclaration = (value: Value): boolean =>
  value.t === 'symbol' &&
  /^(?:pydantic|dataclasses|attrs?|msgspec|sqlmodel)\b.*\.(?:Field|field|ib)\(\)$|\.(?:Column|mapped_column|relationship)\(\)$/.test(
    value.path,
  )

// Python: a field of what is stored, of a library whose classes have columns in the place of what fields are by default.
const isColumn = (lookup: Lookup, ref: ClassRef, name: string): boolean =>
  ref.module.language === 'python' &&
  lookup
    .ancestry(ref)
    .some((base) => /^(?:beanie|sqlmodel|odmantic)\b.*\.(?:Document|SQLModel|Model)$/.test(base)) &&
  [ref, ...lookup.orderOf(ref)].some(({ cls }) =>
    cls.fields.some((field) => field.name === name && field.type !== null),
  )

// Python: what is read like a field and runs like a method.
// A table that a field of JavaScript begins with, and that the code of its class puts nothing else into.
const isTable = ({ name, value }: FieldDecl, { cls, module }: ClassRef): boolean =>
  module.language === 'javascript' &&
  value?.k === 'object' &&
  value.entries.length > 0 &&
  value.entries.every(({ key, value: one }) => key !== null && (one.k === 'member' || one.k === 'func')) &&
  !new RegExp(String.raw`\bthis\.${name}\b(?:\.\w+|\[[^\]]*\])*\s*=(?![=>])`).test(
    module.text.slice(cls.start, cls.end),
  )

const isProperty = ({ decorators, isGetter }: Func): boolean =>
  isGetter === true ||
  decorators.some(
    (one) =>
      (one.k === 'name' || one.k === 'member') && /^(?:(?:cached_)?property|computed_field)$/.test(one.name),
  )

/** Whether something is the body of a request, or of it. */
const isOfBody = (value: Value): boolean => value.t === 'symbol' && /^body(?:\.[\w-]+)*$/.test(value.text)
