import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger, systemClock } from '@heavylift/core'
import type { Measure, MeasureInput } from '@heavylift/core'
import { createRandom, quantile, sortNumbers } from '@heavylift/core/math'
import { openStore } from '@heavylift/store'
import { sql, type Kysely } from 'kysely'
import { askAbout } from '../../evals/registry/asked.ts'
import { makeFleet } from '../../evals/registry/fleet.ts'
import type { FleetAgent } from '../../evals/registry/fleet.ts'
import { readWorks, sampleWorks } from '../../evals/registry/works.ts'
import { agentsMigrations } from '../../migrations/migrations.ts'
import type { RegistryTables } from '../../registry/registry-tables.ts'
import { openTestAgents } from '../../testing/open-test-agents.ts'
import { scriptedSource } from '../../testing/scripted-source.ts'
import { timeStops } from './time-stops.ts'

const tenantId = 'main'
const fleetSize = 21_000
const searches = 400
const radii = 100
const perInsert = 2_000

/** `agents.registry`: 21,000 agents in PostgreSQL: searches with their cards, blast radii, memory of the index, and how soon a stop has ended runs of two processes. */
export async function runRegistryBench({
  dataDir,
  report,
  signal,
}: MeasureInput): ReturnType<Measure['run']> {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-registry-bench-'))
  const host = await openStore({ dataDir: folder, databaseUrl: null, log: silentLogger, clock: systemClock })
  try {
    await host.migrate('agents', agentsMigrations)
    const store = host.forSystem('agents')
    const agents = openTestAgents(store, { sources: [scriptedSource('world', {})] })
    const works = dataDir === null ? await sampleWorks() : await readWorks(dataDir)
    const random = createRandom('agents.registry')
    const fleet = makeFleet(works, fleetSize, random)
    report({ stage: 'filing', done: 0, total: fleet.length, unit: 'agents' })
    const edges = await fileFleet(store.database<RegistryTables>(), fleet)
    const { catalogue } = agents.registry
    globalThis.gc?.()
    const before = process.memoryUsage().rss
    const { ms: firstMs } = await timed(() => catalogue.search(tenantId, { text: 'first', limit: 20 }))
    const indexMiB = (process.memoryUsage().rss - before) / 2 ** 20
    const asked = random.sample(askAbout(works, fleet, random), searches)
    const searchMs: number[] = []
    for (const { text } of asked) {
      signal.throwIfAborted()
      searchMs.push((await timed(() => catalogue.search(tenantId, { text, limit: 20 }))).ms)
    }
    report({ stage: 'blast radius', done: 0, total: radii, unit: 'nodes' })
    const radiusMs: number[] = []
    for (const { name, edges: own } of random.sample(fleet, radii)) {
      signal.throwIfAborted()
      const edge = random.pick(own)
      for (const of of [
        { kind: 'agent' as const, name },
        { kind: edge.kind, name: edge.target },
      ])
        radiusMs.push((await timed(() => agents.registry.blastRadius(tenantId, of, 40))).ms)
    }
    report({ stage: 'stopping', done: 0, unit: 'stops' })
    const { stopMs, doubled } = await timeStops(host, agents, folder, signal)
    await agents.close()
    const [search, radius, stop] = [searchMs, radiusMs, stopMs].map(sortNumbers)
    return {
      n: fleet.length,
      metrics: {
        searchP50Ms: quantile(search!, 0.5),
        searchP95Ms: quantile(search!, 0.95),
        blastRadiusP50Ms: quantile(radius!, 0.5),
        blastRadiusP95Ms: quantile(radius!, 0.95),
        blastRadiusMostMs: radius!.at(-1)!,
        firstSearchMs: firstMs,
        indexMiB,
        stopMostMs: stop!.at(-1)!,
        stopDoubled: doubled,
      },
      notes: [
        `${fleet.length} agents with ${edges} edges; the first search reads them all. A search reads the cards of what it shows from PostgreSQL.`,
        'stopMostMs: from the stop to the last run of two server processes being ended in the database, calls with effects waited for; the slowest of five.',
      ],
    }
  } finally {
    await host.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function timed<Value>(work: () => Promise<Value>): Promise<{ value: Value; ms: number }> {
  const beganMs = performance.now()
  const value = await work()
  return { value, ms: performance.now() - beganMs }
}

/** Writes agents, cards and edges as publishing does, many to a statement. Returns how many edges. */
async function fileFleet(database: Kysely<RegistryTables>, fleet: readonly FleetAgent[]): Promise<number> {
  let count = 0
  for (let at = 0; at < fleet.length; at += perInsert) {
    const some = fleet.slice(at, at + perInsert)
    const edges = some.flatMap(({ name, edges: own }) => own.map((edge) => ({ agent: name, ...edge })))
    count += edges.length
    const rows = some.map(({ state, standIn, reviewOn, ...agent }) => ({
      ...agent,
      edges: null,
      stand_in: standIn,
      review_on: reviewOn,
      live_version: state === 'draft' ? null : 1,
      paused_because: state === 'paused' ? 'The bench has paused it.' : null,
      life: state === 'deprecated' ? 'deprecated' : 'active',
    }))
    await sql`insert into agent (tenant_id, name, live_version, paused_because, team, life, changed_ms)
      select ${tenantId}, name, live_version, paused_because, team, life, 0
      from json_to_recordset(${JSON.stringify(rows)}::json) r(name text, live_version integer, paused_because text, team text, life text)
      on conflict do nothing`.execute(database)
    await sql`insert into agent_card (tenant_id, name, version, title, summary, jobs, tags, team, owner, stand_in, review_on, filed_ms)
      select ${tenantId}, name, 1, title, summary, jobs, tags, team, owner, stand_in, review_on, 0
      from json_to_recordset(${JSON.stringify(rows)}::json)
        r(name text, title text, summary text, jobs json, tags json, team text, owner text, stand_in text, review_on text)
      on conflict do nothing`.execute(database)
    await sql`insert into agent_edge (tenant_id, agent, kind, target)
      select ${tenantId}, agent, kind, target from json_to_recordset(${JSON.stringify(edges)}::json) r(agent text, kind text, target text)
      on conflict do nothing`.execute(database)
  }
  await sql`analyze agent_card, agent_edge, agent`.execute(database)
  return count
}
