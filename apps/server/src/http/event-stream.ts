import type { EventStream, Logger, ServerEvent } from '@heavylift/core'
import { Wakeup } from '@heavylift/core/async'
import type { Backlog } from '@heavylift/core/runtime/backlog'
import { toProblem } from './problem.ts'
import type { RequestState } from './request-state.ts'
import { respond } from './respond.ts'

export interface EventStreamOptions {
  state: RequestState
  log: Logger
  /** A comment is sent after so many milliseconds without an event, so that proxies keep the connection. */
  heartbeatMs: number
  /** What the reader has not taken; null without a socket. */
  backlog: Backlog | null
  /** Ends the connection of a reader who does not read. */
  cutOff: () => void
}

const encoder = new TextEncoder()
const heartbeat = encoder.encode(': still here\n\n')

/**
 * The answer to a route that returned an `EventStream`. An event is asked of the source only when the socket has room
 * for it. A reader who takes nothing is cut off, and comes back with `Last-Event-ID` when it reads again. A source that fails ends the stream with an `error` event that holds a problem; the status is out by then.
 */
export function toEventStreamResponse(stream: EventStream, options: EventStreamOptions): Response {
  return respond(options.state, eventBytes(stream.events, options), 200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    ...stream.headers,
  })
}

type Pulled = { result: IteratorResult<ServerEvent> } | { failure: unknown }

function eventBytes(
  events: AsyncIterable<ServerEvent>,
  options: EventStreamOptions,
): ReadableStream<Uint8Array> {
  const iterator = events[Symbol.asyncIterator]()
  const { backlog, cutOff } = options
  const { signal, id: requestId } = options.state
  const arrived = new Wakeup()
  /** An event was asked for and has not come; the asking outlives heartbeats. */
  let isAsked = false
  let pulled: Pulled | null = null

  async function ask(): Promise<void> {
    try {
      pulled = { result: await iterator.next() }
    } catch (failure) {
      pulled = { failure }
    }
    arrived.wake()
  }

  function send(controller: ReadableStreamDefaultController<Uint8Array>, bytes: Uint8Array): void {
    backlog?.wrote(bytes.byteLength)
    controller.enqueue(bytes)
  }

  async function finish(): Promise<void> {
    // Not awaited by anyone: a source that waits for something of its own must not hold the connection.
    await Promise.resolve(iterator.return?.()).catch(() => {})
  }

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (backlog !== null && !(await backlog.room(signal)) && !signal.aborted) {
          void finish()
          controller.close()
          return cutOff()
        }
        if (!isAsked) void ask()
        isAsked = true
        if (pulled === null) await arrived.wait({ signal, timeoutMs: options.heartbeatMs })
        const came = pulled as Pulled | null
        if (came === null && signal.aborted) {
          void finish()
          return controller.close()
        }
        if (came === null) return send(controller, heartbeat)
        pulled = null
        isAsked = false
        if ('failure' in came) {
          const { problem } = toProblem(came.failure, requestId, options.log)
          send(controller, encodeEvent({ event: 'error', data: problem }))
          return controller.close()
        }
        if (came.result.done) return controller.close()
        send(controller, encodeEvent(came.result.value))
      },
      cancel() {
        void finish()
      },
    },
    { highWaterMark: 0 },
  )
}

/** One event in the wire format of the HTML standard, section 9.2. A line break inside a field never starts another. */
export function encodeEvent(event: ServerEvent): Uint8Array {
  const data = typeof event.data === 'string' ? event.data : JSON.stringify(event.data ?? null)
  let text = ''
  if (event.id !== undefined) text += `id: ${oneLine(event.id)}\n`
  if (event.event !== undefined) text += `event: ${oneLine(event.event)}\n`
  for (const line of data.split(/\r\n|\r|\n/)) text += `data: ${line}\n`
  return encoder.encode(`${text}\n`)
}

// A NUL in an id makes the client drop the id.
const oneLine = (text: string): string => text.replace(/[\r\n\0]/g, ' ')
