import type { Expr, Param } from '../parse/ir.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import { constant, each, printValue, symbol, textOf, union } from '../resolve/values.ts'
import type { ArgValue, ClassRef, FuncValue, ObjectValue, SymbolValue, Value } from '../resolve/values.ts'
import { optionOf } from './options.ts'

/** What a container was told of a token: a class that it makes, a thing, a function that makes it, another token. */
interface Bound {
  is: 'class' | 'thing' | 'maker' | 'token'
  value: Value
}

const ofTsyringe =
  /^tsyringe(?:\/[\w/]+)?\.(?:container|DependencyContainer\(\))(?:\.(?:createChildContainer|register\w*)\(\))*\.(\w+)$/
const ofTypedi = /^typedi\.(?:(?:default|Container)(?:\.of\(\))?\.(get|getMany|set)|(get))$/
const ofInversify = /^inversify\.Container\(\)(?:\.(?:container|createChild\(\)))*\.(\w+)$/
const bindsLater =
  /^inversify\.Container\(\)(?:\.(?:bind|options))*\.(?:re)?bind\(\)\.(to|toSelf|toConstantValue|toDynamicValue|toService)$/
const loads = /^inversify\.Container\(\)\.load(?:Async)?$/
const ofAwilix =
  /^(?:awilix\.createContainer\(\)(?:\.(?:createScope|register|loadModules)\(\))*|@fastify\/awilix\.diContainer|.*\.(?:diScope|container|scope))\.(resolve|register|build)$/
const cradle =
  /^(?:awilix\.createContainer\(\)|@fastify\/awilix\.|.*\.(?:diScope|container|scope)\.).*cradle$/
const invokes = /^awilix-(?:express|koa)\.make(?:Class|Function|Resolver)?Invoker\(\)$/
const asksFor = /^(?:get|getNamed|getTagged|getAsync|resolve|resolveAll|getAll|getMany|build)$/
const injects = /^(?:tsyringe|inversify|typedi)\.(?:[iI]nject|multiInject|injectAll|[iI]njectMany)\(\)$/
const makesRouter = /\b(?:\w*Router|express|[fF]astify|Hono|Koa|OpenAPIHono)\(/

/**
 * Containers of dependencies (tsyringe, typedi, InversifyJS, awilix: README): what they are asked for is made of its class, with what its constructor and
 * its fields are marked with or typed as, or is what was bound to the token.
 */
export class Containers {
  readonly #interpreter: Interpreter
  readonly #bound = new Map<string, Bound[]>()
  readonly #made = new Map<unknown, Value>()
  readonly #contained = new WeakSet<Value>()
  /** Of awilix: what is given by its name. */
  readonly #named = new Map<string, Value>()

  constructor(interpreter: Interpreter) {
    this.#interpreter = interpreter
  }

  /** What is asked of such an instance while a program is set up is no matter of its routes, unless its module makes a router or it is given or has one: following all of it would leave no steps for them. */
  isPassedOver({ self, module }: FuncValue, args: readonly ArgValue[]): boolean {
    if (!self || !this.#contained.has(self) || makesRouter.test(module.text)) return false
    const held = self.t === 'object' ? [...self.props.values()] : []
    return ![...held, ...args.map(({ value }) => value)].some(({ t }) => t === 'pack')
  }

  call(callee: SymbolValue, args: readonly ArgValue[]): Value | null {
    const [first, second] = args.map(({ value }) => value)
    if (loads.test(callee.path)) for (const { value } of args) this.#load(value)
    if (!first) return null
    const later = bindsLater.exec(callee.path)?.[1]
    if (later !== undefined || callee.path.endsWith('.toSelf')) {
      const [token] = callee.of?.t === 'symbol' ? callee.of.args : []
      const is = later === 'toDynamicValue' ? 'maker' : later === 'toService' ? 'token' : kindOf(first)
      if (token) this.#bind(token.value, { is, value: first })
      return null
    }
    const asked =
      ofTsyringe.exec(callee.path)?.[1] ??
      ofTypedi.exec(callee.path)?.slice(1).find(Boolean) ??
      ofInversify.exec(callee.path)?.[1]
    if (asked === undefined) return this.#byNames(callee, first, second)
    if (/^(?:register|set)/.test(asked)) {
      for (const one of first.t === 'list' ? first.items : [first]) this.#registered(one, second)
      return null
    }
    return asksFor.test(asked) ? this.#asked(first, /All$|Many$/.test(asked)) : null
  }

  /** Of awilix: what stands under a name of what gives everything by its name. */
  member({ path }: SymbolValue, name: string): Value | null {
    return cradle.test(path) ? (this.#ofAwilix(constant(name)) ?? symbol(`${path}.${name}`, name)) : null
  }

  #bind(token: Value, bound: Bound): void {
    const key = keyOf(token)
    this.#bound.set(key, [...(this.#bound.get(key) ?? []), bound])
    this.#made.delete(key)
  }

  #registered(token: Value, given: Value | undefined): void {
    const id = optionOf(token, 'id')
    const options = id ? token : given
    for (const [option, is] of providers) {
      const value = optionOf(options, option)
      if (value) return this.#bind(id ?? token, { is, value })
    }
    const value = given ?? token
    this.#bind(id ?? token, { is: kindOf(value), value })
  }

  // Modules of InversifyJS are functions that are given what binds.
  #load(value: Value): void {
    for (const one of each(value))
      if (one.t === 'symbol' && /^inversify\.(?:Async)?ContainerModule\(\)$/.test(one.path))
        for (const { value: fn } of one.args) this.#run(fn, [symbol('inversify.Container().bind', 'bind')])
  }

  #asked(token: Value, isAll: boolean): Value | null {
    const key = keyOf(token)
    const bound = this.#bound.get(key) ?? []
    if (isAll) {
      const items = bound.flatMap((one) => this.#give(one) ?? [])
      return items.length > 0 ? { t: 'list', items, isOpen: false } : null
    }
    const known = this.#made.get(key)
    if (known) return known
    const last = bound.at(-1)
    const given = last ? this.#give(last) : token.t === 'class' ? this.#make(token.ref) : null
    if (given) this.#made.set(key, given)
    return given
  }

  #give({ is, value }: Bound): Value | null {
    if (is === 'token') return this.#asked(value, false)
    if (is === 'maker') return this.#run(value, [symbol(`tsyringe.DependencyContainer()`, 'container')])
    const all = each(value)
    if (is === 'class') {
      const made = all.flatMap((one) => (one.t === 'class' ? (this.#make(one.ref) ?? []) : []))
      return made.length === all.length ? union(made) : null
    }
    return all.every(({ t }) => t === 'object' || t === 'func' || t === 'pack') ? value : null
  }

  // --- awilix ---

  #byNames(callee: SymbolValue, first: Value, second: Value | undefined): Value | null {
    if (invokes.test(callee.path)) return this.#invoked(callee, first)
    const asked = ofAwilix.exec(callee.path)?.[1]
    if (asked === 'register') return this.#register(first, second)
    return asked === 'build' || (asked === 'resolve' && this.#named.size > 0) ? this.#ofAwilix(first) : null
  }

  #register(first: Value, second: Value | undefined): Value | null {
    const name = textOf(first)
    if (name !== null && second) this.#named.set(name, second)
    for (const one of each(first))
      if (one.t === 'object') for (const [key, value] of one.props) this.#named.set(key, value)
    return null
  }

  #ofAwilix(token: Value): Value | null {
    const name = textOf(token)
    if (name === null) return this.#resolver(token)
    const known = this.#made.get(`awilix ${name}`)
    if (known) return known
    const held = this.#named.get(name)
    const given = held ? this.#resolver(held) : null
    if (given) this.#made.set(`awilix ${name}`, given)
    return given
  }

  // `asClass(Keeper).singleton()`: what it was made with says what it gives.
  #resolver(value: Value): Value | null {
    if (value.t === 'class') return this.#make(value.ref, true)
    if (value.t === 'func') return this.#byName(value)
    for (let at: Value | null = value; at?.t === 'symbol'; at = at.of) {
      const [given] = at.args.map((arg) => arg.value)
      const made = /^awilix\.(as\w+|aliasTo)\(\)$/.exec(at.path)?.[1]
      if (made === undefined || !given) continue
      if (made === 'aliasTo') return this.#ofAwilix(given)
      if (made === 'asValue') return given
      return given.t === 'class' || given.t === 'func' ? this.#resolver(given) : null
    }
    return null
  }

  #byName(fn: FuncValue): Value | null {
    return this.#run(
      fn,
      fn.fn.params.map((param) => this.#cradleOr(param)),
    )
  }

  // A container that is not told otherwise gives all things as one, which is taken apart or asked by their names.
  #cradleOr(param: Param): Value {
    const byName = this.#named.has(param.name) ? this.#ofAwilix(constant(param.name)) : null
    return byName ?? symbol('awilix.createContainer().cradle', param.name || 'cradle')
  }

  #invoked({ args: [held] }: SymbolValue, name: Value): Value | null {
    const method = textOf(name)
    const made = held && method !== null ? this.#resolver(held.value) : null
    return made && method !== null ? this.#interpreter.memberOf(made, method, null) : null
  }

  // --- making ---

  #make(ref: ClassRef, isNamed = false): Value | null {
    const known = this.#made.get(ref.cls)
    if (known) return known
    const begun: Value = unmade(ref)
    // What asks for itself on the way is known by its class.
    this.#made.set(ref.cls, begun)
    const found = this.#interpreter.lookup.method(ref, 'constructor')
    const args = (found?.fn.params ?? []).map((param) =>
      isNamed ? this.#cradleOr(param) : this.#given(param, found?.owner ?? ref),
    )
    const made = this.#interpreter.asSetUp(() =>
      this.#interpreter.instantiate(
        ref,
        args.map((value) => ({ name: null, value })),
        { module: ref.module, start: ref.cls.start, end: ref.cls.headEnd, symbol: ref.cls.name },
      ),
    )
    if (made.t === 'object') this.#inject(ref, made)
    this.#contained.add(made)
    this.#made.set(ref.cls, made)
    return made
  }

  #inject(ref: ClassRef, made: ObjectValue): void {
    for (const field of ref.cls.fields) {
      const value = this.#marked(field.decorators, ref)
      if (value) made.props.set(field.name, value)
    }
  }

  #given(param: Param, owner: ClassRef): Value {
    const { lookup } = this.#interpreter
    const marked = this.#marked(param.decorators, owner)
    if (marked) return marked
    const target = param.type && lookup.typeTarget(param.type.name, owner.scope)
    const isMade = target && typeof target !== 'string' && target.cls.kind === 'class'
    const value = isMade ? this.#asked({ t: 'class', ref: target }, false) : null
    if (value) return value
    return param.type ? lookup.instanceOf(param.type, owner.scope, param.name) : symbol('?', param.name)
  }

  // What `@inject(TOKEN)` says is to be given.
  #marked(decorators: readonly Expr[], { scope }: ClassRef): Value | null {
    for (const one of decorators) {
      const mark = this.#interpreter.evaluate(one, scope)
      if (mark.t !== 'symbol' || !injects.test(mark.path)) continue
      const [token] = mark.args
      if (token) return this.#asked(later(token.value, this.#interpreter), /All|Many|multi/.test(mark.path))
    }
    return null
  }

  #run(value: Value, args: Value[]): Value | null {
    // `instanceCachingFactory(make)`
    const fn = value.t === 'symbol' ? (value.args[0]?.value ?? value) : value
    if (fn.t !== 'func') return null
    const site = { module: fn.module, start: fn.fn.start, end: fn.fn.headEnd, symbol: fn.fn.name }
    return this.#interpreter.asSetUp(() =>
      this.#interpreter.call(
        fn,
        args.map((one) => ({ name: null, value: one })),
        site,
      ),
    )
  }
}

const providers = [
  ['useClass', 'class'],
  ['type', 'class'],
  ['useValue', 'thing'],
  ['value', 'thing'],
  ['useFactory', 'maker'],
  ['factory', 'maker'],
  ['useToken', 'token'],
] as const

const kindOf = (value: Value): Bound['is'] =>
  each(value).every(({ t }) => t === 'class') ? 'class' : 'thing'

// A token that is said by a function, as its class stands further down (`() => Keeper`, `delay(() => Keeper)`).
function later(token: Value, interpreter: Interpreter): Value {
  const fn = token.t === 'symbol' && token.path === 'tsyringe.delay()' ? token.args[0]?.value : token
  if (fn?.t !== 'func') return token
  return interpreter.call(fn, [], { module: fn.module, start: fn.fn.start, end: fn.fn.end, symbol: '' })
}

function unmade(ref: ClassRef): Value {
  const { name } = ref.cls
  return symbol(`container:${name}()`, `${name.charAt(0).toLowerCase()}${name.slice(1)}`, {
    ref,
    isThere: true,
  })
}

const keyOf = (token: Value): string =>
  token.t === 'class' ? `${token.ref.module.path} ${token.ref.cls.name}` : printValue(token)
