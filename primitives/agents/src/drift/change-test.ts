import { createRandom } from '@heavylift/core/math'

/**
 * A test, valid at every look, that outcomes have become worse than those before them (Vovk, Nouretdinov and Gammerman, "Testing
 * exchangeability on-line", 2003; Shiryaev and Roberts' sum over the moments at which it may have begun). Each outcome's rank among all
 * before it, ties by a number that follows from its id, is uniform and independent while nothing changes, whatever the outcomes are
 * spread like. Bets on small ranks are then a fair game that begins with 1, so that the chance that it ever reaches 1/α is at most α (Ville).
 */
export interface ChangeTest {
  count: number
  sum: number
  /** Outcomes by bin, the larger the worse. */
  bins: Record<string, number>
  bets: Bet[]
}

interface Bet {
  /** What the bet is worth over all moments at which it may have begun, by their weights. */
  worth: number
  /** The same of the one moment that speaks most for a change, and what came since. */
  most: number
  since: Moment | null
  count: number
  sum: number
}

interface Moment {
  atMs: number
  version: number
}

/** `value`: 1 where it went wrong, else 0; or an amount, of which more is worse. */
export interface Observed extends Moment {
  id: string
  value: number
}

/** Shares are of outcomes that are 0 or 1; amounts count by steps of 5 %. */
export type OutcomeKind = 'share' | 'amount'

export interface Change {
  since: Moment
  /** Means, with how many outcomes they are of. */
  before: { mean: number; count: number }
  after: { mean: number; count: number }
}

type Multiplier = (rank: number, share: number) => number

/** Worse outcomes are `times` as frequent as among those before. */
const moreOften =
  (times: number): Multiplier =>
  (rank, share) => {
    if (share <= 0 || share >= 1) return 1
    const factor = Math.min(times, mostOfAll / share)
    return rank < share ? factor : (1 - factor * share) / (1 - share)
  }
const mostOfAll = 0.9
/** Ranks lean to the small ones. */
const leaning =
  (power: number): Multiplier =>
  (rank) =>
    power * Math.max(rank, 1e-12) ** (power - 1)

const multipliers: Record<OutcomeKind, readonly Multiplier[]> = {
  share: [moreOften(1.5), moreOften(3), moreOften(8)],
  amount: [leaning(0.5), leaning(0.7), leaning(0.9)],
}

export function beginTest(kind: OutcomeKind): ChangeTest {
  const bets = multipliers[kind].map(() => ({ worth: 0, most: 1, since: null, count: 0, sum: 0 }))
  return { count: 0, sum: 0, bins: {}, bets }
}

/** Adds the next outcome to a test, in the order in which they came. */
export function observe(test: ChangeTest, kind: OutcomeKind, outcome: Observed): void {
  const { value } = outcome
  const bin = kind === 'share' ? value : Math.round(Math.log1p(value) / Math.log(1.05))
  let worse = 0
  for (const [other, count] of Object.entries(test.bins)) if (Number(other) > bin) worse += count
  const same = (test.bins[bin] ?? 0) + 1
  const rank = (worse + createRandom(outcome.id).next() * same) / (test.count + 1)
  const share = test.count === 0 ? 0 : ((test.bins[1] ?? 0) + 0.5) / (test.count + 1)
  const weight = weightFrom(test.count) - weightFrom(test.count + 1)
  test.bets.forEach((bet, at) => {
    const factor = multipliers[kind][at]!(rank, share)
    bet.worth = factor * (bet.worth + weight)
    if (bet.most < 1 || bet.since === null)
      Object.assign(bet, {
        most: 1,
        since: { atMs: outcome.atMs, version: outcome.version },
        count: 0,
        sum: 0,
      })
    bet.most *= factor
    bet.count++
    bet.sum += value
  })
  test.bins[bin] = same
  test.count++
  test.sum += value
}

/** How much speaks for a change: while nothing changes, the chance that it is ever 1/α or more is at most α. */
export function evidenceOf(test: ChangeTest): number {
  return test.bets.reduce((sum, { worth }) => sum + worth / test.bets.length, weightFrom(test.count))
}

/** When it most likely began, and how it was before and since; null where nothing was observed. */
export function changeOf(test: ChangeTest): Change | null {
  const bet = test.bets.reduce((best, each) => (each.worth > best.worth ? each : best), test.bets[0]!)
  if (bet.since === null) return null
  const mean = (sum: number, count: number) => ({ mean: count === 0 ? 0 : sum / count, count })
  return {
    since: bet.since,
    before: mean(test.sum - bet.sum, test.count - bet.count),
    after: mean(bet.sum, bet.count),
  }
}

/** Weight of all moments from the n-th outcome on; falls so slowly that late changes are found too. */
function weightFrom(count: number): number {
  return Math.LN2 / Math.log(count + 2)
}
