import { clamp } from '@heavylift/core/math'
import type { ModeNet } from './mode-net.ts'
import type { MotionMode } from './motion-mode.ts'
import { predictionPoints } from './prediction-table.ts'

/** Metres at the end of the horizon that one unit of the net's offsets stands for. */
export const alongScaleM = 6
export const acrossScaleM = 1.5
/** Standard deviation at once, and what the logarithms of the net are bound to. */
export const leastSigmaM = 0.1
const logBound = 3.5

/** Modes with probability, and errors that grow with (share of the horizon)^1.5. */
export interface ScoredMode extends MotionMode {
  probability: number
  alongSigmaM: number
  acrossSigmaM: number
}

export function sigmaOf(log: number): number {
  return Math.exp(clamp(log, -logBound, logBound))
}

/** How the standard deviation at a point follows from that at the end. */
export function sigmaAt(endSigmaM: number, share: number): number {
  return leastSigmaM + endSigmaM * share ** 1.5
}

/** By the net: probabilities, and every mode moved along and across by what it makes of it. Without one: by the priors, unmoved. */
export function scoreModes(
  modes: readonly MotionMode[],
  net: ModeNet | null,
  temperature: number,
): ScoredMode[] {
  const scored = modes.map((mode): ScoredMode => {
    if (!net) return { ...mode, probability: mode.prior, alongSigmaM: 6, acrossSigmaM: 1.5 }
    const [score = 0, along = 0, across = 0, logAlong = 0, logAcross = 0] = net.run(mode.features)
    move(mode, along * alongScaleM, across * acrossScaleM)
    return {
      ...mode,
      probability: score / temperature,
      alongSigmaM: sigmaOf(logAlong),
      acrossSigmaM: sigmaOf(logAcross),
    }
  })
  const most = Math.max(...scored.map(({ probability }) => probability))
  let sum = 0
  for (const mode of scored) {
    mode.probability = Math.exp(mode.probability - most)
    sum += mode.probability
  }
  for (const mode of scored) mode.probability /= sum
  return scored.toSorted((a, b) => b.probability - a.probability)
}

function move(mode: MotionMode, alongM: number, acrossM: number): void {
  for (let point = 0; point < predictionPoints; point++) {
    const share = ((point + 1) / predictionPoints) ** 2
    const cos = Math.cos(mode.heading[point] as number)
    const sin = Math.sin(mode.heading[point] as number)
    mode.x[point] = (mode.x[point] as number) + share * (alongM * cos - acrossM * sin)
    mode.y[point] = (mode.y[point] as number) + share * (alongM * sin + acrossM * cos)
  }
}
