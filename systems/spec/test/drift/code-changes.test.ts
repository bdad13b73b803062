import { beforeAll, expect, test } from 'vitest'
import { codeChanges } from '../../src/drift/code-changes.ts'
import { readSource } from '../../src/extract/read-repository.ts'
import { loadGrammars } from '../../src/parse/syntax-tree.ts'

beforeAll(loadGrammars)

/** Files by path, each as it was and is; a path that has one text only is not there on the other side. */
async function changes(files: Record<string, [string | null, string | null]>) {
  const read = (path: string, text: string | null) =>
    text === null ? Promise.resolve(null) : readSource(path, () => Promise.resolve(text))
  return codeChanges(
    await Promise.all(
      Object.entries(files).map(async ([path, [was, is]]) => ({
        was: await read(path, was),
        is: await read(path, is),
      })),
    ),
  )
}

const looms = (body: string) => `const limit = 8
export async function weave(loom, yarn, orders) {
${body}
}
`
const body = `  if (yarn.length > 3 && !loom.busy) throw new LoomError('too much yarn')
  for (const order of orders) {
    await orders.mark(order.id, loom.id)
  }
  const cloth = { colour: yarn.colour, width: loom.width * 2 }
  return loom.take(cloth, 'first')`
const edited = (from: string, to: string): [string, string] => {
  expect(body).toContain(from)
  return [looms(body), looms(body.replace(from, to))]
}

test.each([
  ['a bound', '> 3', '>= 3'],
  ['another number', '> 3', '> 4'],
  ['a junction', '&&', '||'],

  ['a negation that is gone', '!loom.busy', 'loom.busy'],
  ['a test turned round', 'if (yarn.length > 3 && !loom.busy)', 'if (!(yarn.length > 3 && !loom.busy))'],
  ['a condition that is gone', 'yarn.length > 3 && ', ''],
  ['a condition that came', '> 3', '> 3 && yarn.age > 1'],
  ['a check that is gone', "  if (yarn.length > 3 && !loom.busy) throw new LoomError('too much yarn')\n", ''],
  ['a call that is gone', '    await orders.mark(order.id, loom.id)\n', ''],
  ['arguments that changed places', 'order.id, loom.id', 'loom.id, order.id'],
  ['an argument that is gone', ", 'first'", ''],
  ['a key that is gone', 'colour: yarn.colour, ', ''],
  ['another key', 'width: loom', 'reach: loom'],
  ['another part of a thing', 'yarn.colour', 'yarn.weight'],
  ['another sum', 'loom.width * 2', 'loom.width / 2'],
  ['a number that is added', 'colour: yarn.colour', 'colour: yarn.colour + 1'],
  ['a number that is no more added', 'loom.width * 2', 'loom.width'],
  ['nothing in the place of a text', "'first'", 'null'],
  ['another text', "'first'", "'last'"],
  ['another text', "'too much yarn'", "'too little yarn'"],
  ['a value in the place of what was worked out', "return loom.take(cloth, 'first')", 'return null'],
  ['nothing in the place of a variable', 'loom.take(cloth', 'loom.take(null'],
  ['another variable', 'loom.take(cloth', 'yarn.take(cloth'],
  [
    'a call in a chain that is gone',
    'orders.mark(order.id, loom.id)',
    'orders.mark(order.id, loom.id).now()',
  ],
  [
    'a check that came with its variable',
    '  const cloth',
    '  const old = orders.late(9)\n  if (old) throw new LoomError(old)\n  const cloth',
  ],
  ['an early end', '  const cloth', '  if (orders.length > 9) return null\n  const cloth'],
])('tells %s [SPEC-DRIFT-07]', async (_, from, to) => {
  const found = await changes({ 'looms.js': edited(from, to) })
  expect(found).toHaveLength(1)
  expect(found[0]).toMatchObject({ path: 'looms.js', symbol: 'weave' })
})

test('tells a junction in a chain, and no brackets [SPEC-DRIFT-07]', async () => {
  const asks = (test: string) => `function free(a) {\n  return ${test}\n}\n`
  const was = '(a.b && a.c && a.d && a.e) || a.f'
  expect(await changes({ 'free.js': [asks(was), asks('(a.b && a.c && a.d || a.e) || a.f')] })).toHaveLength(1)
  expect(await changes({ 'free.js': [asks(was), asks('a.b && (a.c && a.d && a.e) || a.f')] })).toEqual([])
})

test('says what was and what is, and on which line [SPEC-DRIFT-07]', async () => {
  expect(await changes({ 'looms.js': edited('> 3', '>= 3') })).toEqual([
    {
      path: 'looms.js',
      symbol: 'weave',
      lines: [3],
      was: "Where `yarn.length > 3 && !loom.busy`, it fails with `new LoomError('too much yarn')`.",
      is: "Where `yarn.length >= 3 && !loom.busy`, it fails with `new LoomError('too much yarn')`.",
      names: { name: 'weave', owner: '', namers: [] },
      isWhole: false,
      isOrder: false,
      isUnsure: false,
      method: null,
      holder: '',
      roots: [],
    },
  ])
})

test.each([
  [
    'names of variables',
    [
      ['cloth', 'fabric'],
      ['cloth', 'fabric'],
    ],
  ],
  [
    'a variable for what was worked out',
    [
      ['  const cloth', '  const width = loom.width * 2\n  const cloth'],
      ['width: loom.width * 2', 'width'],
    ],
  ],
  [
    'a number that gets a name',
    [
      ['> 3', '> most'],
      ['  if', '  const most = 3\n  if'],
    ],
  ],
  ['a bound of whole numbers', [['> 3', '>= 4']]],
  [
    'a test that is nested',
    [
      [
        "if (yarn.length > 3 && !loom.busy) throw new LoomError('too much yarn')",
        "if (yarn.length > 3) {\n    if (!loom.busy) throw new LoomError('too much yarn')\n  }",
      ],
    ],
  ],
  ['a test by its parts', [['yarn.length > 3 && !loom.busy', '!(yarn.length <= 3 || loom.busy)']]],
  [
    'a loop as a chain',
    [
      [
        'for (const order of orders) {\n    await orders.mark(order.id, loom.id)\n  }',
        'await Promise.all(orders.map((order) => orders.mark(order.id, loom.id)))',
      ],
    ],
  ],
  [
    'keys in another order',
    [['{ colour: yarn.colour, width: loom.width * 2 }', '{ width: loom.width * 2, colour: yarn.colour }']],
  ],
  ['a log', [['  for', "  console.log('weaves', yarn.length)\n  for"]]],
  ['a log by a chain', [['  for', "  logger.child({ loom }).with('weaves').info(yarn.length)\n  for"]]],
  [
    'statements in another order',
    [
      ["  if (yarn.length > 3 && !loom.busy) throw new LoomError('too much yarn')\n", ''],
      [
        '  const cloth',
        "  if (yarn.length > 3 && !loom.busy) throw new LoomError('too much yarn')\n  const cloth",
      ],
    ],
  ],
  ['another name of a library', [['orders.mark(', 'orders.markOne(']]],
  ['a part that has another name throughout', [['order.id, loom.id', 'order.code, loom.code']]],
])('leaves %s alone [SPEC-DRIFT-07]', async (_, edits) => {
  let after = body
  for (const [from = '', to = ''] of edits) {
    expect(after).toContain(from)
    after = after.replace(from, to)
  }
  expect(await changes({ 'looms.js': [looms(body), looms(after)] })).toEqual([])
})

test('leaves what is written for people alone [SPEC-DRIFT-07]', async () => {
  const loom = (what: string) => `
@app.get('/looms', summary='${what} looms')
def looms(free: bool = Query(None, description='${what} free ones')):
    """${what}."""
    return weave(free)

class Loom(Model):
    width = IntegerField(help_text='${what} width')
`
  expect(await changes({ 'looms.py': [loom('Reads'), loom('Lists')] })).toEqual([])
})

test('leaves what moved to another function or file alone, and what its name says by its declaration [SPEC-DRIFT-07]', async () => {
  const check = "  if (yarn.length > 3 && !loom.busy) throw new LoomError('too much yarn')\n"
  const helper = `export function check(yarn, loom) {\n${check}}\n`
  const called = looms(body.replace(check, '  check(yarn, loom)\n'))
  expect(await changes({ 'looms.js': [looms(body), called], 'check.js': [null, helper] })).toEqual([])
  expect(await changes({ 'looms.js': [called, looms(body)], 'check.js': [helper, null] })).toEqual([])
  // Both callers did it; what both call does it now.
  const both = (inside: string, outside: string) =>
    `function start(yarn, loom) {\n${inside}  loom.start()\n}\nfunction one(yarn, loom) {\n${outside}  start(yarn, loom)\n}\n`
  expect(await changes({ 'looms.js': [both('', check), both(check, '')] })).toEqual([])
  const spring = (name: string) =>
    `class Loom {\n  int ${name}() { return 3; }\n  int all(Loom other) { return other.${name}(); }\n}\n`
  expect(await changes({ 'Loom.java': [spring('width'), spring('breadth')] })).toEqual([])
})

test.each([
  [
    'looms.py',
    'def weave(loom, yarn=None, most=3):\n    if len(yarn) > most and not loom.busy:\n        raise LoomError("much")\n    return [f"{one.id} of {most}" for one in loom.all() if one.free]\n',
    [
      ['>', '>='],
      [' and ', ' or '],
      ['not ', ''],
      ['most=3', 'most=4'],
      [' if one.free', ''],
      ['"much"', '"little"'],
      [' of ', ' from '],
    ],
  ],
  [
    'Loom.java',
    'class Loom {\n  @Guarded\n  Cloth weave(Yarn yarn, int most) {\n    if (yarn.size() > most && !busy) throw new LoomError("much");\n    counter.add(1);\n    return yarn.stream().filter(y -> y.isFree()).toList();\n  }\n}\n',
    [
      ['>', '>='],
      ['&&', '||'],
      ['!', ''],
      ['    counter.add(1);\n', ''],
      ['  @Guarded\n', ''],

      ['add(1)', 'add(2)'],
      ['add(1)', 'remove(1)'],
    ],
  ],
  [
    'loom.go',
    'package loom\n\nfunc (l *Loom) Weave(yarn []Yarn, most int) error {\n\tif len(yarn) > most && !l.busy {\n\t\treturn errors.New("much")\n\t}\n\tfor i := 0; i < most; i++ {\n\t\tl.take(yarn[i], 2)\n\t}\n\treturn nil\n}\n',
    [
      ['>', '>='],
      ['&&', '||'],
      ['!', ''],
      ['\t\tl.take(yarn[i], 2)\n', ''],
      [', 2)', ', 3)'],
      ['i < most', 'i <= most'],
      ['i := 0', 'i := 1'],
    ],
  ],
])('tells changes in %s [SPEC-DRIFT-07]', async (path, text, edits) => {
  for (const [from = '', to = ''] of edits) {
    expect(text).toContain(from)
    expect([from, await changes({ [path]: [text, text.replace(from, to)] })]).toMatchObject([
      from,
      [{ path }],
    ])
  }
})

test('tells no status that is written by its number, and tells another one [SPEC-DRIFT-02]', async () => {
  const refuses = (status: string) => `def refuse(desk):\n    raise Refusal(status_code=${status})\n`
  const was = refuses('status.HTTP_409_CONFLICT')
  expect(await changes({ 'desk.py': [was, refuses('409')] })).toEqual([])
  expect(await changes({ 'desk.py': [refuses('409'), was] })).toEqual([])
  expect(await changes({ 'desk.py': [was, refuses('404')] })).toHaveLength(1)
})

test('tells no number that is added elsewhere now [SPEC-DRIFT-02]', async () => {
  const pages = (from: string, to: string) =>
    `export const from = (page) => ${from}\nexport const read = (page) => take(from(${to}))\n`
  expect(
    await changes({ 'pages.js': [pages('page * 12 + 9', 'page'), pages('page * 12', 'page + 9')] }),
  ).toEqual([])
})

test('tells that something is asked for no more where a schema says so [SPEC-DRIFT-07]', async () => {
  const asks = (how: string) =>
    `export const bolt = (rules) => rules.object({ width: rules.number().${how}() })\n`
  expect(await changes({ 'bolt.js': [asks('required'), asks('optional')] })).toHaveLength(1)
})
