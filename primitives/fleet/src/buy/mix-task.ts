// Planning as the task of a thread: a solver takes seconds, and nobody else should wait for it.
import type { ReportProgress } from '@heavylift/core'
import type { ThreadPart, ThreadTask } from '@heavylift/core/threads'

/** Half a year of a made demand, at six risks. */
const hours = 26 * 168
const scenarios = 12
const shares = [0.0005, 0.002, 0.005, 0.01, 0.03, 0.1]

/** Gives a `MixStudy` as JSON. */
export async function* planSample(_input: null, report: ReportProgress): AsyncGenerator<ThreadPart> {
  const { madeOffers, makeDemand } = await import('../../samples/made-demand.ts')
  const { studyMix } = await import('./mix-study.ts')
  const study = await studyMix(makeDemand(scenarios, 'sample', hours), madeOffers, shares, (done) =>
    report({ stage: 'planning', done, total: shares.length, unit: 'risks' }),
  )
  yield new Uint8Array(new TextEncoder().encode(JSON.stringify(study)))
}

export const mixTask: ThreadTask = { module: import.meta.url, export: 'planSample' }
