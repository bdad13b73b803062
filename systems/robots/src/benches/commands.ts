import { fork } from 'node:child_process'
import { join } from 'node:path'
import { silentLogger, systemClock } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { quantile, sortNumbers } from '@heavylift/core/math'
import { startBroker } from '../control/broker/embedded-broker.ts'
import { RouteBook } from '../control/release/route-book.ts'
import { Gateway } from '../control/session/gateway.ts'
import { createFloor } from '../floor/floor.ts'

const robots = 500
const lastsMs = 5_000
const columns = 3
/** Ahead, ahead, turn about: each robot goes to and fro in a row of its own. */
const pattern = [0, 0, 1, 1]
/** Commands a second of the peak that the design takes. */
const peak = 2_222
const stepMs = 100

/** `heavylift bench robots.commands`: orders to robots and their states back over the broker, beside the broker alone with messages of the same size. */
export async function runCommandsBench({ report, signal }: MeasureInput) {
  const broker = await startBroker({
    host: '127.0.0.1',
    port: 0,
    tls: null,
    credentials: null,
    log: silentLogger,
  })
  const child = fork(
    join(import.meta.dirname, 'commands-robots.ts'),
    [`mqtt://127.0.0.1:${broker.port}`, String(robots)],
    { execArgv: [] },
  )
  try {
    await new Promise<void>((resolve) => child.once('message', () => resolve()))
    const floor = createFloor(robots, columns, new Uint8Array(robots * columns).fill(1))
    const states = Int32Array.from({ length: robots }, (_, robot) => robot * columns * 4)
    const book = new RouteBook(states.map((state) => state >> 2))
    const bus = broker.bus()
    let orderBytes = 0
    let orders = 0
    const sent = new Map<string, number>()
    let plannedMs = 0
    const gateway = new Gateway({
      bus: {
        ...bus,
        publish(path, text) {
          if (path.endsWith('/order')) {
            orders++
            orderBytes += text.length
            const [, , , serial = ''] = path.split('/')
            sent.set(`${serial.slice(1)} ${/"orderUpdateId":(\d+)/.exec(text)![1]}`, plannedMs)
          }
          bus.publish(path, text)
        },
      },
      floor: {
        run: 'bench',
        places: { floor, mapId: 'bench', cellMetres: 1 },
        robots: Array.from(states, (start, robot) => ({
          major: 3,
          manufacturer: 'bench',
          serialNumber: `r${robot}`,
          start,
        })),
      },
      kept: { step: 0, states, book },
      clock: systemClock,
      log: silentLogger,
      // Nothing is lost on loopback; what is late is late.
      settings: { horizon: 6, preview: 2, resendMs: 60_000 },
    })
    await gateway.start()
    while (gateway.statuses().some((status) => status !== 'ready')) await sleep(50, signal)
    const phase = new Uint8Array(robots)
    const plan = (moves: (robot: number) => boolean): void => {
      plannedMs = Number(process.hrtime.bigint()) / 1e6
      const actions = Uint8Array.from({ length: robots }, (_, robot) =>
        moves(robot) ? pattern[phase[robot]!++ % pattern.length]! : 3,
      )
      gateway.planned([{ step: gateway.step + 1, actions, errands: [], plannedAtMs: 0 }])
    }
    const behind = (): number => {
      let sum = 0
      for (let robot = 0; robot < robots; robot++) sum += book.backlog(robot)
      return sum
    }
    report({ stage: 'as many as go', done: 0, total: 3, unit: 'parts' })
    const startedMs = performance.now()
    while (performance.now() - startedMs < lastsMs) {
      signal.throwIfAborted()
      if (behind() < robots * 2) plan(() => true)
      await new Promise(setImmediate)
    }
    while (behind() > 0) await sleep(10, signal)
    const seconds = (performance.now() - startedMs) / 1000
    const commandsPerSecond = orders / seconds
    const bytes = Math.round(orderBytes / orders)
    await arrivals(child)
    sent.clear()
    report({ stage: 'at the peak', done: 1, total: 3, unit: 'parts' })
    const groups = Math.round((robots * 0.5) / ((peak * stepMs) / 1000))
    for (let step = 0; step < lastsMs / stepMs; step++) {
      plan((robot) => robot % Math.max(1, groups) === step % Math.max(1, groups))
      await sleep(stepMs, signal)
    }
    await sleep(500, signal)
    const tookMs = sortNumbers(
      (await arrivals(child)).flatMap(([robot, update, atMs]) => {
        const plannedAtMs = sent.get(`${robot} ${update}`)
        return plannedAtMs === undefined ? [] : [atMs - plannedAtMs]
      }),
    )
    report({ stage: 'the broker alone', done: 2, total: 3, unit: 'parts' })
    const bare = await bareRate(broker.bus(), bytes, signal)
    return {
      n: orders,
      metrics: {
        commandsPerSecond,
        shareOfBareBroker: commandsPerSecond / bare,
        planToRobotP50Ms: quantile(tookMs, 0.5),
        planToRobotP99Ms: quantile(tookMs, 0.99),
        peakCommands: tookMs.length,
        orderBytes: bytes,
      },
      peers: { 'bare broker': { commandsPerSecond: bare } },
      notes: [
        `${robots} robots with a connection each in a process of their own; each command is acknowledged by a state before the next. Broker (aedes) and gateway in one process.`,
        `The bare broker carries as many bytes to the same connections and an answer of the size of a state back, as many at once as the gateway had open. Plan to robot: at ${peak} a second, all of a step of ${stepMs} ms at once.`,
      ],
    }
  } finally {
    child.disconnect()
    await broker.close()
  }
}

async function bareRate(
  bus: ReturnType<Awaited<ReturnType<typeof startBroker>>['bus']>,
  bytes: number,
  signal: AbortSignal,
): Promise<number> {
  const text = 'x'.repeat(bytes)
  let done = 0
  const ends = performance.now() + lastsMs
  await bus.subscribe(['answer/+'], (path) => {
    done++
    if (performance.now() < ends) bus.publish(`bare/${path.slice('answer/'.length)}`, text)
  })
  const startedMs = performance.now()
  for (let robot = 0; robot < robots; robot++) bus.publish(`bare/${robot}`, text)
  await sleep(lastsMs, signal)
  return done / ((performance.now() - startedMs) / 1000)
}

function arrivals(child: ReturnType<typeof fork>): Promise<[number, number, number][]> {
  return new Promise((resolve) => {
    child.once('message', (told: { arrived: [number, number, number][] }) => resolve(told.arrived))
    child.send('tell')
  })
}
