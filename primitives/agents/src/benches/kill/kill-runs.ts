import { fork } from 'node:child_process'
import { join } from 'node:path'
import { createRandom } from '@heavylift/core'
import type { StoreHost } from '@heavylift/store'
import { sql } from 'kysely'
import type { AgentsTables } from '../../run/run-row.ts'
import { openTestAgents } from '../../testing/open-test-agents.ts'
import { scriptedSource } from '../../testing/scripted-source.ts'
import { startEffectServer } from './effect-server.ts'
import { expectedEffects, killAgent } from './kill-agent.ts'
import { underKills } from './under-kills.ts'
import type { UnderKills } from './under-kills.ts'

const tenantId = 'main'

export interface KillOptions {
  host: StoreHost
  dataDir: string
  kills: number
  processes: number
  inFlight: number
  seed: number
  forMs?: number
  onKill?: (kills: number) => void
  signal: AbortSignal
}

export interface KillResult {
  runs: number
  kills: number
  /** Runs that were accepted and did not end as done, and effects that should have taken place and did not. */
  lost: number
  /** Runs under way when nothing had ended for ten minutes: stuck, or starved by a busy machine. They count as lost. */
  unended: number
  /** Effects that took place more than once. */
  doubled: number
  /** Rows whose end state was another one later. */
  changedEnds: number
  /** Calls that came again with a key that had acted: what a kill between effect and record came to. */
  repeatedCalls: number
  /** Questions to a person about a call of which nobody could tell. */
  asked: number
  seconds: number
}

/**
 * Starts runs over several server processes on one database and kills one of these at random moments, again and again; a person answers what
 * nobody can tell by looking at the world. At the end everything is counted by the world's own book.
 */
export async function killRuns(options: KillOptions): Promise<KillResult> {
  const { host, dataDir, kills, processes, inFlight, signal } = options
  const startedMs = performance.now()
  const random = createRandom(options.seed)
  const world = await startEffectServer(12, () => random.next())
  const store = host.forSystem('agents')
  const database = store.database<AgentsTables>()
  const desk = openTestAgents(store, { sources: [scriptedSource('world', {})] })
  await watchEnds(database)
  const { version } = await desk.agents.publish(tenantId, killAgent)
  await desk.agents.putLive(tenantId, 'killed', version)
  let asked = 0
  /** Answers as a person would who looks at the world. */
  const answer = async (): Promise<void> => {
    for (const wait of await desk.runs.questions(tenantId, 200)) {
      const { n } = (wait.question.show ?? {}) as { n?: number }
      const happened = world.effects.some((effect) => effect.run === wait.run_id && effect.n === n)
      const choice = happened ? 'happened' : 'not-done'
      await desk.runs
        .answer(tenantId, wait.run_id, wait.path, { choice, by: 'person', value: { n } })
        .then(() => asked++)
        .catch(() => undefined)
    }
  }
  let under: UnderKills
  try {
    under = await underKills({
      database,
      fork: (slot) =>
        fork(join(import.meta.dirname, 'agents-child.ts'), [
          host.databaseUrl,
          join(dataDir, `child-${slot}`),
          world.url,
        ]),
      next: (at) => ({ id: `run-${at}`, agent: 'killed', input: {} }),
      attend: answer,
      kills,
      processes,
      inFlight,
      random,
      signal,
      ...(options.forMs === undefined ? {} : { forMs: options.forMs }),
      ...(options.onKill === undefined ? {} : { onKill: options.onKill }),
    })
  } finally {
    await desk.close()
    await world.close()
  }
  const { accepted } = under
  const rows = await database.selectFrom('run').select(['id', 'state']).execute()
  const ends = new Map(rows.map(({ id, state }) => [id, state]))
  let lost = 0
  let doubled = 0
  const seen = new Map<string, number>()
  for (const { run, n } of world.effects) seen.set(`${run} ${n}`, (seen.get(`${run} ${n}`) ?? 0) + 1)
  for (const id of accepted) {
    if (ends.get(id) !== 'done') lost++
    for (const n of expectedEffects) {
      const times = seen.get(`${id} ${n}`) ?? 0
      if (times === 0) lost++
      if (times > 1) doubled += times - 1
    }
  }
  return {
    runs: accepted.size,
    kills: under.kills,
    lost,
    unended: under.unended.length,
    doubled,
    changedEnds: await countChangedEnds(database),
    repeatedCalls: world.repeated(),
    asked,
    seconds: (performance.now() - startedMs) / 1000,
  }
}

type Database = ReturnType<ReturnType<StoreHost['forSystem']>['database']>

/** The database itself writes down every run whose end state becomes another. */
async function watchEnds(database: object): Promise<void> {
  const watched = database as Database
  await sql`create table if not exists changed_end (run_id text, was text, now_is text)`.execute(watched)
  await sql`create or replace function note_changed_end() returns trigger language plpgsql as $$
    begin
      insert into agents.changed_end values (old.id, old.state, new.state);
      return new;
    end $$`.execute(watched)
  await sql`create or replace trigger changed_end before update on run for each row
    when (old.state in ('done', 'failed', 'cancelled') and (new.state <> old.state or new.output::text is distinct from old.output::text))
    execute function note_changed_end()`.execute(watched)
}

async function countChangedEnds(database: object): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) n from changed_end`.execute(database as Database)
  return Number(rows[0]?.n)
}
