import { createRandom, wrapAngle } from '@heavylift/core/math'
import type { Random } from '@heavylift/core/math'
import { agentKindNumber, agentKinds, agentLights } from '../../../world/scene/agent-table.ts'
import type { AgentKind } from '../../../world/scene/agent-table.ts'
import type { Scene } from '../../../world/scene/scene.ts'
import { detectionChance, newAir, readAir } from './detection-chance.ts'
import { DetectionTable, ScanTable, SirenTable } from './scan-table.ts'
import type { Sensor } from './sensor.ts'
import { Visibility } from './visibility.ts'

/** What is mistaken for what, most likely first. */
const mistakenFor: Record<AgentKind, AgentKind[]> = {
  car: ['truck', 'emergency'],
  truck: ['bus', 'car'],
  bus: ['truck', 'car'],
  motorcycle: ['bicycle', 'car'],
  bicycle: ['motorcycle', 'pedestrian'],
  pedestrian: ['bicycle', 'object'],
  emergency: ['car', 'truck'],
  object: ['pedestrian', 'car'],
  animal: ['pedestrian', 'object'],
}
const mistakes = agentKinds.map((kind) => mistakenFor[kind].map(agentKindNumber))
const footKinds = new Set([agentKindNumber('pedestrian'), agentKindNumber('animal')])
const object = agentKindNumber('object')
const pedestrian = agentKindNumber('pedestrian')

/** One in a hundred detections is three times as far off as it says. */
const outlierChance = 0.01
const outlierFactor = 3
/**
 * Part of an error that lasts: a box that is drawn too far ahead is so in the next scans too. As a share of the standard deviation, and for how long (a
 * Gauss–Markov process for each sensor and body).
 */
const lastingShare = 0.6
const passingShare = Math.sqrt(1 - lastingShare * lastingShare)
const lastingS = 1.2
/** Chance that the front of a box is taken for its back. */
const turnedChance = 0.05
/** A siren one metre away, and what a microphone still tells from the noise of town and of its own wind. */
const sirenDb = 120
const quietDb = 62
const behindDb = 8

/**
 * The sensors of a vehicle over one run: which scans fell due since the last call, and what they saw of the scene. Everything random comes from the
 * seed. The scene is known at the moments of steps only; a scan between two takes every body back along its motion.
 */
export class SensorRig {
  readonly suite: readonly Sensor[]
  readonly detections = new DetectionTable(2048)
  readonly scans = new ScanTable(256)
  readonly sirens = new SirenTable()
  readonly #random: Random
  readonly #visibility: Visibility
  readonly #near: Int32Array
  #nearCount = 0
  readonly #nextScanS: Float64Array
  readonly #farthestM: number
  readonly #air = newAir()
  readonly #capacity: number
  /** By sensor and row: lasting errors of range and bearing in standard deviations, and when they were drawn. */
  readonly #lastingRange: Float64Array
  readonly #lastingBearing: Float64Array
  readonly #drawnS: Float64Array

  /** `capacity` is that of the scene's agent table. */
  constructor(suite: readonly Sensor[], capacity: number, seed: number) {
    this.suite = suite
    this.#random = createRandom(`sensors-${seed}`)
    this.#visibility = new Visibility(capacity)
    this.#near = new Int32Array(capacity)
    this.#capacity = capacity
    this.#lastingRange = new Float64Array(suite.length * capacity)
    this.#lastingBearing = new Float64Array(suite.length * capacity)
    this.#drawnS = new Float64Array(suite.length * capacity).fill(-1e3)
    this.#nextScanS = Float64Array.from(suite, ({ phaseS }) => phaseS)
    this.#farthestM = Math.max(...suite.map(({ rangeM }) => rangeM)) * 1.5
  }

  /** Makes the scans that fell due up to the scene's time, in order. What an earlier call made is gone. */
  sense(scene: Scene): void {
    this.detections.count = 0
    this.scans.count = 0
    this.sirens.count = 0
    this.#findNear(scene)
    readAir(scene.environment, this.#air)
    const until = scene.timeS + 1e-9
    for (;;) {
      let due = -1
      for (let sensor = 0; sensor < this.suite.length; sensor++)
        if (
          (this.#nextScanS[sensor] as number) <= until &&
          (due < 0 || (this.#nextScanS[sensor] as number) < (this.#nextScanS[due] as number))
        )
          due = sensor
      if (due < 0) return
      const timeS = this.#nextScanS[due] as number
      const sensor = this.suite[due] as Sensor
      this.#nextScanS[due] = timeS + sensor.periodS
      // Long pauses between calls are not made up for: only what is fresh is worth a look.
      if (scene.timeS - timeS > 2 * sensor.periodS || this.scans.count === 256) continue
      if (sensor.kind === 'microphone') this.#listen(scene, sensor, timeS)
      else this.#scan(scene, due, sensor, timeS)
    }
  }

  #findNear({ agents, ego }: Scene): void {
    const x = agents.x[ego] as number
    const y = agents.y[ego] as number
    const reach = this.#farthestM * this.#farthestM
    let count = 0
    for (let row = 0; row < agents.count; row++) {
      if (row === ego || agents.isPresent[row] === 0) continue
      const dx = (agents.x[row] as number) - x
      const dy = (agents.y[row] as number) - y
      if (dx * dx + dy * dy < reach) this.#near[count++] = row
    }
    this.#nearCount = count
  }

  #scan(scene: Scene, index: number, sensor: Sensor, timeS: number): void {
    const { agents, ego } = scene
    const { scans } = this
    const visibility = this.#visibility
    const random = this.#random
    const air = this.#air
    const lateS = scene.timeS - timeS
    const vehicleHeading = (agents.heading[ego] as number) - lateS * (agents.yawRateRadps[ego] as number)
    const cos = Math.cos(vehicleHeading)
    const sin = Math.sin(vehicleHeading)
    const back = lateS * (agents.speedMps[ego] as number)
    const x = (agents.x[ego] as number) + (sensor.aheadM - back) * cos - sensor.leftM * sin
    const y = (agents.y[ego] as number) + (sensor.aheadM - back) * sin + sensor.leftM * cos
    const heading = vehicleHeading + sensor.headingRad
    const scan = scans.count++
    scans.sensor[scan] = index
    scans.timeS[scan] = timeS
    scans.x[scan] = x
    scans.y[scan] = y
    scans.heading[scan] = heading
    scans.vehicleHeading[scan] = vehicleHeading
    scans.first[scan] = this.detections.count
    const reach = sensor.rangeM * 1.4
    const { upM, fieldOfViewRad } = sensor
    visibility.look(agents, ego, x, y, upM, heading, fieldOfViewRad, reach, this.#near, this.#nearCount)
    for (let at = 0; at < visibility.count; at++) {
      const row = visibility.rows[at] as number
      const kind = agents.kind[row] as number
      const share = visibility.share[row] as number
      const bearing = visibility.bearing[row] as number
      if (share === 0 && sensor.kind !== 'radar') continue
      if (Math.abs(wrapAngle(bearing - heading)) > fieldOfViewRad / 2) continue
      const side = wrapAngle(bearing - vehicleHeading)
      const lights = agents.lights[row] as number
      const isLit = (lights & (agentLights.headlights | agentLights.emergency)) !== 0
      const chance = detectionChance(
        sensor,
        air,
        kind,
        visibility.distanceM[row] as number,
        share,
        visibility.widthRad[row] as number,
        agents.heightM[row] as number,
        side,
        isLit,
      )
      if (chance > 0 && random.next() < chance) this.#detect(scene, scan, sensor, row, lateS)
    }
    this.#addClutter(scan, sensor)
    scans.end[scan] = this.detections.count
  }

  #detect({ agents }: Scene, scan: number, sensor: Sensor, row: number, lateS: number): void {
    const { detections, scans } = this
    const random = this.#random
    if (detections.count === detections.capacity) return
    const kind = agents.kind[row] as number
    const direction = agents.heading[row] as number
    const vx = (agents.speedMps[row] as number) * Math.cos(direction)
    const vy = (agents.speedMps[row] as number) * Math.sin(direction)
    const dx = (agents.x[row] as number) - lateS * vx - (scans.x[scan] as number)
    const dy = (agents.y[row] as number) - lateS * vy - (scans.y[scan] as number)
    const distance = Math.sqrt(dx * dx + dy * dy)
    const bearing = Math.atan2(dy, dx)
    // The less of a body is seen, the less its centre is known.
    const hidden = 2 - Math.max(this.#visibility.share[row] as number, 0.1)
    const rangeSigma = hidden * (sensor.rangeSigmaM + sensor.rangeSigmaShare * distance)
    const bearingSigma = hidden * sensor.bearingSigmaRad
    const wild = random.next() < outlierChance ? outlierFactor : 1
    const lasting = this.#drawLasting((scans.sensor[scan] as number) * this.#capacity + row, scan)
    const rangeError = this.#lastingRange[lasting] as number
    const bearingError = this.#lastingBearing[lasting] as number
    const at = this.#add(
      scan,
      Math.max(0.5, distance + wild * rangeSigma * (rangeError + passingShare * random.normal())),
      bearing + wild * bearingSigma * (bearingError + passingShare * random.normal()),
      rangeSigma,
      bearingSigma,
    )
    detections.truth[at] = row
    if (sensor.kind === 'camera' && (this.#visibility.share[row] as number) > 0.3)
      detections.lights[at] = agents.lights[row] as number
    if (!Number.isNaN(sensor.radialSpeedSigmaMps))
      detections.radialSpeedMps[at] =
        (vx * dx + vy * dy) / Math.max(distance, 0.1) + sensor.radialSpeedSigmaMps * random.normal()
    if (!Number.isNaN(sensor.kindChance)) {
      const others = mistakes[kind] as number[]
      detections.kind[at] =
        random.next() < sensor.kindChance ? kind : (others[random.next() < 0.7 ? 0 : 1] as number)
    }
    if (Number.isNaN(sensor.sizeSigmaM) || footKinds.has(kind)) return
    detections.lengthM[at] = Math.max(
      0.2,
      (agents.lengthM[row] as number) + hidden * sensor.sizeSigmaM * random.normal(),
    )
    detections.widthM[at] = Math.max(
      0.2,
      (agents.widthM[row] as number) + hidden * sensor.sizeSigmaM * random.normal(),
    )
    const turned = random.next() < turnedChance ? Math.PI : 0
    detections.heading[at] = wrapAngle(direction + turned + hidden * sensor.headingSigmaRad * random.normal())
  }

  /** Brings the lasting errors of a sensor about a body to the time of a scan. Gives their place. */
  #drawLasting(at: number, scan: number): number {
    const random = this.#random
    const lastingRange = this.#lastingRange
    const lastingBearing = this.#lastingBearing
    const drawnS = this.#drawnS
    const timeS = this.scans.timeS[scan] as number
    const keep = Math.exp(((drawnS[at] as number) - timeS) / lastingS)
    const fresh = lastingShare * Math.sqrt(1 - keep * keep)
    lastingRange[at] = keep * (lastingRange[at] as number) + fresh * random.normal()
    lastingBearing[at] = keep * (lastingBearing[at] as number) + fresh * random.normal()
    drawnS[at] = timeS
    return at
  }

  /** False alarms, even over distance and angle, so that they are densest nearby. Rain throws light back close to a lidar. */
  #addClutter(scan: number, sensor: Sensor): void {
    const { detections, scans } = this
    const random = this.#random
    const air = this.#air
    const wet = sensor.kind === 'lidar' ? 1 + air.wetMmPerH / 5 : 1 + air.wetMmPerH / 40
    for (let left = random.poisson(sensor.clutterPerScan * wet); left > 0; left--) {
      if (detections.count === detections.capacity) return
      const distance = 2 + random.next() * (sensor.rangeM - 2)
      const bearing = (scans.heading[scan] as number) + (random.next() - 0.5) * sensor.fieldOfViewRad
      const at = this.#add(
        scan,
        distance,
        bearing,
        sensor.rangeSigmaM + sensor.rangeSigmaShare * distance,
        sensor.bearingSigmaRad,
      )
      if (!Number.isNaN(sensor.radialSpeedSigmaMps))
        detections.radialSpeedMps[at] = 30 * (random.next() - 0.5)
      if (!Number.isNaN(sensor.kindChance)) detections.kind[at] = random.next() < 0.6 ? object : pedestrian
    }
  }

  #add(scan: number, rangeM: number, bearing: number, rangeSigmaM: number, bearingSigmaRad: number): number {
    const { detections, scans } = this
    const at = detections.count++
    detections.sensor[at] = scans.sensor[scan] as number
    detections.timeS[at] = scans.timeS[scan] as number
    detections.rangeM[at] = rangeM
    detections.bearing[at] = bearing
    detections.rangeSigmaM[at] = rangeSigmaM
    detections.bearingSigmaRad[at] = bearingSigmaRad
    detections.x[at] = (scans.x[scan] as number) + rangeM * Math.cos(bearing)
    detections.y[at] = (scans.y[scan] as number) + rangeM * Math.sin(bearing)
    detections.radialSpeedMps[at] = NaN
    detections.heading[at] = NaN
    detections.lengthM[at] = NaN
    detections.widthM[at] = NaN
    detections.kind[at] = -1
    detections.lights[at] = -1
    detections.truth[at] = -1
    return at
  }

  /** Sirens are heard round corners: weaker, and from a less certain direction. */
  #listen({ agents, ego }: Scene, sensor: Sensor, timeS: number): void {
    const { sirens } = this
    const random = this.#random
    const visibility = this.#visibility
    const x = agents.x[ego] as number
    const y = agents.y[ego] as number
    let hasSiren = false
    for (let at = 0; at < this.#nearCount && !hasSiren; at++)
      hasSiren = agents.hasSiren[this.#near[at] as number] === 1
    if (hasSiren) {
      visibility.look(agents, ego, x, y, sensor.upM, 0, 7, sensor.rangeM, this.#near, this.#nearCount)
      // Wind of the own speed and rain on the roof.
      const noise = quietDb + 0.35 * Math.abs(agents.speedMps[ego] as number) + this.#air.wetMmPerH / 10
      for (let at = 0; at < visibility.count; at++) {
        const row = visibility.rows[at] as number
        if (agents.hasSiren[row] === 0) continue
        const isHidden = (visibility.share[row] as number) < 0.1
        const distance = Math.max(1, visibility.distanceM[row] as number)
        const level = sirenDb - 20 * Math.log10(distance) - (isHidden ? behindDb : 0) + 1.5 * random.normal()
        if (level < noise) continue
        const sigma = sensor.bearingSigmaRad * (isHidden ? 1.7 : 1)
        this.#hear(timeS, (visibility.bearing[row] as number) + sigma * random.normal(), sigma, level)
      }
    }
    for (let left = random.poisson(sensor.clutterPerScan); left > 0; left--)
      this.#hear(timeS, 2 * Math.PI * random.next(), sensor.bearingSigmaRad, quietDb + 3)
    sirens.count = Math.min(sirens.count, sirens.timeS.length)
  }

  #hear(timeS: number, bearing: number, sigma: number, levelDb: number): void {
    const { sirens } = this
    if (sirens.count === sirens.timeS.length) return
    const at = sirens.count++
    sirens.timeS[at] = timeS
    sirens.bearing[at] = wrapAngle(bearing)
    sirens.bearingSigmaRad[at] = sigma
    sirens.levelDb[at] = levelDb
  }
}
