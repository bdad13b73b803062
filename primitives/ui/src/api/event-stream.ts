import { createParser } from 'eventsource-parser'

/** One server-sent event. `id` is the last id seen on the stream, as the specification says. */
export interface StreamedEvent {
  id: string
  event: string
  data: string
}

/** Server-sent events of text that comes in pieces, however it is cut (WHATWG HTML, section 9.2.6). */
export class EventParser {
  #id = ''
  #parsed: StreamedEvent[] = []
  readonly #parser = createParser({
    onEvent: ({ id, event, data }) => {
      if (id !== undefined) this.#id = id
      this.#parsed.push({ id: this.#id, event: event ?? 'message', data })
    },
  })

  push(chunk: string): StreamedEvent[] {
    this.#parser.feed(chunk)
    const parsed = this.#parsed
    this.#parsed = []
    return parsed
  }
}

/** Events of a response body until it ends. Rejects when the connection breaks or `signal` aborts the fetch. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamedEvent> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  const parser = new EventParser()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield* parser.push(decoder.decode(value, { stream: true }))
    }
  } finally {
    // Ends the request when the consumer stops early; a stream that has already failed has nothing to cancel.
    await reader.cancel().catch(() => undefined)
  }
}
