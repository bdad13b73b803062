import { InvalidInputError } from '@heavylift/core'
import { lowerBound } from '@heavylift/core/math'
import type { Processor, ProcessorContext } from '../processor/processor.ts'
import type { WindowDefinition, WindowOutput } from './window-output.ts'

/**
 * Windows of one key. Events are gathered in panes, one a slide, and a window is merged from its panes when it closes, so
 * that an event costs the same however much windows overlap. Lists are parallel and in order of time.
 */
export interface SlidingState<Acc> {
  paneStarts: number[]
  paneAccs: Acc[]
  /** Windows that were emitted and may still change, by their end, with the revision said last. */
  saidEnds: number[]
  saidRevisions: number[]
  /** Time of the timer that is set; null without one. */
  timerMs: number | null
}

type Context<Acc, Result> = ProcessorContext<SlidingState<Acc>, WindowOutput<Result>>

/** Event-time windows that follow on each other: [0, size), [size, 2·size), … since the epoch. */
export function createTumblingWindow<In, Acc, Result>(
  definition: WindowDefinition<In, Acc, Result> & { sizeMs: number },
): Processor<In, SlidingState<Acc>, WindowOutput<Result>> {
  return createSlidingWindow({ ...definition, slideMs: definition.sizeMs })
}

/**
 * Event-time windows of `sizeMs`, one ending at every multiple of `slideMs` since the epoch. One without events is not
 * emitted. It closes when the watermark reaches its end; a late event emits it again with the next revision. Throws
 * `InvalidInputError` unless both are positive whole numbers and the size a multiple of the slide.
 */
export function createSlidingWindow<In, Acc, Result>(
  definition: WindowDefinition<In, Acc, Result> & { sizeMs: number; slideMs: number },
): Processor<In, SlidingState<Acc>, WindowOutput<Result>> {
  const { sizeMs, slideMs, aggregate, ...processor } = definition
  if (!(Number.isInteger(slideMs) && slideMs > 0 && Number.isInteger(sizeMs / slideMs) && sizeMs > 0)) {
    throw new InvalidInputError({
      code: 'window-size-invalid',
      message: `A window of ${sizeMs} ms cannot slide by ${slideMs} ms: give a slide of whole milliseconds, and a size that is a multiple of it.`,
    })
  }
  const latenessMs = definition.allowedLatenessMs ?? 0

  /** Emits the window that ends at `endMs`, if it holds events. */
  function say(key: string, endMs: number, context: Context<Acc, Result>): void {
    const state = context.state
    const startMs = endMs - sizeMs
    let acc: Acc | undefined
    let isEmpty = true
    for (let i = 0; i < state.paneStarts.length; i++) {
      const pane = state.paneStarts[i]!
      if (pane < startMs) continue
      if (pane >= endMs) break
      acc = isEmpty ? state.paneAccs[i]! : aggregate.merge(acc as Acc, state.paneAccs[i]!)
      isEmpty = false
    }
    if (isEmpty) return
    const at = lowerBound(state.saidEnds, endMs)
    const isSaid = state.saidEnds[at] === endMs
    const revision = isSaid ? state.saidRevisions[at]! + 1 : 0
    if (isSaid) {
      state.saidRevisions[at] = revision
    } else {
      state.saidEnds.splice(at, 0, endMs)
      state.saidRevisions.splice(at, 0, revision)
    }
    context.emit({
      rule: definition.name,
      eventTimeMs: endMs - 1,
      revision,
      value: { key, startMs, endMs, revision, value: aggregate.result(acc as Acc) },
    })
  }

  /** Sets the timer to the next window to close or pane to forget, and drops the key when there is nothing left. */
  function schedule(nowMs: number, context: Context<Acc, Result>): void {
    const state = context.state
    let nextMs = Infinity
    for (const pane of state.paneStarts) {
      const forgetMs = pane + sizeMs + latenessMs
      const nextEndMs = Math.max(pane, Math.floor(nowMs / slideMs) * slideMs) + slideMs
      const closeMs = nextEndMs <= pane + sizeMs ? nextEndMs : Infinity
      nextMs = Math.min(nextMs, closeMs, forgetMs)
    }
    if (nextMs === Infinity) {
      context.dropState()
    } else if (nextMs !== state.timerMs) {
      context.setTimer('window', nextMs)
      state.timerMs = nextMs
    }
  }

  return {
    ...processor,
    createState: () => ({
      paneStarts: [],
      paneAccs: [],
      saidEnds: [],
      saidRevisions: [],
      timerMs: null,
    }),
    onEvent(event, context) {
      const state = context.state
      const pane = Math.floor(event.eventTimeMs / slideMs) * slideMs
      const starts = state.paneStarts
      const last = starts.length - 1
      const at = last >= 0 && starts[last] === pane ? last : lowerBound(starts, pane)
      if (starts[at] !== pane) {
        const acc = aggregate.add(aggregate.init(), event.value, event.eventTimeMs)
        starts.splice(at, 0, pane)
        state.paneAccs.splice(at, 0, acc)
        schedule(context.watermarkMs, context)
      } else {
        state.paneAccs[at] = aggregate.add(state.paneAccs[at]!, event.value, event.eventTimeMs)
      }
      if (!event.isLate) return
      for (let endMs = pane + slideMs; endMs <= pane + sizeMs; endMs += slideMs) {
        if (endMs <= context.watermarkMs) say(event.key, endMs, context)
      }
    },
    onTimer({ key, atMs }, context) {
      const state = context.state
      state.timerMs = null
      if (atMs % slideMs === 0) say(key, atMs, context)
      while (state.paneStarts.length > 0 && state.paneStarts[0]! + sizeMs + latenessMs <= atMs) {
        state.paneStarts.shift()
        state.paneAccs.shift()
      }
      while (state.saidEnds.length > 0 && state.saidEnds[0]! + latenessMs <= atMs) {
        state.saidEnds.shift()
        state.saidRevisions.shift()
      }
      schedule(atMs, context)
    },
  }
}
