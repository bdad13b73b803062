/** What is shared in blocks: money, requests under way, and what a minute allows of requests and of tokens. */
export type ShareKind = 'budget' | 'flight' | 'requests' | 'tokens'

/** What a process says of one share, and asks of it. Units: millionths of a US dollar, requests, or tokens. */
export interface Ask {
  kind: ShareKind
  /** `t:<tenant>` or `k:<key>`. */
  scope: string
  /** A day's budget, most under way, or what a minute allows. Infinite for none. */
  limit: number
  /** A month's budget; infinite for none, and for everything else. */
  monthLimit: number
  /** Spent since this process began, and reserved by what is under way. Of budgets and requests under way. */
  used: number
  /** Held beside that, for requests to come. */
  free: number
  /** Of rates: what goes back, or is owed where it is negative. */
  giveBack: number
  /** Less than this helps nobody who waits. */
  least: number
  /** What those who wait need together. */
  need: number
  /** Wanted beside that, so that the next ones need not ask. */
  extra: number
}

/** What there is of a share before an ask is answered. */
export interface Pool {
  /** Of budgets: in the books, for this day and this month. */
  spentDay: number
  spentMonth: number
  /** What this process spent of what it holds, as the books have it. */
  booked: number
  /** What other living processes hold and have not spent. */
  heldByOthers: number
  /** Of rates: what may be taken now. */
  level: number
  /** Processes that share, this one among them. */
  holders: number
}

export interface Answer {
  grant: number
  spentDay: number
  spentMonth: number
  /** What nobody holds and nobody has spent, after the grant. */
  left: number
  heldByOthers: number
  /** Of rates: until `least` can be had. */
  waitMs: number
}

/** Of a minute's worth, all processes together may hold this much of a rate in advance: by so much at most it is passed. */
const mostHeldOfRate = 0.02
const roundingError = 1e-9

export function isRate(kind: ShareKind): boolean {
  return kind === 'requests' || kind === 'tokens'
}

/**
 * How much of a share a process gets, from what all hold. `isLapsed`: its lease had ended, so that what it held free may be
 * another's by now. What is left is never granted twice: with what everybody holds and what the books say it makes the limit.
 */
export function answerAsk(ask: Ask, pool: Pool, isLapsed: boolean): Answer {
  const { spentDay, spentMonth, heldByOthers } = pool
  const left = leftOf(ask, pool, isLapsed)
  const grant = blockOf(ask, left, pool.holders)
  const missing = isRate(ask.kind) && grant < ask.least ? Math.min(ask.least, ask.limit) - left : 0
  return {
    grant,
    spentDay,
    spentMonth,
    heldByOthers,
    left: left - grant,
    waitMs: missing <= 0 ? 0 : Math.ceil((missing * 60_000) / ask.limit),
  }
}

/** What a rate's level is after `elapsedMs`: it refills steadily, to a minute's worth. */
export function refilled(level: number, perMinute: number, elapsedMs: number): number {
  return Math.min(perMinute, level + (Math.max(0, elapsedMs) * perMinute) / 60_000)
}

/** What an ask says is held already, in all since its process began. */
export function keptOf({ used, free }: Ask, isLapsed: boolean): number {
  return used + (isLapsed ? Math.min(0, free) : free)
}

function leftOf(ask: Ask, pool: Pool, isLapsed: boolean): number {
  if (isRate(ask.kind)) return Math.min(ask.limit, pool.level + ask.giveBack)
  const own = Math.max(0, keptOf(ask, isLapsed) - pool.booked)
  const unspent = Math.min(ask.limit - pool.spentDay, ask.monthLimit - pool.spentMonth)
  return unspent - pool.heldByOthers - own
}

/**
 * Who waits comes first, with all that is left where it does not do for all of them. What is wanted in advance shrinks as the
 * limit comes near: never more than half of an even share of the rest.
 */
function blockOf({ kind, limit, least, need, extra }: Ask, left: number, holders: number): number {
  const leastOfAll = isRate(kind) ? Math.min(least, limit) : least
  // What refilled is a fraction; money and requests are whole, and a limit of a month has none of a day.
  const missingByRounding = isRate(kind) ? roundingError * limit : 0
  if (left + missingByRounding < leastOfAll || left <= 0) return 0
  const forWaiting = Math.max(least, Math.min(need, Math.floor(left)))
  const most = isRate(kind) ? (mostHeldOfRate * limit) / holders : Infinity
  const spare = Math.floor(Math.min(extra, most, (left - forWaiting) / (2 * holders)))
  return forWaiting + Math.max(0, spare)
}
