import type { Span } from './source-text.ts'

export const specFormats = ['kiro', 'openspec', 'spec-kit'] as const
export type SpecFormat = (typeof specFormats)[number]

/** What a file is in its format; `delta` is an OpenSpec spec below a change, `spec` holds requirements. */
export type DocumentKind = 'spec' | 'bugfix' | 'delta' | 'design' | 'tasks' | 'other'

/** One testable statement of a requirement. */
export interface Criterion {
  /** As other files refer to it: `1.2`. */
  key: string
  text: string
  span: Span
}

export interface Step {
  keyword: 'given' | 'when' | 'then' | 'and' | 'but' | null
  text: string
  span: Span
}

export interface Scenario {
  name: string
  span: Span
  steps: Step[]
}

export type DeltaOperation = 'added' | 'modified' | 'removed' | 'renamed'

export interface Requirement {
  /** What other files and the sidecar know it by: Kiro's number, OpenSpec's name, spec-kit's `FR-001`. */
  key: string
  title: string
  /** What it says beside its criteria and scenarios, lines joined; empty where those are all. */
  text: string
  /** Where `text` stands; empty behind the heading where there is none. */
  textSpan: Span
  /** The whole block with its heading. */
  span: Span
  titleSpan: Span
  criteria: Criterion[]
  scenarios: Scenario[]
  /** In a delta: what becomes of it. A renamed one has its old name in `renamedFrom`. */
  operation?: DeltaOperation
  renamedFrom?: string
}

export interface Task {
  /** `1.2` or `T001`; its place in the file, `#3`, where it has none. */
  id: string
  text: string
  isDone: boolean
  isOptional: boolean
  /** May be done beside others: `[P]`. */
  isParallel: boolean
  /** The task it is a part of. */
  parent: string | null
  /** Keys of requirements and criteria that it says it serves. */
  requirements: string[]
  span: Span
  /** The character between the brackets. */
  mark: Span
}

/** A correctness property of a design, with what it says it validates. */
export interface Property {
  name: string
  validates: string[]
  span: Span
}

export interface SpecDocument {
  format: SpecFormat
  kind: DocumentKind
  text: string
  requirements: Requirement[]
  tasks: Task[]
  properties: Property[]
  /** Waves of a plan: tasks of one wave may run beside each other once those before are done. */
  waves: string[][]
  /** Questions that the text leaves open, in its own words. */
  questions: { text: string; span: Span }[]
}

export function emptyDocument(format: SpecFormat, kind: DocumentKind, text: string): SpecDocument {
  return { format, kind, text, requirements: [], tasks: [], properties: [], waves: [], questions: [] }
}
