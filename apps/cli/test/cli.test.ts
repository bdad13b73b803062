import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { CliError, exitCodes } from '../src/exit-codes.ts'
import { callServer } from '../src/server-client.ts'
import { runWith } from './cli-fixture.ts'

test('eval --json prints one JSON object of the agreed shape and nothing else [CLI-EVAL-01]', async () => {
  const { code, stdout, stderr } = await runWith(['eval', 'echo.quality', '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toEqual({
    name: 'echo.quality',
    version: '1.2.3+abc',
    n: 1_234,
    metrics: { ndcgAt10: 0.9, violations: 0 },
    baseline: { ndcgAt10: 0.6 },
    seconds: expect.any(Number) as number,
  })
  expect(stderr).toContain('scoring')
})

test('eval without --json prints a table with goals and verdicts [CLI-EVAL-02]', async () => {
  const { stdout } = await runWith(['eval', 'echo.quality'])
  expect(stdout).toMatch(/ndcgAt10\s+0\.9\s+0\.6\s+≥ 0\.85\s+pass/)
  expect(stdout).toMatch(/violations\s+0\s+–\s+≤ 0\s+pass/)
  expect(stdout).toContain('n = 1,234')
})

test('--data is resolved against the working folder, and a missed goal is said [CLI-EVAL-02]', async () => {
  const plain = await runWith(['eval', 'echo.quality', '--data', 'files'])
  expect(plain.stdout).toMatch(/ndcgAt10\s+0\.5.*falls short/)
  expect(plain.code).toBe(0)
  const strict = await runWith(['eval', 'echo.quality', '--data', 'files', '--strict'])
  expect(strict.code).toBe(exitCodes.goalMissed)
  expect(strict.stderr).toContain('ndcgAt10')
})

test('an eval gets options of its own, files against the working folder, and lists failures [CLI-EVAL-04]', async () => {
  const own = ['--judge', 'me.json', '--fail']
  const { stdout, stderr } = await runWith(['eval', 'echo.quality', ...own, '--json'])
  expect(stderr).toBe('')
  expect(JSON.parse(stdout)).toMatchObject({ n: 1, failures: ['judged by /somewhere/me.json'] })
  expect((await runWith(['eval', 'echo.quality', ...own])).stdout).toContain('judged by /somewhere/me.json')
  expect((await runWith(['eval'])).stdout).toMatch(/--judge <file> {2}who judges/)
})

test.each([
  [['--jury', 'x'], "unknown option '--jury'"],
  [['--judge'], "'--judge <file>' argument missing"],
  [['more'], 'too many arguments'],
])('an eval refuses %j, which it does not have [CLI-EVAL-04]', async (words, message) => {
  const { code, stdout, stderr } = await runWith(['eval', 'echo.quality', ...words])
  expect([code, stdout]).toEqual([exitCodes.usage, ''])
  expect(stderr).toContain(message)
})

test('bench prints peers beside the measured figures [CLI-EVAL-01]', async () => {
  const { stdout } = await runWith(['bench', 'echo.speed', '--json'])
  expect(JSON.parse(stdout)).toMatchObject({ name: 'echo.speed', peers: { other: { p50Ms: 2 } } })
})

test('an unknown eval lists what exists and suggests the nearest [CLI-EVAL-03]', async () => {
  const { code, stderr, stdout } = await runWith(['eval', 'echo.qualty'])
  expect(code).toBe(exitCodes.usage)
  expect(stderr).toContain('Did you mean echo.quality?')
  expect(stderr).toContain('How good, in shares.')
  expect(stdout).toBe('')
})

test('a command of a system gets its arguments and options; --json prints only what it returns [CLI-SYSTEM-01]', async () => {
  const plain = await runWith(['echo', 'import', 'a.csv', '--format', 'csv'])
  expect(plain.stdout).toBe('took a.csv\n')
  const json = await runWith(['echo', 'import', 'a.csv', 'mine', '--json'])
  expect(JSON.parse(json.stdout)).toEqual({ args: { file: 'a.csv', name: 'mine' }, format: null })
})

test('import is the import of the system that has one [CLI-SYSTEM-01]', async () => {
  const { stdout, code } = await runWith(['import', 'a.csv', '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toEqual({ args: { file: 'a.csv' }, format: null })
})

test('help shows commands, systems, examples and exit codes [CLI-HELP-01]', async () => {
  const { code, stdout } = await runWith(['--help'])
  expect(code).toBe(0)
  for (const words of ['serve', 'echo', 'Says it back.', 'Examples:', 'Exit codes:', 'import']) {
    expect(stdout).toContain(words)
  }
})

test.each([
  [['srve'], 'Did you mean serve?'],
  [['eval', '--nope'], 'unknown option'],
  [['keys', 'create'], "missing required argument 'name'"],
  [
    ['keys', 'create', 'x', '--scope', 'god'],
    'Allowed choices are storefront, models, agents, operator, admin',
  ],
  [['completion', 'tcsh'], 'bash, zsh or fish'],
])('wrong use exits with 2 and says what is wrong: %j [CLI-EXIT-01]', async (argv, words) => {
  const { code, stdout, stderr } = await runWith(argv)
  expect(code).toBe(exitCodes.usage)
  expect(stderr).toContain(words)
  expect(stdout).toBe('')
})

test('without a running server the exit code is 3 and the message says how to start one [CLI-EXIT-02]', async () => {
  const { code, stderr } = await runWith(['status'], {
    // Port 9 (discard) on loopback: nothing listens there.
    api: (path) =>
      callServer({ address: 'http://127.0.0.1:9', key: undefined, signal: AbortSignal.timeout(5_000) }, path),
  })
  expect(code).toBe(exitCodes.serverNotRunning)
  expect(stderr).toContain('npm start')
})

test('with --json an error is one JSON object on standard error [CLI-EXIT-01]', async () => {
  const { code, stdout, stderr } = await runWith(['status', '--json'], {
    api: () => Promise.reject(new CliError({ code: 'server-not-running', message: 'None.', exitCode: 3 })),
  })
  expect([code, stdout]).toEqual([3, ''])
  expect(JSON.parse(stderr)).toEqual({ error: { code: 'server-not-running', message: 'None.' } })
})

test('config documents options with value and source, and never shows a secret [CLI-CONFIG-01]', async () => {
  const env = { HEAVYLIFT_SERVER_SECRET: 'planted', HEAVYLIFT_SERVER_PORT: '5000' }
  const plain = await runWith(['config'], { env })
  expect(plain.stdout).toContain('server.port = 5000  (from HEAVYLIFT_SERVER_PORT)')
  expect(plain.stdout).toContain('TCP port.')
  const json = await runWith(['config', 'server.port', '--json'], { env })
  expect(JSON.parse(json.stdout)).toEqual({
    options: [expect.objectContaining({ path: 'server.port', value: 5_000, default: 4_280 })],
  })
  expect(plain.stdout + json.stdout).not.toContain('planted')
})

test('a wrong configuration exits with 2 and names the variable [CLI-CONFIG-01]', async () => {
  const { code, stderr } = await runWith(['config'], { env: { HEAVYLIFT_SERVER_PORT: 'x' } })
  expect(code).toBe(exitCodes.usage)
  expect(stderr).toContain('HEAVYLIFT_SERVER_PORT')
})

const keyRecord = {
  keyId: 'key_1',
  name: 'web',
  tenantId: 'main',
  kind: 'secret',
  scope: 'operator',
  prefix: 'hl_sk_1',
  createdAtMs: 0,
  lastUsedAtMs: null,
  revokedAtMs: null,
  expiresAtMs: null,
  limits: null,
}

test('keys create prints only the secret on standard output [CLI-KEYS-01]', async () => {
  const calls: unknown[] = []
  const { stdout, stderr } = await runWith(['keys', 'create', 'web', '--scope', 'admin'], {
    async api(path, init) {
      calls.push([path, init?.method, JSON.parse(typeof init?.body === 'string' ? init.body : 'null')])
      return Response.json({ key: keyRecord, secret: 'hl_sk_1_secretsecretsecret' })
    },
  })
  expect(stdout).toBe('hl_sk_1_secretsecretsecret\n')
  expect(stderr).toContain('not shown again')
  expect(calls).toEqual([
    [
      '/api/heavylift/keys',
      'POST',
      { name: 'web', scope: 'admin', kind: 'secret', allowedOrigins: [], expiresAtMs: null, limits: null },
    ],
  ])
})

test('a key for models is made with what it may use, for another tenant, with an end [CLI-KEYS-03]', async () => {
  const sent: { headers: Record<string, string>; body: { expiresAtMs: number } }[] = []
  const words =
    'keys create team --tenant acme --models answers,small --budget 20.5 --requests-per-minute 60 --expires 2d'
  await runWith(words.split(' '), {
    api: async (_path, init) => {
      const body = JSON.parse(typeof init?.body === 'string' ? init.body : 'null') as { expiresAtMs: number }
      sent.push({ headers: init?.headers as Record<string, string>, body })
      return Response.json({ key: keyRecord, secret: 'hl_sk_1_secretsecretsecret' })
    },
  })
  expect(sent).toMatchObject([
    {
      headers: { 'x-heavylift-tenant': 'acme' },
      body: {
        scope: 'models',
        limits: {
          models: ['answers', 'small'],
          budgetUsdPerMonth: 20.5,
          requestsPerMinute: 60,
          maxInFlight: null,
        },
      },
    },
  ])
  const daysLeft = ((sent[0]?.body.expiresAtMs ?? 0) - Date.now()) / 86_400_000
  expect(daysLeft).toBeGreaterThan(1.9)
  expect(daysLeft).toBeLessThanOrEqual(2)
})

test.each([
  ['--budget=-1', '--budget is "-1"'],
  ['--expires=yesterday', '--expires is "yesterday"; expected 30d, 12h, or a date to come'],
  ['--expires=2020-01-01', 'expected 30d, 12h, or a date to come'],
])('%s makes no key and says what is expected [CLI-KEYS-03]', async (option, words) => {
  const { code, stdout, stderr } = await runWith(['keys', 'create', 'team', option], {
    api: () => Promise.reject(new Error('Nothing may be asked.')),
  })
  expect([code, stdout]).toEqual([exitCodes.usage, ''])
  expect(stderr).toContain(words)
})

test('a refusal by the server is shown in its own words [CLI-KEYS-01]', async () => {
  const { code, stderr } = await runWith(['keys', 'revoke', 'key_9'], {
    api: async () =>
      Response.json(
        { error: { code: 'key-unknown', message: 'There is no such key.', details: null, id: 'r' } },
        { status: 404 },
      ),
  })
  expect([code, stderr]).toEqual([exitCodes.failed, 'There is no such key.\n'])
})

test('status shows every part and fails when one fails [CLI-STATUS-01]', async () => {
  const health = (state: string) => ({ status: state, parts: { store: { state: 'ok' }, shop: { state } } })
  const systems = { version: '1', systems: [{ name: 'shop', title: 'Shop', state: 'running' }] }
  const api = (state: string) => async (path: string) => {
    const response = Response.json(path === '/healthz' ? health(state) : systems)
    Object.defineProperty(response, 'url', { value: `http://127.0.0.1:4280${path}` })
    return response
  }
  const well = await runWith(['status'], { api: api('ok') })
  expect(well.code).toBe(0)
  expect(well.stdout).toMatch(/http:\/\/127\.0\.0\.1:4280 {2}ok[\s\S]*Shop\s+ok/)
  expect((await runWith(['status'], { api: api('failing') })).code).toBe(exitCodes.failed)
})

test('an interrupted command says so in one line and answers 130', async () => {
  const interrupt = new AbortController()
  const stop = () => {
    interrupt.abort(new DOMException('Interrupted.', 'AbortError'))
    return Promise.reject(interrupt.signal.reason as Error)
  }
  const { code, stderr } = await runWith(['echo', 'import', 'a.csv'], {
    signal: interrupt.signal,
    systems: [{ name: 'echo', summary: '', load: stop }],
  })
  expect([code, stderr]).toEqual([130, 'Interrupted.\n'])
})

test('a command whose answer is no exits with 5, which its help says [CLI-EXIT-03]', async () => {
  expect((await runWith(['echo', 'judge', 'yes'])).code).toBe(exitCodes.ok)
  const { code, stdout, stderr } = await runWith(['echo', 'judge', 'no', '--json'])
  expect([code, JSON.parse(stdout), stderr]).toEqual([5, { verdict: 'no' }, ''])
  expect((await runWith(['echo', 'judge', 'undecided'])).code).toBe(exitCodes.verdictUndecided)
  expect((await runWith(['echo', 'judge', '--help'])).stdout).toContain('Exits with 5 when it says no.')
})

test('what destroys asks first, and refuses where nobody can be asked [CLI-CONFIRM-01]', async () => {
  const clear = (argv: string[], answer: boolean | null) =>
    runWith(['echo', 'clear', ...argv], { ask: () => Promise.resolve(answer) })
  expect(await clear([], true)).toMatchObject({ code: 0, stdout: 'removed\n' })
  expect(await clear(['--yes'], null)).toMatchObject({ code: 0, stdout: 'removed\n' })
  expect(await clear([], false)).toMatchObject({
    code: exitCodes.usage,
    stdout: '',
    stderr: 'Nothing was changed.\n',
  })
  const unasked = await clear([], null)
  expect([unasked.code, unasked.stdout]).toEqual([exitCodes.usage, ''])
  expect(unasked.stderr).toContain('Remove 3 things?')
  expect(unasked.stderr).toContain('--yes')
})

test.each([
  [['sta'], ['status']],
  [[''], ['serve', 'status', 'config', 'keys', 'echo', 'import', 'help']],
  [
    ['echo', ''],
    ['import', 'judge', 'clear', 'help'],
  ],
  [
    ['echo', 'judge', 'n'],
    ['no', 'not now'],
  ],
  [
    ['echo', 'judge', '--'],
    ['--json', '--of', '--from'],
  ],
  [['echo', 'judge', 'yes', '--of', ''], ['of-yes']],
  [['echo', 'judge', '--from', ''], []],
  [['echo', 'judge', 'yes', ''], []],
  [['eval', '--json', 'ec'], ['echo.quality']],
  [['serve', '--only', 'e'], ['echo']],
  [['nonsense', ''], []],
])('after %j the shell is offered %j, and never an error [CLI-COMPLETION-01]', async (words, offered) => {
  const { code, stdout, stderr } = await runWith(['__complete', '--', ...words])
  const lines = stdout.split('\n').filter((line) => line !== '')
  expect([code, stderr]).toEqual([0, ''])
  if (words.at(-1) === '' && words.length < 3) expect(lines).toEqual(expect.arrayContaining(offered))
  else expect(lines).toEqual(offered)
})

test('keys that still work complete by id [CLI-COMPLETION-01]', async () => {
  const api = async () =>
    Response.json({ keys: [keyRecord, { ...keyRecord, keyId: 'key_2', revokedAtMs: 1 }] })
  expect((await runWith(['__complete', '--', 'keys', 'revoke', ''], { api })).stdout).toBe('key_1\n')
})

test.each([
  [['eval', 'echo.quality', '--jury', 'x', '--json'], 'usage', "unknown option '--jury'"],
  [['srve', '--json'], 'usage', 'Did you mean serve?'],
  [['keys', 'create', '--json'], 'usage', "missing required argument 'name'"],
  [['eval', 'echo.none', '--json'], 'eval-unknown', 'echo.quality'],
])('with --json wrong use is one JSON object too: %j [CLI-EXIT-01]', async (argv, errorCode, words) => {
  const { code, stdout, stderr } = await runWith(argv)
  expect([code, stdout]).toEqual([exitCodes.usage, ''])
  const { error } = JSON.parse(stderr) as { error: { code: string; message: string } }
  expect(error.code).toBe(errorCode)
  expect(error.message).toContain(words)
})

test('what the file system refuses is said in a sentence with the path [CLI-FILES-01]', async () => {
  const api = async () => Response.json(await readFile('/nowhere/catalog.csv'))
  const plain = await runWith(['status'], { api })
  expect([plain.code, plain.stderr]).toEqual([
    exitCodes.failed,
    'There is no file or folder /nowhere/catalog.csv. Check the path.\n',
  ])
  const json = await runWith(['status', '--json'], { api: async () => Response.json(await readFile('/')) })
  expect(JSON.parse(json.stderr)).toEqual({
    error: {
      code: 'file-unusable',
      message: '(of an argument) is a folder, and a file is needed. Name the file.',
    },
  })
})
