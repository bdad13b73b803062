// Planning as the task of a thread: a solver takes seconds, and nobody else should wait for it.
import type { ReportProgress } from '@heavylift/core'
import type { ThreadPart, ThreadTask } from '@heavylift/core/threads'

/** A quarter of a made demand, at four risks: a few seconds on a slow machine. */
const hours = 13 * 168
const scenarios = 6
const shares = [0.001, 0.005, 0.02, 0.1]

/** Gives a `MixStudy` as JSON. */
export async function* planSample(_input: null, report: ReportProgress): AsyncGenerator<ThreadPart> {
  const { madeOffers, makeDemand } = await import('../../samples/made-demand.ts')
  const { studyMix } = await import('./mix-study.ts')
  const all = makeDemand(scenarios + 1, 'sample', hours)
  const study = await studyMix(all.slice(0, -1), madeOffers, shares, all.slice(-1), (done) =>
    report({ stage: 'planning', done, total: shares.length, unit: 'risks' }),
  )
  yield new Uint8Array(new TextEncoder().encode(JSON.stringify(study)))
}

export const mixTask: ThreadTask = { module: import.meta.url, export: 'planSample' }
