import type { StepKind } from '../../src/definition/step.ts'
import { isRecord } from '../../src/files/change.ts'
import type { Change } from '../../src/files/change.ts'
import type { Place } from '../../src/files/place.ts'

export interface FoundStep {
  place: Place
  step: Record<string, unknown>
}

/** Every step with its place, those inside maps behind their map. */
export function stepsOf(definition: unknown): FoundStep[] {
  const found: FoundStep[] = []
  const visit = (holder: unknown, around: Place): void => {
    const steps = isRecord(holder) ? holder['steps'] : null
    for (const step of Array.isArray(steps) ? steps : []) {
      if (!isRecord(step) || typeof step['id'] !== 'string') continue
      const place: Place = [...around, 'steps', { id: step['id'] }]
      found.push({ place, step })
      visit(step, place)
    }
  }
  visit(definition, [])
  return found
}

export function findStep(definition: unknown, id: string): FoundStep | null {
  return stepsOf(definition).find(({ step }) => step['id'] === id) ?? null
}

/** What a step of a kind begins with, so that it is whole from the start. */
const begins: Record<StepKind, Record<string, unknown>> = {
  tool: { tool: '', with: {} },
  model: { prompt: 'Summarise: ${input.text}' },
  loop: { goal: '${input.goal}', tools: [], maxTurns: 10 },
  branch: { cases: [{ id: 'yes', when: 'true' }] },
  map: { over: 'input.items', steps: [{ id: 'item_step', kind: 'set', value: '${item}' }] },
  approve: { who: ['operator'], ask: 'May this go on?' },
  wait: { for: 'PT1H' },
  agent: { agent: '', with: {} },
  code: { code: 'return input' },
  set: { value: '${input}' },
}

/** A new step behind another (by its first free exit), in a map, or last. */
export function addStep(
  definition: unknown,
  kind: StepKind,
  at: { after: string | null; exit?: string; fields?: Record<string, unknown>; name?: string },
): { id: string; changes: Change[] } {
  const all = stepsOf(definition)
  const id = freeId(at.name ?? kind, all)
  const before = at.after === null ? null : (all.find(({ step }) => step['id'] === at.after) ?? null)
  const around = before === null ? [] : before.place.slice(0, -2)
  const exit = at.exit ?? exitFor(before?.step)
  const step = {
    id,
    kind,
    ...(before === null ? {} : { after: [exit === '' ? at.after : `${at.after}/${exit}`] }),
    ...structuredClone(begins[kind]),
    ...at.fields,
  }
  if (kind === 'map') rename(step, freeId('item_step', all))
  const siblings = all.filter(({ place }) => place.length === around.length + 2)
  const last = before === null ? (siblings.at(-1)?.step['id'] ?? null) : at.after
  return {
    id,
    changes: [
      {
        kind: 'value',
        place: [...around, 'steps', { id }],
        to: step,
        after: typeof last === 'string' ? last : null,
      },
    ],
  }
}

function rename(step: Record<string, unknown>, id: string): void {
  const [inner] = step['steps'] as Record<string, unknown>[]
  if (inner) inner['id'] = id
}

function exitFor(step: Record<string, unknown> | undefined): string {
  if (step?.['kind'] === 'approve') return 'approved'
  if (step?.['kind'] !== 'branch') return ''
  const cases = Array.isArray(step['cases']) ? step['cases'] : []
  const [first] = cases
  return isRecord(first) && typeof first['id'] === 'string' ? first['id'] : 'otherwise'
}

/** `charge`, or `charge_2` where there is one. */
function freeId(wish: string, all: readonly FoundStep[]): string {
  const base =
    wish
      .toLowerCase()
      .replace(/[^a-z0-9_]+/g, '_')
      .replace(/^[^a-z]+/, '')
      .slice(0, 56) || 'step'
  const taken = new Set(all.map(({ step }) => step['id']))
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}_${n}`
    if (!taken.has(id)) return id
  }
}

/** Takes steps away; what came after them comes after what was before them. */
export function removeSteps(definition: unknown, ids: readonly string[]): Change[] {
  const gone = new Set(ids)
  const all = stepsOf(definition)
  const changes: Change[] = []
  for (const { place, step } of all) {
    const id = step['id'] as string
    const isInside = place.some(
      (segment) => typeof segment === 'object' && 'id' in segment && gone.has(segment.id),
    )
    if (gone.has(id)) changes.push({ kind: 'value', place, from: step })
    if (isInside) continue
    const after = edgesOf(step)
    const kept = new Set(after.filter((edge) => !gone.has(stepOfEdge(edge))))
    for (const edge of after) {
      if (!gone.has(stepOfEdge(edge))) continue
      changes.push({ kind: 'value', place: [...place, 'after', { value: edge }], from: edge })
      for (const earlier of before(all, stepOfEdge(edge), gone)) {
        if (kept.has(earlier)) continue
        kept.add(earlier)
        changes.push({ kind: 'value', place: [...place, 'after', { value: earlier }], to: earlier })
      }
    }
  }
  // Outer steps last to first: a map takes its steps with it.
  return changes.toSorted((a, b) => rankOf(a) - rankOf(b))
}

const rankOf = ({ place }: Change): number => (place.includes('after') ? 0 : 1)

/** Edges that led to a step which goes, past others that go too. */
function before(
  all: readonly FoundStep[],
  id: string,
  gone: ReadonlySet<string>,
  seen = new Set<string>(),
): string[] {
  if (seen.has(id)) return []
  seen.add(id)
  const step = all.find((each) => each.step['id'] === id)?.step
  return step === undefined
    ? []
    : edgesOf(step).flatMap((edge) =>
        gone.has(stepOfEdge(edge)) ? before(all, stepOfEdge(edge), gone, seen) : [edge],
      )
}

const edgesOf = (step: Record<string, unknown>): string[] =>
  (Array.isArray(step['after']) ? step['after'] : []).filter(
    (each): each is string => typeof each === 'string',
  )
const stepOfEdge = (edge: string): string => edge.split('/', 1)[0] ?? edge

export interface EdgeEnd {
  from: string
  exit: string
  to: string
}

export function connect(definition: unknown, { from, exit, to }: EdgeEnd): Change[] {
  const step = findStep(definition, to)
  const edge = exit === '' ? from : `${from}/${exit}`
  if (step === null || edgesOf(step.step).includes(edge)) return []
  return [{ kind: 'value', place: [...step.place, 'after', { value: edge }], to: edge }]
}

export function disconnect(definition: unknown, { from, exit, to }: EdgeEnd): Change[] {
  const step = findStep(definition, to)
  const edge = exit === '' ? from : `${from}/${exit}`
  if (step === null || !edgesOf(step.step).includes(edge)) return []
  return [{ kind: 'value', place: [...step.place, 'after', { value: edge }], from: edge }]
}

/** The id of the step that a problem's path (`steps[2].steps[0].with`) lies in; null for the agent as a whole. */
export function stepOfPath(definition: unknown, path: string): { id: string; field: string } | null {
  let here = definition
  let found: { id: string; field: string } | null = null
  let rest = path
  for (;;) {
    const match = /^steps\[(\d+)\]\.?/.exec(rest)
    const steps = isRecord(here) ? here['steps'] : null
    const step: unknown = match && Array.isArray(steps) ? steps[Number(match[1])] : null
    if (!match || !isRecord(step)) return found
    rest = rest.slice(match[0].length)
    here = step
    found = { id: typeof step['id'] === 'string' ? step['id'] : '', field: rest }
  }
}
