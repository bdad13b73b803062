import { HeavyliftError, InvalidInputError } from '@heavylift/core'
import { ProtocolError, ProtocolErrorCode, ResourceNotFoundError, Server } from '@modelcontextprotocol/server'
import type { CallToolResult, McpRequestContext, ServerContext } from '@modelcontextprotocol/server'
import type { AgentDefinition } from '../../definition/definition.ts'
import { endStates } from '../../run/entry.ts'
import { findCall, startCall } from '../call.ts'
import type { FaceCaller } from '../call.ts'
import type { FaceContext } from '../face-context.ts'
import { contentOf } from '../content.ts'
import { askedText, callState, watchCall } from '../watch-call.ts'
import type { CallState } from '../watch-call.ts'
import { agentPrompt, completions, inputOfPrompt, isPrompt, promptResult } from './prompts.ts'
import { agentOfTool, agentTool, inputOfArgs, runTool, structured } from './tools.ts'

export interface McpCall {
  caller: FaceCaller
  /** The one agent of the address; null where it has all. */
  agent: string | null
  /** The id of the run that a request starts; absent where it is any. */
  runIdOf?: (requestId: string | number) => string
}

const pageSize = 100
const runUri = /^heavylift:\/\/runs\/([A-Za-z0-9._:-]{1,128})$/

/** The agents of a tenant as one MCP server, made for one request. Runs are its resources. */
export function agentsServer(context: FaceContext, call: McpCall, { era }: McpRequestContext): Server {
  const { agents } = context
  const { caller } = call
  const server = new Server(
    { name: 'heavylift-agents', title: 'Agents of Heavylift', version: '0.1.0' },
    {
      capabilities: {
        tools: era === 'modern' ? { listChanged: true } : {},
        resources: {},
        prompts: {},
        completions: {},
      },
      instructions:
        'Each tool is an agent. A call is answered with what its run came to. A run that waits for a person, or takes long, is answered with its id: do not call again, ask heavylift__run.',
    },
  )
  /** A page of agents with what callers of deprecated ones are told. */
  const page = async (after = '') => {
    const names = call.agent === null ? await agents.callable(caller.tenantId, after, pageSize) : [call.agent]
    const found = await Promise.all(
      names.map(async (name) => ({
        definition: (await agents.live(caller.tenantId, name)).definition,
        warning: await agents.warning(caller.tenantId, name),
      })),
    )
    return { found, next: names.length < pageSize ? {} : { nextCursor: names.at(-1)! } }
  }
  const liveAgent = async (name: string, unknown: ProtocolError): Promise<AgentDefinition> => {
    const agent = agentOfTool(name)
    if (call.agent !== null && agent !== call.agent) throw unknown
    try {
      return (await agents.live(caller.tenantId, agent)).definition
    } catch (error) {
      throw HeavyliftError.isInstance(error) && error.status === 404 ? unknown : error
    }
  }
  server.setRequestHandler('tools/list', async ({ params }) => {
    const { found, next } = await page(params?.cursor)
    const tools = found.map(({ definition, warning }) => agentTool(definition, warning))
    return { tools: 'nextCursor' in next ? tools : [...tools, runTool], ...next }
  })
  server.setRequestHandler('prompts/list', async ({ params }) => {
    const { found, next } = await page(params?.cursor)
    const prompts = found.filter(({ definition }) => isPrompt(definition))
    return { prompts: prompts.map(({ definition, warning }) => agentPrompt(definition, warning)), ...next }
  })
  server.setRequestHandler('prompts/get', async ({ params }, ctx) => {
    const unknown = invalid(
      `There is no prompt "${params.name.slice(0, 200)}". prompts/list has those there are.`,
    )
    const definition = await liveAgent(params.name, unknown)
    if (!isPrompt(definition)) throw unknown
    const input = inputOfPrompt(definition, params.arguments ?? {})
    const run = await startCall(context, caller, 'mcp', { agent: definition.name, input }).catch(refused)
    const watching = AbortSignal.any([ctx.mcpReq.signal, AbortSignal.timeout(context.callWaitMs)])
    for await (const _ of watchCall(context, { tenantId: caller.tenantId, runId: run.id }, watching)) continue
    const { row } = await callState(context, { tenantId: caller.tenantId, runId: run.id })
    const result = row.state === 'done' ? promptResult(await context.runs.read(row.output)) : null
    if (result !== null) return result
    throw new ProtocolError(
      ProtocolErrorCode.InternalError,
      row.error?.message ??
        (row.state === 'done'
          ? `What the run ${row.id} came to has no messages as MCP has them.`
          : `The run ${row.id} has not ended: it is ${row.state}. Call the agent as a tool, which may take longer.`),
    )
  })
  server.setRequestHandler('completion/complete', async ({ params: { ref, argument } }) => {
    if (ref.type !== 'ref/prompt') return { completion: { values: [] } }
    const definition = await liveAgent(ref.name, invalid(`There is no prompt "${ref.name.slice(0, 200)}".`))
    const values = completions(definition, argument.name, argument.value)
    return { completion: { values, total: values.length, hasMore: false } }
  })
  server.setRequestHandler('tools/call', async ({ params }, ctx): Promise<CallToolResult> => {
    const args = params.arguments ?? {}
    try {
      if (params.name === runTool.name) return await askRun(context, caller, args, ctx)
      const agent = agentOfTool(params.name)
      if (call.agent !== null && agent !== call.agent) throw unknownTool(params.name)
      const { definition } = await agents.live(caller.tenantId, agent)
      const given = params._meta?.['heavylift/run-id']
      const id = typeof given === 'string' ? given : call.runIdOf?.(ctx.mcpReq.id)
      const input = inputOfArgs(definition, args)
      const run = await startCall(context, caller, 'mcp', {
        agent,
        input,
        ...(id === undefined ? {} : { id }),
      })
      const result = await waitFor(context, caller, definition, run.id, context.callWaitMs, ctx)
      const warning = await agents.warning(caller.tenantId, agent)
      return warning === null ? result : { ...result, _meta: { 'heavylift/warning': warning } }
    } catch (error) {
      if (ProtocolError.isInstance(error)) throw error
      if (HeavyliftError.isInstance(error) && error.code === 'agent-unknown') throw unknownTool(params.name)
      if (HeavyliftError.isInstance(error) && error.status < 500) return failure(error.message)
      context.log.error({ tool: params.name, error }, 'a call by MCP failed')
      return failure('Something went wrong on our side; the log of the server says what. Call again later.')
    }
  })
  server.setRequestHandler('resources/list', () => ({ resources: [] }))
  server.setRequestHandler('resources/templates/list', () => ({
    resourceTemplates: [
      {
        uriTemplate: 'heavylift://runs/{runId}',
        name: 'run',
        title: 'A run of an agent',
        description: 'How it stands, what it asks a person, and what it came to.',
        mimeType: 'application/json',
      },
    ],
  }))
  server.setRequestHandler('resources/read', async ({ params: { uri } }) => {
    const runId = runUri.exec(uri)?.[1]
    const row = runId === undefined ? null : await findCall(context, caller, runId).catch(notThere)
    if (row === null) throw new ResourceNotFoundError(uri)
    const state = await callState(context, { tenantId: caller.tenantId, runId: row.id })
    const text = JSON.stringify(await shownState(context, state))
    return { contents: [{ uri, mimeType: 'application/json', text }] }
  })
  return server
}

function notThere(error: unknown): null {
  if (HeavyliftError.isInstance(error) && error.status === 404) return null
  throw error
}

const invalid = (message: string): ProtocolError =>
  new ProtocolError(ProtocolErrorCode.InvalidParams, message)

const unknownTool = (name: string): ProtocolError =>
  invalid(`There is no tool "${name.slice(0, 200)}". tools/list has those there are.`)

/** What is wrong with what was given is the caller's to know. */
function refused(error: unknown): never {
  throw HeavyliftError.isInstance(error) && error.status < 500 ? invalid(error.message) : error
}

const failure = (text: string): CallToolResult => ({ isError: true, content: [{ type: 'text', text }] })

async function askRun(
  context: FaceContext,
  caller: FaceCaller,
  args: Record<string, unknown>,
  ctx: ServerContext,
): Promise<CallToolResult> {
  const { runId, waitSeconds = 0 } = args
  if (typeof runId !== 'string' || typeof waitSeconds !== 'number' || !(waitSeconds >= 0))
    throw new InvalidInputError({
      code: 'arguments-wrong',
      message: 'runId is a text, and waitSeconds a number from 0 on.',
    })
  const row = await findCall(context, caller, runId)
  const definition = await context.agents.definition(caller.tenantId, row.agent, row.version)
  const waitMs = Math.min(waitSeconds * 1_000, context.callWaitMs)
  return await waitFor(context, caller, definition, row.id, waitMs, ctx, { isAsked: true })
}

/** The result of a run, or what is said of one that goes on. A modern client that goes away cancels the run that it started. */
async function waitFor(
  context: FaceContext,
  caller: FaceCaller,
  definition: AgentDefinition,
  runId: string,
  waitMs: number,
  ctx: ServerContext,
  { isAsked = false } = {},
): Promise<CallToolResult> {
  const key = { tenantId: caller.tenantId, runId }
  const { signal } = ctx.mcpReq
  const watching = AbortSignal.any([signal, AbortSignal.timeout(Math.max(1, waitMs))])
  const tell = progressTeller(definition, ctx)
  for await (const event of watchCall(context, key, watching))
    if (event.kind === 'entry' && event.entry.happened.kind === 'ended') await tell(event.entry.path)
  if (signal.aborted && !isAsked) await context.runs.cancel(key.tenantId, runId)
  return await resultOf(context, definition, await callState(context, key))
}

/** Says how many of the steps have ended, to who asked for progress. */
function progressTeller(definition: AgentDefinition, ctx: ServerContext): (path: string) => Promise<void> {
  const progressToken = ctx.mcpReq._meta?.progressToken
  const total = definition.steps.length
  let progress = 0
  return async (path) => {
    const step = definition.steps.find(({ id }) => id === path)
    if (progressToken === undefined || step === undefined) return
    progress++
    const message = step.title ?? step.id
    await ctx.mcpReq.notify({
      method: 'notifications/progress',
      params: { progressToken, progress, total, message },
    })
  }
}

async function resultOf(
  context: FaceContext,
  definition: AgentDefinition,
  state: CallState,
): Promise<CallToolResult> {
  const { row, asked } = state
  const run = { type: 'resource_link' as const, uri: `heavylift://runs/${row.id}`, name: `Run ${row.id}` }
  if (row.state === 'done') {
    const output = await context.runs.read(row.output)
    const content = contentOf(output)
    const structuredContent = structured(definition, output)
    return { content, ...(structuredContent === null ? {} : { structuredContent }) }
  }
  if (endStates.includes(row.state))
    return failure(`${row.error?.message ?? `The run ended: ${row.state}.`} (run ${row.id})`)
  const text =
    asked.length > 0
      ? `The run ${row.id} waits for a person: ${askedText(asked)} It goes on once that is answered. Do not call again; ask ${runTool.name} later.`
      : `The run ${row.id} goes on. Do not call again; ask ${runTool.name} for its result.`
  return {
    content: [{ type: 'text', text }, run],
    structuredContent: {
      status: asked.length > 0 ? 'waits-for-person' : 'running',
      runId: row.id,
      ...(asked.length > 0 ? { asks: asked.map(({ question }) => question.ask) } : {}),
    },
  }
}

async function shownState(context: FaceContext, { row, asked }: CallState): Promise<unknown> {
  return {
    runId: row.id,
    agent: row.agent,
    version: row.version,
    state: row.state,
    output: await context.runs.read(row.output),
    error: row.error,
    asks: asked.map(({ question }) => question.ask),
  }
}
