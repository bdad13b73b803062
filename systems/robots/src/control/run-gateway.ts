import type { Clock, Logger } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import type { Bus } from './broker/bus.ts'
import { Gateway } from './session/gateway.ts'
import type { Delays } from './session/gateway.ts'
import type { SessionSettings } from './session/robot-session.ts'
import { cellsWith } from './plan/zone-cells.ts'
import { toldZones } from './session/zone-sets.ts'
import type { RobotRow } from './store/control-tables.ts'
import type { ControlZones } from './store/control-zones.ts'
import type { EmergencyStop } from './store/emergency-stop.ts'
import type { FloorLog } from './store/floor-log.ts'

export interface RunGatewayOptions {
  log: FloorLog
  stop: EmergencyStop
  zones: ControlZones
  /** Told of all robots, for people. */
  report: (robots: RobotRow[], gateway: Gateway) => Promise<void>
  /** Tells of steps and stops. */
  listen: (name: string, signal: AbortSignal, onSignal: (detail: string | null) => void) => void
  bus: Bus
  clock: Clock
  logger: Logger
  signal: AbortSignal
  settings?: SessionSettings
  /** Called once it hears its robots. */
  onStart?: (gateway: Gateway) => void
  /** Tasks that are finished, after that is kept, with what their robots stood for. */
  onFinished?: (finished: FinishedTask[]) => Promise<void>
}

export interface FinishedTask {
  taskId: number
  robot: number
  createdAt: Date
  begunAt: Date | null
  delays: Delays
}

const tickMs = 100
const keepMs = 3_000
const reportMs = 2_000
/** Kept for people, who look at no more. */
const mostTroubles = 500

/** Runs the gateway of a floor from what is kept, for as long as `signal` lets it. */
export async function runGateway(options: RunGatewayOptions): Promise<void> {
  const { log, stop, zones, report, listen, bus, clock, logger, signal, settings, onStart, onFinished } =
    options
  const floor = await log.floor()
  if (floor === null) throw new Error(`There is no floor ${log.key.floorId}.`)
  const gateway = new Gateway({
    bus,
    floor,
    kept: await log.resume(floor),
    clock,
    log: logger,
    ...(settings === undefined ? {} : { settings }),
  })
  gateway.setStop(await stop.state())
  const setZones = async (): Promise<void> => {
    const all = await zones.all()
    gateway.setPersons(cellsWith('PERSON', all, floor.places.floor))
    gateway.setZones(toldZones(floor.places, all))
  }
  await setZones()
  await gateway.start()
  onStart?.(gateway)
  const failed = new AbortController()
  const running = AbortSignal.any([signal, failed.signal])
  const fail = (error: unknown): void => failed.abort(error)
  const inTurn = oneAtATime(async () => gateway.planned(await log.stepsAfter(gateway.step)), fail)
  listen(log.nameOf('step'), running, inTurn)
  listen(
    log.nameOf('stop'),
    running,
    oneAtATime(async () => gateway.setStop(await stop.state()), fail),
  )
  listen(log.nameOf('zone'), running, oneAtATime(setZones, fail))
  listen(log.nameOf('believe'), running, (robot) => robot !== null && gateway.endQuarantine(Number(robot)))
  let keptAtMs = clock.monotonicMs()
  let reportedAtMs = -Infinity
  while (!running.aborted) {
    gateway.tick()
    const done = gateway.takeDone()
    const finished = await log.finishErrands(done, new Date(clock.nowMs()))
    if (finished.length > 0)
      await onFinished?.(
        finished.map((row) => ({
          taskId: Number(row.task_id),
          robot: row.robot,
          createdAt: row.created_at,
          begunAt: row.begun_at,
          delays: gateway.delaysOf(row.robot),
        })),
      )
    await log.saveProgress(gateway.stands(), gateway.troubles().slice(0, mostTroubles))
    if (clock.monotonicMs() - reportedAtMs > reportMs) {
      reportedAtMs = clock.monotonicMs()
      await report(gateway.rows(), gateway)
    }
    if (clock.monotonicMs() - keptAtMs > keepMs) {
      await log.keep(gateway.kept)
      keptAtMs = clock.monotonicMs()
    }
    await sleep(tickMs, running)
  }
  if (failed.signal.aborted) throw failed.signal.reason
}

/** Calls while it is at work are one call afterwards. */
function oneAtATime(work: () => Promise<void>, onError: (error: unknown) => void): () => void {
  let isWorking = false
  let isWanted = false
  return () => {
    isWanted = true
    if (isWorking) return
    isWorking = true
    void (async () => {
      while (isWanted) {
        isWanted = false
        await work()
      }
    })()
      .catch(onError)
      .finally(() => (isWorking = false))
  }
}
