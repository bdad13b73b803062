import { expect, test } from 'vitest'
import { changesBetween } from '../../src/drift/changes-between.ts'
import { compareSets } from '../../src/drift/compare-code.ts'
import { compareFacts } from '../../src/drift/compare-facts.ts'
import { shortened, shown } from '../../src/facts/expression.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const service = (condition: string) => ({
  'package.json': '{"dependencies":{"express":"4"}}',
  'app.js': `
const express = require('express')
const { stock, orders } = require('store')
const app = express()
app.get('/free', (req, res) => {
  const warehouse = stock.at(req.query.place)
  if (${condition}) return res.status(409).end()
  res.json({})
})
`,
})
const long = (name: string, last: string) =>
  `orders.countOf(${name}.shelves.first.rows.first.places, ${name}.shelves.last.rows.last.places, warehouse.name) > stock.limit(${name}.${last})`
const drifts = async (before: string, after: string) => {
  const [{ set: old }, { set: now }] = await Promise.all([
    extractFiles(service(before)),
    extractFiles(service(after)),
  ])
  return compareFacts(old.facts, now.facts).drifts.map((one) => [one.kind, one.before, one.after])
}

test('an edit past the part of a long expression that is shown is a drift, and says where it is [SPEC-DRIFT-02]', async () => {
  const found = await drifts(long('warehouse', 'capacity'), long('warehouse', 'reserve'))
  expect(found.map(([kind]) => kind)).toContain('changed')
  for (const [, before, after] of found) {
    expect(`${before}${after}`).not.toMatch(/[‹›]|#\d/)
    expect(before).not.toBe(after)
  }
})

test('where both versions of the code are known it is a note, unless something does something else for sure [SPEC-DRIFT-07]', async () => {
  const after = async (shelf: string) => {
    const code = long('warehouse', 'capacity')
    const [old, now] = await Promise.all([
      extractFiles(service(code)),
      extractFiles(service(code.replace('shelves.first', shelf))),
    ])
    const changes = await changesBetween(old, now)
    return compareSets(old.set, now.set, changes).drifts.map((one) => [one.kind, one.factKind, one.after])
  }
  expect(new Set((await after('shelves.at(0)')).map(([kind]) => kind))).toEqual(new Set(['unproved']))
  const told = await after('shelves.second')
  // Once, as the code of which the expression is cut short.
  expect(told).toEqual([['changed', 'code', expect.stringMatching(/shelves\.second/)]])
})

test('another name of a variable in a long expression is none, wherever it is cut [SPEC-DRIFT-02]', async () => {
  const rename = (text: string) => text.replaceAll('orders', 'bookings')
  const before = service(long('warehouse', 'capacity'))
  const [{ set: old }, { set: now }] = await Promise.all([
    extractFiles(before),
    extractFiles({
      ...before,
      'app.js': rename(before['app.js']).replace('{ stock, bookings }', '{ stock, orders: bookings }'),
    }),
  ])
  expect(compareFacts(old.facts, now.facts).drifts).toEqual([])
})

test('a long expression is shown without what it is given, by what is read of it last', () => {
  const find = `shares.find({ where: { id: path.id }, include: { security: true, files: true, owner: { name: true } }, take: 1 })`
  expect(shown(shortened(`${find}.security.password`))).toBe(
    'shares.find({ where: {…}, include: { security: true, files: true, owner: {…} }, take: 1 }).security.password',
  )
  expect(
    shown(shortened(`now().isAfter(add(${find}.expiration, { days: settings.first.second.third }))`)),
  ).toBe('now().isAfter(add(shares.find({ where: {…}, include: {…}, take: 1 }).expiration, {…}))')
  const chain =
    'stores.first().rows().last().cells().first().shapes().last().sides().first().edges().last().corners().all().colour'
  expect(shown(shortened(chain))).toBe(`…${chain.slice(chain.indexOf('.first'))}`)
})

test('a long expression in another is cut once and told apart by all of it', () => {
  const inner = shortened(`find(${'a.b, '.repeat(30)}x.y)`)
  const outer = shortened(`check(${inner}, more)`)
  expect(shown(outer)).toBe('check(find(…), more)')
  expect(outer).not.toBe(shortened(`check(${shortened(`find(${'a.b, '.repeat(30)}x.z)`)}, more)`))
  expect(shortened('a.b')).toBe('a.b')
})

test('A call that is given many things which each depend on what is asked is told soon [SPEC-DRIFT-02]', async () => {
  const names = Array.from({ length: 24 }, (_, at) => `part${at}`)
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"^5"}}',
    'src/app.js': `const express = require('express')
const boats = require('./boats')
const app = express()
app.post('/boats', (req, res) => {
  const { ${names.join(', ')} } = req.body
  boats.build(${names.map((name, at) => `${name} ? ${name} : ${at}`).join(', ')})
  res.status(201).end()
})
app.listen(3000)
`,
  })
  expect(factsOf(set.facts, 'response').map(({ status }) => status)).toEqual([201])
})
