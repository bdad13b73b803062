import { normalizeCondition, unsaid } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import { allOf, both, not } from '../resolve/conditions.ts'
import type { Effect, Site, Way } from '../resolve/values.ts'
import { asAsked, unionOfWays, waysOf } from '../resolve/when.ts'
import { answering } from './hand-on.ts'
import { follows } from '../resolve/told.ts'
import type { Answer, Returned } from './observation.ts'
import { bodyMessage } from './raised.ts'

/** A status that was set on the answer which the framework hands to a handler, and when it is which. */
export interface SetStatus {
  ways: { status: number | null; conditions: readonly Condition[] }[]
}

/**
 * What a handler returns, with the status that it had set by then: once where that is known, else once for each of them and once for none (FastAPI, "Response -
 * Change Status Code"). A status that is not known is `null`.
 */
export function withSetStatus(returned: Returned, effects: readonly Effect[]): Returned[] {
  const { conditions } = returned
  let found = [returned]
  for (const effect of effects) {
    if (effect.kind !== 'set-status' || effect.note['ways'] === undefined) continue
    const isBefore =
      begins(effect.conditions, conditions) ||
      isInEach(effect, effects, conditions) ||
      effect.conditions.every((one) => follows(conditions, one))
    if (!isBefore && !begins(conditions, effect.conditions)) continue
    const own = effect.conditions.slice(conditions.length)
    const { ways } = effect.note as unknown as SetStatus
    const set = ways.map((way) => ({
      ...returned,
      conditions: [...conditions, ...(isBefore ? [] : own), ...way.conditions],
      status: way.status,
      statusAt: [effect.site],
    }))
    const unset = isBefore
      ? []
      : found.map((one) => ({ ...one, conditions: [...one.conditions, not(own.reduce(both))] }))
    found = [...unset, ...set]
  }
  return found
}

/**
 * What a handler comes back with where it wrote nothing, with the status that it had set by then: what wrote an answer on the way there is none of these (tornadoweb.org,
 * "RequestHandler.finish": it is called once a handler is through).
 */
export function leftUnwritten(returned: Returned, effects: readonly Effect[]): Returned[] {
  const { conditions } = returned
  const written = effects
    .filter((one) => answering(one) && begins(conditions, one.conditions))
    .map((one) => not(allOf(one.conditions.slice(conditions.length))))
  return withSetStatus(returned, effects)
    .map((one) => ({ ...one, conditions: [...one.conditions, ...written] }))
    .filter((one) => normalizeCondition(allOf(one.conditions), { keepsUnsaid: true }).length > 0)
}

/**
 * Whether what a handler of annotations returns is no answer of its own: by then it had set the status on the servlet's response, or had sent an error or elsewhere. What
 * it returns is the body that is written with the status that was set (Jakarta Servlet, `HttpServletResponse.setStatus`); what was sent already stays as it is.
 */
export function isSentBefore(
  { value, conditions, site }: Returned,
  effects: readonly Effect[],
  answers: readonly Answer[],
): boolean {
  const sent = effects.findLast(
    (one) =>
      one.kind === 'respond' && one.site.module.language === 'java' && begins(one.conditions, conditions),
  )
  if (!sent) return false
  const isNothing = value.t === 'const' && value.v === null
  if (!isNothing && sent.note['isHead'] === true)
    for (const answer of answers) {
      if (answer.site !== sent.site || (answer.body && answer.body.t !== 'const')) continue
      answer.body = value
      if (answer.status >= 400) answer.message = bodyMessage(value)
      answer.statusAt = [...(answer.statusAt ?? []), site]
    }
  return true
}

/** Java: what a handler returns after ways came together, of which some had set the status: the body of each of those by itself, and what it returns on the others. */
export function partedBySent(returned: Returned, effects: readonly Effect[]): Returned[] {
  const { value, conditions } = returned
  const ways = value.t === 'union' ? waysOf(value) : []
  const sent = effects.filter(
    (one) =>
      one.kind === 'respond' &&
      one.site.module.language === 'java' &&
      one.note['isHead'] === true &&
      !begins(one.conditions, conditions),
  )
  if (ways.length < 2 || sent.length === 0) return [returned]
  const sentOn = ({ conditions: own }: Way) =>
    sent.find((one) => {
      const asked = one.conditions.slice(conditions.length).map(asAsked)
      return (
        begins(conditions, one.conditions) && asked.every((each, at) => own[at] && asAsked(own[at]) === each)
      )
    })
  const others = ways.filter((way) => !sentOn(way))
  if (others.length === ways.length) return [returned]
  return [
    ...ways.flatMap((way) => {
      const one = sentOn(way)
      return one ? [{ ...returned, value: way.value, conditions: one.conditions }] : []
    }),
    ...(others.length > 0 ? [{ ...returned, value: unionOfWays(others) }] : []),
  ]
}

/** Errors of which a handler sets the status and sends nothing beside it. */
export function bareStatuses(effects: readonly Effect[]): Answer[] {
  const meets = (one: Effect, other: Effect) =>
    begins(one.conditions, other.conditions) || begins(other.conditions, one.conditions)
  const isSent = (one: Effect, at: number) =>
    effects.some(
      (other, index) =>
        (other.kind === 'respond' || (other.kind === 'set-status' && index > at)) && meets(one, other),
    )
  return effects.flatMap((one, at) => {
    if (one.kind !== 'set-status' || one.note['ways'] === undefined || isSent(one, at)) return []
    const { ways } = one.note as unknown as SetStatus
    return ways.flatMap(({ status, conditions }) =>
      status === null || status < 400
        ? []
        : {
            status,
            body: null,
            conditions: [...one.conditions, ...conditions],
            site: one.site,
            through: one.through,
            raisedBy: '',
            message: '',
            media: '',
            isFramework: false,
          },
    )
  })
}

/** Whether the body that is set beside a status, wherever that is set, answers with it: then it is told by that (Koa's `ctx.status` and `ctx.body`). */
export const hasBodyBeside = (one: Effect, effects: readonly Effect[]): boolean =>
  one.kind === 'set-status' &&
  effects.some(
    ({ kind, status, note, conditions }) =>
      kind === 'respond' &&
      status === one.status &&
      conditions.length === one.conditions.length &&
      begins(conditions, one.conditions) &&
      ((note['statusAt'] as Site[] | undefined) ?? []).some(
        ({ module, start }) => module === one.site.module && start === one.site.start,
      ),
  )

// Code that each of several things calls, of which nobody knows which it is, runs whichever it is.
function isInEach(effect: Effect, effects: readonly Effect[], conditions: Returned['conditions']): boolean {
  const own = effect.conditions.slice(conditions.length)
  const isUnsaid = own.length > 0 && own.every((one) => one.every((row) => row.every(isNotSaid)))
  return (
    isUnsaid &&
    begins(conditions, effect.conditions) &&
    effects.filter(
      ({ kind, site: { start, module } }) =>
        kind === 'set-status' && start === effect.site.start && module === effect.site.module,
    ).length > 1
  )
}
const isNotSaid = ({ subject }: { subject: string }) => subject === unsaid.subject

const begins = (part: Effect['conditions'], all: Effect['conditions']): boolean =>
  part.length <= all.length && part.every((one, index) => one === all[index])
