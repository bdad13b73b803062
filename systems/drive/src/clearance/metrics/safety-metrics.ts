import { rssLateralM, rssLongitudinalM } from '../../driver/reference/rss-distances.ts'
import type { RssParameters } from '../../driver/reference/rss-distances.ts'
import type { Recorder } from '../run/recorder.ts'
import type { Scene } from '../../world/scene/scene.ts'
import { Encroachment } from './encroachment.ts'
import { emptyBox, readBox, timeToContact } from './moving-box.ts'

/** A time to collision beyond this is no conflict. */
const horizonS = 10
/** Vehicles within this angle of the ego's heading go the same way (cosine of 30°). */
const sameWay = 0.866

/** Usual values for automated passenger cars on the quantities of arXiv 1708.06374 (IEEE 2846 names the same ones). */
export const rssMeasured: RssParameters = {
  responseS: 0.5,
  accelerationMps2: 3.5,
  leastBrakingMps2: 4,
  mostBrakingMps2: 8,
  lateralAccelerationMps2: 0.2,
  lateralBrakingMps2: 0.8,
  wanderingM: 0.1,
}

/** How close a run came. A figure that does not exist is null. JSON. */
export interface SafetyFigures {
  /** Least time to collision at constant velocities, body to body. */
  minTtcS: number | null
  /** Least post-encroachment time where paths cross. */
  petS: number | null
  /** Largest deceleration that would just have avoided a crash. */
  maxDracMps2: number | null
  /** How long it was too near behind another in its way (RSS, lemma 2). */
  rssLongitudinalS: number
  /** How long it was too near beside another (lemma 4). */
  rssLateralS: number
  /** How long both distances to one and the same vehicle were too small: RSS's dangerous situation. */
  rssViolationS: number
  /** The moment of the impact inside its step. */
  impactTimeS: number | null
  maxSpeedMps: number
}

/** Watches a run as its recorder and sums up how close it came. One instance a run; a step allocates nothing. */
export class SafetyMetrics implements Recorder {
  readonly #own = emptyBox()
  readonly #other = emptyBox()
  #encroachment: Encroachment | null = null
  #minTtcS = Infinity
  #maxDracMps2 = 0
  #rssLongitudinalS = 0
  #rssLateralS = 0
  #rssViolationS = 0
  #impactTimeS = Infinity
  #maxSpeedMps = 0
  #beforeS = 0
  #isLongitudinal = false
  #isLateral = false
  #isViolation = false
  /** Least time to contact of the scene before, with everyone who then was there. */
  #contactS = Infinity

  begin(scene: Scene): void {
    this.#encroachment = new Encroachment(scene.agents.capacity)
    this.#beforeS = scene.timeS
  }

  frame(scene: Scene): void {
    const { agents, ego, timeS } = scene
    const dtS = timeS - this.#beforeS
    this.#count(dtS)
    this.#isLongitudinal = false
    this.#isLateral = false
    this.#isViolation = false
    readBox(agents, ego, this.#own)
    this.#maxSpeedMps = Math.max(this.#maxSpeedMps, Math.abs(agents.speedMps[ego] as number))
    let contactS = Infinity
    for (let row = 0; row < agents.count; row++) {
      if (row === ego || agents.isPresent[row] === 0) continue
      readBox(agents, row, this.#other)
      const ttcS = timeToContact(this.#own, this.#other, horizonS)
      contactS = Math.min(contactS, ttcS)
      this.#rss(agents.speedMps[ego] as number)
      if (ttcS === Infinity) continue
      const closing =
        (this.#own.vx - this.#other.vx) * this.#own.cos + (this.#own.vy - this.#other.vy) * this.#own.sin
      if (closing > 0 && ttcS > 0) this.#maxDracMps2 = Math.max(this.#maxDracMps2, closing / (2 * ttcS))
    }
    if (contactS === 0 && this.#impactTimeS === Infinity)
      this.#impactTimeS = this.#contactS <= dtS ? this.#beforeS + this.#contactS : timeS
    this.#minTtcS = Math.min(this.#minTtcS, contactS)
    this.#contactS = contactS
    this.#encroachment?.observe(agents, ego, timeS)
    this.#beforeS = timeS
  }

  end(): void {
    this.#count(0)
  }

  figures(): SafetyFigures {
    const pet = this.#encroachment?.leastS ?? Infinity
    const hasConflict = this.#minTtcS < Infinity
    return {
      minTtcS: hasConflict ? this.#minTtcS : null,
      petS: pet < Infinity ? pet : null,
      maxDracMps2: hasConflict ? this.#maxDracMps2 : null,
      rssLongitudinalS: this.#rssLongitudinalS,
      rssLateralS: this.#rssLateralS,
      rssViolationS: this.#rssViolationS,
      impactTimeS: this.#impactTimeS < Infinity ? this.#impactTimeS : null,
      maxSpeedMps: this.#maxSpeedMps,
    }
  }

  #count(dtS: number): void {
    if (this.#isLongitudinal) this.#rssLongitudinalS += dtS
    if (this.#isLateral) this.#rssLateralS += dtS
    if (this.#isViolation) this.#rssViolationS += dtS
  }

  /** Lemmas 2 and 4, with the ego behind: distances along and across its heading. */
  #rss(egoMps: number): void {
    const own = this.#own
    const other = this.#other
    const along = own.cos * other.cos + own.sin * other.sin
    if (along < sameWay) return
    const across = Math.abs(own.cos * other.sin - own.sin * other.cos)
    const dx = other.x - own.x
    const dy = other.y - own.y
    const ahead = dx * own.cos + dy * own.sin
    const left = dy * own.cos - dx * own.sin
    const halfAhead = own.halfLengthM + other.halfLengthM * along + other.halfWidthM * across
    const gapM = ahead - halfAhead
    if (ahead < 0 && ahead < -halfAhead) return
    const otherMps = other.vx * own.cos + other.vy * own.sin
    const isShort = gapM < rssLongitudinalM(Math.max(0, egoMps), Math.max(0, otherMps), rssMeasured)
    if (!isShort) return
    const clearM = Math.abs(left) - own.halfWidthM - other.halfLengthM * across - other.halfWidthM * along
    const towards = (other.vy * own.cos - other.vx * own.sin) * (left > 0 ? -1 : 1)
    const isNarrow = clearM < rssLateralM(0, towards, rssMeasured)
    if (isNarrow) this.#isViolation = true
    if (clearM < 0) this.#isLongitudinal = true
    if (isNarrow && gapM < 0) this.#isLateral = true
  }
}
