import { always, normalizeCondition, unknownCaller, unsaid, withoutRole } from '../../facts/condition.ts'
import type { Condition } from '../../facts/condition.ts'
import { annotationsOf } from '../../resolve/annotations.ts'
import type { Annotation } from '../../resolve/annotations.ts'
import type { ClassRef, Site } from '../../resolve/values.ts'
import { each, symbol, textOf } from '../../resolve/values.ts'
import type { AnnotatedOperation } from '../annotated.ts'
import type { Around, FoundOperation } from '../flat-routes.ts'
import type { Run } from '../run-code.ts'
import { isAlways, whenAny } from '../first-that-is.ts'
import { both, not } from '../../resolve/conditions.ts'
import { handledStatuses } from '../raised.ts'
import { boundInputs } from '../bound-inputs.ts'
import { isProvided } from '../rest-providers.ts'
import { guardOf, isForNobody, onParameters, permitsSignedIn } from './guard-annotations.ts'
import { issuedRoles } from './issued-roles.ts'
import { askedBySpring, isAskedBySpring } from './method-security.ts'
import { MicronautFilters, refuses } from './micronaut-filters.ts'
import { methodOf } from '../../resolve/members.ts'
import { interceptorsOf, isBound } from './interceptors.ts'
import type { Interceptor } from './interceptors.ts'
import { SpringRequests } from './spring-requests.ts'
import { SpringSecurity } from './spring-security.ts'
import { boundFilters, dynamicFeatures, isBoundByFeature } from './dynamic-features.ts'
import type { DynamicFeature } from './dynamic-features.ts'
import { givenFilters, methodIn, placeOf, runFilter } from './rest-filters.ts'
import type { Filter } from './rest-filters.ts'
import { beanWhen } from './bean-conditions.ts'
import { ownParameters } from './own-parameters.ts'
import { PathRules } from './path-rules.ts'
import { asksForAll, guardLibrary } from './library-guards.ts'
import { rightAsked } from './said-rights.ts'
import { checkArguments } from './validated-calls.ts'
import type { Refused, Secured } from './spring-security.ts'

const none = (when: Condition): Condition => (isAlways(when) ? [] : not(when))

// `@RolesAllowed({"a", "b"})`; what `@PreAuthorize("…")` asks is told as it stands.
function refusedRole(annotation: Annotation): Condition[number] {
  const { path, args } = annotation
  if (isForNobody(annotation)) return [{ ...unknownCaller, op: 'true' }]
  const names = rolesOf(args)
  const texts = names.filter((text) => text !== null)
  if (texts.length === 0 || texts.length < names.length || asksForAll(annotation)) return [unsaid]
  return /\.(?:Pre|Post)Authorize$/.test(path)
    ? texts.map((text) => ({ subject: text, op: 'false' }))
    : [withoutRole(texts)]
}

// Whether nobody who is not signed in has what it asks for.
const isOfSignedIn = ({ path, args }: Annotation): boolean =>
  !/\.(?:Pre|Post)Authorize$/.test(path) ||
  rolesOf(args).every((text) => text !== null && rightAsked(text).isOfSignedIn)

const rolesOf = (args: Annotation['args']): (string | null)[] =>
  args
    .filter(({ name }) => name === null || name === 'value')
    .flatMap(({ value }) => (value.t === 'list' ? value.items : each(value)))
    .map((one) => textOf(one))

// Whether each caller that is signed in may: `**` is any (Jakarta Security), as is a role that no token is without.
const isForAnySignedIn = (run: Run, { path, args }: Annotation): boolean =>
  path.endsWith('.RolesAllowed') &&
  rolesOf(args).some((role) => role !== null && (role === '**' || issuedRoles(run).has(role)))

/** What is answered is documented. */
const unsaidAt = { unknownAt: [], forbiddenAt: [] } as const

type Asked = NonNullable<ReturnType<typeof guardOf>>

/** What runs before methods of Java's annotated classes: filters of JAX-RS, guards by annotation, rules of Spring Security, interceptors and aspects. */
export class JavaAround {
  readonly #run: Run
  readonly #filters: Filter[]
  readonly #features: DynamicFeature[]
  readonly #interceptors: Interceptor[]
  readonly #security: SpringSecurity | null
  readonly #requests: SpringRequests | null
  readonly #paths: PathRules
  readonly #ofMicronaut: MicronautFilters | null

  constructor(run: Run) {
    this.#run = run
    this.#interceptors = interceptorsOf(run)
    const isRest = run.packs.some(({ framework }) => framework === 'JAX-RS')
    this.#filters = isRest ? this.#readFilters() : []
    this.#features = isRest ? dynamicFeatures(run) : []
    this.#security = run.packs.some(({ framework }) => framework === 'Spring')
      ? new SpringSecurity(run)
      : null
    this.#requests = this.#security && new SpringRequests(run)
    this.#paths = new PathRules(run)
    this.#ofMicronaut = run.packs.some(({ framework }) => framework === 'Micronaut')
      ? new MicronautFilters(run)
      : null
  }

  /** What filters of Spring Security answer by themselves. */
  get signIns(): readonly FoundOperation[] {
    return this.#security?.signIns ?? []
  }

  /** Of what functional routes lead to: filters, and what the filter chains ask. */
  addRouted(operation: FoundOperation): void {
    if (operation.pack.framework !== 'Spring' || !this.#security) return
    const secured = this.#security.around(operation)
    operation.around = [
      ...(this.#requests?.filters(operation, this.#security.filtersFor(operation)) ?? []),
      ...this.#security.tokensTried(operation),
      ...this.#security.tokens(operation),
      ...secured.map(({ around }) => around),
    ]
    this.#noteSecured(operation, secured, secured.length === 0)
  }

  #noteSecured(operation: FoundOperation, secured: readonly Secured[], isForAll: boolean) {
    const [denied, ...others] = this.#security?.statusesFor(operation) ?? []
    // Where they differ by settings, none is known.
    const one = (which: 'unknown' | 'forbidden') =>
      denied && others.every((other) => other[which] === denied[which]) ? denied[which] : 0
    if (denied) operation.denied = { unknown: one('unknown'), forbidden: one('forbidden'), isForAll }
    operation.secured = secured.map(({ rule, when, isUnsure }) => ({
      guard: rule.asks === 'authentication' ? 'authentication' : 'role',
      roles: rule.roles,
      when,
      site: rule.site,
      isUnsure,
    }))
  }

  add(operation: AnnotatedOperation): void {
    const { interpreter } = this.#run
    const { owner, fn, pack } = operation
    const onMethod = annotationsOf(interpreter, fn.fn.decorators, fn.scope, owner)
    const onClass = annotationsOf(interpreter, owner.cls.decorators, owner.scope, owner)
    const around: Around[] = []
    const knowing = <T>(work: () => T): T => {
      this.#run.meaning.annotations = { method: onMethod, type: onClass }
      const made = work()
      this.#run.meaning.annotations = null
      return made
    }
    const isSpring = pack.framework === 'Spring'
    const secured = isSpring ? (this.#security?.around(operation) ?? []) : []
    // Where no rule of the program has refused whoever is not signed in before.
    const unsecured = secured.length === 0 ? always : none(whenAny(secured))
    if (isSpring && this.#requests)
      around.push(...this.#requests.filters(operation, this.#security?.filtersFor(operation) ?? []))
    // armeria.dev, "Decorating an annotated service".
    if (pack.framework === 'Armeria')
      for (const { path, args } of [...onClass, ...onMethod])
        for (const { value } of path.endsWith('.annotation.Decorator') ? args : []) {
          const serve = value.t === 'class' ? interpreter.lookup.method(value.ref, 'serve') : null
          if (serve) around.push({ run: () => refuses(this.#run, methodOf(serve, null), always) })
        }
    if (pack.framework === 'Micronaut')
      for (const one of this.#ofMicronaut?.before(operation) ?? [])
        around.push({ run: () => knowing(() => one.run()) })
    if (pack.framework === 'JAX-RS') {
      const names = new Set([...onMethod, ...onClass].map(({ path }) => path))
      const filters = [
        ...this.#filters.filter(({ bindings }) => bindings.every((one) => names.has(one))),
        ...knowing(() => boundFilters(this.#run, this.#features, operation.site)),
      ].toSorted((a, b) => a.order - b.order)
      for (const filter of filters) {
        const before = filters.filter(({ order }) => order < filter.order).flatMap(({ sets }) => sets)
        around.push({
          run: () => {
            const from = interpreter.effects?.length ?? 0
            const run = () => knowing(() => runFilter(this.#run, filter, operation.site))
            if (isAlways(filter.when)) run()
            else interpreter.within(filter.when, run)
            for (const effect of interpreter.effects?.slice(from) ?? [])
              effect.conditions = effect.conditions.map((one) => (isSaid(one, before) ? [[unsaid]] : one))
          },
        })
      }
    }
    const isPermitted =
      pack.framework === 'JAX-RS' && permitsSignedIn(interpreter, fn.fn.params, fn.owner ?? owner)
    // What nothing enables refuses nobody.
    const guardIn = (annotations: readonly Annotation[]) => {
      const guard = guardOf(pack.annotations, annotations, isPermitted)
      return guard && isSpring && !isAskedBySpring(this.#run, guard.annotation) ? null : guard
    }
    const asked =
      guardIn(onMethod) ?? guardIn(onClass) ?? guardIn(onParameters(interpreter, fn.fn.params, owner))
    const refusals = pack.annotations?.refusals
    const refuse = ({ annotation, asks }: Asked, of: ClassRef) => {
      if (!refusals || asks === 'nothing') return
      const { start, end } = annotation.expr
      const site: Site = { module: of.module, start, end, symbol: of.cls.name }
      const answer = (status: number, saidAt: readonly Site[], who: Condition) =>
        status >= 400 &&
        who.length > 0 &&
        interpreter.running.by(saidAt, () =>
          interpreter.within(who, () =>
            interpreter.emit('answer-error', symbol(annotation.path), status, site, { isFramework: true }),
          ),
        )
      const enabled = isSpring ? (askedBySpring(this.#run, annotation) ?? always) : always
      const ways = isSpring
        ? this.#denied(operation, refusals, annotation)
        : [{ ...refusals, ...unsaidAt, when: always }]
      for (const { unknown, forbidden, unknownAt, forbiddenAt, when } of ways) {
        const where = (who: Condition) =>
          normalizeCondition([enabled, when, who].reduce(both), { keepsUnsaid: true })
        const refused = refusedRole(annotation)
        // What an expression asks besides may let pass who is not signed in.
        const isOfAll = asks === 'role' && isSpring && !isOfSignedIn(annotation)
        answer(unknown, unknownAt, where(both(unsecured, [[unknownCaller, ...(isOfAll ? refused : [])]])))
        const isKnown = isOfAll && !isAlways(none(unsecured)) && unknown !== forbidden
        if (asks === 'role' && (isSpring || !isForAnySignedIn(this.#run, annotation)))
          answer(
            forbidden,
            forbiddenAt,
            where([[...(isKnown ? [{ ...unknownCaller, op: 'true' } as const] : []), ...refused]]),
          )
      }
    }
    // What guards may stand on what the method implements.
    const above = asked ? undefined : operation.guards[0]
    const ofPath = this.#paths.of(operation, (asked ?? above ?? null) !== null)
    around.push(...ofPath.map((one) => one.around))
    const over = above ? guardIn([above.annotation]) : null
    if (asked) around.push({ run: () => refuse(asked, owner) })
    const guards = pack.annotations?.guards ?? {}
    if (refusals && pack.framework === 'JAX-RS')
      around.push(
        ...ownParameters(
          this.#run,
          fn.fn.params,
          fn.owner ?? owner,
          (path) => path in guards,
          refusals.unknown,
        ),
      )
    if (above && over) around.push({ run: () => refuse(over, above.owner) })
    if (isSpring)
      around.push({
        run: () => {
          this.#run.meaning.asked = (called, site, args) => {
            // Of what a bean calls of itself Spring knows nothing.
            if (called.module.language !== 'java' || !called.owner || called.module === site.module) return
            const { owner: of } = called
            const rules = [
              guardIn(annotationsOf(interpreter, called.fn.decorators, called.scope, of)),
              guardIn(annotationsOf(interpreter, of.cls.decorators, of.scope, of)),
            ]
            const rule = rules.find((one) => one !== null)
            if (rule) refuse(rule, of)
            checkArguments(this.#run, called, args, site)
          }
        },
      })
    if (isSpring && this.#security)
      around.push(...this.#security.tokensTried(operation), ...this.#security.tokens(operation))
    around.push(...secured.map((one) => one.around))
    if (isSpring && this.#requests)
      for (const one of this.#requests.interceptors(operation))
        around.push({ run: () => knowing(() => one.run()) })
    // They run last: around the method itself.
    for (const one of this.#interceptors.filter((each) => isBound(each, each.isOnClass ? onClass : onMethod)))
      around.push({
        run: () => {
          knowing(() => interpreter.outcomes(one.fn, [], operation.site))
        },
      })
    // Methods that give what answers run before it, and may refuse.
    for (const { fn: locator, bound } of operation.locators)
      around.push({
        run: () => {
          interpreter.outcomes(locator, boundInputs(this.#run, { bound }), operation.site)
        },
      })
    operation.around = around
    // What is annotated asks who calls by itself.
    const isSigned = operation.guards.length > 0
    operation.secured = ofPath.flatMap(({ rule: { asks, roles, when, site, through } }) =>
      isSigned && asks === 'authentication'
        ? []
        : [
            {
              guard: asks === 'authentication' ? 'authentication' : 'role',
              name: 'settings',
              roles,
              when,
              site,
              through,
              isUnsure: false,
            },
          ],
    )
    if (isSpring) this.#noteSecured(operation, secured, secured.length === 0 && !asked && !over)
  }

  // What Spring's annotations deny is thrown where handlers of errors see it, and else answered by the filter chain.
  #denied(
    operation: AnnotatedOperation,
    otherwise: Pick<Refused, 'unknown' | 'forbidden'>,
    annotation: Annotation,
  ): (Refused & { when: Condition })[] {
    const library = guardLibrary(annotation.path)
    if (library) {
      const taken = (error: string) => {
        const all = handledStatuses(this.#run, operation, [error]) ?? []
        return all.length === 1 && all[0]?.isOpen === false ? all[0] : { status: 0, through: [] }
      }
      const [unknown, forbidden] = [taken(library.unknown), taken(library.forbidden(annotation.path))]
      return [
        {
          unknown: unknown.status,
          forbidden: forbidden.status,
          unknownAt: unknown.through,
          forbiddenAt: forbidden.through,
          when: always,
        },
      ]
    }
    const handled = handledStatuses(this.#run, operation, [
      'org.springframework.security.authorization.AuthorizationDeniedException',
      'org.springframework.security.access.AccessDeniedException',
    ])
    if (handled?.length === 0) {
      const ways = this.#security?.statusesFor(operation) ?? []
      return ways.length > 0 ? ways : [{ ...otherwise, ...unsaidAt, when: always }]
    }
    // What takes it and answers nothing that is known refuses with nothing that could be told.
    const status = handled?.length === 1 && handled[0]?.isOpen === false ? handled[0].status : 0
    const at = status === 0 ? [] : (handled?.[0]?.through ?? [])
    return [{ unknown: status, forbidden: status, unknownAt: at, forbiddenAt: at, when: always }]
  }

  #readFilters(): Filter[] {
    const { interpreter } = this.#run
    return interpreter.lookup
      .classes()
      .flatMap((ref): Filter[] => {
        const given = ref.module.language === 'java' ? givenFilters(this.#run, ref) : []
        if (given.length > 0) return given
        if (
          ref.module.language !== 'java' ||
          !ref.cls.bases.some(({ name }) => /(?:^|\.)ContainerRequestFilter$/.test(name))
        )
          return []
        const fn = methodIn(ref, 'filter')
        if (!fn || !isProvided(this.#run, ref) || isBoundByFeature(this.#run, ref)) return []
        const annotations = annotationsOf(interpreter, ref.cls.decorators, ref.scope, ref)
        const bindings = annotations.filter(({ path }) => path.startsWith(':')).map(({ path }) => path)
        const code = ref.module.text.slice(fn.fn.headEnd, fn.fn.end)
        return [
          {
            fn,
            bindings,
            order: placeOf(this.#run, ref),
            when: beanWhen(interpreter, ref),
            answers: false,
            sets: [...code.matchAll(/\.setProperty\(\s*("[^"]*"|[\w.]+)/g)].map(([, key = '']) => key),
          },
        ]
      })
      .toSorted((a, b) => a.order - b.order)
  }
}

// Whether it is asked whether there is what a filter before says of the request: one that lets nobody pass without it may have refused.
const isSaid = (condition: Condition, keys: readonly string[]): boolean =>
  condition.some((row) =>
    row.some(
      ({ subject, op }) =>
        (op === 'present' || op === 'absent') && keys.some((key) => subject.includes(`.getProperty(${key})`)),
    ),
  )
