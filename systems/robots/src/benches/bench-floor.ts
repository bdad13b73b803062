import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { silentLogger, systemClock } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { startBroker } from '../control/broker/embedded-broker.ts'
import type { Bus } from '../control/broker/bus.ts'
import { RouteBook } from '../control/release/route-book.ts'
import { Gateway } from '../control/session/gateway.ts'
import { usualSession } from '../control/session/robot-session.ts'
import { createFloor } from '../floor/floor.ts'

export const columns = 3

/** Of an order the number of its update, of a pause -1; `atMs` of the clock that all processes of a machine share. */
export type Arrival = [robot: number, update: number, atMs: number]

export interface BenchFloor {
  gateway: Gateway
  book: RouteBook
  bus: Bus
  /** What has come to robots since the last call. */
  arrivals(): Promise<Arrival[]>
  close(): Promise<void>
}

/**
 * A broker and a gateway in this process, and robots, each with a connection of its own and a row of the floor of its own, in others.
 * @param onPublish told of each message that the gateway sends
 */
export async function openBenchFloor(
  robots: number,
  processes: number,
  signal: AbortSignal,
  onPublish: (path: string, text: string) => void = () => undefined,
): Promise<BenchFloor> {
  const broker = await startBroker({
    host: '127.0.0.1',
    port: 0,
    tls: null,
    credentials: null,
    log: silentLogger,
  })
  const children: ChildProcess[] = []
  const close = async (): Promise<void> => {
    for (const child of children) child.disconnect()
    await broker.close()
  }
  try {
    for (let at = 0; at < processes; at++) {
      const [from, to] = [at, at + 1].map((share) => Math.floor((robots * share) / processes))
      const child = fork(
        join(import.meta.dirname, 'bench-robots-child.ts'),
        [`mqtt://127.0.0.1:${broker.port}`, String(from), String(to)],
        { execArgv: [] },
      )
      children.push(child)
      await new Promise<void>((resolve) => child.once('message', () => resolve()))
    }
    const floor = createFloor(robots, columns, new Uint8Array(robots * columns).fill(1))
    const states = Int32Array.from({ length: robots }, (_, robot) => robot * columns * 4)
    const book = new RouteBook(states.map((state) => state >> 2))
    const bus = broker.bus()
    const gateway = new Gateway({
      bus: {
        ...bus,
        publish(path, text) {
          onPublish(path, text)
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
      settings: { ...usualSession, resendMs: 60_000 },
    })
    await gateway.start()
    while (gateway.statuses().some((status) => status !== 'ready')) {
      signal.throwIfAborted()
      await sleep(50, signal)
    }
    const arrivals = async (): Promise<Arrival[]> => {
      const told = children.map(
        (child) =>
          new Promise<Arrival[]>((resolve) => {
            child.once('message', (message: { arrived: Arrival[] }) => resolve(message.arrived))
            child.send('tell')
          }),
      )
      return (await Promise.all(told)).flat()
    }
    return { gateway, book, bus, arrivals, close }
  } catch (error) {
    await close()
    throw error
  }
}
