import { readFile } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import { parseDistribution } from '../../world/openscenario/distribution.ts'
import { ExpressionError } from '../../world/openscenario/expression.ts'
import { ScenarioFiles } from '../../world/openscenario/load-scenario.ts'
import { declaredParameters } from '../../world/openscenario/parameters.ts'
import { readOrExplain } from '../../world/xml/missing-file.ts'
import { optionalChild } from '../../world/xml/xml-element.ts'
import { builtInScenario } from './built-in-scenarios.ts'
import type { ScenarioSource } from './scenario-case.ts'
import type { SuiteOptions, SuitePart } from './suite-part.ts'
import { suiteSchema } from './suite-schema.ts'
import type { SuiteEntry } from './suite-schema.ts'
import { sweepValues } from './sweep.ts'

/** Parts of a suite file. Rejects with `suite-invalid` naming the file and the place, or `drive-file-invalid`. */
export async function fileParts(path: string, options: SuiteOptions): Promise<SuitePart[]> {
  return /\.json$/i.test(path)
    ? await parameterFileParts(path, options)
    : [await scenarioFilePart(path, options)]
}

async function parameterFileParts(path: string, options: SuiteOptions): Promise<SuitePart[]> {
  let content: unknown
  try {
    content = JSON.parse(await readOrExplain(path, readFile(path, 'utf8')))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw invalid(path, `is no JSON: ${error.message}`)
  }
  const parsed = suiteSchema.safeParse(content)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw invalid(path, `${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'is not valid'}`)
  }
  return parsed.data.suite.map((entry, index) => entryPart(path, entry, index, options))
}

function entryPart(
  path: string,
  entry: SuiteEntry,
  index: number,
  { n, seed, maps }: SuiteOptions,
): SuitePart {
  const at = `suite.${index}`
  const isFile = /\.xosc$/i.test(entry.scenario)
  const source: ScenarioSource = isFile
    ? { kind: 'file', path: resolve(dirname(path), entry.scenario), ...(maps?.length ? { maps } : {}) }
    : { kind: 'builtIn', name: entry.scenario }
  const scenarioClass =
    entry.scenarioClass ?? (isFile ? basename(entry.scenario, '.xosc') : checked(path, entry, at))
  const sampling =
    entry.sampling.kind === 'grid'
      ? entry.sampling
      : { ...entry.sampling, n: n ?? entry.sampling.n, seed: seed ?? entry.sampling.seed }
  const firstSeed = entry.seed ?? (seed ?? 1) * 1_000_003
  try {
    const values = sweepValues({
      axes: Object.entries(entry.parameters),
      sampling,
      constraints: entry.constraints,
    })
    if (values.count === 0) throw new RangeError('No combination meets the constraints.')
    return {
      count: values.count,
      isFixed: sampling.kind === 'grid',
      at: (index) => ({
        id: `${at}/${index}`,
        scenarioClass,
        source,
        parameters: values.at(index),
        seed: entry.seed ?? firstSeed + index,
        weight: entry.weight,
      }),
    }
  } catch (error) {
    if (error instanceof ExpressionError) throw invalid(path, `${at}.constraints: ${error.message}`)
    if (error instanceof RangeError) throw invalid(path, `${at}: ${error.message}`)
    throw error
  }
}

/** The class of a built-in scenario whose name and parameters are right. */
function checked(path: string, { scenario, parameters }: SuiteEntry, at: string): string {
  const found = builtInScenario(scenario)
  for (const name of Object.keys(parameters))
    if (!found.parameters.some((known) => known.name === name))
      throw invalid(
        path,
        `${at}.parameters.${name}: ${scenario} has ${found.parameters.map((known) => known.name).join(', ')}`,
      )
  return found.scenarioClass
}

/**
 * An OpenSCENARIO file: one case, or those of its parameter distribution that meet the scenario's constraints. By itself it is a class, and names its cases; `called`
 * says otherwise.
 */
export async function scenarioFilePart(
  path: string,
  { seed = 1, maps }: SuiteOptions,
  called?: { scenarioClass: string; id: string },
): Promise<SuitePart> {
  const files = new ScenarioFiles()
  const root = await files.read(path)
  const distribution = parseDistribution(root)
  const scenarioPath = distribution ? resolve(dirname(path), distribution.scenarioFile) : resolve(path)
  const own = basename(scenarioPath).replace(/\.xosc$/i, '')
  const { scenarioClass, id } = called ?? { scenarioClass: own, id: own }
  let indices: number[] | null = null
  if (distribution) {
    const declarations = optionalChild(await files.read(scenarioPath), 'ParameterDeclarations')
    indices = []
    for (let index = 0; index < distribution.count; index++)
      if (isAllowed(() => declaredParameters(declarations, distribution.at(index)))) indices.push(index)
    if (indices.length === 0) throw invalid(path, 'no combination meets the constraints of its parameters')
  }
  const kept = Uint32Array.from(indices ?? [0])
  return {
    count: kept.length,
    isFixed: true,
    at: (index) => ({
      id: distribution ? `${id}/${kept[index]}` : id,
      scenarioClass,
      source: { kind: 'file', path: scenarioPath, ...(maps?.length ? { maps } : {}) },
      parameters: distribution ? Object.fromEntries(distribution.at(kept[index] as number)) : {},
      seed,
      weight: 1,
    }),
  }
}

function isAllowed(check: () => unknown): boolean {
  try {
    check()
    return true
  } catch (error) {
    // A combination that breaks the scenario's own constraints is not one of its variations.
    if (error instanceof InvalidInputError && error.code === 'parameter-constraint') return false
    throw error
  }
}

function invalid(path: string, problem: string): InvalidInputError {
  return new InvalidInputError({ code: 'suite-invalid', message: `${path}: ${problem}` })
}
