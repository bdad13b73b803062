import { createHash, randomBytes } from 'node:crypto'
import { type Clock, HeavyliftError, type Logger, NotFoundError } from '@heavylift/core'
import { createJsonCodec, openDeadLetters } from '@heavylift/streams'
import type { Log } from '@heavylift/streams'
import { sql, type Kysely } from 'kysely'
import { z } from 'zod'
import { isSealed } from '../credentials/seal.ts'
import type { Sealer } from '../credentials/seal.ts'
import type { AgentDefinition, Trigger } from '../definition/definition.ts'
import type { Expressions } from '../run/deps.ts'
import { endStates } from '../run/entry.ts'
import { isOutage, messageOf } from '../run/memory.ts'
import type { AgentsTables, StartedBy, TriggerRow } from '../run/run-row.ts'
import type { Runs } from '../run/runs.ts'
import type { CloudEvent } from './cloud-event.ts'
import { nextTick } from './next-tick.ts'
import { newWebhookSecret, readWebhook } from './webhook.ts'

const mostDue = 50
const mostEvents = 100
const messages = createJsonCodec({ name: 'agents.message', version: 1, schema: z.unknown() })

/** What an `input` template of a trigger sees as `event`; without a template its `data` is the input. */
interface TriggerEvent {
  id: string
  atMs: number
  data: unknown
  type?: string
  source?: string
}

interface TriggersOptions {
  clock: Clock
  database: Kysely<AgentsTables>
  expressions: Expressions
  log: Logger
  runs: Runs
  sealer: Sealer
  stream: Log
}

/**
 * Starts runs by schedules, webhooks, CloudEvents, streams and queues. Each run has an id that follows from what started it, so that whatever is told twice,
 * or found again after a crash, is one run.
 */
export class Triggers {
  readonly #options: TriggersOptions

  constructor(options: TriggersOptions) {
    this.#options = options
  }

  /** Brings the triggers of an agent to those of its live version. A webhook keeps its address and secret by its id. */
  async follow(tenantId: string, definition: AgentDefinition): Promise<void> {
    const { clock, database, sealer, stream } = this.#options
    const nowMs = clock.nowMs()
    const ids = definition.triggers.map(({ id }) => id)
    await database
      .deleteFrom('agent_trigger')
      .where('tenant_id', '=', tenantId)
      .where('agent', '=', definition.name)
      .where('id', 'not in', [...ids, '-'])
      .execute()
    for (const spec of definition.triggers) {
      const hookId = spec.kind === 'webhook' ? randomBytes(18).toString('base64url') : null
      const row = {
        kind: spec.kind,
        spec: JSON.stringify(spec),
        next_ms: spec.kind === 'schedule' ? nextTick(spec.cron, spec.timezone, nowMs) : null,
      }
      const topic = topicOf(tenantId, spec)
      await database
        .insertInto('agent_trigger')
        .values({
          ...row,
          tenant_id: tenantId,
          agent: definition.name,
          id: spec.id,
          hook_id: hookId,
          secret: hookId === null ? null : await sealer.seal(newWebhookSecret(), placeOf(hookId)),
          topic,
          // A stream begins with what comes next; a queue keeps what has come.
          cursor_offset: topic === null ? null : spec.kind === 'queue' ? 1 : (await stream.range(topic)).next,
          last_run: null,
        })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'agent', 'id']).doUpdateSet(row))
        .execute()
    }
  }

  /** With the secrets of webhooks in the open, for whoever sets up their senders. */
  async list(tenantId: string, agent: string): Promise<TriggerRow[]> {
    const rows = await this.#options.database
      .selectFrom('agent_trigger')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('agent', '=', agent)
      .orderBy('id')
      .execute()
    return await Promise.all(rows.map(async (row) => ({ ...row, secret: await this.#secretOf(row) })))
  }

  /** Seals the secrets of webhooks that an earlier release wrote in the open. Done at each start; of several servers any may do it. */
  async sealSecrets(): Promise<void> {
    const { database, sealer } = this.#options
    const rows = await database
      .selectFrom('agent_trigger')
      .select(['hook_id', 'secret'])
      .where('secret', 'is not', null)
      .where('secret', 'not like', 'sealed:%')
      .execute()
    for (const { hook_id: hookId, secret } of rows)
      await database
        .updateTable('agent_trigger')
        .set({ secret: await sealer.seal(secret!, placeOf(hookId!)) })
        .where('hook_id', '=', hookId)
        .where('secret', '=', secret)
        .execute()
  }

  async #secretOf({
    hook_id: hookId,
    secret,
  }: Pick<TriggerRow, 'hook_id' | 'secret'>): Promise<string | null> {
    if (secret === null || hookId === null || !isSealed(secret)) return secret
    return await this.#options.sealer.open(secret, placeOf(hookId))
  }

  /** A signed message; the same id again starts nothing. @throws NotFoundError `webhook-unknown`, and as `readWebhook` */
  async webhook(
    hookId: string,
    headers: Pick<Headers, 'get'>,
    body: Uint8Array,
  ): Promise<{ id: string; isNew: boolean }> {
    const { clock, database } = this.#options
    const row = await database
      .selectFrom('agent_trigger')
      .selectAll()
      .where('hook_id', '=', hookId)
      .executeTakeFirst()
    if (row?.secret == null)
      throw new NotFoundError({ code: 'webhook-unknown', message: 'There is no webhook at this address.' })
    const nowMs = clock.nowMs()
    const secret = await this.#secretOf(row)
    const { id, data } = readWebhook(secret ?? '', headers, body, nowMs)
    return await this.#fire(row, { id, atMs: nowMs, data })
  }

  /** Gives an event to the triggers of its type and source, and to runs that wait for its type. */
  async cloudEvent(tenantId: string, event: CloudEvent): Promise<{ started: number; woken: number }> {
    const { clock, database, runs } = this.#options
    const rows = await database
      .selectFrom('agent_trigger')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('kind', '=', 'cloudevent')
      .execute()
    let started = 0
    for (const row of rows) {
      const { spec } = row
      if (spec.kind !== 'cloudevent' || spec.type !== event.type) continue
      if (spec.source !== undefined && spec.source !== event.source) continue
      // Source and id together name an event (CloudEvents 1.0, 3.1.1).
      const id = `${event.source}\n${event.id}`
      const { type, source, data } = event
      const { isNew } = await this.#fire(row, { id, atMs: clock.nowMs(), data, type, source })
      if (isNew) started++
    }
    return { started, woken: await runs.event(tenantId, event.type, event.data ?? null) }
  }

  /** Puts a message on a queue (one run of each agent that takes from it) or a stream; the same id again is none. */
  async put(
    tenantId: string,
    kind: 'queue' | 'stream',
    name: string,
    message: { id: string; key: string; data: unknown },
  ): Promise<{ isNew: boolean }> {
    const { clock, stream } = this.#options
    const [appended] = await stream.append(topic(tenantId, kind, name), [
      {
        id: message.id,
        key: message.key,
        eventTimeMs: clock.nowMs(),
        schemaVersion: messages.version,
        payload: messages.encode(message.data),
      },
    ])
    return { isNew: appended?.duplicate !== true }
  }

  /** Starts what is due now. Every process looks, and each trigger is one's at a time. */
  async look(): Promise<void> {
    const { database, clock } = this.#options
    const nowMs = clock.nowMs()
    for (const row of await this.#takeDue(nowMs)) await this.#safely(row, () => this.#tick(row, nowMs))
    const { rows: readers } = await sql<TriggerRow>`
      select agent_trigger.* from agent_trigger join log_topic on log_topic.topic = agent_trigger.topic
      where log_topic.next > agent_trigger.cursor_offset limit ${mostDue}`.execute(database)
    for (const row of readers) await this.#safely(row, () => this.#readOn(row))
  }

  /** Schedules that are due, with the next moment written: a crash after it loses one tick, as a stopped server does. */
  async #takeDue(nowMs: number): Promise<TriggerRow[]> {
    return await this.#options.database.transaction().execute(async (transaction) => {
      const rows = await transaction
        .selectFrom('agent_trigger')
        .selectAll()
        .where('next_ms', '<=', nowMs)
        .orderBy('next_ms')
        .limit(mostDue)
        .forUpdate()
        .skipLocked()
        .execute()
      for (const { tenant_id: tenantId, agent, id, spec } of rows)
        if (spec.kind === 'schedule')
          await transaction
            .updateTable('agent_trigger')
            // What was missed is not made up for.
            .set({ next_ms: nextTick(spec.cron, spec.timezone, nowMs) })
            .where('tenant_id', '=', tenantId)
            .where('agent', '=', agent)
            .where('id', '=', id)
            .execute()
      return rows
    })
  }

  /** A schedule whose last run has not ended lets its tick pass: runs never pile up behind a slow one. */
  async #tick(row: TriggerRow, nowMs: number): Promise<void> {
    const { database, runs, log } = this.#options
    if (row.last_run !== null) {
      const last = await runs.find(row.tenant_id, row.last_run).catch(() => null)
      if (last !== null && !endStates.includes(last.state)) {
        log.info(
          { agent: row.agent, trigger: row.id },
          'a tick passes: the run of the one before has not ended',
        )
        return
      }
    }
    const dueMs = row.next_ms ?? nowMs
    const { id } = await this.#fire(row, { id: String(dueMs), atMs: dueMs, data: { dueMs } })
    await database
      .updateTable('agent_trigger')
      .set({ last_run: id })
      .where('tenant_id', '=', row.tenant_id)
      .where('agent', '=', row.agent)
      .where('id', '=', row.id)
      .execute()
  }

  /** Starts runs for what came after the cursor, then moves it: a crash between the two finds the runs there. */
  async #readOn(row: TriggerRow): Promise<void> {
    const { database, stream } = this.#options
    const { topic: from, cursor_offset: cursor } = row
    if (from === null || cursor === null) return
    const controller = new AbortController()
    const reading = stream.read(from, {
      fromOffset: cursor,
      maxEvents: mostEvents,
      until: 'end',
      signal: controller.signal,
    })
    for await (const batch of reading) {
      for (const event of batch) {
        try {
          const data = messages.decode(event.payload, event.schemaVersion)
          await this.#fire(row, { id: event.id, atMs: event.appendedAtMs, data })
        } catch (error) {
          // What no run can begin with is laid aside whole; a paused agent's wait for it.
          if (!HeavyliftError.isInstance(error) || ![400, 422].includes(error.status)) throw error
          await openDeadLetters(stream, from).add(event, `${row.agent} ${row.id}`, error)
        }
      }
      const next = (batch.at(-1)?.offset ?? cursor) + 1
      await sql`update agent_trigger set cursor_offset = greatest(cursor_offset, ${next})
        where tenant_id = ${row.tenant_id} and agent = ${row.agent} and id = ${row.id}`.execute(database)
      break
    }
    controller.abort()
  }

  async #fire(row: TriggerRow, event: TriggerEvent): Promise<{ id: string; isNew: boolean }> {
    const { expressions, runs } = this.#options
    const { spec, tenant_id: tenantId, agent } = row
    const input =
      spec.input === undefined
        ? isObject(event.data)
          ? event.data
          : { data: event.data ?? null }
        : expressions.fill(spec.input, { event } as never)
    const trigger: StartedBy = { kind: spec.kind, trigger: spec.id }
    return await runs.start({ tenantId, agent, id: runIdOf(row, event.id), input, trigger })
  }

  /** One that fails says so and does not hold up the others. What it was told is kept where it can be (a stream), and refused where somebody waits for the answer. */
  async #safely(row: TriggerRow, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (isOutage(error)) throw error
      const code = HeavyliftError.isInstance(error) ? error.code : 'trigger-failed'
      // That a paused agent starts nothing is as somebody wished: a schedule of every second would fill the log with it.
      const level = code === 'agent-paused' ? 'debug' : 'warn'
      this.#options.log[level](
        { agent: row.agent, trigger: row.id, code, error: messageOf(error) },
        'a trigger started no run',
      )
    }
  }
}

/** The same for the same event of the same trigger. */
function runIdOf({ agent, id }: TriggerRow, eventId: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([agent, id, eventId]))
    .digest('hex')
  return `run_${hash.slice(0, 26)}`
}

function topicOf(tenantId: string, spec: Trigger): string | null {
  if (spec.kind === 'stream') return topic(tenantId, 'stream', spec.stream)
  return spec.kind === 'queue' ? topic(tenantId, 'queue', spec.queue) : null
}

function topic(tenantId: string, kind: 'queue' | 'stream', name: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([tenantId, name]))
    .digest('hex')
  return `agents.${kind}.${hash.slice(0, 24)}`
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const placeOf = (hookId: string): string[] => ['webhook', hookId]
