import type { StoryElement } from '../openscenario/scenario.ts'
import type { RunningAction } from './action.ts'
import type { ElementState, ElementTransition, RunningCondition } from './condition.ts'
import type { RunningTrigger } from './condition.ts'

/** Calls when an action starts, so that those that claim the same can be ended. */
export type ClaimDomain = (node: StoryNode) => void

/**
 * An element of the storyboard at work. init → standby (it has a start trigger) → running → complete; events and maneuver groups go
 * back to standby until they have run as often as they may.
 */
export class StoryNode {
  readonly element: StoryElement
  readonly children: StoryNode[]
  readonly action: RunningAction | null
  parent: StoryNode | null = null
  state: ElementState = 'initState'
  /** Conditions that watch this element. */
  readonly watchers: RunningCondition[] = []
  readonly #startTrigger: RunningTrigger | null
  readonly #stopTrigger: RunningTrigger | null
  #executions = 0

  constructor(
    element: StoryElement,
    children: StoryNode[],
    startTrigger: RunningTrigger | null,
    stopTrigger: RunningTrigger | null,
    action: RunningAction | null,
  ) {
    this.element = element
    this.children = children
    this.#startTrigger = startTrigger
    this.#stopTrigger = stopTrigger
    this.action = action
    for (const child of children) child.parent = this
  }

  get hasBegun(): boolean {
    return this.#executions > 0
  }

  start(claim: ClaimDomain, timeS: number): void {
    if (this.element.type === 'event' && !this.#mayStart()) {
      if (this.state === 'standbyState') this.#tell('skipTransition')
      return
    }
    if (this.state === 'initState' && this.#startTrigger) this.#change('standbyState', 'none')
    else if (this.state !== 'runningState') {
      this.#executions++
      this.#change('runningState', 'startTransition')
    }
    if (this.state !== 'runningState') return
    if (this.element.type === 'event') this.#startActions(claim, timeS)
    else for (const child of this.children) child.start(claim, timeS)
  }

  /** Whether the priority lets this event start now; an overwriting one ends the others of its maneuver. */
  #mayStart(): boolean {
    if (this.state === 'runningState') return false
    if (this.state === 'initState' && this.#startTrigger) return true
    const others = this.parent?.children ?? []
    if (this.element.priority === 'skip') return !others.some((other) => other.state === 'runningState')
    if (this.element.priority === 'overwrite')
      for (const other of others) if (other !== this && other.state === 'runningState') other.end()
    return true
  }

  #startActions(claim: ClaimDomain, timeS: number): void {
    for (const child of this.children) {
      const { action } = child.element
      if (action?.isIfTriggering && !this.#startTrigger?.isTriggering(action.entity)) {
        child.#change('completeState', 'none')
        continue
      }
      claim(child)
      child.#change('runningState', 'startTransition')
      if (child.action?.start(timeS)) child.end()
    }
    if (this.children.every((child) => child.state === 'completeState')) this.end()
  }

  evaluate(timeS: number, claim: ClaimDomain): void {
    if (this.state === 'runningState' && this.#stopTrigger?.evaluate(timeS)) this.stop()
    if (this.state === 'standbyState' && (!this.#startTrigger || this.#startTrigger.evaluate(timeS)))
      this.start(claim, timeS)
    if (this.state !== 'runningState') return
    for (const child of this.children)
      if (child.state === 'runningState' || child.state === 'standbyState') child.evaluate(timeS, claim)
  }

  step(timeS: number, dtS: number): void {
    if (this.state !== 'runningState') return
    for (const child of this.children) if (child.state === 'runningState') child.step(timeS, dtS)
    if (this.action?.step(timeS, dtS)) this.end()
  }

  end(): void {
    if (this.state === 'completeState') return
    for (const child of this.children) if (child.state === 'runningState') child.end()
    // A child's end may have ended this one already.
    if (this.state !== 'runningState') return
    const { type, maximumExecutions } = this.element
    const mayRepeat = (type === 'event' || type === 'maneuverGroup') && this.#executions < maximumExecutions
    if (mayRepeat) {
      this.#startTrigger?.reset()
      this.#stopTrigger?.reset()
      this.#change('standbyState', 'endTransition')
      for (const child of this.children) child.#reset()
    } else this.#change('completeState', 'endTransition')
    if (this.parent) this.parent.#childEnded()
  }

  stop(): void {
    for (const child of this.children) child.stop()
    if (this.state === 'completeState') return
    this.#change('completeState', 'stopTransition')
    if (this.parent) this.parent.#childEnded()
  }

  #childEnded(): void {
    if (this.state === 'completeState') return
    if (this.children.every((child) => child.state === 'completeState')) this.end()
  }

  #reset(): void {
    this.state = 'initState'
    this.#startTrigger?.reset()
    for (const child of this.children) child.#reset()
  }

  #change(state: ElementState, transition: ElementTransition): void {
    if (this.state === state) return
    this.state = state
    this.#tell(transition)
  }

  #tell(transition: ElementTransition): void {
    for (const watcher of this.watchers) watcher.elementChanged(this.state, transition)
  }
}
