import { createHook } from 'node:async_hooks'
import type { MeasuredResult, MeasureInput } from '@heavylift/core'
import { wilsonInterval } from '@heavylift/core/math'
import { importFile, readData } from '../../import/import-file.ts'
import type { Imported } from '../../import/report.ts'
import { isObject, text } from '../../import/json.ts'
import { problemsOf } from '../../definition/check.ts'
import { dataFiles, largeSources } from '../data-files.ts'
import { graphScore } from './graph-equal.ts'
import { openReference } from './reference.ts'
import { scoreExpression } from './score-expression.ts'

interface Count {
  files: number
  parsed: number
  /** Drafts in which the studio finds nothing to mend. */
  clean: number
  nodes: number
  mapped: number
  approximated: number
  expressions: number
  converted: number
  equal: number
  graphs: number
  graphEqual: number
  edges: number
  edgesByHand: number
  sideEffects: number
}

/** Faults of the graph, as opposed to types that the source did not mind. */
const structural =
  /^(step-twice|tool-twice|trigger-twice|case-twice|steps-in-circle|after-|tool-(undeclared|unknown))/

const nothing = (): Count => ({
  files: 0,
  parsed: 0,
  clean: 0,
  nodes: 0,
  mapped: 0,
  approximated: 0,
  expressions: 0,
  converted: 0,
  equal: 0,
  graphs: 0,
  graphEqual: 0,
  edges: 0,
  edgesByHand: 0,
  sideEffects: 0,
})
const sum = (counts: readonly Count[]): Count => {
  const all = nothing()
  for (const count of counts) for (const key of Object.keys(all) as (keyof Count)[]) all[key] += count[key]
  return all
}
const rate = (of: number, all: number): number => (all === 0 ? 1 : of / all)
const metricsOf = (count: Count): Record<string, number> => ({
  parsedRate: rate(count.parsed, count.files),
  cleanDraftRate: rate(count.clean, count.files),
  nodeMappedRate: rate(count.mapped + count.approximated, count.nodes),
  nodeExactRate: rate(count.mapped, count.nodes),
  expressionRate: rate(count.equal, count.expressions),
  expressionConvertedRate: rate(count.converted, count.expressions),
  graphEqualRate: rate(count.graphEqual, count.graphs),
  edgeByHandRate: rate(count.edgesByHand, count.edges),
  sideEffectsOnImport: count.sideEffects,
})

/** Imports every workflow below a folder and holds what comes of it against the file. */
export async function runImportEval(
  input: MeasureInput,
): Promise<Omit<MeasuredResult, 'name' | 'version' | 'seconds'>> {
  const dir = input.dataDir ?? new URL('../../../samples/import', import.meta.url).pathname
  const files = await dataFiles(dir, /\.(json|ya?ml)$/)
  const reference = await openReference()
  const bySource = new Map<string, Count>()
  const failures: string[] = []
  const fail = (line: string): void => {
    if (failures.length < 200) failures.push(line)
  }
  try {
    for (const [at, file] of files.entries()) {
      input.signal.throwIfAborted()
      input.report({ stage: 'import', done: at, total: files.length, unit: 'files' })
      const content = await file.read()
      const count = bySource.get(file.source) ?? nothing()
      bySource.set(file.source, count)
      count.files += 1
      let imported: Imported
      const opened = await handlesOpened(() => {
        try {
          return importFile(content, file.path.replace(/\.gz$/, ''))
        } catch (error) {
          fail(`${file.path}: ${String(error)}`)
          return null
        }
      })
      count.sideEffects += opened.handles
      if (opened.value === null) continue
      imported = opened.value
      if (imported.definition !== null) {
        const problems = problemsOf(imported.definition)
        const broken = problems.find(({ code }) => structural.test(code))
        if (broken !== undefined) {
          fail(`${file.path}: ${broken.message}`)
          continue
        }
        if (problems.length === 0) count.clean += 1
        else fail(`${file.path}: to mend: ${problems[0]!.message}`)
      }
      count.parsed += 1
      for (const { state } of imported.report.parts) {
        count.nodes += 1
        if (state === 'mapped') count.mapped += 1
        if (state === 'approximated') count.approximated += 1
      }
      const source = readData(content)
      const graph = graphScore(source, imported)
      count.graphs += 1
      if (graph.isEqual) count.graphEqual += 1
      else fail(`${file.path}: graph: ${graph.why}`)
      count.edges += graph.edges
      count.edgesByHand += graph.byHand
      const workflow = isObject(source)
        ? {
            id: text(source['id']),
            name: text(source['name']),
            parameters: Object.fromEntries(
              (Array.isArray(source['nodes']) ? source['nodes'] : [])
                .filter(isObject)
                .map((node) => [text(node['name']), node['parameters']]),
            ),
          }
        : { id: '', name: '', parameters: {} }
      for (const expression of imported.report.expressions) {
        count.expressions += 1
        if (expression.cel !== null) count.converted += 1
        const scored = scoreExpression(expression, imported.report, workflow, reference)
        if (scored.score === 'equal') count.equal += 1
        else
          fail(
            `${file.path}: ${scored.score}: ${expression.source.replaceAll(/\s+/g, ' ').slice(0, 120)}${scored.why === undefined ? '' : ` (${scored.why.slice(0, 200)})`}`,
          )
      }
    }
  } finally {
    reference.close()
  }
  const all = sum([...bySource.values()])
  const large = largeSources(bySource, ({ files: n }) => n, 5, sum)
  const sources: Record<string, Record<string, number>> = Object.fromEntries(
    [...large].map(([source, count]) => [source, { n: count.files, ...metricsOf(count) }]),
  )
  const worst = (metric: string): { source: string; value: number } | undefined =>
    Object.entries(sources)
      .map(([source, metrics]) => ({ source, value: metrics[metric] ?? 1 }))
      .toSorted((a, b) => a.value - b.value)[0]
  const interval = (of: number, n: number): [number, number] => {
    const { low, high } = wilsonInterval(of, n)
    return [low, high]
  }
  const metrics = metricsOf(all)
  return {
    n: all.files,
    metrics,
    sources,
    worst: Object.fromEntries(
      ['parsedRate', 'nodeMappedRate', 'expressionRate', 'graphEqualRate']
        .map((metric) => [metric, worst(metric)])
        .filter((entry): entry is [string, { source: string; value: number }] => entry[1] !== undefined),
    ),
    intervals: {
      nodeMappedRate: interval(all.mapped + all.approximated, all.nodes),
      expressionRate: interval(all.equal, all.expressions),
    },
    failures,
    notes: [
      'parsedRate counts files whose draft fits the schema of definitions and whose graph holds together; cleanDraftRate those in which the studio finds nothing to mend at all.',
      'nodeMappedRate counts nodes that do the same (nodeExactRate) or nearly; a node of an app counts as its tool, which somebody has to register.',
      'expressionRate counts an expression once its CEL parses and, on every sample item on which JavaScript gives a value (of up to 8, with types as its use calls for), gives the same; n8n’s JavaScript runs in QuickJS. References of Dify and Flowise count once their CEL gives a value. expressionConvertedRate counts all that became CEL.',
      'graphEqualRate counts files whose arrows are all in the draft, inside a map, or named in the report as left to a person (edgeByHandRate), and whose draft has no others.',
      'sideEffectsOnImport counts sockets, processes, threads and files that were opened while importing.',
    ],
  }
}

/** Runs something that must not reach outside, and counts what it opened all the same. */
async function handlesOpened<T>(work: () => T): Promise<{ value: T; handles: number }> {
  let handles = 0
  const hook = createHook({
    init(_id, type) {
      if (/WRAP|FSREQ|WORKER|DNS|SOCKET/i.test(type)) handles += 1
    },
  }).enable()
  try {
    const value = work()
    await new Promise((resolve) => setImmediate(resolve))
    return { value, handles }
  } finally {
    hook.disable()
  }
}
