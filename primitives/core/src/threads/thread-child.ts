// A thread of a `ThreadPool`: does one task after another as it is told.
import { parentPort } from 'node:worker_threads'
import { HeavyliftError } from '../errors.ts'
import type { ThreadFunction, ThreadMessage, ThreadPart, ThreadRequest, ThreadTask } from './thread-task.ts'

/** Parts of the task that is being done. */
let parts: AsyncIterator<ThreadPart> | null = null

parentPort!.on('message', (request: ThreadRequest) => {
  if (request.type === 'begin') parts = partsOf(request.task, request.input)
  else if (parts) void give(parts)
})

async function give(from: AsyncIterator<ThreadPart>): Promise<void> {
  try {
    const { done, value } = await from.next()
    if (done === true) say({ type: 'done' })
    else say({ type: 'part', part: value }, [value.buffer])
  } catch (error) {
    say(described(error))
  }
}

async function* partsOf(task: ThreadTask, input: unknown): AsyncGenerator<ThreadPart> {
  const module = (await import(task.module)) as Record<string, ThreadFunction<unknown>>
  const run = module[task.export]
  if (run === undefined) throw new Error(`${task.module} exports no ${task.export}.`)
  yield* run(input, (progress) => say({ type: 'progress', progress }))
}

function described(error: unknown): ThreadMessage {
  if (HeavyliftError.isInstance(error)) {
    const { code, message, status, isRetryable, details } = error
    // As JSON, since not everything can be cloned, and an error may not fail to be told.
    const told: unknown = details === undefined ? undefined : JSON.parse(JSON.stringify(details))
    return { type: 'refused', code, message, status, isRetryable, details: told }
  }
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
  return { type: 'failed', message, stack }
}

function say(message: ThreadMessage, transfer: ArrayBuffer[] = []): void {
  parentPort!.postMessage(message, transfer)
}
