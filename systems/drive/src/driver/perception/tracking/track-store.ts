import { agentKindNumber, agentKinds } from '../../../world/scene/agent-table.ts'
import type { Bodies } from '../sensors/visibility.ts'
import { MotionBank, stateSize } from './motion-bank.ts'
import type { MotionModel } from './motion-bank.ts'
import { roadUserClasses, usualSizes } from './road-user-class.ts'

const kinds = agentKinds.length
/** How sure a kind can get against another: a wrong one is given up after a few scans. */
const surestScore = -7
const thing = agentKindNumber('object')
/** Slower than this the direction of the motion says nothing of a body's. */
const leastMps = 1
/** From the axle that does not steer to the middle of a body, about. */
const middleM = 1.35

/** Tracks in typed arrays, the existing ones in rows 0 to `count`; a removed track's row is taken by the last. As bodies they hide each other. */
export class TrackStore implements Bodies {
  readonly capacity: number
  count = 0
  readonly bank: MotionBank
  readonly isPresent: Uint8Array
  readonly x: Float64Array
  readonly y: Float64Array
  readonly heading: Float64Array
  readonly lengthM: Float64Array
  readonly widthM: Float64Array
  readonly heightM: Float64Array
  readonly id: Int32Array
  /** Number of `agentKinds`. */
  readonly kind: Uint8Array
  /** Time of its state. */
  readonly timeS: Float64Array
  readonly existence: Float64Array
  readonly isConfirmed: Uint8Array
  readonly updates: Int32Array
  /** Bits of the kinds of sensors that have seen it. */
  readonly seenBy: Uint8Array
  readonly lights: Uint8Array
  /** 1 where a track was updated since its moments were taken. */
  readonly isStale: Uint8Array
  readonly headingVariance: Float64Array
  readonly accelerationMps2: Float64Array
  /** Speed at `speedTimeS`, from which the acceleration is told. */
  readonly speedMps: Float64Array
  readonly speedTimeS: Float64Array
  readonly #kindScore: Float64Array
  readonly #sizes: Int32Array
  readonly #numbers: Float64Array[]
  readonly #counters: (Int32Array | Uint8Array)[]
  #nextId = 1

  constructor(capacity: number) {
    const numbers = () => new Float64Array(capacity)
    this.capacity = capacity
    this.bank = new MotionBank(capacity)
    this.isPresent = new Uint8Array(capacity).fill(1)
    this.x = numbers()
    this.y = numbers()
    this.heading = numbers()
    this.lengthM = numbers()
    this.widthM = numbers()
    this.heightM = numbers()
    this.id = new Int32Array(capacity)
    this.kind = new Uint8Array(capacity)
    this.timeS = numbers()
    this.existence = numbers()
    this.isConfirmed = new Uint8Array(capacity)
    this.updates = new Int32Array(capacity)
    this.seenBy = new Uint8Array(capacity)
    this.lights = new Uint8Array(capacity)
    this.isStale = new Uint8Array(capacity)
    this.headingVariance = numbers()
    this.accelerationMps2 = numbers()
    this.speedMps = numbers()
    this.speedTimeS = numbers()
    this.#kindScore = new Float64Array(capacity * kinds)
    this.#sizes = new Int32Array(capacity)
    this.#numbers = [
      this.x,
      this.y,
      this.heading,
      this.lengthM,
      this.widthM,
      this.heightM,
      this.timeS,
      this.existence,
      this.headingVariance,
      this.accelerationMps2,
      this.speedMps,
      this.speedTimeS,
    ]
    this.#counters = [
      this.id,
      this.kind,
      this.isConfirmed,
      this.updates,
      this.seenBy,
      this.lights,
      this.isStale,
      this.#sizes,
    ]
  }

  motionOf(track: number): MotionModel {
    return (roadUserClasses[this.kind[track] as number] as (typeof roadUserClasses)[number]).motion
  }

  pointsAhead(track: number): boolean {
    return (roadUserClasses[this.kind[track] as number] as (typeof roadUserClasses)[number]).pointsAhead
  }

  /** A new row for a track of `kind` (−1: unknown, taken for a car), or −1 when all are taken. */
  add(kind: number, timeS: number, existence: number, heading: number): number {
    if (this.count === this.capacity) return -1
    const track = this.count++
    const known = kind < 0 ? 0 : kind
    this.id[track] = this.#nextId++
    this.kind[track] = known
    this.#kindScore.fill(0, track * kinds, (track + 1) * kinds)
    this.timeS[track] = timeS
    this.existence[track] = existence
    this.isConfirmed[track] = 0
    this.updates[track] = 1
    this.seenBy[track] = 0
    this.lights[track] = 0
    this.isStale[track] = 0
    this.heading[track] = Number.isNaN(heading) ? 0 : heading
    this.headingVariance[track] = Number.isNaN(heading) ? 10 : 0.1
    this.accelerationMps2[track] = 0
    this.speedMps[track] = NaN
    this.speedTimeS[track] = timeS
    this.#sizes[track] = 0
    this.#takeUsualSize(track)
    return track
  }

  remove(track: number): void {
    const last = --this.count
    if (track === last) return
    for (const array of this.#numbers) array[track] = array[last] as number
    for (const array of this.#counters) array[track] = array[last] as number
    this.#kindScore.copyWithin(track * kinds, last * kinds, (last + 1) * kinds)
    this.bank.move(last, track)
  }

  /** What a sensor that tells kinds rightly with `rightChance` took it for, believed with `weight`. */
  tellKind(track: number, told: number, rightChance: number, weight: number): void {
    const from = track * kinds
    const right = Math.log(rightChance)
    const wrong = Math.log((1 - rightChance) / 3)
    let best = 0
    for (let kind = 0; kind < kinds; kind++) {
      this.#kindScore[from + kind] =
        (this.#kindScore[from + kind] as number) + weight * (kind === told ? right : wrong)
      if ((this.#kindScore[from + kind] as number) > (this.#kindScore[from + best] as number)) best = kind
    }
    const most = this.#kindScore[from + best] as number
    for (let kind = 0; kind < kinds; kind++)
      this.#kindScore[from + kind] = Math.max((this.#kindScore[from + kind] as number) - most, surestScore)
    if (best === this.kind[track]) return
    this.kind[track] = best
    const [lengthM, widthM] = [this.lengthM[track] as number, this.widthM[track] as number]
    this.#takeUsualSize(track)
    // Length and width are measured, once there are boxes; the height goes by the kind. Who walks has no box.
    if (this.#sizes[track] === 0) return
    if ((roadUserClasses[best] as (typeof roadUserClasses)[number]).name === 'onFoot') {
      this.#sizes[track] = 0
      return
    }
    this.lengthM[track] = lengthM
    this.widthM[track] = widthM
  }

  tellSize(track: number, lengthM: number, widthM: number): void {
    const sizes = this.#sizes
    sizes[track] = Math.min((sizes[track] as number) + 1, 25)
    const share = 1 / (sizes[track] as number)
    this.lengthM[track] =
      (this.lengthM[track] as number) + share * (lengthM - (this.lengthM[track] as number))
    this.widthM[track] = (this.widthM[track] as number) + share * (widthM - (this.widthM[track] as number))
  }

  /** The body's direction, told with a variance; front and back may be mistaken for each other. */
  tellHeading(track: number, heading: number, variance: number): void {
    let off = heading - (this.heading[track] as number)
    off -= Math.PI * Math.round(off / Math.PI)
    const before = this.headingVariance[track] as number
    const share = before / (before + variance)
    this.heading[track] = (this.heading[track] as number) + share * off
    this.headingVariance[track] = (1 - share) * before
  }

  /**
   * The body's direction by the boxes that were seen and by where it moves, each by its variance: who moves fast shows it better than any box. In a
   * turn the middle of a body moves aside of where it points.
   */
  headingOf(track: number): number {
    const heading = this.heading[track] as number
    if (!this.pointsAhead(track)) return heading
    const { mean, spread } = this.bank
    const at = track * stateSize
    const vx = mean[at + 2] as number
    const vy = mean[at + 3] as number
    const square = vx * vx + vy * vy
    if (square < leastMps * leastMps) return heading
    const from = at * stateSize
    const across =
      vy * vy * (spread[from + 12] as number) -
      2 * vx * vy * (spread[from + 13] as number) +
      vx * vx * (spread[from + 18] as number)
    const slip = (mean[at + 4] as number) * middleM
    const variance = across / (square * square) + (slip * slip) / square
    let off = Math.atan2(vy, vx) - heading
    off -= Math.PI * Math.round(off / Math.PI)
    const told = this.headingVariance[track] as number
    return heading + (told / (told + variance)) * off
  }

  isThing(track: number): boolean {
    return this.kind[track] === thing
  }

  #takeUsualSize(track: number): void {
    const [length, width, height] = usualSizes[this.kind[track] as number] as [number, number, number]
    this.lengthM[track] = length
    this.widthM[track] = width
    this.heightM[track] = height
  }
}
