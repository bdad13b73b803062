import { unlessAborted } from '@heavylift/core/async'
import type { AgentDefinition } from '../definition/definition.ts'
import type { Step } from '../definition/step.ts'
import type { ExecutionDeps } from './deps.ts'
import { cancelledFailure } from './entry.ts'
import type { Entry, Failure, Happened } from './entry.ts'
import { runGraph } from './graph.ts'
import type { RunEnd, RunKey } from './journal.ts'
import { Memory, messageOf } from './memory.ts'
import type { Payload } from './payload.ts'
import type { GraphEnd, Running } from './running.ts'
import type { RunRow, WaitRow } from './run-row.ts'
import type { Scope } from './scope.ts'

/** This process has lost the run to another one, which goes on with it. */
export class RunTaken extends Error {}

/** Entries that nothing waits for are written this soon, so that a live view has them. */
const lazyMs = 100

/**
 * One run on its way through its steps. It takes what it did before from the journal, so it may begin anew at any moment: everything that
 * was written is not done again, and what was not written is. When all that is left waits (for a time, an event, a person), it
 * ends without holding anything, and another goes on after the answer.
 */
export class Execution implements Running {
  readonly key: RunKey
  readonly definition: AgentDefinition
  readonly row: RunRow
  readonly deps: ExecutionDeps
  readonly memory: Memory
  /** Fires when the run is cancelled or one of its steps failed for good. */
  readonly cancelled = new AbortController()
  readonly #answers = new Map<string, WaitRow>()
  readonly #waiters = new Map<string, (answer: WaitRow) => void>()
  readonly #rest = Promise.withResolvers<'suspended'>()
  #lost: Error | null = null
  #pending: Entry[] = []
  #pendingWaits: WaitRow[] = []
  #taken: string[] = []
  #lazyTimer: NodeJS.Timeout | null = null
  /** Steps that work, not those that wait. */
  #working = 0
  #isResting = false
  /** Why it was cancelled, once somebody has said. */
  #cancelledFor: Failure | null = null

  constructor(
    deps: ExecutionDeps,
    run: { row: RunRow; definition: AgentDefinition; entries: readonly Entry[]; waits: readonly WaitRow[] },
  ) {
    this.deps = deps
    this.row = run.row
    this.key = { tenantId: run.row.tenant_id, runId: run.row.id }
    this.definition = run.definition
    this.memory = new Memory(run.entries)
    for (const wait of run.waits) this.#answers.set(wait.path, wait)
    if (run.row.wants_cancel) this.cancel(run.row.error ?? undefined)
  }

  /** Rejects with `RunTaken`, or with an error of the store: then the run begins anew from its journal. */
  async run(): Promise<'ended' | 'suspended'> {
    const ended = this.#runAndEnd()
    // After a rest nothing of it goes on: what it waited for never comes to this object.
    ended.catch(() => undefined)
    return await Promise.race([ended, this.#rest.promise])
  }

  async #runAndEnd(): Promise<'ended'> {
    const { row, deps, definition } = this
    const input = await deps.payloads.read(row.input)
    const scope: Scope = {
      input,
      steps: {},
      run: {
        id: row.id,
        agent: row.agent,
        version: row.version,
        startedMs: row.started_ms ?? row.created_ms,
      },
    }
    const { failure, last } = await this.runGraph(definition.steps, scope, '')
    if (this.cancelled.signal.aborted && failure === null)
      return await this.#end('cancelled', null, this.#cancelledFor ?? cancelledFailure)
    if (failure !== null) {
      const isCancelled = failure.code === 'run-cancelled'
      return isCancelled
        ? await this.#end('cancelled', null, this.#cancelledFor ?? cancelledFailure)
        : await this.#end('failed', null, failure)
    }
    let output: unknown = last
    try {
      if (definition.result !== undefined) output = deps.expressions.fill(definition.result, scope)
    } catch (error) {
      return await this.#end('failed', null, { code: 'result-wrong', message: messageOf(error) })
    }
    const misfit = definition.output === undefined ? null : await deps.misfit(definition.output, output)
    if (misfit !== null)
      return await this.#end('failed', null, {
        code: 'output-misfit',
        message: `The result does not fit the definition's output: ${misfit}`,
      })
    return await this.#end(
      'done',
      await deps.payloads.keep(this.key.tenantId, this.key.runId, output ?? null),
      null,
    )
  }

  async #end(state: RunEnd['state'], output: Payload | null, error: Failure | null): Promise<'ended'> {
    await this.durable({
      state,
      output,
      error,
      costMicros: this.memory.costMicros,
      tokens: this.memory.tokens,
      endedMs: this.deps.clock.nowMs(),
    })
    return 'ended'
  }

  record(path: string, happened: Happened): void {
    if (this.#lost !== null) throw this.#lost
    const entry = { seq: this.memory.nextSeq, path, atMs: this.deps.clock.nowMs(), happened }
    this.memory.add(entry)
    this.#pending.push(entry)
    this.#lazyTimer ??= setTimeout(() => void this.durable().catch(() => undefined), lazyMs)
  }

  /** Resolves once all that was recorded is durable. */
  async durable(end?: RunEnd): Promise<void> {
    if (this.#lost !== null) throw this.#lost
    if (this.#lazyTimer !== null) clearTimeout(this.#lazyTimer)
    this.#lazyTimer = null
    const entries = this.#pending
    const waits = this.#pendingWaits
    const taken = this.#taken
    this.#pending = []
    this.#pendingWaits = []
    this.#taken = []
    try {
      const more = { waits, taken, ...(end ? { end } : {}) }
      if (await this.deps.journal.append(this.key, this.row.epoch, entries, more)) return
    } catch (error) {
      this.#lose(error instanceof Error ? error : new Error(String(error)))
      throw error
    }
    const error = new RunTaken()
    this.#lose(error)
    throw error
  }

  /** Nothing that happens from here on is this object's to write. */
  #lose(error: Error): void {
    this.#lost ??= error
    this.cancelled.abort(error)
    this.#rest.reject(error)
  }

  runGraph(steps: readonly Step[], scope: Scope, prefix: string): Promise<GraphEnd> {
    return runGraph(this, steps, scope, prefix)
  }

  async keep(value: unknown): Promise<Payload> {
    return await this.deps.payloads.keep(this.key.tenantId, this.key.runId, value)
  }

  async whileWorking<T>(work: () => Promise<T>): Promise<T> {
    this.#working++
    try {
      return await work()
    } finally {
      this.#working--
      this.#restSoon()
    }
  }

  async whileResting<T>(work: () => Promise<T>): Promise<T> {
    this.#working--
    try {
      return await work()
    } finally {
      this.#working++
    }
  }

  async wait(
    path: string,
    asked: Pick<WaitRow, 'kind'> & Partial<Pick<WaitRow, 'until_ms' | 'event' | 'question'>>,
    once?: () => Promise<void>,
  ): Promise<WaitRow> {
    const there = this.#answers.get(path)
    if (there?.answered_ms != null) {
      this.#taken.push(path)
      return there
    }
    if (there === undefined) {
      const row: WaitRow = {
        tenant_id: this.key.tenantId,
        run_id: this.key.runId,
        path,
        kind: asked.kind,
        until_ms: asked.until_ms ?? null,
        event: asked.event ?? null,
        question: asked.question ?? null,
        opened_ms: this.deps.clock.nowMs(),
        answer: null,
        answered_by: null,
        answered_ms: null,
        is_taken: false,
      }
      if (this.deps.rehearsed !== undefined)
        return { ...row, ...this.deps.rehearsed(path, asked.kind), answered_ms: row.opened_ms }
      this.#answers.set(path, row)
      this.#pendingWaits.push(row)
      this.record(path, { kind: 'waits', for: asked.kind })
      await this.durable()
    }
    const answered = Promise.withResolvers<WaitRow>()
    this.#waiters.set(path, answered.resolve)
    await once?.()
    this.#working--
    this.#restSoon()
    try {
      const answer = await unlessAborted(answered.promise, this.cancelled.signal)
      this.#taken.push(path)
      return answer
    } finally {
      this.#working++
      this.#waiters.delete(path)
    }
  }

  /** Answers may have come: looks, and goes on with those there are. */
  async lookForAnswers(): Promise<void> {
    // While it goes to rest nothing may go on: the answer stays untaken, and whoever wakes the run finds it.
    if (this.#waiters.size === 0 || this.#isResting) return
    await this.#takeAnswers()
  }

  async #takeAnswers(): Promise<void> {
    const waits = await this.deps.runStore.waits(this.key)
    if (this.#isResting) return
    for (const wait of waits) {
      if (wait.answered_ms === null) continue
      this.#answers.set(wait.path, wait)
      this.#waiters.get(wait.path)?.(wait)
    }
  }

  get isLost(): boolean {
    return this.#lost !== null
  }

  cancel(because?: Failure): void {
    this.#cancelledFor ??= because ?? null
    this.cancelled.abort(new Error('cancelled'))
  }

  #restSoon(): void {
    if (this.#working > 0 || this.#waiters.size === 0 || this.#isResting) return
    this.#isResting = true
    // What goes on in this turn of the event loop begins its work before it ends.
    setImmediate(() => void this.#restNow())
  }

  async #restNow(): Promise<void> {
    try {
      if (this.#working > 0 || this.#lost !== null) return
      await this.durable()
      if (this.#working > 0) return
      const { costMicros, tokens } = this.memory
      const found = await this.deps.runStore.suspend(this.key, this.row.epoch, costMicros, tokens)
      if (found === 'rests') this.#rest.resolve('suspended')
      else if (found === 'cancelled') this.cancel()
      else {
        this.#isResting = false
        await this.#takeAnswers()
      }
    } catch (error) {
      this.#lose(error instanceof Error ? error : new Error(String(error)))
    } finally {
      this.#isResting = false
    }
  }
}
