import type { CommandInput } from '@heavylift/core'
import { InvalidInputError } from '@heavylift/core'
import { formatTable } from '@heavylift/core/text'
import { planStarts } from '../slurm/plan.ts'
import { lookAtCluster } from '../slurm/shadow.ts'
import type { Shadow } from '../slurm/shadow.ts'
import { explainWait, spanOf } from '../slurm/why.ts'
import { sayWhy } from '../slurm/why-text.ts'

const lookFrom = ({ options }: CommandInput): Promise<Shadow> => {
  const conf = options['conf']
  return lookAtCluster({
    sample: true,
    ...(options['sample'] === true ? {} : { slurm: typeof conf === 'string' ? { conf } : {} }),
  })
}

/** `fleet why`: one job of the Slurm here, and what its owner could change. */
export async function runWhy(input: CommandInput): Promise<unknown> {
  const id = Number(input.args['job'])
  if (!Number.isInteger(id))
    throw new InvalidInputError({ code: 'bad-job', message: 'Name a job by its number, as squeue shows it.' })
  const { view } = await lookFrom(input)
  const why = explainWait(view.state, id, view.options)
  const sentence = sayWhy(view, id, why)
  input.print(sentence)
  for (const { change, startS } of why?.sooner ?? [])
    input.print(`  ${spanOf(why!.startS - startS)} earlier with ${change}`)
  return {
    sentence,
    ...(why === null ? {} : { startS: why.startS, sooner: why.sooner, ahead: why.ahead.length }),
  }
}

/** `fleet queue`: when each waiting job starts, beside what Slurm expects. */
export async function runQueue(input: CommandInput): Promise<unknown> {
  const { view } = await lookFrom(input)
  const { nowS } = view.state
  const inWords = (atS: number) =>
    atS === Infinity ? 'never' : atS <= nowS ? 'now' : `in ${spanOf(atS - nowS)}`
  const rows = planStarts(view.state, view.options).map(({ job, startS }) => {
    const seen = view.jobs.get(job.id)!
    return { job: seen.label, user: seen.user, partition: seen.partition, startS, slurmStartS: seen.startS }
  })
  const header = ['job', 'user', 'partition', 'starts at the latest', 'Slurm says']
  input.print(
    formatTable(
      header,
      rows.map((row) => [
        row.job,
        row.user,
        row.partition,
        inWords(row.startS),
        row.slurmStartS < 0 ? '' : inWords(row.slurmStartS),
      ]),
      [],
    ),
  )
  return { nowS, queue: rows }
}
