import type { Draft, StepDraft } from '../draft.ts'
import type { ImportState } from '../report.ts'
import type { Values } from './values.ts'
import type { N8nNode } from './workflow.ts'

/** What a node became. */
export interface NodeStep {
  step: StepDraft
  /** A step that has to run before it and that no other node knows, with its id. */
  before?: StepDraft
  state: ImportState
  note?: string
  /** Exits of the draft's step by the number of the node's output; those not named are the normal end. */
  exits?: Record<number, string>
  /** It gives on what came in: later expressions read what is before it. */
  isPassing?: boolean
}

export interface NodeInput {
  node: N8nNode
  /** Of the step that it becomes. */
  id: string
  draft: Draft
  values: Values
  /** CEL of the item that comes in, or `null`. */
  incoming: string
  /** CEL of what each arrow into it brings, `null` for one that was not taken. */
  inputs: readonly string[]
  /** Nodes that are part of this one (model, tools, memory), by the kind of the connection: `ai_tool`. */
  parts: ReadonlyMap<string, readonly N8nNode[]>
  place: string
}

export type Mapper = (input: NodeInput) => NodeStep
/** A parameter of the node. */
export const at = (input: NodeInput, key: string): unknown => input.node.parameters[key]
export const mapped = (step: StepDraft, more: Partial<NodeStep> = {}): NodeStep => ({
  step,
  state: 'mapped',
  ...more,
})
