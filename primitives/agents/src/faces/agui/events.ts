import type { AgentDefinition } from '../../definition/definition.ts'
import type { AskedCall, Entry } from '../../run/entry.ts'
import type { Asked } from '../watch-call.ts'

/** An event of AG-UI 1.0 as its wire has it. */
export type AguiEvent = { type: string } & Record<string, unknown>

/** Reads values of a run that may be kept elsewhere. */
export type ReadPayload = (
  payload: Extract<Entry['happened'], { kind: 'ended' }>['output'],
) => Promise<unknown>

/**
 * What happens in a run, told in the events of AG-UI: steps, what models say, calls of tools, and the state, which is `{ steps: { <id>: <output> } }`. Steps inside a map,
 * which run side by side, are not told: AG-UI's steps do not nest.
 */
export class RunTeller {
  readonly #definition: AgentDefinition
  readonly #read: ReadPayload
  readonly #runId: string
  /** Calls that a model asked for and that were not answered yet, by the path where they are made. */
  readonly #asked = new Map<string, AskedCall>()
  /** Paths whose call was told. */
  readonly #told = new Set<string>()

  constructor(definition: AgentDefinition, runId: string, read: ReadPayload) {
    this.#definition = definition
    this.#runId = runId
    this.#read = read
  }

  async *tell({ path, happened, atMs }: Entry): AsyncGenerator<AguiEvent> {
    const step = this.#definition.steps.find(({ id }) => id === path)
    switch (happened.kind) {
      case 'began':
        if (step !== undefined) yield { type: 'STEP_STARTED', stepName: step.id, timestamp: atMs }
        return
      case 'answer':
        yield* this.#answer(path, happened, atMs)
        return
      case 'intent':
        // A step's own call; those that a model asked for were told with its answer.
        if (!this.#asked.has(path) && !this.#told.has(path))
          yield* callEvents(
            this.#callId(path),
            happened.call.tool,
            JSON.stringify(await this.#read(happened.call.args)),
          )
        this.#told.add(path)
        return
      case 'outcome': {
        const value = happened.state === 'done' ? await this.#read(happened.value) : happened.failure?.message
        this.#asked.delete(path)
        yield this.#result(path, value)
        return
      }
      case 'ended':
        // A call without an effect leaves no intent: it is told with its answer.
        if (step?.kind === 'tool' && !this.#told.has(path) && happened.failure === undefined) {
          yield* callEvents(this.#callId(path), step.tool, '')
          yield this.#result(path, await this.#read(happened.output))
        }
        yield* this.#ended(path, step !== undefined, happened, atMs)
        return
      default:
    }
  }

  async *#answer(
    path: string,
    { text, calls }: Extract<Entry['happened'], { kind: 'answer' }>,
    atMs: number,
  ): AsyncGenerator<AguiEvent> {
    const said = await this.#read(text)
    if (typeof said === 'string' && said !== '') yield* textEvents(`${this.#runId}/${path}`, said, atMs)
    for (const [at, call] of calls.entries()) {
      // Where a loop makes the call is its turn and the call's number.
      this.#asked.set(`${path}.${at}`, call)
      yield* callEvents(this.#callId(`${path}.${at}`), call.tool, call.arguments)
    }
  }

  async *#ended(
    path: string,
    isStep: boolean,
    { output, failure }: Extract<Entry['happened'], { kind: 'ended' }>,
    atMs: number,
  ): AsyncGenerator<AguiEvent> {
    if (this.#asked.has(path)) {
      yield this.#result(path, failure?.message ?? (await this.#read(output)))
      this.#asked.delete(path)
    }
    if (!isStep) return
    const value = failure === undefined ? ((await this.#read(output)) ?? null) : { error: failure }
    yield { type: 'STATE_DELTA', delta: [{ op: 'add', path: `/steps/${path}`, value }], timestamp: atMs }
    yield { type: 'STEP_FINISHED', stepName: path, timestamp: atMs }
  }

  #callId(path: string): string {
    return `${this.#runId}/${path}`
  }

  #result(path: string, value: unknown): AguiEvent {
    const toolCallId = this.#callId(path)
    const content = typeof value === 'string' ? value : JSON.stringify(value ?? null)
    return { type: 'TOOL_CALL_RESULT', messageId: `${toolCallId}/result`, toolCallId, content, role: 'tool' }
  }
}

/** A text as the three events of a message. */
export function* textEvents(messageId: string, text: string, timestamp: number): Generator<AguiEvent> {
  yield { type: 'TEXT_MESSAGE_START', messageId, role: 'assistant', timestamp }
  yield { type: 'TEXT_MESSAGE_CONTENT', messageId, delta: text, timestamp }
  yield { type: 'TEXT_MESSAGE_END', messageId, timestamp }
}

function* callEvents(toolCallId: string, toolCallName: string, args: string): Generator<AguiEvent> {
  yield { type: 'TOOL_CALL_START', toolCallId, toolCallName }
  if (args !== '') yield { type: 'TOOL_CALL_ARGS', toolCallId, delta: args }
  yield { type: 'TOOL_CALL_END', toolCallId }
}

/** What a person is asked, as interrupts: a later run of the thread may answer them. */
export function interrupts(asked: readonly Asked[]): Record<string, unknown>[] {
  return asked.map(({ run_id: runId, path, question }) => ({
    id: `${runId}#${path}`,
    reason: 'approval',
    message: question.ask,
    responseSchema: {
      type: 'object',
      required: ['choice'],
      properties: { choice: { enum: question.choices }, note: { type: 'string' } },
    },
  }))
}
