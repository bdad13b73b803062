import type { Recording } from '../../src/clearance/recordings/recording.ts'
import { emptyPose, Replay } from '../viewer/replay.ts'
import { framesOf, mean } from './frames.ts'
import { matchTracks } from './match-tracks.ts'

/** Between two predictions that are scored, in seconds. */
const everyS = 0.5
const gateM = 3
/** A prediction whose best end is further off than this missed, in metres. */
const missM = 2

/** What was predicted beside what came, over the run. */
export interface PredictionFigures {
  /** Error of the best mode by how far ahead, in metres. */
  byHorizon: { horizonS: number; meanErrorM: number; n: number }[]
  minAdeM: number
  minFdeM: number
  missRate: number
  /** Chance given to the mode that came nearest, and how often one with such a chance did. */
  reliability: { probability: number; rate: number; n: number }[]
  scored: number
}

export function predictionFigures(recording: Recording): PredictionFigures {
  const replay = new Replay(recording)
  const pose = emptyPose()
  const byHorizon = new Map<number, number[]>()
  const [ades, fdes]: [number[], number[]] = [[], []]
  const bins = Array.from({ length: 5 }, () => ({ sum: 0, hits: 0, n: 0 }))
  let nextS = 0
  for (const { frame, poses } of framesOf(recording)) {
    if (frame.timeS < nextS - 1e-9 || !frame.explanation) continue
    nextS = frame.timeS + everyS
    const agents = [...poses.values()].filter(({ row }) => row !== recording.ego)
    const rows = new Map(
      matchTracks(frame.explanation.tracks, agents, gateM).map((match) => [match.track.id, match.pose.row]),
    )
    const modes = Map.groupBy(frame.explanation.predictions, ({ track }) => track)
    for (const [track, choices] of modes) {
      const row = rows.get(track)
      if (row === undefined) continue
      const scored = choices.map(({ points, stepS }) => {
        const errors: number[] = []
        for (let at = 0; at < points.length; at += 2) {
          const atS = frame.timeS + stepS * (at / 2 + 1)
          if (atS > replay.durationS || !replay.poseOf(row, atS, pose)) break
          errors.push(Math.hypot((points[at] as number) - pose.x, (points[at + 1] as number) - pose.y))
        }
        return errors
      })
      const length = Math.min(...scored.map((errors) => errors.length))
      if (length === 0) continue
      const ends = scored.map((errors) => errors[length - 1] as number)
      const best = ends.indexOf(Math.min(...ends))
      ades.push(Math.min(...scored.map((errors) => mean(errors.slice(0, length)))))
      fdes.push(ends[best] as number)
      for (const [step, error] of (scored[best] as number[]).entries()) {
        const horizonS = Math.round((choices[best]?.stepS ?? 0) * (step + 1) * 100) / 100
        byHorizon.set(horizonS, [...(byHorizon.get(horizonS) ?? []), error])
      }
      if (choices.length > 1)
        for (const [mode, { probability }] of choices.entries()) {
          const bin = bins[Math.min(bins.length - 1, Math.floor(probability * bins.length))]
          if (!bin) continue
          bin.sum += probability
          bin.n++
          if (mode === best) bin.hits++
        }
    }
  }
  return {
    byHorizon: [...byHorizon]
      .map(([horizonS, errors]) => ({ horizonS, meanErrorM: mean(errors), n: errors.length }))
      .toSorted((a, b) => a.horizonS - b.horizonS),
    minAdeM: mean(ades),
    minFdeM: mean(fdes),
    missRate: fdes.filter((error) => error > missM).length / Math.max(1, fdes.length),
    reliability: bins
      .filter(({ n }) => n > 0)
      .map(({ sum, hits, n }) => ({ probability: sum / n, rate: hits / n, n })),
    scored: fdes.length,
  }
}
