import { randomUUID } from 'node:crypto'
import { StreamResponse, TaskState } from '@a2a-js/sdk'
import type {
  ListTasksRequest,
  ListTasksResponse,
  Message,
  SendMessageRequest,
  Task,
  TaskPushNotificationConfig,
} from '@a2a-js/sdk'
import {
  ContentTypeNotSupportedError,
  RequestMalformedError,
  TaskNotCancelableError,
  TaskNotFoundError,
  UnsupportedOperationError,
} from '@a2a-js/sdk/errors'
import { HeavyliftError } from '@heavylift/core'
import type { AgentsTables, RunRow } from '../../run/run-row.ts'
import { endStates } from '../../run/entry.ts'
import { callId, startCall } from '../call.ts'
import type { FaceCaller } from '../call.ts'
import type { FaceContext } from '../face-context.ts'
import { inputOf } from '../input.ts'
import { callState, watchCall } from '../watch-call.ts'
import type { CallState } from '../watch-call.ts'
import { artifactsOf, choiceIn, ownMessage, saidIn, taskOf, taskState, taskStatus } from './task.ts'
import { PushStore } from './push-store.ts'
import { TaskStore } from './task-store.ts'
import type { StoredTask } from './task-store.ts'

/** A cancelled run ends once its calls with effects are over; who cancels waits for that so long. */
const cancelWaitMs = 10_000
const mostPerPage = 100

/** Checks an address before it is kept; it is checked again, resolved, when something is sent there. */
export type CheckAddress = (url: string) => void

/** What A2A does with one agent for one caller: every run is a task. Errors are those of the protocol. */
export class A2aTasks {
  readonly #context: FaceContext
  readonly #caller: FaceCaller
  readonly #agent: string
  readonly #store: TaskStore
  readonly #pushes: PushStore
  readonly #checkAddress: CheckAddress

  constructor(context: FaceContext, caller: FaceCaller, agent: string, checkAddress: CheckAddress) {
    this.#context = context
    this.#caller = caller
    this.#agent = agent
    this.#checkAddress = checkAddress
    const db = context.store.database<AgentsTables>()
    this.#store = new TaskStore(db)
    this.#pushes = new PushStore(db)
  }

  /** Waits for the end, a question or the limit of the server, unless the caller wants its answer at once. */
  async send(request: SendMessageRequest, signal: AbortSignal): Promise<Task> {
    const { runId, contextId } = await this.#take(request)
    if (request.configuration?.returnImmediately !== true) {
      const waiting = AbortSignal.any([signal, AbortSignal.timeout(this.#context.callWaitMs)])
      for await (const _event of watchCall(this.#context, this.#key(runId), waiting));
    }
    return await this.#task(runId, contextId, request.configuration?.historyLength)
  }

  async *stream(request: SendMessageRequest, signal: AbortSignal): AsyncGenerator<StreamResponse> {
    const { runId, contextId } = await this.#take(request)
    yield* this.#follow(runId, contextId, request.configuration?.historyLength, signal)
  }

  async *subscribe(id: string, signal: AbortSignal): AsyncGenerator<StreamResponse> {
    const { contextId } = await this.#find(id)
    if (endStates.includes((await this.#row(id)).state))
      throw new UnsupportedOperationError('The task has ended: there is nothing to follow. Get it instead.')
    yield* this.#follow(id, contextId, undefined, signal)
  }

  async get(id: string, historyLength: number | undefined): Promise<Task> {
    checkHistoryLength(historyLength)
    const { contextId } = await this.#find(id)
    return await this.#task(id, contextId, historyLength)
  }

  async list(wanted: ListTasksRequest): Promise<ListTasksResponse> {
    checkHistoryLength(wanted.historyLength)
    const pageSize = wanted.pageSize ?? 50
    if (!(pageSize >= 1 && pageSize <= mostPerPage))
      throw new RequestMalformedError(`pageSize is from 1 to ${mostPerPage}.`)
    const { rows, total, next } = await this.#store.list(this.#caller, this.#agent, wanted, pageSize)
    const tasks = await Promise.all(
      rows.map(async ({ row, task }) =>
        this.#shown(await callState(this.#context, this.#key(row.id)), task, {
          historyLength: wanted.historyLength,
          hasArtifacts: wanted.includeArtifacts === true,
        }),
      ),
    )
    return { tasks, nextPageToken: next, pageSize: tasks.length, totalSize: total }
  }

  async cancel(id: string): Promise<Task> {
    const { contextId } = await this.#find(id)
    const { tenantId } = this.#caller
    if (endStates.includes((await this.#row(id)).state))
      throw new TaskNotCancelableError('The task has ended, and an end never changes.')
    await this.#context.runs.cancel(tenantId, id)
    await this.#context.runs.ended(tenantId, id, AbortSignal.timeout(cancelWaitMs))
    return await this.#task(id, contextId, undefined)
  }

  async putPush(given: TaskPushNotificationConfig): Promise<TaskPushNotificationConfig> {
    const { contextId } = await this.#find(given.taskId)
    const config = { ...given, id: given.id === '' ? randomUUID() : given.id }
    this.#checkAddress(config.url)
    const { status } = await this.#task(config.taskId, contextId, 0)
    const { clock } = this.#context
    await this.#pushes.put(this.#caller.tenantId, config, String(status?.state ?? 0), clock.nowMs())
    return config
  }

  async push(taskId: string, id: string): Promise<TaskPushNotificationConfig> {
    const found = (await this.pushes(taskId)).find((each) => each.id === id)
    if (found) return found
    throw new TaskNotFoundError(`The task has no push notification config "${id}".`)
  }

  async pushes(taskId: string): Promise<TaskPushNotificationConfig[]> {
    await this.#find(taskId)
    return await this.#pushes.list(this.#caller.tenantId, taskId)
  }

  async removePush(taskId: string, id: string): Promise<void> {
    await this.#find(taskId)
    await this.#pushes.remove(this.#caller.tenantId, taskId, id)
  }

  /** The task that a message is for: a new one, the one that it began before, or the one that it names. */
  async #take({ message, configuration }: SendMessageRequest): Promise<{ runId: string; contextId: string }> {
    if (message === undefined || message.messageId === '' || message.parts.length === 0)
      throw new RequestMalformedError('A message has a messageId and one part at least.')
    checkHistoryLength(configuration?.historyLength)
    const wantsPush = configuration?.taskPushNotificationConfig
    if (wantsPush !== undefined) this.#checkAddress(wantsPush.url)
    const taken = message.taskId === '' ? await this.#begin(message) : await this.#answer(message)
    if (wantsPush !== undefined) await this.putPush({ ...wantsPush, taskId: taken.runId })
    return taken
  }

  async #begin(message: Message): Promise<{ runId: string; contextId: string }> {
    const { agents } = this.#context
    const said = saidIn(message)
    if (said === null)
      throw new ContentTypeNotSupportedError(
        'Agents take texts and data. Send no files, but what is in them.',
      )
    // The same message again is the task that it began.
    const runId = callId(this.#caller, 'a2a', this.#agent, message.contextId, message.messageId)
    const contextId = message.contextId === '' ? randomUUID() : message.contextId
    const { definition } = await agents.live(this.#caller.tenantId, this.#agent)
    const call = { id: message.messageId, conversation: contextId, metadata: message.metadata ?? {} }
    const input = inputOf(definition.input, { ...said, call })
    const history = [{ ...message, taskId: runId, contextId }]
    const isNew = await this.#store.add(this.#caller, this.#agent, runId, { contextId, history })
    try {
      await startCall(this.#context, this.#caller, 'a2a', { agent: this.#agent, id: runId, input })
    } catch (error) {
      if (isNew) await this.#store.remove(this.#caller.tenantId, runId)
      if (HeavyliftError.isInstance(error) && error.status === 400)
        throw new RequestMalformedError(error.message)
      if (HeavyliftError.isInstance(error) && error.status === 409)
        throw new UnsupportedOperationError(error.message)
      throw error
    }
    return isNew ? { runId, contextId } : { runId, contextId: (await this.#find(runId)).contextId }
  }

  /** A message to a task that waits for a person: an operator's is the answer. */
  async #answer(message: Message): Promise<{ runId: string; contextId: string }> {
    const { taskId: runId } = message
    const { contextId, history } = await this.#find(runId)
    if (message.contextId !== '' && message.contextId !== contextId)
      throw new RequestMalformedError('The task is of another context.')
    const { row, asked } = await callState(this.#context, this.#key(runId))
    if (endStates.includes(row.state))
      throw new UnsupportedOperationError('The task has ended and takes no more messages. Begin another.')
    if (history.some(({ messageId }) => messageId === message.messageId)) return { runId, contextId }
    if (asked.length === 0)
      throw new UnsupportedOperationError(
        'The task is under way and asks nothing. Wait for it, or cancel it.',
      )
    if (!this.#caller.seesAll)
      throw new UnsupportedOperationError(
        'A person answers this, in the inbox of approvals. A key with the scope operator can, too.',
      )
    const choice = choiceIn(
      message,
      asked.flatMap(({ question }) => question.choices),
    )
    const open = asked.filter(({ path }) => choice?.path == null || path === choice.path)
    if (choice === null || open.length !== 1)
      throw new RequestMalformedError(
        `Answer one of the questions: { "path": …, "choice": … }. ${asked.map(({ path, question }) => `${path}: ${question.choices.join(', ')}`).join('; ')}`,
      )
    const [question] = open
    await this.#context.runs.answer(this.#caller.tenantId, question!.run_id, question!.path, {
      choice: choice.choice,
      by: this.#caller.keyId ?? 'local',
      note: choice.note,
    })
    const asks = ownMessage(row, contextId, question!.question.ask, asked)
    await this.#store.say(this.#caller.tenantId, runId, [...history, asks, { ...message, contextId }])
    return { runId, contextId }
  }

  async *#follow(
    runId: string,
    contextId: string,
    historyLength: number | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<StreamResponse> {
    const { agents, runs } = this.#context
    const first = await this.#task(runId, contextId, historyLength)
    yield { payload: { $case: 'task', value: first } }
    const begun = first.status?.state
    if (begun !== undefined && isOver(begun)) return
    const row = await this.#row(runId)
    const { steps } = await agents.definition(this.#caller.tenantId, row.agent, row.version)
    for await (const event of watchCall(this.#context, this.#key(runId), signal)) {
      if (event.kind === 'entry') {
        const { path, happened } = event.entry
        const step = happened.kind === 'ended' ? steps.find(({ id }) => id === path) : undefined
        if (step === undefined) continue
        const message = ownMessage(row, contextId, step.title ?? step.id)
        const status = {
          state: TaskState.TASK_STATE_WORKING,
          message: { ...message, messageId: `${row.id}-${event.entry.seq}` },
          timestamp: new Date(event.entry.atMs).toISOString(),
        }
        yield statusUpdate(runId, contextId, status)
        continue
      }
      const artifacts = artifactsOf(event.row, await runs.read(event.row.output))
      for (const artifact of artifacts)
        yield {
          payload: {
            $case: 'artifactUpdate',
            value: {
              taskId: runId,
              contextId,
              artifact,
              append: false,
              lastChunk: true,
              metadata: undefined,
            },
          },
        }
      if (taskState(event) !== TaskState.TASK_STATE_SUBMITTED)
        yield statusUpdate(runId, contextId, taskStatus(event, contextId))
    }
  }

  #key(runId: string): { tenantId: string; runId: string } {
    return { tenantId: this.#caller.tenantId, runId }
  }

  async #find(runId: string): Promise<StoredTask> {
    if (runId.trim() === '') throw new RequestMalformedError('Which task? Its id is missing.')
    const task = await this.#store.find(this.#caller, this.#agent, runId)
    if (task !== null) return task
    throw new TaskNotFoundError(`There is no task "${runId.slice(0, 128)}".`)
  }

  /** @throws TaskNotFoundError for a task whose run never began, or was removed */
  async #row(runId: string): Promise<RunRow> {
    return await this.#context.runs.find(this.#caller.tenantId, runId).catch((error: unknown) => {
      if (HeavyliftError.isInstance(error) && error.status === 404)
        throw new TaskNotFoundError(`There is no task "${runId}" any more.`)
      throw error
    })
  }

  async #task(runId: string, contextId: string, historyLength: number | undefined): Promise<Task> {
    await this.#row(runId)
    const state = await callState(this.#context, this.#key(runId))
    const task = (await this.#store.find(this.#caller, this.#agent, runId)) ?? { contextId, history: [] }
    return await this.#shown(state, task, { historyLength, hasArtifacts: true })
  }

  async #shown(
    state: CallState,
    { contextId, history }: StoredTask,
    { historyLength, hasArtifacts }: { historyLength: number | undefined; hasArtifacts: boolean },
  ): Promise<Task> {
    const { agents, runs } = this.#context
    return taskOf(state, contextId, {
      warning: await agents.warning(this.#caller.tenantId, this.#agent),
      history:
        historyLength === undefined ? history : historyLength === 0 ? [] : history.slice(-historyLength),
      artifacts: hasArtifacts ? artifactsOf(state.row, await runs.read(state.row.output)) : [],
    })
  }
}

/** Whether nothing more comes before somebody outside says something. */
export function isOver(state: TaskState): boolean {
  return ![TaskState.TASK_STATE_SUBMITTED, TaskState.TASK_STATE_WORKING].includes(state)
}

function checkHistoryLength(length: number | undefined): void {
  if (length !== undefined && !(Number.isInteger(length) && length >= 0))
    throw new RequestMalformedError('historyLength is a whole number from 0 on.')
}

function statusUpdate(
  taskId: string,
  contextId: string,
  status: NonNullable<Task['status']>,
): StreamResponse {
  return { payload: { $case: 'statusUpdate', value: { taskId, contextId, status, metadata: undefined } } }
}
