import { agentKinds } from '../scene/agent-table.ts'
import { overlaps } from './collision.ts'
import type { Criterion, CriterionFailure, Observation } from './criterion.ts'
import { bodyDistance } from './body-distance.ts'

/** Watches a run and keeps the first failure of each criterion. */
export class CriteriaMonitor {
  readonly failures: CriterionFailure[] = []
  /** Row that the vehicle under test hit; −1 while none. */
  collidedWith = -1
  private readonly criteria: Criterion[]
  private readonly hasFailed: boolean[]

  constructor(criteria: Criterion[]) {
    this.criteria = criteria
    this.hasFailed = criteria.map(() => false)
  }

  observe(seen: Observation): void {
    const { agents, ego } = seen.scene
    if (this.collidedWith < 0)
      for (let row = 0; row < agents.count; row++)
        if (row !== ego && agents.isPresent[row] === 1 && overlaps(agents, ego, row)) {
          this.collidedWith = row
          break
        }
    for (const [index, criterion] of this.criteria.entries()) {
      if (this.hasFailed[index]) continue
      const detail = this.broken(criterion, seen)
      if (detail === null) continue
      this.hasFailed[index] = true
      this.failures.push({ criterion: criterion.kind, timeS: seen.scene.timeS, detail })
    }
  }

  /** Called once after the last step. */
  finish(seen: Observation): void {
    for (const criterion of this.criteria)
      if (criterion.kind === 'progress' && seen.progressM < criterion.atLeastM)
        this.failures.push({
          criterion: criterion.kind,
          timeS: seen.scene.timeS,
          detail: `It went ${seen.progressM.toFixed(1)} m of the ${criterion.atLeastM.toFixed(1)} m that were asked for.`,
        })
  }

  /** One sentence where the criterion does not hold now, else null. */
  private broken(criterion: Criterion, { scene, lateralM }: Observation): string | null {
    const { agents, ego } = scene
    switch (criterion.kind) {
      case 'noCollision':
        return this.collidedWith < 0 ? null : `It hit ${agents.names[this.collidedWith]}.`
      case 'maxSpeed': {
        const speed = agents.speedMps[ego] as number
        return speed <= criterion.mps
          ? null
          : `It drove ${speed.toFixed(1)} m/s where ${criterion.mps.toFixed(1)} m/s is the most.`
      }
      case 'staysInLane':
        return Math.abs(lateralM) <= criterion.withinM
          ? null
          : `It was ${Math.abs(lateralM).toFixed(2)} m from the centre of its route.`
      case 'keepsDistance': {
        for (let row = 0; row < agents.count; row++) {
          if (row === ego || agents.isPresent[row] === 0) continue
          if (!criterion.kinds.includes(agentKinds[agents.kind[row] as number] as string)) continue
          const distance = bodyDistance(agents, ego, row)
          if (distance < criterion.atLeastM)
            return `It came within ${distance.toFixed(2)} m of ${agents.names[row]}.`
        }
        return null
      }
      case 'progress':
        return null
    }
  }
}
