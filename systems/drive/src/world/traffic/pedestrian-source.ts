import { clamp, createRandom, wrapAngle } from '@heavylift/core/math'
import type { Random } from '@heavylift/core/math'
import type { RoadNetwork } from '../opendrive/road-network.ts'
import type { AgentSource } from '../scene/agent-source.ts'
import type { AgentTable } from '../scene/agent-table.ts'
import type { Scene } from '../scene/scene.ts'
import { signalStates } from '../scene/signal-table.ts'
import { isClearOfVehicles, pathAhead } from './pedestrian-sight.ts'
import { walkwaysOf, walkwayT } from './walkways.ts'
import type { Crosswalk, Walkway, WalkwayGraph } from './walkways.ts'

export interface PedestrianOptions {
  network: RoadNetwork
  seed: number
  count: number
  /** How likely one who comes past a crosswalk crosses. Default 0.4. */
  crossing?: number
}

const bodyM = 0.5
/** Time in which a pedestrian reaches the speed that it wants (Helbing, Molnár 1995: 0.5 s). */
const relaxationS = 0.5
/** Pedestrians start only so long after the traffic's light has turned red, since they have to reach the other side. */
const startOnRedS = 10
const walking = 0
const waiting = 1
const crossing = 2

/**
 * People on the sidewalks of a network. They walk at their own speeds (mean 1.34 m/s), keep to the right, make room for and slow down behind one another, turn round at dead ends, and cross
 * at crosswalks: with a light while the traffic's is freshly red, else when whoever comes could stop with ease. Nobody walks into a vehicle that
 * stands in the way. States: walking → waiting (at the kerb) → crossing → walking.
 */
export class PedestrianSource implements AgentSource {
  readonly capacity: number
  readonly #options: PedestrianOptions
  readonly #random: Random
  readonly #mode: Uint8Array
  readonly #walkway: Int32Array
  readonly #s: Float64Array
  readonly #way: Int8Array
  readonly #lateral: Float64Array
  readonly #desired: Float64Array
  readonly #speed: Float64Array
  readonly #crosswalk: Int32Array
  readonly #t: Float64Array
  readonly #pose = new Float64Array(4)
  #graph: WalkwayGraph | null = null
  #redSince = new Float64Array(0)
  #first = 0

  constructor(options: PedestrianOptions) {
    const { count } = options
    this.#options = options
    this.capacity = count
    this.#random = createRandom(`pedestrians ${options.seed}`)
    this.#mode = new Uint8Array(count)
    this.#walkway = new Int32Array(count)
    this.#s = new Float64Array(count)
    this.#way = new Int8Array(count)
    this.#lateral = new Float64Array(count)
    this.#desired = new Float64Array(count)
    this.#speed = new Float64Array(count)
    this.#crosswalk = new Int32Array(count).fill(-1)
    this.#t = new Float64Array(count)
  }

  start(agents: AgentTable, scene: Scene): void {
    const random = this.#random
    this.#graph = walkwaysOf(this.#options.network, scene.signals)
    this.#redSince = new Float64Array(scene.signals.heads.length).fill(Infinity)
    const { walkways } = this.#graph
    this.#first = agents.count
    const total = walkways.reduce((sum, { lengthM }) => sum + lengthM, 0)
    for (let row = 0; row < this.capacity; row++) {
      agents.add({
        name: `pedestrian ${row + 1}`,
        kind: 'pedestrian',
        lengthM: bodyM,
        widthM: bodyM,
        heightM: 1.75,
      })
      if (walkways.length === 0) {
        agents.isPresent[this.#first + row] = 0
        continue
      }
      let at = random.next() * total
      let number = 0
      while (at > (walkways[number] as Walkway).lengthM) at -= (walkways[number++] as Walkway).lengthM
      this.#walkway[row] = number
      this.#s[row] = at
      this.#way[row] = random.chance(0.5) ? 1 : -1
      // Weidmann 1993: 1.34 ± 0.26 m/s.
      this.#desired[row] = Math.min(2, Math.max(0.7, 1.34 + 0.26 * random.normal()))
      this.#speed[row] = this.#desired[row] as number
      this.#lateral[row] = 0.4 + 0.5 * random.next()
      this.#write(agents, row, 0)
    }
  }

  step(scene: Scene, dtS: number): void {
    const graph = this.#graph
    const first = this.#first
    if (!graph || graph.walkways.length === 0) return
    const { agents, signals } = scene
    for (let head = 0; head < this.#redSince.length; head++) {
      if (signals.state[head] !== signalStates.red) this.#redSince[head] = Infinity
      else if (this.#redSince[head] === Infinity) this.#redSince[head] = scene.timeS
    }
    for (let row = 0; row < this.capacity; row++) {
      const free = this.#mode[row] === waiting ? 0 : pathAhead(agents, first + row, first, this.capacity)
      const wanted = (this.#desired[row] as number) * free
      const speed = this.#speed[row] as number
      // Stops at once, starts with the relaxation time.
      this.#speed[row] = wanted < speed ? wanted : speed + ((wanted - speed) * dtS) / relaxationS
      if (this.#mode[row] === walking) this.#walk(row, dtS)
      else if (this.#mode[row] === waiting) this.#wait(scene, row)
      else this.#cross(row, dtS)
      this.#write(agents, row, dtS)
    }
  }

  #walk(row: number, dtS: number): void {
    const { walkways, crosswalks } = this.#graph as WalkwayGraph
    const on = walkways[this.#walkway[row] as number] as Walkway
    const before = this.#s[row] as number
    let s = before + (this.#way[row] as number) * (this.#speed[row] as number) * dtS
    for (let number = 0; number < crosswalks.length; number++) {
      const { road, s: at } = crosswalks[number] as Crosswalk
      if (road !== on.road || before < at === s < at || number === this.#crosswalk[row]) continue
      if (!this.#random.chance(this.#options.crossing ?? 0.4)) continue
      this.#crosswalk[row] = number
      this.#mode[row] = waiting
      this.#s[row] = at
      return
    }
    if (s < 0 || s > on.lengthM) {
      const links = on.links[s < 0 ? 0 : 1]
      this.#crosswalk[row] = -1
      if (links.length === 0) {
        this.#way[row] = -(this.#way[row] as number)
        s = clamp(s, 0, on.lengthM)
      } else {
        const link = links[Math.floor(this.#random.next() * links.length)] as { walkway: number; s: number }
        this.#walkway[row] = link.walkway
        this.#way[row] = link.s === 0 ? 1 : -1
        s = link.s
      }
    }
    this.#s[row] = s
  }

  #wait(scene: Scene, row: number): void {
    const walk = (this.#graph as WalkwayGraph).crosswalks[this.#crosswalk[row] as number] as Crosswalk
    for (let i = 0; i < walk.heads.length; i++) {
      const since = scene.timeS - (this.#redSince[walk.heads[i] as number] as number)
      if (!(since >= 1 && since < startOnRedS)) return
    }
    const half = (walk.toT - walk.fromT) / 2
    if (!isClearOfVehicles(scene.agents, walk.x, walk.y, half, this.#first + row)) return
    this.#mode[row] = crossing
    const isAtLower = this.#walkway[row] === walk.walkways[0]
    this.#way[row] = isAtLower ? 1 : -1
    const graph = this.#graph as WalkwayGraph
    this.#t[row] = walkwayT(graph, graph.walkways[this.#walkway[row] as number] as Walkway, walk.s)
  }

  #cross(row: number, dtS: number): void {
    const graph = this.#graph as WalkwayGraph
    const walk = graph.crosswalks[this.#crosswalk[row] as number] as Crosswalk
    const number = walk.walkways[this.#way[row] === 1 ? 1 : 0]
    const target = walkwayT(graph, graph.walkways[number] as Walkway, walk.s)
    const t = (this.#t[row] as number) + (this.#way[row] as number) * (this.#speed[row] as number) * dtS
    this.#t[row] = t
    if ((target - t) * (this.#way[row] as number) > 0) return
    this.#mode[row] = walking
    this.#walkway[row] = number
    this.#s[row] = walk.s
    this.#way[row] = this.#random.chance(0.5) ? 1 : -1
  }

  #write(agents: AgentTable, row: number, dtS: number): void {
    const graph = this.#graph as WalkwayGraph
    const { network } = graph
    const on = graph.walkways[this.#walkway[row] as number] as Walkway
    const way = this.#way[row] as number
    const at = this.#first + row
    let heading: number
    if (this.#mode[row] === crossing) {
      const walk = graph.crosswalks[this.#crosswalk[row] as number] as Crosswalk
      // Keeps right on the crosswalk, too.
      network.trackPose(
        walk.road,
        walk.s + way * (this.#lateral[row] as number),
        this.#t[row] as number,
        this.#pose,
      )
      heading = (this.#pose[2] as number) + (way * Math.PI) / 2
    } else {
      const s = this.#s[row] as number
      const t = walkwayT(graph, on, s) - way * Math.min(this.#lateral[row] as number, on.widthM / 2 - 0.3)
      network.trackPose(on.road, s, t, this.#pose)
      heading = (this.#pose[2] as number) + (way === 1 ? 0 : Math.PI)
      if (this.#mode[row] === waiting) {
        const { walkways } = graph.crosswalks[this.#crosswalk[row] as number] as Crosswalk
        heading = (this.#pose[2] as number) + (this.#walkway[row] === walkways[0] ? 1 : -1) * (Math.PI / 2)
      }
    }
    const speed = this.#speed[row] as number
    if (dtS > 0) {
      agents.accelerationMps2[at] = (speed - (agents.speedMps[at] as number)) / dtS
      agents.yawRateRadps[at] = wrapAngle(heading - (agents.heading[at] as number)) / dtS
    }
    agents.x[at] = this.#pose[0] as number
    agents.y[at] = this.#pose[1] as number
    agents.heading[at] = wrapAngle(heading)
    agents.speedMps[at] = speed
  }
}
