import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NotFoundError, route } from '@heavylift/core'
import { z } from 'zod'
import { acceptFacts } from '../check/check-spec.ts'
import type { SpecContext } from '../context.ts'
import { driftKinds } from '../drift/compare-facts.ts'
import { grades } from '../facts/fact.ts'
import { git } from '../plan/git.ts'
import { historyOf } from '../studio/history.ts'
import { endKey } from '../studio/read-task.ts'
import type { OpenRepository } from '../studio/repositories.ts'
import type { RepositorySpec } from '../studio/repository-specs.ts'
import { showRequirements } from '../studio/sentences.ts'
import { writeSpecs } from '../write/write-specs.ts'
import { oneRepository, shownRepository } from './repositories.ts'

const span = z.object({ path: z.string(), line: z.int(), endLine: z.int(), symbol: z.string() })
const shownRequirement = z.object({
  key: z.string(),
  title: z.string(),
  sentences: z.array(
    z.object({
      at: z.int(),
      text: z.string(),
      factId: z.string().nullable(),
      grade: z.enum(grades).nullable(),
      spans: z.array(span),
    }),
  ),
  scenarios: z.array(z.object({ name: z.string(), steps: z.array(z.string()) })),
  drifts: z.array(
    z.object({
      kind: z.enum(driftKinds),
      before: z.string().nullable(),
      after: z.string().nullable(),
      operations: z.array(z.string()),
    }),
  ),
  textHash: z.string(),
  tests: z.array(z.string()),
  operations: z.array(z.string()),
  common: z.array(
    z.object({
      key: z.string(),
      title: z.string(),
      path: z.string(),
      sentences: z.array(z.string()),
    }),
  ),
  approval: z
    .object({ by: z.string(), note: z.string(), atMs: z.number(), isOfThisText: z.boolean() })
    .nullable(),
})

const pathQuery = z.object({ path: z.string().max(1000).default('') })
const who = z.string().trim().min(1).max(120)

/** What stands in a spec and in the code that it follows from. */
export const specRoutes = ({ repositories, approvals, clock }: SpecContext) => [
  route({
    method: 'get',
    path: '/repositories/:id/spec',
    summary:
      'One spec of a repository: its requirements, and for each sentence the code that it follows from.',
    access: 'operator',
    params: oneRepository,
    query: pathQuery,
    response: z.object({ path: z.string(), isWritten: z.boolean(), requirements: z.array(shownRequirement) }),
    handle: async ({ caller, params, query, signal }) => {
      const open = await repositories.show(caller.tenantId, params.id, signal)
      const spec = specAt(open, query.path)
      const approved = await approvals.list(caller.tenantId, params.id)
      return {
        path: spec.path,
        isWritten: spec.isWritten,
        requirements: shown(open, spec).map((one) => {
          const approval = approved.get(`${spec.path}#${one.key}`)
          return {
            ...one,
            approval: approval
              ? {
                  by: approval.by,
                  note: approval.note,
                  atMs: approval.atMs,
                  isOfThisText: approval.textHash === one.textHash,
                }
              : null,
          }
        }),
      }
    },
  }),
  route({
    method: 'get',
    path: '/repositories/:id/code',
    summary: 'One source of a repository, and the sentences that stand on its lines.',
    access: 'operator',
    params: oneRepository,
    query: pathQuery,
    response: z.object({
      path: z.string(),
      text: z.string(),
      marks: z.array(
        z.object({
          spec: z.string(),
          requirement: z.string(),
          title: z.string(),
          at: z.int(),
          text: z.string(),
          line: z.int(),
          endLine: z.int(),
        }),
      ),
    }),
    handle: async ({ caller, params, query, signal }) => {
      const open = await repositories.show(caller.tenantId, params.id, signal)
      // Only what was listed as a source of it: no path leads out of the folder, nor to what git ignores.
      if (!open.reading.files.some(({ path }) => path === query.path))
        throw new NotFoundError({
          code: 'source-not-found',
          message: `There is no source "${query.path.slice(0, 200)}" in ${open.repository.name}.`,
        })
      const text = await readFile(join(open.repository.folder, query.path), 'utf8')
      return {
        path: query.path,
        text: text.slice(0, 400_000),
        marks: open.specs.flatMap((spec) =>
          shown(open, spec).flatMap((requirement) =>
            requirement.sentences.flatMap((sentence) =>
              sentence.spans
                .filter(({ path }) => path === query.path)
                .map(({ line, endLine }) => ({
                  spec: spec.path,
                  requirement: requirement.key,
                  title: requirement.title,
                  at: sentence.at,
                  text: sentence.text,
                  line,
                  endLine,
                })),
            ),
          ),
        ),
      }
    },
  }),
  route({
    method: 'put',
    path: '/repositories/:id/approvals',
    summary:
      'Approves a requirement as it stands; when its sentences change, the approval is of an earlier text.',
    access: 'operator',
    params: oneRepository,
    body: z.object({
      path: z.string().max(1000),
      requirement: z.string().max(1000),
      by: who,
      note: z.string().max(2000).default(''),
    }),
    response: z.object({ textHash: z.string() }),
    handle: async ({ caller, params, body, signal }) => {
      const open = await repositories.show(caller.tenantId, params.id, signal)
      const one = shown(open, specAt(open, body.path)).find(({ key }) => key === body.requirement)
      if (!one)
        throw new NotFoundError({
          code: 'requirement-not-found',
          message: `${body.path} has no requirement "${body.requirement.slice(0, 200)}".`,
        })
      await approvals.put(caller.tenantId, params.id, {
        requirement: `${body.path}#${one.key}`,
        textHash: one.textHash,
        by: body.by,
        note: body.note,
      })
      return { textHash: one.textHash }
    },
  }),
  route({
    method: 'post',
    path: '/repositories/:id/accept',
    summary:
      'Takes what the code does now for agreed, and writes into the repository who said so, at which commit.',
    access: 'admin',
    params: oneRepository,
    body: z.object({ by: who }),
    response: z.object({ accepted: z.int(), repository: shownRepository }),
    handle: async ({ caller, params, body, signal }) => {
      const { repository, reading } = await repositories.show(caller.tenantId, params.id, signal)
      const commit = await git(repository.folder, ['rev-parse', 'HEAD'], signal).catch(() => '')
      const at = new Date(clock.nowMs()).toISOString()
      const drifts = await acceptFacts(
        repository.folder,
        { by: body.by, commit: commit.trim(), at },
        reading.set,
        signal,
      )
      return {
        accepted: drifts.length,
        repository: await repositories.refresh(caller.tenantId, params.id, signal),
      }
    },
  }),
  route({
    method: 'post',
    path: '/repositories/:id/write',
    summary:
      'Writes what the code does as specs into files of the repository, or amends those that are there; what people wrote stays.',
    access: 'admin',
    reach: 'installation',
    params: oneRepository,
    response: z.object({ files: z.array(z.string()), conflicts: z.int() }),
    handle: async ({ caller, params, signal }) => {
      const { repository, reading } = await repositories.show(caller.tenantId, params.id, signal)
      const { files, conflicts } = await writeSpecs(repository.folder, reading.set, null, signal)
      return { files, conflicts: conflicts.length }
    },
  }),
  route({
    method: 'get',
    path: '/repositories/:id/history',
    summary: 'Commits that changed the spec, drift that people accepted, and approvals, the latest first.',
    access: 'operator',
    params: oneRepository,
    response: z.object({
      entries: z.array(
        z.object({
          atMs: z.number(),
          kind: z.enum(['commit', 'accepted', 'approval']),
          by: z.string(),
          commit: z.string(),
          title: z.string(),
          details: z.array(z.string()),
        }),
      ),
    }),
    handle: async ({ caller, params, signal }) => {
      const { repository, specs } = await repositories.show(caller.tenantId, params.id, signal)
      const paths = specs.filter(({ isWritten }) => isWritten).map(({ path }) => path)
      const approved = [...(await approvals.list(caller.tenantId, params.id))].map(([requirement, one]) => ({
        atMs: one.atMs,
        kind: 'approval' as const,
        by: one.by,
        commit: '',
        title: `Approved ${requirement.split('#').slice(1).join('#')}`,
        details: one.note === '' ? [] : [one.note],
      }))
      const entries = [...approved, ...(await historyOf(repository.folder, paths, signal))]
      return { entries: entries.toSorted((a, b) => b.atMs - a.atMs) }
    },
  }),
]

function specAt({ specs, repository }: OpenRepository, path: string): RepositorySpec {
  const spec = specs.find((one) => one.path === path)
  if (!spec)
    throw new NotFoundError({
      code: 'spec-not-found',
      message: `${repository.name} has no spec "${path.slice(0, 200)}".`,
    })
  return spec
}

function shown(open: OpenRepository, { document, path }: RepositorySpec) {
  const { reading, agreed, drifts, specs } = open
  const requirements = showRequirements(
    document,
    reading.set.facts,
    agreed?.facts ?? [],
    drifts,
    (evidence) => reading.ends[endKey(evidence)] ?? evidence.line,
    open.common.flat(),
  )
  const pathOf = (title: string) =>
    specs[open.common.findIndex((all) => all.some(({ name, isOfAll }) => isOfAll && name === title))]?.path
  return requirements.map((one) => ({
    ...one,
    common: one.common.map(({ isHere, ...each }) => ({
      ...each,
      path: (isHere ? null : pathOf(each.title)) ?? path,
    })),
  }))
}
