import type { ServerResponse } from 'node:http'
import type { RunningCall } from '../call/running-call.ts'
import type { Sink } from '../answer/sink.ts'

/** A client's connection as a sink; a client that goes away cancels the call, one that catches up lets it go on. */
export class HttpSink implements Sink {
  readonly #response: ServerResponse

  constructor(response: ServerResponse) {
    this.#response = response
  }

  attach(running: RunningCall): void {
    this.#response.on('close', () => {
      if (!this.#response.writableFinished) running.cancel()
    })
    this.#response.on('drain', () => running.drained())
  }

  head(status: number, headers: Record<string, string>): void {
    this.#response.writeHead(status, headers)
  }

  write(bytes: Uint8Array | string): boolean {
    return this.#response.write(bytes)
  }

  end(): void {
    this.#response.end()
  }

  abort(): void {
    this.#response.destroy()
  }
}
