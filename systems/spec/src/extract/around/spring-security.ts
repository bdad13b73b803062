import {
  always,
  misfit,
  normalizeCondition,
  unknownCaller,
  unsaid,
  withoutRole,
} from '../../facts/condition.ts'
import type { Atom, Condition } from '../../facts/condition.ts'
import { both } from '../../resolve/conditions.ts'
import { registeredWhen } from '../registered-when.ts'
import type { Func } from '../../parse/ir.ts'
import { annotationsOf } from '../../resolve/annotations.ts'
import { lastOrder } from '../../resolve/java-statics.ts'
import type { ArgValue, ClassRef, Site, SymbolValue, Value } from '../../resolve/values.ts'
import { each, symbol, textOf } from '../../resolve/values.ts'
import type { Around, FoundOperation } from '../flat-routes.ts'
import type { Run } from '../run-code.ts'
import { bootPrograms } from '../java-paths.ts'
import { orderOf } from '../java-advice.ts'
import { handledStatuses } from '../raised.ts'
import { programOf } from '../java-settings.ts'
import { firstThatIs, together } from '../first-that-is.ts'
import { fitsAntPattern } from './ant-pattern.ts'
import { beanWhen } from './bean-conditions.ts'
import { injectedLists } from './injected-lists.ts'
import { saidStatus } from './said-refusals.ts'
import type { Said } from './said-refusals.ts'
import { signInFilters, signInOperation } from './sign-in-filters.ts'
import { ownTable } from '../../parse/own-table.ts'

/** One line of the rules for requests: those of a method and patterns, and what is asked of them. */
interface Rule {
  method: string | null
  /** Null is any request. */
  patterns: string[] | null
  /** Some of its patterns are only known when the program runs. */
  isUnsure: boolean
  asks: 'nothing' | 'authentication' | 'role' | 'refusal'
  roles: string[]
  /** What settings have to be for it to be set up. */
  when: Condition
  site: Site
}

interface Chain {
  /** What settings and profiles have to be for it to be set up. */
  when: Condition
  /** Folder of the program whose code sets it up. */
  program: string
  /** Requests that it is for; null is all. */
  patterns: string[] | null
  rules: Rule[]
  /** Filters of the repository's own that it was given. */
  filters: ClassRef[]
  /** The status of a request without authentication. */
  unknown: number
  forbidden: number
  /** Where the program says these: the call, and the code of what it is given; what sets up the chain where none does. */
  unknownAt: readonly Site[]
  forbiddenAt: readonly Site[]
  /** What refuses hands its error on to the handlers of errors, which answer it. */
  isUnknownHandedOn: boolean
  isForbiddenHandedOn: boolean
  /** What a token that is there and not valid is answered with, on any path: by the entry point of what reads it, where it has one. */
  bearer: { status: number; isHandedOn: boolean; at: readonly Site[]; isOfHeader: boolean } | null
  /** It asks requests that change something for a token, as it does where nothing is said of that. */
  asksToken: boolean
  /** What comes with a bearer token is not asked for that one. */
  isBearerLetPass: boolean
  /** Its place among others: the first that is for a request counts. */
  order: number
}

const security = 'org.springframework.security.config.annotation.web.builders'
/** What methods that set up chains are given or give. */
const configures = /^(?:(?:Server)?HttpSecurity|WebSecurity(?:Customizer)?)$/

const asking: Record<string, Rule['asks']> = ownTable({
  permitAll: 'nothing',
  anonymous: 'nothing',
  authenticated: 'authentication',
  fullyAuthenticated: 'authentication',
  rememberMe: 'authentication',
  hasRole: 'role',
  hasAnyRole: 'role',
  hasAuthority: 'role',
  hasAnyAuthority: 'role',
  access: 'role',
  hasIpAddress: 'role',
  denyAll: 'refusal',
})
const isOfRoles = /^has(?:Any)?(?:Role|Authority)$/
const matchers =
  /\.(?:requestMatchers|antMatchers|mvcMatchers|pathMatchers|regexMatchers|anyRequest|anyExchange)\(\)$/
const signIn = /^(?:formLogin|oauth2Login|saml2Login|httpBasic|oauth2ResourceServer)$/
const methods = /\.(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/

/** What is asked of an operation by a rule. `isUnsure`: a rule before it may be for it too, and ask less. */
export interface Secured {
  rule: Rule
  when: Condition
  isUnsure: boolean
  around: Around
}

/** What is answered to who is not signed in and to who may not do it, and where the program says so. */
export type Refused = Pick<Chain, 'unknown' | 'forbidden' | 'unknownAt' | 'forbiddenAt'>

/** Rules of Spring Security's filter chains (docs.spring.io, "Authorize HttpServletRequests"): the first rule that fits a request counts. */
export class SpringSecurity {
  readonly #run: Run
  readonly #chains: Chain[]
  /** Programs of their own: what one sets up is for no other. */
  readonly #programs: ReadonlySet<string>
  /** What filters of its chains answer by themselves. */
  readonly signIns: FoundOperation[] = []

  constructor(run: Run) {
    this.#run = run
    this.#programs = bootPrograms(run)
    this.#chains = run.interpreter.lookup
      .classes()
      .flatMap((ref) =>
        ref.module.language === 'java' ? ref.cls.members.flatMap((fn) => this.#chainsOf(ref, fn)) : [],
      )
      .toSorted((a, b) => a.order - b.order)
  }

  // The chain that a method sets up, and the requests that it takes out of all chains.
  #chainsOf(ref: ClassRef, fn: Func): Chain[] {
    const { interpreter, meaning } = this.#run
    const types = [...fn.params.map((param) => param.type), fn.returns].map(
      (type) => type?.name.split('.').at(-1) ?? '',
    )
    if (!fn.hasBody || !types.some((name) => configures.test(name))) return []
    const before = meaning.noticed.length
    const site = {
      module: ref.module,
      start: fn.start,
      end: fn.headEnd,
      symbol: `${ref.cls.name}.${fn.name}`,
    }
    const { self, args } = injectedLists(this.#run, ref, fn, site)
    interpreter.record(() => {
      const made = interpreter.outcomes(
        { t: 'func', fn, scope: ref.scope, self, owner: ref, module: ref.module, marks: [] },
        args,
        site,
      )
      for (const { value } of made)
        if (value.t === 'func')
          interpreter.outcomes(
            value,
            [{ name: null, value: symbol(`${security}.WebSecurity()`, 'web') }],
            site,
          )
    })
    const calls = meaning.noticed.slice(before)
    this.signIns.push(...signInFilters(calls, this.#run).flatMap((one) => signInOperation(this.#run, one)))
    const program = programOf(ref.module.path)
    const when = beanWhen(interpreter, ref, fn)
    const ignored = calls.flatMap(({ callee, args }) =>
      /\.ignoring\(\)\.\w+Matchers$/.test(callee.path) ? textsOf(args) : [],
    )
    const own = ({ decorators }: Pick<Func, 'decorators'>) =>
      annotationsOf(interpreter, decorators, ref.scope, ref)
    const said = [...own(fn), ...own(ref.cls)].some(({ path }) => path.endsWith('.Order'))
    // Adapters of older versions have a place of their own.
    const order = said
      ? (orderOf(this.#run, ref, [...own(fn), ...own(ref.cls)]) ?? lastOrder)
      : ref.cls.bases.some(({ name }) => name.endsWith('WebSecurityConfigurerAdapter'))
        ? 100
        : lastOrder
    const whole = { ...site, start: fn.headEnd, end: fn.end }
    // Spring Security OAuth (`ResourceServerConfiguration`): who shows no token is answered 401, and csrf is off.
    const isOfTokens = ref.cls.bases.some(({ name }) => name.endsWith('ResourceServerConfigurerAdapter'))
    const asksToken = !isOfTokens && !types.includes('ServerHttpSecurity')
    const chain = this.#chain(program, when, calls, order, asksToken, isOfTokens ? 401 : 403, whole)
    return [
      ...(ignored.length > 0
        ? [
            {
              when,
              program,
              patterns: ignored,
              rules: [],
              filters: [],
              unknown: 0,
              forbidden: 0,
              unknownAt: [],
              forbiddenAt: [],
              isUnknownHandedOn: false,
              isForbiddenHandedOn: false,
              bearer: null,
              asksToken: false,
              isBearerLetPass: false,
              order: -Infinity,
            },
          ]
        : []),
      ...(chain.rules.length > 0 ? [chain] : []),
    ]
  }

  /** What is asked of an operation before its handler: by each rule that may be the first for it. */
  around(operation: FoundOperation): Secured[] {
    const { method, template, site } = operation
    const isFor = (one: Rule) => one.method === null || one.method === method
    const ways = this.#chainsFor(template.path, site).flatMap(({ one: own, when }) =>
      firstThatIs(own.rules.filter((one) => isFor(one) && fitsAny(one.patterns, template.path))).map(
        ({ one: rule, when: ofRule }) => {
          const before = own.rules.slice(0, own.rules.indexOf(rule))
          return {
            own,
            rule,
            chain: this.#answering(own, operation),
            when: normalizeCondition(both(when, ofRule), { keepsUnsaid: true }),
            isUnsure: before.some((one) => one.isUnsure && isFor(one) && one.asks !== rule.asks),
          }
        },
      ),
    )
    // Of one that only some settings route, what stands under others asks nothing.
    const mayBe = (when: Condition) => normalizeCondition(both(when, operation.when ?? always)).length > 0
    const asking = ways.filter(({ rule, when }) => rule.asks !== 'nothing' && mayBe(when))
    return together(asking, ({ own, rule, chain, isUnsure }) =>
      JSON.stringify([
        [rule.asks, rule.roles.toSorted(), isUnsure],
        [chain.unknown, chain.forbidden, isAskedForToken(own, method)],
      ]),
    ).map(({ own, rule, chain, when, isUnsure }) => ({
      rule,
      when,
      isUnsure,
      around: {
        run: () => {
          // A rule before it, whose paths are not known, may let everybody pass.
          if (!isUnsure) this.#refuse({ ...rule, when }, chain, isAskedForToken(own, method))
        },
      },
    }))
  }

  #refuse(rule: Rule, chain: Refused, isAfterToken: boolean): void {
    const { interpreter } = this.#run
    const value = symbol(
      'org.springframework.security',
      rule.asks === 'role' ? 'AccessDenied' : 'AuthenticationException',
    )
    const statuses = new Set([
      ...(rule.asks === 'refusal' ? [] : [chain.unknown]),
      ...(rule.asks === 'authentication' ? [] : [chain.forbidden]),
    ])
    for (const status of statuses)
      if (status === 0)
        for (const at of saidAt(chain, 0).slice(-1)) interpreter.emit('respond', value, null, at)
      else if (status >= 400)
        interpreter.running.by(saidAt(chain, status), () =>
          interpreter.within(refusedWhen(rule, chain, status, isAfterToken), () =>
            interpreter.emit('answer-error', value, status, rule.site, { isFramework: true }),
          ),
        )
  }

  // With what the handlers of errors answer that are for an operation, where what refuses leaves it to them.
  #answering(chain: Chain, operation: FoundOperation): Refused {
    const { unknown, forbidden, unknownAt, forbiddenAt } = chain
    const [ofUnknown, ofForbidden] = [
      chain.isUnknownHandedOn ? this.#handled(operation, unauthenticated) : null,
      chain.isForbiddenHandedOn ? this.#handled(operation, 'access.AccessDeniedException') : null,
    ]
    return {
      unknown: ofUnknown?.status ?? unknown,
      forbidden: ofForbidden?.status ?? forbidden,
      unknownAt: [...unknownAt, ...(ofUnknown?.at ?? [])],
      forbiddenAt: [...forbiddenAt, ...(ofForbidden?.at ?? [])],
    }
  }

  #handled(operation: FoundOperation, error: string): { status: number; at: readonly Site[] } {
    const found = handledStatuses(this.#run, operation, [`org.springframework.security.${error}`])
    const [only] = found ?? []
    return only && found?.length === 1 && !only.isOpen
      ? { status: only.status, at: only.through }
      : { status: 0, at: [] }
  }

  /**
   * Spring Security ("OAuth 2.0 Resource Server"): a token that is there is tried before the rules are asked, so that one that is not valid is refused where nobody has to sign in too. None
   * where the rule for an operation answers whoever is not signed in the same.
   */
  tokensTried(operation: FoundOperation): Around[] {
    return this.#chainsFor(operation.template.path, operation.site).flatMap(({ one, when }) =>
      this.#tokensTried(one, when, operation),
    )
  }

  #tokensTried(chain: Chain, where: Condition, operation: FoundOperation): Around[] {
    if (!chain.bearer) return []
    const { isHandedOn, isOfHeader, at } = chain.bearer
    const handled = isHandedOn
      ? this.#handled(operation, 'oauth2.server.resource.InvalidBearerTokenException')
      : null
    const status = handled?.status ?? chain.bearer.status
    const { method, template } = operation
    const rule = chain.rules.find(
      (one) => (one.method === null || one.method === method) && fitsAny(one.patterns, template.path),
    )
    const isTold =
      rule &&
      rule.asks !== 'nothing' &&
      !isAskedForToken(chain, operation.method) &&
      this.#answering(chain, operation).unknown === status
    const [site] = at
    if (status < 400 || isTold || !site) return []
    const { interpreter } = this.#run
    const when: Condition = isOfHeader
      ? [
          [
            { subject: 'header.Authorization', op: 'present' },
            ...(misfit('header.Authorization', 'as a valid bearer token')[0] ?? []),
          ],
        ]
      : [[unsaid]]
    return [
      {
        run: () =>
          interpreter.running.by([...at.slice(1), ...(handled?.at ?? [])], () =>
            interpreter.within(both(where, when), () =>
              interpreter.emit(
                'answer-error',
                symbol('org.springframework.security.oauth2', 'InvalidBearerTokenException'),
                status,
                site,
                { isFramework: true },
              ),
            ),
          ),
      },
    ]
  }

  // The chains that may be the first for a path, and when each of them is.
  #chainsFor(path: string, site: Site): { one: Chain; when: Condition }[] {
    const own = programOf(site.module.path)
    return firstThatIs(
      this.#chains.filter(
        ({ program, patterns }) =>
          (program === own || !this.#programs.has(program)) && fitsAny(patterns, path),
      ),
    )
  }

  /** What its chains answer who is not signed in, and who may not do it, and when; none where no chain is for it. */
  statusesFor(operation: FoundOperation): (Refused & { when: Condition })[] {
    const ways = this.#chainsFor(operation.template.path, operation.site)
    return together(
      ways.map(({ one, when }) => ({ ...this.#answering(one, operation), when })),
      ({ unknown, forbidden }) => `${unknown} ${forbidden}`,
    )
  }

  /** Spring Security ("Cross Site Request Forgery"): what changes something and comes without the token is refused, before anybody is asked who calls. */
  tokens(operation: FoundOperation): Around[] {
    const { method, template, site } = operation
    const { interpreter } = this.#run
    return this.#chainsFor(template.path, site).flatMap(({ one: own, when }): Around[] => {
      const [rule] = own.rules
      const chain = this.#answering(own, operation)
      if (!rule || !isAskedForToken(own, method) || chain.forbidden < 400) return []
      const refused: Condition = [[withoutToken, ...(own.isBearerLetPass ? [withoutBearer] : [])]]
      return [
        {
          run: () =>
            interpreter.running.by(chain.forbiddenAt, () =>
              interpreter.within(both(when, refused), () =>
                interpreter.emit(
                  'answer-error',
                  symbol('org.springframework.security.web.csrf.CsrfFilter', 'CsrfFilter'),
                  chain.forbidden,
                  rule.site,
                  { isFramework: true },
                ),
              ),
            ),
        },
      ]
    })
  }

  /** Filters of its chains that the repository has the code of, and when they are there. */
  filtersFor({ template, site }: FoundOperation): { ref: ClassRef; when: Condition }[] {
    const all = this.#chainsFor(template.path, site).flatMap(({ one, when }) =>
      one.filters.map((ref) => ({ ref, when })),
    )
    return together(all, ({ ref }) => `${ref.module.path} ${ref.cls.start}`)
  }

  #chain(
    program: string,
    when: Condition,
    calls: Run['meaning']['noticed'],
    order: number,
    asksToken: boolean,
    unknown: number,
    whole: Site,
  ): Chain {
    let signsIn = false
    let isSaid = false
    const chain: Chain = {
      when,
      program,
      patterns: null,
      rules: [],
      filters: [],
      unknown,
      forbidden: 403,
      unknownAt: [whole],
      forbiddenAt: [],
      isUnknownHandedOn: false,
      isForbiddenHandedOn: false,
      bearer: null,
      asksToken,
      isBearerLetPass: false,
      order,
    }
    const entries: { site: Site; said: Said | null }[] = []
    let resolver: string | null = null
    let bearerAt: Site | null = null
    for (const { callee, args, site, when: asked } of calls) {
      const name = callee.path.split('.').at(-1) ?? ''
      const asks = asking[name]
      // Which requests one that is set up leaves out is not followed.
      if (/^(?:csrf|apply|with)$/.test(name) && !isByDefault(site)) chain.asksToken = false
      // What a library sets up may answer who is not signed in in a way of its own, where nothing else is said.
      if (/^(?:apply|with)$/.test(name) && !isSaid && !signsIn && chain.unknown === 403 && isOutside(args)) {
        chain.unknown = 0
        chain.unknownAt = [linkOf(site, name)]
      }
      if (name === 'oauth2ResourceServer') chain.isBearerLetPass = true
      if (name === 'csrf' || isTurnedOff(site)) continue
      if (name === 'oauth2ResourceServer') bearerAt = linkOf(site, name)
      if (name === 'bearerTokenResolver') resolver = args.map(({ value }) => codeOf(value)).join('\n')
      if (/^addFilter(?:Before|After|At)?$/.test(name)) chain.filters.push(...filterOf(args))
      else if (asks) {
        const matcher = matcherOf(callee)
        if (matcher)
          chain.rules.push(
            ...requestsOf(matcher).map((one) => ({
              ...one,
              asks,
              roles: args.flatMap(
                ({ value }) => textOf(value) ?? (isOfRoles.test(name) ? runRole(value) : []),
              ),
              when: registeredWhen(asked),
              site: linkOf(site, matcher.path),
            })),
          )
      } else if (
        /^securityMatchers?$/.test(name) ||
        /HttpSecurity\(\)\S*\.(?:ant|mvc)Matcher$/.test(callee.path) ||
        /\.requestMatchers\(\)\.(?:ant|mvc)Matchers$/.test(callee.path)
      )
        chain.patterns = [...(chain.patterns ?? []), ...textsOf(args)]
      // An entry point that is said is used, whatever way to sign in comes with one of its own.
      else if (isSaid && signIn.test(name)) continue
      else if (name === 'httpBasic' || name === 'oauth2ResourceServer') {
        chain.unknown = signsIn ? 0 : 401
        chain.unknownAt = [linkOf(site, name)]
      }
      // Whoever is not signed in is sent to sign in.
      else if (signIn.test(name)) {
        chain.unknown = chain.unknown === 401 ? 0 : 302
        chain.unknownAt = [linkOf(site, name)]
        signsIn = true
      } else if (name === 'authenticationEntryPoint') {
        const said = saidStatus(this.#run, args, 'commence')
        isSaid = said !== null
        entries.push({ site, said })
        chain.unknown = said?.status ?? chain.unknown
        chain.isUnknownHandedOn = said?.isHandedOn ?? chain.isUnknownHandedOn
        if (said) chain.unknownAt = [linkOf(site, name), ...said.at]
      } else if (name === 'accessDeniedHandler') {
        const said = saidStatus(this.#run, args, 'handle')
        chain.forbidden = said?.status ?? chain.forbidden
        chain.isForbiddenHandedOn = said?.isHandedOn ?? chain.isForbiddenHandedOn
        if (said) chain.forbiddenAt = [linkOf(site, name), ...said.at]
      }
    }
    if (bearerAt) {
      const { start, end } = bearerAt
      const own = entries.find(({ site }) => start < site.start && site.end <= end)?.said
      chain.bearer = {
        status: own?.status ?? 401,
        isHandedOn: own?.isHandedOn ?? false,
        at: [bearerAt, ...(own?.at ?? [])],
        isOfHeader: resolver === null || /authorization/i.test(resolver),
      }
    }
    return chain
  }
}

/** What is thrown for who is not signed in ("Architecture", "Handling Security Exceptions"). */
const unauthenticated = 'authentication.InsufficientAuthenticationException'

const codeOf = (value: Value): string =>
  value.t === 'func'
    ? value.module.text.slice(value.fn.start, value.fn.end)
    : (value.t === 'object' || value.t === 'symbol') && value.ref
      ? value.ref.module.text.slice(value.ref.cls.start, value.ref.cls.end)
      : ''

const saidAt = ({ unknown, forbidden, unknownAt, forbiddenAt }: Refused, status: number): readonly Site[] => [
  ...(status === unknown ? unknownAt : []),
  ...(status === forbidden ? forbiddenAt : []),
]

/** Of calls in a row the last, from where the one with this name begins. */
function linkOf(site: Site, path: string): Site {
  const name = path.replace(/\(\)$/, '').split('.').at(-1) ?? ''
  const at = site.module.text.lastIndexOf(`.${name}(`, site.end)
  return at <= site.start ? site : { ...site, start: at + 1 }
}

const filterOf = ([first]: readonly ArgValue[]): ClassRef[] =>
  (first ? each(first.value) : []).flatMap((one) =>
    (one.t === 'object' || one.t === 'symbol') && one.ref ? [one.ref] : [],
  )

const isOutside = ([first]: readonly ArgValue[]): boolean =>
  first !== undefined && each(first.value).some((one) => one.t === 'symbol' && !one.ref)

// `.httpBasic(AbstractHttpConfigurer::disable)`, `.formLogin(it -> it.disable())`, `.httpBasic().disable()`.
const isTurnedOff = ({ module, start, end }: Site): boolean =>
  /(?:::\s*disable|\.disable\(\s*\))\s*\)$/.test(module.text.slice(start, end)) ||
  /^\s*\.disable\(/.test(module.text.slice(end, end + 200))

const withoutToken: Atom = { subject: 'header.X-CSRF-TOKEN', op: 'absent' }
const withoutBearer: Atom = { subject: 'header.Authorization', op: 'absent' }

const isAskedForToken = ({ asksToken }: Chain, method: string): boolean =>
  asksToken && /^(?:POST|PUT|PATCH|DELETE)$/.test(method)

// `csrf(withDefaults())` says what holds where nothing is said.
const isByDefault = ({ module, start, end }: Site): boolean =>
  /\bcsrf\((?:Customizer\.)?withDefaults\(\)\)$/.test(module.text.slice(start, end))

// Whom it refuses: who is not signed in, and who has none of its roles. `isAfterToken`: whoever comes without the token against forgery was refused before.
function refusedWhen(
  { asks, roles, when }: Rule,
  { unknown, forbidden }: Refused,
  status: number,
  isAfterToken: boolean,
): Condition {
  if (asks === 'refusal') return when
  const rows: Condition = []
  const isTold = isAfterToken && unknown !== forbidden
  if (status === unknown)
    rows.push([unknownCaller, ...(isTold ? [{ ...withoutToken, op: 'present' } as const] : [])])
  if (status === forbidden && asks === 'role')
    rows.push([roles.length > 0 && roles.every((role) => isName.test(role)) ? withoutRole(roles) : unsaid])
  return both(when, rows)
}

const textsOf = (args: readonly ArgValue[]): string[] =>
  args.flatMap(({ value }) => unwrapped(value).flatMap((one) => textOf(one) ?? []))

const fitsAny = (patterns: readonly string[] | null, path: string) =>
  patterns === null || patterns.some((pattern) => fitsAntPattern(pattern, path))

// A role that settings name is told by the setting.
const runRole = (value: Value): string[] =>
  value.t === 'symbol' && value.text !== '' ? [`\`${value.text}\``] : []

const isName = /^[\w.:-]+$/

function matcherOf(callee: SymbolValue): SymbolValue | null {
  for (let one: Value | null = callee; one?.t === 'symbol'; one = one.of)
    if (matchers.test(one.path)) return one
  return null
}

// The requests that a rule is for: of its method and patterns, and those of each matcher that it is given.
function requestsOf(matcher: SymbolValue): Pick<Rule, 'method' | 'patterns' | 'isUnsure'>[] {
  if (/\.any(?:Request|Exchange)\(\)$/.test(matcher.path))
    return [{ method: null, patterns: null, isUnsure: false }]
  if (matcher.path.endsWith('.regexMatchers()')) return [{ method: null, patterns: [], isUnsure: true }]
  const values = matcher.args.flatMap(({ value }) => (value.t === 'list' ? value.items : each(value)))
  const made = values.flatMap(matchersIn)
  const plain = values.filter((one) => matchersIn(one).length === 0)
  return [
    ...(plain.length > 0 || made.length === 0 ? [patternsOf(plain.flatMap(unwrapped), matcher)] : []),
    ...made.map((one) =>
      patternsOf(
        one.args.flatMap(({ value }) => (value.t === 'list' ? value.items : [value])),
        one,
      ),
    ),
  ]
}

// `new AntPathRequestMatcher("/a/**", "GET")`, `antMatcher(HttpMethod.GET, "/a/**")`, `mvc.pattern("/a")`, and those of which any counts.
function matchersIn(value: Value): SymbolValue[] {
  if (value.t !== 'symbol' || value.args.length === 0) return []
  if (/\bOrRequestMatcher\(\)$/.test(value.path))
    return value.args.flatMap((arg) => each(arg.value).flatMap(matchersIn))
  return /\b(?:Ant|Mvc|PathPattern)\w*RequestMatcher\b[^]*\(\)$/.test(value.path) ? [value] : []
}

function patternsOf(
  values: readonly Value[],
  matcher: SymbolValue,
): Pick<Rule, 'method' | 'patterns' | 'isUnsure'> {
  const verbs = values.map((one) => (one.t === 'symbol' ? methods.exec(one.path)?.[1] : verbOf(one)))
  const verb = verbs.find(Boolean)
  const patterns = values.flatMap((one) => (verbOf(one) ? [] : (textOf(one) ?? [])))
  // A list of which nothing is known is not any request.
  const isNoneKnown = values.length === 0 && matcher.args.length > 0
  return {
    method: verb ?? null,
    patterns: patterns.length > 0 || values.length > (verb ? 1 : 0) || isNoneKnown ? patterns : null,
    isUnsure:
      (isNoneKnown || values.length > patterns.length + (verb ? 1 : 0)) &&
      !values.some((one) => one.t === 'symbol' && notOfControllers.test(one.path)),
  }
}

const verbOf = (value: Value): string | undefined =>
  /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/.exec(textOf(value) ?? '')?.[0]

/** Matchers of Spring Boot's own paths: of its actuator, of files and of its database's console. */
const notOfControllers = /\.(?:EndpointRequest|PathRequest|StaticResourceRequest)\b/

// `new AntPathRequestMatcher("/a/**", "GET")`; a regular expression is no pattern.
const unwrapped = (value: Value): Value[] =>
  value.t === 'symbol' &&
  value.args.length > 0 &&
  !methods.test(value.path) &&
  !/\bRegexRequestMatcher\b/.test(value.path)
    ? value.args.map((arg) => arg.value)
    : [value]
