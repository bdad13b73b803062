import { basename } from 'node:path'
import type { ParameterMap } from './clearance-report.ts'
import type { RanCase } from '../cases/ran-case.ts'

const mostPassed = 500
const mostFailed = 500

/** One map for each scenario with a varied number, those with most failures first. */
export function parameterMaps(ran: readonly RanCase[]): ParameterMap[] {
  const groups = Map.groupBy(ran, ({ one }) =>
    one.source.kind === 'file' ? basename(one.source.path) : one.source.name,
  )
  return [...groups]
    .map(([scenario, group]) => mapOf(scenario, group))
    .filter((map) => map !== null)
    .toSorted((a, b) => b.failures - a.failures || (a.scenario < b.scenario ? -1 : 1))
}

function mapOf(scenario: string, group: readonly RanCase[]): ParameterMap | null {
  const done = group.filter(({ row }) => row !== null && row.outcome !== 'struck')
  const names = [...new Set(done.flatMap(({ one }) => Object.keys(one.parameters)))]
  const axes = names
    .map((name) => axisOf(name, done))
    .filter((axis) => axis !== null)
    .toSorted((a, b) => b.parting - a.parting)
  const [x, y = null] = axes
  if (x === undefined) return null
  const points: ParameterMap['points'] = []
  const failed = done.filter(({ row }) => row!.outcome === 'failed')
  const passed = done.filter(({ row }) => row!.outcome === 'passed')
  for (const { one, row } of [...thinned(passed, mostPassed), ...thinned(failed, mostFailed)]) {
    const at = (name: string) => Number(one.parameters[name])
    const state = row!.outcome === 'passed' ? 0 : row!.reference?.avoidsIt === true ? 2 : 1
    const point: [number, number, number] = [at(x.name), y === null ? 0.5 : at(y.name), state]
    if (point.every(Number.isFinite)) points.push(point)
  }
  const bounds = ({ name, min, max }: Axis) => ({ name, min, max })
  return {
    scenario,
    n: done.length,
    failures: failed.length,
    x: bounds(x),
    y: y === null ? null : bounds(y),
    points,
  }
}

interface Axis {
  name: string
  min: number
  max: number
  /** How far apart the means of failed and passed runs are, in standard deviations. */
  parting: number
}

/** Null for a parameter that is no number or does not vary. */
function axisOf(name: string, done: readonly RanCase[]): Axis | null {
  let min = Infinity
  let max = -Infinity
  const sums = { passed: 0, failed: 0 }
  const counts = { passed: 0, failed: 0 }
  let square = 0
  for (const { one, row } of done) {
    const value = Number(one.parameters[name] ?? NaN)
    if (!Number.isFinite(value)) continue
    min = Math.min(min, value)
    max = Math.max(max, value)
    const end = row!.outcome === 'passed' ? 'passed' : 'failed'
    sums[end] += value
    counts[end]++
    square += value * value
  }
  if (!(max > min)) return null
  const n = counts.passed + counts.failed
  const mean = (sums.passed + sums.failed) / n
  const deviation = Math.sqrt(Math.max(0, square / n - mean * mean))
  const isParted = counts.passed > 0 && counts.failed > 0 && deviation > 0
  const apart = Math.abs(sums.passed / counts.passed - sums.failed / counts.failed)
  return { name, min, max, parting: isParted ? apart / deviation : 0 }
}

/** At most `most` of them, evenly from the whole. */
export function thinned<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items]
  return Array.from({ length: most }, (_, index) => items[Math.floor((index * items.length) / most)]!)
}
