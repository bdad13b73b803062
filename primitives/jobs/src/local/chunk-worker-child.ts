// A worker thread: runs one chunk after another as it is told.
import { parentPort, workerData } from 'node:worker_threads'
import { runChunk } from '../chunk/run-chunk.ts'
import { loadTask, TaskNotLoadableError } from '../chunk/load-task.ts'
import { openLedger } from '../ledger/ledger.ts'
import { control, type RunChunkMessage, type WorkerMessage } from './worker-messages.ts'

/** Often enough for a picture; more would only wake the main thread. */
const progressEveryMs = 100
const flags = workerData as Int32Array

parentPort!.on('message', (message: RunChunkMessage) => {
  void work(message).then(say)
})

async function work(message: RunChunkMessage): Promise<WorkerMessage> {
  Atomics.store(flags, control.index, -1)
  let toldAt = -Infinity
  try {
    const ledger = await openLedger(message.root, message.jobId)
    const task = await loadTask(ledger.job.task)
    const end = await runChunk({
      ledger,
      task,
      chunk: message.chunk,
      inFlight: message.inFlight,
      poisoned: message.poisoned,
      now: () => performance.now(),
      shouldStop: () => Atomics.load(flags, control.stop) === 1,
      onStart(index, oldest) {
        Atomics.store(flags, control.index, oldest)
        Atomics.add(flags, control.begun, 1)
        Atomics.store(flags, control.isBusy, 1)
      },
      onDone(done, underWay) {
        Atomics.store(flags, control.isBusy, underWay > 0 ? 1 : 0)
        const now = performance.now()
        if (now - toldAt < progressEveryMs) return
        toldAt = now
        say({ type: 'progress', done })
      },
      onRetry: (index, reason) => say({ type: 'retry', index, reason }),
    })
    return { type: 'ran', ...end }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { type: 'unable', reason, isTaskMissing: error instanceof TaskNotLoadableError }
  } finally {
    Atomics.store(flags, control.isBusy, 0)
  }
}

function say(message: WorkerMessage): void {
  parentPort!.postMessage(message)
}
