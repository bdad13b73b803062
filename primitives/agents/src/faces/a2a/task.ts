import { Role, TaskState } from '@a2a-js/sdk'
import type { Artifact, Message, Part, Task, TaskStatus } from '@a2a-js/sdk'
import type { RunRow } from '../../run/run-row.ts'
import { ownContent } from '../content.ts'
import { isRecord } from '../input.ts'
import { askedText } from '../watch-call.ts'
import type { Asked, CallState } from '../watch-call.ts'

/** A run as it stands as a state of a task. What waits for a person is interrupted; what waits for anything else goes on. */
export function taskState({ row, asked }: CallState): TaskState {
  switch (row.state) {
    case 'queued':
      return TaskState.TASK_STATE_SUBMITTED
    case 'done':
      return TaskState.TASK_STATE_COMPLETED
    case 'failed':
      return TaskState.TASK_STATE_FAILED
    case 'cancelled':
      return TaskState.TASK_STATE_CANCELED
    default:
      return asked.length > 0 ? TaskState.TASK_STATE_INPUT_REQUIRED : TaskState.TASK_STATE_WORKING
  }
}

export function taskStatus(state: CallState, contextId: string): TaskStatus {
  const { row, asked } = state
  const text = row.error === null ? askedText(asked) : row.error.message
  return {
    state: taskState(state),
    message: text === '' ? undefined : ownMessage(row, contextId, text, asked),
    timestamp: new Date(row.ended_ms ?? row.turned_ms).toISOString(),
  }
}

/** `history` is what was said in the protocol's own terms, oldest first. */
export function taskOf(
  state: CallState,
  contextId: string,
  { warning = null, ...more }: { history: Message[]; artifacts: Artifact[]; warning?: string | null },
): Task {
  const { row } = state
  return {
    id: row.id,
    contextId,
    status: taskStatus(state, contextId),
    ...more,
    // What a deprecated agent's callers are told.
    metadata: { agent: row.agent, version: row.version, ...(warning === null ? {} : { warning }) },
  }
}

/** What a run came to, as the one artifact of its task; none before it is done. */
export function artifactsOf(row: RunRow, output: unknown): Artifact[] {
  if (row.state !== 'done') return []
  return [
    {
      artifactId: 'result',
      name: 'result',
      description: '',
      parts: partsOf(output),
      metadata: undefined,
      extensions: [],
    },
  ]
}

/** What an agent says of a run: an error, or a question with the answers that there are. */
export function ownMessage(
  row: RunRow,
  contextId: string,
  text: string,
  asked: readonly Asked[] = [],
): Message {
  const questions = asked.map(({ path, run_id: runId, question }) => ({
    path,
    runId,
    ask: question.ask,
    choices: question.choices,
  }))
  return {
    messageId: `${row.id}-${row.segment}`,
    contextId,
    taskId: row.id,
    role: Role.ROLE_AGENT,
    parts: [textPart(text), ...(questions.length > 0 ? [dataPart({ questions })] : [])],
    metadata: undefined,
    extensions: [],
    referenceTaskIds: [],
  }
}

function partsOf(output: unknown): Part[] {
  const content = ownContent(output)
  if (content === null) return [typeof output === 'string' ? textPart(output) : dataPart(output)]
  return content.map((block): Part => {
    if (block.type === 'text') return textPart(block.text)
    if (block.type === 'resource_link')
      return part({ $case: 'url', value: block.uri }, block.mimeType ?? '', block.name)
    if (block.type === 'resource') {
      const { resource } = block
      const name = resource.uri.split('/').at(-1) ?? ''
      return 'text' in resource
        ? part({ $case: 'raw', value: Buffer.from(resource.text) }, resource.mimeType ?? 'text/plain', name)
        : part({ $case: 'raw', value: Buffer.from(resource.blob, 'base64') }, resource.mimeType ?? '', name)
    }
    return part({ $case: 'raw', value: Buffer.from(block.data, 'base64') }, block.mimeType, '')
  })
}

const part = (content: Part['content'], mediaType: string, filename = ''): Part => ({
  content,
  mediaType,
  filename,
  metadata: undefined,
})
const textPart = (text: string): Part => part({ $case: 'text', value: text }, 'text/plain')
const dataPart = (data: unknown): Part => part({ $case: 'data', value: data ?? null }, 'application/json')

/** Texts and data of a message; null where it brings files, which no agent takes. */
export function saidIn(message: Message): { text: string; data: unknown[] } | null {
  const texts: string[] = []
  const data: unknown[] = []
  for (const { content } of message.parts) {
    if (content?.$case === 'text') texts.push(content.value)
    else if (content?.$case === 'data') data.push(content.value)
    else return null
  }
  return { text: texts.join('\n'), data }
}

/** The answer in a message to a question: one of its choices, by its name as text or in data. */
export function choiceIn(
  message: Message,
  choices: readonly string[],
): { choice: string; path: string | null; note: string | undefined } | null {
  const said = saidIn(message)
  if (said === null) return null
  const found = said.data.find((each) => isRecord(each) && typeof each['choice'] === 'string')
  const { choice, path, note } = (found ?? {}) as { choice?: string; path?: unknown; note?: unknown }
  const given = choice ?? said.text.trim().toLowerCase()
  if (!choices.includes(given)) return null
  return {
    choice: given,
    path: typeof path === 'string' ? path : null,
    note: typeof note === 'string' ? note : undefined,
  }
}
