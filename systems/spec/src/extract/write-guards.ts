import { always, normalizeCondition } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import type { FactOf } from '../facts/fact.ts'
import type { OpenQuestion } from '../facts/fact-set.ts'
import { nestjs } from '../packs/nestjs/nestjs.ts'
import { operationTitle } from '../requirements/say-fact.ts'
import { both } from '../resolve/conditions.ts'
import { GuardsOfRoutes } from './guards-of-routes.ts'
import { headOfClass } from '../resolve/declared.ts'
import { each } from '../resolve/values.ts'
import type { Site, Value } from '../resolve/values.ts'
import { askedAt } from './answer-sites.ts'
import { rightAsked } from './around/said-rights.ts'
import { askedBySpring } from './around/method-security.ts'
import type { AnnotatedOperation } from './annotated.ts'
import type { EvidenceReader } from './evidence.ts'
import type { Draft, FactStore } from './fact-store.ts'
import type { FoundOperation } from './flat-routes.ts'
import type { Grounds } from './grounds.ts'
import { guardsBefore, untoldBefore } from './guards.ts'
import { mountsOf } from './mounted.ts'
import type { Observation } from './observation.ts'
import type { Run } from './run-code.ts'
import { withoutRequired } from './required-first.ts'
import { keyRefusals, keysAsked, ofNobody } from './service-keys.ts'
import { saidBy, saidStatus } from './shown.ts'
import type { Said } from './shown.ts'
import { askedSignIn, isRefusal, statesAsked } from './sign-in.ts'
import type { AskedSignIn } from './sign-in.ts'

type GuardKind = FactOf<'guard'>['guard']
type Base = { service: string; condition: Condition }

/** Writes who may call an operation: by its annotations, what runs before it, rules of the program, and what it was seen to refuse. */
export class GuardWriter {
  readonly #run: Run
  readonly #store: FactStore
  readonly #evidence: EvidenceReader
  /** How conditions of the operation are told. */
  #grounds: Grounds | null = null
  /** Chooses what shows what is said. */
  #shows: (first: Site, others: readonly Site[], said: readonly Said[]) => Site[] = (_first, others) => [
    ...others,
  ]
  #operation: FoundOperation | null = null
  readonly #routes = new GuardsOfRoutes()
  /** The places that guards of the operation were shown by. */
  readonly #shownBy = new Map<string, { site: Site; others: readonly Site[] }>()

  /** Guards of the operation that refuse by a right before who calls is asked. */
  readonly #early = new Set<string>()
  /** Middleware from outside of which it is not known whether it refuses anybody, by its name, with what it stands before. */
  readonly #untold = new Map<string, { site: Site; ids: string[] }>()
  /** What shows guards by who is not signed in. */
  readonly #later: (() => void)[] = []

  constructor(run: Run, store: FactStore, evidence: EvidenceReader) {
    this.#run = run
    this.#store = store
    this.#evidence = evidence
  }

  add(
    operation: FoundOperation,
    id: string,
    base: Base,
    observation: Observation,
    grounds: Grounds,
    shows: (first: Site, others: readonly Site[], said: readonly Said[]) => Site[],
  ): void {
    this.#grounds = grounds
    this.#shows = shows
    this.#operation = operation
    this.#shownBy.clear()
    this.#routes.begin(this.#store.partsOf(id))
    this.#later.length = 0
    this.#early.clear()
    if (operation.isSignIn) return
    const asked = askedSignIn(observation, operation.method)
    if ('guards' in operation) this.#annotated(operation as AnnotatedOperation, id, base, observation, asked)
    const known = (value: Value) =>
      this.#run.meaning.knownOf(value, operation.pack).filter(({ fails }) => fails === undefined)
    const before = guardsBefore(operation, observation, known)
    for (const name of untoldBefore(operation, observation, known)) {
      const { site, ids } = this.#untold.get(name) ?? { site: operation.site, ids: [] }
      this.#untold.set(name, { site, ids: [...ids, id] })
    }
    // What lets everybody pass says nothing where something behind it refuses who is not signed in.
    const isAsked = before.some((one) => one.guard === 'authentication' && !one.isOptional)
    for (const {
      guard,
      name,
      roles,
      grade,
      isOptional,
      condition,
      site,
      through,
      credentials = [],
    } of before.filter((one) => !isAsked || one.guard !== 'authentication' || !one.isOptional))
      this.#put(id, { ...base, condition }, site, through, {
        guard,
        name,
        roles: roles.toSorted(),
        grade,
        isOptional,
        credentials,
      })
    for (const secured of operation.secured ?? [])
      this.#put(id, { ...base, condition: secured.when }, secured.site, secured.through ?? [], {
        guard: secured.guard,
        name: secured.name ?? 'HttpSecurity',
        roles: secured.roles.toSorted(),
        grade: secured.isUnsure ? 'declared' : 'proved',
      })
    if (asked)
      this.#signIn(id, base, withoutRequired(asked, operation, observation.answers, this.#store.partsOf(id)))
    this.#keys(id, base, observation)
  }

  /** Shows guards by all that says whom they refuse: once the answers are told, which ask where a guard was seen to refuse. */
  show(): void {
    for (const one of this.#later) one()
  }

  /** One question of each middleware whose code is not here and of which only its package says that it may refuse. */
  questions(operations: readonly FactOf<'operation'>[]): OpenQuestion[] {
    return [...this.#untold].map(([name, { site, ids }]) => {
      const titles = new Set(operations.filter((one) => ids.includes(one.id)).map(operationTitle))
      const [first = ''] = titles
      const more = titles.size > 1 ? ` and ${titles.size - 1} more` : ''
      return {
        text: `Whom does \`${name}\` refuse, which stands before ${first}${more}?`,
        why: 'Its code was not read, and its name does not say whether it refuses anybody.',
        path: site.module.path,
        line: this.#evidence.of(site).line,
      }
    })
  }

  #put(
    id: string,
    base: Base,
    site: Site,
    through: readonly Site[],
    says: Partial<Draft<'guard'>> & Pick<Draft<'guard'>, 'guard' | 'name' | 'roles'>,
  ): string {
    const draft: Draft<'guard'> = {
      ...base,
      condition: this.#grounds?.condition(base.condition) ?? base.condition,
      kind: 'guard',
      grade: 'proved',
      isOptional: false,
      credentials: [],
      ...says,
      evidence: [],
      operation: id,
    }
    const others = [
      ...through,
      ...(this.#operation ? mountsOf(this.#operation, [site, ...through]) : []),
      ...askedAt(base.condition.flat()),
    ]
    this.#show(draft, site, others)
    const guard = this.#store.put(draft)
    const before = this.#shownBy.get(guard)
    const known = this.#store.partsOf(id).find((one) => one.id === guard)
    if (!before && known?.kind === 'guard') this.#routes.join(known, draft.name, draft.condition)
    this.#shownBy.set(
      guard,
      before ? { site: before.site, others: [...before.others, site, ...others] } : { site, others },
    )
    return guard
  }

  // `statusAt`: where the code has the status of who is not signed in; null where that is documented.
  #show(guard: Draft<'guard'>, site: Site, others: readonly Site[], statusAt: Site | null = null): void {
    const { packs } = this.#run
    const said = [
      ...saidBy(guard, packs),
      ...(statusAt && guard.status !== undefined ? [saidStatus(guard.status, packs)] : []),
    ]
    const all = [...(statusAt ? [statusAt] : []), ...others]
    guard.evidence = this.#evidence.all(site, this.#shows(site, all, said))
  }

  #annotated(
    operation: AnnotatedOperation,
    id: string,
    base: Base,
    observation: Observation,
    asked: AskedSignIn | null,
  ): void {
    for (const { guard, roles, annotation, owner } of operation.guards) {
      const isSpring = operation.pack.framework === 'Spring'
      const enabled = isSpring ? askedBySpring(this.#run, annotation) : always
      if (!enabled) continue
      const ownBase = { ...base, condition: both(base.condition, enabled) }
      const site: Site = {
        module: owner.module,
        start: annotation.expr.start,
        end: annotation.expr.end,
        symbol: owner.cls.name,
      }
      const values = operation.pack === nestjs ? annotation.args.map(({ value }) => value) : listed(roles)
      const names = values.map(nameOf).filter((name) => name !== '')
      const name = annotation.path.split('.').at(-1) ?? ''
      if (operation.pack === nestjs)
        for (const value of values) this.#nest(id, base, site, value, observation, asked, annotation.when)
      else {
        // What asks for more than roles is told as it stands.
        const [asked] = /\.(?:Pre|Post)Authorize$/.test(annotation.path) ? names : []
        const isMore = guard === 'role' && asked !== undefined && !rightAsked(asked).isOfRoles
        this.#put(id, ownBase, site, [], {
          guard,
          name: isMore ? asked : name,
          roles: isMore ? [] : names.toSorted(),
        })
      }
    }
  }

  // Nest's guards may ask for anything: what each of them refuses with says what.
  #nest(
    id: string,
    base: Base,
    site: Site,
    value: Value,
    { answers }: Observation,
    asked: AskedSignIn | null,
    when: Condition = always,
  ): void {
    const name = nameOf(value)
    if (name === '') return
    const isLimit = this.#run.meaning.knownOf(value, nestjs).some(({ status }) => status === 429)
    const own = answers.filter(
      (answer) => answer.isBefore === true && isOf(name, [answer.site, ...answer.through]),
    )
    const keys = keyRefusals(own)
    const nobodys = ofNobody(own)
    const isOfKey = own.length > 0 && keys.length === own.length
    // A class that was seen to refuse nobody asks nobody who he is; what is not here may.
    const asksWho =
      own.some((one) => one.status === 401 && !nobodys.includes(one) && isRefusal(one)) ||
      (own.length === 0 && asked !== null && value.t === 'symbol')
    const isForbidden = own.some(({ status }) => status === 403)
    const guard: GuardKind = isLimit
      ? 'limit'
      : isOfKey
        ? 'other'
        : asksWho
          ? 'authentication'
          : isForbidden
            ? 'role'
            : 'other'
    const condition = normalizeCondition(
      both(when, guard === 'role' || isOfKey ? statesAsked(own) : base.condition),
      { keepsUnsaid: true },
    )
    const put = this.#put(
      id,
      { ...base, condition },
      site,
      [
        ...own.slice(0, 3).map(({ site: one }) => one),
        ...own.slice(0, 1).flatMap(({ through }) => through),
        ...(value.t === 'class' ? [headOfClass(value.ref)] : []),
        ...askedAt(own.slice(0, 3).flatMap(({ conditions }) => conditions.flat(2))).slice(0, 5),
      ],
      {
        guard,
        name,
        roles: [],
        credentials: keysAsked(keys),
      },
    )
    const [first] = own
    const signIn = asked ? answers.findIndex((one) => one.isBefore === true && one.site === asked.site) : -1
    if (guard === 'role' && first && signIn > answers.indexOf(first)) this.#early.add(put)
  }

  // A key that all callers share is asked by a guard that is known already, or by code that was only seen to refuse.
  #keys(id: string, base: Base, { answers }: Observation): void {
    const [first, ...others] = keyRefusals(answers)
    if (!first) return
    const all = [first, ...others]
    const credentials = keysAsked(all)
    const known = this.#store
      .partsOf(id)
      .some(
        (one) =>
          one.kind === 'guard' &&
          one.guard === 'other' &&
          credentials.every((key) =>
            one.credentials.some((own) => own.in === key.in && own.name === key.name),
          ),
      )
    if (known) return
    const name = first.site.symbol.split('.')[0] || first.raisedBy
    this.#put(
      id,
      { ...base, condition: statesAsked(all) },
      first.site,
      all.slice(0, 3).flatMap(({ site, through }) => [site, ...through]),
      { guard: 'other', name, roles: [], credentials },
    )
  }

  // Who calls is asked by a guard that is known already, or by code that was only seen to refuse.
  #signIn(id: string, base: Base, asked: AskedSignIn): void {
    const { credentials, status, grade, condition, isOptional, name, roles, site, through, statusAt } = asked
    const answer = status === null ? {} : { status }
    const known = this.#store
      .partsOf(id)
      .filter((one) => one.kind === 'guard')
      // Of another route of the same path nothing is said here.
      .filter((one) => this.#shownBy.has(one.id))
      .filter(
        ({ guard, id: one }) => guard === 'authentication' || (guard === 'role' && !this.#early.has(one)),
      )
    const show = (guard: FactOf<'guard'>) => {
      const by = this.#shownBy.get(guard.id)
      if (by) this.#later.push(() => this.#show(guard, by.site, [...by.others, ...through], statusAt))
    }
    for (const guard of known) {
      this.#routes.ask(guard, asked)
      if (status !== null && statusAt) {
        const at = this.#evidence.of(statusAt)
        if (!guard.evidence.includes(at)) guard.evidence.push(at)
      }
      show(guard)
    }
    if (known.length > 0) return
    // What refuses who shows none of it is no guard of another kind besides.
    const where = this.#evidence.of(site)
    const same = this.#store
      .partsOf(id)
      .filter((one) => one.kind === 'guard')
      .find(
        (one) =>
          one.guard === 'other' &&
          one.grade === grade &&
          one.evidence.some(
            ({ path, startByte, endByte }) =>
              path === where.path && startByte <= where.startByte && where.endByte <= endByte,
          ),
      )
    if (same) {
      Object.assign(same, {
        guard: roles.length > 0 ? 'role' : 'authentication',
        credentials,
        roles: roles.toSorted(),
        ...answer,
      })
      show(same)
      return
    }
    const said = statusAt ? [statusAt] : []
    this.#put(id, { ...base, condition }, site, [...said, ...through], {
      guard: roles.length > 0 ? 'role' : 'authentication',
      name,
      roles: roles.toSorted(),
      grade,
      isOptional,
      credentials,
      ...answer,
    })
  }
}

// What a class does, by where it stands.
const isOf = (name: string, sites: readonly Site[]) =>
  sites.some(({ symbol }) => symbol === name || symbol.startsWith(`${name}.`))

const listed = (value: Value | undefined): Value[] =>
  value === undefined ? [] : value.t === 'list' ? value.items : each(value)

const nameOf = (value: Value): string =>
  value.t === 'const'
    ? String(value.v)
    : value.t === 'class'
      ? value.ref.cls.name
      : value.t === 'symbol'
        ? value.text
        : ''
