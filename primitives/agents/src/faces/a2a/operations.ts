import {
  A2A_PROTOCOL_VERSION,
  CancelTaskRequest,
  DeleteTaskPushNotificationConfigRequest,
  GetTaskPushNotificationConfigRequest,
  GetTaskRequest,
  ListTaskPushNotificationConfigsRequest,
  ListTaskPushNotificationConfigsResponse,
  ListTasksRequest,
  ListTasksResponse,
  SendMessageRequest,
  StreamResponse,
  SubscribeToTaskRequest,
  Task,
  TaskPushNotificationConfig,
  TaskState,
} from '@a2a-js/sdk'
import {
  ExtendedAgentCardNotConfiguredError,
  RequestMalformedError,
  VersionNotSupportedError,
} from '@a2a-js/sdk/errors'
import { isRecord } from '../input.ts'
import type { A2aTasks } from './tasks.ts'

type Params = Record<string, unknown>
type Operation = (tasks: A2aTasks, params: Params, signal: AbortSignal) => Promise<unknown>
type Streaming = (tasks: A2aTasks, params: Params, signal: AbortSignal) => AsyncGenerator<StreamResponse>

/** What both bindings offer, by the names of JSON-RPC (A2A 1.0, 9.4). Answers are JSON of the protocol. */
const operations: Readonly<Record<string, Operation>> = {
  SendMessage: async (tasks, params, signal) => ({
    task: Task.toJSON(await tasks.send(SendMessageRequest.fromJSON(params), signal)),
  }),
  GetTask: async (tasks, params) => {
    const { id, historyLength } = GetTaskRequest.fromJSON(params)
    return Task.toJSON(await tasks.get(id, historyLength))
  },
  ListTasks: async (tasks, params) => {
    const wanted = ListTasksRequest.fromJSON(params)
    if (wanted.status === TaskState.UNRECOGNIZED) throw new RequestMalformedError('There is no such status.')
    const answer = await tasks.list(wanted)
    // These are there even where they are empty (3.1.4), which protobuf's JSON leaves out.
    const {
      tasks: listed = [],
      nextPageToken = '',
      totalSize = 0,
      pageSize = 0,
    } = ListTasksResponse.toJSON(answer) as {
      tasks?: Params[]
      nextPageToken?: string
      totalSize?: number
      pageSize?: number
    }
    const shown =
      wanted.includeArtifacts === true ? listed.map((task) => ({ artifacts: [], ...task })) : listed
    return { tasks: shown, nextPageToken, pageSize, totalSize }
  },
  CancelTask: async (tasks, params) => Task.toJSON(await tasks.cancel(CancelTaskRequest.fromJSON(params).id)),
  CreateTaskPushNotificationConfig: async (tasks, params) =>
    TaskPushNotificationConfig.toJSON(await tasks.putPush(TaskPushNotificationConfig.fromJSON(params))),
  GetTaskPushNotificationConfig: async (tasks, params) => {
    const { taskId, id } = GetTaskPushNotificationConfigRequest.fromJSON(params)
    return TaskPushNotificationConfig.toJSON(await tasks.push(taskId, id))
  },
  ListTaskPushNotificationConfigs: async (tasks, params) => {
    const configs = await tasks.pushes(ListTaskPushNotificationConfigsRequest.fromJSON(params).taskId)
    return {
      configs: [],
      ...(ListTaskPushNotificationConfigsResponse.toJSON({ configs, nextPageToken: '' }) as object),
    }
  },
  DeleteTaskPushNotificationConfig: async (tasks, params) => {
    const { taskId, id } = DeleteTaskPushNotificationConfigRequest.fromJSON(params)
    await tasks.removePush(taskId, id)
    return null
  },
  GetExtendedAgentCard: () => {
    throw new ExtendedAgentCardNotConfiguredError('The card says everything; there is no longer one.')
  },
}

const streaming: Readonly<Record<string, Streaming>> = {
  SendStreamingMessage: (tasks, params, signal) => tasks.stream(SendMessageRequest.fromJSON(params), signal),
  SubscribeToTask: (tasks, params, signal) =>
    tasks.subscribe(SubscribeToTaskRequest.fromJSON(params).id, signal),
}

export const isOperation = (name: string): boolean =>
  Object.hasOwn(operations, name) || Object.hasOwn(streaming, name)

/** The answer of an operation, or the events of one that streams, the first of which has come by then: what fails before it fails here. */
export type OperationAnswer = { json: unknown } | { events: AsyncGenerator<unknown> }

/** @throws A2AError */
export async function perform(
  tasks: A2aTasks,
  name: string,
  params: unknown,
  version: string,
  signal: AbortSignal,
): Promise<OperationAnswer> {
  if (version !== A2A_PROTOCOL_VERSION)
    throw new VersionNotSupportedError(
      `This agent speaks A2A ${A2A_PROTOCOL_VERSION}: send the header “A2A-Version: ${A2A_PROTOCOL_VERSION}”. Asked for: ${version === '' ? '0.3, as nothing was said' : version.slice(0, 20)}.`,
    )
  if (!isRecord(params)) throw new RequestMalformedError('The parameters are an object.')
  const stream = Object.hasOwn(streaming, name) ? streaming[name] : undefined
  if (stream === undefined) return { json: await operations[name]!(tasks, params, signal) }
  const events = stream(tasks, params, signal)
  const first = await events.next()
  async function* all(): AsyncGenerator<unknown> {
    if (first.done === true) return
    yield StreamResponse.toJSON(first.value)
    for await (const event of events) yield StreamResponse.toJSON(event)
  }
  return { events: all() }
}
