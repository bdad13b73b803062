import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import { isProblem } from '../problem/read-problem.ts'
import { parseJsonFile, readTextFile } from '../problem/read-file.ts'
import { readJsonText } from './read-json.ts'
import { isPlan } from '../problem/plan-file.ts'

/** Files larger than this are not looked into for whether they are problems. */
const mostProblemBytes = 100_000

export interface FoundFiles {
  /** Path of each problem, by its name. */
  problems: Map<string, string>
  plans: { name: string; path: string; text: string }[]
  /** Steps of each problem (`simulation_time.json`), and the best that anybody finished (`best.json`). */
  steps: Map<string, number>
  best: Map<string, number>
}

/** Problems below a folder, and on demand recorded plans (`*.json`, `*.json.zip`). */
export async function findFiles(dataDir: string, withPlans: boolean): Promise<FoundFiles> {
  const names = (await readdir(dataDir, { recursive: true })).toSorted()
  const found: FoundFiles = { problems: new Map(), plans: [], steps: new Map(), best: new Map() }
  for (const name of names) {
    const path = join(dataDir, name)
    const file = basename(name)
    if (file === 'simulation_time.json') found.steps = await readNumbers(path)
    else if (file === 'best.json') found.best = await readNumbers(path)
    else if (file.endsWith('.json')) {
      const text = await readTextFile(path)
      if (text.length <= mostProblemBytes && isProblem(parseJsonFile(text, path)))
        found.problems.set(basename(name, '.json'), path)
      else if (withPlans && isPlan(parseJsonFile(text, path)))
        found.plans.push({ name: basename(name, '.json'), path, text })
    } else if (withPlans && file.endsWith('.json.zip')) {
      const text = await readJsonText(path)
      if (text !== '' && isPlan(parseJsonFile(text, path)))
        found.plans.push({ name: basename(name, '.json.zip'), path, text })
    }
  }
  return found
}

async function readNumbers(path: string): Promise<Map<string, number>> {
  const value = parseJsonFile(await readTextFile(path), path)
  if (typeof value !== 'object' || value === null)
    throw new InvalidInputError({
      code: 'problem-invalid',
      message: `${path}: it is no list of numbers by name.`,
    })
  return new Map(
    Object.entries(value).flatMap(([name, number]) => (typeof number === 'number' ? [[name, number]] : [])),
  )
}
