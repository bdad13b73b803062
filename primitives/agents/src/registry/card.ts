import type { AgentDefinition, ToolReference } from '../definition/definition.ts'
import type { Step } from '../definition/step.ts'
import type { EdgeKind } from './registry-tables.ts'

export interface Edge {
  kind: EdgeKind
  target: string
}

/** What people look for an agent by. */
export interface Card {
  title: string
  summary: string
  /** What it does, step by step: titles and goals. */
  jobs: string[]
  tags: string[]
  team: string | null
  owner: string | null
  standIn: string | null
  /** `YYYY-MM-DD` */
  reviewOn: string | null
}

/** As search and nearest see an agent. */
export interface Described extends Card {
  name: string
  edges: readonly Edge[]
}

const mostJobs = 60
const mostJobLength = 200

export function cardOf({ title, summary, tags, owner, steps }: AgentDefinition): Card {
  const jobs = [...everyStep(steps)].flatMap((step) => [
    step.title ?? '',
    step.kind === 'loop' ? firstLine(step.goal) : '',
  ])
  return {
    title,
    summary,
    tags,
    jobs: [...new Set(jobs.filter((job) => job !== ''))]
      .slice(0, mostJobs)
      .map((job) => job.slice(0, mostJobLength)),
    team: owner?.team ?? null,
    owner: owner?.person ?? null,
    standIn: owner?.standIn ?? null,
    reviewOn: owner?.review ?? null,
  }
}

/** Everything that a definition reaches by itself, each once. */
export function edgesOf({ tools, steps, triggers }: AgentDefinition): Edge[] {
  const edges: Edge[] = tools.flatMap(edgesOfTool)
  for (const step of everyStep(steps)) {
    if (step.kind === 'agent') edges.push({ kind: 'agent', target: step.agent })
    if (step.kind === 'model' || step.kind === 'loop') edges.push({ kind: 'model', target: step.model })
  }
  for (const trigger of triggers) {
    if (trigger.kind === 'stream') edges.push({ kind: 'data', target: `stream:${trigger.stream}` })
    if (trigger.kind === 'queue') edges.push({ kind: 'data', target: `queue:${trigger.queue}` })
  }
  return [...new Map(edges.map((edge) => [`${edge.kind} ${edge.target}`, edge])).values()]
}

function edgesOfTool(reference: ToolReference): Edge[] {
  const { from, credential } = reference
  if (from.startsWith('agent:')) return [{ kind: 'agent', target: from.slice('agent:'.length) }]
  return [
    { kind: 'tool', target: toolName(reference) },
    // Code has nothing but what it is given.
    ...(from === 'code' ? [] : [{ kind: 'data' as const, target: from }]),
    ...(credential === undefined ? [] : [{ kind: 'credential' as const, target: credential }]),
  ]
}

/** A tool among all: `mcp:files/read`. */
export function toolName({ from, tool }: Pick<ToolReference, 'from' | 'tool'>): string {
  return `${from}/${tool}`
}

function* everyStep(steps: readonly Step[]): Generator<Step> {
  for (const step of steps) {
    yield step
    if (step.kind === 'map') yield* everyStep(step.steps)
  }
}

const firstLine = (text: string): string => text.trim().split('\n', 1)[0] ?? ''
