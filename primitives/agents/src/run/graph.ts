import type { Step } from '../definition/step.ts'
import type { Failure } from './entry.ts'
import type { GraphEnd, Running, StepDone } from './running.ts'
import { evaluateIn } from './expressions.ts'
import { isHandled, readiness } from './join.ts'
import type { StepEnd } from './join.ts'
import { failureOf, isOutage } from './memory.ts'
import type { Scope } from './scope.ts'
import { runStep } from './steps/run-step.ts'

/**
 * Runs steps as soon as what is before them has come out. `scope.steps` is filled on the way. After a failure that nothing handles no step
 * begins, and those under way end first: what they did is written.
 */
export async function runGraph(
  run: Running,
  steps: readonly Step[],
  scope: Scope,
  prefix: string,
): Promise<GraphEnd> {
  const ends = new Map<string, StepEnd>()
  const begun = new Set<string>()
  const under = new Map<string, Promise<string>>()
  const outputs = new Map<string, unknown>()
  let failure: Failure | null = null
  let thrown: unknown = null

  const begin = (step: Step): void => {
    const path = prefix + step.id
    const one = async (): Promise<string> => {
      try {
        const done = await runOne(run, step, path, scope)
        if (done.end.state === 'ended') {
          outputs.set(step.id, done.output)
          scope.steps[step.id] = {
            output: done.output ?? null,
            exit: done.end.exit,
            error: done.failure ?? null,
          }
          if (done.end.exit === 'error' && !isHandled(steps, step.id, 'error'))
            failure ??= {
              path,
              ...(done.failure ?? { code: 'step-failed', message: `Step ${path} failed.` }),
            }
        }
        ends.set(step.id, done.end)
      } catch (error) {
        thrown ??= error
      }
      return step.id
    }
    under.set(step.id, one())
  }

  for (;;) {
    for (
      let isChanged = true;
      isChanged && failure === null && thrown === null && !run.cancelled.signal.aborted;
    ) {
      isChanged = false
      for (const step of steps) {
        if (begun.has(step.id)) continue
        const ready = readiness(step, ends)
        if (ready === 'waits') continue
        begun.add(step.id)
        if (ready === 'runs') begin(step)
        else {
          isChanged = true
          ends.set(step.id, { state: 'skipped', passes: false })
          if (run.memory.of(prefix + step.id).end === null)
            run.record(prefix + step.id, { kind: 'skipped', passes: false })
        }
      }
    }
    if (under.size === 0) break
    under.delete(await Promise.race(under.values()))
  }
  if (thrown !== null) throw thrown
  const last = steps.findLast(({ id }) => outputs.has(id))
  return { last: last === undefined ? null : outputs.get(last.id), failure }
}

interface Done extends StepDone {
  end: StepEnd
}

/** One step: as it came out before, or now. */
async function runOne(run: Running, step: Step, path: string, scope: Scope): Promise<Done> {
  const before = run.memory.of(path).end
  if (before?.kind === 'skipped') return { end: { state: 'skipped', passes: before.passes } }
  if (before?.kind === 'ended')
    return {
      end: { state: 'ended', exit: before.exit },
      ...(before.output ? { output: await run.deps.payloads.read(before.output) } : {}),
      ...(before.failure ? { failure: before.failure } : {}),
    }
  let done: StepDone
  try {
    if (step.when !== undefined && run.memory.of(path).beganMs === null) {
      const holds = evaluateIn(run, step.when, scope, 'when')
      if (holds !== true) {
        run.record(path, { kind: 'skipped', passes: true })
        return { end: { state: 'skipped', passes: true } }
      }
    }
    if (run.memory.of(path).beganMs === null) run.record(path, { kind: 'began', step: step.kind })
    done = await run.whileWorking(() => runStep(run, step, path, scope))
  } catch (error) {
    if (run.isLost || isOutage(error)) throw error
    const failure = run.cancelled.signal.aborted
      ? { code: 'run-cancelled', message: 'The run was cancelled while this step was under way.' }
      : failureOf(error)
    done = { exit: 'error', failure }
  }
  const exit = done.exit ?? 'done'
  run.record(path, {
    kind: 'ended',
    exit,
    ...(done.output === undefined ? {} : { output: await run.keep(done.output) }),
    ...(done.failure ? { failure: done.failure } : {}),
  })
  return { ...done, end: { state: 'ended', exit } }
}
