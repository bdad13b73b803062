import { InvalidInputError } from '@heavylift/core'
import type { RoadNetwork } from '../opendrive/road-network.ts'
import type { Scenario, StoryElement, Trigger } from '../openscenario/scenario.ts'
import type { RunningAction } from './action.ts'
import { makeAction } from './action.ts'
import { Controllers } from './alks-controller.ts'
import type { RunningCondition } from './condition.ts'
import { RunningTrigger } from './condition.ts'
import type { ClaimDomain } from './story-node.ts'
import { StoryNode } from './story-node.ts'
import { Surroundings } from './surroundings.ts'
import { EntityWatcher, watchesEntities } from './entity-watcher.ts'
import { World } from './world.ts'

interface InitAction {
  entity: number
  action: RunningAction
  isRunning: boolean
}

/**
 * A scenario being run. The first `step` is for time 0 with a step of 0 (init actions); each one after it evaluates triggers and
 * actions at the time before the step, then moves what no action moved, then lets controllers set speeds for the next one.
 */
export class Simulation {
  readonly world: World
  timeS = 0
  readonly #controllers: Controllers
  readonly #watcher: EntityWatcher | null
  readonly #init: InitAction[]
  readonly #stories: StoryNode[]
  readonly #actions: StoryNode[] = []
  readonly #triggers: RunningTrigger[] = []
  readonly #stop: RunningTrigger | null
  #hasStarted = false
  /** Steps of one length since a time. */
  #stepS = NaN
  #steps = 0
  #sinceS = 0

  /** Throws `story-element-unknown` for a condition on an element that is not there. */
  constructor(scenario: Scenario, network: RoadNetwork) {
    this.world = new World(network, scenario.entities, new Surroundings(scenario))
    this.#watcher = watchesEntities(scenario) ? new EntityWatcher(this.world) : null
    this.#controllers = new Controllers(this.world)
    this.#init = scenario.init.map(({ entity, content }) => ({
      entity,
      action: makeAction(this.world, this.#controllers, entity, content),
      isRunning: false,
    }))
    this.#stories = scenario.stories.map((story) => this.#node(story))
    this.#stop = this.#trigger(scenario.stop)
    for (const trigger of this.#triggers)
      for (const condition of trigger.conditions) this.#watch(condition, scenario)
  }

  /** Advances by `dtS`. False where the storyboard has stopped: nothing was moved. */
  step(dtS: number): boolean {
    const { world } = this
    if (!this.#hasStarted) this.#start()
    for (let entity = 0; entity < world.hasMoved.length; entity++)
      world.hasMoved[entity] = world.trailers.isDrawn(entity) ? 1 : 0
    world.halfSteps++
    if (this.#stop?.evaluate(this.timeS)) return false
    for (const story of this.#stories) story.evaluate(this.timeS, this.#claim)
    world.halfSteps++
    for (const held of this.#init)
      if (held.isRunning && held.action.step(this.timeS, dtS)) held.isRunning = false
    for (const story of this.#stories) if (story.state === 'runningState') story.step(this.timeS, dtS)
    // Sums of many small steps drift; products do not.
    if (dtS === this.#stepS) this.timeS = this.#sinceS + ++this.#steps * dtS
    else this.#changeStep(dtS)
    for (let entity = 0; entity < world.entities.length; entity++) {
      const controlled = world.controlledSpeed[entity] as number
      if (!Number.isNaN(controlled)) world.speed[entity] = controlled
      world.controlledSpeed[entity] = NaN
      if (!world.hasMoved[entity] && world.isMoving(entity) && world.isPresent[entity] === 1)
        world.move(entity, (world.speed[entity] as number) * dtS)
      world.travelled[entity] =
        (world.travelled[entity] as number) + Math.abs(world.speed[entity] as number) * dtS
    }
    world.trailers.step()
    this.#checkNumbers()
    world.surroundings.step(this.timeS)
    this.#watcher?.step(dtS)
    this.#controllers.step(dtS)
    return true
  }

  #changeStep(dtS: number): void {
    this.#sinceS = this.timeS
    this.#stepS = dtS
    this.#steps = 1
    this.timeS += dtS
  }

  /** A number that is none makes everything that is measured by it wrong, and every condition false. */
  #checkNumbers(): void {
    const { x, y, heading, speed, entities } = this.world
    for (let entity = 0; entity < entities.length; entity++) {
      const sum =
        (x[entity] as number) +
        (y[entity] as number) +
        (heading[entity] as number) +
        (speed[entity] as number)
      if (Number.isFinite(sum)) continue
      const doing = this.#actions
        .filter(({ state, element }) => state === 'runningState' && element.action?.entity === entity)
        .map(({ element }) => element.name)
      throw new InvalidInputError({
        code: 'run-not-finite',
        message: `At ${this.timeS.toFixed(2)} s the place or speed of ${entities[entity]?.name} is no number${doing.length > 0 ? `, while ${doing.join(' and ')} was at work` : ''}. The run was ended: nothing can be said of it.`,
      })
    }
  }

  /** The speed that an observer of this step sees. */
  observedSpeed(entity: number): number {
    const controlled = this.world.controlledSpeed[entity] as number
    return Number.isNaN(controlled) ? (this.world.speed[entity] as number) : controlled
  }

  /** Names of acts that have not begun. */
  get actsNeverBegun(): string[] {
    return this.#stories
      .flatMap(({ children }) => children)
      .filter(({ hasBegun }) => !hasBegun)
      .map(({ element }) => element.name)
  }

  #start(): void {
    this.#hasStarted = true
    for (const held of this.#init) held.isRunning = !held.action.start(this.timeS)
    for (const story of this.#stories) story.start(this.#claim, this.timeS)
  }

  readonly #claim: ClaimDomain = (node) => {
    const entity = node.element.action?.entity
    const domain = node.action?.domain ?? 0
    for (const held of this.#init)
      if (held.entity === entity && held.action.domain & domain) held.isRunning = false
    for (const other of this.#actions)
      if (
        other !== node &&
        other.element.action?.entity === entity &&
        other.state === 'runningState' &&
        (other.action?.domain ?? 0) & domain
      )
        other.end()
  }

  #trigger(trigger: Trigger | null): RunningTrigger | null {
    if (!trigger) return null
    const running = new RunningTrigger(this.world, trigger)
    this.#triggers.push(running)
    return running
  }

  #node(element: StoryElement): StoryNode {
    const { action } = element
    const node = new StoryNode(
      element,
      element.children.map((child) => this.#node(child)),
      this.#trigger(element.start),
      this.#trigger(element.stop),
      action && makeAction(this.world, this.#controllers, action.entity, action.content),
    )
    if (action) this.#actions.push(node)
    return node
  }

  #watch(condition: RunningCondition, { isLenient }: Scenario): void {
    const { content } = condition.condition
    if (content.kind !== 'elementState') return
    const path = content.element.split('::')
    const found: StoryNode[] = []
    const visit = (node: StoryNode) => {
      if (node.element.type === content.type && endsWith(node, path)) found.push(node)
      for (const child of node.children) visit(child)
    }
    for (const story of this.#stories) visit(story)
    if (found.length === 0 && !isLenient)
      throw new InvalidInputError({
        code: 'story-element-unknown',
        message: `The condition ${condition.condition.name} names the ${content.type} ${content.element}, which is not there.`,
      })
    for (const node of found) node.watchers.push(condition)
  }
}

/** Whether the names of a node and its parents end in `path`. */
function endsWith(node: StoryNode, path: string[]): boolean {
  let current: StoryNode | null = node
  for (const name of path.toReversed()) {
    if (current?.element.name !== name) return false
    current = current.parent
  }
  return true
}
