import { clamp } from '@heavylift/core/math'
import type { Explanation } from '../explanation.ts'
import { agentKindNumber, agentLights } from '../../world/scene/agent-table.ts'
import type { Scene } from '../../world/scene/scene.ts'
import type { VehicleState } from '../vehicle.ts'
import type { Perception } from './perception.ts'
import { detectionChance, newAir, readAir } from './sensors/detection-chance.ts'
import { SensorRig } from './sensors/sensor-rig.ts'
import { defaultSuite, fanOf } from './sensors/sensor.ts'
import type { Sensor } from './sensors/sensor.ts'
import { stateSize } from './tracking/motion-bank.ts'
import type { SirenBearings } from './tracking/siren-tracker.ts'
import { SirenTracker } from './tracking/siren-tracker.ts'
import { Tracker } from './tracking/tracker.ts'
import { TrackTable } from './track-table.ts'
import { explainTracks } from './true-perception.ts'

const emergency = agentKindNumber('emergency')
const pedestrian = agentKindNumber('pedestrian')
/** Chance of detection in one scan that counts as being sure. */
const sureChance = 0.5

/** Standard deviation of the acceleration of a track that keeps its speed. */
const steadyMps2 = 0.35

/** The likeliest acceleration where one is measured with that error: small ones are mostly nothing. */
function told(mps2: number): number {
  const square = mps2 * mps2
  return (mps2 * square) / (square + steadyMps2 * steadyMps2)
}

/** Perception by the models of sensors: what the vehicle knows is what its sensors saw and its tracker made of it. */
export class SensorPerception implements Perception {
  readonly tracks: TrackTable
  sightM = 0
  readonly rig: SensorRig
  readonly tracker: Tracker
  readonly #sirenTracker = new SirenTracker()
  readonly #scene: Scene
  readonly #air = newAir()

  constructor(scene: Scene, seed: number, suite: readonly Sensor[] = defaultSuite) {
    this.#scene = scene
    this.rig = new SensorRig(suite, scene.agents.capacity, seed)
    this.tracker = new Tracker(suite)
    this.tracks = new TrackTable(this.tracker.store.capacity)
  }

  get sirens(): SirenBearings {
    return this.#sirenTracker.heard
  }

  step(ego: Readonly<VehicleState>): void {
    const { rig, tracker } = this
    const scene = this.#scene
    readAir(scene.environment, this.#air)
    rig.sense(scene)
    tracker.step(rig.scans, rig.detections, this.#air, scene.timeS)
    this.#sirenTracker.step(rig.sirens, scene.timeS)
    this.sightM = this.#sight()
    this.#write(ego)
  }

  explain(explanation: Explanation): void {
    const { suite, detections } = this.rig
    for (const sensor of suite) explanation.sensors.push(fanOf(sensor))
    for (let at = 0; at < detections.count; at++)
      explanation.detections.push({
        sensor: (suite[detections.sensor[at] as number] as Sensor).name,
        x: detections.x[at] as number,
        y: detections.y[at] as number,
      })
    explainTracks(this.tracks, explanation)
  }

  #write(ego: Readonly<VehicleState>): void {
    const { tracks } = this
    const { store } = this.tracker
    const { mean, spread } = store.bank
    let count = 0
    for (let track = 0; track < store.count; track++) {
      if (store.isConfirmed[track] === 0) continue
      const heading = store.headingOf(track)
      const at = track * stateSize
      const vx = mean[at + 2] as number
      const vy = mean[at + 3] as number
      const speed = vx * Math.cos(heading) + vy * Math.sin(heading)
      this.#followSpeed(track, speed)
      tracks.id[count] = store.id[track] as number
      tracks.kind[count] = store.kind[track] as number
      tracks.x[count] = store.x[track] as number
      tracks.y[count] = store.y[track] as number
      tracks.heading[count] = heading
      tracks.speedMps[count] = speed
      tracks.accelerationMps2[count] = told(store.accelerationMps2[track] as number)
      tracks.yawRateRadps[count] = mean[at + 4] as number
      tracks.lengthM[count] = store.lengthM[track] as number
      tracks.widthM[count] = store.widthM[track] as number
      tracks.lights[count] = store.lights[track] as number
      tracks.hasSiren[count] = this.#soundsFrom(track, ego) ? 1 : 0
      const from = at * stateSize
      tracks.covariance[3 * count] = spread[from] as number
      tracks.covariance[3 * count + 1] = spread[from + 1] as number
      tracks.covariance[3 * count + 2] = spread[from + 6] as number
      tracks.existence[count] = store.existence[track] as number
      count++
    }
    tracks.count = count
  }

  /** The acceleration is the slope of the speed, smoothed over half a second. */
  #followSpeed(track: number, speedMps: number): void {
    const { store } = this.tracker
    const { timeS } = this.#scene
    const before = store.speedMps[track] as number
    const dtS = timeS - (store.speedTimeS[track] as number)
    if (!Number.isNaN(before) && dtS > 1e-6) {
      const slope = clamp((speedMps - before) / dtS, -12, 12)
      const now = store.accelerationMps2[track] as number
      store.accelerationMps2[track] = now + Math.min(1, dtS / 0.5) * (slope - now)
    }
    store.speedMps[track] = speedMps
    store.speedTimeS[track] = timeS
  }

  /** Blue lights are seen on it, or it looks like an emergency vehicle and a siren comes from there. */
  #soundsFrom(track: number, ego: Readonly<VehicleState>): boolean {
    const { store } = this.tracker
    if (((store.lights[track] as number) & agentLights.emergency) !== 0) return true
    if (store.kind[track] !== emergency) return false
    const { sirens } = this
    const bearing = Math.atan2((store.y[track] as number) - ego.y, (store.x[track] as number) - ego.x)
    for (let one = 0; one < sirens.count; one++) {
      let off = bearing - (sirens.bearing[one] as number)
      off -= 2 * Math.PI * Math.round(off / (2 * Math.PI))
      if (Math.abs(off) < 3 * (sirens.sigmaRad[one] as number)) return true
    }
    return false
  }

  /** As far ahead as one of the sensors would probably see a pedestrian in the open. */
  #sight(): number {
    let farthest = 0
    for (const sensor of this.rig.suite) {
      if (Math.abs(sensor.headingRad) > 0.2 || sensor.kind === 'microphone' || sensor.kind === 'radar')
        continue
      for (let distance = farthest + 5; distance <= 1.1 * sensor.rangeM; distance += 5) {
        const chance = detectionChance(
          sensor,
          this.#air,
          pedestrian,
          distance,
          1,
          0.5 / distance,
          1.7,
          0,
          false,
        )
        if (chance < sureChance) break
        farthest = distance
      }
    }
    return farthest
  }
}
