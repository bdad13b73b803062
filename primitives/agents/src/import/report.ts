import type { AgentDefinition } from '../definition/definition.ts'

/** `mapped` does the same, `approximated` nearly, and the note says what differs; `by-hand` is left for a person, with the place. */
export type ImportState = 'mapped' | 'approximated' | 'by-hand'

/** What became of one part of the source. */
export interface ImportedPart {
  /** Where it stands in the source: `nodes/Send mail`, `#/paths/~1pets/get`. */
  place: string
  /** What it is there, in the source's own words: `n8n-nodes-base.gmail`. */
  what: string
  state: ImportState
  /** The step it became, by its id; inside maps with the ids above it. */
  step?: string
  /** A step that it needs before its own, by its id: the question of a model whose answer is the exit. */
  before?: string
  /** CEL of what comes into it, and of what it gives on, where it is a step. */
  takes?: string
  gives?: string
  /** For a map what one item is called inside. */
  each?: string
  note?: string
}

/** One arrow of the source's graph. */
export interface ImportedEdge {
  /** Places of the parts that it joins, as in `parts`. */
  from: string
  to: string
  /** Which exit of `from`, in the draft's words: `yes`, `error`. */
  exit?: string
  /** `inside`: said by where the steps stand (the item that enters a map, the end of its last step), or by a step's own setting. */
  state: 'mapped' | 'inside' | 'by-hand'
  note?: string
}

/** One expression of the source. */
export interface ImportedExpression {
  place: string
  source: string
  /** Null where CEL has no way to say it; `why` tells. */
  cel: string | null
  why?: string
}

export interface ImportReport {
  /** `n8n`, `dify`, `flowise`, `openapi` … */
  format: string
  parts: ImportedPart[]
  edges: ImportedEdge[]
  expressions: ImportedExpression[]
  /** What has to be mended before the draft can be published, as the studio says it. */
  problems?: { step?: string; message: string }[]
}

/** A source of tools that an import brought and that somebody has to register before the draft runs. Holds no secret. */
export interface ImportedSource {
  /** `openapi:petstore` */
  name: string
  kind: 'openapi' | 'mcp' | 'http' | 'agent'
  title: string
  /** Where it answers, as the file says. Nothing has connected to it. */
  url?: string
  /** Its tools, where the file has them. */
  tools: {
    name: string
    description: string
    input: Record<string, unknown>
    output?: Record<string, unknown>
  }[]
  /** The document itself, where calls are made by it. */
  document?: unknown
}

/** What an import comes to. Nothing was run, connected to or started. */
export interface Imported {
  /** A draft that fits the schema of definitions; null where the file only brings tools. */
  definition: AgentDefinition | null
  sources: ImportedSource[]
  report: ImportReport
}
