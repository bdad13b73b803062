import { beforeAll, expect, test } from 'vitest'
import { codeChanges } from '../../src/drift/code-changes.ts'
import { readSource } from '../../src/extract/read-repository.ts'
import { loadGrammars } from '../../src/parse/syntax-tree.ts'

beforeAll(loadGrammars)

async function said(path: string, was: string, is: string): Promise<[string, string][]> {
  const read = (text: string) => readSource(path, () => Promise.resolve(text))
  const changes = codeChanges([{ was: await read(was), is: await read(is) }])
  return changes.map((one) => [one.was, one.is])
}

const ferry = (body: string) => `export function fare(load, berth) {\n${body}\n}\n`
const chain = `  if (load.weight > 90) {
    throw new Refused('too heavy')
  } else if (load.isAlive) {
    berth.book('stable')
    return 12
  } else if (load.isCold) {
    return 8
  } else {
    return 3
  }`

test.each([
  [
    'a case that is gone',
    `else if (load.isAlive) {
    berth.book('stable')
    return 12
  } `,
    '',
    ['Else where `load.isAlive`, it comes back with `12`.', 'It does not ask that.'],
  ],
  [
    'a case that came',
    'else if (load.isCold)',
    'else if (load.isWet) {\n    return 5\n  } else if (load.isCold)',
    ['It does not ask that.', 'Else where `load.isWet`, it comes back with `5`.'],
  ],
  [
    'another condition',
    'load.isAlive)',
    '!load.isAlive)',
    [
      'Else where `load.isAlive`, it comes back with `12`.',
      'Else where `!load.isAlive`, it comes back with `12`.',
    ],
  ],
  [
    'what is done in a case',
    'return 8',
    'return 9',
    [
      'Else where `load.isCold`, it comes back with `8`.',
      'Else where `load.isCold`, it comes back with `9`.',
    ],
  ],
])('tells %s in the middle of a chain as that case [SPEC-DRIFT-08]', async (_, from, to, told) => {
  expect(chain).toContain(from)
  expect(await said('fare.js', ferry(chain), ferry(chain.replace(from, to)))).toEqual([told])
})

test('tells cases of a chain, and checks, that changed places as their order [SPEC-DRIFT-08]', async () => {
  const turned = `  if (load.weight > 90) {
    throw new Refused('too heavy')
  } else if (load.isCold) {
    return 8
  } else if (load.isAlive) {
    berth.book('stable')
    return 12
  } else {
    return 3
  }`
  expect(await said('fare.js', ferry(chain), ferry(turned))).toEqual([
    [
      'It asks `load.isAlive` before `load.isCold`.',
      'The order of `load.isAlive` and `load.isCold` changed: it asks `load.isCold` first.',
    ],
  ])
  const tide = (first: string, second: string) => `package tide

func Leave(boat Boat, crew Crew) error {
${first}${second}	return nil
}
`
  const full = '\tif boat.IsFull() {\n\t\treturn ErrFull\n\t}\n'
  const rest = '\tif err := crew.Rested(); err != nil {\n\t\treturn err\n\t}\n'
  expect(await said('tide.go', tide(full, rest), tide(rest, full))).toEqual([
    [
      'It asks `boat.IsFull()` before `err != nil` after `err := crew.Rested()`.',
      'The order of `boat.IsFull()` and `err != nil` after `err := crew.Rested()` changed: it asks `err != nil` after `err := crew.Rested()` first.',
    ],
  ])
})

test.each([
  [
    'a chain as cases that leave',
    chain,
    `  if (load.weight > 90) {
    throw new Refused('too heavy')
  }
  if (load.isAlive) {
    berth.book('stable')
    return 12
  }
  if (load.isCold) {
    return 8
  }
  return 3`,
  ],
  [
    'two cases that do the same as one',
    `  if (load.isCold) {
    return 8
  } else if (load.isWet) {
    return 8
  } else {
    return 3
  }`,
    `  if (load.isCold || load.isWet) {
    return 8
  } else {
    return 3
  }`,
  ],
  [
    'a chain that is turned round',
    `  if (load.isCold) {
    return 8
  } else if (load.isWet) {
    return 5
  } else {
    return 3
  }`,
    `  if (!load.isCold) {
    if (load.isWet) {
      return 5
    } else {
      return 3
    }
  } else {
    return 8
  }`,
  ],
  [
    'a case within another as one of the chain',
    `  if (load.isCold) {
    return 8
  } else {
    if (load.isWet) {
      return 5
    }
  }
  return 3`,
    `  if (load.isCold) {
    return 8
  } else if (load.isWet) {
    return 5
  }
  return 3`,
  ],
  [
    'cases of which but one can hold in another order',
    `  if (load.kind === 'hay') {
    return 8
  } else if (load.kind === 'coal') {
    return 5
  }
  return 3`,
    `  if (load.kind === 'coal') {
    return 5
  } else if (load.kind === 'hay') {
    return 8
  }
  return 3`,
  ],
  [
    'a check before what it does not need',
    `  const deck = berth.deck()
  const crew = berth.crew(deck)
  if (load.weight > 90) throw new Refused('too heavy')
  return crew.size`,
    `  if (load.weight > 90) throw new Refused('too heavy')
  const deck = berth.deck()
  const crew = berth.crew(deck)
  return crew.size`,
  ],
])('does not tell %s [SPEC-DRIFT-02]', async (_, was, is) => {
  expect(await said('fare.js', ferry(was), ferry(is))).toEqual([])
})

test.each([
  [
    'a check after what is done where something is there',
    'if (!load.ok) throw new Refused(1)\nif (load.note) { kept = await berth.keep(load.note) }',
    'if (load.note) { kept = await berth.keep(load.note) }\nif (!load.ok) throw new Refused(1)',
    1,
  ],
  [
    'a return that went out of a try',
    'try { berth.look(load)\nreturn true } catch (error) { }\nreturn false',
    'try { berth.look(load) } catch (error) { return false }\nreturn true',
    0,
  ],
])('tells %s as what it is [SPEC-DRIFT-08]', async (_, before, after, count) => {
  const body = (text: string) => ferry(`let kept\n${text}\nreturn kept`)
  expect(await said('ferry.js', body(before), body(after))).toHaveLength(count)
})

test('tells a failing of Java that comes after what is done, and another constant [SPEC-DRIFT-08]', async () => {
  const dock = (body: string) =>
    `package dock;\nimport static dock.Kind.*;\nclass Docks {\n  void land(Load load) {\n${body}\n  }\n}\n`
  const [check, done] = ['    docks.find(load).orElseThrow();', '    docks.keep(load);']
  const turned = await said('Docks.java', dock(`${check}\n${done}`), dock(`${done}\n${check}`))
  expect(turned).toHaveLength(1)
  const other = await said('Docks.java', dock('    fail(FULL);'), dock('    fail(SHUT);'))
  expect(other).toEqual([['`fail(FULL);`', '`fail(SHUT);`']])
})
