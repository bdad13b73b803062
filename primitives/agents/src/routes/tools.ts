import { route } from '@heavylift/core'
import type { ToolAsks } from '../tools/tool.ts'
import { z } from 'zod'
import type { AgentsContext } from '../context.ts'
import { agentName, jsonSchema, sideEffect } from '../definition/definition.ts'
import { callSource } from '../tools/call-tool.ts'
import { sourceName, sourceSpec } from '../tools/source-spec.ts'
import { credentialName } from '../credentials/credential.ts'

const anySource = z.string().min(1).max(200)
const tool = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  effect: sideEffect,
  takesKey: z.boolean(),
  canCheck: z.boolean(),
  pin: z.string().describe('SHA-256 (hex) over name, text and schemas.'),
  input: jsonSchema,
})
const use = z.object({
  calls: z.number(),
  failures: z.number(),
  lastMs: z.number().nullable(),
  lastFailureMs: z.number().nullable(),
  lastFailure: z.string().nullable(),
  agents: z.array(z.string()).describe('Live agents whose definition names it.'),
})

const change = z.object({
  source: z.string(),
  tool: z.string(),
  wasPin: z.string(),
  nowPin: z.string(),
  foundMs: z.number(),
  diff: z
    .array(z.object({ mark: z.enum(['+', '−', '~']), step: z.string().nullable(), text: z.string() }))
    .nullable()
    .describe('Null where nobody looked at the tool while it was what it was.'),
  agents: z.array(z.string()).describe('Live agents that take it for what it was.'),
})

/** Sources of tools, below `/api/agents`. */
export function toolRoutes(
  context: Pick<
    AgentsContext,
    | 'catalogue'
    | 'registeredSources'
    | 'sources'
    | 'toolUses'
    | 'toolChanges'
    | 'tryLimits'
    | 'misfit'
    | 'makeSource'
  >,
) {
  const { catalogue, registeredSources, sources, toolUses, toolChanges, tryLimits } = context
  return [
    route({
      method: 'get',
      path: '/sources',
      summary:
        'Sources of tools: those of the house, of the configuration, and those that the tenant has registered.',
      access: 'operator',
      response: z.object({
        sources: z.array(
          use.extend({
            name: z.string(),
            title: z.string(),
            origin: z.enum(['house', 'configuration', 'tenant']),
            address: z.string().nullable(),
            credential: z.string().nullable(),
          }),
        ),
      }),
      handle: async ({ caller }) => {
        const [listed, uses, users] = await Promise.all([
          catalogue.sources(caller.tenantId),
          toolUses.of(caller.tenantId),
          catalogue.users(caller.tenantId),
        ])
        return {
          sources: listed.map((source) => ({
            ...source,
            ...summed(uses.filter((each) => each.source === source.name)),
            agents: [
              ...new Set(users.filter((each) => each.source === source.name).map(({ agent }) => agent)),
            ],
          })),
        }
      },
    }),
    route({
      method: 'get',
      path: '/sources/:source/tools',
      summary:
        'The tools of a source as it describes them now, with who uses them and how their last calls came out.',
      access: 'operator',
      params: z.object({ source: anySource }),
      response: z.object({ tools: z.array(tool.extend(use.shape)) }),
      handle: async ({ caller, params, signal }) => {
        const [tools, uses, users] = await Promise.all([
          catalogue.tools(caller.tenantId, params.source, signal),
          toolUses.of(caller.tenantId),
          catalogue.users(caller.tenantId),
        ])
        const isOf = (each: { source: string; tool: string }, name: string) =>
          each.source === params.source && each.tool === name
        return {
          tools: tools.map((each) => ({
            ...shown(each),
            ...summed(uses.filter((row) => isOf(row, each.name))),
            agents: [...new Set(users.filter((row) => isOf(row, each.name)).map(({ agent }) => agent))],
          })),
        }
      },
    }),
    route({
      method: 'get',
      path: '/tools/changes',
      summary: 'Tools that are not what they were when live agents took them up; those agents are paused.',
      access: 'operator',
      query: z.object({ agent: agentName.optional() }),
      response: z.object({ changes: z.array(change) }),
      handle: async ({ caller, query }) => ({
        changes: await toolChanges.list(caller.tenantId, query.agent),
      }),
    }),
    route({
      method: 'post',
      path: '/tools/changes/accept',
      summary:
        'Takes a changed tool as it is now: each of its agents gets a version with it, which goes live and works again.',
      access: 'operator',
      body: change.pick({ source: true, tool: true, wasPin: true, nowPin: true }).extend({
        agents: z.array(agentName).min(1).max(1_000).optional().describe('Default: all.'),
        despite: z
          .string()
          .min(1)
          .max(500)
          .optional()
          .describe('Why it goes live although cases have not passed.'),
      }),
      response: z.object({ agents: z.array(z.string()) }),
      handle: async ({ caller, body }) => {
        const { agents, despite = null, ...of } = body
        return { agents: await toolChanges.accept(caller.tenantId, of, { agents, despite }) }
      },
    }),
    route({
      method: 'get',
      path: '/known-tools',
      summary: 'Tools whose name or text has the words, from all sources that answer.',
      access: 'operator',
      query: z.object({ text: z.string().max(200).default('') }),
      response: z.object({
        tools: z.array(tool.extend({ from: z.string(), credential: z.string().nullable() })),
      }),
      handle: async ({ caller, query, signal }) => {
        const words = query.text.toLowerCase().split(/\s+/).filter(Boolean)
        const found = await catalogue.search(caller.tenantId, words, signal)
        return {
          tools: found.map(({ name, credential, tool: each }) => ({
            ...shown(each),
            from: name,
            credential,
          })),
        }
      },
    }),
    route({
      method: 'post',
      path: '/sources',
      summary:
        'Registers a source of tools for the tenant: an OpenAPI document, an HTTP address, an MCP server, a database, a mailbox.',
      access: 'admin',
      maxBodyBytes: 24 * 1024 * 1024,
      body: z.object({
        name: sourceName,
        title: z.string().min(1).max(120),
        spec: sourceSpec.omit({ document: true }),
        document: z.string().max(16_000_000).nullable().default(null).describe('Of an OpenAPI source.'),
        credential: credentialName
          .nullable()
          .default(null)
          .describe('What its tools are listed and tried with.'),
      }),
      response: z.object({ name: z.string() }),
      handle: async ({ caller, body }) => {
        const { name, title, spec, document, credential } = body
        // What cannot be made of it is said now, and not at the first call.
        await context.makeSource(name, spec, document)
        await registeredSources.add(caller.tenantId, name, { title, spec, document, credential })
        return { name }
      },
    }),
    route({
      method: 'delete',
      path: '/sources/:source',
      summary:
        'Removes a source that the tenant has registered. Agents that name it fail at their next call.',
      access: 'admin',
      params: z.object({ source: anySource }),
      handle: async ({ caller, params }) => {
        await registeredSources.remove(caller.tenantId, params.source)
        return null
      },
    }),
    route({
      method: 'post',
      path: '/sources/:source/try',
      summary: 'Calls a tool once, as a step would, and says how it came out. It is a real call.',
      access: 'admin',
      params: z.object({ source: anySource }),
      body: z.object({
        tool: z.string().min(1).max(200),
        args: z.record(z.string(), z.unknown()),
        credential: z.string().max(100).nullable().default(null),
        key: z
          .string()
          .min(8)
          .max(100)
          .describe('The same again is the same call, where the tool takes keys.'),
      }),
      response: z.object({
        state: z.enum(['done', 'failed', 'lost']),
        value: z.unknown(),
        code: z.string().nullable(),
        message: z.string().nullable(),
        tookMs: z.number(),
      }),
      handle: async ({ caller, params, body, signal }) => {
        const { tenantId } = caller
        const asked = { tenantId, credential: body.credential, signal }
        const { source, tool: found } = await sources.findTool(params.source, body.tool, asked)
        const beganMs = performance.now()
        const misfit = await context.misfit(found.input, body.args)
        const called =
          misfit === null
            ? await callSource(
                source,
                { source: params.source, tool: found, args: body.args },
                { ...asked, key: body.key, caller: null, ...tryLimits },
              )
            : ({ state: 'failed', code: 'arguments-misfit', message: misfit, isRetryable: false } as const)
        const outcome = called.state === 'asks' ? asksPeople(called.asked) : called
        if (misfit === null) toolUses.note(tenantId, params.source, found.name, outcome)
        return {
          state: outcome.state,
          value: outcome.state === 'done' ? outcome.value : null,
          code: outcome.state === 'done' ? null : outcome.code,
          message: outcome.state === 'done' ? null : outcome.message,
          tookMs: performance.now() - beganMs,
        }
      },
    }),
  ]
}

/** Tried by hand a tool gets no answers. */
const asksPeople = ({ questions }: ToolAsks) => ({
  state: 'failed' as const,
  code: 'tool-asks',
  message: `It asks before it goes on: ${Object.values(questions)
    .map(({ message }) => message.slice(0, 500))
    .join(' / ')}. In a run a person answers that under Approvals.`,
  isRetryable: false,
})

function shown({ title, name, ...rest }: import('../tools/tool.ts').Tool) {
  const { description, effect, takesKey, canCheck, pin, input } = rest
  return { name, title: title ?? name, description, effect, takesKey, canCheck, pin, input: { ...input } }
}

function summed(uses: readonly import('../tools/tool-uses.ts').ToolUse[]) {
  const lastOf = (times: (number | null)[]) =>
    times.reduce<number | null>((last, at) => (at === null || (last !== null && last > at) ? last : at), null)
  const lastFailureMs = lastOf(uses.map((each) => each.last_failure_ms))
  return {
    calls: uses.reduce((sum, each) => sum + each.calls, 0),
    failures: uses.reduce((sum, each) => sum + each.failures, 0),
    lastMs: lastOf(uses.map((each) => each.last_ms)),
    lastFailureMs,
    lastFailure: uses.find((each) => each.last_failure_ms === lastFailureMs)?.last_failure ?? null,
  }
}
