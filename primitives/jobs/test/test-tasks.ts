import { appendFileSync, existsSync, writeFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { isMainThread, threadId } from 'node:worker_threads'
import { setTimeout as wait } from 'node:timers/promises'
import { InvalidInputError } from '@heavylift/core'
import type { TaskContext } from '../src/index.ts'
import { cacheOnNode } from '../src/placement/node-cache.ts'

export interface TestInput {
  x: number
  /** Takes a line for each run of an input. */
  log?: string
  /** The input takes as long as there is no such file. */
  gate?: string
  /** A file that it makes when it begins. */
  opens?: string
  sleepMs?: number
  /** What the input does until as many runs were tried as `badRuns`; each leaves a file that begins with `marker`. */
  bad?: 'throw' | 'refuse' | 'end thread' | 'kill process' | 'never return'
  badRuns?: number
  marker?: string
  /** Its process is killed on this node of Slurm. */
  badNode?: string
  /** An object that it reads, fetched once a node; each fetch adds a line to `fetches`. */
  object?: string
  fetches?: string
}

/** A few numbers that follow from the input. */
export async function compute(input: TestInput, { index }: TaskContext): Promise<unknown> {
  if (input.log !== undefined) appendFileSync(input.log, `${index}\n`)
  if (input.opens !== undefined) writeFileSync(input.opens, '')
  while (input.gate !== undefined && !existsSync(input.gate)) await wait(5)
  if (input.sleepMs !== undefined) await wait(input.sleepMs)
  const node = process.env['SLURMD_NODENAME'] ?? ''
  if (input.badNode !== undefined && input.badNode === node) process.kill(process.pid, 'SIGKILL')
  if (input.object !== undefined) await read(input.object, input.fetches ?? '', node)
  if (input.bad !== undefined) misbehave(input)
  return { index, square: input.x ** 2, wave: Float64Array.of(Math.sin(input.x), -0, NaN) }
}

function misbehave({ bad, badRuns = Infinity, marker }: TestInput): void {
  let run = 0
  while (existsSync(`${marker}-${run}`)) run++
  if (run >= badRuns) return
  writeFileSync(`${marker}-${run}`, '')
  if (bad === 'throw') throw new Error(`run ${run} failed`)
  if (bad === 'refuse') throw new InvalidInputError({ code: 'scenario-broken', message: 'It has no road.' })
  if (bad === 'never return') for (;;);
  if (bad === 'kill process') process.kill(process.pid, 'SIGKILL')
  // In a worker thread this ends the thread alone.
  process.exit(isMainThread ? 1 : threadId)
}

async function read(object: string, fetches: string, node: string): Promise<void> {
  const path = await cacheOnNode(object, async (staging) => {
    appendFileSync(fetches, `${node} ${object}\n`)
    await writeFile(staging, object)
  })
  if ((await readFile(path, 'utf8')) !== object) throw new Error(`${path} holds something else.`)
}
