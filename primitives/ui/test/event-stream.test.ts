import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EventParser, readEvents } from '../src/api/event-stream.ts'

function parse(chunks: string[]) {
  const parser = new EventParser()
  return chunks.flatMap((chunk) => parser.push(chunk))
}

describe('EventParser', () => {
  it('reads id, event and data, and joins data lines', () => {
    expect(parse(['id: 7\nevent: tile\ndata: a\ndata:b\n\n'])).toEqual([
      { id: '7', event: 'tile', data: 'a\nb' },
    ])
  })

  it('keeps the last id for events without one, and skips comments and events without data', () => {
    expect(parse([': hello\n\nid: 1\ndata: x\n\nevent: ping\n\ndata: y\n\n'])).toEqual([
      { id: '1', event: 'message', data: 'x' },
      { id: '1', event: 'message', data: 'y' },
    ])
  })

  it('passes over a byte order mark, and does not wait for what follows a CR that ends an event', () => {
    expect(parse(['\uFEFFdata: x\n\n'])).toEqual([{ id: '', event: 'message', data: 'x' }])
    expect(parse(['id: 1\rdata: y\r\r', ':'])).toEqual([{ id: '1', event: 'message', data: 'y' }])
  })

  it('drops an event that the stream cut off', () => {
    expect(parse(['data: whole\n\ndata: half'])).toEqual([{ id: '', event: 'message', data: 'whole' }])
  })

  it('reads the same events however the text is cut and whichever line ends it has [CONSOLE-STREAM-01]', () => {
    const event = fc.record({
      id: fc.stringMatching(/^[a-z0-9]{1,6}$/),
      data: fc.array(fc.stringMatching(/^[^\r\n\0 ][^\r\n\0]{0,12}$/), { minLength: 1, maxLength: 3 }),
    })
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 6 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.nat(200), { maxLength: 12 }),
        (events, end, cuts) => {
          const lines = events.flatMap(({ id, data }) => [
            `id: ${id}`,
            ...data.map((line) => `data: ${line}`),
            '',
          ])
          // A last comment shows that a final CR is not mistaken for half of a CRLF.
          const text = [...lines, ':'].join(end)
          const at = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].toSorted((a, b) => a - b)
          const chunks = [0, ...at].map((from, index) => text.slice(from, [...at, text.length][index]))
          expect(parse(chunks)).toEqual(
            events.map(({ id, data }) => ({ id, event: 'message', data: data.join('\n') })),
          )
        },
      ),
    )
  })

  it('decodes characters that a chunk border cuts', async () => {
    const bytes = new TextEncoder().encode('data: größe €\n\n')
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    const events = []
    for await (const event of readEvents(body)) events.push(event.data)
    expect(events).toEqual(['größe €'])
  })
})
