import type { CutInView, ReferenceDriver } from './reference-driver.ts'

/** The cut-in sweep by which reference models were compared for UN R157: two cars of 4.3 × 1.9 m, steps of 0.1 s, 35 s from time 0. */
const stepS = 0.1
const steps = 350
const lengthM = 4.3
const widthM = 1.9
const clearM = 1.6
const lateralMps2 = 1.5
const mpsPerKmh = 1 / 3.6

export interface CutIn {
  egoKmh: number
  otherKmh: number
  /** From the ego's front to the other's rear at time 0. */
  gapM: number
  lateralMps: number
}

function* cutIns(egos: number[], otherStep: number, lastGapM: number, gapStep: number): Generator<CutIn> {
  for (const egoKmh of egos)
    for (let otherKmh = 10; otherKmh < egoKmh; otherKmh += otherStep)
      for (let gapM = 1; gapM <= lastGapM; gapM += gapStep)
        for (let tenths = 0; tenths <= 17; tenths++) yield { egoKmh, otherKmh, gapM, lateralMps: tenths / 10 }
}

/** 15,930 cut-ins at the speeds of the original regulation, up to 60 km/h. */
export function lowSpeedCutIns(): Generator<CutIn> {
  return cutIns([10, 20, 30, 40, 50, 60], 10, 59, 1)
}

/** 14,040 cut-ins at 70 to 130 km/h. */
export function highSpeedCutIns(): Generator<CutIn> {
  return cutIns([70, 90, 110, 130], 30, 119, 2)
}

/**
 * Whether the ego under `driver` is hit. The other car has reached its lateral speed at time 0, by 1.5 m/s² from its lane's centre line on, and holds
 * it until it is on the ego's line; the driver sees it from the start of that. Speeds are integrated before positions.
 */
export function cutInCollides(cutIn: CutIn, driver: ReferenceDriver): boolean {
  const { lateralMps } = cutIn
  const otherMps = cutIn.otherKmh * mpsPerKmh
  const startSteps = Math.ceil(lateralMps / (lateralMps2 * stepS) - 1e-9)
  const lateralAt = (step: number) => Math.max(0, lateralMps + Math.min(0, step * stepS) * lateralMps2)
  let egoMps = cutIn.egoKmh * mpsPerKmh
  const view: CutInView = {
    egoSpeedMps: egoMps,
    otherSpeedMps: otherMps,
    gapM: cutIn.gapM + (egoMps - otherMps) * startSteps * stepS,
    clearM,
    closingMps: 0,
    offCentreM: 0,
    lengthsM: 2 * lengthM,
  }
  for (let step = 0; step > -startSteps; step--) view.clearM += lateralAt(step) * stepS
  for (let step = -startSteps; step <= steps; step++) {
    const isBeside = view.gapM < 0 && view.gapM > -view.lengthsM
    if (isBeside && view.clearM < 0) return true
    if (view.gapM <= -view.lengthsM) return false
    const isOnLine = view.clearM <= -widthM + 1e-9
    view.egoSpeedMps = egoMps
    view.closingMps = isOnLine ? 0 : lateralAt(step)
    // At time 0 the other is in the middle of its lane, which is where its deviation is counted from.
    view.offCentreM = clearM - view.clearM
    egoMps = Math.max(0, egoMps + driver.step(view, stepS) * stepS)
    view.gapM += (otherMps - egoMps) * stepS
    if (!isOnLine) view.clearM = Math.max(-widthM, view.clearM - lateralAt(step + 1) * stepS)
  }
  return false
}

/** How many cut-ins there are, and in how many of them a fresh driver of `make` is hit. */
export function countCollisions(
  all: Iterable<CutIn>,
  make: () => ReferenceDriver,
): { cases: number; collisions: number } {
  let cases = 0
  let collisions = 0
  for (const cutIn of all) {
    cases++
    if (cutInCollides(cutIn, make())) collisions++
  }
  return { cases, collisions }
}
