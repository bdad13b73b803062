import { hostname } from 'node:os'
import { NotFoundError } from '@heavylift/core'
import type { Clock, Ids } from '@heavylift/core'
import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import type { AnswerPart } from '../../domain/answer.ts'
import type { ToolCall } from '../facts.ts'
import type { Plan } from '../plan/plan.ts'
import type { Verification } from '../verification.ts'
import { outcomeCondition } from './outcomes.ts'
import type { TurnOutcomeName } from './outcomes.ts'
import type { ConversationState, ConversationTables, TurnInputs } from './tables.ts'

/** A message to record, before anything is answered. */
export interface NewTurn {
  tenantId: string
  conversationId: string
  shopperId: string | null
  clientMessageId: string | null
  message: string
  pageProductId: string | null
  device: string | null
}

export interface StartedTurn extends NewTurn {
  turnId: string
  attempt: number
  state: ConversationState
  startedAtMs: number
}

export interface FinishedTurn {
  status: 'done' | 'failed'
  state: ConversationState
  inputs: TurnInputs
  inputHash: string
  plan: Plan | null
  calls: ToolCall[]
  parts: AnswerPart[]
  verification: Verification
  version: string
  error: string | null
  firstContentMs: number | null
  durationMs: number
}

/** What a conversation is looked for by; null leaves it open. */
export interface ConversationFilter {
  shopperId: string | null
  /** As one types them into a search box: all of them, "quoted" together, -without. */
  words: string | null
  outcome: TurnOutcomeName | null
  /** When a turn was begun: from, and before. */
  fromMs: number | null
  toMs: number | null
}

export type TurnRow = Selectable<ConversationTables['turn']>

/** A turn is held for so long; a process that dies loses it then at the latest. Longer than any answer may take. */
const leaseMs = 90_000

/** Conversations in PostgreSQL. A message is committed here before its first chunk leaves. */
export class ConversationStore {
  readonly #db: Kysely<ConversationTables>
  readonly #clock: Clock
  readonly #ids: Ids
  readonly owner = `${hostname()}:${process.pid}`

  constructor(deps: { db: Kysely<ConversationTables>; clock: Clock; ids: Ids }) {
    this.#db = deps.db
    this.#clock = deps.clock
    this.#ids = deps.ids
  }

  /**
   * Records the message in one statement and gives the conversation's state. The same client message again gives
   * `existing`. Throws `conversation-not-found` when the conversation belongs to another shopper.
   */
  async begin(turn: NewTurn): Promise<{ started: StartedTurn } | { existing: TurnRow }> {
    const now = new Date(this.#clock.nowMs())
    const turnId = this.#ids.next('turn')
    const lease = new Date(now.getTime() + leaseMs)
    const result = await sql<{ state: ConversationState; inserted: boolean }>`
      with spoken as (
        insert into conversation as c (tenant_id, id, shopper_id, turns, created_at, updated_at)
        values (${turn.tenantId}, ${turn.conversationId}, ${turn.shopperId}, 1, ${now}, ${now})
        on conflict (tenant_id, id) do update
          set turns = c.turns + 1, updated_at = excluded.updated_at, shopper_id = coalesce(c.shopper_id, excluded.shopper_id)
          where c.shopper_id is null or c.shopper_id = excluded.shopper_id
        returning state, turns
      ), asked as (
        insert into turn (tenant_id, id, conversation_id, ordinal, client_message_id, message, page_product_id, device,
                          status, owner, lease_until, started_at)
        select ${turn.tenantId}, ${turnId}, ${turn.conversationId}, spoken.turns, ${turn.clientMessageId}, ${turn.message},
               ${turn.pageProductId}, ${turn.device}, 'running', ${this.owner}, ${lease}, ${now}
        from spoken
        on conflict (tenant_id, conversation_id, client_message_id) do nothing
        returning id
      )
      select spoken.state, exists (select 1 from asked) as inserted from spoken
    `.execute(this.#db)
    const row = result.rows[0]
    if (!row) throw notFound(turn.conversationId)
    if (row.inserted) {
      return { started: { ...turn, turnId, attempt: 1, state: row.state, startedAtMs: now.getTime() } }
    }
    const existing = await this.#db
      .selectFrom('turn')
      .selectAll()
      .where('tenant_id', '=', turn.tenantId)
      .where('conversation_id', '=', turn.conversationId)
      .where('client_message_id', '=', turn.clientMessageId)
      .executeTakeFirstOrThrow()
    return { existing }
  }

  /** The newest turn of a conversation that this shopper may see; null when there is none. */
  async latest(tenantId: string, conversationId: string, shopperId: string | null): Promise<TurnRow | null> {
    const row = await this.#db
      .selectFrom('turn')
      .innerJoin('conversation', (join) =>
        join
          .onRef('conversation.tenant_id', '=', 'turn.tenant_id')
          .onRef('conversation.id', '=', 'turn.conversation_id'),
      )
      .selectAll('turn')
      .select('conversation.shopper_id')
      .where('turn.tenant_id', '=', tenantId)
      .where('turn.conversation_id', '=', conversationId)
      .orderBy('ordinal', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (!row || (row.shopper_id !== null && row.shopper_id !== shopperId)) return null
    return row
  }

  async latestById(tenantId: string, turnId: string): Promise<TurnRow | null> {
    const row = await this.#db
      .selectFrom('turn')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('id', '=', turnId)
      .executeTakeFirst()
    return row ?? null
  }

  /**
   * Takes a turn over whose process is gone, so that it can be answered again. Null when another process still holds
   * it, or has taken it.
   */
  async takeOver(row: TurnRow, shopperId: string | null): Promise<StartedTurn | null> {
    const now = new Date(this.#clock.nowMs())
    const taken = await this.#db
      .updateTable('turn')
      .set({
        status: 'running',
        owner: this.owner,
        lease_until: new Date(now.getTime() + leaseMs),
        attempt: row.attempt + 1,
      })
      .where('tenant_id', '=', row.tenant_id)
      .where('id', '=', row.id)
      .where('attempt', '=', row.attempt)
      .where((where) =>
        where.or([where('status', 'in', ['interrupted', 'failed']), where('lease_until', '<', now)]),
      )
      .where('status', '!=', 'done')
      .returning('attempt')
      .executeTakeFirst()
    if (!taken) return null
    const conversation = await this.#db
      .selectFrom('conversation')
      .select('state')
      .where('tenant_id', '=', row.tenant_id)
      .where('id', '=', row.conversation_id)
      .executeTakeFirstOrThrow()
    return {
      tenantId: row.tenant_id,
      conversationId: row.conversation_id,
      shopperId,
      clientMessageId: row.client_message_id,
      message: row.message,
      pageProductId: row.page_product_id,
      device: row.device,
      turnId: row.id,
      attempt: taken.attempt,
      state: conversation.state,
      startedAtMs: now.getTime(),
    }
  }

  /** Records the answer and the conversation's new state together. Does nothing when another attempt took over. */
  async finish(turn: StartedTurn, finished: FinishedTurn): Promise<void> {
    const now = new Date(this.#clock.nowMs())
    await sql`
      with answered as (
        update turn set status = ${finished.status}, inputs = ${JSON.stringify(finished.inputs)}::jsonb,
          input_hash = ${finished.inputHash}, plan = ${jsonOrNull(finished.plan)}::jsonb,
          calls = ${JSON.stringify(finished.calls)}::jsonb, parts = ${JSON.stringify(finished.parts)}::jsonb,
          verification = ${JSON.stringify(finished.verification)}::jsonb, version = ${finished.version},
          error = ${finished.error}, first_content_ms = ${finished.firstContentMs}, duration_ms = ${finished.durationMs},
          finished_at = ${now}
        where tenant_id = ${turn.tenantId} and id = ${turn.turnId} and attempt = ${turn.attempt} and status = 'running'
        returning conversation_id
      )
      update conversation set state = ${JSON.stringify(finished.state)}::jsonb, updated_at = ${now}
      from answered where conversation.tenant_id = ${turn.tenantId} and conversation.id = answered.conversation_id
    `.execute(this.#db)
  }

  /** Marks what this process still held, at an orderly stop. */
  async release(): Promise<void> {
    await this.#db
      .updateTable('turn')
      .set({ status: 'interrupted' })
      .where('owner', '=', this.owner)
      .where('status', '=', 'running')
      .execute()
  }

  /**
   * Marks turns whose process is gone as interrupted, at start-up: those of dead processes of this machine, of a former
   * process with our own number, and all whose lease ran out. Returns how many.
   */
  async markInterrupted(isAlive: (pid: number) => boolean = processIsAlive): Promise<number> {
    const now = new Date(this.#clock.nowMs())
    const running = await this.#db
      .selectFrom('turn')
      .select(['owner', 'lease_until'])
      .where('status', '=', 'running')
      .execute()
    const gone = new Set(
      running.map((row) => row.owner).filter((owner) => owner === this.owner || isDeadHere(owner, isAlive)),
    )
    const marked = await this.#db
      .updateTable('turn')
      .set({ status: 'interrupted' })
      .where('status', '=', 'running')
      .where((where) =>
        where.or([where('lease_until', '<', now), ...(gone.size ? [where('owner', 'in', [...gone])] : [])]),
      )
      .executeTakeFirst()
    return Number(marked.numUpdatedRows)
  }

  /** Conversations, the last one spoken in first, of which a turn meets all of what is asked. */
  async list(tenantId: string, page: ConversationFilter & { limit: number; offset: number }) {
    let query = this.#db
      .selectFrom('conversation')
      .select([
        'id',
        'shopper_id as shopperId',
        'turns',
        'created_at as createdAt',
        'updated_at as updatedAt',
      ])
      .select((eb) =>
        eb
          .selectFrom('turn')
          .select('message')
          .whereRef('turn.tenant_id', '=', 'conversation.tenant_id')
          .whereRef('turn.conversation_id', '=', 'conversation.id')
          .orderBy('ordinal')
          .limit(1)
          .as('firstMessage'),
      )
      .where('tenant_id', '=', tenantId)
    if (page.shopperId !== null) query = query.where('shopper_id', '=', page.shopperId)
    const { words, outcome, fromMs, toMs } = page
    if (words !== null || outcome !== null || fromMs !== null || toMs !== null) {
      query = query.where((eb) => {
        let turn = eb
          .selectFrom('turn')
          .select('turn.id')
          .whereRef('turn.tenant_id', '=', 'conversation.tenant_id')
          .whereRef('turn.conversation_id', '=', 'conversation.id')
        if (words !== null)
          turn = turn.where(sql<boolean>`turn.words @@ websearch_to_tsquery('simple', ${words})`)
        if (outcome !== null) turn = turn.where(outcomeCondition[outcome])
        if (fromMs !== null) turn = turn.where('turn.started_at', '>=', new Date(fromMs))
        if (toMs !== null) turn = turn.where('turn.started_at', '<', new Date(toMs))
        return eb.exists(turn)
      })
    }
    return query.orderBy('updated_at', 'desc').limit(page.limit).offset(page.offset).execute()
  }

  /** A conversation with all its turns; throws `conversation-not-found`. */
  async read(tenantId: string, conversationId: string) {
    const conversation = await this.#db
      .selectFrom('conversation')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('id', '=', conversationId)
      .executeTakeFirst()
    if (!conversation) throw notFound(conversationId)
    const turns = await this.#db
      .selectFrom('turn')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('conversation_id', '=', conversationId)
      .orderBy('ordinal')
      .execute()
    return { conversation, turns }
  }
}

function jsonOrNull(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value)
}

function notFound(conversationId: string): NotFoundError {
  return new NotFoundError({
    code: 'conversation-not-found',
    message: `There is no conversation ${conversationId} that you may see. Leave conversationId out to start one.`,
  })
}

function isDeadHere(owner: string, isAlive: (pid: number) => boolean): boolean {
  const at = owner.lastIndexOf(':')
  return owner.slice(0, at) === hostname() && !isAlive(Number(owner.slice(at + 1)))
}

function processIsAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives and belongs to someone else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
