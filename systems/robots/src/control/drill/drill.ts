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
import { makeRobots } from '../floor-file.ts'
import type { FloorFile } from '../floor-file.ts'
import { FloorLog } from '../store/floor-log.ts'
import { PartProcess } from './process.ts'

export const killable = ['planner', 'gateway', 'broker'] as const
export type Killable = (typeof killable)[number]

export interface DrillOptions {
  robots: number
  rows: number
  columns: number
  tasks: number
  /** How often each of planner, gateway and broker is killed. */
  kills: number
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
  /** Messages that robots and gateway heard. */
  messages: number
  schemaErrors: number
  refused: Record<string, number>
  resent: number
  /** Robots that did not go on by themselves at the end, and why. */
  troubles: unknown[]
  kills: Record<Killable, number>
  /** For each kill, milliseconds until a robot drove on to a cell that it was let onto after it; none where there was nothing left to do. */
  movingAgainMs: number[]
  seconds: number
}

/** Visits ahead that may have been released before a kill. */
const releasedAhead = 6

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
      for (const part of ['planner', 'gateway'] as const) {
        await leading[part][0]!.isUp
        leading[part].push(startOf[part]())
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
    const total = 3 * kills
    let lastDone = { done: -1, atMs: performance.now() }
    let counts = await log.countTasks()
    let doneAtKill = 0
    const hasStarted = (): boolean => counts.done > 0
    while (!signal.aborted) {
      counts = await log.countTasks()
      report(killed.length + counts.finished, total + tasks)
      if (counts.done > lastDone.done) lastDone = { done: counts.done, atMs: performance.now() }
      if (counts.open === 0) {
        if (killed.length >= total) break
        await log.addTasks(await moreTasks(log, robots), new Date())
      }
      if (performance.now() - lastDone.atMs > patienceMs) break
      if (killed.length < total && hasStarted() && (!waitsForRecovery || counts.done > doneAtKill)) {
        doneAtKill = counts.done
        const part = killable[killed.length % killable.length]!
        killed.push({ part, atMs: Number(process.hrtime.bigint()) / 1e6 })
        const victim = leading[part].shift()!
        await victim.kill()
        running.delete(victim)
        leading[part].push(startOf[part]())
      }
      await sleep(kills > 0 ? pauseMs : 500, signal)
    }
    const gateways = await Promise.all(leading.gateway.map((part) => part.stop()))
    const fleetEnds = (await Promise.all(fleet.map((part) => part.stop()))) as ({
      received: number
      schemaErrors: number
    } | null)[]
    const truth = await readTruth()
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
      movingAgainMs: killed.flatMap(({ atMs }) => movingAgain(truth, atMs)),
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

/** Between two kills. */
const pauseMs = 2_500

async function moreTasks(log: FloorLog, robots: number): Promise<number[][]> {
  const { places } = (await log.floor())!
  const cells = Array.from(places.floor.isFree.keys()).filter((cell) => places.floor.isFree[cell] === 1)
  const random = createRandom(`more ${performance.now()}`)
  return Array.from({ length: robots }, () => [random.pick(cells), random.pick(cells)])
}

/** From a time until some robot has come further than what it can have been let onto before. */
function movingAgain(truth: readonly TruthLine[], atMs: number): number[] {
  const entered = new Map<number, number>()
  let again = Infinity
  for (const { robot, kind, atMs: when } of truth.toSorted((a, b) => a.atMs - b.atMs)) {
    if (kind !== 'enter' || when <= atMs) continue
    const cells = (entered.get(robot) ?? 0) + 1
    entered.set(robot, cells)
    if (cells > releasedAhead) {
      again = when - atMs
      break
    }
  }
  return again === Infinity ? [] : [again]
}

async function readLines(path: string): Promise<TruthLine[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as TruthLine)
    .filter(({ kind }) => kind === 'enter' || kind === 'leave' || kind === 'action')
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
