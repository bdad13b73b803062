import { createRandom } from '@heavylift/core'
import { JobTable } from '../src/domain/job-table.ts'
import { unknownJob } from '../src/domain/job.ts'

export interface MadeLogOptions {
  jobs: number
  processors: number
  /** Offered load: processor-seconds asked for over those there are. */
  load: number
  seed: string
  users?: number
  /** How many times their run time people ask for, at most. */
  overestimate?: number
}

/**
 * A made log: sizes that are mostly powers of two, run times over five orders of magnitude, more submissions by day, users of unlike
 * appetite, estimates that are mostly too long and sometimes too short.
 */
export function makeLog(options: MadeLogOptions): JobTable {
  const random = createRandom(`fleet-log-${options.seed}`)
  const users = options.users ?? 24
  const largest = Math.max(1, options.processors >> 2)
  const table = new JobTable()
  const rows: { processors: number; runS: number; requestedS: number; user: number }[] = []
  let work = 0
  for (let i = 0; i < options.jobs; i++) {
    const user = Math.min(users, 1 + Math.floor(-Math.log(1 - random.next()) * (users / 4)))
    const size = Math.min(largest, 2 ** Math.max(0, Math.round(random.normal() * 1.7 + 1 + (user % 4) * 0.5)))
    const processors = random.chance(0.85)
      ? size
      : Math.min(largest, Math.max(1, size - 1 + random.int(0, 2)))
    const runS = Math.min(
      172_800,
      Math.max(1, Math.round(Math.exp(random.normal() * 2.1 + 6.4 + (user % 3) * 0.4))),
    )
    const factor = random.chance(0.04) ? 0.8 : 1 + random.next() ** 2 * ((options.overestimate ?? 5) - 1)
    rows.push({ processors, runS, requestedS: Math.max(1, Math.ceil((runS * factor) / 60) * 60), user })
    work += processors * runS
  }
  const gapS = work / (options.load * options.processors) / options.jobs
  let atS = 0
  rows.forEach(({ processors, runS, requestedS, user }, i) => {
    const hour = (atS / 3600) % 24
    const busy = 1 + 0.6 * Math.sin(((hour - 8) / 24) * 2 * Math.PI)
    atS += (-Math.log(1 - random.next()) * gapS) / busy
    const submitS = Math.floor(atS)
    table.add({
      ...unknownJob(i + 1),
      submitS,
      runS,
      processors,
      requestedProcessors: processors,
      requestedS,
      user,
      group: user % 5,
      queue: requestedS <= 3600 ? 1 : 2,
      partition: 1,
      status: 1,
    })
  })
  return table
}
