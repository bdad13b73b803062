import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  literalChange,
  literalChanges,
  pathChange,
  readLiteralTasks,
  replaceNearest,
  statusNamesNear,
} from '../../src/plan/literal-change.ts'
import { commandOf, projectTests } from '../../src/plan/project-tests.ts'
import { created, evidence } from '../made-facts.ts'

const was = 'WHEN a client sends POST /loans, the service SHALL answer 201.'

test('sees a change of one number or one text, and of nothing more [SPEC-BUILD-04]', () => {
  expect(literalChange(was, was.replace('201', '202'))).toEqual({ from: '201', to: '202' })
  expect(literalChange('IT SHALL say "No loan.".', 'IT SHALL say "No such loan.".')).toEqual({
    from: '"No loan."',
    to: '"No such loan."',
  })
  expect(literalChange(was, was.replace('201', '202').replace('/loans', '/fees'))).toBeNull()
  expect(literalChange(was, was.replace('client', 'member'))).toBeNull()
  expect(literalChange(was, `${was} And more.`)).toBeNull()
})

test('sees that one number and one text differ in all sentences that they stand in [SPEC-BUILD-04]', () => {
  const sentences = (most: number, text: string) => [
    `WHEN days is at most ${most}, the service SHALL answer 201.`,
    `IF days is greater than ${most}, THEN the service SHALL answer 422 and say "${text}".`,
  ]
  const old = sentences(30, 'Too long.')
  expect(literalChanges(old, sentences(21, 'Three weeks.'))).toEqual([
    { from: '30', to: '21' },
    { from: '"Too long."', to: '"Three weeks."' },
  ])
  const [first = '', second = ''] = sentences(21, 'Too long.')
  expect(literalChanges(old, [first, second.replace('21', '14')])).toEqual([])
  expect(literalChanges(old, [first])).toEqual([])
  expect(literalChanges(old, [first, second.replace('days', 'weeks')])).toEqual([])
})

test('reads its tasks from the prompt that every agent gets [SPEC-BUILD-04]', () => {
  const prompt = `Change it.\n\nTask 1: change "POST /loans"\n  It shall hold: ${was.replace('201', '202')}\n  It holds no more: ${was}\n  Code: src/loans.ts:12 (create)\n\nTask 2: add "GET /fees"\n  It shall hold: IT SHALL answer.\n\nFiles you may change: src/loans.ts`
  expect(readLiteralTasks(prompt)).toEqual([
    {
      name: 'Task 1: change "POST /loans"',
      changes: [{ from: '201', to: '202' }],
      places: [{ path: 'src/loans.ts', line: 12 }],
    },
    { name: 'Task 2: add "GET /fees"', changes: [], places: [] },
  ])
})

test('replaces what is nearest behind the place, as a whole literal in its own quotes [SPEC-BUILD-04]', () => {
  const code = "const HTTP_201 = 201\nfunction create() {\n  say('No loan.')\n  return answer(201)\n}\n"
  const texts = new Map([['a.ts', code]])
  const at = (line: number) => [{ path: 'a.ts', line }]
  expect(replaceNearest(texts, at(2), { from: '201', to: '202' })).toMatchObject({
    line: 4,
    text: code.replace('answer(201)', 'answer(202)'),
  })
  expect(replaceNearest(texts, at(1), { from: '201', to: '202' })?.text).toContain('HTTP_201 = 202')
  expect(replaceNearest(texts, at(2), { from: '"No loan."', to: '"None."' })?.text).toContain("say('None.')")
  expect(replaceNearest(texts, at(5), { from: '201', to: '202' })).toBeNull()
})

test('replaces a status that stands there by its name, in the writing of its language [SPEC-BUILD-04]', () => {
  const near = (path: string, code: string) =>
    replaceNearest(new Map([[path, code]]), [{ path, line: 1 }], { from: '409', to: '422' })?.text
  expect(near('a.go', 'c.JSON(http.StatusConflict, gin.H{})')).toBe(
    'c.JSON(http.StatusUnprocessableEntity, gin.H{})',
  )
  expect(near('A.java', 'throw new E(HttpStatus.CONFLICT)')).toBe(
    'throw new E(HttpStatus.UNPROCESSABLE_ENTITY)',
  )
  expect(near('a.ts', 'throw new HttpException(m, HttpStatus.CONFLICT)')).toBe(
    'throw new HttpException(m, 422)',
  )
  expect(near('a.py', 'x(status.HTTP_409_CONFLICT)\ny(status.HTTP_422_UNPROCESSABLE_ENTITY)')).toContain(
    'x(status.HTTP_422_UNPROCESSABLE_ENTITY)',
  )
  expect(near('a.js', 'throw createError.Conflict()')).toBe('throw createError.UnprocessableEntity()')
  const code = new Map([['a.ts', 'throw new ConflictException()']])
  const at = [{ path: 'a.ts', line: 1 }]
  expect(replaceNearest(code, at, { from: '409', to: '422' })).toBeNull()
  expect(statusNamesNear(code, at, { from: '409', to: '422' })).toMatchObject([{ name: 'ConflictException' }])
})

test('takes another part of an operation’s path for one change, in the text that routes it [SPEC-BUILD-04]', () => {
  const all = (title: string) => [`THE service SHALL answer ${title}.`]
  const change = pathChange(all('GET /api/loans/{id}'), all('GET /api/lending/{id}'))
  expect(change).toEqual({ from: '/loans', to: '/lending' })
  expect(pathChange(all('GET /api/loans/{id}'), all('PUT /api/lending/{id}'))).toBeNull()
  expect(pathChange(all('GET /loans'), [...all('GET /lending'), 'And more.'])).toBeNull()
  const routed = (code: string) =>
    change && replaceNearest(new Map([['a', code]]), [{ path: 'a', line: 1 }], change)?.text
  expect(routed('r.GET("/loans/:id", f)')).toBe('r.GET("/lending/:id", f)')
  expect(routed("@Get('loans/:id')")).toBe("@Get('lending/:id')")
  expect(routed("@Controller('api/loans')")).toBe("@Controller('api/lending')")
  expect(routed("get('/loans-old')")).toBeUndefined()
})

test('takes a command as people type it', () => {
  expect(commandOf(`npm run "my test" -- 'a b'`)).toEqual(['npm', 'run', 'my test', '--', 'a b'])
  expect(commandOf('  ')).toBeNull()
})

test('runs the tests of the language that the facts stand in', async () => {
  const root = await mkdtemp(join(tmpdir(), 'heavylift-tests-'))
  const of = (path: string) => [{ ...created, evidence: [evidence(0, path)] }]
  try {
    expect(await projectTests(root)).toBeNull()
    await writeFile(join(root, 'go.mod'), 'module loans\n')
    await writeFile(join(root, 'package.json'), '{"scripts":{"test":"vitest run"}}')
    expect(await projectTests(root, of('api/loans.go'))).toEqual(['go', 'test', './...'])
    expect(await projectTests(root, of('src/loans.ts'))).toEqual(['npm', 'test', '--silent'])
    expect(await projectTests(root)).toEqual(['npm', 'test', '--silent'])
  } finally {
    await rm(root, { recursive: true })
  }
})
