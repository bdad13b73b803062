import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HeavyliftError } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import {
  DiskStateStore,
  MemoryStateStore,
  openDiskLog,
  runProcessor,
  sum,
  createTumblingWindow,
  type Codec,
  type Log,
  type LogEvent,
  type ProcessorHandle,
  type StateStore,
  type WindowOutput,
} from '@heavylift/streams'
import { arrayLog } from './array-log.ts'

const events = 600_000
const keys = 1000
/** Each key has an event every 10 ms of event time: 100,000 events a second of the world. */
const eventsPerMs = 100
const windowMs = 1000
const startMs = Date.UTC(2026, 0, 4)

interface Speed {
  speedMps: number
}

const jsonCodec: Codec<Speed> = {
  name: 'speed',
  version: 1,
  encode: (value) => Buffer.from(JSON.stringify(value)),
  decode: (payload) => JSON.parse((payload as Buffer).toString()) as Speed,
}

/** Eight bytes, so that next to nothing but the operator is measured. */
const binaryCodec: Codec<Speed> = {
  name: 'speed',
  version: 1,
  encode({ speedMps }) {
    const payload = Buffer.alloc(8)
    payload.writeDoubleLE(speedMps)
    return payload
  },
  decode: (payload) => ({ speedMps: (payload as Buffer).readDoubleLE() }),
}

const outputCodec: Codec<WindowOutput<number>> = {
  name: 'window',
  version: 1,
  encode: (value) => Buffer.from(JSON.stringify(value)),
  decode: (payload) => JSON.parse(Buffer.from(payload).toString()) as WindowOutput<number>,
}

function eventAt(i: number, codec: Codec<Speed>): LogEvent {
  return {
    id: `e${i}`,
    key: `car-${(i * 7919) % keys}`,
    eventTimeMs: startMs + Math.floor(i / eventsPerMs),
    schemaVersion: 1,
    payload: codec.encode({ speedMps: ((i * 2654435761) % 1000) / 10 }),
  }
}

interface Run {
  eventsPerSecond: number
  windows: number
  /** Of this process, all threads, over the time that passed. */
  coresUsed: number
  batchMs: number[]
}

async function measured(
  log: Log,
  states: StateStore,
  codec: Codec<Speed>,
  signal: AbortSignal,
): Promise<Run> {
  const processor = createTumblingWindow({
    name: 'throughput',
    version: 1,
    input: { topic: 'speeds', codec },
    output: { topic: 'windows', codec: outputCodec },
    sizeMs: windowMs,
    aggregate: sum(({ speedMps }: Speed) => speedMps),
  })
  const batchMs: number[] = []
  const started = performance.now()
  const startedCpu = process.cpuUsage()
  const handle: ProcessorHandle = runProcessor({
    processor,
    log: timed(log, batchMs),
    states,
    signal,
    until: 'end',
  })
  await handle.done
  const seconds = (performance.now() - started) / 1000
  const cpu = process.cpuUsage(startedCpu)
  return {
    eventsPerSecond: handle.events / seconds,
    windows: handle.outputs,
    coresUsed: (cpu.user + cpu.system) / 1e6 / seconds,
    batchMs: batchMs.sort((a, b) => a - b),
  }
}

/** The log, noting how long each batch kept the processor: decoding, windows, appending outputs, its share of snapshots. */
function timed(log: Log, batchMs: number[]): Log {
  return {
    append: (topic, batch) => log.append(topic, batch),
    async *read(topic, options) {
      for await (const batch of log.read(topic, options)) {
        const started = performance.now()
        yield batch
        batchMs.push(performance.now() - started)
      }
    },
    range: (topic) => log.range(topic),
    consume: (topic, group) => log.consume(topic, group),
    topics: () => log.topics(),
    close: () => log.close(),
  }
}

/** What is measured beside ours is for developers, and stays out of an installation that serves. */
async function loadPeer() {
  try {
    return await import('./rxjs-windows.ts')
  } catch (cause) {
    throw new HeavyliftError({
      code: 'packages-missing',
      message:
        'This bench needs rxjs, which a start does not install. Install what developers need in the project’s folder: npm install --include=dev',
      status: 501,
      cause,
    })
  }
}

/** `heavylift bench live.throughput`: from a disk log of its own, and from memory beside a peer. */
export async function benchThroughput({ report, signal }: MeasureInput) {
  const { rxjsWindows } = await loadPeer()
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-throughput-'))
  const log = await openDiskLog({ folder: join(folder, 'log') })
  try {
    const started = performance.now()
    for (let from = 0; from < events; from += 1000) {
      signal.throwIfAborted()
      await log.append(
        'speeds',
        Array.from({ length: 1000 }, (_, i) => eventAt(from + i, jsonCodec)),
      )
      if (from % 50_000 === 0) report({ stage: 'filling the log', done: from, total: events, unit: 'events' })
    }
    const appendedPerSecond = (events / (performance.now() - started)) * 1000
    const memory = arrayLog(Array.from({ length: events }, (_, i) => eventAt(i, binaryCodec)))
    // Each runs once before, so that all are measured with compiled code.
    await measured(memory, new MemoryStateStore(), binaryCodec, signal)
    const operator = await measured(memory, new MemoryStateStore(), binaryCodec, signal)
    const values = Array.from({ length: events }, (_, i) => {
      const { key, eventTimeMs, payload } = eventAt(i, binaryCodec)
      return { key, eventTimeMs, value: binaryCodec.decode(payload, 1) }
    })
    await rxjsWindows(values, windowMs)
    const peer = await rxjsWindows(values, windowMs)
    const whole = await measured(log, new DiskStateStore(join(folder, 'states')), jsonCodec, signal)
    return {
      n: events,
      metrics: {
        eventsPerSecond: whole.eventsPerSecond,
        operatorEventsPerSecond: operator.eventsPerSecond,
        p50BatchMs: whole.batchMs[Math.floor(whole.batchMs.length * 0.5)]!,
        p99BatchMs: whole.batchMs[Math.floor(whole.batchMs.length * 0.99)]!,
        maxBatchMs: whole.batchMs.at(-1)!,
        coresUsed: whole.coresUsed,
        windows: whole.windows,
        appendedPerSecond,
      },
      peers: { rxjs: peer },
    }
  } finally {
    await log.close()
    await rm(folder, { recursive: true, force: true })
  }
}
