import { roundTo } from '@heavylift/core/math'
import type { DriverVersion } from '../../driver/version.ts'
import type { Recording } from '../recordings/recording.ts'
import { recordCase } from '../suites/run-case.ts'
import type { ScenarioCase } from '../suites/scenario-case.ts'
import type { RunTrace } from './clearance-report.ts'

const framesKept = 60
const othersKept = 4
/** Numbers of an agent in a frame of a recording. */
const stride = 7

/** Runs a case once more and keeps where everyone near was, for a picture. The same case gives the same run. */
export async function traceRun(one: ScenarioCase, version: DriverVersion): Promise<RunTrace> {
  const { result, recording } = await recordCase(one, version)
  return { version: version.name, outcome: result.outcome, ...traceOf(recording) }
}

function traceOf({ frames, agents, ego }: Recording): Pick<RunTrace, 'own' | 'others'> {
  const every = Math.max(1, Math.ceil(frames.length / framesKept))
  const kept = frames.filter((_, index) => index % every === 0 || index === frames.length - 1)
  const own: RunTrace['own'] = []
  const others = new Map<number, { nearest: number; other: RunTrace['others'][number] }>()
  for (const { timeS, agents: numbers } of kept) {
    const at = (row: number) => {
      for (let index = 0; index < numbers.length; index += stride) if (numbers[index] === row) return index
      return -1
    }
    const mine = at(ego)
    if (mine < 0) continue
    const [x, y, heading, speed] = [1, 2, 3, 4].map((field) => numbers[mine + field]!) as [
      number,
      number,
      number,
      number,
    ]
    own.push([short(timeS), short(x), short(y), short(heading), short(speed)])
    for (let index = 0; index < numbers.length; index += stride) {
      const row = numbers[index]!
      if (row === ego) continue
      const [ox, oy, oh] = [numbers[index + 1]!, numbers[index + 2]!, numbers[index + 3]!]
      const agent = agents[row]!
      const { name, kind, lengthM, widthM } = agent
      const one = others.get(row) ?? { nearest: Infinity, other: { name, kind, lengthM, widthM, at: [] } }
      one.other.at.push([short(timeS), short(ox), short(oy), short(oh)])
      one.nearest = Math.min(one.nearest, (ox - x) ** 2 + (oy - y) ** 2)
      others.set(row, one)
    }
  }
  const near = [...others.values()].toSorted((a, b) => a.nearest - b.nearest).slice(0, othersKept)
  return { own, others: near.map(({ other }) => other) }
}

/** To a centimetre: it is for a picture. */
function short(value: number): number {
  return roundTo(value, 2)
}
