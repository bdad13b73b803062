import type { ServerResponse } from 'node:http'

/** A reader that takes nothing for so long has gone, whatever its socket says. */
const stalledMs = 60_000

/** Server-sent events as OpenAI's API sends them: `data:` lines with JSON, then `[DONE]`. */
export class EventWriter {
  readonly #response: ServerResponse

  constructor(response: ServerResponse) {
    this.#response = response
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
    })
  }

  /** False when the reader is slow: then wait for `whenTaken` before sending more. */
  send(value: unknown): boolean {
    return this.#response.write(`data: ${JSON.stringify(value)}\n\n`)
  }

  whenTaken(go: () => void): void {
    const timer = setTimeout(() => this.#response.destroy(), stalledMs)
    timer.unref()
    this.#response.once('drain', () => {
      clearTimeout(timer)
      go()
    })
  }

  end(): void {
    this.#response.end('data: [DONE]\n\n')
  }
}
