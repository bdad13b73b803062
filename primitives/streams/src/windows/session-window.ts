import { InvalidInputError } from '@heavylift/core'
import type { Processor, ProcessorContext } from '../processor/processor.ts'
import type { WindowDefinition, WindowOutput } from './window-output.ts'

/** Sessions of one key, in order of time; lists are parallel. */
export interface SessionState<Acc> {
  starts: number[]
  /** Time of each session's newest event; it ends a gap later. */
  lasts: number[]
  accs: Acc[]
  /** Revision said last; −1 while nothing was said. */
  revisions: number[]
  timerMs: number | null
}

/**
 * Event-time windows that last until a key has been silent for `gapMs`. One closes when the watermark reaches its end. A
 * session is known by its start: a late event that lengthens it, or joins it to a later one, emits it again with the next
 * revision; one that joins it to an earlier one takes it back (`value` null). Throws `InvalidInputError` for a gap that is not positive.
 */
export function sessionWindow<In, Acc, Result>(
  definition: WindowDefinition<In, Acc, Result> & { gapMs: number },
): Processor<In, SessionState<Acc>, WindowOutput<Result>> {
  const { gapMs, aggregate, ...processor } = definition
  if (!(gapMs > 0 && Number.isFinite(gapMs))) {
    throw new InvalidInputError({
      code: 'window-gap-invalid',
      message: `A session cannot end after a silence of ${gapMs} ms: give a positive number.`,
    })
  }
  const latenessMs = definition.allowedLatenessMs ?? 0
  type Context = ProcessorContext<SessionState<Acc>, WindowOutput<Result>>

  /** Emits session `i` with its next revision, or takes it back. */
  function say(key: string, i: number, context: Context, isGone = false): void {
    const state = context.state
    const startMs = state.starts[i]!
    const revision = state.revisions[i]! + 1
    state.revisions[i] = revision
    context.emit({
      rule: definition.name,
      eventTimeMs: startMs,
      revision,
      value: {
        key,
        startMs,
        endMs: state.lasts[i]! + gapMs,
        revision,
        value: isGone ? null : aggregate.result(state.accs[i]!),
      },
    })
  }

  function schedule(nowMs: number, context: Context): void {
    const state = context.state
    let nextMs = Infinity
    for (const last of state.lasts) {
      const endMs = last + gapMs
      nextMs = Math.min(nextMs, endMs > nowMs ? endMs : endMs + latenessMs)
    }
    if (nextMs === Infinity) {
      context.dropState()
    } else if (nextMs !== state.timerMs) {
      context.setTimer('session', nextMs)
      state.timerMs = nextMs
    }
  }

  return {
    ...processor,
    createState: () => ({ starts: [], lasts: [], accs: [], revisions: [], timerMs: null }),
    onEvent({ key, eventTimeMs, value }, context) {
      const state = context.state
      const { starts, lasts, accs, revisions } = state
      // Sessions [from, to) are those that the event touches.
      let from = starts.length
      while (from > 0 && lasts[from - 1]! + gapMs > eventTimeMs) from--
      let to = from
      while (to < starts.length && starts[to]! < eventTimeMs + gapMs) to++
      let startMs = eventTimeMs
      let last = eventTimeMs
      let acc = aggregate.init()
      let revision = -1
      if (to > from) {
        startMs = Math.min(startMs, starts[from]!)
        last = Math.max(last, lasts[to - 1]!)
        acc = accs[from]!
        for (let i = from + 1; i < to; i++) acc = aggregate.merge(acc, accs[i]!)
        if (starts[from] === startMs) revision = revisions[from]!
        for (let i = from; i < to; i++) {
          if (starts[i] !== startMs && revisions[i]! >= 0) say(key, i, context, true)
        }
      }
      const count = to - from
      starts.splice(from, count, startMs)
      lasts.splice(from, count, last)
      accs.splice(from, count, aggregate.add(acc, value, eventTimeMs))
      revisions.splice(from, count, revision)
      if (last + gapMs <= context.watermarkMs) say(key, from, context)
      schedule(context.watermarkMs, context)
    },
    onTimer({ key, atMs }, context) {
      const { starts, lasts, accs, revisions } = context.state
      context.state.timerMs = null
      for (let i = 0; i < starts.length; i++) if (lasts[i]! + gapMs === atMs) say(key, i, context)
      while (lasts.length > 0 && lasts[0]! + gapMs + latenessMs <= atMs) {
        for (const list of [starts, lasts, accs, revisions]) list.shift()
      }
      schedule(atMs, context)
    },
  }
}
