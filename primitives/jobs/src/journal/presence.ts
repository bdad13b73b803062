import { readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

/**
 * Who works on a job now: a file in `runs/` that its writer replaces twice a second, and removes at the end. One that is old was left by
 * a kill.
 */
export interface Presence {
  executor: 'local' | 'slurm' | 'slurm-batch'
  /** What started it: `server`, `command`, or what the executor was opened with. */
  origin: string
  node: string
  /** Name of the machine and id of the process. */
  host: string
  pid: number
  workers: number
  startedAtMs: number
  updatedAtMs: number
  /** `waiting` while it has no worker. */
  state: 'waiting' | 'running'
  inputsDone: number
  inputsPerSecond: number | null
  etaMs: number | null
  running: { worker: number; chunk: number; startedAtMs: number; inputsDone: number }[]
}

const presence: z.ZodType<Presence> = z.object({
  executor: z.enum(['local', 'slurm', 'slurm-batch']),
  origin: z.string(),
  node: z.string(),
  host: z.string(),
  pid: z.number(),
  workers: z.number(),
  startedAtMs: z.number(),
  updatedAtMs: z.number(),
  state: z.enum(['waiting', 'running']),
  inputsDone: z.number(),
  inputsPerSecond: z.number().nullable(),
  etaMs: z.number().nullable(),
  running: z.array(
    z.object({ worker: z.number(), chunk: z.number(), startedAtMs: z.number(), inputsDone: z.number() }),
  ),
})

/** So long without news, and its writer is taken for dead. */
const silentMs = 15_000

function presencePath(folder: string, writer: string): string {
  return join(folder, 'runs', `${writer}.json`)
}

export async function writePresence(folder: string, writer: string, content: Presence): Promise<void> {
  const path = presencePath(folder, writer)
  await writeFile(`${path}.new`, JSON.stringify(content))
  await rename(`${path}.new`, path)
}

export async function removePresence(folder: string, writer: string): Promise<void> {
  await rm(presencePath(folder, writer), { force: true })
}

/** Those who work on the ledger in `folder` now; what was left by the dead is not among them. */
export async function livePresences(folder: string, nowMs: number): Promise<Presence[]> {
  const names = await readdir(join(folder, 'runs')).catch(() => [])
  const found = await Promise.all(
    names
      .filter((name) => name.endsWith('.json'))
      .map(async (name) => {
        const text = await readFile(join(folder, 'runs', name), 'utf8').catch(() => '')
        const parsed = presence.safeParse(readJson(text))
        return parsed.success ? [parsed.data] : []
      }),
  )
  return found.flat().filter((each) => nowMs - each.updatedAtMs < silentMs && mayLive(each))
}

/** Whether the process is there, as far as this machine can tell. */
function mayLive({ host, pid }: Presence): boolean {
  if (host !== hostname()) return true
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
