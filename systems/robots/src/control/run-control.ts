import type { Clock, Logger } from '@heavylift/core'
import type { Store } from '@heavylift/store'
import type { Bus } from './broker/bus.ts'
import { planFloor } from './plan/plan-floor.ts'
import { ReadyPlanner } from './plan/ready-planner.ts'
import { recordBegun, recordFinished } from './record-tasks.ts'
import { runGateway } from './run-gateway.ts'
import type { Gateway } from './session/gateway.ts'
import type { SessionSettings } from './session/robot-session.ts'
import { readySchemas } from './vda5050/check-schema.ts'
import { ControlZones } from './store/control-zones.ts'
import { EmergencyStop } from './store/emergency-stop.ts'
import { FloorReports } from './store/floor-report.ts'
import type { FloorLog } from './store/floor-log.ts'

export type ControlPart = 'planner' | 'gateway'

export interface RunControlOptions {
  store: Store
  log: FloorLog
  parts: readonly ControlPart[]
  connect: (signal: AbortSignal) => Promise<Bus>
  clock: Clock
  logger: Logger
  signal: AbortSignal
  stepMs: number
  settings?: SessionSettings
  /** Of the broker, without user and password, for people. */
  broker?: string
  onGateway?: (gateway: Gateway) => void
}

const version = 'control 1'
const budgetShare = 0.4
/** How soon one that stands by notices that the leading one has died. */
const tryMs = 50
/** Visits that are planned for a robot ahead of where it is. */
const mostBehind = 8

/**
 * Planner and gateway of a floor, each led by one process of all that are on the same database: another takes over when that one has died. They know of each
 * other only by what is kept. Resolves when `signal` has aborted.
 */
export async function runControl(options: RunControlOptions): Promise<void> {
  const {
    store,
    log,
    parts,
    connect,
    clock,
    logger,
    signal,
    stepMs,
    settings,
    broker = '',
    onGateway,
  } = options
  const { shared, ledger } = store
  const stop = new EmergencyStop(store, log)
  const zones = new ControlZones(store, log)
  const reports = new FloorReports(store)
  const stored = parts.includes('planner') ? await log.floor() : null
  const ready = stored === null ? undefined : new ReadyPlanner(stored)
  let early: Promise<Bus> | null = null
  if (parts.includes('gateway')) {
    // What a gateway needs when it takes over is there, and has been asked once, while it stands by.
    readySchemas()
    const floor = await log.floor()
    if (floor !== null) await Promise.all([log.resume(floor), stop.state(), zones.all()])
    early = connect(signal)
    early.catch(() => undefined)
  }
  const lead: Record<ControlPart, (signal: AbortSignal) => Promise<void>> = {
    planner: (ours) =>
      planFloor({
        log,
        ...(ready === undefined ? {} : { ready }),
        zones,
        clock,
        logger,
        signal: ours,
        stepMs,
        budgetMs: stepMs * budgetShare,
        mostBehind,
        onBegun: (begun) => recordBegun(ledger, log.key, version, begun),
      }),
    async gateway(ours) {
      const bus = await (early ?? connect(ours))
      // A second time on one connection, what the first one heard would be heard twice.
      early = null
      try {
        await runGateway({
          log,
          stop,
          zones,
          report: (robots, { counts, resent }) => {
            const lostAtMs = bus.lostAtMs()
            return reports.save(log.key, {
              broker,
              brokerLostAt: lostAtMs === null ? null : new Date(lostAtMs),
              robots,
              counts: {
                received: counts.received,
                sent: counts.sent,
                resent,
                refused: Object.values(counts.refused).reduce((sum, count) => sum + count, 0),
              },
              at: new Date(clock.nowMs()),
            })
          },
          listen: (name, until, onSignal) => shared.listen(name, until, onSignal),
          bus,
          clock,
          logger,
          signal: ours,
          ...(settings === undefined ? {} : { settings }),
          ...(onGateway === undefined ? {} : { onStart: onGateway }),
          onFinished: (finished) => recordFinished(ledger, log.key, finished, clock.nowMs()),
        })
      } finally {
        await bus.close()
      }
    },
  }
  await Promise.all(parts.map((part) => shared.lead(log.nameOf(part), { signal, lead: lead[part], tryMs })))
}
