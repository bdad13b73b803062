import type { Meant } from '@heavylift/models/meaning'
import { sleep } from '@heavylift/core/async'
import type { Clock, Ids, Logger, ServerEvent, Telemetry } from '@heavylift/core'
import type { Ledger } from '@heavylift/store'
import type { AnswerPart } from '../domain/answer.ts'
import type { BrandPages, Catalog, ProductSearch, ShopperMemory, StoreTools } from '../domain/ports.ts'
import { AspectCache } from './aspects/aspect-cache.ts'
import type { ConversationStore, NewTurn, StartedTurn, TurnRow } from './conversations/conversation-store.ts'
import type { TurnInputs } from './conversations/tables.ts'
import type { AskModel } from './by-model/ask-model.ts'
import { LiveTurn, recordedEvents } from './live-turn.ts'
import type { EventPlace } from './live-turn.ts'
import { Slots } from './slots.ts'
import { answerTurn, hashInputs } from './turn.ts'
import type { Narrate, TurnOutcome } from './turn.ts'
import { noVerification } from './verification.ts'
import type { Verification } from './verification.ts'

export interface AssistantDeps {
  clock: Clock
  ids: Ids
  log: Logger
  telemetry: Telemetry
  ledger: Ledger
  store: ConversationStore
  catalog(tenantId: string): Catalog
  search(tenantId: string): ProductSearch
  /** What a text means to the model for embeddings, or null. */
  meant(tenantId: string, text: string): Promise<Meant | null>
  /** What the store itself answers to such a message; null when it has said nothing of it. */
  ownAnswer(tenantId: string, message: string): Promise<string | null>
  memory(tenantId: string): ShopperMemory
  tools(tenantId: string): StoreTools
  narrate: Narrate
  /** Lets a model read messages and choose what answers them; null while there is none for it. */
  ask?: () => AskModel | null
  brandPages: BrandPages
  /** How near a question is in meaning to some texts, by text; null where it is not known. */
  near?: (
    tenantId: string,
    question: string,
    texts: readonly string[],
  ) => Promise<ReadonlyMap<string, number> | null>
  /** Recorded with each answer, with the model that worded it. */
  version: string
  /** Aborts when the process stops. */
  signal: AbortSignal
}

/** An answer that takes longer is cut; the lease of a turn is longer. */
const turnLimitMs = 60_000
/** Look-ups of so many answers at once: enough to overlap waiting for the database, few enough to keep first chunks fast. */
const answersAtOnce = 2
/** A finished answer stays in memory so long for clients that reconnect; afterwards its record serves them. */
const keepFinishedMs = 20_000

const firstContentBuckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** The assistant of all tenants: records messages, runs answers apart from their listeners, and resumes them. */
export class Assistant {
  readonly #deps: AssistantDeps
  readonly #live = new Map<string, LiveTurn>()
  readonly #running = new Set<Promise<void>>()
  readonly #aspects = new AspectCache()
  readonly #slots = new Slots(answersAtOnce)
  readonly #answered
  readonly #firstContent
  readonly #sentences

  constructor(deps: AssistantDeps) {
    this.#deps = deps
    this.#answered = deps.telemetry.counter('shop_answers_total', 'Answers by how they ended.', ['status'])
    this.#firstContent = deps.telemetry.histogram(
      'shop_first_content_seconds',
      'From the message to the first card, table or word of the answer.',
      firstContentBuckets,
    )
    this.#sentences = deps.telemetry.counter(
      'shop_model_sentences_total',
      'Sentences of models by verdict.',
      ['verdict'],
    )
  }

  /** Answers now running in this process. */
  get running(): number {
    return this.#running.size
  }

  /** Records the message, then streams its answer. The same client message again joins the answer that there is. */
  async ask(turn: NewTurn): Promise<{ turnId: string; events: AsyncIterable<ServerEvent> }> {
    const begun = await this.#deps.store.begin(turn)
    if ('started' in begun) {
      return { turnId: begun.started.turnId, events: this.#run(begun.started).events(0) }
    }
    return { turnId: begun.existing.id, events: await this.#join(begun.existing, turn.shopperId, null) }
  }

  /**
   * Goes on with the newest answer of a conversation after `place`; null when there is none to go on with. An answer
   * whose process died is made again as a new attempt, from its start.
   */
  async resume(
    tenantId: string,
    conversationId: string,
    shopperId: string | null,
    place: EventPlace | null,
  ): Promise<AsyncIterable<ServerEvent> | null> {
    const row = await this.#deps.store.latest(tenantId, conversationId, shopperId)
    if (!row) return null
    // Without a place there is nothing to resume once the answer is complete (the client has it in its history).
    if (place === null && row.status === 'done') return null
    return this.#join(row, shopperId, place)
  }

  async #join(
    row: TurnRow,
    shopperId: string | null,
    place: EventPlace | null,
  ): Promise<AsyncIterable<ServerEvent>> {
    const from = (attempt: number) =>
      place?.turnId === row.id && place.attempt === attempt ? place.index + 1 : 0
    const live = this.#live.get(keyOf(row.tenant_id, row.id))
    if (live) return live.events(from(live.attempt))
    if (row.status === 'done' && row.parts)
      return recordedEvents(row.id, row.attempt, row.parts, from(row.attempt))
    const taken = await this.#deps.store.takeOver(row, shopperId)
    if (taken) return this.#run(taken).events(0)
    return this.#await(row)
  }

  /** Another process answers: waits for its record. */
  async *#await(row: TurnRow): AsyncGenerator<ServerEvent> {
    const started = this.#deps.clock.monotonicMs()
    while (this.#deps.clock.monotonicMs() - started < turnLimitMs && !this.#deps.signal.aborted) {
      await sleep(250, this.#deps.signal)
      const now = await this.#deps.store.latestById(row.tenant_id, row.id)
      if (now?.status === 'done' && now.parts) {
        yield* recordedEvents(now.id, now.attempt, now.parts, 0)
        return
      }
      if (now?.status !== 'running') break
    }
    yield {
      data: {
        type: 'error',
        errorText: 'The answer was interrupted. Please ask again.',
      } satisfies AnswerPart,
    }
    yield { data: '[DONE]' }
  }

  #run(turn: StartedTurn): LiveTurn {
    const key = keyOf(turn.tenantId, turn.turnId)
    const live = new LiveTurn(turn.turnId, turn.attempt)
    this.#live.set(key, live)
    const run = this.#answer(turn, live).finally(() => {
      live.end()
      this.#running.delete(run)
      setTimeout(() => {
        if (this.#live.get(key) === live) this.#live.delete(key)
      }, keepFinishedMs).unref()
    })
    this.#running.add(run)
    return live
  }

  async #answer(turn: StartedTurn, live: LiveTurn): Promise<void> {
    const { clock, log, near } = this.#deps
    const startMs = clock.monotonicMs()
    const inputs: TurnInputs = {
      message: turn.message,
      pageProductId: turn.pageProductId,
      device: turn.device,
      shopperId: turn.shopperId,
      state: turn.state,
      atMs: turn.startedAtMs,
    }
    let firstContentMs: number | null = null
    const signal = AbortSignal.any([this.#deps.signal, AbortSignal.timeout(turnLimitMs)])
    let outcome: TurnOutcome | null = null
    let failure: string | null = null
    try {
      const catalog = this.#deps.catalog(turn.tenantId)
      const own = await this.#deps.ownAnswer(turn.tenantId, turn.message)
      const parts =
        own !== null
          ? storeAnswer(turn, own)
          : answerTurn(turn.turnId, turn.attempt, inputs, {
              tenantId: turn.tenantId,
              catalog,
              search: this.#deps.search(turn.tenantId),
              memory: turn.shopperId === null ? null : this.#deps.memory(turn.tenantId),
              tools: this.#deps.tools(turn.tenantId),
              aspects: this.#aspects,
              meant: (text) => this.#deps.meant(turn.tenantId, text),
              brandPages: this.#deps.brandPages,
              shopperId: turn.shopperId,
              conversationId: turn.conversationId,
              turnId: turn.turnId,
              monotonicMs: () => clock.monotonicMs(),
              signal,
              narrate: this.#deps.narrate,
              ask: this.#deps.ask?.() ?? null,
              ...(near ? { nearLines: (question, texts) => near(turn.tenantId, question, texts) } : {}),
              admit: () => this.#slots.take(),
            })
      let finish: AnswerPart | null = null
      for (;;) {
        const next = await parts.next()
        if (next.done) {
          outcome = next.value
          break
        }
        if (isContent(next.value)) firstContentMs ??= clock.monotonicMs() - startMs
        // Held back until the record is written: who has seen the end can rely on the record.
        if (next.value.type === 'finish') finish = next.value
        else live.push(next.value)
      }
      await this.#record(
        turn,
        inputs,
        [...live.parts, ...(finish ? [finish] : [])],
        outcome,
        null,
        firstContentMs,
        startMs,
      )
      if (finish) live.push(finish)
    } catch (error) {
      if (this.#deps.signal.aborted) {
        // The stop marks the turn as interrupted; the client asks again and it is answered anew.
        live.push({
          type: 'error',
          errorText: 'The server is restarting. The answer will be there in a moment.',
        })
        return
      }
      failure = error instanceof Error ? error.message : 'unknown'
      log.error({ err: error, tenantId: turn.tenantId, turnId: turn.turnId }, 'answer failed')
      live.push({
        type: 'error',
        errorText: 'Something went wrong while I looked that up. Please ask again.',
      })
      await this.#record(turn, inputs, live.parts, outcome, failure, firstContentMs, startMs).catch(
        (cause: unknown) => log.error({ err: cause, turnId: turn.turnId }, 'answer not recorded'),
      )
    }
    if (firstContentMs !== null) this.#firstContent.observe(firstContentMs / 1000)
    this.#answered.add(1, { status: failure === null ? 'done' : 'failed' })
    if (outcome) await this.#afterwards(turn, inputs, outcome, clock.monotonicMs() - startMs)
  }

  async #record(
    turn: StartedTurn,
    inputs: TurnInputs,
    parts: readonly AnswerPart[],
    outcome: TurnOutcome | null,
    error: string | null,
    firstContentMs: number | null,
    startMs: number,
  ): Promise<void> {
    await this.#deps.store.finish(turn, {
      status: error === null ? 'done' : 'failed',
      state: outcome?.state ?? inputs.state,
      inputs,
      inputHash: hashInputs(inputs),
      plan: outcome?.plan ?? null,
      calls: outcome?.calls ?? [],
      // All of them, transient ones too: an event's place in the record is its place in the stream.
      parts: [...parts],
      verification: outcome?.verification ?? noVerification,
      version: this.#versionOf(outcome?.verification ?? noVerification),
      error,
      firstContentMs,
      durationMs: this.#deps.clock.monotonicMs() - startMs,
    })
  }

  #versionOf({ model }: Verification): string {
    return model === null ? this.#deps.version : `${this.#deps.version}+${model}`
  }

  /** The ledger and the shopper's memory. Neither may spoil an answer that is out. */
  async #afterwards(
    turn: StartedTurn,
    inputs: TurnInputs,
    outcome: TurnOutcome,
    durationMs: number,
  ): Promise<void> {
    const { verification } = outcome
    for (const verdict of ['kept', 'replaced', 'dropped', 'repeated'] as const) {
      if (verification[verdict]) this.#sentences.add(verification[verdict], { verdict })
    }
    const decision = this.#deps.ledger.decide({
      id: turn.turnId,
      tenantId: turn.tenantId,
      system: 'shop',
      kind: 'answer',
      subjectId: turn.shopperId,
      inputRef: `shop/conversations/${turn.conversationId}/${turn.turnId}`,
      inputHash: hashInputs(inputs),
      output: {
        kind: outcome.plan.kind,
        intent: outcome.plan.understanding.intent,
        products: outcome.state.shownIds?.slice(0, 10) ?? [],
        relaxed: outcome.facts.search?.relaxed.length ?? 0,
        author: verification.author,
        kept: verification.kept,
        dropped: verification.dropped + verification.replaced,
      },
      confidence: null,
      costMicros: verification.costMicros,
      durationMs,
      version: this.#versionOf(verification),
      atMs: turn.startedAtMs,
    })
    const memory =
      turn.shopperId === null
        ? null
        : this.#deps.memory(turn.tenantId).remember(turn.shopperId, outcome.memories)
    for (const settled of await Promise.allSettled([decision, memory])) {
      if (settled.status === 'rejected') {
        this.#deps.log.warn({ err: settled.reason, turnId: turn.turnId }, 'after an answer')
      }
    }
  }

  /** Waits for running answers, which the deps' signal has told to stop, and marks what is left as interrupted. */
  async stop(): Promise<void> {
    await Promise.allSettled(this.#running)
    await this.#deps.store.release()
  }
}

function keyOf(tenantId: string, turnId: string): string {
  return `${tenantId}\n${turnId}`
}

/** What a shopper sees as the answer itself. */
function isContent(part: AnswerPart): boolean {
  return (
    part.type === 'text-delta' ||
    (part.type.startsWith('data-') &&
      part.type !== 'data-status' &&
      part.type !== 'data-understanding' &&
      part.type !== 'data-pills')
  )
}

/** What the store itself wrote, as an answer: no look-up, no model, no cards. */
async function* storeAnswer(turn: StartedTurn, text: string): AsyncGenerator<AnswerPart, null> {
  yield {
    type: 'start',
    messageId: `${turn.turnId}-${turn.attempt}`,
    messageMetadata: { conversationId: turn.conversationId, turnId: turn.turnId },
  }
  yield { type: 'text-start', id: 'text' }
  yield { type: 'text-delta', id: 'text', delta: text }
  yield { type: 'text-end', id: 'text' }
  yield { type: 'finish' }
  return null
}
