import type { Dataset } from '../../learn/model.ts'
import { trainLogistic } from '../../learn/logistic.ts'
import type { TrainedModel } from '../../learn/trained-model.ts'
import { coverageAfterColumns, coverageAfterRow, coverageColumns, coverageRow } from './coverage-features.ts'
import { addFrame, openPlay } from './play-state.ts'
import type { RecordedPlay } from './recorded-plays.ts'
import { RowGatherer } from './sample-rows.ts'
import type { Sampled } from './sample-rows.ts'

export const coverageModelName = 'nfl-coverage'
export const coverageAfterModelName = 'nfl-coverage-after'
export const coverageFolds = 8

/** Schemes by their index as a label; the first three are man coverages. */
export const coverageSchemes = [
  'COVER_0',
  'COVER_1',
  '2_MAN',
  'COVER_2',
  'COVER_3',
  'COVER_4',
  'COVER_6',
  'PREVENT',
] as const

const manSchemes = 3

/** Numbers of a prediction: man, then a probability a scheme. */
export const coverageOutputs = 1 + coverageSchemes.length

/** After this time no more is learned of a coverage. */
export const coverageEndMs = 3000

/** Rows of charted plays before the snap, at half seconds from 2.5 s before it. */
export function sampleCoverage(plays: readonly RecordedPlay[]): Sampled {
  const gatherer = new RowGatherer(coverageColumns)
  eachFrame(plays, (state, atMs, label, add) => {
    if (atMs <= 0 && atMs >= -2500 && atMs % 500 === 0)
      add(gatherer, coverageRow(state, state.frames.length - 1), label)
  })
  return gatherer.sampled()
}

/**
 * Rows of charted plays from 1 s after the snap; the last is the newest known 3 s after it (a throw ends what coverage shows),
 * marked by `atMs` of 3000.
 */
export function sampleCoverageAfter(plays: readonly RecordedPlay[]): Sampled {
  const gatherer = new RowGatherer([...coverageColumns, ...coverageAfterColumns])
  eachFrame(plays, (state, atMs, label, add, isLast) => {
    if (atMs < 1000 && !isLast) return
    if (!isLast && atMs % 200 !== 0) return
    const snapIndex = state.times.findIndex((time) => time === state.snapMs)
    if (snapIndex >= 0)
      add(
        gatherer,
        coverageAfterRow(state, snapIndex, state.frames.length - 1),
        label,
        isLast ? coverageEndMs : undefined,
      )
  })
  return gatherer.sampled()
}

type Visit = (
  state: ReturnType<typeof openPlay>,
  atMs: number,
  label: number,
  add: (gatherer: RowGatherer, row: Float64Array, label: number, atMs?: number) => void,
  /** The newest frame that 3 s after the snap knows of, up to the throw. */
  isLast: boolean,
) => void

function eachFrame(plays: readonly RecordedPlay[], visit: Visit): void {
  for (const recorded of plays) {
    const label = coverageSchemes.findIndex((scheme) => scheme === recorded.chart.scheme)
    const snapMs = recorded.frames.find(({ event }) => event === 'ball_snap')?.clocks.eventTimeMs
    if (recorded.chart.isMan === null || label < 0 || snapMs === undefined) continue
    const state = openPlay(recorded.start)
    const play = `${recorded.matchId} ${recorded.start.situation.playId}`
    for (const [index, frame] of recorded.frames.entries()) {
      addFrame(state, frame)
      const atMs = frame.clocks.eventTimeMs - snapMs
      const next = recorded.frames[index + 1]
      const hasEnded = state.throwMs !== null || state.sackMs !== null
      const isLast =
        atMs > 0 && (hasEnded || next === undefined || next.clocks.eventTimeMs - snapMs > coverageEndMs)
      visit(
        state,
        atMs,
        label,
        (gatherer, row, scheme, at) => gatherer.add(row, scheme, recorded.matchId, play, at ?? atMs),
        isLast,
      )
      if (isLast) break
    }
  }
}

/** 1 for man coverage, 0 for zone, by the label of a scheme. */
export function manLabels(labels: Float64Array): Float64Array {
  return labels.map((scheme) => (scheme < manSchemes ? 1 : 0))
}

/** Straight lines in log-odds, strongly held: man or zone, then each scheme against the rest. Writes `coverageOutputs` numbers. */
export function trainCoverage(part: Dataset): TrainedModel {
  const line = (labels: Float64Array): TrainedModel => trainLogistic({ ...part, labels }, { l2: 0.3 })
  return {
    kind: 'stack',
    models: [
      line(manLabels(part.labels)),
      ...coverageSchemes.map((_, index) => line(part.labels.map((scheme) => (scheme === index ? 1 : 0)))),
    ],
  }
}

export interface SchemeProbability {
  name: string
  /** What the scheme is one of. */
  coverage: 'man' | 'zone'
  probability: number
}

/** Probabilities of schemes from a prediction: those of man sum to its probability of man. */
export function schemeProbabilities(prediction: Float64Array): SchemeProbability[] {
  const man = prediction[0] as number
  let manSum = 0
  let zoneSum = 0
  for (let scheme = 0; scheme < coverageSchemes.length; scheme++)
    if (scheme < manSchemes) manSum += prediction[1 + scheme] as number
    else zoneSum += prediction[1 + scheme] as number
  return coverageSchemes.map((name, scheme) => {
    const share = prediction[1 + scheme] as number
    const isMan = scheme < manSchemes
    return {
      name,
      coverage: isMan ? 'man' : 'zone',
      probability: isMan
        ? (man * share) / Math.max(manSum, 1e-9)
        : ((1 - man) * share) / Math.max(zoneSum, 1e-9),
    }
  })
}
