import { agentKinds } from '../../world/scene/agent-table.ts'
import { lightBands, speedBands, weatherBands } from '../cases/operating-cell.ts'
import type { ClearanceReport, CoverageCell, Distribution } from './clearance-report.ts'
import type { RanCase } from '../cases/ran-case.ts'

/** Runs and failures in each cell of light × weather against speed, empty ones too: what was not tested is shown. */
export function coverageOf(ran: readonly RanCase[]): CoverageCell[] {
  const cells = new Map<string, CoverageCell>()
  for (const light of lightBands)
    for (const weather of weatherBands)
      for (const column of speedBands) {
        const row = `${light}, ${weather}`
        cells.set(`${row}|${column}`, { row, column, n: 0, failures: 0 })
      }
  for (const { row } of ran) {
    if (row === null) continue
    const cell = cells.get(`${row.cell.light}, ${row.cell.weather}|${row.cell.speed}`)!
    cell.n++
    if (row.outcome === 'failed') cell.failures++
  }
  return [...cells.values()]
}

export function metKinds(ran: readonly RanCase[]): ClearanceReport['met'] {
  return agentKinds.map((kind) => {
    const with_ = ran.filter(({ row }) => row?.cell.met.includes(kind))
    return { kind, n: with_.length, failures: with_.filter(({ row }) => row?.outcome === 'failed').length }
  })
}

const ttcBounds = [0, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]
const impactBounds = [0, 1, 2.5, 5, 7.5, 10, 15, 20, 30]
const petBounds = [0, 0.5, 1, 1.5, 2, 3, 4, 5]
const dracBounds = [0, 1, 2, 3, 4, 5, 6, 8, 10]

export function distributionsOf(ran: readonly RanCase[]): Distribution[] {
  return [
    distribution('Time to collision', 's', ttcBounds, ran, (row) => row.metrics.minTtcS),
    distribution('Impact speed', 'm/s', impactBounds, ran, (row) => row.metrics.impactSpeedMps),
    distribution('Post-encroachment time', 's', petBounds, ran, (row) => row.metrics.petS),
    distribution('Deceleration to avoid a crash', 'm/s²', dracBounds, ran, (row) => row.metrics.maxDracMps2),
  ]
}

function distribution(
  name: string,
  unit: string,
  bounds: number[],
  ran: readonly RanCase[],
  valueOf: (row: NonNullable<RanCase['row']>) => number | null,
): Distribution {
  const bins = bounds.map((from, index) => ({ from, to: bounds[index + 1] ?? null, passed: 0, failed: 0 }))
  let none = 0
  for (const { row } of ran) {
    if (row === null || row.outcome === 'struck') continue
    const value = valueOf(row)
    if (value === null) {
      none++
      continue
    }
    const bin = bins.findLast(({ from }) => value >= from) ?? bins[0]!
    if (row.outcome === 'failed') bin.failed++
    else bin.passed++
  }
  return { name, unit, bins, none }
}
