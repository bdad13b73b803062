import type { MeasuredResult, MeasureInput } from '@heavylift/core'
import { readData } from '../../import/import-file.ts'
import { importOpenApi } from '../../import/tools/openapi.ts'
import { isObject } from '../../import/json.ts'
import { compileSchema } from '../../schema/compile-schema.ts'
import { dataFiles, largeSources } from '../data-files.ts'

interface Count {
  documents: number
  imported: number
  operations: number
  tools: number
  schemas: number
  valid: number
}
const nothing = (): Count => ({ documents: 0, imported: 0, operations: 0, tools: 0, schemas: 0, valid: 0 })
const sum = (counts: readonly Count[]): Count => {
  const all = nothing()
  for (const count of counts) for (const key of Object.keys(all) as (keyof Count)[]) all[key] += count[key]
  return all
}
const rate = (of: number, all: number): number => (all === 0 ? 1 : of / all)
const metricsOf = (count: Count): Record<string, number> => ({
  importedRate: rate(count.imported, count.documents),
  operationRate: rate(count.tools, count.operations),
  schemaValidRate: rate(count.valid, count.schemas),
})

const methods = new Set(['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace'])

/** Operations that a document has, counted in the file itself. */
function operationsIn(value: unknown): number {
  const paths = isObject(value) && isObject(value['paths']) ? value['paths'] : {}
  return Object.entries(paths).reduce(
    (all, [path, item]) =>
      path.startsWith('x-') || !isObject(item)
        ? all
        : all + Object.keys(item).filter((key) => methods.has(key) && isObject(item[key])).length,
    0,
  )
}

/** Imports every OpenAPI document below a folder. A file that names no version of OpenAPI or Swagger is none. */
export async function runOpenApiEval(
  input: MeasureInput,
): Promise<Omit<MeasuredResult, 'name' | 'version' | 'seconds'>> {
  const dir = input.dataDir ?? new URL('../../../samples/openapi', import.meta.url).pathname
  const files = await dataFiles(dir, /\.(json|ya?ml)$/)
  const bySource = new Map<string, Count>()
  const failures: string[] = []
  const most = Number(input.options?.['most'] ?? Number.POSITIVE_INFINITY)
  // Spread over the files, where only a part of them is wanted.
  const stride = Math.max(1, Math.ceil(files.length / most))
  for (const [at, file] of files.entries()) {
    if (at % stride !== 0) continue
    input.signal.throwIfAborted()
    input.report({ stage: 'openapi', done: at, total: files.length, unit: 'files' })
    const text = await file.read()
    if (!/\b(openapi|swagger)\b/.test(text.slice(0, 20_000))) continue
    const count = bySource.get(file.source) ?? nothing()
    let value: unknown
    try {
      value = readData(text)
    } catch (error) {
      // A file that is broken YAML is a document that was not imported; a fragment of one is none.
      if (!/^["{\s]*(openapi|swagger)\b/m.test(text.slice(0, 2_000))) continue
      bySource.set(file.source, count)
      count.documents += 1
      failures.push(`${file.path}: ${String(error).slice(0, 200)}`)
      continue
    }
    if (!isObject(value) || (value['openapi'] === undefined && value['swagger'] === undefined)) continue
    bySource.set(file.source, count)
    count.documents += 1
    count.operations += operationsIn(value)
    try {
      const [source] = importOpenApi(value).sources
      count.imported += 1
      for (const tool of source?.tools ?? []) {
        count.tools += 1
        for (const schema of [tool.input, ...(tool.output ? [tool.output] : [])]) {
          count.schemas += 1
          try {
            await compileSchema(schema)
            count.valid += 1
          } catch (error) {
            failures.push(`${file.path}: ${tool.name}: ${String(error).slice(0, 200)}`)
          }
        }
      }
    } catch (error) {
      failures.push(`${file.path}: ${String(error).slice(0, 200)}`)
    }
  }
  const all = sum([...bySource.values()])
  const large = largeSources(bySource, ({ operations }) => operations, 20, sum)
  const sources: Record<string, Record<string, number>> = Object.fromEntries(
    [...large].map(([source, count]) => [source, { n: count.documents, ...metricsOf(count) }]),
  )
  return {
    n: all.documents,
    metrics: { ...metricsOf(all), operations: all.operations },
    sources,
    worst: Object.fromEntries(
      ['importedRate', 'operationRate', 'schemaValidRate'].map((metric) => [
        metric,
        Object.entries(sources)
          .map(([source, metrics]) => ({ source, value: metrics[metric] ?? 1 }))
          .toSorted((a, b) => a.value - b.value)[0] ?? { source: 'none', value: 1 },
      ]),
    ),
    failures: failures.slice(0, 200),
    notes: [
      'operationRate: operations that became tools, of those in the files. schemaValidRate: schemas of arguments and answers that compile as JSON Schema 2020-12.',
    ],
  }
}
