import type { ServerResponse } from 'node:http'
import type { RunningCall } from '../call/running-call.ts'
import type { Sink } from '../answer/sink.ts'

/** A client's connection as a sink; a client that goes away cancels the call, one that catches up lets it go on. */
export class HttpSink implements Sink {
  readonly #response: ServerResponse
  #running: RunningCall | null = null
  #hasWritten = false
  #waitsForSocket = false

  constructor(response: ServerResponse) {
    this.#response = response
  }

  attach(running: RunningCall): void {
    this.#running = running
    this.#response.on('close', () => {
      if (!this.#response.writableFinished) running.cancel()
    })
    this.#response.on('drain', () => running.drained())
  }

  head(status: number, headers: Record<string, string>): void {
    this.#response.writeHead(status, headers)
  }

  /**
   * After the first bytes, those of a stream go to the socket as one framed chunk (RFC 9112, 7.1): `response.write` makes three
   * pieces of each, which cost a stream a tenth of its processor time.
   */
  write(bytes: Uint8Array | string): boolean {
    const { socket, chunkedEncoding } = this.#response
    if (!this.#hasWritten || !chunkedEncoding || socket === null || bytes.length === 0) {
      this.#hasWritten = true
      return this.#response.write(bytes)
    }
    const hasRoom = socket.write(framed(bytes))
    if (!hasRoom && !this.#waitsForSocket) {
      this.#waitsForSocket = true
      socket.once('drain', () => {
        this.#waitsForSocket = false
        this.#running?.drained()
      })
    }
    return hasRoom
  }

  end(): void {
    this.#response.end()
  }

  abort(): void {
    this.#response.destroy()
  }
}

function framed(bytes: Uint8Array | string): Buffer {
  const length = typeof bytes === 'string' ? Buffer.byteLength(bytes) : bytes.length
  const size = `${length.toString(16)}\r\n`
  const frame = Buffer.allocUnsafe(size.length + length + 2)
  frame.write(size, 0, 'latin1')
  if (typeof bytes === 'string') frame.write(bytes, size.length, 'utf8')
  else frame.set(bytes, size.length)
  frame[frame.length - 2] = 0x0d
  frame[frame.length - 1] = 0x0a
  return frame
}
