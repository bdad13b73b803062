import { Readable } from 'node:stream'
import { NotFoundError } from '@heavylift/core'
import { mapConcurrently } from '@heavylift/core/async'
import type { Caller, Clock, Logger } from '@heavylift/core'
import type { DurableWorkflow, Store } from '@heavylift/store'
import type { Gateway } from '../gateway/gateway.ts'
import type { KeptFiles } from '../kept/kept-files.ts'
import type { UsageStore } from '../metering/usage-store.ts'
import type { JsonObject } from '../wire/codec.ts'
import { askLine } from './ask-line.ts'
import { isAnthropic, isOver } from './batch.ts'
import type { Batch, BatchLine, BatchProblem, BatchStatus } from './batch.ts'
import type { BatchStore } from './batch-store.ts'
import { outputLine } from './output-line.ts'
import { readLines } from './read-lines.ts'

/** Requests of one batch under way together; they go behind everything interactive. */
const asksAtOnce = 8
const claimedAtOnce = 256
const dayMs = 86_400_000

export interface BatchesParts {
  store: BatchStore
  files: KeptFiles
  gateway: Gateway
  durable: Store['durable']
  usage: Pick<UsageStore, 'readCall'>
  clock: Clock
  log: Logger
}

interface Key {
  tenantId: string
  id: string
}

export interface NewBatch {
  endpoint: string
  inputFileId: string
  metadata: JsonObject | null
  /** From now; what is not answered then is not asked for any more. */
  windowMs: number
}

/**
 * Batches of requests, each a durable run: read → asked → written out. Every request's state is a row, so that a run that
 * is killed goes on with what is not answered; a request that had been answered and billed, but whose answer was lost
 * with the process, is asked for again and booked as waste, not billed twice.
 */
export class Batches {
  readonly files: KeptFiles
  readonly #parts: BatchesParts
  readonly #runs: DurableWorkflow<Key, null>

  /** Registers the run, so before the host's runs begin. */
  constructor(parts: BatchesParts) {
    this.#parts = parts
    this.files = parts.files
    this.#runs = parts.durable.workflow('models.batch', async (run, key: Key) => {
      const isRead = await run.step('read', () => this.#read(key))
      if (isRead) await run.step('ask', (signal) => this.#ask(key, signal))
      if (isRead) await run.step('write', () => this.#write(key))
      return null
    })
  }

  get keepMs(): number {
    return this.#parts.gateway.config.batches.keepDays * dayMs
  }

  async create({ tenantId, keyId, limits }: Caller, wanted: NewBatch): Promise<Batch> {
    const { store, clock, gateway } = this.#parts
    const madeAtMs = clock.nowMs()
    const batch: Batch = {
      tenantId,
      id: gateway.ids.next(wanted.endpoint === '/v1/messages' ? 'msgbatch' : 'batch'),
      endpoint: wanted.endpoint,
      inputFileId: wanted.inputFileId,
      keyId,
      limits: limits ?? null,
      metadata: wanted.metadata,
      status: 'validating',
      times: {},
      errors: null,
      total: 0,
      completed: 0,
      failed: 0,
      outputFileId: null,
      errorFileId: null,
      madeAtMs,
      expiresAtMs: madeAtMs + wanted.windowMs,
    }
    await store.insert(batch)
    await this.#runs.start({ tenantId, id: batch.id }, { id: batch.id })
    return batch
  }

  /** Throws `batch-unknown` (404). */
  async find(key: Key, ofAnthropic: boolean): Promise<Batch> {
    const batch = await this.#parts.store.find(key)
    if (batch !== null && isAnthropic(batch) === ofAnthropic) return batch
    throw new NotFoundError({
      code: 'batch-unknown',
      message: `There is no batch "${key.id.slice(0, 100)}".`,
    })
  }

  list(tenantId: string, ofAnthropic: boolean): Promise<Batch[]> {
    return this.#parts.store.list(tenantId, ofAnthropic)
  }

  /** What is under way is waited for, nothing more is asked. Does nothing to a batch that is over. */
  async cancel(key: Key): Promise<void> {
    await this.#parts.store.advance(key, ['validating', 'in_progress'], 'cancelling')
  }

  /** Of a batch that is over, with its files. */
  async drop({ tenantId, id, inputFileId, outputFileId, errorFileId }: Batch): Promise<void> {
    for (const file of [inputFileId, outputFileId, errorFileId]) {
      if (file !== null) await this.files.drop(tenantId, file)
    }
    await this.#parts.store.drop({ tenantId, id })
  }

  /** Waits for the run's end; for tests. */
  async ended(id: string): Promise<void> {
    await this.#runs.result(id)
  }

  /** False when nothing of it can be asked. */
  async #read(key: Key): Promise<boolean> {
    const { store } = this.#parts
    const batch = await store.find(key)
    if (batch === null || isOver(batch)) return false
    const file = await this.files.read(key.tenantId, batch.inputFileId)
    const fail = (errors: BatchProblem[]) =>
      store.advance(key, ['validating', 'cancelling'], 'failed', { errors }).then(() => false)
    if (file === null) {
      return fail([
        { code: 'file_unknown', message: 'The file is gone.', line: null, param: 'input_file_id' },
      ])
    }
    const { lines, problems } = await readLines(file, batch.endpoint)
    if (problems.length > 0) return fail(problems)
    await store.addLines(key, lines)
    await store.advance(key, ['validating'], 'in_progress')
    return true
  }

  async #ask(key: Key, signal: AbortSignal): Promise<null> {
    const { store, gateway, clock } = this.#parts
    const batch = await store.find(key)
    if (batch === null) return null
    const mayGoOn = async () =>
      clock.nowMs() < batch.expiresAtMs && (await store.statusOf(key)) === 'in_progress'
    const askOne = async (line: BatchLine & { callId: string | null }, isLeftOver: boolean) => {
      if (!(await mayGoOn())) return
      signal.throwIfAborted()
      const { callId, isRepeat } = await this.#callFor(key, line, isLeftOver)
      const said = await askLine(
        gateway,
        batch,
        { ...line, callId },
        {
          isRepeat,
          signal,
          mayGoOn,
          askAgain: async (again) => {
            if (!isRepeat) await store.askAgain(key, line.line, again)
          },
        },
      )
      if (said !== null) await store.answered(key, line.line, said.statusCode, said.answer)
    }
    await mapConcurrently(await store.leftOver(key), asksAtOnce, (line) => askOne(line, true))
    while (await mayGoOn()) {
      const lines = await store.claim(key, claimedAtOnce, () => gateway.ids.next('call'))
      if (lines.length === 0) break
      await mapConcurrently(lines, asksAtOnce, (line) => askOne(line, false))
    }
    return null
  }

  /** Under which id a request is asked for; of one that an earlier process left, what became of its call. */
  async #callFor(
    key: Key,
    { line, callId }: BatchLine & { callId: string | null },
    isLeftOver: boolean,
  ): Promise<{ callId: string; isRepeat: boolean }> {
    const before =
      isLeftOver && callId !== null ? await this.#parts.usage.readCall(key.tenantId, callId) : null
    if (before === null && callId !== null) return { callId, isRepeat: false }
    const again = this.#parts.gateway.ids.next('call')
    const isRepeat = before?.call.status === 'ok'
    // What was billed stays the call of this request, whatever comes between.
    if (!isRepeat) await this.#parts.store.askAgain(key, line, again)
    return { callId: again, isRepeat }
  }

  async #write(key: Key): Promise<null> {
    const { store, files, clock } = this.#parts
    const batch = await store.find(key)
    if (batch === null || isOver(batch)) return null
    const end: BatchStatus =
      batch.status === 'cancelling' || batch.status === 'cancelled'
        ? 'cancelled'
        : batch.completed + batch.failed < batch.total && clock.nowMs() >= batch.expiresAtMs
          ? 'expired'
          : 'completed'
    await store.advance(key, ['in_progress'], 'finalizing')
    const put = async (kind: 'output' | 'error', isWanted: boolean) => {
      if (!isWanted) return null
      const body = Readable.toWeb(Readable.from(this.#output(batch, end, kind))) as ReadableStream<Uint8Array>
      const purpose = 'batch_output'
      const name = { id: `file-${batch.id}-${kind}`, filename: `${batch.id}_${kind}.jsonl`, purpose }
      return (await files.put(key.tenantId, { ...name, keepMs: this.keepMs }, body)).id
    }
    const isOneFile = isAnthropic(batch)
    const outputFileId = await put('output', isOneFile || batch.completed > 0)
    const errorFileId = await put('error', !isOneFile && batch.completed < batch.total)
    await store.close(key, end, { outputFileId, errorFileId })
    return null
  }

  async *#output(batch: Batch, end: BatchStatus, kind: 'output' | 'error'): AsyncGenerator<Uint8Array> {
    for await (const line of this.#parts.store.lines(batch)) {
      const isGood = line.statusCode >= 200 && line.statusCode < 300
      if (!isAnthropic(batch) && isGood !== (kind === 'output')) continue
      yield Buffer.from(`${JSON.stringify(outputLine(batch, line, end))}\n`)
    }
  }
}
