import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ConflictError } from '@heavylift/core'

/**
 * Makes this process the owner of `folder`; returns the function that gives it back. A lock whose process is gone is taken
 * over. Throws a `ConflictError` (`log-folder-in-use`) while another owner lives, in this process or another one.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, 'lock')
  const mine = `${process.pid} ${await startOf(process.pid)}`
  for (let attempt = 0; attempt < 5; attempt++) {
    if (await create(path, mine)) return () => rm(path, { force: true })
    const found = await readFile(path, 'utf8').catch(() => null)
    if (found === null) continue
    if (await isOwned(found)) throw inUse(folder, found)
    // Another process may have taken the stale lock over since it was read: what is moved away is looked at again.
    const aside = `${path}.${process.pid}`
    const isMoved = await rename(path, aside).then(
      () => true,
      () => false,
    )
    if (!isMoved) continue
    if ((await readFile(aside, 'utf8')) !== found) await link(aside, path).catch(() => {})
    await rm(aside, { force: true })
  }
  throw inUse(folder, 'another process')
}

async function create(path: string, content: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx')
    await file.write(content)
    await file.close()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function isOwned(content: string): Promise<boolean> {
  const [pidText, start] = content.split(' ')
  const pid = Number(pidText)
  // A file without content is that of a process killed between creating and writing, or of one that is about to write.
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  return (await startOf(pid)) === start
}

/** When the process started, so that a process id used again is told from the owner; '-' where there is no /proc. */
async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  if (stat === null) return '-'
  // After the name in brackets: state, and the start time as the 20th field (proc(5), field 22).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' ? 'gone' : (fields[19] ?? '-')
}

function inUse(folder: string, owner: string): ConflictError {
  return new ConflictError({
    code: 'log-folder-in-use',
    message: `The log folder ${folder} is in use by process ${owner.split(' ')[0]}. Stop that one first, or give this one another folder; several processes share a log over NATS JetStream.`,
  })
}
