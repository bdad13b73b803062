import { compare, compareValues } from '../openscenario/rule.ts'
import type { Condition, ConditionContent, Edge, EntityTrigger, Trigger } from '../openscenario/scenario.ts'
import { checkEntities, triggeringOf } from './entity-condition.ts'
import type { World } from './world.ts'

const tiny = 1e-6

type SurroundingsContent = Exclude<
  ConditionContent,
  EntityTrigger | { kind: 'simulationTime' } | { kind: 'elementState' }
>

/** State of a storyboard element, as conditions name it. */
export type ElementState = 'initState' | 'standbyState' | 'runningState' | 'completeState'
export type ElementTransition =
  | 'startTransition'
  | 'endTransition'
  | 'stopTransition'
  | 'skipTransition'
  | 'none'

/** One condition at work: its value, its edge, and what it was `delay` seconds ago. */
export class RunningCondition {
  readonly condition: Condition
  readonly #world: World
  #wasTrue = false
  #isFirst = true
  /** When the value after the edge changed, and to what. */
  readonly #changeTimes: number[] = []
  readonly #changeValues: boolean[] = []
  #elementState: ElementState | null = null
  /** When that state began, in half steps. */
  #elementSince = 0
  #elementBefore: ElementState | null = null
  #hasMatched = false

  constructor(world: World, condition: Condition) {
    this.#world = world
    this.condition = condition
  }

  /** Called by the element that it watches at every change; a transition is seen by the next evaluation only, a state from the next step on. */
  elementChanged(state: ElementState, transition: ElementTransition): void {
    const { content } = this.condition
    if (content.kind !== 'elementState') return
    this.#elementBefore = this.#stateSeen()
    this.#elementState = state
    this.#elementSince = this.#world.halfSteps
    if (content.state === transition) this.#hasMatched = true
  }

  #stateSeen(): ElementState | null {
    return this.#world.halfSteps > this.#elementSince ? this.#elementState : this.#elementBefore
  }

  /** To be called once a step while the element that it triggers waits. */
  evaluate(timeS: number): boolean {
    const isTrue = this.#check(timeS)
    const value = hasEdge(this.condition.edge, isTrue, this.#wasTrue, this.#isFirst)
    this.#wasTrue = isTrue
    this.#isFirst = false
    if (this.condition.delayS === 0) return value
    const last = this.#changeValues.length - 1
    if (last < 0 || this.#changeValues[last] !== value) {
      this.#changeTimes.push(timeS)
      this.#changeValues.push(value)
    }
    const at = timeS - this.condition.delayS
    for (let i = this.#changeTimes.length - 1; i >= 0; i--)
      if ((this.#changeTimes[i] as number) <= at + tiny) return this.#changeValues[i] as boolean
    return false
  }

  /** After its trigger fired: an edge is counted from the next evaluation on. */
  rearm(): void {
    this.#isFirst = true
  }

  /** Before its element can be executed again. */
  reset(): void {
    this.#changeTimes.length = 0
    this.#changeValues.length = 0
    this.#hasMatched = false
  }

  #check(timeS: number): boolean {
    const { content } = this.condition
    if (content.kind === 'simulationTime') return compare(timeS, content.rule, content.value)
    if (content.kind !== 'elementState')
      return 'entities' in content
        ? checkEntities(this.#world, content)
        : this.#checkSurroundings(content, timeS)
    const isTrue = this.#hasMatched || content.state === this.#stateSeen()
    this.#hasMatched = false
    return isTrue
  }

  #checkSurroundings(content: SurroundingsContent, timeS: number): boolean {
    const { surroundings } = this.#world
    switch (content.kind) {
      case 'value': {
        const { of, name, rule } = content
        // A value that comes from outside the scenario is a variable's here.
        const value = (of === 'parameter' ? surroundings.parameters : surroundings.variables).get(name)
        return value !== undefined && compareValues(value, rule, content.value)
      }
      case 'timeOfDay':
        return compare(surroundings.dateMs(timeS) / 1000, content.rule, Date.parse(content.dateTime) / 1000)
      case 'trafficSignal':
        return surroundings.signals.get(content.signal) === content.state
      case 'trafficSignalPhase':
        return surroundings.phaseOf(content.controller) === content.phase
      case 'never':
        return false
    }
  }
}

function hasEdge(edge: Edge, isTrue: boolean, wasTrue: boolean, isFirst: boolean): boolean {
  if (edge === 'none') return isTrue
  if (isFirst) return false
  if (edge === 'rising') return isTrue && !wasTrue
  if (edge === 'falling') return !isTrue && wasTrue
  return isTrue !== wasTrue
}

/** A trigger at work: any of its groups, a group all of its conditions. */
export class RunningTrigger {
  readonly conditions: RunningCondition[]
  readonly #world: World
  readonly #groups: RunningCondition[][]
  /** Groups that held when it was looked at last. */
  #holding: RunningCondition[][] = []

  constructor(world: World, trigger: Trigger) {
    this.#world = world
    this.#groups = trigger.map((group) => group.map((condition) => new RunningCondition(world, condition)))
    this.conditions = this.#groups.flat()
  }

  evaluate(timeS: number): boolean {
    this.#holding = this.#groups.filter((group) => groupHolds(group, timeS))
    const isTrue = this.#holding.length > 0
    if (isTrue) for (const condition of this.conditions) condition.rearm()
    return isTrue
  }

  /** Whether an entity is one of those that met the conditions. */
  isTriggering(entity: number): boolean {
    return this.#holding.some((group) =>
      group.some(
        ({ condition: { content } }) =>
          'entities' in content && triggeringOf(this.#world, content).includes(entity),
      ),
    )
  }

  reset(): void {
    for (const condition of this.conditions) condition.reset()
  }
}

/** Once one condition fails, only those with a delay are still looked at: their clocks go on. */
function groupHolds(group: RunningCondition[], timeS: number): boolean {
  let holds = group.length > 0
  for (const condition of group)
    if (holds || condition.condition.delayS > 0) holds = condition.evaluate(timeS) && holds
  return holds
}
