import { HeavyliftError } from '@heavylift/core'
import { improve } from './improve.ts'
import { checkOffers } from './offer.ts'
import type { Offer } from './offer.ts'
import { Overflow, tiersOf } from './overflow.ts'
import { openHighs, writeLp } from './solver.ts'
import type { LinearProgram, Solved } from './solver.ts'

export interface MixRequest {
  /** GPUs by hour, a row a scenario; all of the same length and equally likely. */
  scenarios: readonly Float64Array[]
  offers: readonly Offer[]
  /** Highest part of the demanded GPU-hours that may wait. */
  waitingShare: number
  /** What an hour of waiting is worth; twice the dearest offer unless given. Above every price, so that whatever can be had is used. */
  waitPrice?: number
  /** Ends when the cost is proven to be this near to the best, as a part of it. */
  gap?: number
  /** What was firm in plans for like demand and the same offers: where to look first. */
  near?: readonly MixPlan['firm'][]
  signal?: AbortSignal
}

export interface Purchase {
  offer: string
  units: number
  gpus: number
  /** First hour; 0 for what is there all the time. */
  fromHour: number
  hours: number
  cost: number
}

export interface MixPlan {
  purchases: Purchase[]
  /** Expected, of all of it. */
  cost: number
  /** No plan costs less. */
  bound: number
  gapPct: number
  waitingShare: number
  /** Cost that one more unit of a limit would save: of the share that may wait (a GPU-hour), of offers (a unit), of hourly ones (a GPU). */
  prices: Record<string, number>
  /** Firm GPUs by stretch of hours. */
  firm: { fromHour: number; hours: number; gpus: number }[]
  rounds: number
  /** The last program that was solved, in the LP format, to check it with another solver. */
  program: string
}

interface Unit {
  offer: Offer & { kind: 'reserved' | 'block' }
  fromHour: number
  hours: number
  /** GPUs that one unit counts for. */
  gpus: number
  cost: number
}

const mostRounds = 60

/**
 * The cheapest purchase at a stated risk. What is firm decides what overflows; hours between two starts of blocks have the same firm
 * capacity, so a stretch has one convex cost, and the whole problem is a small integer program over units with tangents of those costs, added
 * where they are too low (Kelley, 1960; Benders' multi-cut). Solved by HiGHS.
 * @throws HeavyliftError `mix-infeasible` with the smallest set of limits in conflict
 */
export async function planMix(request: MixRequest): Promise<MixPlan> {
  checkOffers(request.offers)
  const hours = request.scenarios[0]?.length ?? 0
  const tiers = tiersOf(request.offers)
  const waitPrice =
    request.waitPrice ??
    2 * Math.max(1e-6, ...request.offers.map(({ price }) => price), ...tiers.map(({ price }) => price))
  const units = unitsOf(request.offers, hours)
  const cuts = [
    ...new Set([
      0,
      hours,
      ...units.flatMap(({ fromHour, hours: long }) => [fromHour, Math.min(hours, fromHour + long)]),
    ]),
  ].sort((a, b) => a - b)
  const stretches = cuts.slice(0, -1).map((from, i) => {
    const to = cuts[i + 1]!
    const demand = new Float64Array((to - from) * request.scenarios.length)
    request.scenarios.forEach((scenario, s) => demand.set(scenario.subarray(from, to), s * (to - from)))
    return {
      from,
      to,
      overflow: new Overflow(demand, request.scenarios.length, tiers, waitPrice),
      units: units.flatMap((unit, k) =>
        unit.fromHour <= from && from < unit.fromHour + unit.hours ? [k] : [],
      ),
    }
  })
  const demanded =
    request.scenarios.reduce((sum, one) => sum + one.reduce((a, b) => a + b, 0), 0) / request.scenarios.length
  const mayWait = request.waitingShare * demanded
  const firmOf = (counts: readonly number[], stretch: (typeof stretches)[number]) =>
    stretch.units.reduce((sum, k) => sum + counts[k]! * units[k]!.gpus, 0)

  const most = units.map(({ offer }) => offer.mostUnits)
  const leastWaiting = stretches.reduce(
    (sum, stretch) => sum + stretch.overflow.at(firmOf(most, stretch)).waiting,
    0,
  )
  if (leastWaiting > mayWait + 1e-6) throw infeasible(request, hours)

  // Tangents of each stretch's cost and waiting, first at capacities spread over what may come.
  const near = request.near ?? []
  const tangents = stretches.map(({ overflow, from }) => [
    ...Array.from({ length: 9 }, (_, i) => (overflow.highest * i) / 8),
    ...near.flatMap((firm) =>
      firm.filter(({ fromHour }) => fromHour === from).flatMap(({ gpus }) => [gpus - 16, gpus, gpus + 16]),
    ),
  ])
  const solver = await openHighs()
  let best = null as { counts: number[]; cost: number; waiting: number } | null
  let bound = -Infinity
  let rounds = 0
  let program = ''
  const build = (isInteger: boolean): LinearProgram => ({
    columns: [
      ...units.map(({ cost, offer }, k) => ({ name: `u${k}`, cost, upper: offer.mostUnits, isInteger })),
      ...stretches.flatMap((_, i) => [
        { name: `f${i}`, cost: 0 },
        { name: `c${i}`, cost: 1 },
        { name: `w${i}`, cost: 0 },
      ]),
    ],
    rows: [
      {
        name: 'risk',
        terms: stretches.map((_, i) => [1, `w${i}`] as [number, string]),
        sign: '<=',
        right: mayWait,
      },
      // What is firm in a stretch has a column of its own, so that a tangent is a row of two terms.
      ...stretches.map(({ units: own }, i) => ({
        name: `f_${i}`,
        terms: [
          [1, `f${i}`] as [number, string],
          ...own.map((k): [number, string] => [-units[k]!.gpus, `u${k}`]),
        ],
        sign: '=' as const,
        right: 0,
      })),
      ...stretches.flatMap(({ overflow }, i) =>
        tangents[i]!.flatMap((capacity, t) => {
          const { cost, costSlope, waiting, waitingSlope } = overflow.at(capacity)
          // value ≥ at(capacity) + slope · (firm − capacity)
          const row = (name: string, column: string, value: number, slope: number) => ({
            name: `${name}${i}_${t}`,
            terms: [
              [1, column] as [number, string],
              ...(slope === 0 ? [] : [[-slope, `f${i}`] as [number, string]]),
            ],
            sign: '>=' as const,
            right: value - slope * capacity,
          })
          return [
            row('k', `c${i}`, cost, costSlope),
            ...(waiting > 0 || waitingSlope < 0 ? [row('r', `w${i}`, waiting, waitingSlope)] : []),
          ]
        }),
      ),
    ],
  })
  const wantedGap = request.gap ?? 0.001
  const real = (counts: readonly number[]): { cost: number; waiting: number } => {
    let cost = units.reduce((sum, unit, k) => sum + counts[k]! * unit.cost, 0)
    let waiting = 0
    for (const stretch of stretches) {
      const at = stretch.overflow.at(firmOf(counts, stretch))
      cost += at.cost
      waiting += at.waiting
    }
    return { cost, waiting }
  }
  const take = (counts: number[]) => {
    const { cost, waiting } = real(counts)
    if (waiting <= mayWait + 1e-6 && (best === null || cost < best.cost)) best = { counts, cost, waiting }
  }
  /** Adds tangents where the program thinks too well of a stretch; says whether there were such. */
  const tighten = (solved: Solved): boolean => {
    let isTighter = false
    const counts = units.map((_, k) => solved.values[`u${k}`] ?? 0)
    stretches.forEach((stretch, i) => {
      const firm = firmOf(counts, stretch)
      const at = stretch.overflow.at(firm)
      const said = { cost: solved.values[`c${i}`] ?? 0, waiting: solved.values[`w${i}`] ?? 0 }
      if (at.cost <= said.cost * (1 + 1e-6) + 1e-6 && at.waiting <= said.waiting + 1e-6) return
      tangents[i]!.push(firm)
      isTighter = true
    })
    return isTighter
  }
  const isNear = () => best !== null && best.cost - bound <= wantedGap * Math.abs(best.cost)
  // First without whole units, which is quick and bounds the cost; then its rounding, improved unit by unit; whole units by the solver
  // only where that is not near enough.
  let relaxed = solver.solve(writeLp(build(false)), 0)
  for (; rounds < mostRounds && tighten(relaxed); rounds++) {
    request.signal?.throwIfAborted()
    const last = relaxed.objective
    relaxed = solver.solve(writeLp(build(false)), 0)
    if (relaxed.objective - last <= (wantedGap / 50) * Math.abs(last)) break
  }
  bound = relaxed.objective
  take(most)
  const overflows = stretches.map(({ overflow }) => overflow)
  const searched = units.map(({ gpus, cost, offer }, k) => ({
    gpus,
    cost,
    most: offer.mostUnits,
    stretches: stretches.flatMap(({ units: own }, i) => (own.includes(k) ? [i] : [])),
  }))
  const waitingPrice = Math.max(0, -(relaxed.duals['risk'] ?? 0))
  for (const round of [Math.round, Math.floor, Math.ceil]) {
    if (isNear()) break
    const counts = units.map(({ offer }, k) =>
      Math.min(offer.mostUnits, Math.max(0, round((relaxed.values[`u${k}`] ?? 0) - 1e-6))),
    )
    take(improve(counts, searched, overflows, mayWait, waitingPrice).counts)
  }
  program = writeLp(build(true))
  for (; rounds < mostRounds && !isNear(); rounds++) {
    request.signal?.throwIfAborted()
    const solved = solver.solveWhole(program, wantedGap / 4)
    // Out of time: the plan that there is stands, with its gap.
    if (solved === null) break
    bound = Math.max(bound, solved.bound)
    take(units.map((_, k) => Math.round(solved.values[`u${k}`] ?? 0)))
    if (!tighten(solved)) break
    program = writeLp(build(true))
  }
  if (best === null)
    throw new HeavyliftError({
      code: 'mix-not-found',
      message: `No plan was found in ${mostRounds} rounds. Let a larger share wait.`,
      status: 422,
    })
  const found: { counts: number[]; cost: number; waiting: number } = best
  return {
    purchases: units.flatMap(({ offer, fromHour, hours: long, gpus, cost }, k) =>
      found.counts[k]! > 0
        ? [
            {
              offer: offer.name,
              units: found.counts[k]!,
              gpus: found.counts[k]! * gpus,
              fromHour,
              hours: long,
              cost: found.counts[k]! * cost,
            },
          ]
        : [],
    ),
    cost: best.cost,
    bound,
    gapPct: (100 * Math.max(0, best.cost - bound)) / Math.max(1e-9, Math.abs(best.cost)),
    waitingShare: demanded > 0 ? best.waiting / demanded : 0,
    prices: pricesOf(request, relaxed, units, found.counts, hours),
    firm: stretches.map((stretch) => ({
      fromHour: stretch.from,
      hours: stretch.to - stretch.from,
      gpus: firmOf(found.counts, stretch),
    })),
    rounds: rounds + 1,
    program,
  }
}

function unitsOf(offers: readonly Offer[], hours: number): Unit[] {
  return offers.flatMap((offer): Unit[] => {
    if (offer.kind === 'reserved')
      return [{ offer, fromHour: 0, hours, gpus: offer.unitGpus, cost: offer.price * offer.unitGpus * hours }]
    if (offer.kind !== 'block') return []
    const starts: Unit[] = []
    for (let fromHour = offer.leadHours; fromHour < hours; fromHour += offer.startEveryHours) {
      const had = 1 - offer.soldOut
      // One that is sold out is not paid.
      starts.push({
        offer,
        fromHour,
        hours: offer.hours,
        gpus: offer.unitGpus * had,
        cost: offer.price * offer.unitGpus * offer.hours * had,
      })
    }
    return starts
  })
}

/** Duals of the relaxation; of hourly offers by the cost at the plan with one GPU more. */
function pricesOf(
  request: MixRequest,
  relaxed: Solved,
  units: readonly Unit[],
  counts: readonly number[],
  hours: number,
): Record<string, number> {
  const prices: Record<string, number> = { 'share that may wait': Math.max(0, -(relaxed.duals['risk'] ?? 0)) }
  units.forEach(({ offer }, k) => {
    const saved = Math.max(0, -(relaxed.reduced[`u${k}`] ?? 0))
    if (saved > 1e-9) prices[offer.name] = (prices[offer.name] ?? 0) + saved
  })
  const firm = new Float64Array(hours)
  units.forEach((unit, k) => {
    for (let hour = unit.fromHour; hour < Math.min(hours, unit.fromHour + unit.hours); hour++)
      firm[hour]! += counts[k]! * unit.gpus
  })
  const overflow = (offers: readonly Offer[]) =>
    playPurchase(request.scenarios, firm, offers, request.waitPrice).cost
  const now = overflow(request.offers)
  for (const offer of request.offers) {
    if (offer.kind !== 'on-demand') continue
    const more = request.offers.map((one) =>
      one === offer ? { ...offer, limitGpus: offer.limitGpus + 1 } : one,
    )
    prices[offer.name] = Math.max(0, now - overflow(more))
  }
  return prices
}

/** Firm GPUs of each hour. */
export function firmByHour(stretches: MixPlan['firm'], hours: number): Float64Array {
  const firm = new Float64Array(hours)
  for (const { fromHour, hours: long, gpus } of stretches) firm.fill(gpus, fromHour, fromHour + long)
  return firm
}

/** What a firm capacity costs beyond itself on scenarios, hour by hour, and what waits: the plain way, for hours that were not planned with. */
export function playPurchase(
  scenarios: readonly Float64Array[],
  firm: Float64Array,
  offers: readonly Offer[],
  waitPrice?: number,
): { cost: number; waitingShare: number } {
  const tiers = tiersOf(offers)
  const price =
    waitPrice ?? 2 * Math.max(1e-6, ...offers.map((one) => one.price), ...tiers.map((one) => one.price))
  let cost = 0
  let waiting = 0
  let demanded = 0
  for (const scenario of scenarios) {
    for (let hour = 0; hour < scenario.length; hour++) {
      demanded += scenario[hour]!
      let left = Math.max(0, scenario[hour]! - firm[hour]!)
      for (const tier of tiers) {
        const taken = Math.min(left, tier.limitGpus)
        cost += taken * tier.price
        left -= taken
      }
      cost += left * price
      waiting += left
    }
  }
  return { cost: cost / scenarios.length, waitingShare: demanded > 0 ? waiting / demanded : 0 }
}

/** Drops one limit after the other while the rest still conflict: what stays is a smallest set. */
function infeasible(request: MixRequest, hours: number): HeavyliftError {
  const isPossible = (lifted: ReadonlySet<string>): boolean => {
    const offers = request.offers.map((offer): Offer => {
      if (!lifted.has(offer.name)) return offer
      return offer.kind === 'reserved' || offer.kind === 'block'
        ? { ...offer, mostUnits: 1e9 }
        : { ...offer, limitGpus: 1e9 }
    })
    const firm = new Float64Array(hours)
    for (const unit of unitsOf(offers, hours)) {
      for (let hour = unit.fromHour; hour < Math.min(hours, unit.fromHour + unit.hours); hour++)
        firm[hour]! += unit.offer.mostUnits * unit.gpus
    }
    return playPurchase(request.scenarios, firm, offers).waitingShare <= request.waitingShare + 1e-9
  }
  const lifted = new Set<string>()
  const kept: string[] = []
  for (const { name } of request.offers) {
    lifted.add(name)
    if (isPossible(lifted)) {
      lifted.delete(name)
      kept.push(name)
    }
  }
  const limits = [
    `at most ${(100 * request.waitingShare).toFixed(2)} % waits`,
    ...kept.map((name) => `the limit of ${name}`),
  ]
  return new HeavyliftError({
    code: 'mix-infeasible',
    message: `No purchase keeps all limits. These conflict: ${limits.join(', ')}. Raise one of them.`,
    status: 422,
  })
}
