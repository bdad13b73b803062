import { startTimer } from './timer.ts'

/**
 * Resolves after `ms`, or as soon as `signal` aborts: it never rejects, ask the signal afterwards. One that does not keep alive
 * lets Node end before.
 */
export function sleep(ms: number, signal?: AbortSignal, { keepsAlive = true } = {}): Promise<void> {
  if (signal?.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const end = () => {
      stopTimer()
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const stopTimer = startTimer(ms, end, { keepsAlive })
    signal?.addEventListener('abort', end, { once: true })
  })
}
