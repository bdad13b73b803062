import type { AgentTable } from '../../world/scene/agent-table.ts'
import { boxesOverlap, emptyBox } from './moving-box.ts'
import type { MovingBox } from './moving-box.ts'

/** Where bodies have been is kept every so often, for so long. */
const everyS = 0.1
const kept = 50
/** Who is further away than both can come within that time is passed over; this is for the size of bodies. */
const bodiesM = 30
/** Paths cross where headings differ by more than 20°; behind one another it would be the time headway. */
const crossingSine = 0.342

/**
 * Post-encroachment time (Allen, Shin and Cooper 1978): from one road user leaving a place to another reaching it, least over a run, between the
 * vehicle under test and everyone whose path it crosses. To 0.1 s.
 */
export class Encroachment {
  leastS = Infinity
  readonly #past: Float64Array
  readonly #capacity: number
  readonly #current = emptyBox()
  readonly #earlier = emptyBox()
  readonly #own = emptyBox()
  #taken = 0
  #nextS = 0

  constructor(capacity: number) {
    this.#capacity = capacity
    // x, y, heading of each row at each of the times kept.
    this.#past = new Float64Array(capacity * kept * 3).fill(NaN)
  }

  observe(agents: AgentTable, ego: number, timeS: number): void {
    if (timeS < this.#nextS - 1e-9) return
    this.#nextS = timeS + everyS
    const slot = this.#taken % kept
    for (let row = 0; row < agents.count; row++) {
      const at = (row * kept + slot) * 3
      const isThere = agents.isPresent[row] === 1
      this.#past[at] = isThere ? (agents.x[row] as number) : NaN
      this.#past[at + 1] = agents.y[row] as number
      this.#past[at + 2] = agents.heading[row] as number
    }
    this.#taken++
    bodyAt(
      agents,
      ego,
      agents.x[ego] as number,
      agents.y[ego] as number,
      agents.heading[ego] as number,
      this.#own,
    )
    for (let row = 0; row < Math.min(agents.count, this.#capacity); row++) {
      if (row === ego || agents.isPresent[row] === 0) continue
      const x = agents.x[row] as number
      const y = agents.y[row] as number
      const speeds = Math.abs(agents.speedMps[row] as number) + Math.abs(agents.speedMps[ego] as number)
      const reach = bodiesM + speeds * kept * everyS
      if (Math.abs(x - this.#own.x) > reach || Math.abs(y - this.#own.y) > reach) continue
      bodyAt(agents, row, x, y, agents.heading[row] as number, this.#current)
      this.#against(agents, row, this.#own, ego)
      this.#against(agents, ego, this.#current, row)
    }
  }

  /** Has `now` come to a place where `row` was before? */
  #against(agents: AgentTable, row: number, now: Readonly<MovingBox>, mover: number): void {
    const reach = ((agents.lengthM[row] as number) + (agents.lengthM[mover] as number)) / 2 + 3
    // The youngest place that it left: the first overlap after the bodies of now are apart.
    const most = Math.min(this.#taken, kept, Math.ceil(this.leastS / everyS) + 1)
    for (let age = 0; age < most; age++) {
      const at = (row * kept + ((this.#taken - 1 - age) % kept)) * 3
      const x = this.#past[at] as number
      const y = this.#past[at + 1] as number
      if (!(Math.abs(x - now.x) <= reach && Math.abs(y - now.y) <= reach)) continue
      bodyAt(agents, row, x, y, this.#past[at + 2] as number, this.#earlier)
      if (!boxesOverlap(now, this.#earlier)) continue
      const sine = Math.abs(now.cos * this.#earlier.sin - now.sin * this.#earlier.cos)
      if (sine > crossingSine) this.leastS = Math.min(this.leastS, age * everyS)
      return
    }
  }
}

function bodyAt(
  agents: AgentTable,
  row: number,
  x: number,
  y: number,
  heading: number,
  out: MovingBox,
): void {
  out.x = x
  out.y = y
  out.cos = Math.cos(heading)
  out.sin = Math.sin(heading)
  out.halfLengthM = (agents.lengthM[row] as number) / 2
  out.halfWidthM = (agents.widthM[row] as number) / 2
}
