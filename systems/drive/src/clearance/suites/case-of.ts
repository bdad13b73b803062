import { resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { ScenarioCase } from './scenario-case.ts'

/** A case from the words of a command or an address; `set` is `name=value,…`. Throws `option-invalid`. */
export function caseOf(words: { name: string; isFile: boolean; set: string; seed: number }): ScenarioCase {
  const { name, isFile, set, seed } = words
  const parameters: Record<string, string> = {}
  for (const part of set === '' ? [] : set.split(',')) {
    const at = part.indexOf('=')
    if (at < 1)
      throw new InvalidInputError({
        code: 'option-invalid',
        message: `Parameters are given as name=value, with commas between several; got "${part}".`,
      })
    parameters[part.slice(0, at).trim()] = part.slice(at + 1).trim()
  }
  if (!Number.isInteger(seed))
    throw new InvalidInputError({ code: 'option-invalid', message: 'A seed is a whole number.' })
  return {
    id: set === '' ? `${name}#${seed}` : `${name}?${set}#${seed}`,
    scenarioClass: isFile ? 'file' : name,
    source: isFile ? { kind: 'file', path: resolve(name) } : { kind: 'builtIn', name },
    parameters,
    seed,
    weight: 1,
  }
}
