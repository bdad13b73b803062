import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { Driven } from './driven.ts'

/**
 * What the checker of CommonRoad (PyPI `commonroad-drivability-checker`) says of ways that solve scenes: goals, collisions, the road's border, and whether the
 * kinematic single-track model can drive them. `python` is an interpreter that has it. Rejects with `peer-missing` where it has not.
 */
export async function judgeSolutions(
  python: string,
  solved: readonly { path: string; driven: Driven[] }[],
  signal: AbortSignal,
): Promise<{ valid: number; failures: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'commonroad-'))
  try {
    const asked = join(folder, 'solutions.json')
    await writeFile(asked, JSON.stringify(solved))
    const script = join(import.meta.dirname, 'judge_solutions.py')
    const answer = await new Promise<string>((resolve, reject) => {
      const child = spawn(python, [script, asked], { signal, stdio: ['ignore', 'pipe', 'pipe'] })
      let [out, error] = ['', '']
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
      child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()))
      child.on('error', reject)
      child.on('close', (code) => {
        if (code === 0) resolve(out)
        else
          reject(
            new InvalidInputError({
              code: 'peer-missing',
              message: `${python} does not run the checker: ${error.trim().split('\n').at(-1)}. Install it: pip install commonroad-drivability-checker.`,
            }),
          )
      })
    })
    const verdicts = JSON.parse(answer.split('\n').findLast((line) => line.startsWith('[')) ?? '[]') as (
      | string
      | null
    )[]
    return {
      valid: verdicts.filter((verdict) => verdict === null).length,
      failures: verdicts.flatMap((verdict, index) =>
        verdict === null ? [] : [`${basename(solved[index]?.path ?? '')}: judged not valid: ${verdict}`],
      ),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
