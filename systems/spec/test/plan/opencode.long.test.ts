import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startScriptedModelServer } from '@heavylift/models/testing'
import type { ModelScript, ScriptedRequest } from '@heavylift/models/testing'
import { startTaskGateway } from '@heavylift/models/testing/gateway'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { extractFacts } from '../../src/extract/extract-facts.ts'
import { readOpenSpec } from '../../src/formats/openspec.ts'
import { build } from '../../src/plan/build.ts'
import { changeBetween } from '../../src/plan/change.ts'
import { makePlan } from '../../src/plan/make-plan.ts'
import { writeSpec } from '../../src/formats/write.ts'
import { writeRequirements } from '../../src/requirements/write-requirements.ts'

// OpenCode from npm, as it is published; its program is in a package for each platform, so its install script is not needed.
const version = '1.18.33'
const service = `import express from 'express'
const app = express()
app.post('/loans', (req, res) => {
  res.status(201).json({ id: 1 })
})
app.get('/loans', (req, res) => {
  res.status(200).json([])
})
app.listen(3000)
`
let folder: string
let program: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'spec-opencode-'))
  const install = join(folder, 'program')
  mkdirSync(install)
  writeFileSync(join(install, 'package.json'), '{"private":true}')
  await promisify(execFile)(
    'npm',
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--silent', `opencode-ai@${version}`],
    { cwd: install },
  )
  const own = readdirSync(join(install, 'node_modules')).find((name) =>
    name.startsWith(`opencode-${process.platform}-${process.arch}`),
  )
  program = join(install, 'node_modules', own ?? 'opencode-not-for-this-platform', 'bin', 'opencode')
}, 300_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What a model does that edits `src/service.js` once: reads it, edits it, and says so. */
function editing(from: string, to: string) {
  return ({ messages, tools }: ScriptedRequest): ModelScript => {
    const done = messages.filter(({ role }) => role === 'tool').length
    const said = messages.map(({ content }) => String(content)).join('\n')
    const path = join(/\S+-runs\/answer-\d+(?=\s|$)/.exec(said)?.[0] ?? '', 'src/service.js')
    if (!tools?.length) return { deltas: ['A loan is answered otherwise'] }
    if (done === 0)
      return { deltas: [], toolCalls: [{ name: 'read', arguments: JSON.stringify({ filePath: path }) }] }
    if (done === 1)
      return {
        deltas: [],
        toolCalls: [
          { name: 'edit', arguments: JSON.stringify({ filePath: path, oldString: from, newString: to }) },
        ],
      }
    return { deltas: ['Done: the loan is answered as the spec says.'] }
  }
}

async function buildBy(script: ReturnType<typeof editing>, name: string) {
  const model = await startScriptedModelServer(script)
  const gateway = await startTaskGateway({ baseUrl: model.baseUrl, model: 'coder' })
  const repository = join(folder, name)
  try {
    mkdirSync(join(repository, 'src'), { recursive: true })
    writeFileSync(
      join(repository, 'package.json'),
      '{ "name": "loans", "dependencies": { "express": "5" } }\n',
    )
    writeFileSync(join(repository, 'src/service.js'), service)
    const git = (...args: string[]) => execFileSync('git', args, { cwd: repository }).toString()
    git('init', '-q')
    git('add', '.')
    git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'Begin')
    const extract = async (path: string) =>
      (await extractFacts(path, () => undefined, new AbortController().signal)).set
    const before = await extract(repository)
    const text = writeRequirements(before)
      .map((one) => writeSpec(one, 'openspec'))
      .join('\n')
    const edited = text.replace(
      'POST /loans, the service SHALL answer 201',
      'POST /loans, the service SHALL answer 202',
    )
    const plan = makePlan(
      changeBetween(readOpenSpec(text, 'spec'), readOpenSpec(edited, 'spec')),
      before.facts,
    )
    const home = join(folder, `${name}-home`)
    mkdirSync(home)
    const settings = {
      provider: {
        heavylift: {
          npm: '@ai-sdk/openai-compatible',
          options: { baseURL: `${gateway.address}/v1`, apiKey: 'none' },
          models: { coder: { tool_call: true, limit: { context: 100_000, output: 10_000 } } },
        },
      },
      model: 'heavylift/coder',
      small_model: 'heavylift/coder',
      autoupdate: false,
      share: 'disabled',
    }
    const lines: string[] = []
    const { state } = await build({
      name,
      repository,
      runsFolder: join(folder, `${name}-runs`),
      plan,
      before: before.facts,
      agentCommand: [
        'env',
        `HOME=${home}`,
        `XDG_CONFIG_HOME=${home}/config`,
        `XDG_DATA_HOME=${home}/data`,
        `XDG_CACHE_HOME=${home}/cache`,
        `XDG_STATE_HOME=${home}/state`,
        'OPENCODE_DISABLE_MODELS_FETCH=1',
        'OPENCODE_DISABLE_LSP_DOWNLOAD=1',
        `OPENCODE_CONFIG_CONTENT=${JSON.stringify(settings)}`,
        program,
        'acp',
      ],
      testCommand: null,
      extract: async (path) => (await extract(path)).facts,
      onLine: (line) => lines.push(line),
      signal: AbortSignal.timeout(240_000),
    })
    return { state, lines, calls: gateway.records.length, git }
  } finally {
    await gateway.close()
    await model.close()
  }
}

test('OpenCode builds an edited sentence over ACP with a model of the gateway [SPEC-BUILD-05]', async () => {
  const { state, calls, git } = await buildBy(editing('status(201)', 'status(202)'), 'answer-202')
  expect(state).toMatchObject({ step: 'done', branch: 'spec/answer-202' })
  expect(git('show', 'spec/answer-202:src/service.js')).toContain('res.status(202)')
  expect(git('status', '--porcelain')).toBe('')
  expect(calls).toBeGreaterThan(2)
})

test('what a model lets OpenCode do otherwise is refused by the gates [SPEC-BUILD-05]', async () => {
  const { state } = await buildBy(editing('res.status(200)', 'res.status(204)'), 'answer-203')
  expect(state.step).toBe('refused')
  expect(state.gates.at(-1)).toMatchObject({ gate: 'spec', isPassed: false })
  expect(readFileSync(join(folder, 'answer-203/src/service.js'), 'utf8')).toBe(service)
})
