import { HeavyliftError, InvalidInputError } from '@heavylift/core'
import type { ServerEvent } from '@heavylift/core'
import { z } from 'zod'
import { endStates } from '../../run/entry.ts'
import { callId, findCall, startCall } from '../call.ts'
import type { FaceCaller } from '../call.ts'
import type { FaceContext } from '../face-context.ts'
import { inputOf } from '../input.ts'
import { askedText, callState, watchCall } from '../watch-call.ts'
import { interrupts, RunTeller, textEvents } from './events.ts'
import type { AguiEvent } from './events.ts'

const id = z.string().min(1).max(200)
const part = z.looseObject({ type: z.string(), text: z.string().optional() })

/** What a client of AG-UI sends to run an agent; what is not named here is not looked at. */
export const runAgentInput = z.looseObject({
  threadId: id,
  runId: id,
  messages: z
    .array(z.looseObject({ id, role: z.string(), content: z.union([z.string(), z.array(part)]).nullish() }))
    .max(10_000)
    .default([]),
  /** `input` of it is the input of the run, beside the text of the last message. */
  forwardedProps: z.unknown().optional(),
  /** Answers to what an earlier run of the thread was interrupted by. */
  resume: z
    .array(z.looseObject({ interruptId: z.string().max(1_500), status: z.string(), payload: z.unknown() }))
    .max(100)
    .nullish(),
})
export type RunAgentInput = z.output<typeof runAgentInput>

/**
 * Runs an agent and streams what happens as events of AG-UI 1.0. The same thread and run again is the same run. A run that asks a person ends the stream with an
 * interrupt; a key for operators resumes it.
 * @throws as `startCall`, and InvalidInputError `resume-wrong`, before the first event
 */
export async function aguiEvents(
  context: FaceContext,
  caller: FaceCaller,
  agent: string,
  request: RunAgentInput,
  signal: AbortSignal,
): Promise<AsyncGenerator<ServerEvent>> {
  const runId = request.resume?.length
    ? await resume(context, caller, agent, request)
    : await begin(context, caller, agent, request)
  async function* sent(): AsyncGenerator<ServerEvent> {
    for await (const event of follow(context, caller, runId, request, signal)) yield { data: event }
  }
  return sent()
}

async function begin(
  context: FaceContext,
  caller: FaceCaller,
  agent: string,
  { threadId, runId, messages, forwardedProps }: RunAgentInput,
): Promise<string> {
  const { definition } = await context.agents.live(caller.tenantId, agent)
  const last = messages.findLast(({ role }) => role === 'user')
  const content = last?.content ?? ''
  const text = typeof content === 'string' ? content : content.flatMap((each) => each.text ?? []).join('\n')
  const given = (forwardedProps as { input?: unknown } | null | undefined)?.input
  const input = inputOf(definition.input, {
    data: given === undefined ? [] : [given],
    text,
    call: { id: runId, conversation: threadId, metadata: {} },
  })
  const id = callId(caller, 'agui', agent, threadId, runId)
  return (await startCall(context, caller, 'agui', { agent, id, input })).id
}

/** Answers questions, and says of which run. */
async function resume(
  context: FaceContext,
  caller: FaceCaller,
  agent: string,
  { resume: entries }: RunAgentInput,
): Promise<string> {
  const wrong = (message: string): InvalidInputError =>
    new InvalidInputError({ code: 'resume-wrong', message })
  if (!caller.seesAll)
    throw wrong('A person answers this, in the inbox of approvals. A key with the scope operator can, too.')
  let top = ''
  for (const { interruptId, payload } of entries ?? []) {
    const [, runId = '', path = ''] = /^([^#]+)#(.*)$/.exec(interruptId) ?? []
    const { choice, note } = (payload ?? {}) as { choice?: unknown; note?: unknown }
    if (typeof choice !== 'string') throw wrong('The payload of an answer is { "choice": … }.')
    await context.runs.answer(caller.tenantId, runId, path, {
      choice,
      by: caller.keyId ?? 'local',
      note: typeof note === 'string' ? note : undefined,
    })
    let row = await findCall(context, caller, runId)
    while (row.parent_run !== null) row = await context.runs.find(caller.tenantId, row.parent_run)
    if (row.agent !== agent) throw wrong('The interrupt is of a run of another agent.')
    top = row.id
  }
  return top
}

async function* follow(
  context: FaceContext,
  caller: FaceCaller,
  runId: string,
  { threadId, runId: given }: RunAgentInput,
  signal: AbortSignal,
): AsyncGenerator<AguiEvent> {
  const { runs, agents } = context
  const key = { tenantId: caller.tenantId, runId }
  const row = await runs.find(key.tenantId, runId)
  const definition = await agents.definition(key.tenantId, row.agent, row.version)
  yield { type: 'RUN_STARTED', threadId, runId: given }
  yield { type: 'STATE_SNAPSHOT', snapshot: { runId, agent: row.agent, version: row.version, steps: {} } }
  const teller = new RunTeller(definition, runId, (payload) => runs.read(payload ?? null))
  const waiting = AbortSignal.any([signal, AbortSignal.timeout(context.callWaitMs)])
  try {
    for await (const event of watchCall(context, key, waiting))
      if (event.kind === 'entry') yield* teller.tell(event.entry)
    if (signal.aborted) return
    const { row: now, asked } = await callState(context, key)
    if (now.state === 'done') {
      const output = await runs.read(now.output)
      const text = typeof output === 'string' ? output : JSON.stringify(output ?? null)
      yield* textEvents(`${runId}/result`, text === '' ? ' ' : text, now.ended_ms ?? 0)
      yield {
        type: 'RUN_FINISHED',
        threadId,
        runId: given,
        result: output ?? null,
        outcome: { type: 'success' },
      }
    } else if (asked.length > 0) {
      yield* textEvents(`${runId}/asks`, askedText(asked), now.turned_ms)
      yield {
        type: 'RUN_FINISHED',
        threadId,
        runId: given,
        outcome: { type: 'interrupt', interrupts: interrupts(asked) },
      }
    } else if (endStates.includes(now.state))
      yield {
        type: 'RUN_ERROR',
        message: now.error?.message ?? now.state,
        code: now.error?.code ?? now.state,
      }
    else
      yield {
        type: 'RUN_ERROR',
        code: 'still-running',
        message: `The run ${runId} goes on. Send the same threadId and runId again to follow it.`,
      }
  } catch (error) {
    const known = HeavyliftError.isInstance(error) && error.status < 500
    if (!known) context.log.error({ error, runId }, 'a stream of AG-UI broke off')
    yield {
      type: 'RUN_ERROR',
      code: known ? error.code : 'internal',
      message: known ? error.message : 'Something went wrong on our side; the log of the server says what.',
    }
  }
}
