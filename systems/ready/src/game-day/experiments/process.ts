import { sleep } from '@heavylift/core/async'
import { isStill } from '../../faults/process-identity.ts'
import { isGood, share } from '../probe.ts'
import type { Endpoint, Observed } from '../probe.ts'
import type { Bench, NamedProcess, Steady } from '../subject.ts'
import type { Finding } from '../weakness.ts'

const eachPerSecond = 4
const watchSeconds = 14
/** Requests that fail one after the other for so long are an outage. */
const outageMs = 500
const badShare = 0.3
const slowerMs = 700

interface Group {
  steady: Steady
  mine: Observed[]
}

const byEndpoint = (all: readonly Steady[], observed: readonly Observed[]): Group[] =>
  all.map((steady) => ({
    steady,
    mine: observed.filter(({ endpoint }) => endpoint === steady.endpoint.name),
  }))

const endpointsOf = (all: readonly Steady[]): Endpoint[] =>
  all.filter(({ endpoint }) => endpoint.isStream !== true).map(({ endpoint }) => endpoint)

/** From the first to the last of the longest row of failures. */
function longestOutageMs(mine: readonly Observed[]): number {
  let most = 0
  let sinceMs: number | null = null
  for (const one of mine.toSorted((a, b) => a.sentMs - b.sentMs)) {
    if (isGood(one)) sinceMs = null
    else {
      sinceMs ??= one.sentMs
      most = Math.max(most, one.sentMs - sinceMs)
    }
  }
  return most
}

const bad = (mine: readonly Observed[]) => share(mine, (one) => !isGood(one))

/** A process is killed, and whoever looks after it starts it again: what fails, and how is it when it is back? */
export async function death(bench: Bench, process: NamedProcess, all: readonly Steady[]): Promise<Finding[]> {
  const endpoints = endpointsOf(all)
  const killedMs = Date.now()
  const observed = await bench.withTouched(process.name, { kind: 'kill' }, await process.find(), 60_000, () =>
    bench.send(endpoints, eachPerSecond * endpoints.length, watchSeconds),
  )
  await bench.settle(endpoints, 10_000)
  const found: Finding[] = []
  for (const { steady, mine } of byEndpoint(all, observed)) {
    const { name } = steady.endpoint
    const outMs = longestOutageMs(mine)
    if (outMs >= outageMs)
      found.push({
        kind: 'single-point',
        at: process.name,
        evidence: `Every request to ${name} failed for ${(outMs / 1000).toFixed(1)} s after ${process.name} was killed.`,
        measured: outMs,
        allowed: outageMs,
        unit: 'ms',
      })
    const slow = mine.filter((one) => isGood(one) && one.tookMs > steady.medianMs + slowerMs)
    const slowSeconds = new Set(slow.map(({ sentMs }) => Math.floor((sentMs - killedMs) / 1000))).size
    if (slowSeconds >= 3 && slow.length > 0.1 * mine.length)
      found.push({
        kind: 'slow-start',
        at: process.name,
        evidence: `${slow.length} of ${mine.length} requests to ${name} took ${slowerMs} ms longer than the ${steady.medianMs.toFixed(0)} ms before, in ${slowSeconds} of the ${watchSeconds} s after ${process.name} was killed and came back.`,
        measured: slowSeconds,
        allowed: 2,
        unit: 's',
      })
  }
  return firstOfEach(found)
}

/** A process can write no more: does reading fail with it? */
export async function fullDisk(
  bench: Bench,
  process: NamedProcess,
  all: readonly Steady[],
): Promise<Finding[]> {
  const reading = endpointsOf(all).filter(({ method }) => method === 'GET')
  const target = await process.find()
  const observed = await bench.withTouched(
    process.name,
    { kind: 'file-size', bytes: 0 },
    target,
    30_000,
    () => bench.send(reading, eachPerSecond * reading.length, 2),
  )
  const isAlive = await isStill(target)
  await bench.settle(reading, 10_000)
  const worst = worstOf(all, observed)
  if (isAlive && (worst === null || bad(worst.mine) <= badShare)) return []
  return [
    {
      kind: 'full-disk',
      at: process.name,
      evidence: isAlive
        ? `${Math.round(100 * bad(worst?.mine ?? []))} % of requests to ${worst?.steady.endpoint.name ?? ''}, which only reads, failed while ${process.name} could not write.`
        : `${process.name} ended when it could not write.`,
      measured: isAlive ? bad(worst?.mine ?? []) : 1,
      allowed: badShare,
      unit: 'of requests',
    },
  ]
}

const hourSeconds = 3600

/** The clock jumps on and back by an hour. */
export async function clockJump(
  bench: Bench,
  clock: { name: string; file: string },
  all: readonly Steady[],
): Promise<Finding[]> {
  const endpoints = endpointsOf(all)
  const found: Finding[] = []
  for (const offsetSeconds of [hourSeconds, -hourSeconds]) {
    const observed = await bench.withTouched(
      clock.name,
      { kind: 'clock', file: clock.file, offsetSeconds },
      null,
      30_000,
      async () => {
        // Whoever reads the offset from time to time has then done so.
        await sleep(300, bench.signal)
        return bench.send(endpoints, eachPerSecond * endpoints.length, 2)
      },
    )
    const after = await bench.send(endpoints, eachPerSecond * endpoints.length, 1)
    for (const [when, seen] of [
      ['while', observed],
      ['after', after],
    ] as const) {
      const worst = worstOf(all, seen)
      if (worst !== null && bad(worst.mine) > badShare)
        found.push({
          kind: 'clock',
          at: clock.name,
          evidence: `${Math.round(100 * bad(worst.mine))} % of requests to ${worst.steady.endpoint.name} failed ${when} the clock was an hour ${offsetSeconds > 0 ? 'fast' : 'slow'}.`,
          measured: bad(worst.mine),
          allowed: badShare,
          unit: 'of requests',
        })
    }
  }
  await bench.settle(endpoints, 10_000)
  return firstOfEach(found)
}

const overloadSeconds = 3
const refusals = new Set([429, 503])

/** More is sent than an endpoint can do: is the rest refused, or does it wait? */
export async function overload(bench: Bench, steady: Steady): Promise<Finding[]> {
  const { endpoint } = steady
  const rate = bench.subject.mostRatePerSecond
  const observed = await bench.send([endpoint], rate, overloadSeconds)
  await bench.settle([endpoint], 20_000)
  const part = Math.floor(observed.length / 5)
  const [first, last] = [observed.slice(0, part), observed.slice(-part)].map((some) => median(some)) as [
    number,
    number,
  ]
  const refused = share(observed, ({ status }) => status !== null && refusals.has(status))
  const slowMs = Math.max(1000, steady.medianMs + 1000)
  if (refused > 0.1 || last < slowMs || last < 1.3 * first) return []
  return [
    {
      kind: 'unbounded-queue',
      at: endpoint.name,
      evidence: `At ${rate} requests/s half of the first took ${first.toFixed(0)} ms and half of the last ${last >= bench.subject.patienceMs ? `more than ${(bench.subject.patienceMs / 1000).toFixed(1)} s` : `${last.toFixed(0)} ms`}; ${Math.round(100 * refused)} % were refused. Without load it takes ${steady.medianMs.toFixed(0)} ms.`,
      measured: last,
      allowed: slowMs,
      unit: 'ms',
    },
  ]
}

const median = (part: readonly Observed[]) =>
  part.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b)[Math.floor(part.length / 2)] ?? 0

function worstOf(all: readonly Steady[], observed: readonly Observed[]): Group | null {
  const groups = byEndpoint(all, observed).filter(
    ({ steady, mine }) => mine.length >= 3 && steady.goodShare > 0.9,
  )
  return groups.toSorted((a, b) => bad(b.mine) - bad(a.mine))[0] ?? null
}

function firstOfEach(found: readonly Finding[]): Finding[] {
  return found.filter((one, at) => found.findIndex(({ kind }) => kind === one.kind) === at)
}
