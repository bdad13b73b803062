/** One server-sent event. `id` is the last id seen on the stream, as the specification says. */
export interface StreamedEvent {
  id: string
  event: string
  data: string
}

/**
 * Splits text into server-sent events as chunks arrive (WHATWG HTML, section 9.2.6: lines end with LF, CR or CRLF; an
 * empty line ends an event; an event without data is not dispatched).
 */
export class EventParser {
  #buffer = ''
  #started = false
  #id = ''
  #event = ''
  #data: string[] = []

  push(chunk: string): StreamedEvent[] {
    this.#buffer += chunk
    if (!this.#started && this.#buffer !== '') {
      this.#started = true
      if (this.#buffer.startsWith('\uFEFF')) this.#buffer = this.#buffer.slice(1)
    }
    const events: StreamedEvent[] = []
    for (;;) {
      const end = this.#buffer.search(/[\r\n]/)
      if (end < 0) return events
      // A CR at the very end may be half of a CRLF: wait for what follows.
      if (this.#buffer[end] === '\r' && end === this.#buffer.length - 1) return events
      const width = this.#buffer.startsWith('\r\n', end) ? 2 : 1
      const event = this.#line(this.#buffer.slice(0, end))
      this.#buffer = this.#buffer.slice(end + width)
      if (event) events.push(event)
    }
  }

  #line(line: string): StreamedEvent | null {
    if (line === '') {
      const data = this.#data
      const event = this.#event || 'message'
      this.#data = []
      this.#event = ''
      return data.length > 0 ? { id: this.#id, event, data: data.join('\n') } : null
    }
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const raw = colon < 0 ? '' : line.slice(colon + 1)
    const value = raw.startsWith(' ') ? raw.slice(1) : raw
    if (field === 'data') this.#data.push(value)
    else if (field === 'event') this.#event = value
    else if (field === 'id' && !value.includes('\0')) this.#id = value
    return null
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
