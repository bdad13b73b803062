import { sleep } from '@heavylift/core/async'
import type { Call } from '../../faults/call-log.ts'
import { isGood, share } from '../probe.ts'
import type { Bench, Dependency, Steady } from '../subject.ts'
import type { Finding } from '../weakness.ts'

/** A cached answer is fetched for fewer than this share of requests. */
const cachedBelow = 0.5
const failSeconds = 4
const failRate = 15
/** One retry is fair; this lets a few more be, as requests at the edges of a window are counted with one side only. */
const mostCallsARequest = 2.5
const recoverWithinMs = 5000

export const isCached = (steady: Steady, dependency: string) =>
  (steady.calls.get(dependency) ?? 0) < cachedBelow

/** Endpoints that call a dependency, those first that do so at each request. */
export function usersOf(all: readonly Steady[], dependency: string): Steady[] {
  return all
    .filter(({ calls }) => calls.has(dependency))
    .toSorted((a, b) => (b.calls.get(dependency) ?? 0) - (a.calls.get(dependency) ?? 0))
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

/** The dependency says nothing: is it waited for without end? */
export async function silence(bench: Bench, { name }: Dependency, user: Steady): Promise<Finding[]> {
  const { patienceMs } = bench.subject
  const observed = await bench.withFault(name, { kind: 'black-hole' }, patienceMs + 5000, () =>
    Promise.all([1, 2, 3].map(() => bench.ask(user.endpoint))),
  )
  await bench.settle([user.endpoint], recoverWithinMs)
  const waiting = observed.filter(({ problem }) => problem === 'no answer in time')
  if (waiting.length < observed.length) return []
  return [
    {
      kind: 'no-timeout',
      at: name,
      evidence: `${waiting.length} of ${observed.length} requests to ${user.endpoint.name} had no answer after ${seconds(patienceMs)} while ${name} was silent; without the fault half are answered within ${user.medianMs.toFixed(0)} ms.`,
      measured: patienceMs,
      allowed: user.medianMs,
      unit: 'ms',
    },
  ]
}

/** The dependency fails each call: how often is it called, is it left alone after a while, and what of it stays? */
export async function failure(bench: Bench, dependency: Dependency, user: Steady): Promise<Finding[]> {
  const { name, proxy } = dependency
  const { openConnections: openBefore } = await proxy.watched(Date.now())
  const sinceMs = Date.now()
  const { observed, calls } = await bench.withFault(
    name,
    { kind: 'errors', status: 503 },
    30_000,
    async () => {
      const sent = await bench.send([user.endpoint], failRate, failSeconds)
      return { observed: sent, calls: (await proxy.watched(sinceMs)).calls }
    },
  )
  const found: Finding[] = []
  const usual = Math.max(1, user.calls.get(name) ?? 0)
  const ratio = calls.length / observed.length
  if (ratio / usual > mostCallsARequest)
    found.push({
      kind: 'retry-storm',
      at: name,
      evidence: `While ${name} failed, each request to ${user.endpoint.name} called it ${ratio.toFixed(1)} times; without the fault ${(user.calls.get(name) ?? 0).toFixed(1)} times.`,
      measured: ratio,
      allowed: usual,
      unit: 'calls a request',
    })
  const halfMs = sinceMs + 500 * failSeconds
  const late = calls.filter(({ startMs }) => startMs >= halfMs).length
  const lateAsked = observed.filter(({ sentMs }) => sentMs >= halfMs).length
  if (late >= 0.5 * usual * lateAsked)
    found.push({
      kind: 'no-breaker',
      at: name,
      evidence: `After ${failSeconds / 2} s in which ${name} did nothing but fail, ${lateAsked} requests to ${user.endpoint.name} still called it ${late} times.`,
      measured: late / lateAsked,
      allowed: 0.5 * usual,
      unit: 'calls a request',
    })
  const bad = share(observed, (one) => !isGood(one))
  if (dependency.isOptional && bad > 0.5)
    found.push({
      kind: 'no-fallback',
      at: name,
      evidence: `${user.endpoint.name} can do without ${name}, and ${Math.round(100 * bad)} % of its requests failed with it.`,
      measured: bad,
      allowed: 0.5,
      unit: 'of requests',
    })
  const recoveredMs = await bench.settle([user.endpoint], 2 * recoverWithinMs)
  if (user.goodShare > 0.9 && (recoveredMs === null || recoveredMs > recoverWithinMs))
    found.push({
      kind: 'slow-recovery',
      at: name,
      evidence: `${user.endpoint.name} still failed ${recoveredMs === null ? `${seconds(2 * recoverWithinMs)} and longer` : seconds(recoveredMs)} after ${name} was well again.`,
      measured: recoveredMs ?? 2 * recoverWithinMs,
      allowed: recoverWithinMs,
      unit: 'ms',
    })
  await sleep(1500, bench.signal)
  const { openConnections } = await proxy.watched(Date.now())
  const mostOpen = openBefore + Math.max(10, 0.3 * observed.length)
  if (openConnections > mostOpen)
    found.push({
      kind: 'connection-leak',
      at: name,
      evidence: `${openConnections} connections to ${name} stayed open after ${observed.length} requests that failed; before there were ${openBefore}.`,
      measured: openConnections,
      allowed: mostOpen,
      unit: 'connections',
    })
  return found
}

const burst = 30
/** Even delays spread over their range have 0.58; those that are all alike, next to nothing. */
const leastSpread = 0.3
const leastDelayMs = 50
/** A first wave that is itself spread out much says nothing of what follows it. */
const mostWaveSpread = 0.35

/** Many requests fail at once: do they try again at once as well? */
export async function herd(bench: Bench, { name, proxy }: Dependency, user: Steady): Promise<Finding[]> {
  if (isCached(user, name)) return []
  const sinceMs = Date.now()
  const calls = await bench.withFault(name, { kind: 'errors', status: 503 }, 30_000, async () => {
    await Promise.all(Array.from({ length: burst }, () => bench.ask(user.endpoint)))
    return (await proxy.watched(sinceMs)).calls
  })
  await bench.settle([user.endpoint], recoverWithinMs)
  const times = calls.map(({ startMs }) => startMs).toSorted((a, b) => a - b)
  const wave = Math.round(burst * Math.max(1, user.calls.get(name) ?? 1))
  const first = times.slice(0, wave)
  const again = times.slice(wave, 2 * wave)
  if (again.length < burst / 2) return []
  const mean = meanOf(again) - meanOf(first)
  // What is added to each without regard to the others adds its variance to the wave's.
  const deviation = Math.sqrt(Math.max(0, varianceOf(again) - varianceOf(first)))
  const isWave = Math.sqrt(varianceOf(first)) <= mostWaveSpread * mean
  if (mean < leastDelayMs || !isWave || deviation / mean >= leastSpread) return []
  return [
    {
      kind: 'no-jitter',
      at: name,
      evidence: `${again.length} requests to ${user.endpoint.name} that failed together called ${name} again ${mean.toFixed(0)} ± ${deviation.toFixed(0)} ms later.`,
      measured: deviation / mean,
      allowed: leastSpread,
      unit: 'of the delay',
    },
  ]
}

const meanOf = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length

function varianceOf(all: readonly number[]): number {
  const mean = meanOf(all)
  return meanOf(all.map((one) => (one - mean) ** 2))
}

const slowMs = 1000
const slowedMs = 500

/** The dependency is slow: is what does not need it slow as well? */
export async function slowness(
  bench: Bench,
  { name }: Dependency,
  user: Steady,
  all: readonly Steady[],
): Promise<Finding[]> {
  const others = all.filter(({ calls, endpoint }) => !calls.has(name) && endpoint.isStream !== true)
  if (others.length === 0) return []
  const beside = await bench.withFault(
    name,
    { kind: 'latency', ms: slowMs, jitterMs: 0 },
    30_000,
    async () => {
      const [, observed] = await Promise.all([
        bench.send([user.endpoint], 15, 5),
        sleep(1500, bench.signal).then(() =>
          bench.send(
            others.map(({ endpoint }) => endpoint),
            3 * others.length,
            2,
          ),
        ),
      ])
      return observed
    },
  )
  await bench.settle([user.endpoint, ...others.map(({ endpoint }) => endpoint)], 2 * recoverWithinMs)
  for (const other of others) {
    const mine = beside.filter(({ endpoint }) => endpoint === other.endpoint.name)
    const slow = share(mine, ({ tookMs }) => tookMs > other.medianMs + slowedMs)
    if (mine.length >= 4 && slow > 0.6)
      return [
        {
          kind: 'pool',
          at: name,
          evidence: `${other.endpoint.name} does not call ${name}; while ${name} was ${seconds(slowMs)} slow, ${Math.round(100 * slow)} % of its requests took ${slowedMs} ms longer than the ${other.medianMs.toFixed(0)} ms before, or failed to come.`,
          measured: slow,
          allowed: 0.6,
          unit: 'of requests',
        },
      ]
  }
  return []
}

const fetchMs = 300
const mostAtOnce = 4

/** A cached answer is asked for all the time, and fetching it takes a while: how many fetch it at once? */
export async function expiry(bench: Bench, { name, proxy }: Dependency, user: Steady): Promise<Finding[]> {
  if (!isCached(user, name)) return []
  const sinceMs = Date.now()
  const { asked, calls } = await bench.withFault(
    name,
    { kind: 'latency', ms: fetchMs, jitterMs: 0 },
    30_000,
    async () => {
      const sent = await bench.send([user.endpoint], 40, 4)
      return { asked: sent.length, calls: (await proxy.watched(sinceMs)).calls }
    },
  )
  const most = mostWithin(calls, fetchMs)
  if (most <= mostAtOnce || calls.length > cachedBelow * asked) return []
  return [
    {
      kind: 'stampede',
      at: name,
      evidence: `${user.endpoint.name} is cached (${calls.length} calls for ${asked} requests), and when it ran out, ${most} requests fetched the same from ${name} within ${fetchMs} ms.`,
      measured: most,
      allowed: mostAtOnce,
      unit: 'calls at once',
    },
  ]
}

/** The most calls for the same that began within so long. */
function mostWithin(calls: readonly Call[], ms: number): number {
  let most = 0
  for (const one of calls) {
    const near = calls.filter(
      ({ startMs, print }) => print === one.print && startMs >= one.startMs && startMs < one.startMs + ms,
    )
    most = Math.max(most, near.length)
  }
  return most
}

/** A write reaches the dependency, and its answer is lost: is it sent again as if it were another? */
export async function lostAnswer(
  bench: Bench,
  { name, proxy }: Dependency,
  user: Steady,
): Promise<Finding[]> {
  const { endpoint } = user
  if (endpoint.method === 'GET' || endpoint.method === 'HEAD') return []
  const sinceMs = Date.now()
  const calls = await bench.withFault(name, { kind: 'reset', afterBytes: 0 }, 30_000, async () => {
    await bench.ask(endpoint)
    return (await proxy.watched(sinceMs)).calls
  })
  await bench.settle([endpoint], recoverWithinMs)
  const writes = calls.filter(({ method }) => method !== 'GET' && method !== 'HEAD')
  const again = writes.filter(
    (one, at) =>
      writes.findIndex((other) => other.print === one.print) < at &&
      (one.idempotencyKey === null ||
        !writes.slice(0, at).some((o) => o.idempotencyKey === one.idempotencyKey)),
  )
  if (again.length === 0) return []
  return [
    {
      kind: 'duplicate',
      at: name,
      evidence: `One ${endpoint.method} to ${endpoint.name} was sent to ${name} ${again.length + 1} times when its answer was lost, without an Idempotency-Key that says that it is the same.`,
      measured: again.length + 1,
      allowed: 1,
      unit: 'writes',
    },
  ]
}

/** A stream breaks off half way: does its reader learn it? */
export async function breakOff(bench: Bench, { name }: Dependency, user: Steady): Promise<Finding[]> {
  const { whole, endpoint } = user
  if (whole === null) return []
  const observed = await bench.withFault(
    name,
    // Head and events: about half way through.
    { kind: 'reset', afterBytes: Math.max(1, whole.bytes) },
    30_000,
    () => bench.ask(endpoint, 2 * bench.subject.patienceMs),
  )
  await bench.settle([endpoint], recoverWithinMs)
  const isWhole = observed.lastEvent === whole.lastEvent
  const isTold =
    observed.problem === 'connection' || observed.hasErrorEvent || (observed.status ?? 500) >= 400
  if (isWhole || isTold) return []
  return [
    {
      kind: 'cut-stream',
      at: name,
      evidence:
        observed.problem === null
          ? `${name} broke off, and ${endpoint.name} ended as if it were whole after ${observed.bytes} of ${whole.bytes} bytes, without its last event and without one that says so.`
          : `${name} broke off, and ${endpoint.name} had not ended after ${seconds(observed.tookMs)}.`,
      measured: observed.bytes,
      allowed: whole.bytes,
      unit: 'bytes',
    },
  ]
}
