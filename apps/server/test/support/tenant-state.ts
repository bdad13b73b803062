import { sleep } from '@heavylift/core/async'
import type { TestStore } from '@heavylift/store/testing'
import { sql } from 'kysely'
import fc from 'fast-check'
import type { Part } from '../../src/part.ts'
import { hostileInput, toJson } from './hostile-input.ts'
import type { Call } from './walk-routes.ts'

/** What there is of a tenant. */
interface State {
  /** Its rows, by table. */
  rows: Map<string, string[]>
  /** What its GET routes answer, by route and place. */
  answers: Map<string, string>
}

export interface StateOfTenant {
  /** Reads as an administrator of the tenant. */
  call: Call
  tenantId: string
  store: TestStore
  parts: readonly Part[]
  ids: Readonly<Record<string, Record<string, string>>>
  partHeaders: Readonly<Record<string, Record<string, string>>>
}

/** What the clock alone writes: every so often agents are looked at, whoever calls. */
const clockTables = "('agent_drift')"

/** All of a tenant that can be seen: each row that is its own in any table, and what each of its GET routes answers. */
async function stateOf(of: StateOfTenant): Promise<State> {
  const state: State = { rows: new Map(), answers: new Map() }
  const db = of.store.host.forSystem('server').database<unknown>()
  const tables = await sql<{ name: string }>`
    select quote_ident(table_schema) || '.' || quote_ident(table_name) as name
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where column_name = 'tenant_id' and table_type = 'BASE TABLE' and table_name not in ${sql.raw(clockTables)}
    order by 1`.execute(db)
  for (const { name } of tables.rows) {
    // A key that is used says when; the snapshots themselves use one.
    const { rows } = await sql<{ row: string }>`
      select (to_jsonb(t) - 'last_used_at')::text as row from ${sql.raw(name)} t
      where tenant_id = ${of.tenantId}`.execute(db)
    state.rows.set(
      name,
      rows.map(({ row }) => row),
    )
  }
  for (const part of of.parts) {
    const headers = of.partHeaders[part.name] ?? {}
    for (const route of part.routes.filter(({ method, response }) => method === 'get' && response !== null)) {
      const path = route.path.replace(
        /:(\w+)/g,
        (_whole, name: string) => of.ids[part.name]?.[name] ?? 'none',
      )
      const { json } = await of.call('GET', part.prefix + path, { headers })
      leaves(json, `GET ${part.prefix}${path}`, state.answers)
    }
  }
  return state
}

/** Two looks in a row that show as many rows: what came before (a sample, a feed) is over. */
async function atRest(of: StateOfTenant): Promise<[State, State]> {
  const counts = ({ rows }: State): string => [...rows.values()].map(({ length }) => length).join()
  let before = await stateOf(of)
  for (;;) {
    await sleep(500)
    const again = await stateOf(of)
    if (counts(before) === counts(again)) return [before, again]
    before = again
  }
}

function leaves(value: unknown, at: string, into: Map<string, string>): void {
  if (typeof value !== 'object' || value === null) into.set(at, JSON.stringify(value) ?? 'nothing')
  else for (const [name, inner] of Object.entries(value)) leaves(inner, `${at} ${name}`, into)
}

/** What goes on with the clock alone, as the alarm of a feed from which nothing comes for minutes. */
const isClock =
  /^GET \/api\/(?:jobs\/overview nodes |heavylift\/ledger\/summary (?:timeline|stepMs) |models\/usage |live\/feeds feeds \d+ alarm$)/

/**
 * What differs, one line each. Where two looks in a row differed with nothing done between (a time, a counter of looks) there is no
 * telling; of the rows of such a table the number counts.
 */
function differences(before: State, again: State, after: State): string[] {
  const found: string[] = []
  for (const [table, rows] of before.rows) {
    const now = new Set(after.rows.get(table))
    const between = new Set(again.rows.get(table))
    const isRestless = rows.some((row) => !between.has(row))
    const length = after.rows.get(table)?.length ?? 0
    if (rows.length !== length) found.push(`${table} had ${rows.length} rows, has ${length}`)
    else if (!isRestless)
      found.push(...rows.filter((row) => !now.has(row)).map((row) => `${table} lost ${row}`))
  }
  for (const [place, value] of before.answers) {
    const now = after.answers.get(place)
    if (isClock.test(place)) continue
    if (value !== now && again.answers.get(place) === value)
      found.push(`${place} was ${value}, is ${now ?? 'gone'}`)
  }
  for (const place of after.answers.keys())
    if (!before.answers.has(place) && !isClock.test(place))
      found.push(`${place} is new: ${after.answers.get(place)}`)
  return found.map((line) => line.slice(0, 400))
}

export interface Attack {
  of: StateOfTenant
  /** Callers of another tenant, by name. */
  callers: readonly { call: Call; partHeaders: Readonly<Record<string, Record<string, string>>> }[]
  /** Bodies of streams by route, which name the first tenant's things. */
  bodies: Readonly<Record<string, readonly unknown[]>>
  /** Resolves once what the requests began has ended. */
  settled: () => Promise<void>
}

/**
 * Calls every route as callers of another tenant, with the first tenant's ids wherever an id may stand, and compares all that there
 * is of the first tenant before and after: what a wrong code would show, and what is changed under a right one.
 */
export async function attackState({
  of,
  callers,
  bodies,
  settled,
}: Attack): Promise<{ findings: string[]; requests: number }> {
  const [before, again] = await atRest(of)
  let requests = 0
  for (const { call, partHeaders } of callers) {
    for (const part of of.parts) {
      const ids = of.ids[part.name] ?? {}
      const headers = partHeaders[part.name] ?? {}
      for (const route of part.routes) {
        const name = `${route.method.toUpperCase()} ${part.prefix}${route.path}`
        const fit = { ids, percent: 0 }
        const inputs = fc.sample(
          fc.record({
            query: route.query ? hostileInput(route.query, fit) : fc.constant({}),
            body: route.body
              ? hostileInput(route.body, fit)
              : fc.constantFrom(...(bodies[name] ?? [undefined])),
          }),
          { seed: 1, numRuns: route.query || route.body || bodies[name] ? 3 : 1 },
        )
        for (const { query, body } of inputs) {
          const path = route.path.replace(/:(\w+)/g, (_whole, id: string) =>
            encodeURIComponent(ids[id] ?? 'none'),
          )
          const pairs = Object.entries((query ?? {}) as object).map(([key, value]): [string, string] => [
            key,
            typeof value === 'string' ? value : toJson(value),
          ])
          const search = pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : ''
          await call(name.split(' ')[0] ?? 'GET', part.prefix + path + search, { headers, body })
          requests++
        }
      }
    }
  }
  await settled()
  return { findings: differences(before, again, await stateOf(of)), requests }
}
