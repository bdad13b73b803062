import { HeavyliftError } from '@heavylift/core'
import type { Entry, Failure, Happened } from './entry.ts'

type Of<Kind extends Happened['kind']> = Extract<Happened, { kind: Kind }>

/** What the journal says of one path. */
export interface Remembered {
  beganMs: number | null
  intent: Of<'intent'> | null
  /** How many calls were begun. */
  intents: number
  /** Of the last call; null while one is under way, and after a crash in one. */
  outcome: Of<'outcome'> | null
  /** What the call asked people, the newest last: a call that is repeated gets the answers again. */
  asks: Of<'outcome'>[]
  answer: Of<'answer'> | null
  again: Of<'again'> | null
  verdict: Of<'verdict'> | null
  end: Of<'ended'> | Of<'skipped'> | null
}

/** What a run has done, by path: a step that goes on after a crash takes from here what it did before. */
export class Memory {
  readonly #paths = new Map<string, Remembered>()
  #nextSeq = 0
  costMicros = 0
  tokens = 0

  constructor(entries: readonly Entry[] = []) {
    for (const entry of entries) this.add(entry)
  }

  get nextSeq(): number {
    return this.#nextSeq
  }

  of(path: string): Remembered {
    let found = this.#paths.get(path)
    if (found === undefined) {
      found = {
        beganMs: null,
        intent: null,
        intents: 0,
        outcome: null,
        asks: [],
        answer: null,
        again: null,
        verdict: null,
        end: null,
      }
      this.#paths.set(path, found)
    }
    return found
  }

  add({ seq, path, atMs, happened }: Entry): void {
    this.#nextSeq = Math.max(this.#nextSeq, seq + 1)
    const at = this.of(path)
    switch (happened.kind) {
      case 'began':
        at.beganMs ??= atMs
        return
      case 'intent':
        at.intent = happened
        at.intents++
        // A new call: the outcome of the one before is not its.
        at.outcome = null
        return
      case 'outcome':
        at.outcome = happened
        if (happened.state === 'asks') at.asks.push(happened)
        return
      case 'answer':
        at.answer = happened
        this.costMicros += happened.usage?.costMicros ?? 0
        this.tokens += (happened.usage?.promptTokens ?? 0) + (happened.usage?.completionTokens ?? 0)
        return
      case 'spent':
        this.costMicros += happened.costMicros
        return
      case 'again':
        at.again = happened
        return
      case 'verdict':
        at.verdict = happened
        return
      case 'ended':
      case 'skipped':
        at.end = happened
        return
      case 'waits':
    }
  }
}

/** A step's failure on its way to whoever handles it: the step's `error` exit, or the run. */
export class StepFailed extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.message)
    this.failure = failure
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** A failure as the journal keeps it. A defect of ours is one too: the run fails and says so, rather than to begin anew for ever. */
export function failureOf(error: unknown): Failure {
  if (error instanceof StepFailed) return error.failure
  if (HeavyliftError.isInstance(error)) return { code: error.code, message: error.message }
  return { code: 'step-failed', message: messageOf(error) }
}

/** The database or the object store is away: nothing can be written, so nothing has failed. */
export function isOutage(error: unknown): boolean {
  return (
    HeavyliftError.isInstance(error) &&
    ['database-unavailable', 'objects-unavailable', 'disk-full', 'shutting-down'].includes(error.code)
  )
}
