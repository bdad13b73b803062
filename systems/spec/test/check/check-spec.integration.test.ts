import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runCheck } from '../../src/commands/run-check.ts'
import { runWrite } from '../../src/commands/run-write.ts'
import { runDriftEval } from '../../src/evals/drift/drift.ts'

let folder: string
const app = () => join(folder, 'app.py')
const git = (...args: string[]) => execFileSync('git', args, { cwd: folder }).toString().trim()

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spec-check-'))
  cpSync(join(import.meta.dirname, '..', '..', 'samples', 'drift', 'status', 'before'), folder, {
    recursive: true,
  })
  git('init', '-q')
  git('add', '.')
  git('-c', 'user.name=Ada', '-c', 'user.email=a@b', 'commit', '-qm', 'Begin')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function check(options: Record<string, string | boolean> = {}) {
  const lines: string[] = []
  const result = await runCheck({
    args: { path: folder },
    options,
    report: () => {},
    print: (line) => void lines.push(line),
    signal: new AbortController().signal,
  })
  return { ...result, text: lines.join('\n') }
}

const write = () =>
  runWrite({
    args: { path: folder },
    options: {},
    report: () => {},
    print: () => {},
    signal: new AbortController().signal,
  })

test('names the requirement that drifted until somebody accepts it, by whom and at which commit [SPEC-CHECK-01]', async () => {
  await expect(check()).rejects.toMatchObject({ code: 'facts-missing' })
  await check({ accept: true, by: 'Ada' })
  expect(await check()).toMatchObject({ verdict: 'yes' })
  writeFileSync(app(), readFileSync(app(), 'utf8').replace(', 201', ', 200'))
  const drifted = await check({ sarif: join(folder, 'spec.sarif'), junit: join(folder, 'spec.xml') })
  expect(drifted.verdict).toBe('no')
  expect(drifted.text).toMatch(/changed {6}POST \/loans \(app\.py:\d+\)\n {4}was: .*201.*\n {4}now: .*200/)
  expect(readFileSync(join(folder, 'spec.sarif'), 'utf8')).toContain('"ruleId": "changed"')
  expect(readFileSync(join(folder, 'spec.xml'), 'utf8')).toContain('tests="3" failures="1"')
  await check({ accept: true, by: 'Grace' })
  expect(await check()).toMatchObject({ verdict: 'yes' })
  const accepted = readFileSync(join(folder, '.heavylift-spec/accepted.jsonl'), 'utf8').trim().split('\n')
  expect(JSON.parse(accepted[1] ?? '')).toMatchObject({
    by: 'Grace',
    commit: git('rev-parse', 'HEAD'),
    drifts: [{ kind: 'changed', requirement: 'POST /loans' }],
  })
})

test('accepts as many drifts as it told', async () => {
  const loans = join(folder, 'loans')
  cpSync(join(import.meta.dirname, '..', '..', 'samples', 'services', 'loans-express'), loans, {
    recursive: true,
  })
  await check({ accept: true, by: 'Ada' })
  const code = join(loans, 'loans.js')
  writeFileSync(code, readFileSync(code, 'utf8').replace('days > 30', 'days > 21'))
  // What is taken, what is answered and what is refused: three facts, one change.
  expect((await check()).text).toContain('1 drift at')
  expect((await check({ accept: true, by: 'Ada' })).text).toMatch(/Accepted by Ada at \w+: 1 drift\./)
})

const helper = (code: string) =>
  writeFileSync(join(folder, 'rest.py'), `def rest(count):\n    return ${code}\n`)
const callHelper = () =>
  writeFileSync(
    app(),
    readFileSync(app(), 'utf8')
      .replace(/^from flask/m, 'from rest import rest\nfrom flask')
      .replace(/^(def \w+\(.*\n)/m, '$1    shelf.note(rest(3))\n'),
  )

test('tells code behind an operation that may only be written otherwise, and fails by it only where it is strict [SPEC-DRIFT-05]', async () => {
  helper('count - 2')
  callHelper()
  await check({ accept: true, by: 'Ada' })
  expect((await check()).text).toMatch(/^Code and spec agree/)
  // What was agreed is not committed, so nobody knows what the code was.
  helper('count + 2')
  const [lenient, strict] = [
    await check({ sarif: join(folder, 'spec.sarif'), junit: join(folder, 'spec.xml') }),
    await check({ strict: true }),
  ]
  expect(lenient).toMatchObject({ verdict: 'yes', drifts: [{ kind: 'unproved' }] })
  expect(lenient.text).toMatch(/unproved .*\(rest\.py:2\)\n.*`-` became `\+` in `rest`/)
  expect(lenient.text).toContain('1 change of the code that no sentence tells of is above')
  expect(readFileSync(join(folder, 'spec.sarif'), 'utf8')).toContain('"level": "note"')
  expect(readFileSync(join(folder, 'spec.xml'), 'utf8')).toContain('failures="0"')
  expect(strict.verdict).toBe('no')
  expect(await check({ accept: true, by: 'Ada' })).toMatchObject({ accepted: [{ kind: 'unproved' }] })
  expect((await check({ strict: true })).verdict).toBe('yes')
})

test('fails by code behind an operation that does something else where no sentence tells it [SPEC-DRIFT-07]', async () => {
  helper('count - 2')
  callHelper()
  await check({ accept: true, by: 'Ada' })
  git('add', '.')
  git('-c', 'user.name=Ada', '-c', 'user.email=a@b', 'commit', '-qm', 'Agree')
  helper('sum([count, -2])')
  expect(await check()).toMatchObject({ verdict: 'yes', drifts: [{ kind: 'unproved' }] })
  helper('count + 2')
  const changed = await check({ sarif: join(folder, 'spec.sarif'), junit: join(folder, 'spec.xml') })
  expect(changed.verdict).toBe('no')
  expect(changed.text).toMatch(
    /changed .*\(rest\.py:2\)\n +was: `return count - 2`\n +now: `return count \+ 2`/,
  )
  expect(changed.text).not.toContain('how code is read')
  expect(readFileSync(join(folder, 'spec.sarif'), 'utf8')).toContain('"level": "error"')
  expect(readFileSync(join(folder, 'spec.xml'), 'utf8')).toContain('failures="1"')
  expect(await check({ accept: true, by: 'Ada' })).toMatchObject({ accepted: [{ kind: 'changed' }] })
  expect(await check()).toMatchObject({ verdict: 'yes', drifts: [] })
})

test('tells what changed beside the code that ran, until it is accepted [SPEC-DRIFT-08]', async () => {
  const commit = () => {
    git('add', '.')
    git('-c', 'user.name=Ada', '-c', 'user.email=a@b', 'commit', '-qm', 'Agree')
  }
  const shelf = (most: number) =>
    writeFileSync(
      join(folder, 'shelf_rules.py'),
      `from ledgers import watch\n\n\nclass ShelfRules:\n    def before_keep(self, loan):\n        if loan.days > ${most}:\n            raise watch.Stop\n`,
    )
  const nightly = (days: number) =>
    writeFileSync(join(folder, 'nightly.py'), `def sweep(floor):\n    return floor.every(${days})\n`)
  shelf(30)
  nightly(7)
  writeFileSync(
    app(),
    readFileSync(app(), 'utf8')
      .replace(/^from flask/m, 'from ledgers import watch\nfrom shelf_rules import ShelfRules\nfrom flask')
      .replace(/^(def \w+\(.*\n)/m, '$1    watch.by(ShelfRules)\n'),
  )
  await check({ accept: true, by: 'Ada' })
  commit()
  expect((await check()).text).toMatch(/^Code and spec agree/)
  nightly(8)
  const elsewhere = await check()
  expect(elsewhere.verdict).toBe('yes')
  expect(elsewhere.text).toMatch(
    /1 change of code that no operation is known to come to .*\n {2}nightly\.py:2\n.*7.*\n.*8/,
  )
  shelf(31)
  const changed = await check()
  expect(changed.verdict).toBe('no')
  expect(changed.text).toMatch(/changed .*\(shelf_rules\.py:6\)\n +was: .*30.*\n +now: .*31/)
  await check({ accept: true, by: 'Ada' })
  commit()
  expect((await check()).text).toMatch(/^Code and spec agree/)
})

test('says that the spec was edited to what the code does not do, and fails by it where claims are asked for [SPEC-CHECK-01]', async () => {
  await write()
  await check({ accept: true, by: 'Ada' })
  expect((await check()).text).toMatch(/^Code and spec agree: \d+ operations\.$/)
  const spec = join(folder, 'openspec/specs/loans/spec.md')
  writeFileSync(spec, readFileSync(spec, 'utf8').replace('SHALL answer 201', 'SHALL answer 202'))
  const edited = await check()
  expect(edited.verdict).toBe('yes')
  expect(edited.text).toMatch(
    /The code does what was agreed, and the spec says more: .*\n\d+ of \d+ sentences .* --claims/,
  )
  const claimed = await check({ claims: true })
  expect(claimed.verdict).toBe('no')
  expect(claimed.text).toMatch(/not shown by the code: openspec\/specs\/loans\/spec\.md: POST \/loans\n.*202/)
  expect(claimed.text).not.toContain('agree:')
  expect(claimed.text).toContain('1 asks for what the code does not do: `heavylift spec plan`')
})

test('is content where spec and code were both changed to the same, and names what writes that down [SPEC-CHECK-01]', async () => {
  await write()
  await check({ accept: true, by: 'Ada' })
  const spec = join(folder, 'openspec/specs/loans/spec.md')
  writeFileSync(app(), readFileSync(app(), 'utf8').replace(', 201', ', 202'))
  expect((await check()).verdict).toBe('no')
  writeFileSync(spec, readFileSync(spec, 'utf8').replace('SHALL answer 201', 'SHALL answer 202'))
  const done = await check()
  expect(done.verdict).toBe('yes')
  expect(done.text).toMatch(/agrees {7}POST \/loans .*\n.*agreed then: .*201.*\n.*both now: .*202/)
  expect(done.text).toContain('`heavylift spec check --accept --by NAME` writes that down')
  writeFileSync(app(), readFileSync(app(), 'utf8').replace(', 202', ', 203'))
  expect((await check()).verdict).toBe('no')
  writeFileSync(app(), readFileSync(app(), 'utf8').replace(', 203', ', 202'))
  await check({ accept: true, by: 'Ada' })
  expect((await check()).text).toMatch(/^Code and spec agree: \d+ operations\.$/)
  await write()
  writeFileSync(app(), readFileSync(app(), 'utf8').replace(', 202', ', 203'))
  expect((await check({ accept: true, by: 'Ada' })).text).toContain(
    'The spec still has 1 sentence of what was.',
  )
  await write()
  expect((await check({ claims: true })).verdict).toBe('yes')
})

test('tells drifts that come of reading code otherwise from those of the code [SPEC-CHECK-02]', async () => {
  const facts = join(folder, '.heavylift-spec/facts.json')
  const commit = () => {
    git('add', '.')
    git('-c', 'user.name=Ada', '-c', 'user.email=a@b', 'commit', '-qm', 'Go on')
  }
  await check({ accept: true, by: 'Ada' })
  // As a version would have read it that takes a created answer for another.
  writeFileSync(facts, readFileSync(facts, 'utf8').replace('"status":201', '"status":202'))
  commit()
  const reread = await check()
  expect(reread.verdict).toBe('no')
  expect(reread.text).toMatch(/1 of them come of how code is read, .* at [0-9a-f]{12} .*: POST \/loans\./)
  expect(git('worktree', 'list').split('\n')).toHaveLength(1)
  writeFileSync(app(), readFileSync(app(), 'utf8').replace(', 201', ', 200'))
  commit()
  const both = await check()
  expect(both.verdict).toBe('no')
  expect(both.text).not.toContain('how code is read')
  // Facts that are not committed say nothing of when they were agreed.
  writeFileSync(facts, readFileSync(facts, 'utf8').replace('"status":202', '"status":203'))
  expect((await check()).text).not.toContain('how code is read')
})

test('takes no change of the code for another reading because a sentence tells it too [SPEC-CHECK-02]', async () => {
  const asks = (how: string) =>
    `def is_out():\n    return request.args.get('lent') ${how} request.args.get('away')\n\n\n@app.route('/loans')`
  const code = readFileSync(app(), 'utf8').replace('if copy.is_lent', 'if is_out()')
  writeFileSync(app(), code.replace("@app.route('/loans')", asks('and')))
  await check({ accept: true, by: 'Ada' })
  git('add', '.')
  git('-c', 'user.name=Ada', '-c', 'user.email=a@b', 'commit', '-qm', 'Go on')
  writeFileSync(app(), code.replace("@app.route('/loans')", asks('or')))
  const changed = await check()
  expect(changed.verdict).toBe('no')
  expect(changed.text).toMatch(/was: `.* and .*`\n +now: `.* or request.args.get\('away'\)`/)
  expect(changed.text).not.toContain('how code is read')
})

test('repairs evidence that moved, and says so [SPEC-CHECK-01]', async () => {
  await check({ accept: true, by: 'Ada' })
  renameSync(app(), join(folder, 'server.py'))
  const moved = await check()
  expect(moved.verdict).toBe('yes')
  expect(moved.text).toMatch(/evidence of \d+ facts moved/)
  expect(readFileSync(join(folder, '.heavylift-spec/facts.json'), 'utf8')).toContain('server.py')
  expect(moved.text).toContain('`.heavylift-spec/facts.json` was written anew')
  const again = await check()
  expect(again.text).not.toContain('moved')
  expect(again.text).not.toContain('anew')
})

test('says that it writes what another name of a function is, and writes nothing where what was agreed would go [SPEC-CHECK-01]', async () => {
  helper('count - 2')
  callHelper()
  await check({ accept: true, by: 'Ada' })
  const facts = join(folder, '.heavylift-spec/facts.json')
  for (const path of [app(), join(folder, 'rest.py')])
    writeFileSync(
      path,
      readFileSync(path, 'utf8')
        .replaceAll(/\brest\(/g, 'left(')
        .replace('import rest', 'import left'),
    )
  expect((await check()).text).toMatch(/^Code and spec agree: \d+ operations\.\n`.*` was written anew/)
  // What was agreed of an error is read otherwise now, and its code is as it was, elsewhere.
  const agreed = readFileSync(facts, 'utf8').replace('"status":404', '"status":410')
  expect(agreed).toContain('"status":410')
  writeFileSync(facts, agreed)
  renameSync(join(folder, 'rest.py'), join(folder, 'remainder.py'))
  writeFileSync(app(), readFileSync(app(), 'utf8').replace('from rest', 'from remainder'))
  expect((await check()).text).not.toContain('anew')
  expect(readFileSync(facts, 'utf8')).toBe(agreed)
})

test('passes nothing where nothing was read, and says what only a description tells [SPEC-CHECK-01]', async () => {
  writeFileSync(app(), 'print("nothing is served here")\n')
  await check({ accept: true, by: 'Ada' })
  const blind = await check()
  expect(blind).toMatchObject({ verdict: 'no', drifts: [] })
  expect(blind.text).toContain('Nothing was read here that could drift')
  // A framework that is not read, beside a description of what it serves.
  rmSync(app())
  writeFileSync(join(folder, 'package.json'), '{"dependencies":{"moleculer-web":"0.10.7"}}')
  writeFileSync(
    join(folder, 'index.js'),
    "const ApiService = require('moleculer-web')\nmodule.exports = { mixins: [ApiService] }\n",
  )
  writeFileSync(
    join(folder, 'openapi.json'),
    JSON.stringify({
      openapi: '3.0.0',
      paths: { '/berths': { get: { responses: { 200: { description: 'All' } } } } },
    }),
  )
  await check({ accept: true, by: 'Ada' })
  const described = await check()
  expect(described.verdict).toBe('yes')
  expect(described.text).toContain('Of 1 operation nothing but a description was read (openapi.json)')
})

test('prints a workflow that checks pull requests', async () => {
  expect((await check({ action: true })).text).toContain('npx heavylift spec check . --sarif spec.sarif')
})

test('measures our cases of drift: all caught on their requirement, refactorings quiet [SPEC-DRIFT-02]', async () => {
  const { metrics, failures } = await runDriftEval({
    dataDir: null,
    report: () => {},
    signal: new AbortController().signal,
  })
  expect(failures).toEqual([])
  expect(metrics).toMatchObject({ cases: 7, caught: 1, localised: 1, falseAlarms: 0 })
})
