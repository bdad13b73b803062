import { beforeAll, expect, test } from 'vitest'
import { codeChanges } from '../../src/drift/code-changes.ts'
import { readSource } from '../../src/extract/read-repository.ts'
import { loadGrammars } from '../../src/parse/syntax-tree.ts'

beforeAll(loadGrammars)

async function said(path: string, text: string, from: string, to: string) {
  expect(text).toContain(from)
  const read = (one: string) => readSource(path, () => Promise.resolve(one))
  const changes = codeChanges([{ was: await read(text), is: await read(text.replace(from, to)) }])
  return changes.map(({ was, is }) => [was, is])
}

const looms = `function weave(loom, yarn) {
  if (yarn.length > 3) {
    throw new LoomError('too much yarn')
  }
  if (loom.busy) {
    loom.tell('busy', 409)
    return
  }
  if (loom.old) {
    return loom.last
  } else {
    loom.turn(1)
  }
  return loom.take(yarn)
}
`

test.each([
  [
    'what is asked',
    'length > 3',
    'length >= 3',
    "Where `yarn.length > 3`, it fails with `new LoomError('too much yarn')`.",
    "Where `yarn.length >= 3`, it fails with `new LoomError('too much yarn')`.",
  ],
  [
    'what is done then',
    "'busy', 409",
    "'busy', 429",
    "Where `loom.busy`, it does `loom.tell('busy', 409)` and leaves.",
    "Where `loom.busy`, it does `loom.tell('busy', 429)` and leaves.",
  ],
  [
    'that it goes on then',
    '    return\n',
    '',
    "Where `loom.busy`, it does `loom.tell('busy', 409)` and leaves.",
    "Where `loom.busy`, it does `loom.tell('busy', 409)` and goes on.",
  ],
  [
    'what it comes back with then',
    'return loom.last',
    'return null',
    'Where `loom.old`, it comes back with `loom.last`.',
    'Where `loom.old`, it comes back with `null`.',
  ],
  [
    'what is done else',
    'loom.turn(1)',
    'loom.turn(2)',
    'Where not `loom.old`, it does `loom.turn(1)` and goes on.',
    'Where not `loom.old`, it does `loom.turn(2)` and goes on.',
  ],
  [
    'a case that is gone',
    "  if (yarn.length > 3) {\n    throw new LoomError('too much yarn')\n  }\n",
    '',
    "Where `yarn.length > 3`, it fails with `new LoomError('too much yarn')`.",
    'It does not ask that.',
  ],
  [
    'a case that came',
    '  return loom.take',
    '  if (yarn.torn) throw new LoomError(yarn)\n  return loom.take',
    'It does not ask that.',
    'Where `yarn.torn`, it fails with `new LoomError(yarn)`.',
  ],
  [
    'a line that stands in no case',
    'loom.take(yarn)',
    'loom.take(null)',
    '`return loom.take(yarn)`',
    '`return loom.take(null)`',
  ],
])('says of a case what is asked and done: %s [SPEC-DRIFT-07]', async (_, from, to, was, is) => {
  expect(await said('looms.js', looms, from, to)).toEqual([[was, is]])
})

test('says of Go after what an error is asked for [SPEC-DRIFT-07]', async () => {
  const text = `package looms

func weave(w http.ResponseWriter, id int) {
	err := store.Take(id)
	if err != nil {
		answer.Fail(w, 500)
		return
	}
	answer.Done(w)
}
`
  expect(await said('looms.go', text, 'w, 500', 'w, 503')).toEqual([
    [
      'Where `err != nil` after `err := store.Take(id)`, it does `answer.Fail(w, 500)` and leaves.',
      'Where `err != nil` after `err := store.Take(id)`, it does `answer.Fail(w, 503)` and leaves.',
    ],
  ])
})

test.each([
  [
    'a call of a chain',
    '.trim().slice(0, 3)',
    '.trim()',
    ['`return yarn.name.trim().slice(0, 3)`', '`return yarn.name.trim()`'],
  ],
  [
    'an argument',
    '.slice(0, 3)',
    '.slice(0)',
    ['`return yarn.name.trim().slice(0, 3)`', '`return yarn.name.trim().slice(0)`'],
  ],
  [
    'an entry',
    "['wool', 'silk']",
    "['wool']",
    ["`const kinds = ['wool', 'silk']`", "`const kinds = ['wool']`"],
  ],
  ['a line', "  'linen',\n", '', ["`'linen',`", 'left out']],
])(
  'says of a line that stays what it is without %s, and the other way round [SPEC-DRIFT-08]',
  async (_, from, to, lines) => {
    const text = `const kinds = ['wool', 'silk']
const more = [
  'linen',
  'jute',
]
function named(yarn) {
  return yarn.name.trim().slice(0, 3)
}
`
    expect(await said('yarns.js', text, from, to)).toEqual([lines])
    const turned = [lines[1] === 'left out' ? 'nothing' : lines[1], lines[0]]
    const less = text.replace(from, to)
    const read = (one: string) => readSource('yarns.js', () => Promise.resolve(one))
    const back = codeChanges([{ was: await read(less), is: await read(text) }])
    expect(back.map(({ was, is }) => [was, is])).toEqual([turned])
  },
)

test('tells other literals of a list as that line [SPEC-DRIFT-08]', async () => {
  expect(await said('ways.js', "const ways = ['*']\n", "['*']", "['get', 'post']")).toEqual([
    ["`const ways = ['*']`", "`const ways = ['get', 'post']` (with 1 more in the same part of the code)"],
  ])
})
