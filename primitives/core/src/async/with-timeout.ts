import { startTimer } from './timer.ts'

/**
 * What `work` gives, or what `onTimeout` gives or throws when it takes longer than `timeoutMs`. The work goes on unheard then: it
 * is no longer waited for, not cancelled, and a later failure of it is nobody's.
 */
export function withTimeout<T, Late>(
  work: Promise<T>,
  timeoutMs: number,
  onTimeout: () => Late,
): Promise<T | Late> {
  return new Promise((resolve, reject) => {
    const stopTimer = startTimer(
      timeoutMs,
      () => {
        try {
          resolve(onTimeout())
        } catch (error) {
          reject(error)
        }
      },
      { keepsAlive: true },
    )
    work.then(resolve, reject).finally(stopTimer)
  })
}
