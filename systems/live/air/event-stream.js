/** @typedef {{ id: string, event: string, data: string }} StreamedEvent */

/**
 * Splits the text of a stream into server-sent events (WHATWG HTML, section 9.2.6).
 * @returns {(chunk: string) => StreamedEvent[]}
 */
export function createEventParser() {
  let buffer = ''
  let id = ''
  let event = ''
  let data = /** @type {string[]} */ ([])
  return (chunk) => {
    buffer += chunk
    const events = /** @type {StreamedEvent[]} */ ([])
    for (;;) {
      const end = buffer.search(/[\r\n]/)
      // A CR at the very end may be half of a CRLF.
      if (end < 0 || (buffer[end] === '\r' && end === buffer.length - 1)) return events
      const line = buffer.slice(0, end)
      buffer = buffer.slice(end + (buffer.startsWith('\r\n', end) ? 2 : 1))
      if (line === '') {
        if (data.length > 0) events.push({ id, event: event || 'message', data: data.join('\n') })
        data = []
        event = ''
        continue
      }
      const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? []
      if (field === 'data') data.push(value)
      else if (field === 'event') event = value
      else if (field === 'id' && !value.includes('\0')) id = value
    }
  }
}

/** Heartbeats come every 15 s; a connection that is silent for longer than two of them is dead, whatever the socket says. */
const silentMs = 40_000
const firstPauseMs = 200
const longestPauseMs = 4_000

/**
 * Follows an event stream for good: a broken one is taken up again after its last id, at once and then with growing
 * pauses. `EventSource` does not do, since it cannot send a key.
 * @param {{ url: string, key: string | null, signal: AbortSignal, onEvent: (event: StreamedEvent) => void, onConnected: (isConnected: boolean) => void }} options
 */
export async function followEvents({ url, key, signal, onEvent, onConnected }) {
  let lastId = ''
  let pauseMs = firstPauseMs
  while (!signal.aborted) {
    const silence = new AbortController()
    let timer = setTimeout(() => silence.abort(), silentMs)
    try {
      const response = await fetch(url, {
        signal: AbortSignal.any([signal, silence.signal]),
        cache: 'no-store',
        headers: {
          accept: 'text/event-stream',
          ...(key === null ? {} : { authorization: `Bearer ${key}` }),
          ...(lastId === '' ? {} : { 'last-event-id': lastId }),
        },
      })
      if (!response.ok || response.body === null) throw new Error(`The server answered ${response.status}.`)
      onConnected(true)
      const parse = createEventParser()
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
      for (;;) {
        const { done, value } = await reader.read()
        if (done) break
        clearTimeout(timer)
        timer = setTimeout(() => silence.abort(), silentMs)
        pauseMs = firstPauseMs
        for (const event of parse(value)) {
          if (event.id !== '') lastId = event.id
          onEvent(event)
        }
      }
    } catch {
      // Told by `onConnected`; the next try follows.
    }
    clearTimeout(timer)
    if (signal.aborted) return
    onConnected(false)
    await pause(pauseMs, signal)
    pauseMs = Math.min(longestPauseMs, pauseMs * 2)
  }
}

/**
 * The same by WebSocket: messages `{ type, cursor, … }`, resumed by `?after=`.
 * @param {{ url: string, signal: AbortSignal, onMessage: (message: any) => void, onConnected: (isConnected: boolean) => void }} options
 */
export async function followSocket({ url, signal, onMessage, onConnected }) {
  let cursor = ''
  let pauseMs = firstPauseMs
  while (!signal.aborted) {
    const address = new URL(url)
    if (cursor !== '') address.searchParams.set('after', cursor)
    const socket = new WebSocket(address)
    const end = () => socket.close()
    signal.addEventListener('abort', end)
    await new Promise((resolve) => {
      socket.onopen = () => onConnected(true)
      socket.onmessage = ({ data }) => {
        const message = JSON.parse(String(data))
        if (message.cursor !== undefined) cursor = String(message.cursor)
        pauseMs = firstPauseMs
        onMessage(message)
      }
      socket.onclose = resolve
    })
    signal.removeEventListener('abort', end)
    if (signal.aborted) return
    onConnected(false)
    await pause(pauseMs, signal)
    pauseMs = Math.min(longestPauseMs, pauseMs * 2)
  }
}

/** @param {number} ms @param {AbortSignal} signal @returns {Promise<void>} */
function pause(ms, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
