import type { MeasureInput } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { quantile, sortNumbers } from '@heavylift/core/math'
import { timeBareSockets } from './bare-sockets.ts'
import { openBenchFloor } from './bench-floor.ts'
import type { BenchFloor } from './bench-floor.ts'

const rounds = 3
const processes = 2

/** `heavylift bench robots.stop`: from the press of the emergency stop until it is at each robot, over the wire, beside as many bytes on plain connections. */
export async function runStopBench({ options = {}, report, signal }: MeasureInput) {
  const robots = Number(options['robots'] ?? 10_000)
  let bytes = 0
  const bench = await openBenchFloor(robots, processes, signal, (path, text) => {
    bytes = Math.max(bytes, path.length + text.length)
  })
  const { tookMs, missed, cpuUs, rssMb } = await stopAndRelease(bench, robots, { report, signal }).finally(
    () => bench.close(),
  )
  report({ stage: 'plain connections', done: 0, total: rounds, unit: 'stops' })
  const bare = await timeBareSockets({ connections: robots, processes, rounds, bytes }, signal)
  const sorted = sortNumbers(tookMs)
  return {
    n: robots,
    metrics: {
      stopP50Ms: quantile(sorted, 0.5),
      stopP999Ms: quantile(sorted, 0.999),
      missed,
      cpuUsPerRobot: cpuUs / rounds / robots,
      rssMb,
    },
    peers: { 'bare sockets': bare },
    notes: [
      `${robots} robots with a connection each in ${processes} processes; broker (aedes) and gateway in one. ${rounds} stops, each until the last robot has it; robots answer half a second later. cpuUsPerRobot: of the gateway and the broker, until all of a stop is written to its sockets.`,
      'The bare sockets carry as many bytes, once to each of as many connections, without MQTT and without this control: what the machine itself needs.',
    ],
  }
}

async function stopAndRelease(
  bench: BenchFloor,
  robots: number,
  { report, signal }: Pick<MeasureInput, 'report' | 'signal'>,
) {
  const tookMs: number[] = []
  let missed = 0
  let cpuUs = 0
  for (let round = 1; round <= rounds; round++) {
    report({ stage: 'stopping', done: round, total: rounds, unit: 'stops' })
    const pressedMs = Number(process.hrtime.bigint()) / 1e6
    const startedCpu = process.cpuUsage()
    bench.gateway.setStop({ number: round, isLatched: true, at: new Date() })
    const { user, system } = process.cpuUsage(startedCpu)
    cpuUs += user + system
    for (let waitedMs = 0; waitedMs < 20_000; waitedMs += 100) {
      if (bench.gateway.statuses().every((_, robot) => bench.gateway.sessionOf(robot).isPaused)) break
      await sleep(100, signal)
    }
    const arrived = await bench.arrivals()
    missed += robots - arrived.length
    for (const [, , atMs] of arrived) tookMs.push(atMs - pressedMs)
    bench.gateway.setStop({ number: round, isLatched: false, at: new Date() })
    while (!signal.aborted && bench.gateway.statuses().some((status) => status !== 'ready'))
      await sleep(100, signal)
    await bench.arrivals()
  }
  return { tookMs, missed, cpuUs, rssMb: process.memoryUsage.rss() / 1e6 }
}
