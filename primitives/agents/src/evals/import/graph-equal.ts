import type { AgentDefinition } from '../../definition/definition.ts'
import type { Step } from '../../definition/step.ts'
import type { Imported } from '../../import/report.ts'
import { settingsStep } from '../../import/draft.ts'
import { isObject } from '../../import/json.ts'

type Pair = string

/** The arrows of a source's graph, read from the file itself: pairs of node names (n8n) or ids. */
export function sourceEdges(value: unknown): Set<Pair> {
  const found = new Set<Pair>()
  const graph =
    isObject(value) && isObject(value['workflow']) && isObject(value['workflow']['graph'])
      ? value['workflow']['graph']
      : value
  if (!isObject(graph)) return found
  for (const edge of Array.isArray(graph['edges']) ? graph['edges'] : [])
    if (isObject(edge)) found.add(pair(edge['source'], edge['target']))
  if (!isObject(graph['connections']) || !Array.isArray(graph['nodes'])) return found
  const nameOf = new Map<unknown, unknown>()
  for (const node of graph['nodes']) if (isObject(node)) nameOf.set(node['id'], node['name'])
  for (const node of graph['nodes']) if (isObject(node)) nameOf.set(node['name'], node['name'])
  const visit = (from: string, given: unknown): void => {
    if (Array.isArray(given)) for (const each of given) visit(from, each)
    else if (isObject(given) && typeof given['node'] === 'string')
      found.add(pair(nameOf.get(from) ?? from, nameOf.get(given['node']) ?? given['node']))
    else if (isObject(given)) for (const each of Object.values(given)) visit(from, each)
  }
  for (const [from, given] of Object.entries(graph['connections'])) visit(from, given)
  return found
}

const pair = (from: unknown, to: unknown): Pair => JSON.stringify([String(from), String(to)])

export interface GraphScore {
  isEqual: boolean
  edges: number
  byHand: number
  why?: string
}

/**
 * Whether a draft has the source's arrows and no others: each is an `after` of its steps, or said by where they stand, or named in the
 * report as left to a person. Read from the steps, not from what the report says of them.
 */
export function graphScore(source: unknown, imported: Imported): GraphScore {
  const wanted = sourceEdges(source)
  const { parts, edges } = imported.report
  const name = (place: string): string => place.replace(/^nodes\//, '')
  const nodeOf = new Map<string, string>()
  const stepOf = new Map<string, string>()
  for (const { place, step, before } of parts)
    if (step !== undefined) {
      nodeOf.set(step, name(place))
      if (before !== undefined) nodeOf.set(step.replace(/[^.]*$/, before), name(place))
      stepOf.set(name(place), step)
    }
  const drawn = imported.definition === null ? new Set<Pair>() : drawnEdges(imported.definition, nodeOf)
  const byHand = new Set(
    edges.filter(({ state }) => state === 'by-hand').map(({ from, to }) => pair(name(from), name(to))),
  )
  const missing: string[] = []
  for (const each of wanted) {
    const [from, to] = JSON.parse(each) as [string, string]
    const start = stepOf.get(from)
    const end = stepOf.get(to)
    // A node that is no step is a part of one; of two steps one stands inside the other.
    const isInside =
      start === undefined || end === undefined || end.startsWith(`${start}.`) || start.startsWith(`${end}.`)
    const isKnown =
      parts.some(({ place }) => name(place) === from) && parts.some(({ place }) => name(place) === to)
    if (!drawn.has(each) && !byHand.has(each) && !(isInside && isKnown)) missing.push(each)
  }
  const invented = [...drawn].filter((each) => !wanted.has(each))
  const why =
    missing.length > 0 ? `missing ${missing[0]}` : invented.length > 0 ? `invented ${invented[0]}` : undefined
  return {
    isEqual: why === undefined,
    edges: wanted.size,
    byHand: [...wanted].filter((each) => byHand.has(each)).length,
    ...(why === undefined ? {} : { why }),
  }
}

function drawnEdges(definition: AgentDefinition, nodeOf: ReadonlyMap<string, string>): Set<Pair> {
  const drawn = new Set<Pair>()
  const visit = (steps: readonly Step[], prefix: string): void => {
    for (const step of steps) {
      for (const after of step.after) {
        const from = after.split('/', 1)[0]!
        const [start, end] = [nodeOf.get(prefix + from) ?? from, nodeOf.get(prefix + step.id) ?? step.id]
        // Two steps of one node are no arrow of the source, nor is what comes after the draft's own settings.
        if (start !== end && from !== settingsStep) drawn.add(pair(start, end))
      }
      if (step.kind === 'map') visit(step.steps, `${prefix}${step.id}.`)
    }
  }
  visit(definition.steps, '')
  return drawn
}
