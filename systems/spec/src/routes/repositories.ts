import { route } from '@heavylift/core'
import { z } from 'zod'
import type { SpecContext } from '../context.ts'
import { fileOutcomes } from '../facts/fact-set.ts'
import { specFormats } from '../formats/document.ts'
import { putTogether } from '../drift/common-drifts.ts'
import { driftKinds } from '../drift/compare-facts.ts'
import { agentNames } from '../plan/agents.ts'
import { projectTests } from '../plan/project-tests.ts'
import { commonOf, driftsOf, factFinder, textHashOf } from '../studio/sentences.ts'

export const oneRepository = z.object({ id: z.string().max(100) })

const summary = z.object({
  operations: z.int(),
  models: z.int(),
  rules: z.int(),
  errors: z.int(),
  questions: z.int(),
  drifts: z.int(),
  requirements: z.int(),
  lines: z.int(),
  seconds: z.number(),
  frameworks: z.array(z.string()),
})
export const shownRepository = z.object({
  id: z.string(),
  name: z.string(),
  folder: z.string(),
  isSample: z.boolean(),
  openedAtMs: z.number(),
  readAtMs: z.number(),
  summary,
})

const overview = z.object({
  repository: shownRepository,
  /** Whether facts were agreed: without them nothing can drift. */
  isAgreed: z.boolean(),
  specs: z.array(
    z.object({
      path: z.string(),
      feature: z.string(),
      format: z.enum(specFormats),
      isWritten: z.boolean(),
      requirements: z.array(
        z.object({
          key: z.string(),
          title: z.string(),
          drifts: z.int(),
          approval: z.enum(['approved', 'outdated', 'none']),
        }),
      ),
    }),
  ),
  drifts: z.array(
    z.object({
      kind: z.enum(driftKinds),
      requirement: z.string(),
      /** Where it is of several operations: these. */
      operations: z.array(z.string()),
      before: z.string().nullable(),
      after: z.string().nullable(),
      path: z.string(),
      line: z.int(),
    }),
  ),
  /** How much was agreed otherwise, and code and spec both say by now. */
  settled: z.int(),
  questions: z.array(z.object({ text: z.string(), why: z.string(), path: z.string(), line: z.int() })),
  notRead: z.array(z.object({ name: z.string(), foundIn: z.string() })),
  agents: z.array(z.string()),
  /** The command of the project's tests; empty where nothing tells. */
  testCommand: z.string(),
})

/** Repositories of the studio. A folder of the server's machine is opened by who runs the installation. */
export const repositoryRoutes = ({
  repositories,
  approvals,
  config,
  openSampleRepositories,
}: SpecContext) => [
  route({
    method: 'get',
    path: '/repositories',
    summary: 'Repositories that are open in the studio, with what was found in each.',
    access: 'operator',
    response: z.object({ repositories: z.array(shownRepository) }),
    handle: async ({ caller }) => ({ repositories: await repositories.list(caller.tenantId) }),
  }),
  route({
    method: 'post',
    path: '/repositories',
    summary: 'Opens a folder of the server’s machine in the studio, or reads it again. Nothing in it is run.',
    access: 'admin',
    reach: 'installation',
    body: z.object({ folder: z.string().min(2).max(1000) }),
    response: shownRepository,
    handle: ({ body, caller, signal }) => repositories.open(caller.tenantId, body.folder, signal),
  }),
  route({
    method: 'post',
    path: '/repositories/samples',
    summary: 'Makes the sample services anew, and opens them.',
    access: 'admin',
    reach: 'installation',
    response: z.object({ repositories: z.array(shownRepository) }),
    handle: async ({ caller, signal }) => {
      await openSampleRepositories(caller.tenantId, signal)
      return { repositories: await repositories.list(caller.tenantId) }
    },
  }),
  route({
    method: 'get',
    path: '/repositories/:id',
    summary: 'A repository’s specs, its drift, its open questions, and who may build.',
    access: 'operator',
    params: oneRepository,
    response: overview,
    handle: async ({ caller, params, signal }) => {
      const { repository, specs, common, drifts, settled, reading, agreed } = await repositories.show(
        caller.tenantId,
        params.id,
        signal,
      )
      const approved = await approvals.list(caller.tenantId, params.id)
      const all = common.flat()
      const together = putTogether(drifts)
      const factOf = factFinder(reading.set.facts, agreed?.facts ?? [])
      const tests = await projectTests(repository.folder, reading.set.facts)
      return {
        repository,
        isAgreed: agreed !== null,
        specs: specs.map(({ path, feature, isWritten, document }) => ({
          path,
          feature,
          isWritten,
          format: document.format,
          requirements: document.requirements.map((one) => {
            const title = one.title.trim() || one.key
            const approval = approved.get(`${path}#${one.key}`)
            return {
              key: one.key,
              title,
              drifts: driftsOf(
                one,
                drifts,
                together,
                all.find(({ parts }) => parts.has(one)),
              ).length,
              approval: !approval
                ? ('none' as const)
                : approval.textHash === textHashOf(one, commonOf(one, document, all), factOf)
                  ? ('approved' as const)
                  : ('outdated' as const),
            }
          }),
        })),
        drifts: together.map(({ drift, operations }) => ({
          kind: drift.kind,
          requirement: drift.requirement,
          operations,
          before: drift.before,
          after: drift.after,
          path: drift.evidence?.path ?? '',
          line: drift.evidence?.line ?? 0,
        })),
        settled: settled.length,
        questions: reading.set.questions,
        notRead: reading.set.frameworks
          .filter(({ isRead }) => !isRead)
          .map(({ name, foundIn }) => ({ name, foundIn })),
        agents: agentNames(config.agents),
        testCommand: tests?.join(' ') ?? '',
      }
    },
  }),
  route({
    method: 'post',
    path: '/repositories/:id/refresh',
    summary: 'Reads a repository again.',
    access: 'operator',
    params: oneRepository,
    response: shownRepository,
    handle: ({ caller, params, signal }) => repositories.refresh(caller.tenantId, params.id, signal),
  }),
  route({
    method: 'delete',
    path: '/repositories/:id',
    summary: 'Closes a repository here: approvals and builds of it are forgotten, its folder stays as it is.',
    access: 'admin',
    params: oneRepository,
    response: z.object({ id: z.string() }),
    handle: async ({ caller, params }) => {
      await repositories.close(caller.tenantId, params.id)
      return { id: params.id }
    },
  }),
  route({
    method: 'get',
    path: '/repositories/:id/map',
    summary: 'Sources of a repository with their lines, and how many of these the spec stands on.',
    access: 'operator',
    params: oneRepository,
    response: z.object({
      files: z.array(
        z.object({
          path: z.string(),
          lines: z.int(),
          coveredLines: z.int(),
          facts: z.int(),
          outcome: z.enum(fileOutcomes),
        }),
      ),
    }),
    handle: async ({ caller, params, signal }) => ({
      files: (await repositories.show(caller.tenantId, params.id, signal)).reading.files,
    }),
  }),
]
