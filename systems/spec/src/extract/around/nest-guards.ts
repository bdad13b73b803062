import { unknownCaller } from '../../facts/condition.ts'
import type { Credential } from '../../facts/fact.ts'
import type { Condition } from '../../facts/condition.ts'
import { credentialsAsked } from '../../packs/credentials.ts'
import { isOfBase } from '../../packs/nestjs/base-guards.ts'
import type { HandlerMetadata } from '../../packs/nestjs/reflector.ts'
import type { Pack } from '../../packs/pack.ts'
import { refuseAs } from '../../packs/refusals.ts'
import type { KnownRefusal } from '../../packs/refusals.ts'
import type { Func } from '../../parse/ir.ts'
import { caughtValue, isThrown } from '../../resolve/caught.ts'
import { knownTruth, not, truth } from '../../resolve/conditions.ts'
import type { Outcome } from '../../resolve/running.ts'
import { tell } from '../../resolve/told.ts'
import type { ArgValue, ClassRef, Effect, Site, Value } from '../../resolve/values.ts'
import { constant, each, ended, nothing, symbol } from '../../resolve/values.ts'
import { waysOf } from '../../resolve/when.ts'
import type { Run } from '../run-code.ts'
import { skipsLimits } from './nest-metadata.ts'
import { PassportStrategies } from './passport-strategies.ts'
import type { Strategy } from './passport-strategies.ts'

/** What Nest gives all that it runs around one handler. */
export const context = symbol('@nestjs/common.ExecutionContext()', 'context')
export const request = symbol('nest:req', 'req')
const forbidden = symbol('@nestjs/common.ForbiddenException()')

type RunMethod = (value: Value, name: string, args: readonly Value[], site: Site) => Outcome[]
interface Asked {
  value: Value
  metadata: HandlerMetadata
  /** Where a setting puts the guard there. */
  when: Condition | null
  /** What asks who calls, by what of the request. */
  signsIn: { by: Value; credentials: readonly Credential[] }[]
}

/** Guards of Nest (docs.nestjs.com, "Guards"), also those that extend one of a library and ask what that finds (`super.canActivate`, `handleRequest`; docs.nestjs.com, "Passport"). */
export class NestGuards {
  readonly #run: Run
  readonly #pack: Pack
  readonly #runMethod: RunMethod
  readonly #strategies: PassportStrategies

  constructor(run: Run, pack: Pack, runMethod: RunMethod) {
    this.#run = run
    this.#pack = pack
    this.#runMethod = runMethod
    this.#strategies = new PassportStrategies(run)
  }

  /** Runs a guard, and gives the ways on which it lets pass. */
  run(value: Value, site: Site, metadata: HandlerMetadata, when: Condition | null = null): Outcome[] {
    const { meaning, interpreter } = this.#run
    const asked: Asked = { value, metadata, when, signsIn: [] }
    let isAsked = false
    meaning.metadata = metadata
    meaning.baseOfGuard = (callee, args, at) => {
      if (!isOfBase(callee)) return null
      if (callee.path.endsWith('.handleRequest')) return this.#handled(asked, args, at)
      isAsked = true
      // All that it fails of is seen.
      const { unfollowed } = interpreter.running
      this.#base(asked, at)
      interpreter.running.unfollowed = unfollowed
      return constant(true)
    }
    const before = interpreter.effects?.length ?? 0
    const results = this.#runMethod(value, 'canActivate', [context], site)
    const sent = interpreter.effects?.slice(before).filter(({ note }) => note['isSent'] === true) ?? []
    // What its base finds is asked where it says so, and always where it has nothing of its own.
    if (isAsked || !results.every((one) => isOfOther(one.value))) this.#forbid(results, sent, site)
    const own = this.#ownMethod(value, 'canActivate')
    const isLeft = !isAsked && (!own || results.some((one) => !isTrue(one.value)) || results.length === 0)
    const isPassed = isLeft && (!own || mentionsBase(own)) && this.#base(asked, site)
    meaning.metadata = null
    meaning.baseOfGuard = null
    // Who is not known may be let past by what catches that.
    if (!isAsked || interpreter.effects?.slice(before).some((one) => this.#refusesUnknown(one)))
      for (const { by, credentials } of asked.signsIn)
        interpreter.emit('sign-in', by, null, site, { credentials, ...(when ? { when } : {}) })
    return isPassed && results.length === 0
      ? [{ value: constant(true), conditions: [], site }]
      : passing(results)
  }

  // What a guard of a library asks and refuses; whether who is let past stands in the request then.
  #base(asked: Asked, site: Site): boolean {
    const { interpreter, meaning } = this.#run
    const { value, metadata, when } = asked
    let isThere = false
    for (const refusal of this.#outside(value)) {
      const { asks, by } = refusal
      if (refusal.status === 429 && skipsLimits(metadata)) continue
      const own = asks === 'strategies' ? this.#ownMethod(value, 'handleRequest') : null
      const strategies = asks === 'strategies' ? this.#strategies.of(by) : []
      const locals = strategies.filter(({ isLocal }) => isLocal)
      if (strategies.length > 0 && locals.length === strategies.length) {
        // Nobody is signed in yet: what it asks for is in the body.
        interpreter.within(
          locals.flatMap((one) => this.#strategies.missing(one)),
          () =>
            own
              ? this.#handle(asked, nothing, site)
              : interpreter.raise(symbol(`${refusal.raises}()`, refusal.raises), site),
        )
        for (const one of locals) this.#validate(one, own !== null, asked, site)
        continue
      }
      // Passport gives what handles it no user where nobody is known.
      const isOptional =
        own !== null &&
        !refusal.signsIn &&
        interpreter.within([[unknownCaller]], () => this.#handle(asked, nothing, site)).length > 0
      if (asks && !isOptional && !refusal.signsIn)
        asked.signsIn.push({ by, credentials: credentialsAsked(asks, by, this.#run.project) })
      if (!own || refusal.signsIn) refuseAs(interpreter, refusal, value, site)
      const user = symbol('nest:req.user', 'req.user', { isThere: true })
      if (own) this.#runMethod(value, 'handleRequest', [nothing, user, nothing, context, nothing], site)
      // docs.nestjs.com, "Passport": who is let past stands in the request. A guard of one's own may let past others.
      // What catches its refusal may let anybody past.
      if (asks === 'strategies' && !when && !isOptional && interpreter.running.tried === null) {
        meaning.context.set(request, 'user', user)
        isThere = true
      }
      // Of several one that knows the caller is enough.
      const [one, ...others] = strategies
      if (one && others.length === 0) this.#validate(one, own !== null, asked, site)
    }
    return isThere
  }

  #handle({ value }: Asked, error: Value, site: Site): Outcome[] {
    const info = error === nothing ? symbol('?', 'info') : nothing
    return this.#runMethod(value, 'handleRequest', [error, constant(false), info, context, nothing], site)
  }

  // What a strategy breaks with is handed to what handles it.
  #validate(one: Strategy, isHandled: boolean, asked: Asked, site: Site): void {
    const { interpreter } = this.#run
    const from = interpreter.effects?.length ?? 0
    this.#strategies.validate(one, request, site)
    if (!isHandled || !interpreter.effects) return
    for (const effect of interpreter.effects.splice(from))
      if (!isThrown(effect)) interpreter.effects.push(effect)
      else
        interpreter.running.by(effect.through, () =>
          effect.conditions
            .filter((when) => !interpreter.conditions().includes(when))
            .reduceRight<() => void>(
              (inner, when) => () => interpreter.within(when, inner),
              () => this.#handle(asked, caughtValue(effect), site),
            )(),
        )
  }

  // `super.handleRequest(error, user, …)`.
  #handled({ value }: Asked, [error, user]: readonly ArgValue[], site: Site): Value {
    const { interpreter } = this.#run
    const raised = this.#outside(value).find(({ raises }) => raises !== undefined)?.raises
    if (error && knownTruth(error.value) === true) interpreter.raise(error.value, site)
    else if (!user || knownTruth(user.value) === false) interpreter.raise(symbol(`${raised}()`, raised), site)
    else return user.value
    return ended
  }

  // A guard that says no is a ForbiddenException, where it has not answered by itself.
  #forbid(results: readonly Outcome[], sent: readonly Effect[], site: Site): void {
    const { interpreter } = this.#run
    const raise = () => interpreter.raise(forbidden, site)
    for (const { value, conditions } of results)
      for (const way of waysOf(value)) {
        const known = knownTruth(way.value)
        if (known === true) continue
        const when = [...conditions, ...way.conditions, ...(known === false ? [] : [not(truth(way.value))])]
        const holding = new Set([...interpreter.conditions(), ...when])
        if (sent.some((one) => one.conditions.every((each) => holding.has(each)))) continue
        when.reduceRight((inner, condition) => () => interpreter.within(condition, inner), raise)()
      }
  }

  #refusesUnknown({ value, status, conditions, ...effect }: Effect): boolean {
    const statuses =
      status === null && effect.kind === 'raise' ? this.#run.meaning.errorStatuses(value) : [status]
    return (
      statuses.some((one) => one !== null && one >= 300 && one < 500) &&
      conditions.some((when) => when.length > 0 && when.every((row) => row.includes(unknownCaller)))
    )
  }

  // A guard of a library, or one that extends it.
  #outside(value: Value): (Omit<KnownRefusal, 'by'> & { by: Value })[] {
    const { meaning, interpreter } = this.#run
    const [one] = each(value)
    const ref = refOf(one)
    const bases = ref ? ref.cls.baseExprs.map((base) => interpreter.evaluateIn(base, ref.scope)) : []
    return [
      ...(one?.t === 'symbol' ? [one] : bases.filter(({ t }) => t === 'symbol')).flatMap((by) =>
        meaning.refusalsOf(by, this.#pack).map((refusal) => ({ ...refusal, by })),
      ),
      ...bases.filter(({ t }) => t === 'class').flatMap((base) => this.#outside(base)),
    ]
  }

  #ownMethod(value: Value, name: string) {
    const ref = refOf(each(value)[0])
    return ref ? this.#run.interpreter.lookup.method(ref, name) : null
  }
}

const refOf = (value: Value | undefined): ClassRef | null =>
  value?.t === 'class' || value?.t === 'object' ? value.ref : null

const isTrue = (value: Value): boolean => each(value).every((way) => way.t === 'const' && way.v === true)

const mentionsBase = ({ fn, owner }: { fn: Func; owner: ClassRef }): boolean =>
  /\bsuper\b/.test(owner.module.text.slice(fn.start, fn.end))

// What another guard gives decides.
const isOfOther = (value: Value): boolean =>
  each(value).every(
    (one) =>
      (one.t === 'const' && one.v === true) ||
      (one.t === 'symbol' && (one.path.includes('super') || one.path.endsWith('.canActivate()'))),
  )

// A guard lets pass where what it gives is true.
const passing = (results: readonly Outcome[]): Outcome[] =>
  results.flatMap((one) =>
    waysOf(one.value).flatMap(({ value, conditions }) => {
      const known = knownTruth(value)
      const asked = known === null ? [tell(truth(value), [value])] : []
      return known === false
        ? []
        : [{ ...one, value, conditions: [...one.conditions, ...conditions, ...asked] }]
    }),
  )
