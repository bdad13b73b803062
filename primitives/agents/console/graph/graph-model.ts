import { isRecord } from '../../src/files/change.ts'

/** An exit by which a step may be left. `''` is the usual one. */
export interface Exit {
  name: string
  label: string
}

/** A step as it is drawn, out of a definition that need not be whole. */
export interface GraphStep {
  id: string
  kind: string
  title: string
  /** What stands below the title: the tool, the question, the condition. */
  detail: string
  exits: Exit[]
  /** The map step that it lies in. */
  parent: string | null
  isGroup: boolean
}

export interface GraphEdge {
  /** `charge/error→tell` */
  id: string
  from: string
  exit: string
  to: string
}

export interface GraphModel {
  steps: GraphStep[]
  edges: GraphEdge[]
}

/** Steps and edges of a definition; what is broken is left out, and shown by the list of problems. */
export function graphOf(definition: unknown): GraphModel {
  const model: GraphModel = { steps: [], edges: [] }
  if (isRecord(definition)) addSteps(definition['steps'], null, model)
  const known = new Map(model.steps.map((step) => [step.id, step]))
  model.edges = model.edges.filter(
    ({ from, to }) => known.get(from)?.parent === known.get(to)?.parent && known.has(from),
  )
  return model
}

function addSteps(steps: unknown, parent: string | null, model: GraphModel): void {
  if (!Array.isArray(steps)) return
  const seen = new Set(model.steps.map(({ id }) => id))
  for (const step of steps) {
    if (!isRecord(step) || typeof step['id'] !== 'string' || seen.has(step['id'])) continue
    const { id } = step as { id: string }
    seen.add(id)
    const kind = text(step['kind']) || 'unknown'
    const isGroup = kind === 'map'
    model.steps.push({
      id,
      kind,
      title: text(step['title']) || id,
      detail: detailOf(kind, step),
      exits: exitsOf(kind, step),
      parent,
      isGroup,
    })
    for (const after of Array.isArray(step['after']) ? step['after'] : []) {
      const [from = '', exit = ''] = text(after).split('/', 2)
      if (from !== '') model.edges.push({ id: `${from}/${exit}→${id}`, from, exit, to: id })
    }
    if (isGroup) addSteps(step['steps'], id, model)
  }
}

function exitsOf(kind: string, step: Record<string, unknown>): Exit[] {
  if (kind === 'branch') {
    const cases = Array.isArray(step['cases']) ? step['cases'] : []
    const named = cases.flatMap((each) =>
      isRecord(each) && typeof each['id'] === 'string' ? [each['id']] : [],
    )
    return [...named, 'otherwise'].map((name) => ({ name, label: name }))
  }
  if (kind === 'approve')
    return [
      { name: 'approved', label: 'approved' },
      { name: 'refused', label: 'refused' },
    ]
  return [
    { name: '', label: 'then' },
    { name: 'error', label: 'error' },
  ]
}

function detailOf(kind: string, step: Record<string, unknown>): string {
  switch (kind) {
    case 'tool':
      return text(step['tool'])
    case 'model':
      return firstLine(text(step['prompt']))
    case 'branch':
      return (Array.isArray(step['cases']) ? step['cases'] : [])
        .map((each) => (isRecord(each) ? text(each['when']) : ''))
        .join(' · ')
    case 'wait':
      return text(step['for']) || text(step['until']) || text(step['event'])
    case 'approve':
      return firstLine(text(step['ask']))
    case 'agent':
      return text(step['agent'])
    case 'code':
      return firstLine(text(step['code']))
    case 'loop':
      return firstLine(text(step['goal']))
    case 'map':
      return `each of ${text(step['over'])}`
    case 'set':
      return firstLine(
        typeof step['value'] === 'string' ? step['value'] : (JSON.stringify(step['value']) ?? ''),
      )
    default:
      return ''
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const firstLine = (value: string): string => value.trim().split('\n')[0] ?? ''
