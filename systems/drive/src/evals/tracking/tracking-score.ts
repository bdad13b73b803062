import { sum } from '@heavylift/core/math'
import { consistencyInterval, normalisedErrorSquared } from '../../driver/perception/metrics/consistency.ts'
import { GospaMetric } from '../../driver/perception/metrics/gospa.ts'
import { hota } from '../../driver/perception/metrics/hota.ts'
import type { HotaFrame } from '../../driver/perception/metrics/hota.ts'
import { IdMatcher } from '../../driver/perception/metrics/id-switches.ts'
import { Visibility } from '../../driver/perception/sensors/visibility.ts'
import type { Scene } from '../../world/scene/scene.ts'
import type { TrackSource } from './track-source.ts'

/** Cutoff and order of GOSPA; a miss or a false track weighs as much as a place 2.8 m off (α = 2). */
const gospaCutoffM = 4
const gospaPower = 2
/** Similarity of HOTA is 0 from here on, and a track further off is another one. */
const matchedM = 2
const radiusM = 60
/** Counted as there to be tracked: what could be seen this much, from the roof, within the last second. */
const seenShare = 0.2
const rememberedS = 1
const roofM = 1.9
/** One sample for the consistency a second (of ten moments): errors closer together are not independent. */
const sampleEvery = 10

/** What must be tracked at one moment, and what may be but need not (hidden for long, or at the rim). */
export class TruthFrame {
  readonly rows: number[] = []
  readonly points: number[] = []
  readonly optional: number[] = []
  readonly #visibility: Visibility
  readonly #seenS: Float64Array

  constructor(capacity: number) {
    this.#visibility = new Visibility(capacity)
    this.#seenS = new Float64Array(capacity).fill(-Infinity)
  }

  read({ agents, ego, timeS }: Scene): void {
    const x = agents.x[ego] as number
    const y = agents.y[ego] as number
    this.#visibility.look(agents, ego, x, y, roofM, 0, 7, radiusM + 10)
    this.rows.length = 0
    this.points.length = 0
    this.optional.length = 0
    for (let at = 0; at < this.#visibility.count; at++) {
      const row = this.#visibility.rows[at] as number
      if ((this.#visibility.share[row] as number) >= seenShare) this.#seenS[row] = timeS
      const isDue =
        timeS - (this.#seenS[row] as number) <= rememberedS &&
        (this.#visibility.distanceM[row] as number) <= radiusM
      if (isDue) this.rows.push(row)
      const points = isDue ? this.points : this.optional
      points.push(agents.x[row] as number, agents.y[row] as number)
    }
  }
}

export interface TrackingFigures {
  gospa: number
  /** Parts of it: mean square of places in m², and number missed and false at a moment. */
  localisation: number
  missed: number
  false: number
  hota: number
  detA: number
  assA: number
  locA: number
  idSwitches: number
  /** Mean normalised error squared of place and velocity; 4 if the covariances are right, between low and high with 95 %. */
  nees: number
  neesLow: number
  neesHigh: number
  neesSamples: number
}

/** Figures of one tracker over several runs. */
export class TrackingScore {
  readonly #gospaMetric = new GospaMetric(gospaCutoffM, gospaPower)
  readonly #frames: HotaFrame[][] = []
  #matcher = new IdMatcher(matchedM)
  #switches = 0
  #moments = 0
  readonly #sums = { gospa: 0, localisation: 0, missed: 0, false: 0 }
  readonly #errors: number[] = []
  readonly #mean = new Float64Array(4)
  readonly #covariance = new Float64Array(16)

  begin(): void {
    this.#frames.push([])
    this.#switches += this.#matcher.switches
    this.#matcher = new IdMatcher(matchedM)
  }

  add(scene: Scene, truth: TruthFrame, source: TrackSource): void {
    const trackIds: number[] = []
    const tracks: number[] = []
    const numbers: number[] = []
    const ownX = scene.agents.x[scene.ego] as number
    const ownY = scene.agents.y[scene.ego] as number
    for (let track = 0; track < source.count; track++) {
      source.moments(track, this.#mean, this.#covariance)
      const [x = 0, y = 0] = this.#mean
      if (Math.hypot(x - ownX, y - ownY) > radiusM) continue
      if (nearest(truth.points, x, y) > matchedM && nearest(truth.optional, x, y) < matchedM) continue
      trackIds.push(source.idOf(track))
      tracks.push(x, y)
      numbers.push(track)
    }
    const frame = { truthIds: [...truth.rows], truth: [...truth.points], trackIds, tracks }
    this.#frames.at(-1)?.push(frame)
    const parts = this.#gospaMetric.measure(
      Float64Array.from(frame.truth),
      frame.truthIds.length,
      Float64Array.from(tracks),
      trackIds.length,
    )
    this.#moments++
    this.#sums.gospa += parts.distance
    this.#sums.localisation += parts.localisation
    this.#sums.missed += parts.missedCount
    this.#sums.false += parts.falseCount
    const matches = this.#matcher.match(frame)
    if (this.#moments % sampleEvery === 0) this.#sample(scene, frame, numbers, matches, source)
  }

  figures(): TrackingFigures {
    const moments = Math.max(1, this.#moments)
    const parts = this.#frames.filter((frames) => frames.length > 0).map((frames) => hota(frames, matchedM))
    const over = (value: (part: (typeof parts)[number]) => number) =>
      parts.reduce((sum, part) => sum + value(part), 0) / Math.max(1, parts.length)
    const errors = this.#errors.filter((error) => Number.isFinite(error))
    const interval = consistencyInterval(errors.length, 4)
    return {
      gospa: this.#sums.gospa / moments,
      localisation: this.#sums.localisation / moments,
      missed: this.#sums.missed / moments,
      false: this.#sums.false / moments,
      hota: over((part) => part.hota),
      detA: over((part) => part.detA),
      assA: over((part) => part.assA),
      locA: over((part) => part.locA),
      idSwitches: this.#switches + this.#matcher.switches,
      nees: sum(errors) / Math.max(1, errors.length),
      neesLow: interval.low,
      neesHigh: interval.high,
      neesSamples: errors.length,
    }
  }

  #sample(
    { agents }: Scene,
    { truthIds }: HotaFrame,
    numbers: number[],
    matches: Int32Array,
    source: TrackSource,
  ): void {
    for (const [at, match] of matches.entries()) {
      if (match < 0) continue
      const row = truthIds[at] as number
      source.moments(numbers[match] as number, this.#mean, this.#covariance)
      const heading = agents.heading[row] as number
      const speed = agents.speedMps[row] as number
      const truth = [
        agents.x[row] as number,
        agents.y[row] as number,
        speed * Math.cos(heading),
        speed * Math.sin(heading),
      ]
      const error = truth.map((value, one) => (this.#mean[one] as number) - value)
      this.#errors.push(normalisedErrorSquared(error, this.#covariance))
    }
  }
}

function nearest(points: readonly number[], x: number, y: number): number {
  let least = Infinity
  for (let at = 0; at < points.length; at += 2)
    least = Math.min(least, Math.hypot((points[at] as number) - x, (points[at + 1] as number) - y))
  return least
}
