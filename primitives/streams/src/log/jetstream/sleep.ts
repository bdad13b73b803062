import { setTimeout as wait } from 'node:timers/promises'

/** Resolves after `ms` or when `signal` aborts. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => {})
}
