import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MeasureInput } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { mean, roundTo } from '@heavylift/core/math'
import { forkServer } from '../overhead/target.ts'
import type { SoakGatewayTask, SoakLook, SoakQuestion } from './gateway-child.ts'
import { createSoakLoad, soakTable } from './soak-load.ts'

const looks = 20
/** The first after warm-up, which is a tenth. */
const earlyLook = 2
/** For what calls leave to be done: clients that left, timers. */
const settleMs = 250
const mostGrowthPct = 5

/**
 * Memory of the gateway over many requests: whole and streamed answers, kept ones, errors of the upstream, models that do not exist,
 * clients that leave, requests over a limit; 100 keys of 20 tenants, prompts of which no two are alike. At each twentieth, with
 * nothing under way and after garbage is gone, live heap (with buffers outside of it), resident memory and handles. Growth is
 * that of the last tenth of the requests over the second; the first is warm-up. `lost`: answers that the books lack.
 */
export async function runSoak({ options, report, signal }: MeasureInput) {
  const requests = Number(options?.['requests'] ?? 3_000_000)
  if (!Number.isInteger(requests) || requests < looks) {
    throw new RangeError(`--requests has to be a whole number, at least ${looks}.`)
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'heavylift-soak-'))
  const stops: (() => Promise<unknown>)[] = [() => rm(dataDir, { recursive: true })]
  try {
    const upstream = await forkServer('./upstream-child.ts', {}, signal)
    stops.push(upstream.stop)
    const task: SoakGatewayTask = { table: soakTable(upstream.address), dataDir: join(dataDir, 'usage') }
    const gateway = await forkServer('../soak/gateway-child.ts', task, signal)
    stops.push(gateway.stop)
    const step = Math.max(1, Math.floor(requests / 1_000))
    const load = createSoakLoad(gateway.address, 32, (done) => {
      if (done % step === 0) report({ stage: 'soak', done, total: requests, unit: 'requests' })
    })
    const seen: SoakLook[] = []
    let loadMs = 0
    for (let part = 0; part < looks; part++) {
      const beganMs = performance.now()
      const bound = (share: number) => Math.floor((requests * share) / looks)
      await load.send(bound(part), bound(part + 1), signal)
      loadMs += performance.now() - beganMs
      await sleep(settleMs, signal)
      seen.push(await askLook(gateway.child, { countsObjects: part === earlyLook || part === looks - 1 }))
    }
    return { n: requests, ...figuresOf(seen, load.counts, (requests / loadMs) * 1_000) }
  } finally {
    for (const stop of stops.toReversed()) await stop()
  }
}

function askLook(child: ChildProcess, question: SoakQuestion): Promise<SoakLook> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('The gateway ended before the load did.'))
    child.once('exit', ended)
    child.once('message', (look) => {
      child.off('exit', ended)
      resolve(look as SoakLook)
    })
    child.send(question)
  })
}

function figuresOf(
  seen: readonly SoakLook[],
  counts: { answered: number; broken: number },
  requestsPerSecond: number,
): { metrics: Record<string, number>; failures: string[] } {
  const early = seen.slice(earlyLook, earlyLook + 2)
  const late = seen.slice(-2)
  const last = seen.at(-1)!
  const growthPct = (read: (look: SoakLook) => number) =>
    roundTo((mean(late.map(read)) / mean(early.map(read)) - 1) * 100, 2)
  const heapGrowthPct = growthPct(({ heapMb }) => heapMb)
  const curve = seen.flatMap(({ heapMb, rssMb }, at) => {
    const share = `${((at + 1) * 100) / looks}%`
    return at % 2 === 0
      ? []
      : [[`heapMb ${share}`, roundTo(heapMb, 2)] as const, [`rssMb ${share}`, roundTo(rssMb, 1)] as const]
  })
  const { calls, failed, cancelled, refused, cacheHits } = last.metered
  const failures = [
    ...(Math.abs(heapGrowthPct) > mostGrowthPct ? grownMost(early[0]!, last) : []),
    ...(counts.broken > 0 ? [`${counts.broken} requests got no answer`] : []),
  ]
  return {
    metrics: {
      heapGrowthPct,
      rssGrowthPct: growthPct(({ rssMb }) => rssMb),
      handlesGrowth: last.handles - early[0]!.handles,
      requestsPerSecond: roundTo(requestsPerSecond, 1),
      lost: Math.max(0, counts.answered - calls),
      doubled: Math.max(0, calls - counts.answered - counts.broken),
      failed,
      cancelled,
      refused,
      cacheHits,
      ...Object.fromEntries(curve),
    },
    failures,
  }
}

/** The classes of which there are most more. */
function grownMost(early: SoakLook, last: SoakLook): string[] {
  return Object.entries(last.objects)
    .map(([name, count]) => ({ name, count, more: count - (early.objects[name] ?? 0) }))
    .filter(({ more }) => more > 0)
    .toSorted((a, b) => b.more - a.more)
    .slice(0, 5)
    .map(({ name, count, more }) => `${name}: ${more} more objects, ${count} now`)
}
