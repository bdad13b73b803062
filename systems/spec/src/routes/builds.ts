import { route } from '@heavylift/core'
import { z } from 'zod'
import type { SpecContext } from '../context.ts'
import { readDocument } from '../formats/find-documents.ts'
import { lintDocument, noSettings } from '../lint/lint.ts'
import { changeBetween, writeDelta } from '../plan/change.ts'
import { gateNames } from '../plan/gates.ts'
import { makePlan } from '../plan/make-plan.ts'
import { changeOfEdits } from '../plan/spec-edits.ts'
import type { Build } from '../studio/builds.ts'
import { editSentences } from '../studio/repository-specs.ts'
import { buildStatuses } from '../studio/tables.ts'
import { oneRepository } from './repositories.ts'

const oneBuild = oneRepository.extend({ name: z.string().max(100) })

const edits = z
  .array(
    z.object({
      path: z.string().max(1000),
      requirement: z.string().max(1000),
      from: z.string().min(1).max(5000),
      to: z.string().max(5000),
    }),
  )
  .min(1)
  .max(50)

const plan = z.object({
  tasks: z.array(
    z.object({
      id: z.string(),
      requirement: z.string(),
      operations: z.array(z.string()),
      subject: z.string(),
      what: z.enum(['add', 'change', 'remove']),
      shall: z.array(z.string()),
      shallNot: z.array(z.string()),
      spans: z.array(
        z.object({
          path: z.string(),
          symbol: z.string(),
          startByte: z.int(),
          endByte: z.int(),
          line: z.int(),
        }),
      ),
      after: z.array(z.string()),
    }),
  ),
  waves: z.array(z.array(z.string())),
  paths: z.array(z.string()),
})

const shownBuild = z.object({
  name: z.string(),
  agent: z.string(),
  testCommand: z.string(),
  status: z.enum(buildStatuses),
  step: z.string(),
  branch: z.string(),
  commit: z.string().nullable(),
  gates: z.array(z.object({ gate: z.enum(gateNames), isPassed: z.boolean(), reasons: z.array(z.string()) })),
  body: z.string(),
  problem: z.string(),
  log: z.array(z.string()),
  delta: z.string(),
  startedAtMs: z.number(),
  endedAtMs: z.number().nullable(),
})

/** From an edited sentence to a branch. */
export const buildRoutes = ({ repositories, builds }: SpecContext) => [
  route({
    method: 'post',
    path: '/repositories/:id/preview',
    summary:
      'What edits of sentences come to: the delta, the plan, and what lint says of them. Nothing is written.',
    access: 'operator',
    params: oneRepository,
    body: z.object({ edits }),
    response: z.object({
      delta: z.string(),
      /** Lines of the delta that the spec has not as it stands: edited sentences, and scenarios that follow them. */
      changed: z.array(z.string()),
      plan,
      findings: z.array(z.object({ rule: z.string(), requirement: z.string(), message: z.string() })),
    }),
    handle: async ({ caller, params, body, signal }) => {
      const { specs, reading } = await repositories.show(caller.tenantId, params.id, signal)
      const files = editSentences(specs, body.edits)
      const edited = new Set(body.edits.map(({ requirement }) => requirement))
      const delta = deltaOf(files)
      const lines = new Set(files.flatMap(({ before }) => before.split(/\r?\n/)))
      return {
        delta,
        changed: delta.split('\n').filter((line) => line !== '' && !/^##? /.test(line) && !lines.has(line)),
        plan: makePlan(changeOfEdits(files, reading.set.facts), reading.set.facts),
        findings: files.flatMap(({ format, after }) =>
          lintDocument(readDocument(after, { format, kind: 'spec' }), noSettings)
            .filter(({ requirement }) => edited.has(requirement))
            .map(({ rule, key, message }) => ({ rule, requirement: key, message })),
        ),
      }
    },
  }),
  route({
    method: 'get',
    path: '/repositories/:id/builds',
    summary: 'Builds of a repository, the latest first.',
    access: 'operator',
    params: oneRepository,
    response: z.object({ builds: z.array(shownBuild) }),
    handle: async ({ caller, params }) => {
      await repositories.find(caller.tenantId, params.id)
      return { builds: (await builds.list(caller.tenantId, params.id)).map(showBuild) }
    },
  }),
  route({
    method: 'post',
    path: '/repositories/:id/builds',
    summary:
      'Lets a coding agent build edits of sentences in a git worktree. It and the tests run as the server does: for repositories that you trust.',
    access: 'admin',
    reach: 'installation',
    params: oneRepository,
    body: z.object({ edits, agent: z.string().max(100), testCommand: z.string().max(500) }),
    response: shownBuild,
    handle: async ({ caller, params, body, signal }) => {
      const { specs } = await repositories.show(caller.tenantId, params.id, signal)
      const files = editSentences(specs, body.edits)
      const { agent, testCommand } = body
      return showBuild(
        await builds.start(caller.tenantId, params.id, { edits: files, agent, testCommand }, signal),
      )
    },
  }),
  route({
    method: 'get',
    path: '/repositories/:id/builds/:name',
    summary: 'One build: its step, what the agent says, its gates.',
    access: 'operator',
    params: oneBuild,
    response: shownBuild,
    handle: async ({ caller, params }) =>
      showBuild(await builds.find(caller.tenantId, params.id, params.name)),
  }),
  route({
    method: 'post',
    path: '/repositories/:id/builds/:name/stop',
    summary: 'Stops a build; what its agent did is forgotten.',
    access: 'admin',
    params: oneBuild,
    response: shownBuild,
    handle: async ({ caller, params }) =>
      showBuild(await builds.stop(caller.tenantId, params.id, params.name)),
  }),
]

function deltaOf(files: Build['edits']): string {
  return files
    .map(({ format, before, after }) => {
      const read = (text: string) => readDocument(text, { format, kind: 'spec' })
      return writeDelta(changeBetween(read(before), read(after)), read(after))
    })
    .join('\n')
}

function showBuild({ state, edits: files, ...build }: Build): z.input<typeof shownBuild> {
  return {
    ...build,
    step: state?.step ?? 'begun',
    branch: state?.branch ?? '',
    commit: state?.commit ?? null,
    gates: state?.gates ?? [],
    delta: deltaOf(files),
  }
}
