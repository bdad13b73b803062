import type { MeasuredResult, MeasureInput } from '@heavylift/core'
import { readFunctions } from '../../import/tools/functions.ts'
import { compileSchema } from '../../schema/compile-schema.ts'
import type { CompiledSchema } from '../../schema/compile-schema.ts'
import { isObject } from '../../import/json.ts'
import { dataFiles } from '../data-files.ts'
import { scoreSuite } from './schema-suite.ts'

type Schema = Record<string, unknown>

/**
 * Function lists with calls that are right (`possible_answer/` beside them, as BFCL has them): whether the schemas are taken, the right calls
 * fit, and calls that were made wrong do not.
 */
export async function runFunctionsEval(
  input: MeasureInput,
): Promise<Omit<MeasuredResult, 'name' | 'version' | 'seconds'>> {
  const dir = input.dataDir ?? new URL('../../../samples/functions', import.meta.url).pathname
  const files = await dataFiles(dir, /\.jsonl?$/)
  const failures: string[] = []
  const count = { functions: 0, accepted: 0, gold: 0, goldAccepted: 0, bad: 0, badRefused: 0 }
  const sources: Record<string, Record<string, number>> = {}
  for (const file of files.filter(({ path }) => !path.includes('possible_answer'))) {
    const before = { ...count }
    const answers = new Map<string, Schema[]>()
    const answer = files.find(({ path }) => path.includes('possible_answer') && path.endsWith(file.path))
    for (const line of answer ? lines(await answer.read()) : [])
      answers.set(String(line['id']), line['ground_truth'] as Schema[])
    for (const line of lines(await file.read())) {
      const given = Array.isArray(line['function']) ? line['function'] : []
      const compiled = new Map<string, { schema: Schema; check: CompiledSchema }>()
      for (const one of given) {
        count.functions += 1
        const [tool] = readFunctions(one) ?? []
        try {
          if (!tool) throw new Error('not read')
          compiled.set(tool.name, { schema: tool.input, check: await compileSchema(tool.input) })
          count.accepted += 1
        } catch (error) {
          failures.push(`${String(line['id'])}: ${String(error).slice(0, 200)}`)
        }
      }
      for (const call of answers.get(String(line['id'])) ?? []) {
        const [name, possible] = Object.entries(call)[0] ?? []
        const found = name === undefined ? undefined : compiled.get(name)
        if (!found || !isObject(possible)) continue
        const args = await goldArguments(possible, found.schema)
        count.gold += 1
        const issues = found.check.check(args)
        if (issues.length === 0) count.goldAccepted += 1
        else
          failures.push(
            `${String(line['id'])}: right call refused: ${issues
              .map(({ path, expected }) => `${path} must ${expected}`)
              .join('; ')
              .slice(0, 300)} ${JSON.stringify(args).slice(0, 200)}`,
          )
        for (const [how, wrong] of wrongCalls(args, found.schema)) {
          count.bad += 1
          if (found.check.check(wrong).length > 0) count.badRefused += 1
          else
            failures.push(
              `${String(line['id'])}: wrong call taken (${how}): ${JSON.stringify(wrong).slice(0, 200)}`,
            )
        }
      }
    }
    sources[file.path] = ratesOf(
      Object.fromEntries(
        Object.entries(count).map(([key, value]) => [key, value - before[key as keyof typeof count]]),
      ) as typeof count,
    )
  }
  const suite = input.options?.['suite']
  const suiteScore = typeof suite === 'string' ? await scoreSuite(suite) : null
  return {
    n: count.functions,
    metrics: {
      ...ratesOf(count),
      ...(suiteScore ? { suitePassed: suiteScore.passed, suiteTotal: suiteScore.total } : {}),
    },
    sources: { ...sources, ...suiteScore?.sources },
    worst: Object.fromEntries(
      ['accepted', 'goldCallsAccepted', 'badCallsRefused'].map((metric) => [
        metric,
        Object.entries(sources)
          .map(([source, metrics]) => ({ source, value: metrics[metric] ?? 1 }))
          .toSorted((a, b) => a.value - b.value)[0] ?? { source: 'none', value: 1 },
      ]),
    ),
    failures: failures.slice(0, 200),
    notes: [
      'A right call has for each parameter the first of the values that the answers allow and that fits by itself; optional ones that may be left out are.',
      'Wrong calls: a required parameter left out, one more than there are, a value of another type, one that is not among the enum.',
    ],
  }
}

const rate = (of: number, all: number): number => (all === 0 ? 1 : of / all)
const ratesOf = (
  count: Record<'functions' | 'accepted' | 'gold' | 'goldAccepted' | 'bad' | 'badRefused', number>,
): Record<string, number> => ({
  accepted: rate(count.accepted, count.functions),
  goldCallsAccepted: rate(count.goldAccepted, count.gold),
  badCallsRefused: rate(count.badRefused, count.bad),
  calls: count.gold,
})

const lines = (text: string): Schema[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Schema)

async function goldArguments(possible: Schema, schema: Schema): Promise<Schema> {
  const properties = isObject(schema['properties']) ? schema['properties'] : {}
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  const args: Schema = {}
  for (const [name, values] of Object.entries(possible)) {
    if (!Array.isArray(values)) continue
    const allowed = values.filter((value) => value !== '' || values.length === 1)
    if (allowed.length === 0 || (values.includes('') && !required.includes(name))) continue
    const property = isObject(properties[name]) ? properties[name] : {}
    const check = await compileSchema({ ...property, ...(schema['$defs'] ? { $defs: schema['$defs'] } : {}) })
    const plain = allowed.map((value) => unwrapped(value, property))
    args[name] = plain.find((value) => check.check(value).length === 0) ?? plain[0]
  }
  return args
}

/** In answers each field of an object is a list of the values that it may have, too. */
function unwrapped(value: unknown, schema: Schema): unknown {
  if (Array.isArray(value))
    return value.map((each) => unwrapped(each, isObject(schema['items']) ? schema['items'] : {}))
  if (!isObject(value)) return value
  const properties = isObject(schema['properties']) ? schema['properties'] : {}
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => !(Array.isArray(each) && each.length === 1 && each[0] === ''))
      .map(([key, each]) => [
        key,
        Array.isArray(each)
          ? unwrapped(
              each.find((one) => one !== '') ?? each[0],
              isObject(properties[key]) ? properties[key] : {},
            )
          : each,
      ]),
  )
}

/** Calls with one fault each. */
function* wrongCalls(args: Schema, schema: Schema): Generator<[string, Schema]> {
  const properties = isObject(schema['properties']) ? schema['properties'] : {}
  for (const name of Array.isArray(schema['required']) ? schema['required'] : []) {
    const { [String(name)]: _left, ...rest } = args
    if (Object.hasOwn(args, String(name))) yield [`without ${String(name)}`, rest]
  }
  yield ['one more', { ...args, surely_not_a_parameter: 1 }]
  for (const [name, value] of Object.entries(args)) {
    const property = properties[name]
    if (!isObject(property) || typeof property['type'] !== 'string') continue
    const other =
      property['type'] === 'string'
        ? 7
        : property['type'] === 'object' || property['type'] === 'array'
          ? 'text'
          : 'a text'
    if (typeof value !== typeof other || property['type'] === 'array')
      yield [`type of ${name}`, { ...args, [name]: other }]
    if (Array.isArray(property['enum']))
      yield [
        `enum of ${name}`,
        { ...args, [name]: typeof value === 'number' ? 987_654_321 : 'surely not among them' },
      ]
  }
}
