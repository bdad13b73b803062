import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { runPython } from '@heavylift/core/runtime/run-python'
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
    const answer = await runPython({
      python,
      args: [script, asked],
      needs: ['commonroad-drivability-checker'],
      signal,
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
