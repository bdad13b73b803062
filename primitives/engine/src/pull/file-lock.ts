import { mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname } from 'node:path'

/** A holder touches its lock so often; one that was not touched for `staleMs` was left by a killed process. */
const touchMs = 2_000
const staleMs = 15_000
const pollMs = 250

/**
 * Waits until this process holds the lock file; returns the function that gives it back. A lock whose process is gone is
 * taken over. `onWait` is called once when another process holds it.
 */
export async function holdFileLock(
  path: string,
  signal: AbortSignal,
  onWait: () => void = () => {},
): Promise<() => Promise<void>> {
  await mkdir(dirname(path), { recursive: true })
  for (let hasWaited = false; ;) {
    signal.throwIfAborted()
    if (await create(path)) break
    if (await isLeft(path)) {
      // Whoever renames it first takes it away; the others see a new lock, or none.
      const aside = `${path}.left-${process.pid}`
      await rename(path, aside).then(
        () => rm(aside, { force: true }),
        () => {},
      )
      continue
    }
    if (!hasWaited) onWait()
    hasWaited = true
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
  const timer = setInterval(() => {
    const now = new Date()
    utimes(path, now, now).catch(() => {})
  }, touchMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await rm(path, { force: true })
  }
}

async function create(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx')
    await file.write(String(process.pid))
    await file.close()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function isLeft(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => null)
  if (facts === null) return false
  if (Date.now() - facts.mtimeMs > staleMs) return true
  const pid = Number(await readFile(path, 'utf8').catch(() => ''))
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
