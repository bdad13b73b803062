import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom, silentLogger, systemClock } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { openStore } from '@heavylift/store'
import { makeMap, mapText } from '../../../samples/made-floors.ts'
import { migrations } from '../../migrations/migrations.ts'
import { checkTruth } from '../fleet/check-truth.ts'
import type { TruthLine } from '../fleet/check-truth.ts'
import { machineMs } from '../fleet/simulated-robot.ts'
import { makeRobots } from '../floor-file.ts'
import type { FloorFile } from '../floor-file.ts'
import { FloorLog } from '../store/floor-log.ts'
import { PartProcess } from './process.ts'
import { recoveryOf } from './recovery.ts'

export const killable = ['planner', 'gateway', 'broker'] as const
export type Killable = (typeof killable)[number]

export interface DrillOptions {
  robots: number
  rows: number
  columns: number
  tasks: number
  /** How often each of planner, gateway and broker is killed. */
  kills: number
  /** No more kills after so long; what there is to do is still done. */
  killsForMs?: number
  /** Kills only when robots have done an errand since the last kill, so that each recovery is seen by itself. */
  waitsForRecovery: boolean
  isBadRadio: boolean
  driveMs: number
  fleets: number
  /** Whether a second planner and gateway stand by; else the killed one is started again. */
  hasStandby: boolean
  /** PostgreSQL; null starts one for the drill. */
  databaseUrl: string | null
  /** Gives up after so long without an errand more. */
  patienceMs: number
  report: (done: number, total: number) => void
  signal: AbortSignal
}

export interface DrillReport {
  tasks: number
  finished: number
  /** Errands that the store says are done and no robot did, and tasks that are not finished. */
  ordersLost: number
  /** Errands that were done more than once. */
  ordersDoubled: number
  collisions: number
  /** Who met where, and how long after which kill. */
  met: string[]
  /** Messages that robots and gateway heard. */
  messages: number
  schemaErrors: number
  refused: Record<string, number>
  resent: number
  /** Robots that did not go on by themselves at the end, and why. */
  troubles: unknown[]
  kills: Record<Killable, number>
  /** For each kill of gateway and broker, milliseconds until a robot drove to a cell that it was given after it. */
  movingAgainMs: number[]
  /** For each kill of the planner, milliseconds until there was a step more. */
  plansAgainMs: number[]
  /** For each kill, the longest time in which no robot drove on to another cell. */
  holdMs: Record<Killable, number[]>
  seconds: number
}

/**
 * Runs a floor with its robots in processes of their own over a real broker, kills parts of it with SIGKILL, and holds what the robots really did against what must
 * never be: nothing that it checks comes from the control.
 */
export async function runDrill(options: DrillOptions): Promise<DrillReport> {
  const startedMs = performance.now()
  const {
    robots,
    rows,
    columns,
    tasks,
    kills,
    waitsForRecovery,
    isBadRadio,
    driveMs,
    fleets,
    hasStandby,
    patienceMs,
    killsForMs = Infinity,
    report,
    signal,
  } = options
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-drill-'))
  const host = await openStore({
    dataDir: join(folder, 'data'),
    databaseUrl: options.databaseUrl,
    log: silentLogger,
    clock: systemClock,
  })
  const running = new Set<PartProcess>()
  try {
    await host.migrate('robots', migrations)
    const map = mapText(makeMap('wide aisles', rows, columns, createRandom('drill')))
    const file: FloorFile = {
      floorId: `drill-${process.pid}-${Math.floor(startedMs)}`,
      run: 'drill',
      cellMetres: 1,
      map,
      robots: makeRobots(map, robots, 'drill'),
    }
    const floor = join(folder, 'floor.json')
    await writeFile(floor, JSON.stringify(file))
    const port = await freePort()
    const url = `mqtt://127.0.0.1:${port}`
    const log = new FloorLog(host.forSystem('robots'), { tenantId: 'main', floorId: file.floorId })
    const begin = (
      name: 'broker' | 'control' | 'fleet',
      given: Record<string, string | boolean>,
    ): PartProcess => {
      const part = new PartProcess(name, given, join(folder, 'data'))
      running.add(part)
      return part
    }
    const control = (part: 'planner' | 'gateway', made = 0): PartProcess =>
      begin('control', {
        floor,
        part,
        broker: url,
        database: host.databaseUrl,
        tasks: String(made),
        stepMs: String(Math.max(50, Math.round(driveMs / 2))),
      })
    const startOf: Record<Killable, () => PartProcess> = {
      broker: () => begin('broker', { port: String(port) }),
      planner: () => control('planner'),
      gateway: () => control('gateway'),
    }
    // One of each leads, and one stands by.
    const leading: Record<Killable, PartProcess[]> = { broker: [startOf.broker()], planner: [], gateway: [] }
    await leading.broker[0]!.isUp
    leading.planner.push(control('planner', tasks))
    await leading.planner[0]!.isUp
    leading.gateway.push(startOf.gateway())
    if (hasStandby)
      for (const part of killable) {
        await leading[part][0]!.isUp
        leading[part].push(startOf[part]())
        await leading[part][1]!.isUp
      }
    const truths = Array.from({ length: fleets }, (_, at) => join(folder, `truth-${at}.jsonl`))
    const fleet = truths.map((truth, at) =>
      begin('fleet', {
        floor,
        broker: url,
        truth,
        badRadio: isBadRadio,
        driveMs: String(driveMs),
        from: String(Math.floor((robots * at) / fleets)),
        to: String(Math.floor((robots * (at + 1)) / fleets)),
      }),
    )
    await Promise.all(fleet.map((part) => part.isUp))
    const readTruth = async (): Promise<TruthLine[]> => (await Promise.all(truths.map(readLines))).flat()
    const killed: { part: Killable; atMs: number }[] = []
    const plansAgainMs: number[] = []
    let plannerKilledMs: number | null = null
    host.forSystem('robots').shared.listen(log.nameOf('step'), signal, () => {
      // What the killed one told may come a moment after its end.
      if (plannerKilledMs === null || machineMs() - plannerKilledMs < lastWordMs) return
      plansAgainMs.push(machineMs() - plannerKilledMs)
      plannerKilledMs = null
    })
    const total = 3 * kills
    let lastDone = { done: -1, atMs: performance.now() }
    let doneAtKill = 0
    let isReady = true
    while (!signal.aborted) {
      const counts = await log.countTasks()
      // Robots that have done their tasks get more until the last kill.
      report(killed.length + Math.min(counts.finished, tasks), total + tasks)
      if (counts.done > lastDone.done) lastDone = { done: counts.done, atMs: performance.now() }
      if (performance.now() - lastDone.atMs > patienceMs) break
      const last = killed.at(-1)
      const sinceMs = last === undefined ? Infinity : machineMs() - last.atMs
      if (killed.length >= total || performance.now() - startedMs > killsForMs) {
        if (counts.open === 0 && sinceMs > pauseMs) break
      } else {
        if (counts.open < robots) await log.addTasks(await moreTasks(log, robots), new Date())
        const isRecovered =
          !waitsForRecovery || (isReady && counts.done > doneAtKill && plannerKilledMs === null)
        if (counts.done > 0 && sinceMs > pauseMs && isRecovered) {
          doneAtKill = counts.done
          const part = killable[killed.length % killable.length]!
          const victim = leading[part].shift()!
          await victim.kill()
          running.delete(victim)
          killed.push({ part, atMs: machineMs() })
          if (part === 'planner') plannerKilledMs = machineMs()
          isReady = false
          // Where another stands by nobody is in a hurry; all of the drill share a machine.
          if (hasStandby) await sleep(againMs, signal)
          const next = startOf[part]()
          leading[part].push(next)
          void next.isUp.then(() => (isReady = true)).catch(() => undefined)
        }
      }
      await sleep(kills > 0 ? 250 : 500, signal)
    }
    const gateways = await Promise.all(leading.gateway.map((part) => part.stop()))
    const fleetEnds = (await Promise.all(fleet.map((part) => part.stop()))) as ({
      received: number
      schemaErrors: number
    } | null)[]
    const truth = (await readTruth()).toSorted((a, b) => a.atMs - b.atMs)
    const recoveries = killed.map(({ part, atMs }, at) => ({
      part,
      ...recoveryOf(truth, atMs, Math.min(killed[at + 1]?.atMs ?? Infinity, atMs + pauseMs)),
    }))
    const holdsOf = (of: Killable): number[] =>
      recoveries.flatMap(({ part, holdMs }) => (part === of ? [holdMs] : []))
    const { collisions, doubled, actions } = checkTruth(truth)
    const finished = await log.doneErrands()
    const gatewayCounts = gateways.map((result) => (result as { counts?: GatewayEnd } | null)?.counts)
    const after = await log.countTasks()
    const refused: Record<string, number> = {}
    for (const one of gatewayCounts)
      for (const [reason, count] of Object.entries(one?.refused ?? {}))
        refused[reason] = (refused[reason] ?? 0) + count
    return {
      tasks: after.open + after.finished,
      finished: after.finished,
      ordersLost: after.open + finished.filter((id) => !actions.has(id)).length,
      ordersDoubled: doubled.length,
      collisions: collisions.length,
      met: collisions.map(({ nodeId, robots: [one, other], atMs }) => {
        const last = killed.findLast((kill) => kill.atMs <= atMs)
        const after =
          last === undefined ? '' : `, ${Math.round(atMs - last.atMs)} ms after a kill of the ${last.part}`
        return `${one} and ${other} on ${nodeId}${after}`
      }),
      messages:
        sum(fleetEnds.map((end) => end?.received ?? 0)) + sum(gatewayCounts.map((one) => one?.received ?? 0)),
      schemaErrors: sum(fleetEnds.map((end) => end?.schemaErrors ?? 0)) + (refused['schema'] ?? 0),
      refused,
      resent: sum(gatewayCounts.map((one) => one?.resent ?? 0)),
      troubles: gateways.flatMap((result) => (result as { troubles?: unknown[] } | null)?.troubles ?? []),
      kills: {
        planner: count(killed, 'planner'),
        gateway: count(killed, 'gateway'),
        broker: count(killed, 'broker'),
      },
      movingAgainMs: recoveries.flatMap(({ part, movingAgainMs }) =>
        part === 'planner' || movingAgainMs === null ? [] : [movingAgainMs],
      ),
      plansAgainMs,
      holdMs: {
        planner: holdsOf('planner'),
        gateway: holdsOf('gateway'),
        broker: holdsOf('broker'),
      },
      seconds: (performance.now() - startedMs) / 1000,
    }
  } finally {
    await Promise.all([...running].map((part) => part.kill()))
    await host.close()
    await rm(folder, { recursive: true, force: true })
  }
}

interface GatewayEnd {
  received: number
  resent: number
  refused: Record<string, number>
}

/** Between two kills at the least. */
const pauseMs = 3_000
/** From a kill until the next one that stands by is started. */
const againMs = 1_000
const lastWordMs = 100

async function moreTasks(log: FloorLog, robots: number): Promise<number[][]> {
  const { places } = (await log.floor())!
  const cells = Array.from(places.floor.isFree.keys()).filter((cell) => places.floor.isFree[cell] === 1)
  const random = createRandom(`more ${performance.now()}`)
  return Array.from({ length: robots }, () => [random.pick(cells), random.pick(cells)])
}

async function readLines(path: string): Promise<TruthLine[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as TruthLine)
    .filter(({ kind }) => (kind as string) !== 'paused')
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)
const count = (killed: readonly { part: Killable }[], part: Killable): number =>
  killed.filter((one) => one.part === part).length
