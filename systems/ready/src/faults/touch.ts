import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, statfs, writeFile } from 'node:fs/promises'
import { freemem } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { HeavyliftError, InvalidInputError } from '@heavylift/core'
import { checkTouchable, processRef } from './process-identity.ts'
import type { ProcessFault, ProcessRef } from './process-fault.ts'
import type { Undo } from './undo.ts'

const run = promisify(execFile)
/** Always left free on a disk and in memory. */
const leftDiskBytes = 1_000_000_000
const leftMemoryBytes = 512 * 1024 * 1024

/**
 * Begins a fault. `keep` is called with how to take it back before anything is touched.
 * @param target what is touched; null where it is this machine
 * @throws HeavyliftError `blast-radius` (403) for a process that may not be touched, InvalidInputError for what cannot be done here
 */
export async function touch(
  fault: ProcessFault,
  target: ProcessRef | null,
  leaseMs: number,
  keep: (undo: Undo[]) => Promise<void>,
): Promise<void> {
  const named = async () => {
    if (target === null)
      throw new InvalidInputError({ code: 'fault-invalid', message: `"${fault.kind}" needs a process.` })
    await checkTouchable(target, [process.pid, process.ppid])
    return target
  }
  switch (fault.kind) {
    case 'kill': {
      const { pid } = await named()
      await keep([])
      process.kill(pid, 'SIGKILL')
      return
    }
    case 'pause': {
      const one = await named()
      await keep([{ kind: 'signal', process: one, signal: 'SIGCONT' }])
      process.kill(one.pid, 'SIGSTOP')
      return
    }
    case 'file-size':
      return limit(await named(), 'fsize', fault.bytes, keep)
    case 'file-handles':
      return limit(await named(), 'nofile', fault.count, keep)
    case 'cpu': {
      const hogs = await Promise.all(Array.from({ length: fault.workers }, () => startHog('cpu', 0, leaseMs)))
      await keep(hogs.map((hog) => ({ kind: 'signal', process: hog, signal: 'SIGKILL' })))
      return
    }
    case 'memory': {
      const bytes = Math.min(fault.bytes, freemem() - leftMemoryBytes)
      if (bytes <= 0) throw noRoom('memory', '512 MB')
      const hog = await startHog('memory', bytes, leaseMs)
      await keep([{ kind: 'signal', process: hog, signal: 'SIGKILL' }])
      return
    }
    case 'disk': {
      const folder = resolve(fault.folder)
      const { bavail, bsize } = await statfs(folder)
      const bytes = Math.min(fault.bytes, bavail * bsize - leftDiskBytes)
      if (bytes <= 0) throw noRoom('disk', '1 GB')
      const file = join(await mkdtemp(join(folder, 'ready-fill-')), 'fill')
      await keep([{ kind: 'remove', file }])
      await run('fallocate', ['--length', String(bytes), file])
      return
    }
    case 'clock': {
      const text = await readFile(fault.file, 'utf8')
      if (!/^[+-]?\d+(\.\d+)?s?\s*$/.test(text))
        throw new InvalidInputError({
          code: 'fault-invalid',
          message: `${fault.file} holds no offset of a clock, such as +0; it is left as it is.`,
        })
      await keep([{ kind: 'write', file: fault.file, text }])
      await writeFile(fault.file, `${fault.offsetSeconds < 0 ? '' : '+'}${fault.offsetSeconds}\n`)
    }
  }
}

const noRoom = (what: string, left: string) =>
  new HeavyliftError({
    code: 'blast-radius',
    status: 403,
    message: `There is less than ${left} of ${what} free, and so much is always left.`,
  })

async function limit(
  target: ProcessRef,
  resource: 'fsize' | 'nofile',
  value: number,
  keep: (undo: Undo[]) => Promise<void>,
): Promise<void> {
  const args = ['--pid', String(target.pid)]
  const { stdout } = await run('prlimit', [
    ...args,
    `--${resource}`,
    '--output',
    'SOFT',
    '--noheadings',
    '--raw',
  ])
  await keep([{ kind: 'limit', process: target, resource, soft: stdout.trim() }])
  await run('prlimit', [...args, `--${resource}=${value}:`])
}

/** A process that takes what it is told; it ends by itself when this one does or its time is over. */
async function startHog(kind: 'cpu' | 'memory', bytes: number, leaseMs: number): Promise<ProcessRef> {
  const hog = spawn(
    process.execPath,
    [join(import.meta.dirname, 'hog-child.ts'), kind, String(bytes), String(leaseMs)],
    {
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  )
  await once(hog.stdout, 'data')
  hog.unref()
  return processRef(hog.pid as number)
}
