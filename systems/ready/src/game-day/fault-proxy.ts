import { connect, createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { ConflictError, InvalidInputError } from '@heavylift/core'
import type { Random } from '@heavylift/core/math'
import { isLoopback } from '../load/target.ts'
import type { Fault } from './fault.ts'

const longestLeaseMs = 3_600_000

/**
 * A proxy of TCP on loopback in front of a dependency on loopback. A fault is a lease: it ends by itself when its time is over, whoever set it;
 * without one all bytes go through as they are.
 */
export class FaultProxy {
  readonly #upstream: { host: string; port: number }
  readonly #random: Random
  readonly #sockets = new Set<Socket>()
  #server: Server | null = null
  #fault: { fault: Fault; timer: NodeJS.Timeout } | null = null

  /** @throws InvalidInputError where the dependency is not on this machine */
  constructor(upstream: { host: string; port: number }, random: Random) {
    if (!isLoopback(upstream.host))
      throw new InvalidInputError({
        code: 'blast-radius',
        message: `${upstream.host} is not on this machine; faults are put before what runs here only.`,
      })
    this.#upstream = upstream
    this.#random = random
  }

  async listen(): Promise<number> {
    const server = createServer({ noDelay: true }, (client) => this.#through(client))
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(0, '127.0.0.1', resolve)
    })
    this.#server = server
    return (server.address() as AddressInfo).port
  }

  get fault(): Fault | null {
    return this.#fault?.fault ?? null
  }

  /**
   * Begins a fault for so long.
   * @throws ConflictError where one is on already
   */
  inject(fault: Fault, leaseMs: number): void {
    if (this.#fault !== null)
      throw new ConflictError({
        code: 'fault-on',
        message: 'A fault is on already. End it, or wait for its end.',
      })
    const timer = setTimeout(() => this.end(), Math.min(leaseMs, longestLeaseMs))
    this.#fault = { fault, timer }
    // What is open must feel it as well.
    if (fault.kind === 'down' || fault.kind === 'reset') this.#cut()
  }

  /** Ends the fault at once; connections that hang in it are cut, so that nothing of it is left. */
  end(): void {
    if (this.#fault === null) return
    clearTimeout(this.#fault.timer)
    const { kind } = this.#fault.fault
    this.#fault = null
    if (kind === 'black-hole') this.#cut()
  }

  async close(): Promise<void> {
    this.end()
    this.#cut()
    const server = this.#server
    this.#server = null
    if (server !== null) await new Promise<void>((resolve) => void server.close(() => resolve()))
  }

  #cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy()
  }

  #through(client: Socket): void {
    if (this.fault?.kind === 'down') {
      client.resetAndDestroy()
      return
    }
    const upstream = connect({ ...this.#upstream, noDelay: true })
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.#sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => this.#sockets.delete(socket))
    }
    this.#pass(client, upstream, false)
    this.#pass(upstream, client, true)
  }

  /** Pieces keep their order whatever each waits. */
  #pass(from: Socket, to: Socket, isAnswer: boolean): void {
    let passed = 0
    let freeAtMs = 0
    let isHolding = false
    let hasEnded = false
    const write = (bytes: Buffer) => {
      if (!to.destroyed && !to.write(bytes)) {
        from.pause()
        to.once('drain', () => from.resume())
      }
    }
    from.on('data', (bytes: Buffer) => {
      const fault = this.fault
      if (fault === null && freeAtMs === 0) {
        write(bytes)
        return
      }
      if (fault?.kind === 'black-hole') return
      if (fault?.kind === 'reset' && isAnswer && passed + bytes.length > fault.afterBytes) {
        to.resetAndDestroy()
        from.destroy()
        return
      }
      if (fault?.kind === 'partial-body' && isAnswer && passed + bytes.length > fault.afterBytes) {
        to.end(bytes.subarray(0, Math.max(0, fault.afterBytes - passed)))
        from.destroy()
        return
      }
      passed += bytes.length
      const nowMs = performance.now()
      const waitMs =
        fault?.kind === 'latency' && isAnswer
          ? fault.ms + fault.jitterMs * (2 * this.#random.next() - 1)
          : fault?.kind === 'bandwidth'
            ? (1000 * bytes.length) / fault.bytesPerSecond
            : 0
      const startMs = fault?.kind === 'bandwidth' ? Math.max(nowMs, freeAtMs) : nowMs
      freeAtMs = Math.max(freeAtMs, startMs + Math.max(0, waitMs))
      const restMs = freeAtMs - nowMs
      if (restMs <= 0) {
        freeAtMs = 0
        write(bytes)
        return
      }
      // What is held back is bounded: the sender waits while a piece does.
      from.pause()
      isHolding = true
      setTimeout(() => {
        write(bytes)
        freeAtMs = 0
        isHolding = false
        if (hasEnded) to.end()
        from.resume()
      }, restMs)
    })
    // A socket tells its end although it is paused; what is held goes before it.
    from.on('end', () => {
      hasEnded = true
      if (!isHolding) to.end()
    })
  }
}
