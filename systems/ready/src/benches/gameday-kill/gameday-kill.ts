import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HeavyliftError } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { Keeper } from '../../faults/keeper.ts'
import { processRef } from '../../faults/process-identity.ts'
import { ask } from '../../game-day/probe.ts'
import { startTarget } from '../load/start-target.ts'

const goalMs = 2000
const giveUpMs = 20_000

/**
 * `heavylift bench ready.gameday-kill`: a controller with two faults on (a proxy that answers errors, a process that is paused) is killed by
 * SIGKILL, again and again: how long until both are gone? And how long does ending them by hand take?
 */
export async function runGamedayKillBench({ options, report, signal }: MeasureInput) {
  if (process.platform !== 'linux')
    throw new HeavyliftError({
      code: 'linux-only',
      message: 'The state of processes is read from /proc; run this on Linux.',
    })
  const rounds = Number(options?.['rounds'] ?? 100)
  const folder = await mkdtemp(join(tmpdir(), 'ready-kill-'))
  const target = await startTarget()
  const victim = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  const pid = victim.pid as number
  const tookMs: number[] = []
  try {
    for (let round = 0; round < rounds && !signal.aborted; round++) {
      report({ stage: 'kill -9', done: round, total: rounds, unit: 'rounds' })
      const leases = join(folder, String(round))
      const controller = fork(join(import.meta.dirname, 'controller-child.ts'), [
        leases,
        String(target.port),
        String(pid),
      ])
      const [{ proxyPort }] = (await once(controller, 'message')) as [{ proxyPort: number }]
      while ((await stateOf(pid)) !== 'T') await sleep(2)
      controller.kill('SIGKILL')
      const killedMs = performance.now()
      const url = new URL(`http://127.0.0.1:${proxyPort}`)
      const isOver = async () =>
        (await stateOf(pid)) !== 'T' &&
        (await ask(url, { name: 'all', method: 'GET', path: '/' }, 1000)).status === 200
      while (!(await isOver()) && performance.now() - killedMs < giveUpMs) await sleep(2)
      tookMs.push(performance.now() - killedMs)
    }
    const abortMs = await timeAborts(join(folder, 'aborts'), pid, target.port)
    // A lease is forgotten after its fault was taken back.
    const left = await Promise.all(tookMs.map((_, round) => readdir(join(folder, String(round)))))
    const sorted = tookMs.toSorted((a, b) => a - b)
    return {
      n: tookMs.length,
      metrics: {
        rolledBack: tookMs.filter((ms) => ms <= goalMs).length,
        rolledBackPct: (100 * tookMs.filter((ms) => ms <= goalMs).length) / Math.max(1, tookMs.length),
        medianMs: sorted[Math.floor(sorted.length / 2)] ?? 0,
        maxMs: sorted.at(-1) ?? 0,
        leftLeases: left.filter((names) => names.length > 0).length,
        abortMaxMs: Math.max(...abortMs),
      },
    }
  } finally {
    victim.kill('SIGKILL')
    await target.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function timeAborts(folder: string, pid: number, port: number): Promise<number[]> {
  const keeper = await Keeper.start(folder)
  try {
    await keeper.openProxy('dependency', { host: '127.0.0.1', port })
    const tookMs: number[] = []
    for (let round = 0; round < 10; round++) {
      await keeper.inject('dependency', { kind: 'black-hole' }, 60_000)
      await keeper.touch({ kind: 'pause' }, await processRef(pid), 60_000)
      const startMs = performance.now()
      await keeper.endAll()
      tookMs.push(performance.now() - startMs)
    }
    return tookMs
  } finally {
    await keeper.close()
  }
}

async function stateOf(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8')
  return text.slice(text.lastIndexOf(')') + 2)[0]
}
