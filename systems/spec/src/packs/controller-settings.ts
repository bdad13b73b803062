import type { Class } from '../parse/ir.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import { each, nothing, symbol, textOf } from '../resolve/values.ts'
import type { ArgValue, ClassRef, Site, SymbolValue, Value } from '../resolve/values.ts'
import type { NodeSettings } from './node-settings.ts'
import { optionOf } from './options.ts'

/** Paths that a global prefix of Nest does not stand before, of one method or of any. */
export interface ExcludedPath {
  path: RegExp
  method: string | null
}

/** What a program of Nest or routing-controllers sets for all of its controllers. */
interface NestSettings {
  prefix: Value | null
  /** Paths that have no prefix. */
  excluded: ExcludedPath[]
  /** Versions stand in paths, behind this prefix. */
  versions: { prefix: Value | null; byDefault: Value | null } | null
  site: Site
  /** Where the application is made that it is set on, where that is known. */
  of: Site | null
}

/** An application of Nest: its outermost module, and the server that it is made for, where that is a router. */
export interface NestApplication {
  root: ClassRef
  server: Value | null
  site: Site
}

/** Something that answers for JAX-RS is put on a server: a servlet with its pattern, a server with its address, one of CXF below that of its servlet. */
export interface RestMount {
  kind: 'servlet' | 'server' | 'cxf'
  path: Value | null
  site: Site
}

/** Settings of programs that change the paths of all of their controllers, as they are called for. */
export class ControllerSettings {
  readonly nest: NestSettings[] = []
  readonly applications: NestApplication[] = []
  /** Prefixes of Spring's controllers, with which of them have it. */
  readonly spring: { prefix: Value | undefined; predicate: Value | undefined; site: Site }[] = []
  /** The code that is run to see what it puts JAX-RS on; null while none is. */
  askedOfRest: Site | null = null
  /** What programs put JAX-RS on. */
  readonly rest: RestMount[] = []
  /** Things whose methods Armeria serves, and below which path. */
  readonly armeria: { path: Value | null; services: Value[]; site: Site }[] = []
  /** What makes settings of Nest, by the name that it is registered as. */
  readonly #registered = new Map<string, Value>()
  /** What makes settings of Nest that have no such name. */
  readonly #loaded: Value[] = []
  /** What they made. */
  readonly #settings = new Map<Value, Value>()
  readonly #restClasses = new Map<Class, boolean>()
  readonly #interpreter: Interpreter
  readonly #ofNode: NodeSettings

  /** `ofNode` reads schemas of settings. */
  constructor(interpreter: Interpreter, ofNode: NodeSettings) {
    this.#interpreter = interpreter
    this.#ofNode = ofNode
  }

  /** Notes what a call sets; a call that reads a setting gives it, any other null. */
  call(callee: SymbolValue, args: ArgValue[], site: Site): Value | null {
    const [first, second] = args.map(({ value }) => value)
    const { path } = callee
    if (path === '@nestjs/config.registerAs' && second) this.#registered.set(textOf(first) ?? '', second)
    if (path.endsWith('@nestjs/config.ConfigModule.forRoot')) {
      const load = optionOf(first, 'load')
      this.#loaded.push(...(load?.t === 'list' ? load.items : []))
      const checked = this.#ofNode.bySchema(optionOf(first, 'validationSchema'))
      if (checked) this.#loaded.push(checked)
      const validate = optionOf(first, 'validate')
      if (validate?.t === 'func') this.#loaded.push(validate)
    }
    // `ConfigType<typeof settings>`, by `settings()` or what the container has under `settings.KEY`.
    const keyed = path.endsWith('.get') && first?.t === 'symbol' ? first : callee
    const isOwn = keyed === callee ? /registerAs\(\)$/ : /registerAs\(\)\.KEY$/
    const registered = keyed === callee ? callee : keyed.of
    if (
      path.startsWith('@nestjs/') &&
      isOwn.test(keyed.path) &&
      registered?.t === 'symbol' &&
      registered.args[1]
    )
      return this.#made(registered.args[1].value, site)
    // A service that the application is asked for.
    if (/NestFactory\.create\w*\(\)\.(?:get|resolve)$/.test(path)) {
      if (first?.t === 'class')
        return symbol(`${path}()`, first.ref.cls.name, {
          of: callee,
          args,
          ref: first.ref,
          site,
          isThere: true,
        })
      if (first?.t === 'symbol' && first.path === '@nestjs/config.ConfigService')
        return symbol(`${first.path}()`, 'config', { of: callee, args, site, isThere: true })
    }
    if (this.askedOfRest) this.#restMount(callee, args, this.askedOfRest)
    if (/\.annotatedService(?:\(\)[\w.()]*\.build)?$/.test(path)) {
      const values = args.map(({ value }) => value)
      // `annotatedService().pathPrefix("/a")…build(thing)`.
      let prefix = values.find((one) => textOf(one) !== null || one.t === 'text') ?? null
      for (let at = callee.of; at?.t === 'symbol' && !at.path.endsWith('.annotatedService()'); at = at.of)
        if (at.path.endsWith('.pathPrefix()')) prefix = at.args[0]?.value ?? null
      this.armeria.push({ path: prefix, services: values, site })
    }
    if (path.endsWith('.addPathPrefix')) this.spring.push({ prefix: first, predicate: second, site })
    const of = callee.of?.t === 'symbol' ? callee.of.site : null
    if (path === '@nestjs/core.NestFactory.create' && first?.t === 'class')
      this.applications.push({
        root: first.ref,
        server: second?.t === 'symbol' ? (second.args[0]?.value ?? null) : null,
        site,
      })
    if (path.endsWith('.setGlobalPrefix'))
      this.nest.push({
        prefix: first ?? null,
        excluded: excludedPaths(second),
        versions: null,
        site,
        of,
      })
    if (/^routing-controllers\.(?:create|use)KoaServer$/.test(path)) {
      const options = path.includes('.use') ? second : first
      this.nest.push({
        prefix: optionOf(options, 'routePrefix') ?? null,
        excluded: [],
        versions: null,
        site,
        of,
      })
    }
    if (path.endsWith('.enableVersioning')) {
      const type = optionOf(first, 'type')
      if (!type || (type.t === 'symbol' && type.path.endsWith('.URI')))
        this.nest.push({
          prefix: null,
          excluded: [],
          versions: {
            prefix: optionOf(first, 'prefix') ?? null,
            byDefault: optionOf(first, 'defaultVersion') ?? null,
          },
          site,
          of,
        })
    }
    const given = this.#settingOf(path, textOf(first), site)
    if (given || !isConfigService.test(path) || second?.t !== 'const' || second.v === null) return given
    const key = `${callee.text}("${textOf(first) ?? ''}")`
    return { t: 'union', of: [symbol(`${path}()`, key, { args, of: callee, site }), second], text: key }
  }

  // A call with a servlet of JAX-RS and a path, whatever it is called (`addServlet(holder, "/api/*")`, `serve("/*").with(GuiceContainer.class)`).
  #restMount(callee: SymbolValue, args: readonly ArgValue[], site: Site): void {
    const note = (kind: RestMount['kind'], path: Value | null | undefined) =>
      this.rest.push({ kind, path: path ?? null, site })
    const [first] = args
    if (/(?:Http|Container)ServerFactory\.create\w*$|HttpContainerFactory\.create\w*$/.test(callee.path))
      note('server', first && urlIn(first.value))
    else if (/\bcxf\.[\w.()]*JAXRSServerFactoryBean\(\)\.setAddress$/.test(callee.path))
      note('cxf', first?.value)
    else if (/\bdropwizard\.[\w.()]*\.setUrlPattern$/.test(callee.path)) note('servlet', first?.value)
    else if (
      [...args.map(({ value }) => value), ...(callee.of ? [callee.of] : [])].some((one) => this.#isRest(one))
    ) {
      const path = [...args.map(({ value }) => value), ...givenBefore(callee)].find((one) =>
        (textOf(one) ?? '').startsWith('/'),
      )
      if (path) note('servlet', path)
    }
  }

  #isRest(value: Value, depth = 0): boolean {
    if (depth > 4) return false
    return each(value).some((one) => {
      const ref = one.t === 'class' ? one.ref : one.t === 'object' || one.t === 'symbol' ? one.ref : null
      if (ref && this.#isRestClass(ref)) return true
      if (one.t !== 'symbol') return false
      return (
        restServlets.test(one.path) ||
        one.args.some((arg) => this.#isRest(arg.value, depth + 1)) ||
        (one.of !== null && this.#isRest(one.of, depth + 1))
      )
    })
  }

  #isRestClass(ref: ClassRef): boolean {
    const known = this.#restClasses.get(ref.cls)
    if (known !== undefined) return known
    const isRest = this.#interpreter.lookup.ancestry(ref).some((name) => restServlets.test(name))
    this.#restClasses.set(ref.cls, isRest)
    return isRest
  }

  /** With settings that were read before it was known what is loaded. */
  known(value: Value, site: Site): Value {
    if (value.t === 'text') return { ...value, parts: value.parts.map((part) => this.known(part, site)) }
    if (value.t !== 'symbol' || !value.path.endsWith('()')) return value
    return this.#settingOf(value.path.slice(0, -2), textOf(value.args[0]?.value), site) ?? value
  }

  // Settings are made once, before requests come: what that may throw no request is answered with.
  #made(by: Value, site: Site): Value {
    if (by.t === 'object') return by
    // What checks the environment is given that.
    const given = [{ name: null, value: symbol('process.env') }]
    const made =
      this.#settings.get(by) ?? this.#interpreter.record(() => this.#interpreter.call(by, given, site)).result
    this.#settings.set(by, made)
    return made
  }

  // `configService.get('app.apiPrefix')`, of what is registered as `app`, or of `app` in what is loaded.
  #settingOf(path: string, key: string | null, site: Site): Value | null {
    if (key === null || !/\.get(?:OrThrow)?$/.test(path)) return null
    const [name = '', ...rest] = key.split('.')
    const made = this.#registered.get(name)
    const from = made ? [{ made, keys: rest }] : this.#loaded.map((made) => ({ made, keys: [name, ...rest] }))
    for (const { made, keys } of from) {
      const [found] = keys.reduce(
        (values, one) =>
          values.flatMap((value) => (value.t === 'object' ? (value.props.get(one) ?? []) : [])),
        each(this.#made(made, site)),
      )
      if (found && keys.length > 0) return found
    }
    return null
  }
}

/** What `ConfigService` of Nest is asked for: by its type, or of the application. */
const isConfigService = /ConfigService\(\)\.get$/

// `{ exclude: ['health', 'hooks/*path', { path: 'metrics', method: RequestMethod.GET }] }` (docs.nestjs.com, "Global prefix").
function excludedPaths(options: Value | undefined): ExcludedPath[] {
  const given = optionOf(options, 'exclude') ?? nothing
  return (given.t === 'list' ? given.items : []).flatMap((one): ExcludedPath[] => {
    const text = textOf(one.t === 'object' ? one.props.get('path') : one)
    const verb = one.t === 'object' ? one.props.get('method') : undefined
    const method = verb?.t === 'symbol' ? (/\.([A-Z]+)$/.exec(verb.path)?.[1] ?? null) : null
    return text === null ? [] : [{ path: patternOf(text), method: method === 'ALL' ? null : method }]
  })
}

/** Whether a global prefix does not stand before a path, of which versions do not count. */
export function isLeftOut(
  excluded: readonly ExcludedPath[],
  path: string,
  method: string,
  versions: Iterable<string>,
): boolean {
  const own = [...versions].reduce(
    (rest, one) => (rest.startsWith(`/${one}/`) ? rest.slice(one.length + 1) : rest),
    path,
  )
  return excluded.some((one) => (one.method === null || one.method === method) && one.path.test(own))
}

// Variables stand for one part of a path, stars for any.
const patternOf = (text: string): RegExp =>
  new RegExp(
    `^/${text
      .replace(/^\//, '')
      .replaceAll(/[.+?^$|\\[\]]/g, String.raw`\$&`)
      .replaceAll(/\*\w*|:\w+\(\\\.\*\)|\(\\\.\*\)/g, '\u0001')
      .replaceAll(/:\w+/g, '[^/]+')
      .replaceAll('{', '(?:')
      .replaceAll('}', ')?')
      .replaceAll('\u0001', '.*')}/?$`,
  )

/** Servlets and filters that answer for JAX-RS ("Servlet", in Jakarta RESTful Web Services; the guides of Jersey, RESTEasy and CXF). */
export const restServlets =
  /\bws\.rs\.(?:core\.)?Application\b|\bjersey\.[\w.]*(?:Servlet|Guice)Container\b|\bresteasy\.[\w.]*(?:Dispatcher|FilterDispatcher)\b|\bcxf\.[\w.]*Servlet\b|\bwink\.[\w.]*RestServlet\b/

// What the calls before it in a chain were given.
function givenBefore(callee: SymbolValue): Value[] {
  const found: Value[] = []
  for (let one = callee.of; one?.t === 'symbol'; one = one.of)
    found.push(...one.args.map(({ value }) => value))
  return found
}

// The address in what makes one of it (`URI.create("http://…")`, `UriBuilder.fromUri("http://…").port(9998).build()`).
function urlIn(value: Value): Value | null {
  if (value.t === 'text') return value
  if (textOf(value) !== null) return value
  if (value.t !== 'symbol') return null
  return (
    [...value.args.map((one) => one.value), ...(value.of ? [value.of] : [])]
      .map(urlIn)
      .find((one) => one !== null) ?? null
  )
}
