import { EventStream, silentLogger } from '@heavylift/core'
import type { ServerEvent } from '@heavylift/core'
import { describe, expect, it } from 'vitest'
import { encodeEvent, toEventStreamResponse } from '../src/http/event-stream.ts'
import { testState } from './support/test-state.ts'

const options = (signal = new AbortController().signal, heartbeatMs = 60_000) => ({
  state: testState('/', { signal }),
  log: silentLogger,
  heartbeatMs,
  backlog: null,
  cutOff: () => undefined,
})
const text = (event: ServerEvent): string => new TextDecoder().decode(encodeEvent(event))

describe('an event stream', () => {
  it('asks its source for an event only when the reader wants one', async () => {
    let asked = 0
    const source = (async function* () {
      for (;;) yield { data: ++asked }
    })()
    const reader = toEventStreamResponse(new EventStream(source), options()).body?.getReader()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(asked).toBe(0)
    await reader?.read()
    await reader?.read()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(asked).toBe(2)
  })

  it('ends the source when the reader goes away', async () => {
    let ended = false
    const source = (async function* () {
      try {
        for (;;) yield { data: 1 }
      } finally {
        ended = true
      }
    })()
    const reader = toEventStreamResponse(new EventStream(source), options()).body?.getReader()
    await reader?.read()
    await reader?.cancel()
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(ended).toBe(true)
  })

  it('sends comments while the source is silent, and loses no event by it', async () => {
    let release = (): void => {}
    const source = (async function* () {
      await new Promise<void>((resolve) => {
        release = resolve
      })
      yield { data: 'late' }
    })()
    const reader = toEventStreamResponse(new EventStream(source), options(undefined, 10)).body?.getReader()
    const read = async (): Promise<string> => new TextDecoder().decode((await reader?.read())?.value)
    expect(await read()).toBe(': still here\n\n')
    expect(await read()).toBe(': still here\n\n')
    release()
    expect(await read()).toBe('data: late\n\n')
  })

  it('closes when the signal aborts, even while the source hangs', async () => {
    const abort = new AbortController()
    const source: AsyncIterable<ServerEvent> = {
      [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}) }),
    }
    const body = toEventStreamResponse(new EventStream(source), options(abort.signal)).text()
    abort.abort()
    expect(await body).toBe('')
  })
})

describe('the wire format', () => {
  it('splits data at line breaks', () => {
    expect(text({ data: 'a\nb\r\nc\rd' })).toBe('data: a\ndata: b\ndata: c\ndata: d\n\n')
  })

  it('never lets an id or a name start another field', () => {
    expect(text({ id: '1\ndata: forged', event: 'x\r\nid: 9', data: null })).toBe(
      'id: 1 data: forged\nevent: x  id: 9\ndata: null\n\n',
    )
  })
})
