import { connect, createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { ConflictError, InvalidInputError } from '@heavylift/core'
import type { Random } from '@heavylift/core/math'
import { isLoopback } from '../load/target.ts'
import { CallLog } from './call-log.ts'
import type { Call, Watched } from './call-log.ts'
import type { Fault } from './fault.ts'
import { ProxyPipe } from './proxy-pipe.ts'

const longestLeaseMs = 3_600_000
/** A narrow line is smooth: pieces of about so long. */
const narrowPieceMs = 20

interface Through {
  client: Socket
  upstream: Socket
  pipes: [request: ProxyPipe, answer: ProxyPipe]
  /** Whether the fault that is on hits this connection; drawn when it first matters. */
  isHit: boolean | null
  isSilent: boolean
  /** Bytes of answers that went to the client. */
  passed: number
  /** When the line is free again, for each direction. */
  freeAtMs: [number, number]
  call: Call | null
}

/**
 * A proxy of TCP on loopback in front of a dependency on loopback. A fault is a lease: it ends by itself when its time is over, whoever set it;
 * without one all bytes go through as they are.
 */
export class FaultProxy {
  readonly #upstream: { host: string; port: number }
  readonly #random: Random
  readonly #log: CallLog | null
  readonly #open = new Set<Through>()
  #server: Server | null = null
  #fault: { fault: Fault; timer: NodeJS.Timeout } | null = null

  /**
   * @param isWatching keeps a log of the requests that go through
   * @throws InvalidInputError where the dependency is not on this machine
   */
  constructor(
    upstream: { host: string; port: number },
    random: Random,
    { isWatching = false }: { isWatching?: boolean } = {},
  ) {
    if (!isLoopback(upstream.host))
      throw new InvalidInputError({
        code: 'blast-radius',
        message: `${upstream.host} is not on this machine; faults are put before what runs here only.`,
      })
    this.#upstream = upstream
    this.#random = random
    this.#log = isWatching ? new CallLog() : null
  }

  /** Returns its port on 127.0.0.1. */
  async listen(port = 0): Promise<number> {
    // What a client half closes stays open for the answer.
    const server = createServer({ noDelay: true, allowHalfOpen: true }, (client) => this.#through(client))
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
    this.#server = server
    return (server.address() as AddressInfo).port
  }

  get fault(): Fault | null {
    return this.#fault?.fault ?? null
  }

  /** What went through since then, milliseconds since 1970. */
  watched(sinceMs: number): Watched {
    return { calls: this.#log?.since(sinceMs) ?? [], openConnections: this.#open.size }
  }

  /**
   * Begins a fault for so long.
   * @throws ConflictError where one is on already, InvalidInputError for one that only a resolver has
   */
  inject(fault: Fault, leaseMs: number): void {
    if (this.#fault !== null)
      throw new ConflictError({
        code: 'fault-on',
        message: 'A fault is on already. End it, or wait for its end.',
      })
    if (fault.kind === 'dns')
      throw new InvalidInputError({
        code: 'fault-invalid',
        message: 'Only a resolver has "dns": say `protocol: dns` of the dependency.',
      })
    const timer = setTimeout(() => this.end(), Math.min(leaseMs, longestLeaseMs))
    this.#fault = { fault, timer }
    // What is open must feel it as well.
    for (const through of this.#open) {
      through.isHit = null
      through.passed = 0
      if (!this.#hits(through)) continue
      if (fault.kind === 'down' || fault.kind === 'reset') this.#cut(through)
      if (fault.kind === 'half-open') {
        through.isSilent = true
        through.upstream.destroy()
      }
    }
  }

  /** Ends the fault at once; connections that hang in it are cut, what it held back goes on, so that nothing of it is left. */
  end(): void {
    if (this.#fault === null) return
    clearTimeout(this.#fault.timer)
    const { kind } = this.#fault.fault
    for (const through of this.#open) {
      if (through.isSilent || (kind === 'black-hole' && through.isHit === true)) this.#cut(through)
      else for (const pipe of through.pipes) pipe.release()
    }
    this.#fault = null
  }

  async close(): Promise<void> {
    this.end()
    for (const through of this.#open) this.#cut(through)
    const server = this.#server
    this.#server = null
    if (server !== null) await new Promise<void>((resolve) => void server.close(() => resolve()))
  }

  #cut({ client, upstream }: Through): void {
    client.resetAndDestroy()
    upstream.destroy()
  }

  #hits(through: Through): boolean {
    through.isHit ??= this.#random.next() < (this.fault?.share ?? 1)
    return through.isHit
  }

  #through(client: Socket): void {
    const { fault } = this
    if (fault?.kind === 'down' && this.#random.next() < (fault.share ?? 1)) {
      client.resetAndDestroy()
      return
    }
    const upstream = connect({ ...this.#upstream, noDelay: true, allowHalfOpen: true })
    const through: Through = {
      client,
      upstream,
      pipes: [new ProxyPipe(client, upstream), new ProxyPipe(upstream, client)],
      isHit: fault?.kind === 'half-open' ? false : null,
      isSilent: false,
      passed: 0,
      freeAtMs: [0, 0],
      call: null,
    }
    this.#open.add(through)
    client.on('data', (bytes: Buffer) => this.#request(through, bytes))
    upstream.on('data', (bytes: Buffer) => this.#answer(through, bytes))
    client.on('end', () => this.#ended(through, 0))
    upstream.on('end', () => this.#ended(through, 1))
    client.on('error', () => upstream.destroy())
    // A dependency that refuses or resets does so to its client.
    upstream.on('error', () => client.resetAndDestroy())
    client.on('close', () => {
      this.#open.delete(through)
      upstream.destroy()
    })
    upstream.on('close', () => {
      if (!through.isSilent && !client.writableEnded) through.pipes[1].end()
    })
  }

  #request(through: Through, bytes: Buffer): void {
    if (through.isSilent) return
    // Bytes of a client after an answer, or the first, begin a request.
    const isNew = through.call === null || through.call.answeredMs !== null
    if (isNew && this.#log !== null) through.call = this.#log.begin(bytes, nowMs())
    const { fault } = this
    if (fault === null) {
      through.pipes[0].pass(bytes)
      return
    }
    if (fault.kind === 'errors') {
      if (this.#random.next() < (fault.share ?? 1)) {
        const answer = Buffer.from(
          `HTTP/1.1 ${fault.status} Injected\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
        )
        if (through.call !== null) this.#log?.answer(through.call, answer, nowMs())
        through.isSilent = true
        through.client.end(answer)
        through.upstream.destroy()
        return
      }
    } else if (this.#hits(through)) {
      if (fault.kind === 'black-hole') return
      if (fault.kind === 'bandwidth') {
        this.#narrow(through, 0, bytes, fault.bytesPerSecond)
        return
      }
    }
    through.pipes[0].pass(bytes)
  }

  #answer(through: Through, bytes: Buffer): void {
    if (through.isSilent) return
    const { fault } = this
    const pipe = through.pipes[1]
    const hit = fault !== null && this.#hits(through) ? fault : null
    if (hit?.kind === 'black-hole') return
    if (through.call !== null) this.#log?.answer(through.call, bytes, nowMs())
    switch (hit?.kind) {
      case 'reset':
        if (through.passed + bytes.length > hit.afterBytes) {
          if (hit.afterBytes > through.passed) pipe.pass(bytes.subarray(0, hit.afterBytes - through.passed))
          // What went before reaches the client first: a reset throws away what is not yet read.
          setImmediate(() => this.#cut(through))
          through.isSilent = true
          return
        }
        break
      case 'partial-body':
        if (through.passed + bytes.length > hit.afterBytes) {
          through.isSilent = true
          through.client.end(bytes.subarray(0, Math.max(0, hit.afterBytes - through.passed)))
          through.upstream.destroy()
          return
        }
        break
      case 'latency':
        pipe.pass(bytes, performance.now() + hit.ms + hit.jitterMs * (2 * this.#random.next() - 1))
        return
      case 'bandwidth':
        this.#narrow(through, 1, bytes, hit.bytesPerSecond)
        return
      case 'corrupt': {
        const wrong = Buffer.from(bytes)
        const at = Math.floor(this.#random.next() * wrong.length)
        wrong[at] = (wrong[at] as number) ^ 1
        pipe.pass(wrong)
        return
      }
      default:
    }
    through.passed += bytes.length
    pipe.pass(bytes)
  }

  #narrow(through: Through, direction: 0 | 1, bytes: Buffer, bytesPerSecond: number): void {
    const size = Math.max(1, Math.round((bytesPerSecond * narrowPieceMs) / 1000))
    let freeAtMs = Math.max(performance.now(), through.freeAtMs[direction])
    for (let at = 0; at < bytes.length; at += size) {
      const piece = bytes.subarray(at, at + size)
      freeAtMs += (1000 * piece.length) / bytesPerSecond
      through.pipes[direction].pass(piece, freeAtMs)
    }
    through.freeAtMs[direction] = freeAtMs
  }

  #ended(through: Through, direction: 0 | 1): void {
    if (through.isSilent) return
    const { fault } = this
    if (fault?.kind === 'black-hole' && this.#hits(through)) return
    const waitMs = fault?.kind === 'slow-close' && this.#hits(through) ? fault.ms : 0
    through.pipes[direction].end(waitMs === 0 ? 0 : performance.now() + waitMs)
  }
}

const nowMs = () => performance.timeOrigin + performance.now()
