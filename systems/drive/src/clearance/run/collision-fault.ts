import type { AgentTable } from '../../world/scene/agent-table.ts'
import { emptyBox, readBox, timeToContact } from '../metrics/moving-box.ts'

/** Slower than this it stands or crawls: what moves into it then is the other's doing. */
const crawlsMps = 1
/** Braking harder than passengers bear (the planner's limit of comfort). */
const hardMps2 = 4.05
/** Somebody ahead is a reason to brake hard where they would be reached within this time, or stand so near. */
const reasonS = 4
const reasonM = 10
/** Hard braking without a reason explains a hit from behind for so long. */
const blamedS = 2

/**
 * Whose fault a collision is, by what both did before it. Another's where the vehicle under test stood or crawled and the other came into it, or where it was hit
 * from behind; its own again where it had braked hard for nobody in the two seconds before. Everything else is its own: also where it had the right
 * of way, since it is asked to avoid what can be avoided.
 *
 * The distinction is nuPlan's (stopped, and hit from behind; Karnchanachari et al. 2024); the hard brake is ours.
 */
export class CollisionFault {
  readonly #own = emptyBox()
  readonly #other = emptyBox()
  #brakedForNobodyAtS = -Infinity

  /** Called every step before `of`. */
  observe(agents: AgentTable, ego: number, timeS: number): void {
    if ((agents.accelerationMps2[ego] as number) >= -hardMps2) return
    readBox(agents, ego, this.#own)
    for (let row = 0; row < agents.count; row++) {
      if (row === ego || agents.isPresent[row] === 0) continue
      readBox(agents, row, this.#other)
      const dx = this.#other.x - this.#own.x
      const dy = this.#other.y - this.#own.y
      if (dx * this.#own.cos + dy * this.#own.sin < 0) continue
      const reachM = reasonM + this.#own.halfLengthM + this.#other.halfLengthM
      if (dx * dx + dy * dy < reachM * reachM) return
      if (timeToContact(this.#own, this.#other, reasonS) < Infinity) return
    }
    this.#brakedForNobodyAtS = timeS
  }

  /** Of the collision that there is now, with what happened in words. */
  of(
    agents: AgentTable,
    ego: number,
    hit: number,
    timeS: number,
  ): { fault: 'own' | 'other'; detail: string } {
    readBox(agents, ego, this.#own)
    readBox(agents, hit, this.#other)
    const own = this.#own
    const other = this.#other
    const name = agents.names[hit] as string
    const speed = agents.speedMps[ego] as number
    const impact = Math.hypot(own.vx - other.vx, own.vy - other.vy).toFixed(1)
    const dx = other.x - own.x
    const dy = other.y - own.y
    const distance = Math.hypot(dx, dy)
    const towards = distance === 0 ? 0 : -(other.vx * dx + other.vy * dy) / distance
    const isStruckStanding = Math.abs(speed) < crawlsMps && towards > Math.abs(speed)
    const ahead = dx * own.cos + dy * own.sin
    const isSameWay = own.cos * other.cos + own.sin * other.sin > 0.5
    const isStruckBehind =
      ahead < -own.halfLengthM && isSameWay && other.vx * own.cos + other.vy * own.sin > speed
    if (!isStruckStanding && !isStruckBehind)
      return { fault: 'own', detail: `It hit ${name} with ${impact} m/s between them.` }
    if (isStruckBehind && timeS - this.#brakedForNobodyAtS <= blamedS)
      return {
        fault: 'own',
        detail: `It braked hard for nobody, and ${name} drove into it from behind with ${impact} m/s between them.`,
      }
    return {
      fault: 'other',
      detail: `${name} drove into it${isStruckBehind ? ' from behind' : ''} with ${impact} m/s between them${isStruckStanding ? ' while it stood' : ''}.`,
    }
  }
}
