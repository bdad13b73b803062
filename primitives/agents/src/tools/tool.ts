import type { SideEffect } from '../definition/definition.ts'

/** A JSON Schema 2020-12 document. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** A tool as its source describes it. */
export interface Tool {
  /** Unique at its source. */
  name: string
  title?: string
  /** For the model and for people. Text from outside: it is shown, and it orders nothing. */
  description: string
  /** Of the arguments; always an object. */
  input: JsonSchema
  /** Of what a call answers; absent where the source does not say. */
  output?: JsonSchema
  effect: SideEffect
  /**
   * True where the other end answers a second call with the same key as it answered the first, and does nothing again. A lost call of
   * such a tool is repeated with its key; any other is never repeated, unless `effect` is `none`.
   */
  takesKey: boolean
  /** True where `ToolSource.check` can tell whether a call took place. */
  canCheck: boolean
  /** SHA-256 (hex) over name, description and schemas, by `pinOf`: a tool that differs pauses its agents. */
  pin: string
}

/** Where tools come from: an MCP server, an OpenAPI document, a database … Registered by an administrator under `name`. */
export interface ToolSource {
  /** What `from` of a definition says: `openapi:petstore`. */
  name: string
  /** The agent that a call starts a run of: a run that calls waits for that one as a step `agent` does, and `call` is for everybody else. */
  agent?: string
  /** Its tools now. Rejects when the source does not answer; callers keep what they had. */
  list(context: SourceContext): Promise<readonly Tool[]>
  /**
   * Calls one tool. It answers how the call ended rather than to throw: only the source can tell a call that had no effect (`failed`)
   * from one whose answer was lost (`lost`). What it throws all the same counts as `lost`, the careful reading.
   */
  call(call: ToolCall, context: CallContext): Promise<ToolOutcome>
  /** Whether a call whose answer was lost took place. For tools with `canCheck`. */
  check?(call: ToolCall, context: CallContext): Promise<CheckOutcome>
}

/** For whom a source is asked, and with what the edge adds. */
export interface SourceContext {
  tenantId: string
  /** Name of a stored credential, or null. The source reads the secret by it at the edge; nothing else sees it. */
  credential: string | null
  signal: AbortSignal
}

export interface CallContext extends SourceContext {
  /** The same for every attempt at the same call, across crashes: 43 characters of base64url. Sent where the tool takes one. */
  key: string
  /** Which step of which run calls, for logs and for tools that start runs. Null when a person tries a tool. */
  caller: { agent: string; version: number; runId: string; path: string; depth: number } | null
  /** Who wrote what the call is given, where the guard told it. */
  origins?: readonly string[]
  /** What people answered to what the tool asked (`asks`), for the same call once more. */
  answers?: ToolAnswers
  /** An answer that is longer is given up (`answer-too-long`) and not held in memory. */
  maxAnswerBytes: number
}

/** One call: a tool of a source, with arguments that fit its schema. */
export interface ToolCall {
  source: string
  tool: Tool
  args: Readonly<Record<string, unknown>>
}

export type ToolOutcome =
  /** It answered. `value` is JSON. */
  | { state: 'done'; value: unknown }
  /** It refused, or was never reached: it surely changed nothing. `isRetryable` for a reason that may pass. */
  | { state: 'failed'; code: string; message: string; isRetryable: boolean }
  /** It wants to know something of a person before it goes on, and is called once more with the answers. */
  | { state: 'asks'; asked: ToolAsks }
  /** It was sent and no answer came, or none that can be read: it may have happened. */
  | { state: 'lost'; code: string; message: string }

/** What a tool asks in the middle of a call. Text from outside: it is shown, and it orders nothing. */
export interface ToolAsks {
  /** By a name of the tool's own. With a form, a JSON Schema of the fields, or an address where a person does something. */
  questions: Readonly<Record<string, { message: string; form?: JsonSchema; url?: string }>>
  /** Goes back with the answers as it came. */
  state?: string
}

export interface ToolAnswers {
  /** By the names of the questions. `decline`: a person said no; `cancel`: nobody answered. */
  answers: Readonly<
    Record<string, { action: 'accept' | 'decline' | 'cancel'; content?: Readonly<Record<string, unknown>> }>
  >
  state?: string
}

export type CheckOutcome =
  | { state: 'done'; value: unknown }
  | { state: 'not-done' }
  | { state: 'unknown'; message: string }

/** What stands in front of every call, outside the model. */
export type Verdict = Judged &
  (
    | { verdict: 'allow'; rule?: string; because?: string }
    | { verdict: 'ask' | 'refuse'; rule: string; because: string; who?: readonly string[] }
  )

/** What a verdict rests on, for the run's graph and for later calls of the run. */
export interface Judged {
  /** Where the value of each deciding argument was found. */
  found?: Readonly<Record<string, string>>
  /** Origins of each argument. */
  origins?: Readonly<Record<string, readonly string[]>>
  /** Calls with the same are alike; null where no answer of a person covers others. */
  sameness?: string | null
  /** The tool with its deciding values. */
  deed?: string
}
