import type { Condition } from '../facts/condition.ts'
import type { FactOf } from '../facts/fact.ts'
import { nestjs } from '../packs/nestjs/nestjs.ts'
import { each } from '../resolve/values.ts'
import type { Site, Value } from '../resolve/values.ts'
import type { AnnotatedOperation } from './annotated.ts'
import type { EvidenceReader } from './evidence.ts'
import type { Draft, FactStore } from './fact-store.ts'
import type { FoundOperation } from './flat-routes.ts'
import { guardsBefore } from './guards.ts'
import type { Observation } from './observation.ts'
import type { Run } from './run-code.ts'
import { askedSignIn } from './sign-in.ts'
import type { AskedSignIn } from './sign-in.ts'

type GuardKind = FactOf<'guard'>['guard']
type Base = { service: string; condition: Condition }

/** Writes who may call an operation: by its annotations, what runs before it, rules of the program, and what it was seen to refuse. */
export class GuardWriter {
  readonly #run: Run
  readonly #store: FactStore
  readonly #evidence: EvidenceReader

  constructor(run: Run, store: FactStore, evidence: EvidenceReader) {
    this.#run = run
    this.#store = store
    this.#evidence = evidence
  }

  add(operation: FoundOperation, id: string, base: Base, observation: Observation): void {
    const asked = askedSignIn(observation)
    if ('guards' in operation) this.#annotated(operation as AnnotatedOperation, id, base, observation, asked)
    const before = guardsBefore(operation, observation.refuses, (value) =>
      this.#run.meaning.knownOf(value, operation.pack),
    )
    for (const { guard, name, roles, grade, isOptional, condition, site, through } of before)
      this.#put(id, { ...base, condition }, site, through, {
        guard,
        name,
        roles: roles.toSorted(),
        grade,
        isOptional,
      })
    const { secured } = operation
    if (secured)
      this.#put(id, { ...base, condition: secured.when }, secured.site, [], {
        guard: secured.guard,
        name: 'HttpSecurity',
        roles: secured.roles.toSorted(),
        grade: secured.isUnsure ? 'declared' : 'proved',
      })
    if (asked) this.#signIn(id, base, asked)
  }

  #put(
    id: string,
    base: Base,
    site: Site,
    through: readonly Site[],
    says: Partial<Draft<'guard'>> & Pick<Draft<'guard'>, 'guard' | 'name' | 'roles'>,
  ): void {
    this.#store.put({
      ...base,
      kind: 'guard',
      grade: 'proved',
      isOptional: false,
      credentials: [],
      ...says,
      evidence: this.#evidence.all(site, through),
      operation: id,
    })
  }

  #annotated(
    operation: AnnotatedOperation,
    id: string,
    base: Base,
    observation: Observation,
    asked: AskedSignIn | null,
  ): void {
    for (const { guard, roles, annotation, owner } of operation.guards) {
      const site: Site = {
        module: owner.module,
        start: annotation.expr.start,
        end: annotation.expr.end,
        symbol: owner.cls.name,
      }
      const values = operation.pack === nestjs ? annotation.args.map(({ value }) => value) : listed(roles)
      const names = values.map(nameOf).filter((name) => name !== '')
      const kind = operation.pack === nestjs ? this.#kindOf(values, observation, asked) : guard
      const name = annotation.path.split('.').at(-1) ?? ''
      this.#put(
        id,
        base,
        site,
        [],
        kind === 'limit' || kind === 'other'
          ? { guard: kind, name: names.join(', '), roles: [] }
          : { guard: kind, name, roles: names.toSorted() },
      )
    }
  }

  // Nest's guards may ask for anything: what they refuse with says what.
  #kindOf(values: readonly Value[], { answers }: Observation, asked: AskedSignIn | null): GuardKind {
    const isLimit = (value: Value) =>
      this.#run.meaning.knownOf(value, nestjs).some(({ status }) => status === 429)
    if (values.length > 0 && values.every(isLimit)) return 'limit'
    if (asked) return 'authentication'
    return answers.some(({ status, isBefore }) => isBefore === true && status === 401)
      ? 'authentication'
      : 'other'
  }

  // Who calls is asked by a guard that is known already, or by code that was only seen to refuse.
  #signIn(id: string, base: Base, asked: AskedSignIn): void {
    const { credentials, status, grade, condition, isOptional, name, site, through } = asked
    const answer = status === null ? {} : { status }
    const known = this.#store
      .partsOf(id)
      .filter((one) => one.kind === 'guard')
      .filter(({ guard }) => guard === 'authentication' || guard === 'role')
    for (const guard of known) Object.assign(guard, { credentials, ...answer })
    if (known.length > 0) return
    this.#put(id, { ...base, condition }, site, through, {
      guard: 'authentication',
      name,
      roles: [],
      grade,
      isOptional,
      credentials,
      ...answer,
    })
  }
}

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
