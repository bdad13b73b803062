import type { Air } from '../sensors/detection-chance.ts'
import { detectionChance } from '../sensors/detection-chance.ts'
import type { DetectionTable, ScanTable } from '../sensors/scan-table.ts'
import type { Sensor } from '../sensors/sensor.ts'
import { Visibility } from '../sensors/visibility.ts'
import { agentLights } from '../../../world/scene/agent-table.ts'
import { JointAssociation } from './joint-association.ts'
import { stateSize } from './motion-bank.ts'
import { roadUserClasses } from './road-user-class.ts'
import { TrackStore } from './track-store.ts'

const mostTracks = 160
const mostDetections = 128
/** Squared Mahalanobis distance of a place that a track may be the cause of: 99.97 % of two dimensions. */
const gateSquare = 16
/** New road users that no track stands for yet, per square metre. */
const birthPerM2 = 1e-4
/** Mean time in which a road user vanishes unseen. */
const survivalS = 120
const confirmedAbove = 0.9
const confirmingUpdates = 3
const confirmingUpdatesOfOne = 12
const removedBelow = 0.04
/** Half the range of radial speeds that a false alarm of radar has. */
const clutterSpeedMps = 15
/**
 * Variances are taken for so many times what sensors say: part of an error lasts over many scans, which a filter takes for independent ones, and one in
 * a hundred is three times as large. Chosen on training scenes so that the tracks' covariances are right.
 */
const noiseInflation = 1.7
/** Share of the likelihood that is left where detection and track are of different classes. */
const otherClassShare = 0.15
/** So near to the middle of a body, as a share of its size, nothing else can be; its length counts once it has been seen so often. */
const insideShare = 0.5
const knownUpdates = 20
/** A track is given up when its place is unsure by more than this (standard deviation). */
const lostM = 5
const edgeRad = 0.04
/** By what tells the distance: cameras of both kinds guess it, and err alike. */
const kindBit = { camera: 1, thermal: 1, lidar: 2, radar: 4, microphone: 8 } as const
/** No detection is due with more than this: what misses once often misses again. */
const surestChance = 0.93
/** Where a body is hidden in part, the edge of what hides it may be this much of it elsewhere. */
const unsureShare = 0.35

/**
 * Follows road users over the scans of many sensors, each at its own time: interacting motion models per class, joint probabilistic association, and a
 * probability of existence that rises with detections and falls with misses where a detection was due (joint integrated PDA: Musicki and Evans
 * 2004). What a sensor ought to see follows from its data sheet and from the tracks, which hide one another.
 */
export class Tracker {
  readonly store = new TrackStore(mostTracks)
  readonly #suite: readonly Sensor[]
  readonly #visibility = new Visibility(mostTracks)
  readonly #association = new JointAssociation(mostTracks, mostDetections)
  readonly #due = new Float64Array(mostTracks)
  readonly #likelihood = new Float64Array(mostTracks * mostDetections)
  readonly #clutter = new Float64Array(mostDetections)
  readonly #placeXx = new Float64Array(mostDetections)
  readonly #placeXy = new Float64Array(mostDetections)
  readonly #placeYy = new Float64Array(mostDetections)
  readonly #xs = new Float64Array(mostDetections)
  readonly #ys = new Float64Array(mostDetections)
  readonly #weights = new Float64Array(mostDetections)
  readonly #fits = new Float64Array(mostDetections)

  constructor(suite: readonly Sensor[]) {
    this.#suite = suite
  }

  /** Takes the scans of one step, then brings all tracks to `timeS`. */
  step(scans: ScanTable, detections: DetectionTable, air: Air, timeS: number): void {
    for (let scan = 0; scan < scans.count; scan++) this.#take(scans, scan, detections, air)
    const { store } = this
    for (let track = store.count - 1; track >= 0; track--) {
      this.#predict(track, timeS)
      if (this.#isLost(track)) store.remove(track)
      else if (store.isConfirmed[track] === 0 && (store.existence[track] as number) > confirmedAbove)
        store.isConfirmed[track] = this.#isSeenWell(track) ? 1 : 0
    }
    this.#removeDoubles()
  }

  /** By two kinds of sensors, or often by one: chance makes one kind see the same thing twice that is not there. */
  #isSeenWell(track: number): boolean {
    const { updates, seenBy } = this.store
    const seen = seenBy[track] as number
    const isByTwo = (seen & (seen - 1)) !== 0
    return (updates[track] as number) >= (isByTwo ? confirmingUpdates : confirmingUpdatesOfOne)
  }

  #isLost(track: number): boolean {
    const { existence, bank } = this.store
    const at = track * stateSize * stateSize
    const variance = Math.max(bank.spread[at] as number, bank.spread[at + 6] as number)
    return (existence[track] as number) < removedBelow || variance > lostM * lostM
  }

  #predict(track: number, timeS: number): void {
    const { store } = this
    const dtS = timeS - (store.timeS[track] as number)
    if (dtS < 1e-6 && store.isStale[track] === 0) return
    const { bank } = store
    if (dtS >= 1e-6) bank.predict(track, store.motionOf(track), dtS, store.heading[track] as number)
    bank.combine(track)
    store.isStale[track] = 0
    store.timeS[track] = timeS
    store.existence[track] = (store.existence[track] as number) * (1 - dtS / survivalS)
    this.#readState(track, dtS)
  }

  #readState(track: number, dtS: number): void {
    const { store } = this
    const { mean } = store.bank
    const at = track * stateSize
    store.x[track] = mean[at] as number
    store.y[track] = mean[at + 1] as number
    const vx = mean[at + 2] as number
    const vy = mean[at + 3] as number
    const square = vx * vx + vy * vy
    if (store.pointsAhead(track)) {
      store.heading[track] = (store.heading[track] as number) + dtS * (mean[at + 4] as number)
      store.headingVariance[track] = (store.headingVariance[track] as number) + 0.02 * dtS
      if (square < 4) return
      const direction = Math.atan2(vy, vx)
      // The velocity tells front from back, and where no box is seen the direction itself.
      if (Math.cos(direction - (store.heading[track] as number)) < 0)
        store.heading[track] = (store.heading[track] as number) + Math.PI
      if ((store.headingVariance[track] as number) > 0.3) store.tellHeading(track, direction, 0.05)
    } else if (square > 0.16) store.heading[track] = Math.atan2(vy, vx)
  }

  #take(scans: ScanTable, scan: number, detections: DetectionTable, air: Air): void {
    const sensor = this.#suite[scans.sensor[scan] as number] as Sensor
    const first = scans.first[scan] as number
    const count = Math.min((scans.end[scan] as number) - first, mostDetections)
    const tracks = this.#findDue(scans, scan, sensor, air)
    this.#readDetections(detections, first, count, sensor, air)
    this.#fillPairs(detections, first, count, tracks, sensor)
    this.#association.solve(tracks, count)
    for (let at = 0; at < tracks; at++) this.#update(at, detections, first, count, sensor)
    this.#begin(detections, first, count, sensor)
    for (let track = this.store.count - 1; track >= 0; track--)
      if ((this.store.existence[track] as number) < removedBelow) this.store.remove(track)
  }

  /** Tracks that this scan may see, brought to its time, and the chance that it sees each. */
  #findDue(scans: ScanTable, scan: number, sensor: Sensor, air: Air): number {
    const { store } = this
    const visibility = this.#visibility
    const due = this.#due
    const timeS = scans.timeS[scan] as number
    const heading = scans.heading[scan] as number
    const half = sensor.fieldOfViewRad / 2
    const view = sensor.fieldOfViewRad + 2 * edgeRad
    const x = scans.x[scan] as number
    const y = scans.y[scan] as number
    visibility.look(store, -1, x, y, sensor.upM, heading, view, 1.4 * sensor.rangeM)
    for (let at = 0; at < visibility.count; at++) {
      const track = visibility.rows[at] as number
      this.#predict(track, timeS)
      const bearing = visibility.bearing[track] as number
      const side = bearing - (scans.vehicleHeading[scan] as number)
      const lit = agentLights.headlights | agentLights.emergency
      const chance = detectionChance(
        sensor,
        air,
        store.kind[track] as number,
        visibility.distanceM[track] as number,
        surelySeen(visibility.share[track] as number),
        visibility.widthRad[track] as number,
        store.heightM[track] as number,
        side - 2 * Math.PI * Math.round(side / (2 * Math.PI)),
        ((store.lights[track] as number) & lit) !== 0,
      )
      const isAtEdge = half < 3 && Math.abs(bearing - heading) > half - edgeRad
      due[at] = Math.min(surestChance, Math.max(0.005, isAtEdge ? chance / 2 : chance))
    }
    return visibility.count
  }

  #readDetections(detections: DetectionTable, first: number, count: number, sensor: Sensor, air: Air): void {
    const wet = sensor.kind === 'lidar' ? 1 + air.wetMmPerH / 5 : 1 + air.wetMmPerH / 40
    const perMetre = (sensor.clutterPerScan * wet) / (sensor.rangeM * sensor.fieldOfViewRad)
    for (let one = 0; one < count; one++) {
      const at = first + one
      const range = detections.rangeM[at] as number
      const cos = Math.cos(detections.bearing[at] as number)
      const sin = Math.sin(detections.bearing[at] as number)
      const along = noiseInflation * (detections.rangeSigmaM[at] as number) ** 2
      const across = noiseInflation * (range * (detections.bearingSigmaRad[at] as number)) ** 2
      this.#placeXx[one] = along * cos * cos + across * sin * sin
      this.#placeXy[one] = (along - across) * cos * sin
      this.#placeYy[one] = along * sin * sin + across * cos * cos
      this.#clutter[one] = perMetre / Math.max(range, 1) + birthPerM2
    }
  }

  #fillPairs(detections: DetectionTable, first: number, count: number, tracks: number, sensor: Sensor): void {
    const { store } = this
    const visibility = this.#visibility
    const due = this.#due
    const likelihood = this.#likelihood
    const clutter = this.#clutter
    const { pair, stride } = this.#association
    const { spread, mean } = store.bank
    const hasSpeed = !Number.isNaN(sensor.radialSpeedSigmaMps)
    for (let at = 0; at < tracks; at++) {
      const track = visibility.rows[at] as number
      const row = at * stride
      pair.fill(0, row, row + count)
      const from = track * stateSize * stateSize
      const state = track * stateSize
      const x = store.x[track] as number
      const y = store.y[track] as number
      const seen = (due[at] as number) * (store.existence[track] as number)
      const odds = seen / (1 - seen)
      const group = roadUserClasses[store.kind[track] as number]
      for (let one = 0; one < count; one++) {
        const dx = (detections.x[first + one] as number) - x
        const dy = (detections.y[first + one] as number) - y
        if (dx > 25 || dx < -25 || dy > 25 || dy < -25) continue
        const xx = (spread[from] as number) + (this.#placeXx[one] as number)
        const xy = (spread[from + 1] as number) + (this.#placeXy[one] as number)
        const yy = (spread[from + 6] as number) + (this.#placeYy[one] as number)
        const determinant = xx * yy - xy * xy
        const square = (dx * dx * yy - 2 * dx * dy * xy + dy * dy * xx) / determinant
        if (square > gateSquare) continue
        let fit = Math.exp(-square / 2) / (2 * Math.PI * Math.sqrt(determinant))
        likelihood[row + one] = fit
        if (hasSpeed) {
          const cos = Math.cos(detections.bearing[first + one] as number)
          const sin = Math.sin(detections.bearing[first + one] as number)
          const off =
            (detections.radialSpeedMps[first + one] as number) -
            cos * (mean[state + 2] as number) -
            sin * (mean[state + 3] as number)
          const variance =
            cos * cos * (spread[from + 12] as number) +
            2 * cos * sin * (spread[from + 13] as number) +
            sin * sin * (spread[from + 18] as number) +
            sensor.radialSpeedSigmaMps ** 2
          if (off * off > gateSquare * variance) continue
          fit *=
            (Math.exp((-off * off) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance)) *
            2 *
            clutterSpeedMps
        }
        const kind = detections.kind[first + one] as number
        if (kind >= 0 && roadUserClasses[kind] !== group) fit *= otherClassShare
        pair[row + one] = (odds * fit) / (clutter[one] as number)
      }
    }
  }

  /** One track after the association: state, existence, kind, size and heading. */
  #update(at: number, detections: DetectionTable, first: number, count: number, sensor: Sensor): void {
    const { store } = this
    const visibility = this.#visibility
    const association = this.#association
    const due = this.#due
    const likelihood = this.#likelihood
    const { bank } = store
    const track = visibility.rows[at] as number
    const row = at * association.stride
    let best = -1
    let used = 0
    let sum = 0
    for (let one = 0; one < count; one++) {
      const weight = association.pair[row + one] as number
      if (weight < 1e-3) continue
      this.#xs[used] = detections.x[first + one] as number
      this.#ys[used] = detections.y[first + one] as number
      this.#weights[used] = weight
      this.#fits[used] = likelihood[row + one] as number
      used++
      sum += weight
      if (best < 0 || weight > (association.pair[row + best] as number)) best = one
    }
    const seen = (due[at] as number) * (store.existence[track] as number)
    const missed = association.missed[at] as number
    const there = ((store.existence[track] as number) - seen) / (1 - seen)
    store.existence[track] = Math.min(1 - missed + missed * there, 0.9999)
    if (best < 0) return
    // Rounding may bring the sum above one.
    if (sum > 1)
      for (let one = 0; one < used; one++) this.#weights[one] = (this.#weights[one] as number) / sum
    bank.updatePlace(
      track,
      used,
      this.#xs,
      this.#ys,
      this.#weights,
      this.#fits,
      this.#placeXx[best] as number,
      this.#placeXy[best] as number,
      this.#placeYy[best] as number,
    )
    const weight = association.pair[row + best] as number
    if (weight > 0.5) {
      store.updates[track] = (store.updates[track] as number) + 1
      this.#tell(track, detections, first + best, sensor, weight)
    }
    // Moments are taken when they are needed next: mostly another scan comes first.
    store.isStale[track] = 1
  }

  /** What the detection that most likely comes from a track says beside its place. */
  #tell(track: number, detections: DetectionTable, at: number, sensor: Sensor, weight: number): void {
    const { store } = this
    const { bank } = store
    const radial = detections.radialSpeedMps[at] as number
    if (!Number.isNaN(radial)) {
      const bearing = detections.bearing[at] as number
      const variance = (noiseInflation * sensor.radialSpeedSigmaMps ** 2) / weight
      bank.updateRadialSpeed(track, Math.cos(bearing), Math.sin(bearing), radial, variance)
    }
    store.seenBy[track] = (store.seenBy[track] as number) | kindBit[sensor.kind]
    const kind = detections.kind[at] as number
    if (kind >= 0) store.tellKind(track, kind, sensor.kindChance, weight)
    const lights = detections.lights[at] as number
    if (lights >= 0) store.lights[track] = lights
    const heading = detections.heading[at] as number
    if (Number.isNaN(heading)) return
    store.tellSize(track, detections.lengthM[at] as number, detections.widthM[at] as number)
    // The less is seen of a body the less its direction is known: as much as its distance.
    const hidden = (detections.bearingSigmaRad[at] as number) / sensor.bearingSigmaRad
    const variance = (hidden * sensor.headingSigmaRad) ** 2 / weight
    store.tellHeading(track, heading, variance)
    if (store.pointsAhead(track)) bank.updateDirection(track, heading, variance + 0.05 ** 2)
  }

  /** New tracks from detections that no track accounts for. */
  #begin(detections: DetectionTable, first: number, count: number, sensor: Sensor): void {
    const { store } = this
    const association = this.#association
    const clutter = this.#clutter
    for (let one = 0; one < count; one++) {
      const at = first + one
      const free = this.#visibility.count === 0 ? 1 : (association.unclaimed[one] as number)
      const existence = (free * birthPerM2) / (clutter[one] as number)
      if (free < 0.5 || existence < 2 * removedBelow) continue
      const heading = detections.heading[at] as number
      const timeS = detections.timeS[at] as number
      const track = store.add(detections.kind[at] as number, timeS, existence, heading)
      if (track < 0) return
      store.bank.begin(
        track,
        store.motionOf(track),
        detections.x[at] as number,
        detections.y[at] as number,
        this.#placeXx[one] as number,
        this.#placeXy[one] as number,
        this.#placeYy[one] as number,
        heading,
      )
      this.#tell(track, detections, at, sensor, 1)
      store.bank.combine(track)
      this.#readState(track, 0)
    }
  }

  /** Two tracks in one body cannot both be: the one that is less sure goes. */
  #removeDoubles(): void {
    const { store } = this
    for (let one = store.count - 1; one > 0; one--)
      for (let other = 0; other < one; other++) {
        const isOtherSurer = this.#sureness(other) >= this.#sureness(one)
        const [body, guest] = isOtherSurer ? [other, one] : [one, other]
        if (!this.#isInside(guest, body)) continue
        store.remove(guest)
        break
      }
  }

  #sureness(track: number): number {
    return (this.store.updates[track] as number) * (this.store.existence[track] as number)
  }

  /** Whether the middle of a track lies well inside the body of another. */
  #isInside(guest: number, body: number): boolean {
    const { store } = this
    const dx = (store.x[guest] as number) - (store.x[body] as number)
    const dy = (store.y[guest] as number) - (store.y[body] as number)
    const length = store.lengthM[body] as number
    const width = store.widthM[body] as number
    const square = dx * dx + dy * dy
    const narrow = insideShare * Math.min(width, store.widthM[guest] as number)
    if (square <= narrow * narrow) return true
    if (square > length * length || (store.updates[body] as number) < knownUpdates) return false
    const cos = Math.cos(store.heading[body] as number)
    const sin = Math.sin(store.heading[body] as number)
    return (
      Math.abs(dx * cos + dy * sin) < insideShare * length &&
      Math.abs(dy * cos - dx * sin) < insideShare * width
    )
  }
}

function surelySeen(share: number): number {
  return share > 0.98 ? 1 : Math.max(0, share - unsureShare)
}
