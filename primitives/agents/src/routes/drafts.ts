import { EventStream, InvalidInputError, route } from '@heavylift/core'
import type { ServerEvent } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { z } from 'zod'
import type { AgentsContext } from '../context.ts'
import { agentName } from '../definition/definition.ts'
import { describeAgent, describeTask } from '../drafts/describe.ts'
import { trialOfAgent, trialOfStep } from '../drafts/trial.ts'
import type { DraftOfTab, Drafts } from '../drafts/drafts.ts'
import { canonicalText } from '../files/canonical.ts'
import { changesBetween, isRecord } from '../files/change.ts'
import { checkFile } from '../files/check-file.ts'
import { definitionSchema } from '../files/definition-schema.ts'
import { diffWords } from '../files/diff-words.ts'
import { editText } from '../files/edit-file.ts'
import { parseFile } from '../files/parse-file.ts'
import type { Agents } from '../publish/agents.ts'
import { changeSchema, diffLineSchema, draftSchema, problemSchema } from './draft-schemas.ts'

const maxBodyBytes = 4 * 1024 * 1024
const named = z.object({ name: agentName })
/** Which tab of a browser asks, so that it undoes its own edits. */
const tab = z.string().min(1).max(64)
const text = z.string().max(1_000_000)
const lookEveryMs = 700

/** Agents as they are edited, below `/api/agents`. */
export function draftRoutes({
  agents,
  models,
  runs,
  templates,
  draftsOf,
  problemsOf,
}: Pick<AgentsContext, 'agents' | 'models' | 'runs' | 'templates' | 'draftsOf' | 'problemsOf'>) {
  const answer = async (tenantId: string, draft: DraftOfTab) => ({
    ...draft,
    problems: await problemsOf(tenantId, draft.text),
  })
  return [
    route({
      method: 'get',
      path: '/drafts',
      summary: 'Drafts of the tenant, the last changed first.',
      access: 'operator',
      response: z.object({
        drafts: z.array(z.object({ name: z.string(), revision: z.number(), changedMs: z.number() })),
      }),
      handle: async ({ caller }) => ({ drafts: await draftsOf(caller.tenantId).list() }),
    }),
    route({
      method: 'post',
      path: '/drafts',
      summary: 'Begins an agent: from a template, from a text, or empty.',
      access: 'operator',
      maxBodyBytes,
      body: z.object({ name: agentName, template: z.string().max(100).optional(), text: text.optional() }),
      response: z.object({ name: z.string() }),
      handle: async ({ caller, body }) => {
        const begun = body.text ?? (await templates.text(body.template ?? 'empty'))
        const { name } = await draftsOf(caller.tenantId).create(body.name, renamed(begun, body.name))
        return { name }
      },
    }),
    route({
      method: 'post',
      path: '/descriptions',
      summary:
        'Begins an agent out of what it has to do, by a model of the gateway. Nothing of it runs before it is published.',
      access: 'operator',
      body: z.object({ name: agentName, wish: z.string().trim().min(10).max(8_000) }),
      response: z.object({ name: z.string(), problems: z.array(problemSchema) }),
      handle: async ({ caller, body, signal }) => {
        const { tenantId } = caller
        const described = await describeAgent(models, body.wish, {
          name: body.name,
          tenantId,
          signal,
          check: (given) => problemsOf(tenantId, given),
        })
        const { name } = await draftsOf(tenantId).create(body.name, described.text)
        return { name, problems: described.problems }
      },
    }),
    route({
      method: 'get',
      path: '/drafts/:name',
      summary: 'A draft as its file, with what is wrong in it.',
      access: 'operator',
      params: named,
      query: z.object({ tab: tab.default('api') }),
      response: draftSchema,
      handle: async ({ caller, params, query }) => {
        const drafts = draftsOf(caller.tenantId)
        await adopt(drafts, agents, caller.tenantId, params.name)
        return answer(caller.tenantId, await drafts.get(params.name, query))
      },
    }),
    route({
      method: 'patch',
      path: '/drafts/:name',
      summary: 'Edits a draft, by meaning or by its text; merged with what others did since `base`.',
      access: 'operator',
      params: named,
      maxBodyBytes,
      body: z.object({
        tab,
        base: z.int().min(0).describe('The revision that was edited.'),
        text: text.optional(),
        changes: z.array(changeSchema).max(1_000).optional(),
      }),
      response: draftSchema,
      handle: async ({ caller, params, body }) => {
        const edit =
          body.text === undefined
            ? { base: body.base, changes: body.changes ?? [] }
            : { base: body.base, text: body.text }
        return answer(caller.tenantId, await draftsOf(caller.tenantId).edit(params.name, edit, body))
      },
    }),
    route({
      method: 'post',
      path: '/drafts/:name/revert',
      summary: 'Takes the last edit of a tab back, or makes it again.',
      access: 'operator',
      params: named,
      body: z.object({ tab, direction: z.enum(['undo', 'redo']) }),
      response: draftSchema,
      handle: async ({ caller, params, body }) =>
        answer(caller.tenantId, await draftsOf(caller.tenantId).revert(params.name, body.direction, body)),
    }),
    route({
      method: 'delete',
      path: '/drafts/:name',
      summary: 'Takes a draft away. Versions that were published stay, and can be edited again.',
      access: 'operator',
      params: named,
      response: named,
      handle: async ({ caller, params }) => {
        await draftsOf(caller.tenantId).remove(params.name)
        return params
      },
    }),
    route({
      method: 'get',
      path: '/drafts/:name/live',
      summary: 'The revision of a draft, at once and whenever it changes, as server-sent events.',
      access: 'operator',
      params: named,
      events: { message: z.object({ revision: z.number() }) },
      handle: async ({ caller, params, signal }) => {
        const drafts = draftsOf(caller.tenantId)
        await drafts.get(params.name, { tab: 'live' })
        return new EventStream(follow(drafts, params.name, signal))
      },
    }),
    route({
      method: 'post',
      path: '/drafts/:name/try',
      summary:
        'Runs the draft, or one step of it on what you give, as a run of its own. Its effects are real.',
      access: 'operator',
      params: named,
      maxBodyBytes,
      body: z.object({
        input: z.unknown().optional(),
        step: z.string().max(64).optional().describe('This step alone; without it the whole draft.'),
        steps: z
          .record(z.string(), z.unknown())
          .default({})
          .describe('What other steps made, by their ids, where one is tried alone.'),
        item: z.unknown().optional().describe('The item, for a step inside a map.'),
      }),
      response: z.object({ runId: z.string() }),
      handle: async ({ caller, params, body }) => {
        const { tenantId } = caller
        const draft = await draftsOf(tenantId).get(params.name, { tab: 'try' })
        const { definition } = checkFile(draft.text)
        if (definition === null)
          throw new InvalidInputError({
            code: 'draft-broken',
            message: 'The draft has problems of form. Mend what is listed below it first.',
          })
        const trial =
          body.step === undefined ? trialOfAgent(definition) : trialOfStep(definition, body.step, body)
        const { version } = await agents.publish(tenantId, trial, `Tried at revision ${draft.revision}.`)
        const { id } = await runs.start({
          tenantId,
          agent: trial.name,
          version,
          input: body.input ?? {},
          trigger: { kind: 'manual', ...(caller.keyId === null ? {} : { by: caller.keyId }) },
        })
        return { runId: id }
      },
    }),
    route({
      method: 'get',
      path: '/drafts/:name/patches',
      summary: 'What was edited, newest first, by meaning.',
      access: 'operator',
      params: named,
      query: z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) }),
      response: z.object({
        patches: z.array(
          z.object({
            revision: z.number(),
            tab: z.string(),
            kind: z.enum(['edit', 'undo', 'redo']),
            madeMs: z.number(),
            lines: z.array(diffLineSchema).nullable().describe('Null where a text could not be read.'),
          }),
        ),
      }),
      handle: async ({ caller, params, query }) => ({
        patches: (await draftsOf(caller.tenantId).patches(params.name, query.limit)).map(
          ({ revision, tab: of, kind, madeMs, changes }) => ({
            revision,
            tab: of,
            kind,
            madeMs,
            lines: changes === null ? null : diffWords(changes),
          }),
        ),
      }),
    }),
    route({
      method: 'get',
      path: '/drafts/:name/diff',
      summary: 'What the draft changes against a version, by meaning.',
      access: 'operator',
      params: named,
      query: z.object({
        version: z.coerce.number().int().min(1).optional().describe('Default: the live one.'),
      }),
      response: z.object({ lines: z.array(diffLineSchema) }),
      handle: async ({ caller, params, query }) => {
        const draft = await draftsOf(caller.tenantId).get(params.name, { tab: 'diff' })
        const { definition } = checkFile(draft.text)
        const version = query.version ?? (await agents.find(caller.tenantId, params.name)).live_version ?? 1
        const before = await agents.definition(caller.tenantId, params.name, version)
        // Defaults on both sides, or the file as it stands where it is not whole.
        const after: unknown = definition ?? parseFile(draft.text).value
        return { lines: diffWords(changesBetween(before, after)) }
      },
    }),
    route({
      method: 'post',
      path: '/check',
      summary: 'Says what is wrong with a definition, with line and column; keeps nothing.',
      access: 'operator',
      maxBodyBytes,
      body: z.object({ text }),
      response: z.object({ problems: z.array(problemSchema), canonical: z.string().nullable() }),
      handle: async ({ caller, body }) => {
        const { definition } = checkFile(body.text)
        return {
          problems: await problemsOf(caller.tenantId, body.text),
          canonical: definition === null ? null : canonicalText(definition),
        }
      },
    }),
    route({
      method: 'get',
      path: '/definition-schema',
      summary: 'The JSON Schema of a definition, for editors.',
      access: 'operator',
      response: z.looseObject({}),
      handle: () => definitionSchema(),
    }),
    route({
      method: 'get',
      path: '/templates',
      summary: 'Agents to begin with.',
      access: 'operator',
      response: z.object({
        templates: z.array(
          z.object({
            name: z.string(),
            title: z.string(),
            summary: z.string(),
            tags: z.array(z.string()),
            steps: z.number(),
            text: z.string(),
          }),
        ),
        describedBy: z
          .string()
          .nullable()
          .describe('The model that drafts from a description; null without one.'),
      }),
      handle: async () => ({
        templates: await templates.list(),
        describedBy: models.forTask(describeTask)?.name ?? null,
      }),
    }),
  ]
}

/** A published agent that nobody edits yet gets its newest version as draft. */
async function adopt(drafts: Drafts, agents: Agents, tenantId: string, name: string): Promise<void> {
  if ((await drafts.find(name)) !== null) return
  const [newest] = await agents.versions(tenantId, name)
  if (newest === undefined) return
  const definition = await agents.definition(tenantId, name, newest.version)
  // Two that open it at once: the first is as good as the second.
  await drafts.create(name, canonicalText(definition)).catch((error: unknown) => {
    if ((error as { code?: unknown }).code !== 'draft-exists') throw error
  })
}

async function* follow(drafts: Drafts, name: string, signal: AbortSignal): AsyncGenerator<ServerEvent> {
  let seen = -1
  while (!signal.aborted) {
    const draft = await drafts.find(name)
    if (draft === null) return
    if (draft.revision !== seen) yield { data: { revision: draft.revision } }
    seen = draft.revision
    await sleep(lookEveryMs, signal)
  }
}

/** The same file under another name, its comments kept. */
function renamed(given: string, name: string): string {
  const { value } = parseFile(given)
  if (isRecord(value)) return editText(given, [{ kind: 'value', place: ['name'], to: name }])
  throw new InvalidInputError({
    code: 'definition-unreadable',
    message: 'This text is no definition in YAML or JSON. Check it first: heavylift agents check FILE.',
  })
}
