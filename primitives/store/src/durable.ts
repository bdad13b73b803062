/** Runs that survive a crash: each finished step is recorded, and a restart goes on after the last one. */
export interface Durable {
  /**
   * Registers a workflow at start-up, before anything is started. `run` must be deterministic apart from its steps.
   * `name` is unique in the process, e.g. `shop.import`.
   */
  workflow<Input, Output>(
    name: string,
    run: (run: DurableRun, input: Input) => Promise<Output>,
    options?: { /** How many run at once in this process; others queue. */ concurrency?: number },
  ): DurableWorkflow<Input, Output>
  /** Runs every `everyMs`, at most once a tick across all processes; a missed tick is not made up for. */
  schedule(name: string, everyMs: number, run: (run: DurableRun) => Promise<void>): void
}

export interface DurableRun {
  /** The run's id; a stable idempotency key for what its steps do outside. */
  id: string
  /**
   * Runs `action` and records its (JSON) result; after a crash a recorded step is not run again. A crash between the
   * action and the record runs it once more, so an action with a side effect must carry an idempotency key or
   * be one database transaction that is.
   * The signal aborts when the run is cancelled or the process stops; what the action throws then is not recorded.
   */
  step<T>(
    name: string,
    action: (signal: AbortSignal) => Promise<T>,
    options?: { retries?: number },
  ): Promise<T>
  sleep(ms: number): Promise<void>
}

export type DurableStatus = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'

export interface DurableWorkflow<Input, Output> {
  /** Starts a run, or joins the run of the same `id` if there is one (same id, same run, never twice). */
  start(input: Input, options?: { id?: string }): Promise<{ id: string }>
  /** Resolves when the run ends; rejects with its error. */
  result(id: string): Promise<Output>
  status(id: string): Promise<DurableStatus | null>
  cancel(id: string): Promise<void>
}
