import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { AnswerReader } from './answer-reader.ts'
import type { Answer, AnswerFault } from './answer-reader.ts'
import type { Prepared, Values } from './template.ts'

/** What went wrong with a request, by kind. */
export type Fault = AnswerFault | 'refused' | 'reset' | 'unreachable' | 'timeout' | 'tls' | 'dns' | 'stopped'

export interface Sent {
  prepared: Prepared
  values: Values
  keepsBody: boolean
  onPiece: ((piece: Buffer) => void) | null
  done(result: Answer | Fault): void
}

/** One request under way at most, by whatever protocol. */
export interface Sender {
  readonly isBusy: boolean
  readonly isClosed: boolean
  /** Set by its owner, as is the next. */
  deadlineMs: number
  freeSinceMs: number
  send(sent: Sent): void
  /** Ends it; a request under way ends with `fault`. */
  close(fault?: Fault): void
}

/** What was read is used before the next read, so all connections share it. */
const shared = Buffer.allocUnsafeSlow(64 * 1024)

/**
 * One connection with one request under way at most (no pipelining). It connects to an address that was resolved and allowed before; names
 * are not looked up again, and redirects are answers like others.
 */
export class Connection implements Sender {
  readonly #reader: AnswerReader
  readonly #socket: Socket
  #sent: Sent | null = null
  #isConnected = false
  #fault: Fault = 'closed-early'
  isClosed = false
  bytesRead = 0
  deadlineMs = Infinity
  freeSinceMs = 0

  constructor(address: { host: string; port: number }, maxAnswerBytes: number) {
    this.#reader = new AnswerReader(maxAnswerBytes)
    this.#socket = connect({
      host: address.host,
      port: address.port,
      noDelay: true,
      onread: {
        buffer: shared,
        callback: (length) => {
          this.#read(shared.subarray(0, length))
          return true
        },
      },
    })
    this.#socket.on('connect', () => {
      this.#isConnected = true
    })
    this.#socket.on('error', (error: NodeJS.ErrnoException) => {
      this.#fault = faultOf(error.code, this.#isConnected)
    })
    this.#socket.on('close', () => this.#closed())
    this.#socket.on('end', () => this.#socket.destroy())
  }

  get isBusy(): boolean {
    return this.#sent !== null
  }

  send(sent: Sent): void {
    this.#sent = sent
    this.#reader.expect(sent.prepared.isHead, sent.keepsBody)
    this.#reader.onPiece = sent.onPiece
    this.#socket.write(sent.prepared.bytes(sent.values))
  }

  close(fault: Fault = 'stopped'): void {
    this.#fault = fault
    this.isClosed = true
    this.#socket.destroy()
    this.#closed()
  }

  #read(bytes: Buffer): void {
    this.bytesRead += bytes.length
    if (this.#sent === null) {
      // An answer that nobody asked for: what follows cannot be told apart.
      this.close('malformed')
      return
    }
    const result = this.#reader.push(bytes)
    if (result === null) return
    if (typeof result === 'string') {
      this.close(result)
      return
    }
    const sent = this.#sent
    this.#sent = null
    if (result.isLast) {
      this.isClosed = true
      this.#socket.destroy()
    }
    sent.done(result)
  }

  #closed(): void {
    this.isClosed = true
    const sent = this.#sent
    if (sent === null) return
    this.#sent = null
    const end = this.#fault === 'closed-early' ? this.#reader.end() : this.#fault
    sent.done(end)
  }
}

function faultOf(code: string | undefined, isConnected: boolean): Fault {
  if (code === 'ECONNREFUSED') return 'refused'
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'reset'
  return isConnected ? 'reset' : 'unreachable'
}
