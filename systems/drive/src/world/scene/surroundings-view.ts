import type { ScenarioEnvironment } from '../openscenario/scenario.ts'
import type { Surroundings } from '../simulator/surroundings.ts'
import { applyEnvironment } from './environment-of.ts'
import { lightStateOf } from './scenario-signals.ts'
import type { Scene } from './scene.ts'

const notSet = 255

/** Shows in a scene what a running storyboard changes of light, weather and traffic lights. */
export class SurroundingsView {
  readonly #surroundings: Surroundings
  readonly #scene: Scene
  /** By head of the scene's signals; what the storyboard has not set stays what something else shows. */
  readonly #states: Uint8Array
  #environment: ScenarioEnvironment | null
  #changes = -1

  /** The scene has the environment of the beginning already. */
  constructor(surroundings: Surroundings, scene: Scene) {
    this.#surroundings = surroundings
    this.#scene = scene
    this.#states = new Uint8Array(scene.signals.heads.length).fill(notSet)
    this.#environment = surroundings.environment
  }

  /** To be called once a step, after what else switches the scene's lights. */
  show(): void {
    if (this.#surroundings.changes !== this.#changes) this.#read()
    const states = this.#states
    const scene = this.#scene
    for (let head = 0; head < states.length; head++)
      if (states[head] !== notSet) scene.signals.state[head] = states[head] as number
  }

  #read(): void {
    const surroundings = this.#surroundings
    const scene = this.#scene
    this.#changes = surroundings.changes
    for (const [head, { id }] of scene.signals.heads.entries()) {
      const state = surroundings.signals.get(id)
      if (state !== undefined) this.#states[head] = lightStateOf(state)
    }
    if (!surroundings.environment || surroundings.environment === this.#environment) return
    this.#environment = surroundings.environment
    applyEnvironment(scene.environment, surroundings.environment)
  }
}
