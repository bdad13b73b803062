import type { AgentDefinition } from '../definition/definition.ts'
import type { Step } from '../definition/step.ts'
import type { ExecutionDeps } from './deps.ts'
import type { Failure, Happened } from './entry.ts'
import type { RunKey } from './journal.ts'
import type { Memory } from './memory.ts'
import type { Payload } from './payload.ts'
import type { RunRow, WaitRow } from './run-row.ts'
import type { Scope } from './scope.ts'

/** Waits that are over sooner are sat out; longer ones put the run to rest. */
export const mostSatOutMs = 5_000

/** How a step came out. */
export interface StepDone {
  /** Default `done`; a branch's case, an approval's answer, `error`. */
  exit?: string
  output?: unknown
  failure?: Failure
}

export interface GraphEnd {
  /** Output of the last step, in the order of the definition, that ran. */
  last: unknown
  /** A step failed and nothing in the definition handles it. */
  failure: Failure | null
}

/** A run under way, as its steps see it. */
export interface Running {
  readonly key: RunKey
  readonly definition: AgentDefinition
  readonly row: RunRow
  readonly deps: ExecutionDeps
  readonly memory: Memory
  /** Fires when the run is cancelled, or this process has lost it. */
  readonly cancelled: AbortController
  /** The process may no longer write of this run. */
  readonly isLost: boolean
  /** Remembers it and writes it with the next that is to be durable, or in a moment. */
  record(path: string, happened: Happened): void
  /** Resolves once all that was recorded is durable. */
  durable(): Promise<void>
  keep(value: unknown): Promise<Payload>
  whileWorking<T>(work: () => Promise<T>): Promise<T>
  /** For what only waits for work inside it; the caller is at work. */
  whileResting<T>(work: () => Promise<T>): Promise<T>
  /**
   * Waits at a path until the wait is answered; the run may rest meanwhile, and then this never resolves. The caller is at work (`whileWorking`).
   * Rejects when the run is cancelled. `once` is done while the wait is open, and again after a crash.
   */
  wait(
    path: string,
    asked: Pick<WaitRow, 'kind'> & Partial<Pick<WaitRow, 'until_ms' | 'event' | 'question'>>,
    once?: () => Promise<void>,
  ): Promise<WaitRow>
  /** Runs steps of a graph inside this run; see `runGraph`. */
  runGraph(steps: readonly Step[], scope: Scope, prefix: string): Promise<GraphEnd>
}
