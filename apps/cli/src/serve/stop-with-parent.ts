import type { Shutdown } from '@heavylift/core/runtime'

/** Under `npm start`, stops when npm is gone: a kill -9 of npm would otherwise leave a server that nobody sees. */
export function stopWithParent(env: Record<string, string | undefined>, shutdown: Shutdown): void {
  if (env['npm_lifecycle_event'] !== 'start') return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    void shutdown.stop('npm is gone').then((isClean) => process.exit(isClean ? 0 : 1))
  }, 1_000)
  timer.unref()
}
