import { createSocket } from 'node:dgram'
import type { RemoteInfo, Socket } from 'node:dgram'
import { ConflictError, InvalidInputError } from '@heavylift/core'
import type { Random } from '@heavylift/core/math'
import { isLoopback } from '../load/target.ts'
import type { Watched } from './call-log.ts'
import type { Fault } from './fault.ts'

const longestLeaseMs = 3_600_000
/** A query that its resolver does not answer is forgotten. */
const patienceMs = 10_000
const mostOpen = 10_000

/** RFC 1035, 4.1.1. */
const codes = { servfail: 2, nxdomain: 3, refused: 5 } as const
const headBytes = 12

/**
 * A resolver of names on loopback (UDP) before one on loopback: what asks it gets that one's answers, or, while a fault is on, late ones, none, or a refusal. As with every
 * proxy a fault is a lease.
 */
export class DnsFaultProxy {
  readonly #upstream: { host: string; port: number }
  readonly #random: Random
  readonly #open = new Set<{ socket: Socket; timer: NodeJS.Timeout }>()
  readonly #late = new Set<NodeJS.Timeout>()
  #server: Socket | null = null
  #fault: { fault: Fault; timer: NodeJS.Timeout } | null = null

  /** @throws InvalidInputError where the resolver is not on this machine */
  constructor(upstream: { host: string; port: number }, random: Random) {
    if (!isLoopback(upstream.host))
      throw new InvalidInputError({
        code: 'blast-radius',
        message: `${upstream.host} is not on this machine; faults are put before what runs here only.`,
      })
    this.#upstream = upstream
    this.#random = random
  }

  /** Returns its port on 127.0.0.1. */
  async listen(port = 0): Promise<number> {
    const server = createSocket('udp4')
    server.on('message', (query, from) => this.#asked(query, from))
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.bind(port, '127.0.0.1', () => {
        server.off('error', reject)
        resolve()
      })
    })
    // A client that has gone is told by ICMP, which is nobody's mistake here.
    server.on('error', () => undefined)
    this.#server = server
    return server.address().port
  }

  /** Queries that wait for their answer; there is no log of them. */
  watched(_sinceMs: number): Watched {
    return { calls: [], openConnections: this.#open.size }
  }

  /**
   * Begins a fault for so long.
   * @throws ConflictError where one is on already, InvalidInputError for one that a resolver cannot have
   */
  inject(fault: Fault, leaseMs: number): void {
    if (this.#fault !== null)
      throw new ConflictError({
        code: 'fault-on',
        message: 'A fault is on already. End it, or wait for its end.',
      })
    if (!['dns', 'latency', 'black-hole', 'down'].includes(fault.kind))
      throw new InvalidInputError({
        code: 'fault-invalid',
        message: `A resolver cannot have "${fault.kind}": give it dns, latency, black-hole or down.`,
      })
    const timer = setTimeout(() => this.end(), Math.min(leaseMs, longestLeaseMs))
    this.#fault = { fault, timer }
  }

  end(): void {
    if (this.#fault === null) return
    clearTimeout(this.#fault.timer)
    this.#fault = null
  }

  async close(): Promise<void> {
    this.end()
    for (const timer of this.#late) clearTimeout(timer)
    for (const one of this.#open) this.#done(one)
    const server = this.#server
    this.#server = null
    if (server !== null) await new Promise<void>((resolve) => void server.close(() => resolve()))
  }

  #asked(query: Buffer, from: RemoteInfo): void {
    if (query.length < headBytes || this.#open.size >= mostOpen) return
    const fault = this.#fault?.fault
    const isHit = fault !== undefined && this.#random.next() < (fault.share ?? 1)
    if (isHit && (fault.kind === 'black-hole' || fault.kind === 'down')) return
    if (isHit && fault.kind === 'dns' && isNamed(fault.names, nameIn(query))) {
      this.#server?.send(refusal(query, codes[fault.answer]), from.port, from.address)
      return
    }
    const waitMs =
      isHit && fault.kind === 'latency'
        ? Math.max(0, fault.ms + fault.jitterMs * (2 * this.#random.next() - 1))
        : 0
    const socket = createSocket('udp4')
    const one = { socket, timer: setTimeout(() => this.#done(one), patienceMs + waitMs) }
    this.#open.add(one)
    socket.on('error', () => this.#done(one))
    socket.on('message', (answer) => {
      this.#done(one)
      const send = () => this.#server?.send(answer, from.port, from.address)
      if (waitMs === 0) {
        send()
        return
      }
      const late = setTimeout(() => {
        this.#late.delete(late)
        send()
      }, waitMs)
      this.#late.add(late)
    })
    socket.connect(this.#upstream.port, this.#upstream.host, () => socket.send(query))
  }

  #done(one: { socket: Socket; timer: NodeJS.Timeout }): void {
    if (!this.#open.delete(one)) return
    clearTimeout(one.timer)
    one.socket.close()
  }
}

/** The query with its answer's bit, a code and nothing but its question. */
function refusal(query: Buffer, code: number): Buffer {
  const answer = Buffer.from(query.subarray(0, endOfQuestion(query)))
  answer[2] = (answer[2] as number) | 0x80
  answer[3] = 0x80 | code
  answer.writeUInt16BE(0, 6)
  answer.writeUInt16BE(0, 8)
  answer.writeUInt16BE(0, 10)
  return answer
}

/** Labels of the first question, joined by dots; empty where there is none that can be read. */
function nameIn(query: Buffer): string {
  const labels: string[] = []
  for (let at = headBytes; at < query.length;) {
    const length = query[at] as number
    if (length === 0) return labels.join('.').toLowerCase()
    if (length > 63 || at + 1 + length > query.length) return ''
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return ''
}

function endOfQuestion(query: Buffer): number {
  let at = headBytes
  while (at < query.length && query[at] !== 0) at += 1 + (query[at] as number)
  return Math.min(query.length, at + 5)
}

/** A name, or all below it (`*.example.com`); all where none is named. */
function isNamed(names: readonly string[] | undefined, asked: string): boolean {
  if (names === undefined) return true
  return names.some((name) =>
    name.startsWith('*.') ? asked.endsWith(name.slice(1).toLowerCase()) : asked === name.toLowerCase(),
  )
}
