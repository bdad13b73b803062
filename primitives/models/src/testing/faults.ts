import type { Socket } from 'node:net'

/** What one request meets. `isStream` as it asked; `index` counts the upstream's requests from 0. */
export interface FaultScene {
  socket: Socket
  isStream: boolean
  index: number
}

/** Writes an answer, or fails to, on a raw socket: `node:http` is too polite to break its own protocol. */
export type Fault = (scene: FaultScene) => void

const streamHead = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n'
const jsonHead = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n'
const words = ['One', ' two', ' three', ' four']

/** Every way of misbehaving that the gateway is held to, by name. `connection-refused` has no request to meet. */
export const faults = {
  'black-hole': () => undefined,
  'head-and-nothing': ({ socket }) => socket.write(streamHead),
  'slow-first-byte': (scene) => later(scene, 400, () => answerWell(scene)),
  'status-500': ({ socket }) => status(socket, 500),
  'status-503-retry-after': ({ socket }) => status(socket, 503, { 'retry-after': '2' }),
  'status-429-seconds': ({ socket }) => status(socket, 429, { 'retry-after': '2' }),
  'status-429-date': ({ socket }) =>
    status(socket, 429, { 'retry-after': new Date(Date.now() + 3000).toUTCString() }),
  'storm-of-5xx': (scene) => (scene.index < 8 ? status(scene.socket, 502) : answerWell(scene)),
  'endless-error-body': ({ socket }) => {
    socket.write('HTTP/1.1 500 Oops\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n')
    repeat(socket, 5, () => chunk('y'.repeat(8192)))
  },
  'reset-before-headers': ({ socket }) => socket.resetAndDestroy(),
  'reset-after-headers': ({ socket }) => {
    socket.write(streamHead)
    later({ socket }, 10, () => socket.resetAndDestroy())
  },
  'reset-mid-event': ({ socket }) => {
    socket.write(streamHead + chunk(event('One') + 'data: {"choices":[{"ind'))
    later({ socket }, 10, () => socket.resetAndDestroy())
  },
  'stall-mid-stream': ({ socket }) => socket.write(streamHead + chunk(event('One') + event(' two'))),
  'clean-end-without-finish': ({ socket }) =>
    socket.write(streamHead + chunk(event('One') + event(' two')) + chunk('')),
  'error-event-first': ({ socket }) => socket.write(streamHead + chunk(errorEvent) + chunk('')),
  'error-event-in-the-middle': ({ socket }) => {
    socket.write(streamHead + chunk(event('One')))
    later({ socket }, 10, () => socket.write(chunk(errorEvent) + chunk('')))
  },
  'error-with-200': ({ socket }) => whole(socket, `${errorObject}\n`, 'application/json'),
  'html-with-200': ({ socket }) => whole(socket, '<html>Gateway login</html>', 'text/html'),
  'events-that-are-not-json': ({ socket }) =>
    socket.write(streamHead + chunk('data: <html>502 Bad Gateway</html>\n\n') + chunk('')),
  'not-http': ({ socket }) => socket.end('220 mail.example ESMTP ready\r\n'),
  'negative-usage': (scene) => answerWell(scene, { prompt_tokens: -5, completion_tokens: -1 }),
  'absurd-usage': (scene) => answerWell(scene, { prompt_tokens: 1e300, completion_tokens: 'many' }),
  'missing-usage': (scene) => answerWell(scene, null),
  'half-closed': ({ socket }) => socket.end(),
  'content-length-cut': ({ socket }) => {
    const body = completion(usualUsage)
    socket.end(
      `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, -20)}`,
    )
  },
  'endless-event': ({ socket }) => {
    socket.write(`${streamHead}${chunk(`${event('One')}data: {"choices":[{"delta":{"content":"`)}`)
    repeat(socket, 5, () => chunk('x'.repeat(16_384)))
  },
  'trickle-of-comments': ({ socket }) => {
    socket.write(streamHead)
    repeat(socket, 20, () => chunk(': still here\n\n'))
  },
  'trickle-of-blanks': ({ socket, isStream }) => {
    socket.write(isStream ? streamHead : jsonHead)
    repeat(socket, 20, () => chunk('\n'))
  },
  'trickle-inside-an-event': ({ socket }) => {
    socket.write(streamHead + chunk(`${event('One')}data: {"choices":[{"delta":{"content":"`))
    repeat(socket, 20, () => chunk('x'))
  },
  /** A byte of a good answer now and then: it would take minutes. */
  'slow-drip': ({ socket, isStream }) => {
    socket.write(isStream ? streamHead : jsonHead)
    const text = isStream ? words.map((word) => event(word)).join('') : completion(usualUsage)
    let sent = 0
    repeat(socket, 250, () => (sent < text.length ? chunk(text[sent++] ?? '') : null))
  },
  /** Opens the breaker, and hangs when it is tried again: the call that tries it must not be lost for it. */
  'fails-then-hangs': (scene) => (scene.index < 6 ? status(scene.socket, 500) : undefined),
  redirect: ({ socket }) => status(socket, 302, { location: 'http://127.0.0.1:1/' }),
  'key-refused': ({ socket }) => status(socket, 401),
  'request-refused': ({ socket }) =>
    whole(
      socket,
      '{"error":{"message":"temperature is too hot","type":"invalid_request_error","param":"temperature","code":"too-hot"}}',
      'application/json',
      '400 Bad Request',
    ),
} satisfies Record<string, Fault>

export type FaultName = keyof typeof faults
export const faultNames = Object.keys(faults) as FaultName[]

const usualUsage = { prompt_tokens: 7, completion_tokens: words.length }
const errorObject = '{"error":{"message":"CUDA out of memory","type":"server_error","code":500}}'
const errorEvent = `data: ${errorObject}\n\n`

/** A whole answer of four words, streamed or not. */
export function answerWell({ socket, isStream }: FaultScene, usage: object | null = usualUsage): void {
  if (!isStream) return whole(socket, completion(usage), 'application/json')
  const events = words.map((word) => event(word)).join('') + finishEvent
  const usageEvent = usage === null ? '' : `data: ${JSON.stringify({ choices: [], usage })}\n\n`
  socket.write(streamHead + chunk(`${events}${usageEvent}data: [DONE]\n\n`) + chunk(''))
}

/** The same stream with a pause before each event, so that things can happen in its middle. */
export function answerSlowly({ socket }: FaultScene, events: number, everyMs: number): void {
  socket.write(streamHead)
  let sent = 0
  repeat(socket, everyMs, () => {
    if (sent++ < events) return chunk(event(` word${sent}`))
    return sent === events + 2 ? null : chunk(`${finishEvent}data: [DONE]\n\n`) + chunk('')
  })
}

const finishEvent = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n'

/** One event with a piece of an answer. */
export function event(text: string): string {
  const choice = { index: 0, delta: { content: text }, finish_reason: null }
  return `data: ${JSON.stringify({ object: 'chat.completion.chunk', choices: [choice] })}\n\n`
}

function completion(usage: object | null): string {
  const message = { role: 'assistant', content: words.join('') }
  return JSON.stringify({
    object: 'chat.completion',
    choices: [{ index: 0, message, finish_reason: 'stop' }],
    ...(usage === null ? {} : { usage }),
  })
}

function status(socket: Socket, code: number, headers: Record<string, string> = {}): void {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`HTTP/1.1 ${code} Trouble\r\ncontent-length: 2\r\n${lines.join('')}\r\n{}`)
}

function whole(socket: Socket, body: string, type: string, line = '200 OK'): void {
  socket.write(`HTTP/1.1 ${line}\r\ncontent-type: ${type}\r\ncontent-length: ${body.length}\r\n\r\n${body}`)
}

function chunk(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n`
}

function later({ socket }: { socket: Socket }, ms: number, act: () => void): void {
  const timer = setTimeout(act, ms)
  socket.once('close', () => clearTimeout(timer))
}

/** Until the socket closes or there is nothing more (null). */
function repeat(socket: Socket, everyMs: number, next: () => string | null): void {
  const timer = setInterval(() => {
    const text = next()
    if (text === null) return clearInterval(timer)
    // A reader that does not keep up is not buried: what is sent to it waits, as a real server's would.
    if (!socket.writableNeedDrain) socket.write(text)
  }, everyMs)
  socket.once('close', () => clearInterval(timer))
}
