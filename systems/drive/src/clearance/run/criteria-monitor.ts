import type { Check } from './check.ts'
import { CollisionFault } from './collision-fault.ts'
import { overlaps } from './collision.ts'
import type { Criterion, CriterionFailure, Observation } from './criterion.ts'
import { makeCheck } from './make-check.ts'

/** Watches a run and keeps the first failure of each criterion. */
export class CriteriaMonitor {
  readonly failures: CriterionFailure[] = []
  /** Row that the vehicle under test hit; −1 while none. */
  collidedWith = -1
  readonly #checks: Check[]
  readonly #hasFailed: boolean[]
  readonly #fault = new CollisionFault()

  constructor(criteria: Criterion[]) {
    this.#checks = criteria.map(makeCheck)
    this.#hasFailed = criteria.map(() => false)
  }

  observe(seen: Observation): void {
    const { agents, ego, timeS } = seen.scene
    this.#fault.observe(agents, ego, timeS)
    if (this.collidedWith < 0)
      for (let row = 0; row < agents.count; row++)
        if (row !== ego && agents.isPresent[row] === 1 && overlaps(agents, ego, row)) {
          this.collidedWith = row
          break
        }
    for (const [index, check] of this.#checks.entries()) {
      if (this.#hasFailed[index]) continue
      if (check.kind === 'noCollision') this.#collision(index, seen)
      else {
        const detail = check.observe?.(seen) ?? null
        if (detail !== null) this.#fail(index, seen, detail)
      }
    }
  }

  /** Called once after the last step. */
  finish(seen: Observation): void {
    for (const [index, check] of this.#checks.entries()) {
      const detail = this.#hasFailed[index] ? null : (check.finish?.(seen) ?? null)
      if (detail !== null) this.#fail(index, seen, detail)
    }
  }

  #fail(index: number, seen: Observation, detail: string, fault?: 'own' | 'other'): void {
    const { kind } = this.#checks[index] as Check
    this.#hasFailed[index] = true
    this.failures.push({
      criterion: kind,
      timeS: seen.scene.timeS,
      detail,
      ...(fault === undefined ? {} : { fault }),
    })
  }

  #collision(index: number, seen: Observation): void {
    if (this.collidedWith < 0) return
    const { agents, ego, timeS } = seen.scene
    const { fault, detail } = this.#fault.of(agents, ego, this.collidedWith, timeS)
    this.#fail(index, seen, detail, fault)
  }
}
