import type { ChildProcess } from 'node:child_process'
import type { Random } from '@heavylift/core/math'
import { sleep } from '@heavylift/core/async'
import type { Kysely } from 'kysely'
import { endStates } from '../../run/entry.ts'
import type { AgentsTables } from '../../run/run-row.ts'
import type { StartRun } from './serve-child.ts'

export interface UnderKillsOptions {
  database: Kysely<AgentsTables>
  /** Starts a server process (`serve-child.ts`) in a slot. */
  fork: (slot: number) => ChildProcess
  /** The run to begin as the `at`th, from 1 on. */
  next: (at: number) => StartRun
  /** What somebody does now and then while runs go on. */
  attend?: () => Promise<void>
  kills: number
  processes: number
  /** Runs that are open at once. */
  inFlight: number
  random: Random
  onKill?: (kills: number) => void
  /** Kills no more after so long, however few it were; default: never. */
  forMs?: number
  signal: AbortSignal
}

export interface UnderKills {
  /** Runs that a process said that it took. */
  accepted: ReadonlySet<string>
  /** Of those, which had not ended when none had for so long that they count as stuck. */
  unended: readonly string[]
  kills: number
}

/** After the last kill runs count as stuck when none has ended for so long. */
const mostRestMs = 600_000

/** Keeps runs going over several server processes on one database and kills one of these at random moments, again and again, until so many kills; then waits for the ends. */
export async function underKills(options: UnderKillsOptions): Promise<UnderKills> {
  const { database, kills, processes, inFlight, random, signal, forMs = Infinity } = options
  const startedMs = performance.now()
  const children = new Map<number, { child: ChildProcess; isReady: boolean }>()
  const open = new Map<string, StartRun>()
  const accepted = new Set<string>()
  let count = 0
  let done = 0
  /** No more runs and no more kills: what is under way ends. */
  let isResting = false
  let isOver = false
  let endedMs = 0

  const startChild = (slot: number): void => {
    const child = options.fork(slot)
    const entry = { child, isReady: false }
    children.set(slot, entry)
    child.on('message', (message: 'ready' | { started?: string }) => {
      if (message === 'ready') entry.isReady = true
      else if (message.started !== undefined) accepted.add(message.started)
    })
    child.on('exit', () => {
      if (children.get(slot) === entry && !signal.aborted && !isOver) startChild(slot)
    })
  }
  for (let slot = 0; slot < processes; slot++) startChild(slot)

  /** Asks for runs, again where a process died before it said that it had taken one. */
  const ask = async (): Promise<void> => {
    while (!isOver) {
      const ready = [...children.values()].filter(({ child, isReady }) => isReady && child.connected)
      while (!isResting && open.size < inFlight) {
        const run = options.next(++count)
        open.set(run.id, run)
      }
      for (const run of open.values())
        if (!accepted.has(run.id) && ready.length > 0)
          ready[Math.floor(random.next() * ready.length)]!.child.send(run, () => undefined)
      await sleep(100)
      // What a busy database did not answer is asked again: only the server processes are on trial.
      const ended = await database
        .selectFrom('run')
        .select('id')
        .where('id', 'in', [...open.keys(), '-'])
        .where('state', 'in', [...endStates])
        .execute()
        .catch(() => [])
      if (ended.length > 0) endedMs = performance.now()
      for (const { id } of ended) open.delete(id)
    }
  }
  const attend = async (): Promise<void> => {
    while (!isOver) {
      await options.attend?.().catch(() => undefined)
      await sleep(150)
    }
  }
  const others = [ask(), attend()]
  try {
    while (done < kills && performance.now() - startedMs < forMs) {
      signal.throwIfAborted()
      await sleep(random.next() * 600)
      const ready = [...children].filter(([, { isReady }]) => isReady)
      // The others go on.
      if (ready.length < Math.min(2, processes)) continue
      const [slot, victim] = ready[Math.floor(random.next() * ready.length)] ?? []
      if (slot === undefined || victim === undefined) continue
      victim.isReady = false
      victim.child.kill('SIGKILL')
      done++
      options.onKill?.(done)
    }
    isResting = true
    endedMs = performance.now()
    while (open.size > 0 && performance.now() - endedMs < mostRestMs && !signal.aborted) await sleep(200)
  } finally {
    isOver = true
    await Promise.all(others)
    for (const { child } of children.values()) child.kill('SIGKILL')
  }
  return { accepted, unended: [...open.keys()].filter((id) => accepted.has(id)), kills: done }
}
