import type { JobTable } from '../domain/job-table.ts'
import { boundedSlowdown } from './metrics.ts'

/** Scores as the published table has them: a job's time of start is −1 until it starts, so that "waiting" is −1 − submission. */
export type PublishedScore = (jobs: JobTable, job: number) => number

/**
 * Replays a window of jobs by the rules of the published table (Zhang et al., "RLScheduler", SC '20): the best job is chosen whenever one
 * could start, and once it must wait it stays chosen; with backfill, jobs go ahead of it first come first served while now + request <
 * shadow time, which is computed once when the head is blocked and counts all estimates as exact. Utilisation is the work of all
 * over the time from the first submission to the last start.
 */
export function replayPublishedWindow(
  jobs: JobTable,
  processors: number,
  score: PublishedScore,
  withBackfill: boolean,
): { meanBoundedSlowdown: number; utilisation: number } {
  let free = processors
  let nowS = jobs.submitS[0] ?? 0
  let arrived = 1
  let queue = [0]
  let running: { job: number; startS: number }[] = []
  let slowdown = 0
  let work = 0

  const start = (job: number) => {
    free -= jobs.processors[job]!
    running.push({ job, startS: nowS })
    queue = queue.filter((one) => one !== job)
    slowdown += boundedSlowdown(nowS - jobs.submitS[job]!, jobs.runS[job]!)
    work += jobs.runS[job]! * jobs.processors[job]!
  }
  const endS = ({ job, startS }: { job: number; startS: number }) => startS + jobs.runS[job]!
  /** To the next arrival or end, whichever is first; an arrival in a tie. */
  const advance = () => {
    let next = running[0]
    for (const one of running) if (endS(one) < endS(next!)) next = one
    const submitS = arrived < jobs.size ? jobs.submitS[arrived]! : Infinity
    if (next === undefined || submitS <= endS(next)) {
      nowS = Math.max(nowS, submitS)
      queue.push(arrived++)
    } else {
      nowS = Math.max(nowS, endS(next))
      free += jobs.processors[next.job]!
      running = running.filter((one) => one !== next)
    }
  }
  const shadowOf = (head: number): number => {
    const byExpected = running
      .map(({ job, startS }) => ({ job, atS: startS + jobs.requestedS[job]! }))
      .sort((a, b) => a.atS - b.atS)
    let sum = free
    let shadowS = nowS
    for (const { job, atS } of byExpected) {
      sum += jobs.processors[job]!
      shadowS = atS
      if (sum >= jobs.processors[head]!) break
    }
    return shadowS
  }

  for (;;) {
    const scores = new Map(queue.map((job) => [job, score(jobs, job)]))
    const head = queue.reduce((best, job) => (scores.get(job)! < scores.get(best)! ? job : best))
    if (jobs.processors[head]! > free) {
      const shadowS = withBackfill ? shadowOf(head) : nowS
      while (jobs.processors[head]! > free) {
        if (withBackfill) {
          for (const job of [...queue].sort((a, b) => jobs.submitS[a]! - jobs.submitS[b]! || a - b)) {
            if (jobs.processors[job]! <= free && nowS + jobs.requestedS[job]! < shadowS) start(job)
          }
        }
        advance()
      }
    }
    start(head)
    if (queue.length === 0 && arrived >= jobs.size) break
    while (queue.length === 0) advance()
  }
  return {
    meanBoundedSlowdown: slowdown / jobs.size,
    utilisation: work / ((nowS - jobs.submitS[0]!) * processors),
  }
}
