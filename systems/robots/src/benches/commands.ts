import type { MeasureInput } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { quantile, sortNumbers } from '@heavylift/core/math'
import type { Bus } from '../control/broker/bus.ts'
import { openBenchFloor } from './bench-floor.ts'

const robots = 500
const warmsMs = 4_000
const lastsMs = 5_000
/** Ahead, ahead, turn about: each robot goes to and fro in a row of its own. */
const pattern = [0, 0, 1, 1]
/** Commands a second of the peak that the design takes. */
const peak = 2_222
const stepMs = 100

/** `heavylift bench robots.commands`: orders to robots and their states back over the broker, beside the broker alone with messages of the same size. */
export async function runCommandsBench({ report, signal }: MeasureInput) {
  let orderBytes = 0
  let orders = 0
  let plannedMs = 0
  let isAtPeak = false
  const sent = new Map<string, number>()
  const bench = await openBenchFloor(robots, 1, signal, (path, text) => {
    if (!path.endsWith('/order')) return
    orders++
    orderBytes += text.length
    if (!isAtPeak) return
    const serial = path.split('/')[3]!
    sent.set(`${serial.slice(1)} ${/"orderUpdateId":(\d+)/.exec(text)![1]}`, plannedMs)
  })
  const { gateway, book } = bench
  try {
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
    const asManyAsGo = async (forMs: number): Promise<void> => {
      const ends = performance.now() + forMs
      while (performance.now() < ends) {
        signal.throwIfAborted()
        if (behind() < robots * 2) plan(() => true)
        await sleep(1, signal)
      }
      while (behind() > 0 && !signal.aborted) await sleep(10, signal)
    }
    // Until the machine code of both sides is made; the bare broker comes last, when it is.
    await asManyAsGo(warmsMs)
    orders = orderBytes = 0
    const startedMs = performance.now()
    const startedCpu = process.cpuUsage()
    await asManyAsGo(lastsMs)
    const commandsPerSecond = orders / ((performance.now() - startedMs) / 1000)
    const cpuUsPerCommand = cpuUsSince(startedCpu) / orders
    const bytes = Math.round(orderBytes / orders)
    await bench.arrivals()
    isAtPeak = true
    report({ stage: 'at the peak', done: 1, total: 3, unit: 'parts' })
    // Half of the actions move a robot on, and each of those is a command.
    const groups = Math.max(1, Math.round((robots * 0.5) / ((peak * stepMs) / 1000)))
    for (let step = 0; step < lastsMs / stepMs; step++) {
      plan((robot) => robot % groups === step % groups)
      await sleep(stepMs, signal)
    }
    while (behind() > 0 && !signal.aborted) await sleep(10, signal)
    const tookMs = sortNumbers(
      (await bench.arrivals()).flatMap(([robot, update, atMs]) => {
        const plannedAtMs = sent.get(`${robot} ${update}`)
        return plannedAtMs === undefined ? [] : [atMs - plannedAtMs]
      }),
    )
    report({ stage: 'the broker alone', done: 2, total: 3, unit: 'parts' })
    const bare = await bareRate(bench.bus, bytes, signal)
    return {
      n: orders,
      metrics: {
        commandsPerSecond,
        shareOfBareBroker: commandsPerSecond / bare.commandsPerSecond,
        cpuUsPerCommand,
        planToRobotP50Ms: quantile(tookMs, 0.5),
        planToRobotP99Ms: quantile(tookMs, 0.99),
        peakCommands: tookMs.length,
        orderBytes: bytes,
      },
      peers: { 'bare broker': bare },
      notes: [
        `${robots} robots with a connection each in a process of their own; each command is acknowledged by a state before the next. Broker (aedes) and gateway in one process.`,
        `The bare broker carries as many bytes to the same connections and an answer of the size of a state back. Plan to robot: at ${peak} a second, all of a step of ${stepMs} ms at once.`,
      ],
    }
  } finally {
    await bench.close()
  }
}

async function bareRate(bus: Bus, bytes: number, signal: AbortSignal) {
  const text = 'x'.repeat(bytes)
  let done = 0
  const ends = performance.now() + lastsMs
  await bus.subscribe(['answer/+'], (path) => {
    done++
    if (performance.now() < ends) bus.publish(`bare/${path.slice('answer/'.length)}`, text)
  })
  const startedMs = performance.now()
  const startedCpu = process.cpuUsage()
  for (let robot = 0; robot < robots; robot++) bus.publish(`bare/${robot}`, text)
  await sleep(lastsMs, signal)
  const commandsPerSecond = done / ((performance.now() - startedMs) / 1000)
  return { commandsPerSecond, cpuUsPerCommand: cpuUsSince(startedCpu) / done }
}

/** CPU time of this process, broker and gateway: what other work on the machine changes least. */
function cpuUsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return user + system
}
