import type { Durable, DurableWorkflow } from '@heavylift/store'
import { sleep } from '@heavylift/core/async'
import type { AgentDefinition } from '../definition/definition.ts'
import type { ExecutionDeps } from './deps.ts'
import { Execution, RunTaken } from './execution.ts'
import type { Failure } from './entry.ts'
import type { Journal, RunKey } from './journal.ts'
import { isOutage, messageOf } from './memory.ts'
import type { RunRow } from './run-row.ts'
import { type PostgresRunStore, workflowName } from './run-store.ts'

export type FindDefinition = (tenantId: string, agent: string, version: number) => Promise<AgentDefinition>

/** A run whose work breaks off so often for no reason of the database's is ended. */
const mostBroken = 5
/** So is one that was taken over so often within a stretch. */
const mostTakeovers = 100

/** Part of a run between two rests. */
interface Stretch extends RunKey {
  segment: number
}

/**
 * Works on runs. Each stretch of a run between two rests is one durable run of the store, which says whose it is and hands it to another process
 * when that one dies; what the run has done is in its journal alone, so that a step costs no transaction of its own.
 */
export class Executor {
  readonly #deps: ExecutionDeps
  readonly #depsOf: (row: RunRow, definition: AgentDefinition) => Promise<ExecutionDeps>
  readonly #store: PostgresRunStore
  readonly #find: FindDefinition
  readonly #journal: Journal
  readonly #workflow: DurableWorkflow<Stretch, null>
  /** Rows that this process has just written, which nobody else can have claimed. */
  readonly #fresh = new Map<string, RunRow>()
  readonly #under = new Map<string, Execution>()
  /** Runs on their way to `#under`; true where a word came for one meanwhile. */
  readonly #opening = new Map<string, boolean>()
  readonly #ends = new Map<string, Set<() => void>>()
  readonly #stopOf: (row: RunRow) => Failure | null
  readonly #signal: AbortSignal
  #isReady = false
  onFree: () => void = () => undefined

  constructor(options: {
    deps: ExecutionDeps
    journal: Journal
    store: PostgresRunStore
    durable: Durable
    find: FindDefinition
    /** What a run works with: for one that plays a case, what was recorded. */
    depsOf: (row: RunRow, definition: AgentDefinition) => Promise<ExecutionDeps>
    /** Why a run may not go on, or null. */
    stopOf: (row: RunRow) => Failure | null
    signal: AbortSignal
  }) {
    this.#stopOf = options.stopOf
    this.#deps = options.deps
    this.#depsOf = options.depsOf
    this.#store = options.store
    this.#find = options.find
    this.#journal = options.journal
    this.#signal = options.signal
    this.#workflow = options.durable.workflow<Stretch, null>(workflowName, async (_run, stretch) => {
      await this.#workOn(stretch)
      return null
    })
  }

  /** False until durable runs have started in this process. */
  async isReady(): Promise<boolean> {
    this.#isReady ||= await this.#workflow.status('-').then(
      () => true,
      () => false,
    )
    return this.#isReady
  }

  /** Runs that this process works on. */
  get count(): number {
    return this.#under.size + this.#fresh.size
  }

  /** Begins a run that is `running` in the database. What fails here is found by `forsaken` later. */
  begin(row: RunRow, isFresh: boolean): void {
    const key: Stretch = { tenantId: row.tenant_id, runId: row.id, segment: row.segment }
    if (isFresh) this.#fresh.set(nameOf(key), row)
    this.#opening.set(nameOf(key), false)
    this.#workflow.start(key, { id: `${row.tenant_id}:${row.id}:${row.segment}` }).catch((error: unknown) => {
      this.#fresh.delete(nameOf(key))
      this.#opening.delete(nameOf(key))
      if (!this.#signal.aborted)
        this.#deps.log.warn(
          { run: row.id, error: messageOf(error) },
          'a run could not be begun now; it is soon',
        )
    })
  }

  /** Calls `onEnd` when a run ends in this process. Returns how to stop. */
  listenForEnd(key: RunKey, onEnd: () => void): () => void {
    const name = nameOf(key)
    const all = this.#ends.get(name) ?? new Set()
    this.#ends.set(name, all.add(onEnd))
    return () => {
      all.delete(onEnd)
      if (all.size === 0) this.#ends.delete(name)
    }
  }

  #tellEnded(name: string): void {
    for (const onEnd of this.#ends.get(name) ?? []) onEnd()
  }

  /** Ends the runs here for which there is a reason. */
  cancelWhere(failureFor: (row: RunRow) => Failure | null): void {
    for (const execution of this.#under.values()) {
      const failure = failureFor(execution.row)
      if (failure !== null) execution.cancel(failure)
    }
  }

  /** Looks for answers and for a wish to cancel, where this process has the run. */
  async stir(key: RunKey): Promise<void> {
    const execution = this.#under.get(nameOf(key))
    if (execution === undefined) {
      if (this.#opening.has(nameOf(key))) this.#opening.set(nameOf(key), true)
      return
    }
    const row = await this.#store.find(key)
    if (row?.wants_cancel === true) execution.cancel(row.error ?? undefined)
    await execution.lookForAnswers()
  }

  async #workOn(key: Stretch): Promise<void> {
    for (let broken = 0; ;) {
      try {
        await this.#workOnce(key)
        return
      } catch (error) {
        await this.#untilStopped()
        // It is another's; were it nobody's, it would be found as forsaken soon. Claiming it back here could go on for ever between two.
        if (error instanceof RunTaken) return
        if (!isOutage(error)) {
          this.#deps.log.error({ run: key.runId, error: messageOf(error) }, 'work on a run broke off')
          if (++broken >= mostBroken) {
            await this.#giveUp(key, 'run-broke', `Work on it broke off ${broken} times: ${messageOf(error)}`)
            return
          }
        }
        await sleep(1_000, this.#signal)
        await this.#untilStopped()
      } finally {
        this.onFree()
      }
    }
  }

  /** What can never go on ends, and whoever waits for it here is told. */
  async #giveUp(key: RunKey, code: string, message: string): Promise<void> {
    await this.#store.fail(key, { code, message }, this.#deps.clock.nowMs())
    this.#tellEnded(nameOf(key))
  }

  /** While the process stops nothing is said of the run: another one, or the next start, goes on with it. */
  async #untilStopped(): Promise<void> {
    if (this.#signal.aborted) await new Promise<never>(() => undefined)
  }

  async #workOnce(key: Stretch): Promise<void> {
    const name = nameOf(key)
    const fresh = this.#fresh.get(name)
    this.#fresh.delete(name)
    if (!this.#opening.has(name)) this.#opening.set(name, false)
    const row = fresh ?? (await this.#store.claim(key, key.segment))
    if (row === null) {
      this.#opening.delete(name)
      return
    }
    if (row.epoch - row.segment > mostTakeovers) {
      await this.#giveUp(
        key,
        'run-abandoned',
        'It ended its process again and again and is not tried any more.',
      )
      return
    }
    const [definition, entries, waits] = await Promise.all([
      this.#find(row.tenant_id, row.agent, row.version),
      fresh ? [] : this.#journal.read(key),
      fresh ? [] : this.#store.waits(key),
    ])
    const deps = row.trigger.kind === 'case' ? await this.#depsOf(row, definition) : this.#deps
    const execution = new Execution(deps, { row, definition, entries, waits })
    this.#under.set(name, execution)
    const stopped = this.#stopOf(row)
    if (stopped !== null) execution.cancel(stopped)
    const isStirred = this.#opening.get(name) === true
    this.#opening.delete(name)
    if (isStirred) void this.stir(key).catch(() => undefined)
    try {
      if ((await execution.run()) !== 'ended') return
      this.#tellEnded(name)
      if (row.parent_run !== null)
        await this.#deps.onChildEnded({ tenantId: key.tenantId, runId: row.parent_run })
    } finally {
      if (this.#under.get(name) === execution) this.#under.delete(name)
    }
  }
}

function nameOf({ tenantId, runId }: RunKey): string {
  return `${tenantId}\n${runId}`
}
