import type { Worker } from 'node:worker_threads'
import type { ThreadCall, ThreadPoolLimits } from './thread-call.ts'
import { answerUnread, errorOf, taskTooLarge, taskTooLong } from './thread-errors.ts'
import type { ThreadMessage, ThreadPart, ThreadRequest } from './thread-task.ts'

const ignore = () => {}

/** A reader who takes nothing for so long loses the answer, since it holds a thread. */
const readLimitMs = 30_000
/** Parts that lie ready for the reader. */
const partsAhead = 4

/**
 * Has a thread that does nothing else do a task. `answer` is there with its first part, or rejects; `ended` says whether the thread may do the
 * next one. A thread that is not reusable may still compute: end it.
 */
export function performTask(
  worker: Worker,
  { task, input, signal, report }: ThreadCall,
  { timeLimitMs, memoryLimitMb }: ThreadPoolLimits,
): { answer: Promise<ReadableStream<ThreadPart>>; ended: Promise<'reusable' | 'spent'> } {
  const first = Promise.withResolvers<ReadableStream<ThreadPart>>()
  const end = Promise.withResolvers<'reusable' | 'spent'>()
  let controller: ReadableStreamDefaultController<ThreadPart> | null = null
  let taken = () => {}
  let clock: NodeJS.Timeout | undefined

  const say = (request: ThreadRequest) => worker.postMessage(request)
  /** Starts the clock of what is waited for now. */
  const startClock = (limitMs: number | null, late: (limitMs: number) => Error) => {
    clearTimeout(clock)
    if (limitMs !== null) clock = setTimeout(() => fail(late(limitMs)), limitMs)
  }
  const settle = (how: 'reusable' | 'spent') => {
    clearTimeout(clock)
    signal.removeEventListener('abort', abort)
    worker.off('message', hear)
    worker.off('error', crash)
    worker.off('exit', leave)
    // What fails on the way out concerns nobody.
    worker.on('error', ignore)
    taken()
    end.resolve(how)
  }
  const fail = (error: unknown, how: 'reusable' | 'spent' = 'spent') => {
    settle(how)
    first.reject(error)
    controller?.error(error)
  }
  const abort = () => fail(signal.reason)
  signal.addEventListener('abort', abort, { once: true })

  const hear = (said: ThreadMessage) => {
    if (said.type === 'progress') report?.(said.progress)
    else if (said.type === 'part') {
      controller?.enqueue(said.part)
      first.resolve(stream)
      startClock(readLimitMs, answerUnread)
      taken()
    } else if (said.type === 'done') {
      settle('reusable')
      controller?.close()
      first.resolve(stream)
    } else fail(errorOf(said), 'reusable')
  }
  const crash = (error: Error & { code?: string }) =>
    fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? taskTooLarge(memoryLimitMb) : error)
  const leave = (code: number) => fail(new Error(`A thread ended with code ${code} under its task.`))
  worker.off('error', ignore)
  worker.on('message', hear)
  worker.on('error', crash)
  worker.on('exit', leave)
  say({ type: 'begin', task, input })

  const stream = new ReadableStream<ThreadPart>(
    {
      start: (own) => void (controller = own),
      // Asks for one part and holds further questions back until it is there.
      pull: () =>
        new Promise<void>((resolve) => {
          taken = resolve
          startClock(timeLimitMs, taskTooLong)
          say({ type: 'more' })
        }),
      cancel() {
        controller = null
        settle('spent')
      },
    },
    new CountQueuingStrategy({ highWaterMark: partsAhead }),
  )
  return { answer: first.promise, ended: end.promise }
}
