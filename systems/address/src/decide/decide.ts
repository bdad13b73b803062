import type { Evidence, Observation } from '../domain/evidence.ts'
import { evidentKinds } from '../domain/kinds.ts'
import type { Kind } from '../domain/kinds.ts'
import { addScores } from '../kind/linear-kinds.ts'
import { combine, priorFor, restsOn, withoutRows } from '../kind/combine.ts'
import type { Share } from '../kind/combine.ts'
import type { KindModel } from '../kind/model.ts'

export interface Decision {
  kind: Kind
  /** Probability that `kind` is right. */
  confidence: number
  probabilities: Record<Exclude<Kind, 'unknown'>, number>
  /** `ask` where it is less sure than the threshold that holds for it: a person or the customer says. */
  action: 'decide' | 'ask'
  /** What to ask the customer; null where nothing is to be asked. */
  question: string | null
  unit: { needed: boolean; missing: boolean; value: string | null }
  /** When somebody is there, in `opening_hours` syntax. */
  hours: string | null
  /** Best time to deliver, in words. */
  window: string | null
  instructions: string[]
  evidence: Evidence[]
  /** Documents that speak for another kind than was decided. */
  conflicts: { document: string; speaksFor: Kind; weight: number }[]
  /** Orders found in documents, which were not followed. */
  ordersIgnored: { document: string; quote: string }[]
  /** Log-odds of the decided kind from what is usual, before any evidence. */
  priorWeight: number
  version: string
}

const unitKinds: ReadonlySet<Kind> = new Set(['multi-unit', 'unit', 'private-mailbox'])
/** What tells little by itself is no contradiction. */
const hints: ReadonlySet<Observation['source']> = new Set(['unit', 'street', 'name', 'owner', 'figures'])

/** Log-odds by which a document prefers another kind before it contradicts. */
const sureConflict = 1.5

/** Decides what kind of place an address is, from what was observed of it. Pure: the same observations and model give the same decision. */
export function decide(model: KindModel, observations: readonly Observation[]): Decision {
  const { probabilities, shares } = combine(model.linear, model.combination, observations)
  const prior = priorFor(model.combination.priors, observations)
  let best = 0
  for (let at = 1; at < probabilities.length; at++) if (probabilities[at]! > probabilities[best]!) best = at
  const isKnown = observations.some(({ statements }) => statements.length > 0)
  const kind: Kind = isKnown ? evidentKinds[best]! : 'unknown'
  const confidence = isKnown ? probabilities[best]! : 0
  shares.sort((a, b) => Math.abs(b.logOdds[best]!) - Math.abs(a.logOdds[best]!))
  const evidence = shares.map((share) => evidenceOf(model, share, best))
  const isSure = isSureEnough(model, observations, best, confidence)
  // A document that speaks of another kind of place may be about another place.
  const fitting = shares.filter(({ logOdds }) => logOdds[best]! >= 0).map(({ observation }) => observation)
  const unit = unitFor(kind, observations, fitting)
  const hours = latest(fitting, ({ hours }) => hours)
  return {
    kind,
    confidence,
    probabilities: Object.fromEntries(
      evidentKinds.map((one, at) => [one, probabilities[at]!]),
    ) as Decision['probabilities'],
    action: isSure ? 'decide' : 'ask',
    question: questionFor(isSure, kind, evidentKinds[secondOf(probabilities, best)]!, unit),
    unit,
    hours,
    window: hours === null ? null : `Deliver within ${hours}.`,
    instructions: [...new Set(fitting.flatMap(({ instructions }) => instructions))].slice(0, 8),
    evidence,
    conflicts: evidence
      .filter((one, at) => one.speaksFor !== kind && contradicts(shares[at]!, best))
      .map(({ document, speaksFor, weight }) => ({ document, speaksFor, weight })),
    ordersIgnored: observations.flatMap(({ document, orders }) =>
      orders.map((quote) => ({ document, quote })),
    ),
    priorWeight: prior[best]! - mean(prior),
    version: model.version,
  }
}

/**
 * A row alone is believed in a town that answers tell of. Where documents speak as well, they have to be as sure of the same kind without it: an unlike list can't make an address sure.
 */
function isSureEnough(
  model: KindModel,
  observations: readonly Observation[],
  best: number,
  confidence: number,
): boolean {
  const { rows, documents } = model.thresholds
  if (restsOn(observations) === 'documents') return confidence >= documents
  if (confidence >= rows) return true
  const rest = confidence >= documents ? withoutRows(observations) : null
  return rest !== null && combine(model.linear, model.combination, rest).probabilities[best]! >= documents
}

/** Whether what a document says, however old or little believed, is clearly another kind. Some sources only hint. */
function contradicts({ observation: { source }, scores }: Share, decided: number): boolean {
  if (hints.has(source)) return false
  return Math.max(...scores) - scores[decided]! > sureConflict
}

function evidenceOf(
  model: KindModel,
  { observation, logOdds, reliability }: Share,
  decided: number,
): Evidence {
  let speaksFor = 0
  for (let at = 1; at < logOdds.length; at++) if (logOdds[at]! > logOdds[speaksFor]!) speaksFor = at
  return {
    document: observation.document,
    source: observation.source,
    quote: tellingQuote(model, observation, speaksFor),
    dateMs: observation.dateMs,
    speaksFor: evidentKinds[speaksFor]!,
    weight: logOdds[decided]! / model.combination.temperature,
    reliability,
  }
}

/** The statement that says most for a kind. */
function tellingQuote(model: KindModel, { statements }: Observation, kind: number): string {
  let best = ''
  let most = -Infinity
  const scores = new Float64Array(model.linear.width)
  for (const { quote, features } of statements) {
    scores.fill(0)
    addScores(model.linear, features, scores)
    const lead = scores[kind]! - mean(scores)
    if (lead <= most) continue
    most = lead
    best = quote
  }
  return best
}

function unitFor(
  kind: Kind,
  observations: readonly Observation[],
  fitting: readonly Observation[],
): Decision['unit'] {
  const inAddress = observations.find(({ source }) => source === 'form' || source === 'unit')?.unit ?? null
  const value = inAddress ?? latest(fitting, ({ unit }) => unit)
  const needed = unitKinds.has(kind)
  return { needed, missing: needed && value === null, value }
}

/** What the newest document that tells says; those without a date come last. */
function latest(
  observations: readonly Observation[],
  tell: (one: Observation) => string | null,
): string | null {
  let value: string | null = null
  let atMs = -Infinity
  for (const observation of observations) {
    const told = tell(observation)
    if (told === null || (value !== null && (observation.dateMs ?? -Infinity) <= atMs)) continue
    value = told
    atMs = observation.dateMs ?? -Infinity
  }
  return value
}

const asked: Partial<Record<Kind, string>> = {
  'single-family': 'a house for one family',
  'multi-unit': 'a building with several units',
  unit: 'one unit in a building',
  business: 'a business',
  'home-business': 'a home with a business in it',
  institution: 'an institution such as a school or a church',
  'private-mailbox': 'a rented mailbox',
  military: 'a military address',
  'rural-route': 'a rural route',
  vacant: 'empty',
}

function questionFor(isSure: boolean, kind: Kind, other: Kind, unit: Decision['unit']): string | null {
  if (kind === 'unknown')
    return 'We could not read this address. What is it, with number, street, city and ZIP code?'
  if (!isSure) return `Is this ${asked[kind] ?? `a ${kind}`}, or ${asked[other] ?? `a ${other}`}?`
  return unit.missing ? 'Which apartment, unit or box number is it?' : null
}

function secondOf(values: ArrayLike<number>, best: number): number {
  let second = best === 0 ? 1 : 0
  for (let at = 0; at < values.length; at++) if (at !== best && values[at]! > values[second]!) second = at
  return second
}

function mean(values: ArrayLike<number>): number {
  let total = 0
  for (let at = 0; at < values.length; at++) total += values[at]!
  return total / values.length
}
