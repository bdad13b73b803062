import { execFile, fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** A server under measurement, in a process of its own. */
export interface Target {
  name: string
  /** `http://127.0.0.1:port` */
  address: string
  pid: number
  /** What a request needs to be sent on to `plan` of the upstream. */
  request(plan: 'busy' | 'calm'): { path: string; model: string; headers: Record<string, string> }
  stop(): Promise<void>
}

/** Starts one of our own servers; it is told `task` and says where it listens. */
export async function forkServer(
  file: string,
  task: object,
  signal: AbortSignal,
): Promise<{ address: string; pid: number; child: ChildProcess; stop: () => Promise<void> }> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    signal,
  })
  // An abort ends the child, and whoever waits for it hears of that below.
  child.on('error', () => undefined)
  const address = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { address: string }).address))
    child.once('exit', (code) => reject(new Error(`${file} ended with code ${code} before it listened.`)))
    child.send(task)
  })
  return { address, pid: child.pid ?? 0, child, stop: () => stopped(child, () => child.disconnect()) }
}

/** Resolves when the process has ended; one that does not within five seconds is killed. */
export async function stopped(child: ChildProcess, stop: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  stop()
  const late = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await ended
  clearTimeout(late)
}

/** Linux counts processor time in hundredths of a second. */
const usPerTick = 10_000
const pageBytes = 4096

/** Processor time since it began and resident memory, of a process with its descendants. */
export function useOf(pid: number): { cpuUs: number; rssBytes: number } {
  // After the name, which may hold spaces: utime is the 12th field, stime the 13th, rss the 22nd.
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? []
  let cpuUs = (Number(fields[11]) + Number(fields[12])) * usPerTick
  let rssBytes = Number(fields[21]) * pageBytes
  for (const child of childrenOf(pid)) {
    const use = useOf(child)
    cpuUs += use.cpuUs
    rssBytes += use.rssBytes
  }
  return { cpuUs, rssBytes }
}

function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'latin1').split(' ').filter(Boolean).map(Number),
  )
}

/**
 * The measured process has the last core to itself, and load, upstream and database share the others, so that they do
 * not take turns with it. Does nothing where there is one core or no `taskset`.
 */
export async function pin(pid: number, isMeasured: boolean): Promise<boolean> {
  const last = availableCores - 1
  if (last < 1) return false
  const cores = isMeasured ? String(last) : `0-${last - 1}`
  try {
    await promisify(execFile)('taskset', ['-a', '-p', '-c', cores, String(pid)])
    return true
  } catch {
    return false
  }
}

/** Read before anything is pinned. */
const availableCores = availableParallelism()
