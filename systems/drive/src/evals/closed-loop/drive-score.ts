import { leastTimeToCollision } from '../../clearance/metrics/time-to-collision.ts'
import { comfort } from '../../driver/planning/comfort.ts'
import { RouteMap } from '../../driver/planning/route-map.ts'
import type { Recorder } from '../../clearance/run/recorder.ts'
import type { RunResult } from '../../clearance/run/run-result.ts'
import type { PathPoint, ReferencePath } from '../../world/lanes/reference-path.ts'
import type { Scene } from '../../world/scene/scene.ts'

/** nuPlan's weights of the parts that are not all or nothing. */
const weights = { timeToCollision: 5, progress: 5, speed: 4, comfort: 2 }
const weightSum = 16
/** nuPlan: a time to collision below this is a violation. */
const leastTimeS = 0.95
/** nuPlan: over the limit by so much on average makes the part 0. */
const mostOverMps = 2.23
const outsideM = 0.3
const standsMps = 0.1
/** On the other side of the road with somebody coming within this time. */
const oncomingS = 4
/** Accelerations are means over this many steps, so that one step's jump is no jerk. */
const window = 8
const yawAccelerationRadps2 = 1.93

/** What a run scored. Shares are 0 to 1. */
export interface DriveScore {
  /** 0 to 100. */
  score: number
  hasCollided: boolean
  isComfortable: boolean
  progress: number
}

/**
 * Watches a run and scores it as nuPlan's closed loop does (Karnchanachari et al. 2024, arXiv 2403.04133): no collision that it drove into, on the drivable area
 * and not against oncoming traffic, each all or nothing, times the weighted mean of time to collision, progress, speed limit and comfort.
 * Progress is towards the scenario's goal, or of the way at the wanted speed where it has none.
 */
export class ScoreRecorder implements Recorder {
  readonly #goalM: number
  readonly #desiredMps: number
  #route: ReferencePath | null = null
  #map: RouteMap | null = null
  readonly #place: PathPoint = { s: 0, lateral: 0, index: -1 }
  readonly #along: number[] = []
  readonly #yawRates: number[] = []
  readonly #sideways: number[] = []
  #leastS = Infinity
  #overMps = 0
  #frames = 0
  #wasOutside = false
  #wasAgainst = false
  #speedMps = 0

  constructor(goalM: number, desiredMps: number) {
    this.#goalM = goalM
    this.#desiredMps = desiredMps
  }

  begin(scene: Scene, route: ReferencePath): void {
    this.#route = route
    this.#map = new RouteMap(route, scene.network, scene.signals)
  }

  frame(scene: Scene): void {
    const { agents, ego } = scene
    const route = this.#route as ReferencePath
    const map = this.#map as RouteMap
    const speed = agents.speedMps[ego] as number
    route.project(agents.x[ego] as number, agents.y[ego] as number, this.#place.index, this.#place)
    const { s, lateral, index } = this.#place
    const half = (agents.widthM[ego] as number) / 2
    const edge = map.indexAt(s)
    if (
      map.isJunction[edge] === 0 &&
      (lateral + half > (map.leftM[edge] as number) + outsideM ||
        lateral - half < (map.shoulderRightM[edge] as number) - outsideM)
    )
      this.#wasOutside = true
    if (lateral > (map.ownLeftM[edge] as number) && Math.abs(speed) > standsMps && isMet(scene))
      this.#wasAgainst = true
    if (this.#frames % 2 === 0 && speed > standsMps)
      this.#leastS = Math.min(this.#leastS, leastTimeToCollision(agents, ego))
    const limit = Math.max(
      route.speedLimitMps[Math.max(0, index)] as number,
      Number.isNaN(this.#desiredMps) ? 0 : this.#desiredMps,
    )
    this.#overMps += Math.max(0, speed - limit)
    this.#frames++
    this.#along.push(agents.accelerationMps2[ego] as number)
    this.#yawRates.push(agents.yawRateRadps[ego] as number)
    this.#sideways.push((agents.yawRateRadps[ego] as number) * speed)
    this.#speedMps = speed
  }

  end(): void {
    // The result says the rest.
  }

  score({ metrics, durationS, steps }: RunResult): DriveScore {
    const hasCollided = metrics.collisionTimeS !== null
    const wayM = Number.isNaN(this.#goalM) ? this.#desiredMps * durationS : this.#goalM
    const progress = wayM > 0 ? Math.min(1, Math.max(0, metrics.progressM / wayM)) : 1
    const isComfortable = this.#isComfortable(steps > 0 ? durationS / steps : 0.05)
    const isClear = this.#leastS >= leastTimeS
    const speed = Math.max(0, 1 - this.#overMps / Math.max(1, this.#frames) / mostOverMps)
    const stands = Math.abs(this.#speedMps) <= standsMps
    const holds = (!hasCollided || stands) && !this.#wasOutside && !this.#wasAgainst
    const parts =
      weights.timeToCollision * (isClear ? 1 : 0) +
      weights.progress * progress +
      weights.speed * speed +
      weights.comfort * (isComfortable ? 1 : 0)
    return { score: holds ? (100 * parts) / weightSum : 0, hasCollided, isComfortable, progress }
  }

  #isComfortable(stepS: number): boolean {
    const along = smooth(this.#along)
    const yawRates = smooth(this.#yawRates)
    const sideways = smooth(this.#sideways)
    for (let index = 0; index < along.length; index++) {
      const value = along[index] as number
      if (value < comfort.brakingMps2 || value > comfort.accelerationMps2) return false
      if (Math.abs(sideways[index] as number) > comfort.lateralMps2) return false
      if (Math.abs(yawRates[index] as number) > comfort.yawRateRadps) return false
      if (index < window) continue
      const spanS = window * stepS
      const jerk = (value - (along[index - window] as number)) / spanS
      const turn = ((yawRates[index] as number) - (yawRates[index - window] as number)) / spanS
      const sway = ((sideways[index] as number) - (sideways[index - window] as number)) / spanS
      if (Math.abs(jerk) > comfort.longitudinalJerkMps3 || Math.hypot(jerk, sway) > comfort.jerkMps3)
        return false
      if (Math.abs(turn) > yawAccelerationRadps2) return false
    }
    return true
  }
}

/** Means over `window` values, one for each full window. */
function smooth(values: number[]): number[] {
  const means: number[] = []
  let sum = 0
  for (const [index, value] of values.entries()) {
    sum += value - (index >= window ? (values[index - window] as number) : 0)
    if (index >= window - 1) means.push(sum / window)
  }
  return means
}

/** Whether somebody comes the other way so near that both have to act. */
function isMet({ agents, ego }: Scene): boolean {
  const cos = Math.cos(agents.heading[ego] as number)
  const sin = Math.sin(agents.heading[ego] as number)
  for (let row = 0; row < agents.count; row++) {
    if (row === ego || agents.isPresent[row] === 0) continue
    const dx = (agents.x[row] as number) - (agents.x[ego] as number)
    const dy = (agents.y[row] as number) - (agents.y[ego] as number)
    const ahead = dx * cos + dy * sin
    const beside = Math.abs(dy * cos - dx * sin)
    const otherSpeed = agents.speedMps[row] as number
    const towards =
      -otherSpeed *
      (Math.cos(agents.heading[row] as number) * cos + Math.sin(agents.heading[row] as number) * sin)
    if (towards < 2 || ahead < 0 || beside > 2) continue
    if (ahead < oncomingS * (towards + (agents.speedMps[ego] as number))) return true
  }
  return false
}
