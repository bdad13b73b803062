import type { CommandInput } from '@heavylift/core'
import { formatTable } from '@heavylift/core/text'
import { madeOffers, makeDemand } from '../../samples/made-demand.ts'
import { planClearance } from '../buy/clearance.ts'

const hours = 14 * 24
const shown = 5

/** `fleet clearance`: where a large run fits into the sample's demand. */
export function runClearance({ options, print }: CommandInput): Promise<unknown> {
  const numberOf = (name: string, otherwise: number) => Number(options[name] ?? otherwise)
  const scenarios = makeDemand(100, 'clearance', hours)
  // What the sample has: enough for its mean.
  const mean =
    scenarios.reduce((sum, one) => sum + one.reduce((a, b) => a + b, 0), 0) / scenarios.length / hours
  const windows = planClearance(
    {
      gpus: numberOf('gpus', 800),
      hours: numberOf('hours', 3),
      byHour: numberOf('byHour', 120),
      mayDisplace: numberOf('mayDisplace', 0.05),
    },
    scenarios,
    new Float64Array(hours).fill(numberOf('firm', Math.ceil(mean))),
    madeOffers,
  )
  print(
    formatTable(
      ['from hour', 'cost', 'from', 'chance to displace', 'GPU-hours displaced', 'keeps the risk'],
      windows.slice(0, shown).map((one) => [
        String(one.fromHour),
        one.cost.toFixed(0),
        Object.entries(one.from)
          .map(([name, gpus]) => `${Math.round(gpus)} ${name}`)
          .join(', '),
        `${(100 * one.displaceChance).toFixed(0)} %`,
        one.displacedGpuHours.toFixed(0),
        one.isAllowed ? 'yes' : 'no',
      ]),
      ['from hour', 'cost', 'chance to displace', 'GPU-hours displaced'],
    ),
  )
  return Promise.resolve({ windows: windows.slice(0, shown) })
}
