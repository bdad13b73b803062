import { always, unsaid } from '../../facts/condition.ts'
import type { Condition } from '../../facts/condition.ts'
import { both, knownTruth } from '../../resolve/conditions.ts'
import { annotationsOf } from '../../resolve/annotations.ts'
import { methodOf } from '../../resolve/members.ts'
import type { Outcome } from '../../resolve/running.ts'
import type { ArgValue, ClassRef, FuncValue, SymbolValue, Value } from '../../resolve/values.ts'
import { each, symbol, textOf } from '../../resolve/values.ts'
import type { Func } from '../../parse/ir.ts'
import type { Around, FoundOperation } from '../flat-routes.ts'
import { isAlways, whenAny } from '../first-that-is.ts'
import { registeredWhen } from '../registered-when.ts'
import { bootPrograms } from '../java-paths.ts'
import { programOf } from '../java-settings.ts'
import type { Run } from '../run-code.ts'
import { beanWhen } from './bean-conditions.ts'
import { fitsAntPattern } from './ant-pattern.ts'

/** A filter or an interceptor, and the requests that it is put before. */
interface Before {
  ref: ClassRef
  fn: FuncValue
  /** Folder of the program that puts it there. */
  program: string
  /** Null is any request. */
  patterns: string[] | null
  excluded: string[]
  /** Some of its paths are only known when the program runs. */
  isUnsure: boolean
  /** What settings and profiles have to be for it to be there. */
  when: Condition
}

const filterBases =
  /(?:^|\.)(?:OncePerRequestFilter|GenericFilterBean)$|\.servlet\.Filter$|(?:^|\.)WebFilter$/
/** WebFlux ("Exceptions"): what answers errors of its filters, where it is not Spring's own. */
const filterCatchers = /WebExceptionHandler$/

/**
 * What Spring MVC runs before handlers. Spring Boot ("Servlets, Filters, and Listeners", "Embedded Web Servers") puts each filter that is a bean before all requests, one that is
 * registered before those of its patterns; Spring Security has those that its chain was given. Spring MVC ("Interceptors"): those of `addInterceptors`, by their patterns.
 */
export class SpringRequests {
  readonly #run: Run
  readonly #programs: ReadonlySet<string>
  readonly #filters: Before[]
  readonly #interceptors: Before[]
  #setUp: readonly string[] | null = null

  constructor(run: Run) {
    this.#run = run
    this.#programs = bootPrograms(run)
    const classes = run.interpreter.lookup.classes().filter(({ module }) => module.language === 'java')
    this.#interceptors = classes.flatMap((ref) =>
      ref.cls.members
        .filter(({ name, hasBody }) => name === 'addInterceptors' && hasBody)
        .flatMap((fn) => this.#intercepting(ref, fn)),
    )
    this.#filters = this.#readFilters(classes)
  }

  filters(operation: FoundOperation, ofChain: readonly Pick<Before, 'ref' | 'when'>[]): Around[] {
    const registered = this.#filters.filter((one) => this.#isFor(one, operation))
    const own = ofChain
      .filter(({ ref }) => !registered.some((one) => one.ref.cls === ref.cls && isAlways(one.when)))
      .flatMap(({ ref, when }) => {
        const fn = this.#filterOf(ref)
        const program = programOf(ref.module.path)
        return fn ? [{ ref, fn, program, patterns: null, excluded: [], isUnsure: false, when }] : []
      })
    return [...registered, ...own].map((one) => ({ run: () => this.#filter(one, operation) }))
  }

  interceptors(operation: FoundOperation): Around[] {
    return this.#interceptors
      .filter((one) => this.#isFor(one, operation))
      .map((one) => ({
        run: () => this.#asked(one, () => this.#before(one.fn, operation, false)).filter(passes),
      }))
  }

  #isFor({ program, patterns, excluded }: Before, { template, site }: FoundOperation): boolean {
    const fits = (pattern: string) => fitsAntPattern(pattern, template.path)
    return (
      (program === programOf(site.module.path) || !this.#programs.has(program)) &&
      (patterns === null || patterns.some(fits)) &&
      !excluded.some(fits)
    )
  }

  // Where it is not known whether it is put before a request, all that it does may be.
  #asked<T>({ isUnsure, when }: Before, work: () => T): T {
    const asked = both(when, isUnsure ? [[unsaid]] : always)
    return isAlways(asked) ? work() : this.#run.interpreter.within(asked, work)
  }

  #filter(one: Before, operation: FoundOperation): void {
    const { interpreter } = this.#run
    const skip = interpreter.lookup.method(one.ref, 'shouldNotFilter')
    const skipped = skip
      ? interpreter
          .record(() => interpreter.outcomes(methodOf(skip, null), [], operation.site), 2000)
          .result.map(({ value }) => knownTruth(value))
      : [false]
    if (skipped.every((is) => is === true)) return
    this.#asked({ ...one, isUnsure: one.isUnsure || skipped.some((is) => is !== false) }, () =>
      this.#before(one.fn, operation, true),
    )
  }

  // What it reads is told by what it refuses with, and what it answers well says nothing of the operation. No handler of errors of controllers sees what a filter throws.
  #before(fn: FuncValue, { site, denied }: FoundOperation, isFilter: boolean): Outcome[] {
    const isOfShown = isFilter && denied !== undefined
    const { interpreter } = this.#run
    const from = interpreter.effects?.length ?? 0
    const made = interpreter.outcomes(fn, isFilter ? [] : handlerFor(fn), site)
    const all = interpreter.effects
    if (all)
      for (const effect of all.splice(from)) {
        if (effect.kind === 'read' || (effect.status !== null && effect.status < 400)) continue
        if (isFilter && effect.kind === 'raise' && effect.note['isHandedOn'] !== true)
          all.push({ ...effect, kind: 'respond', status: this.#statusOf(fn, effect.value) })
        else all.push(isOfShown ? { ...effect, note: { ...effect.note, isOfShown } } : effect)
      }
    return made
  }

  // WebFlux ("WebExceptionHandler") answers an error of a filter with the status that the error is of; of servlets only their server knows.
  #statusOf({ fn }: FuncValue, error: Value): number | null {
    const { interpreter, meaning } = this.#run
    const { lookup } = interpreter
    const [status, ...others] = meaning.errorStatuses(error)
    const isCaught = () =>
      lookup.classes().some((ref) => lookup.ancestry(ref).some((name) => filterCatchers.test(name)))
    return fn.name === 'filter' && status !== undefined && others.length === 0 && !isCaught() ? status : null
  }

  #filterOf(ref: ClassRef): FuncValue | null {
    const { lookup } = this.#run.interpreter
    const bases = lookup.ancestry(ref).filter((name) => filterBases.test(name))
    if (bases.length === 0) return null
    const found = bases.some((name) => name.endsWith('WebFilter'))
      ? lookup.method(ref, 'filter')
      : (lookup.method(ref, 'doFilterInternal') ?? lookup.method(ref, 'doFilter'))
    return found?.fn.hasBody === true ? methodOf(found, null) : null
  }

  #readFilters(classes: readonly ClassRef[]): Before[] {
    const { interpreter } = this.#run
    const { lookup } = interpreter
    const named = (ref: ClassRef, fn: Pick<Func, 'decorators'>) =>
      annotationsOf(interpreter, fn.decorators, ref.scope, ref)
    const beans = classes.flatMap((ref) =>
      ref.cls.members
        .filter((fn) => fn.hasBody && named(ref, fn).some(({ path }) => path.endsWith('.Bean')))
        .map((fn) => ({ ref, fn })),
    )
    const registered = beans
      .filter(({ fn }) => /(?:^|\.)FilterRegistrationBean$/.test(fn.returns?.name ?? ''))
      .flatMap(({ ref, fn }) => this.#registered(ref, fn))
    const isGivenBy = ({ ref: of, fn }: (typeof beans)[number], { cls }: ClassRef): boolean => {
      const type = fn.returns ? lookup.typeTarget(fn.returns.name, of.scope) : null
      return type !== null && typeof type !== 'string' && type.cls === cls
    }
    return [
      ...registered.flatMap(({ isOff, ...one }) => (isOff ? [] : [one])),
      ...classes.flatMap((ref): Before[] => {
        const fn = this.#filterOf(ref)
        const isBean =
          beans.some((one) => isGivenBy(one, ref)) ||
          named(ref, ref.cls).some(({ path }) => component.test(path))
        if (!fn || !isBean || registered.some((one) => one.ref.cls === ref.cls)) return []
        if (this.#isPutByNobody(ref)) return []
        const program = programOf(ref.module.path)
        const makers = beans.filter((one) => isGivenBy(one, ref))
        const when =
          makers.length === 0
            ? beanWhen(interpreter, ref)
            : whenAny(makers.map((one) => ({ when: beanWhen(interpreter, one.ref, one.fn) })))
        return [{ ref, fn, program, patterns: null, excluded: [], isUnsure: false, when }]
      }),
    ]
  }

  /**
   * That a filter of servlets is a bean puts it before requests by Spring Boot alone. Where a program is set up by `web.xml` or an initializer and Boot is not there,
   * one counts that these name (`DelegatingFilterProxy`, "The DelegatingFilterProxy"), by its bean or its class.
   */
  #isPutByNobody(ref: ClassRef): boolean {
    const { project, interpreter } = this.#run
    if (interpreter.lookup.ancestry(ref).some((name) => name.endsWith('WebFilter'))) return false
    this.#setUp ??= plainSetUp(project)
    const name = ref.cls.name
    const named = new RegExp(String.raw`\b(?:${name}|${name.slice(0, 1).toLowerCase()}${name.slice(1)})\b`)
    return this.#setUp.length > 0 && !this.#setUp.some((text) => named.test(text))
  }

  // `FilterRegistrationBean`: the filter that it is made with or given, and its patterns.
  #registered(ref: ClassRef, fn: Func): (Before & { isOff: boolean })[] {
    const { calls, made } = this.#calls(ref, fn)
    const filters = [
      ...calls.filter(({ callee }) => callee.path.endsWith('.setFilter')).map(({ args }) => args[0]?.value),
      ...[...made, ...calls.map(({ callee }) => callee.of)].flatMap((value) =>
        value?.t === 'symbol' && value.path.endsWith('FilterRegistrationBean()')
          ? value.args.map((arg) => arg.value)
          : [],
      ),
    ]
    const [filter] = filters.flatMap((value) => (value ? each(value) : [])).flatMap(classOf)
    const run = filter && this.#filterOf(filter)
    if (!filter || !run) return []
    const given = calls.filter(({ callee }) => /\.(?:add|set)UrlPatterns$/.test(callee.path))
    const told = textsIn(given.flatMap(({ args }) => args))
    return [
      {
        ref: filter,
        fn: run,
        program: programOf(ref.module.path),
        patterns: given.length === 0 ? null : told.texts.map(ofServlets),
        excluded: [],
        isUnsure: told.isUnsure,
        when: beanWhen(this.#run.interpreter, ref, fn),
        isOff: calls.some(
          ({ callee, args }) =>
            callee.path.endsWith('.setEnabled') && args[0] && knownTruth(args[0].value) === false,
        ),
      },
    ]
  }

  // `registry.addInterceptor(one).addPathPatterns(…).excludePathPatterns(…)`.
  #intercepting(ref: ClassRef, fn: Func): Before[] {
    const { lookup } = this.#run.interpreter
    const { calls } = this.#calls(ref, fn)
    const added = calls.filter(({ callee }) => callee.path.endsWith('.addInterceptor'))
    return added.flatMap(({ args, site, when }): Before[] => {
      const own = calls.filter(
        ({ callee }) =>
          /\.(?:add|exclude)PathPatterns$/.test(callee.path) && addedAt(callee)?.start === site.start,
      )
      const given = args.flatMap(({ value }) => each(value))
      const [asked] = given.flatMap(classOf)
      const found = asked && lookup.method(asked, 'preHandle')
      const before = found?.fn.hasBody === true ? methodOf(found, null) : given.flatMap(handedTo)[0]
      if (!before) return []
      const of = (name: RegExp) =>
        textsIn(own.filter(({ callee }) => name.test(callee.path)).flatMap((one) => one.args))
      const [put, excluded] = [of(/\.addPathPatterns$/), of(/\.excludePathPatterns$/)]
      return [
        {
          ref: asked ?? ref,
          fn: before,
          program: programOf(ref.module.path),
          patterns: own.some(({ callee }) => callee.path.endsWith('.addPathPatterns')) ? put.texts : null,
          excluded: excluded.texts,
          isUnsure: put.isUnsure || excluded.isUnsure,
          when: both(beanWhen(this.#run.interpreter, ref, fn), registeredWhen(when)),
        },
      ]
    })
  }

  #calls(ref: ClassRef, fn: Func): { calls: Run['meaning']['noticed']; made: Value[] } {
    const { interpreter, meaning } = this.#run
    const before = meaning.noticed.length
    const site = {
      module: ref.module,
      start: fn.start,
      end: fn.headEnd,
      symbol: `${ref.cls.name}.${fn.name}`,
    }
    const { result } = interpreter.record(() =>
      interpreter.outcomes(methodOf({ fn, owner: ref }, null), [], site),
    )
    return { calls: meaning.noticed.slice(before), made: result.flatMap(({ value }) => each(value)) }
  }
}

// What runs before a method of a controller is given that: `preHandle(request, response, handler)`.
const handlerFor = ({ fn }: FuncValue): ArgValue[] =>
  fn.params.slice(2, 3).map(({ name }) => ({
    name,
    value: symbol('org.springframework.web.method.HandlerMethod()', name),
  }))

// What sets up a program of servlets without Spring Boot; nothing where Boot is there.
function plainSetUp({ manifests, modules }: Run['project']): string[] {
  const java = [...modules.values()].filter(({ language }) => language === 'java')
  const boot = /\bspring-boot\b|org\.springframework\.boot\b/
  if ([...manifests.values(), ...java.map(({ text }) => text)].some((text) => boot.test(text))) return []
  return [
    ...[...manifests].flatMap(([path, text]) =>
      /(?:^|\/)web\.xml$/.test(path) && !/(?:^|\/)src\/test\//.test(path) ? [text] : [],
    ),
    ...java.flatMap(({ text }) =>
      /\b(?:extends\s+Abstract\w*DispatcherServletInitializer|implements\s+WebApplicationInitializer)\b/.test(
        text,
      )
        ? [text]
        : [],
    ),
  ]
}

const component =
  /^org\.springframework\.(?:stereotype\.(?:Component|Service)|context\.annotation\.Configuration)$/

// Where the interceptor was added that a call goes on with.
function addedAt(callee: SymbolValue) {
  for (let one: Value | null = callee.of; one?.t === 'symbol'; one = one.of)
    if (one.path.endsWith('.addInterceptor()')) return one.site
  return null
}

// Sa-Token's interceptor runs what it is made with (sa-token.cc, "SaInterceptor").
const handedTo = (value: Value): FuncValue[] =>
  value.t === 'symbol' && value.path.endsWith('.SaInterceptor()')
    ? value.args.flatMap((arg) => (arg.value.t === 'func' ? [arg.value] : []))
    : []

const passes = ({ value }: Outcome): boolean => knownTruth(value) !== false

/** The class of a thing that is made here or that the container gives. */
const classOf = (value: Value): ClassRef[] =>
  (value.t === 'object' || value.t === 'symbol' || value.t === 'class') && value.ref ? [value.ref] : []

function textsIn(args: readonly ArgValue[]): { texts: string[]; isUnsure: boolean } {
  const values = args.flatMap(({ value }) => (value.t === 'list' ? value.items : each(value)))
  const texts = values.flatMap((one) => textOf(one) ?? [])
  return { texts, isUnsure: texts.length < values.length }
}

// Patterns of servlets (Jakarta Servlet, "Mapping Requests to Servlets") as Spring's: `/a/*` is all below `/a`.
const ofServlets = (pattern: string): string => pattern.replace(/\/\*$/, '/**').replace(/^\*\./, '/**/*.')
