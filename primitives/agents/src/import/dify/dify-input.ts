import type { Draft } from '../draft.ts'
import type { GraphDraft } from '../graph-draft.ts'
import type { DifyNode } from './app.ts'
import type { Variables } from './variables.ts'

/** What a step is made of. */
export interface DifyInput {
  node: DifyNode
  draft: Draft
  graph: GraphDraft
  values: Variables
  incoming: string
}
