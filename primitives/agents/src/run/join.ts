import type { Step } from '../definition/step.ts'

/** How a step came out, for those after it. */
export type StepEnd =
  | { state: 'ended'; exit: string }
  /** `passes`: its `when` was not true, so what comes after goes on; otherwise nothing led to it. */
  | { state: 'skipped'; passes: boolean }

/** The exit that a bare `after: [step]` means: that the step went well. An approval that was refused did not. */
export function isNormalExit(exit: string): boolean {
  return exit !== 'error' && exit !== 'refused'
}

export type Readiness = 'waits' | 'runs' | 'skipped'

/**
 * Whether a step runs: once all before it have come out and one of the named exits was taken; skipped when none was. `done` holds how steps
 * came out, by id.
 */
export function readiness(step: Pick<Step, 'after'>, done: ReadonlyMap<string, StepEnd>): Readiness {
  if (step.after.length === 0) return 'runs'
  let isLedTo = false
  for (const each of step.after) {
    const { id, exit } = splitAfter(each)
    const end = done.get(id)
    if (end === undefined) return 'waits'
    isLedTo ||= isTaken(end, exit)
  }
  return isLedTo ? 'runs' : 'skipped'
}

export function splitAfter(after: string): { id: string; exit: string | null } {
  const [id = '', exit = null] = after.split('/', 2)
  return { id, exit }
}

function isTaken(end: StepEnd, exit: string | null): boolean {
  if (end.state === 'skipped') return end.passes && exit === null
  return exit === null ? isNormalExit(end.exit) : end.exit === exit
}

/** True where the definition goes on after an exit by its name; a failure that nobody handles fails the run. */
export function isHandled(steps: readonly Step[], id: string, exit: string): boolean {
  return steps.some(({ after }) => after.includes(`${id}/${exit}`))
}
