import type { PathPoint } from '../../world/lanes/reference-path.ts'
import { agentKindNumber } from '../../world/scene/agent-table.ts'
import type { DriverSetting } from '../driver.ts'
import { RouteMap } from '../planning/route-map.ts'
import type { VehicleState } from '../vehicle.ts'

/** So far ahead of a junction or a crosswalk one begins to look, and so often. */
const lookM = 60
const everyS = 0.2
/** Others are carried on straight for so long, in steps of this. */
const horizonS = 6
const pointS = 0.3
/** Time that has to lie between others and oneself in the same place: before them, and after them. */
const beforeS = 2
const afterS = 0.6
/** How one drives off and the least speed with which one reckons to be across. */
const startMps2 = 1.5
const leastMps = 3
const movesMps = 0.5
const sideM = 0.6
/** A stop at a sign: so near to the line, for so long. */
const standM = 3
const standMps = 0.15
const standS = 0.5
const lineM = 0.8
/** Room to where the ways meet, in the junction. */
const waitM = 1.5
/** Nobody brakes harder than this for a rule. */
const hardestMps2 = 4.5
/** Past a line by more than this one goes on. */
const overM = 1.5
/** Room behind the junction for the whole vehicle. */
const exitM = 3

interface Stretch {
  /** Where the front has to wait, and where the place begins and ends, along the route. */
  holdS: number
  fromS: number
  toS: number
  kind: 'sign' | 'junction' | 'crosswalk'
}

/**
 * Rules of the road for a driver who follows its route: it stops at stop signs, waits before a junction for everyone whose way crosses its own within the next
 * seconds and until there is room behind it, and before a crosswalk for who is on it or comes onto it. It sees the truth, and takes others to go on straight.
 */
export class RoadRules {
  readonly #setting: DriverSetting
  readonly #stretches: Stretch[]
  readonly #place: PathPoint = { s: 0, lateral: 0, index: -1 }
  readonly #stoodS = new Map<Stretch, number>()
  #wallS = Infinity
  #nextS = -Infinity

  constructor(setting: DriverSetting) {
    this.#setting = setting
    this.#stretches = stretchesOf(setting)
  }

  /** Where along the route the front has to stop now; infinite where it may drive on. */
  wall(state: Readonly<VehicleState>, own: Readonly<PathPoint>): number {
    const { scene, shape } = this.#setting
    if (scene.timeS < this.#nextS - 1e-9) return this.#wallS
    this.#nextS = scene.timeS + everyS
    const front = own.s + shape.centreX + shape.lengthM / 2
    this.#wallS = Infinity
    for (const stretch of this.#stretches) {
      if (stretch.toS < front || stretch.holdS > front + lookM) continue
      const isPast = stretch.holdS < front - overM
      if (isPast && stretch.kind !== 'junction') continue
      const meetingS = this.#meeting(stretch, front, state, own)
      // Who is in the junction already waits before the place where the ways meet.
      const holdS = isPast ? meetingS - waitM : stretch.holdS
      if (Number.isNaN(meetingS) || holdS < front - overM) continue
      // Too late to stop there: one goes on, and who is in the way is braked for all the same.
      if (state.speedMps > leastMps && state.speedMps ** 2 > 2 * hardestMps2 * (holdS - front)) continue
      this.#wallS = Math.max(holdS, front)
      break
    }
    return this.#wallS
  }

  /** Where on the route one would meet another on a stretch; NaN where one may go on. */
  #meeting(stretch: Stretch, front: number, state: Readonly<VehicleState>, own: Readonly<PathPoint>): number {
    if (stretch.kind === 'sign') {
      const stoodS = this.#stoodS.get(stretch) ?? 0
      if (stretch.holdS - front < standM && state.speedMps < standMps)
        this.#stoodS.set(stretch, stoodS + everyS)
      return stoodS < standS ? stretch.fromS : NaN
    }
    const { scene } = this.#setting
    const { agents, ego } = scene
    let least = NaN
    for (let row = 0; row < agents.count; row++) {
      if (row === ego || agents.isPresent[row] === 0) continue
      const onFoot = isOnFoot(agents.kind[row] as number)
      if (onFoot !== (stretch.kind === 'crosswalk')) continue
      const dx = (agents.x[row] as number) - state.x
      const dy = (agents.y[row] as number) - state.y
      if (dx * dx + dy * dy > (2 * lookM) ** 2) continue
      const meetingS = this.#meets(row, stretch, front, state.speedMps, own)
      if (!(least <= meetingS) && !Number.isNaN(meetingS)) least = meetingS
    }
    return least
  }

  /** Where a road user, going on straight, is on the stretch at a time that leaves too little room to be across it; NaN where nowhere. */
  #meets(row: number, stretch: Stretch, front: number, speedMps: number, own: Readonly<PathPoint>): number {
    const { scene, route, shape } = this.#setting
    const { agents } = scene
    const place = this.#place
    const speed = agents.speedMps[row] as number
    const heading = agents.heading[row] as number
    const halfLength = (agents.lengthM[row] as number) / 2
    const halfWidth = (agents.widthM[row] as number) / 2
    const isMoving = Math.abs(speed) > movesMps
    const points = isMoving ? Math.ceil(horizonS / pointS) : 0
    for (let point = 0; point <= points; point++) {
      const timeS = point * pointS
      const x = (agents.x[row] as number) + speed * timeS * Math.cos(heading)
      const y = (agents.y[row] as number) + speed * timeS * Math.sin(heading)
      route.project(x, y, own.index, place)
      const angle = heading - (route.heading[place.index] as number)
      const cos = Math.cos(angle)
      const along = halfLength * Math.abs(cos) + halfWidth * Math.abs(Math.sin(angle))
      const across = halfLength * Math.abs(Math.sin(angle)) + halfWidth * Math.abs(cos)
      if (Math.abs(place.lateral) - across > shape.widthM / 2 + sideM) continue
      // One who is on the way just behind the stretch and goes no further leaves no room to be across it.
      const isExit =
        point === 0 && place.s > stretch.toS - along && place.s - along < stretch.toS + shape.lengthM + exitM
      if (isExit && cos > 0.7 && speed < leastMps && stretch.kind === 'junction') return stretch.fromS
      if (place.s + along < stretch.fromS || place.s - along > stretch.toS) continue
      // Ahead in the own lane, the same way: who is followed.
      if (point === 0 && cos > 0.7 && Math.abs(place.lateral) < 1) return NaN
      if (place.s + along < front - shape.lengthM) continue
      const reachS = timeTo(place.s - along - front, speedMps)
      const clearS = timeTo(place.s + along + shape.lengthM - front, speedMps)
      if (stretch.kind === 'crosswalk' || (reachS - afterS < timeS && timeS < clearS + beforeS))
        return place.s - along
    }
    return NaN
  }
}

/** Seconds to go so far from a speed, driving off where it is slow. */
function timeTo(metres: number, speedMps: number): number {
  if (metres <= 0) return 0
  if (speedMps > leastMps) return metres / speedMps
  return (Math.sqrt(speedMps * speedMps + 2 * startMps2 * metres) - speedMps) / startMps2
}

const onFoot = new Set([agentKindNumber('pedestrian'), agentKindNumber('animal')])

function isOnFoot(kind: number): boolean {
  return onFoot.has(kind)
}

function stretchesOf({ route, scene }: DriverSetting): Stretch[] {
  const map = new RouteMap(route, scene.network, scene.signals)
  const signs = map.lines.filter(({ head }) => head < 0)
  const stretches: Stretch[] = [
    ...signs.map(({ s }): Stretch => ({ holdS: s - lineM, fromS: s, toS: s, kind: 'sign' })),
    ...map.crosswalks.map(({ fromS, toS }): Stretch => ({
      holdS: fromS - lineM,
      fromS,
      toS,
      kind: 'crosswalk',
    })),
  ]
  let fromS = NaN
  for (let index = 0; index < route.count; index++) {
    const { junction } = scene.network.road(route.road[index] as number)
    const isIn = junction !== null && junction !== '-1'
    const s = index * route.stepM
    if (isIn && Number.isNaN(fromS)) fromS = s
    if ((!isIn || index === route.count - 1) && !Number.isNaN(fromS)) {
      // A line before the junction is where one waits.
      const line = map.lines.findLast((one) => one.s <= fromS + 1 && one.s > fromS - 12)
      stretches.push({ holdS: (line?.s ?? fromS) - lineM, fromS, toS: s, kind: 'junction' })
      fromS = NaN
    }
  }
  return stretches.toSorted((a, b) => a.holdS - b.holdS)
}
