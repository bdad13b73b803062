import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import { sleep } from '@heavylift/core/async'
import { quantile, sortNumbers } from '@heavylift/core/math'

/** Connections that wait to be accepted. */
const backlog = 4096
const settleMs = 1_500

/**
 * What the machine itself needs: the same bytes written once to each of as many plain connections, with nothing of MQTT or of this control on either side.
 * @returns milliseconds from the first write until they are read
 */
export async function timeBareSockets(
  {
    connections,
    processes,
    rounds,
    bytes,
  }: { connections: number; processes: number; rounds: number; bytes: number },
  signal: AbortSignal,
): Promise<{ stopP50Ms: number; stopP999Ms: number; cpuUsPerRobot: number }> {
  const sockets: Socket[] = []
  const children: ChildProcess[] = []
  const server = createServer((socket) => {
    socket.setNoDelay(true)
    socket.on('error', () => undefined)
    sockets.push(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', backlog, resolve))
  try {
    for (let at = 0; at < processes; at++) {
      const [from, to] = [at, at + 1].map((share) => Math.floor((connections * share) / processes))
      const child = fork(
        join(import.meta.dirname, 'bare-sockets-child.ts'),
        [String((server.address() as AddressInfo).port), String(to! - from!)],
        { execArgv: [] },
      )
      children.push(child)
      await new Promise<void>((resolve) => child.once('message', () => resolve()))
    }
    while (sockets.length < connections) await sleep(10, signal)
    const packet = Buffer.alloc(bytes, 'x')
    const tookMs: number[] = []
    let cpuUs = 0
    for (let round = 0; round < rounds; round++) {
      const startedMs = Number(process.hrtime.bigint()) / 1e6
      const startedCpu = process.cpuUsage()
      for (const socket of sockets) socket.write(packet)
      const { user, system } = process.cpuUsage(startedCpu)
      cpuUs += user + system
      await sleep(settleMs, signal)
      for (const child of children) {
        const told = new Promise<number[]>((resolve) =>
          child.once('message', (message: number[]) => resolve(message)),
        )
        child.send('tell')
        for (const atMs of await told) tookMs.push(atMs - startedMs)
      }
    }
    const sorted = sortNumbers(tookMs)
    return {
      stopP50Ms: quantile(sorted, 0.5),
      stopP999Ms: quantile(sorted, 0.999),
      cpuUsPerRobot: cpuUs / rounds / connections,
    }
  } finally {
    for (const child of children) child.disconnect()
    for (const socket of sockets) socket.destroy()
    server.close()
  }
}
