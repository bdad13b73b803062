import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createIds, silentLogger, systemClock } from '@heavylift/core'
import { ThreadPool } from '@heavylift/core/threads'
import { createTestStore } from '@heavylift/store/testing'
import type { TestStore } from '@heavylift/store/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { migrations } from '../../src/migrations/migrations.ts'
import { runBuild } from '../../src/commands/run-build.ts'
import { runPlan } from '../../src/commands/run-plan.ts'
import { Catalogue, wordsQuery } from '../../src/catalogue/catalogue.ts'
import type { CatalogueEntry } from '../../src/catalogue/catalogue.ts'
import { checkSpec } from '../../src/check/check-spec.ts'
import { Approvals } from '../../src/studio/approvals.ts'
import { Builds } from '../../src/studio/builds.ts'
import { historyOf } from '../../src/studio/history.ts'
import { openSamples } from '../../src/studio/open-samples.ts'
import { endKey } from '../../src/studio/read-task.ts'
import { Repositories } from '../../src/studio/repositories.ts'
import { editSentences } from '../../src/studio/repository-specs.ts'
import { showRequirements } from '../../src/studio/sentences.ts'
import type { SpecTables } from '../../src/studio/tables.ts'

const tenant = 'main'
const { signal } = new AbortController()
let store: TestStore
let pool: ThreadPool
let repositories: Repositories
let builds: Builds
let catalogue: Catalogue

beforeAll(async () => {
  store = await createTestStore({ migrations: { spec: migrations } })
  const own = store.host.forSystem('spec')
  const db = own.database<SpecTables>()
  pool = new ThreadPool({
    threads: 1,
    threadsPerTenant: 1,
    tasksPerTenant: 8,
    timeLimitMs: null,
    memoryLimitMb: 1024,
  })
  catalogue = new Catalogue(db, systemClock)
  repositories = new Repositories({ db, pool, clock: systemClock, catalogue, readings: null })
  builds = new Builds({
    db,
    repositories,
    ledger: own.ledger,
    clock: systemClock,
    ids: createIds(systemClock),
    log: silentLogger,
    folder: join(store.dataDir, 'builds'),
    agents: {},
    agentMinutes: 5,
  })
  await openSamples(repositories, join(store.dataDir, 'samples'), tenant, signal)
})
afterAll(async () => {
  await builds.close()
  await pool.close()
  await store.close()
})

const show = (id: string) => repositories.show(tenant, id, signal)

async function requirement(id: string, title: string) {
  const open = await show(id)
  for (const spec of open.specs) {
    const found = showRequirements(
      spec.document,
      open.reading.set.facts,
      open.agreed?.facts ?? [],
      open.drifts,
      (evidence) => open.reading.ends[endKey(evidence)] ?? evidence.line,
    ).find((one) => one.title === title)
    if (found) return { open, spec, found }
  }
  throw new Error(`${title} is not there.`)
}

async function buildUntilEnd(id: string, from: string, to: string, title: string) {
  const { open, spec, found } = await requirement(id, title)
  const edits = editSentences(open.specs, [{ path: spec.path, requirement: found.key, from, to }])
  const { name } = await builds.start(tenant, id, { edits, agent: 'literals', testCommand: '' }, signal)
  return await expect
    .poll(async () => await builds.find(tenant, id, name), { timeout: 60_000 })
    .toMatchObject({ endedAtMs: expect.any(Number) })
    .then(async () => await builds.find(tenant, id, name))
}

it('opens two sample services, each with a drift, and every sentence of ours on lines of code [SPEC-STUDIO-01]', async () => {
  const listed = await repositories.list(tenant)
  expect(listed.map(({ id, summary }) => [id, summary.frameworks, summary.drifts > 0])).toEqual([
    ['clinic-visits', ['FastAPI'], true],
    ['library-loans', ['Express'], true],
  ])
  const { found, open } = await requirement('library-loans', 'POST /api/loans/{loanId}/return')
  expect(open.drifts.map((drift) => drift.requirement)).toContain('POST /api/loans/{loanId}/return')
  expect(found.drifts.length).toBeGreaterThan(0)
  expect(found.sentences.every(({ spans }) => spans.length > 0)).toBe(true)
  const [span] = found.sentences.find(({ text }) => text.includes('SHALL answer 404'))?.spans ?? []
  const lines = readFileSync(join(open.repository.folder, span?.path ?? ''), 'utf8').split('\n')
  expect(lines[(span?.line ?? 0) - 1]).toContain('No such loan.')
})

it('draws how much of each source the spec stands on [SPEC-STUDIO-01]', async () => {
  const { reading } = await show('library-loans')
  const file = (path: string) => reading.files.find((one) => one.path === path)
  expect(file('src/loans.ts')).toMatchObject({ outcome: 'read' })
  expect(file('src/loans.ts')?.coveredLines).toBeGreaterThan(10)
  expect(file('test/store.test.ts')).toMatchObject({ outcome: 'test', coveredLines: 0 })
})

it('builds an edited sentence into a branch with code, spec and facts that agree [SPEC-STUDIO-02] [SPEC-ROUND-TRIP-01]', async () => {
  const title = 'POST /api/books'
  const { found, open } = await requirement('library-loans', title)
  const from = found.sentences.find(({ text }) => text.includes('SHALL answer 409'))?.text ?? ''
  const build = await buildUntilEnd('library-loans', from, from.replace('409', '422'), title)
  expect([build.problem, build.state?.gates.flatMap(({ reasons }) => reasons)]).toEqual(['', []])
  expect(build.status).toBe('done')
  const git = (...args: string[]) => execFileSync('git', args, { cwd: open.repository.folder }).toString()
  expect(git('show', '--stat', '--format=', build.state?.branch ?? '')).toContain('src/books.ts')
  expect(git('status', '--porcelain')).toBe('')
  const worktree = build.state?.worktree ?? ''
  expect(readFileSync(join(worktree, 'openspec/specs/books/spec.md'), 'utf8')).toContain(
    from.replace('409', '422'),
  )
  // What nobody but us wrote is brought along: the scenario of the sentence too.
  expect(readFileSync(join(worktree, 'openspec/specs/books/spec.md'), 'utf8')).toMatch(
    /Scenario: Answers 422 where/,
  )
  // What had drifted before, elsewhere, is left for somebody to decide.
  const { drifts } = await checkSpec(worktree, () => undefined, signal)
  expect(new Set(drifts.map((one) => one.requirement))).toEqual(new Set(['POST /api/loans/{loanId}/return']))
})

it('says why it does not take what an agent did [SPEC-STUDIO-02]', async () => {
  const title = 'POST /visits'
  const { found } = await requirement('clinic-visits', title)
  const from = found.sentences.find(({ text }) => text.includes('404'))?.text ?? ''
  const build = await buildUntilEnd('clinic-visits', from, `${from.slice(0, -1)} and write it down.`, title)
  expect(build.status).toBe('refused')
  expect(build.state?.gates.at(-1)?.reasons).toEqual([
    expect.stringMatching(/^Nothing was changed\. The agent says: .*Choose an agent with a model/),
  ])
  expect(build.log.join('\n')).toContain('Choose an agent with a model')
})

it('plans and builds by commands what differs from the last commit [SPEC-BUILD-04]', async () => {
  const { open, spec } = await requirement('library-loans', 'POST /api/loans')
  const root = open.repository.folder
  const file = join(root, spec.path)
  const text = readFileSync(file, 'utf8')
  const sentence = /^.*POST \/api\/loans.*SHALL answer 201.*$/m.exec(text)?.[0] ?? ''
  writeFileSync(file, text.replace(sentence, sentence.replace('201', '202')))
  const printed: string[] = []
  const input = {
    args: { path: root },
    options: { name: 'later', test: `node --version` },
    dataDir: store.dataDir,
    report: () => undefined,
    print: (line: string) => void printed.push(line),
    signal,
  }
  await expect(runPlan({ ...input, args: { path: join(root, 'src') } })).rejects.toMatchObject({
    code: 'not-the-root',
  })
  const { plan } = await runPlan(input)
  expect(plan.tasks).toMatchObject([
    { what: 'change', requirement: 'POST /api/loans', subject: 'POST /api/loans' },
  ])
  expect(printed.join('\n')).toContain('## MODIFIED Requirements')
  const built = await runBuild(input)
  expect(built.gates.flatMap(({ reasons }) => reasons)).toEqual([])
  expect(built).toMatchObject({ verdict: 'yes', step: 'done', branch: 'spec/later' })
  expect(printed.join('\n')).toContain('201 is 202 now, src/loans.ts:')
  // Committed before the code followed, the spec still asks for it.
  const run = (...args: string[]) => execFileSync('git', args, { cwd: root })
  run('-c', 'user.name=Ada', '-c', 'user.email=a@b', 'commit', '-qm', 'Ask', '--', spec.path)
  expect((await runPlan(input)).plan.tasks).toMatchObject([{ requirement: 'POST /api/loans' }])
  run('reset', '-q', '--soft', 'HEAD~1')
  run('reset', '-q')
  writeFileSync(file, text)
  await expect(runPlan(input)).rejects.toMatchObject({ code: 'nothing-to-plan' })
})

it('takes up a build that ran when the server was killed [SPEC-STUDIO-03]', async () => {
  const db = store.host.forSystem('spec').database<SpecTables>()
  await db
    .updateTable('build')
    .set({ status: 'running', ended_at: null })
    .where('repository', '=', 'library-loans')
    .execute()
  await builds.resume()
  await expect
    .poll(async () => (await builds.list(tenant, 'library-loans')).map(({ status }) => status), {
      timeout: 60_000,
    })
    .toEqual(['done'])
})

it('keeps who approved a requirement as it stood, and who changed the spec [SPEC-STUDIO-04]', async () => {
  const approvals = new Approvals(store.host.forSystem('spec').database<SpecTables>(), systemClock)
  const { found, spec, open } = await requirement('library-loans', 'GET /api/loans')
  const key = `${spec.path}#${found.key}`
  await approvals.put(tenant, 'library-loans', {
    requirement: key,
    textHash: found.textHash,
    by: 'Ada',
    note: '',
  })
  expect((await approvals.list(tenant, 'library-loans')).get(key)).toMatchObject({
    by: 'Ada',
    textHash: found.textHash,
  })
  expect(await approvals.list('other', 'library-loans')).toEqual(new Map())
  const entries = await historyOf(open.repository.folder, [spec.path], signal)
  expect(entries.map(({ title, by }) => [title, by])).toEqual([['Write the spec', 'Ada']])
})

it('finds specs of all repositories by words, each with how stale it is [SPEC-CATALOGUE-01]', async () => {
  const entry = (title: string, text: string, more: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
    repository: 'shop',
    path: `openspec/specs/${title}/spec.md`,
    title,
    format: 'openspec',
    requirements: 1,
    text,
    specChangedAtMs: Date.UTC(2026, 0, 1),
    codeChangedAtMs: Date.UTC(2026, 0, 11),
    drifts: null,
    ...more,
  })
  await catalogue.put('other', 'shop', [
    entry('refunds', 'WHEN a client sends POST /refunds, the service SHALL answer 201.'),
    entry('orders', 'An order may have refunds.', { drifts: 0 }),
    entry('baskets', 'Nothing of that.', { codeChangedAtMs: null }),
  ])
  const search = (text: string) => catalogue.search('other', { text, staleness: null, limit: 10 })
  expect(
    (await search('refund')).map(({ title, staleness, staleDays }) => [title, staleness, staleDays]),
  ).toEqual([
    ['refunds', 'stale', 10],
    ['orders', 'fresh', 10],
  ])
  expect((await search('refu POST')).map(({ title }) => title)).toEqual([])
  expect((await search('POST refu')).map(({ title }) => title)).toEqual(['refunds'])
  expect(await search("'; drop & | ! (")).toEqual([])
  expect(wordsQuery(' & ! ')).toBe('')
  expect((await catalogue.search('other', { text: '', staleness: 'unknown', limit: 10 })).length).toBe(1)
  expect(await catalogue.counts('other')).toEqual({
    fresh: 1,
    stale: 1,
    drifted: 0,
    unknown: 1,
    repositories: 1,
  })
  await catalogue.put('other', 'shop', [])
  expect(await search('')).toEqual([])
  // Those of the samples are filed when they are opened.
  const drifted = await catalogue.search(tenant, { text: 'loans', staleness: 'drifted', limit: 10 })
  expect(drifted.map(({ repository, title }) => [repository, title])).toEqual([
    ['Library loans (TypeScript, Express)', 'loans'],
  ])
})

it('shows code that changed only after it was read again, and forgets what was closed [SPEC-STUDIO-01]', async () => {
  const { repository } = await show('clinic-visits')
  const file = join(repository.folder, 'clinic/visits.py')
  writeFileSync(file, readFileSync(file, 'utf8').replace('le=240', 'le=120'))
  expect((await show('clinic-visits')).drifts).not.toEqual([])
  await repositories.refresh(tenant, 'clinic-visits', signal)
  expect((await show('clinic-visits')).drifts).toEqual([])
  await expect(repositories.find('other', 'clinic-visits')).rejects.toMatchObject({ status: 404 })
  await repositories.close(tenant, 'clinic-visits')
  await expect(show('clinic-visits')).rejects.toMatchObject({ code: 'repository-not-found' })
  expect(existsSync(repository.folder)).toBe(true)
})
