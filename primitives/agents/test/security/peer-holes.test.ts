import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { problemsOf } from '../../src/definition/check.ts'
import { compile } from '../../src/expressions/expression.ts'
import { parseTemplate } from '../../src/expressions/template.ts'
import { checkFile } from '../../src/files/check-file.ts'
import { changesBetween } from '../../src/files/change.ts'
import { runRoutes } from '../../src/routes/runs.ts'

// docs/security.md, "What befell others", says which published hole each of these stands for.

const definition = (more: object) => ({
  schema: 'heavylift.agent/1',
  name: 'a',
  title: 'A',
  steps: [{ id: 's', kind: 'set', value: 1 }],
  ...more,
})
const wasRun = (): boolean => (globalThis as { pwned?: boolean }).pwned === true

const scripts = [
  'this.constructor.constructor("return process")().mainModule.require("child_process").execSync("id")',
  '{}.constructor.constructor("globalThis.pwned = true")()',
  '(function(){ globalThis.pwned = true })()',
  '(() => { with (Object) { return constructor("globalThis.pwned = true")() } })()',
  '`${globalThis.pwned = true}`',
  'input["__proto__"]["constructor"]("globalThis.pwned = true")()',
  '[].map.constructor("globalThis.pwned = true")()',
  'input.toString.constructor("globalThis.pwned = true")()',
  'Function("globalThis.pwned = true")()',
  'require("fs").readFileSync("/etc/passwd")',
  'process.env',
  'import("fs")',
  'new Error().stack',
  '__import__("os").system("id")',
]

describe('holes that others had', () => {
  test.each(scripts)('an expression leaves its language nowhere: %s [AGENTS-HOLES-01]', (script) => {
    for (const run of [
      () => compile(script).evaluate({ input: { a: 1 } }),
      () => parseTemplate(`\${${script}}`).render({ input: { a: 1 } }),
    ])
      expect(run).toThrow(expect.objectContaining({ code: expect.stringMatching(/^expression-/) }))
    expect(wasRun()).toBe(false)
  })

  test.each([
    ...scripts,
    '@exec("globalThis.pwned = true")\ndef x(): pass',
    'x'.repeat(3) + '\u2028globalThis.pwned = true',
  ])('reading and checking a definition runs nothing of it: %s [AGENTS-HOLES-02]', (script) => {
    const file = definition({
      summary: script,
      policy: [{ id: 'p', when: script, verdict: 'allow' }],
      steps: [
        { id: 'code', kind: 'code', code: script, with: { a: `\${${script}}` } },
        { id: 'say', kind: 'model', prompt: script, system: `\${${script}}` },
      ],
    })
    const checked = checkFile(stringify(file))
    if (checked.definition !== null) problemsOf(checked.definition)
    checkFile(`a: !!js/function '${script.replaceAll("'", '"').replaceAll('\n', ' ')}'`)
    expect(wasRun()).toBe(false)
  })

  test('nothing of the product makes code of text, and no part that a definition reaches starts a process [AGENTS-HOLES-02]', async () => {
    const root = path.join(import.meta.dirname, '../../src')
    const files = (await readdir(root, { recursive: true })).filter(
      (name) => name.endsWith('.ts') && !/^(benches|evals|testing)\//.test(name),
    )
    expect(files.length).toBeGreaterThan(50)
    for (const name of files) {
      const text = await readFile(path.join(root, name), 'utf8')
      expect(text, name).not.toMatch(/\bnew Function\(|[^.\w]eval\(|from 'node:vm'/)
      if (/^(expressions|definition|guard|run)\//.test(name))
        expect(text, name).not.toMatch(/from 'node:(child_process|fs|fs\/promises|net|http)'/)
    }
  })

  test('who starts a run gives an id and an input, and no definition [AGENTS-HOLES-03]', () => {
    const routes = runRoutes({} as never)
    const start = routes.find(({ method, path: at }) => method === 'post' && at === '/agents/:name/runs')!
    expect(start.access).not.toBe('public')
    const body = { id: 'r1', input: { a: 1 }, data: definition({}), definition: definition({}), steps: [] }
    const taken = (start.body as { safeParse(value: unknown): { data?: object } }).safeParse(body).data ?? {}
    expect(Object.keys(taken).toSorted()).toEqual(['id', 'input'])
    for (const { access, path: at } of routes) expect(access, at).not.toBe('public')
  })

  test('a definition names no command, file or address to reach: only what an administrator registered [AGENTS-HOLES-04]', () => {
    for (const more of [
      { command: 'npx', args: ['-c', 'id'] },
      { env: { PATH: '/tmp' } },
      { url: 'http://169.254.169.254/' },
      { transport: 'stdio' },
    ]) {
      const file = definition({ tools: [{ id: 't', from: 'mcp:x', tool: 'x', ...more }] })
      const { problems } = checkFile(JSON.stringify(file))
      expect(problems.map(({ code }) => code)).toContain('unknown-key')
    }
  })

  test('a body that pretends to be an upload is a value like any other [AGENTS-HOLES-04]', () => {
    const body = {
      files: { upload: { filepath: '/etc/passwd', originalFilename: 'x', mimetype: 'text/plain' } },
    }
    expect(parseTemplate('${input}').render({ input: body })).toEqual(body)
  })

  test('names that mean something to JavaScript change nothing for anybody else [AGENTS-HOLES-05]', () => {
    const poison = JSON.parse(
      '{"__proto__": {"pwned": true}, "constructor": {"prototype": {"pwned": true}}}',
    ) as object
    parseTemplate({ a: '${input}', ...poison }).render({ input: poison })
    compile('input.map(k, input[k])').evaluate({ input: poison })
    checkFile(JSON.stringify(definition({})).replace('"title"', '"__proto__": {"pwned": true}, "title"'))
    const before = checkFile(JSON.stringify(definition({ input: { type: 'object' } }))).definition!
    changesBetween(before, { ...before, input: poison as Record<string, unknown> })
    expect(({} as { pwned?: boolean }).pwned).toBeUndefined()
    expect(Object.prototype).not.toHaveProperty('pwned')
  })
})
