import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askedOfTests, readHunks, runnerFile, weakenings } from '../../src/plan/weakened-tests.ts'
import type { PlanTask } from '../../src/plan/make-plan.ts'

const javascript = `import assert from 'node:assert'
import { test } from 'node:test'
import { get, post, expectStatus } from './helpers.js'

test('a loan is made', async () => {
  const answer = await post('/loans', { book: 1 })
  assert.strictEqual(answer.status, 201)
})

test('a loan that is not there is not found', async () => {
  const answer = await get('/loans/99')
  assert.strictEqual(answer.status, 404)
  assert.deepStrictEqual(answer.body, { error: 'no such loan' })
})

for (const limit of [0, 101]) {
  test('refuses a limit of ' + limit, async () => {
    expectStatus(await get('/books?limit=' + limit), 400)
  })
}
`
const python = `import pytest


@pytest.mark.parametrize("limit", [0, 101])
def test_limit(client, limit):
    assert client.get(f"/books?limit={limit}").status_code == 400


def test_not_found(client):
    answer = client.get("/loans/99")
    assert answer.status_code == 404
`
const java = `class LoansTest {
  @Test
  void makesALoan() throws Exception {
    mvc.perform(post("/loans")).andExpect(status().isCreated());
  }
}
`
const go = `package loans

func TestNotFound(t *testing.T) {
	answer := get("/loans/99")
	if answer.Code != http.StatusNotFound {
		t.Errorf("got %d", answer.Code)
	}
}
`
const task = (what: PlanTask['what'], subject: string, shallNot: string[], shall: string[]): PlanTask => ({
  id: '1',
  requirement: subject,
  operations: [],
  subject,
  what,
  shall,
  shallNot,
  spans: [],
  after: [],
})
const answers = (title: string, status: number) =>
  `WHEN a client sends ${title}, the service SHALL answer ${status}.`
const to202 = task('change', 'POST /loans', [answers('POST /loans', 201)], [answers('POST /loans', 202)])

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'spec-weakened-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function reasons(before: string, after: string, asked: PlanTask = to202): string[] {
  expect(after).not.toBe(before)
  const [a, b] = [join(folder, 'a'), join(folder, 'b')]
  writeFileSync(a, before)
  writeFileSync(b, after)
  let diff = ''
  try {
    diff = execFileSync('git', ['diff', '--no-index', '-U0', '-w', '--ignore-blank-lines', a, b]).toString()
  } catch (error) {
    diff = String((error as { stdout: Buffer }).stdout)
  }
  const plan = { tasks: [asked], waves: [], paths: [] }
  return weakenings('test/loans.test', readHunks(diff), askedOfTests(plan), before)
}

test.each([
  ['an assertion goes', javascript, "  assert.deepStrictEqual(answer.body, { error: 'no such loan' })\n", ''],
  ['another status is expected', javascript, '404', '500'],
  ['a status is expected that is asked of another operation', javascript, '404', '202'],
  [
    'an assertion holds of anything',
    javascript,
    'assert.strictEqual(answer.status, 404)',
    'assert.ok(answer.status)',
  ],
  ['one of two is enough', javascript, 'answer.status, 404)', 'answer.status, 404 || answer.status)'],
  ['a test is skipped', javascript, "test('a loan that", "test.skip('a loan that"],
  ['another runs alone', javascript, "test('a loan is", "test.only('a loan is"],
  [
    'a test returns before it asserts',
    javascript,
    "get('/loans/99')\n",
    "get('/loans/99')\n  if (answer) return\n",
  ],
  ['an error is caught', javascript, '  assert.deep', '  try {\n  assert.deep'],
  ['a case of a table goes', javascript, '[0, 101]', '[0]'],
  ['a test is commented out', javascript, "test('a loan that", "/*\ntest('a loan that"],
  ['lines are commented out', javascript, '  assert.deep', '  // assert.deep'],
  [
    'assert is replaced',
    javascript,
    "test('a loan is",
    "assert.strictEqual = () => undefined\ntest('a loan is",
  ],
  [
    'the run ends before',
    javascript,
    "test('a loan is",
    "test('new', () => process.exit(0))\ntest('a loan is",
  ],
  ['another path is asked', javascript, "'/loans/99'", "'/loans/98'"],
  ['a helper says nothing', javascript, 'expectStatus(await', 'void (await'],
  ['pytest skips', python, 'def test_not', '@pytest.mark.skip(reason="later")\ndef test_not'],
  ['pytest expects a failure', python, 'def test_not', '@pytest.mark.xfail\ndef test_not'],
  ['pytest does not find it', python, 'def test_not', 'def check_not'],
  [
    'the same name again hides it',
    python,
    'def test_not',
    'def test_not_found(client):\n    pass\n\n\ndef test_not',
  ],
  ['one of two statuses', python, '== 404', 'in (404, 500)'],
  ['or True', python, '== 404', '== 404 or True'],
  ['a case goes', python, '[0, 101]', '[101]'],
  ['JUnit disables', java, '  @Test', '  @Disabled\n  @Test'],
  ['JUnit finds it no more', java, '  @Test\n', ''],
  ['Go skips', go, '\tanswer :=', '\tt.Skip()\n\tanswer :='],
  ['Go is told to go on', go, 't.Errorf', 't.Logf'],
])('a test says less where %s [SPEC-BUILD-06]', (_name, before, from, to) => {
  expect(reasons(before, before.replace(from, to))).not.toEqual([])
})

test.each([
  ['its status is the one that is asked', javascript, '201', '202'],
  ['its status is asked by name', java, 'isCreated', 'isAccepted'],
  [
    'a test comes',
    javascript,
    "test('a loan is",
    "test('new', async () => {\n  if (!(await get('/loans'))) throw new Error('none')\n})\n\ntest('a loan is",
  ],
  ['an assertion comes', javascript, '  assert.deep', '  assert.ok(answer.body)\n  assert.deep'],
  ['a request of what changes carries more', javascript, '{ book: 1 }', '{ book: 1, days: 14 }'],
  ['it is laid out otherwise', python, 'answer = client', 'answer   =  client'],
  ['an import comes', python, 'import pytest', 'import json\nimport pytest'],
  [
    'a case comes in Python',
    python,
    'def test_not',
    'def test_other(client):\n    assert client\n\n\ndef test_not',
  ],
  ['a comment goes', `// about loans\n${javascript}`, '// about loans\n', ''],
  ['a test goes to the end', javascript, /(test\('a loan is[^]*?\n\}\)\n\n)([^]*)/, '$2\n$1'],
])('a test says no less where %s [SPEC-BUILD-06]', (_name, before, from, to) => {
  expect(reasons(before, before.replace(from, to))).toEqual([])
})

test('tests of an operation that the plan removes may go, others not [SPEC-BUILD-06]', () => {
  const rest = javascript.replace(/test\('a loan that[^]*?\n\}\)\n\n/, '')
  expect(reasons(javascript, rest, task('remove', 'GET /loans/{id}', [], []))).toEqual([])
  expect(reasons(javascript, rest, task('remove', 'GET /books', [], []))).not.toEqual([])
})

test('files that tell runners what to run are known by name [SPEC-BUILD-06]', () => {
  for (const name of [
    'conftest.py',
    'tests/conftest.py',
    'jest.config.js',
    'vitest.config.ts',
    '.mocharc.json',
  ])
    expect(runnerFile.test(name), name).toBe(true)
  for (const name of ['src/config.py', 'tests/test_config.py', 'jest.md'])
    expect(runnerFile.test(name), name).toBe(false)
})
