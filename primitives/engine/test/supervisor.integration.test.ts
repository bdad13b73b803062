import { fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { silentLogger, systemClock } from '@heavylift/core'
import { afterEach, expect, test } from 'vitest'
import { engineFolder } from '../src/install/find-engine.ts'
import { SupervisedEngine } from '../src/supervisor/supervised-engine.ts'
import type { EngineState } from '../src/supervisor/engine-status.ts'

const entry = fileURLToPath(new URL('./fake-engine-child.ts', import.meta.url))

let engine: SupervisedEngine | null = null
afterEach(() => engine?.stop())

/** A data folder in which the engine looks installed. */
function dataDirWithEngine(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'heavylift-supervisor-'))
  const folder = join(engineFolder(dataDir), 'node_modules', 'node-llama-cpp')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{}')
  return dataDir
}

function supervise(model: string, dataDir = dataDirWithEngine()) {
  const made = new SupervisedEngine({
    dataDir,
    entry,
    log: silentLogger,
    clock: systemClock,
    firstRestartDelayMs: 20,
    config: { model, sequences: 1, contextTokens: 512, threads: 1, gpu: 'off', prefixCacheMb: 0 },
  })
  engine = made
  const states: EngineState[] = []
  made.onChange(({ state }) => {
    if (states.at(-1) !== state) states.push(state)
  })
  return { engine: made, states }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('starts, serves, drains and stops without leaving a process', async () => {
  const { engine: made, states } = supervise('/serves.gguf')
  await made.restart()
  const status = await made.ready()
  expect((await fetch(`${status.url}/models`)).ok).toBe(true)
  await made.stop()
  expect(states).toEqual(['starting', 'ready', 'draining', 'stopped'])
  expect(isAlive(status.pid ?? 0)).toBe(false)
  await expect(made.ready()).rejects.toMatchObject({ code: 'engine-failed' })
})

test('a process that is killed is started again [MODELS-ENGINE-09]', async () => {
  const { engine: made, states } = supervise('/serves.gguf')
  await made.restart()
  const first = await made.ready()
  process.kill(first.pid ?? 0, 'SIGKILL')
  await expect.poll(() => made.state).toBe('restarting')
  const second = await made.ready()
  expect(second.pid).not.toBe(first.pid)
  expect(second.restarts).toBe(1)
  expect(states).toEqual(['starting', 'ready', 'restarting', 'ready'])
})

test('a crash loop ends as failed with what the process said last; another model starts anew [MODELS-ENGINE-09]', async () => {
  const { engine: made, states } = supervise('/crashes.gguf')
  await made.restart()
  await expect(made.ready()).rejects.toThrow('out of memory: cannot hold the model')
  expect(states).toEqual(['starting', 'restarting', 'failed'])
  expect(made.status.restarts).toBe(4)
  await made.restart({ model: '/serves.gguf' })
  expect((await made.ready()).model).toBe('serves')
})

test('of several orders at once the last one decides, and none leaves a process', async () => {
  const { engine: made } = supervise('/serves.gguf')
  await made.restart()
  const { pid: first } = await made.ready()
  const pids = new Set([first])
  made.onChange(({ pid }) => pid !== null && pids.add(pid))
  await Promise.all([made.restart(), made.restart(), made.restart({ model: '/another.gguf' })])
  const { pid, model } = await made.ready()
  expect(model).toBe('another')
  await expect.poll(() => [...pids].filter((one) => isAlive(one ?? 0))).toEqual([pid])
  await Promise.all([made.restart(), made.stop()])
  expect(made.state).toBe('stopped')
  await expect.poll(() => [...pids].filter((one) => isAlive(one ?? 0))).toEqual([])
})

test('without an engine or a model it says at once how to get one', async () => {
  const { engine: made } = supervise('smollm2', mkdtempSync(join(tmpdir(), 'heavylift-supervisor-')))
  await made.restart()
  await expect(made.ready()).rejects.toThrow('heavylift models pull')
  const { engine: other } = supervise('unknown')
  await other.restart()
  await expect(other.ready()).rejects.toThrow('heavylift models pull unknown')
})

test('the engine ends with its parent, even when that is killed [MODELS-ENGINE-10]', async () => {
  const parent = fork(
    fileURLToPath(new URL('./supervisor-parent-child.ts', import.meta.url)),
    [dataDirWithEngine(), entry],
    { execArgv: [] },
  )
  const pid = await new Promise<number>((resolve) =>
    parent.once('message', (value) => resolve(Number(value))),
  )
  expect(isAlive(pid)).toBe(true)
  parent.kill('SIGKILL')
  await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false)
})
