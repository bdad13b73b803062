import type { PlanInput } from '../planning/planner.ts'
import type { DriverCommand } from '../vehicle.ts'
import { EmergencyBrake } from './emergency-brake.ts'
import { RssRule } from './rss-rule.ts'
import type { SafetyLayer } from './safety-layer.ts'

/** The project's safety layer: the proper response of RSS, then the emergency brake. */
export class Guardian implements SafetyLayer {
  readonly #rss = new RssRule()
  readonly #brake = new EmergencyBrake()
  #input: PlanInput | null = null

  check(input: PlanInput, command: DriverCommand): void {
    this.#input = input
    this.#rss.respond(input, command)
    this.#brake.respond(input, command)
  }

  /** One sentence for each that stepped in at the last step. */
  get interventions(): string[] {
    const ids = this.#input?.tracks.id
    const { finding } = this.#rss
    const told: string[] = []
    if (finding.row >= 0)
      told.push(
        `rss-${finding.kind}: ${finding.distanceM.toFixed(1)} m to track ${ids?.[finding.row]} where ${finding.safeM.toFixed(1)} m are safe`,
      )
    if (this.#brake.row >= 0)
      told.push(
        Number.isFinite(this.#brake.timeToCollisionS)
          ? `emergency-brake: ${this.#brake.timeToCollisionS.toFixed(1)} s to track ${ids?.[this.#brake.row]}`
          : 'emergency-brake: still on',
      )
    return told
  }
}
