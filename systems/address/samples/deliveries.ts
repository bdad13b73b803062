import type { Random } from '@heavylift/core'
import type { Decision } from '../src/decide/decide.ts'
import type { TrueCase } from '../src/evals/kind/truth.ts'

/** What a first delivery is assumed to come to; shares of failures. None is measured. */
export const assumed = {
  /** Whatever is known: nobody home, damage, a wrong label. */
  always: 0.03,
  /** A unit is needed and not on the label. */
  unitMissing: 0.35,
  /** A courier goes to a box, a base, or an empty lot. */
  noDoor: 0.85,
  /** A business or institution is tried at any hour from 8 to 20. */
  closed: 0.3,
  /** A rented mailbox or a business at home that nobody knew of. */
  unexpected: 0.12,
  /** Of customers who are asked: those who answer, in time. */
  answers: 0.8,
} as const

/**
 * Whether the first delivery to a made place fails. Without a decision the driver has the label alone; with one he knows what was
 * decided, and where it asks, what the customer answers. A wrong decision is worth no more than none.
 */
export function isDefective(random: Random, truth: TrueCase, decision: Decision | null): boolean {
  const isAnswered = random.chance(assumed.answers)
  const isRight =
    decision !== null &&
    (decision.kind === truth.kind
      ? decision.action === 'decide' || isAnswered
      : decision.action === 'ask' && isAnswered)
  const knowsUnit =
    decision !== null && (decision.unit.value !== null || (decision.question !== null && isAnswered))
  const knowsHours = isRight && decision.hours !== null
  const risks: number[] = [assumed.always]
  if (
    truth.unitNeeded === true &&
    !/(?:apt|unit|#|pmb|ste)\s*\S+/i.test(truth.address) &&
    !(isRight && knowsUnit)
  )
    risks.push(assumed.unitMissing)
  if (noDoor.has(truth.kind) && !isRight) risks.push(assumed.noDoor)
  if ((truth.kind === 'business' || truth.kind === 'institution') && !knowsHours)
    risks.push(isRight ? assumed.closed / 2 : assumed.closed)
  if ((truth.kind === 'private-mailbox' || truth.kind === 'home-business') && !isRight)
    risks.push(assumed.unexpected)
  // Each draws whether or not another failed, so that both arms use up the same numbers.
  return risks.map((risk) => random.chance(risk)).includes(true)
}

const noDoor: ReadonlySet<string> = new Set(['po-box', 'military', 'general-delivery', 'vacant'])
