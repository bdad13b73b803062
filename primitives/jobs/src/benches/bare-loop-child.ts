// The floor: a thread that has its inputs in memory, runs the task for each and keeps what it returns; or (`each`) answers a message an input.
import { parentPort, workerData } from 'node:worker_threads'
import { work, type BenchInput } from './bench-task.ts'

const { inputs, first, isEach } = workerData as { inputs: BenchInput[]; first: number; isEach: boolean }

parentPort!.on('message', (message: 'go' | { input: BenchInput; index: number } | 'end') => {
  if (message === 'end') process.exit(0)
  if (message === 'go') {
    const results = isEach ? [] : inputs.map((input, i) => work(input, { index: first + i }))
    parentPort!.postMessage(results)
    return
  }
  parentPort!.postMessage(work(message.input, { index: message.index }))
})
parentPort!.postMessage('ready')
