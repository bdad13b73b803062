import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import { answerAsk, isRate, keptOf, refilled } from './grants.ts'
import type { Answer, Ask, Pool } from './grants.ts'
import type { Exchanged, Lease, LimitStore } from './limit-store.ts'

/** First key of the advisory locks, one for each share; 18516 to 18521 are those of the store. */
const shareLock = 18_522
/** A process that stops in the middle of an exchange must not hold the others up. */
const holdsUpAtMost = sql`
  select set_config('lock_timeout', '4s', true), set_config('idle_in_transaction_session_timeout', '3s', true)`

interface FoundRow {
  held: string
  booked: string
  spent_day: string
  spent_month: string
  /** Null before the first ask. */
  level: number | null
  elapsed_ms: number | null
  looked_at: string
}

/** The common store in PostgreSQL: see `src/migrations/shared-limits.ts`. */
export class PostgresLimitStore implements LimitStore {
  readonly #db: Kysely<unknown>

  constructor(db: Kysely<unknown>) {
    this.#db = db
  }

  exchange(lease: Lease, asks: readonly Ask[]): Promise<Exchanged> {
    return this.#db.transaction().execute(async (transaction) => {
      await holdsUpAtMost.execute(transaction)
      const { isLapsed } = await renew(transaction, lease)
      if (asks.length > 0) await lock(transaction, asks)
      const { holders, found } = await look(transaction, lease, asks)
      const pools = asks.map((ask, index) => poolOf(ask, found[index], holders))
      const answers = asks.map((ask, index) => answerAsk(ask, pools[index]!, isLapsed))
      if (asks.length > 0) {
        await keepHolds(transaction, lease.holder, { asks, answers, isLapsed })
        await keepRates(transaction, { asks, answers, at: found[0]?.looked_at ?? '' })
      }
      return { isLapsed, holders, answers }
    })
  }

  async leave(holder: string): Promise<void> {
    await sql`delete from limit_holder where holder = ${holder}`.execute(this.#db)
  }

  /** Drops processes that ended long ago. Not sooner: one that was stopped for hours goes on counting where it was. */
  async forget(): Promise<void> {
    await sql`delete from limit_holder where alive_until < now() - interval '2 days'`.execute(this.#db)
    await sql`delete from limit_rate where at < now() - interval '1 hour'`.execute(this.#db)
  }
}

async function renew(
  transaction: Transaction<unknown>,
  { holder, sequence, leaseMs }: Lease,
): Promise<{ isLapsed: boolean }> {
  const renewed = await sql<{ was_alive: boolean | null }>`
    with before as (select alive_until > clock_timestamp() as was_alive from limit_holder where holder = ${holder})
    insert into limit_holder as known (holder, sequence, alive_until)
    values (${holder}, ${sequence}, clock_timestamp() + ${leaseMs} * interval '1 ms')
    on conflict (holder) do update set sequence = excluded.sequence, alive_until = excluded.alive_until
    where known.sequence < excluded.sequence
    returning (select was_alive from before) as was_alive`.execute(transaction)
  const [row] = renewed.rows
  if (!row) throw new Error('A later exchange of this process came first.')
  return { isLapsed: row.was_alive === false }
}

/** Whoever asks for one of these shares waits, so that nothing is granted twice; in one order, so that two do not wait for each other. */
async function lock(transaction: Transaction<unknown>, asks: readonly Ask[]): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(${shareLock}, key)
    from (select distinct hashtext(name) as key from unnest(${asks.map(nameOf)}::text[]) as name order by 1) as keys`.execute(
    transaction,
  )
}

async function look(
  transaction: Transaction<unknown>,
  { holder, nowMs }: Lease,
  asks: readonly Ask[],
): Promise<{ holders: number; found: FoundRow[] }> {
  const today = new Date(nowMs).toISOString().slice(0, 10)
  const living = await sql<{ holders: number }>`
    select count(*)::int as holders from limit_holder where alive_until > clock_timestamp()`.execute(
    transaction,
  )
  const holders = Math.max(1, living.rows[0]?.holders ?? 1)
  if (asks.length === 0) return { holders, found: [] }
  const found = await sql<FoundRow>`
    select
      coalesce((
        select sum(greatest(0, granted - booked)) from limit_hold join limit_holder using (holder)
        where limit_hold.scope = ask.scope and limit_hold.kind = ask.kind
          and holder <> ${holder} and alive_until > clock_timestamp()
      ), 0) as held,
      coalesce((
        select booked from limit_hold
        where limit_hold.scope = ask.scope and limit_hold.kind = ask.kind and holder = ${holder}
      ), 0) as booked,
      coalesce(spent.of_day, 0) as spent_day,
      coalesce(spent.of_month, 0) as spent_month,
      rate.level,
      extract(epoch from looked.at - rate.at)::float8 * 1000 as elapsed_ms,
      looked.at::text as looked_at
    from (select clock_timestamp() as at) as looked
    cross join unnest(${asks.map(({ kind }) => kind)}::text[], ${asks.map(({ scope }) => scope)}::text[])
      with ordinality as ask (kind, scope, number)
    left join limit_rate as rate on rate.kind = ask.kind and rate.scope = ask.scope
    left join lateral (
      select sum(micros) filter (where day = ${today}::date) as of_day, sum(micros) as of_month
      from limit_spent
      where ask.kind = 'budget' and limit_spent.scope = ask.scope and day >= ${`${today.slice(0, 7)}-01`}::date
    ) as spent on true
    order by ask.number`.execute(transaction)
  return { holders, found: found.rows }
}

function poolOf(ask: Ask, row: FoundRow | undefined, holders: number): Pool {
  const { level, elapsed_ms: elapsedMs } = row ?? { level: null, elapsed_ms: null }
  return {
    spentDay: Number(row?.spent_day ?? 0),
    spentMonth: Number(row?.spent_month ?? 0),
    booked: Number(row?.booked ?? 0),
    heldByOthers: Number(row?.held ?? 0),
    level: isRate(ask.kind) ? (level === null ? ask.limit : refilled(level, ask.limit, elapsedMs ?? 0)) : 0,
    holders,
  }
}

async function keepHolds(
  transaction: Transaction<unknown>,
  holder: string,
  { asks, answers, isLapsed }: { asks: readonly Ask[]; answers: readonly Answer[]; isLapsed: boolean },
): Promise<void> {
  const holds = asks.flatMap(({ kind, scope }, index) =>
    isRate(kind)
      ? []
      : [{ kind, scope, granted: Math.round(keptOf(asks[index]!, isLapsed) + answers[index]!.grant) }],
  )
  if (holds.length > 0) {
    await sql`
      insert into limit_hold (holder, kind, scope, granted)
      select ${holder}, * from unnest(
        ${holds.map(({ kind }) => kind)}::text[], ${holds.map(({ scope }) => scope)}::text[],
        ${holds.map(({ granted }) => granted)}::bigint[]
      )
      on conflict (holder, kind, scope) do update set granted = excluded.granted`.execute(transaction)
  }
}

/** `at`: when it was looked; what refills meanwhile is counted the next time. */
async function keepRates(
  transaction: Transaction<unknown>,
  { asks, answers, at }: { asks: readonly Ask[]; answers: readonly Answer[]; at: string },
): Promise<void> {
  const rates = asks.flatMap(({ kind, scope }, index) =>
    isRate(kind) ? [{ kind, scope, level: answers[index]!.left }] : [],
  )
  if (rates.length === 0) return
  await sql`
    insert into limit_rate (kind, scope, level, at)
    select *, ${at}::timestamptz from unnest(
      ${rates.map(({ kind }) => kind)}::text[], ${rates.map(({ scope }) => scope)}::text[],
      ${rates.map(({ level }) => level)}::float8[]
    )
    on conflict (kind, scope) do update set level = excluded.level, at = excluded.at`.execute(transaction)
}

function nameOf({ kind, scope }: Ask): string {
  return `${kind} ${scope}`
}
