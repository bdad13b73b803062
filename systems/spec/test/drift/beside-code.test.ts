import { expect, test } from 'vitest'
import { changesBetween } from '../../src/drift/changes-between.ts'
import { compareSets, noChanges } from '../../src/drift/compare-code.ts'
import { isNote } from '../../src/drift/compare-facts.ts'
import { extractFiles } from '../packs/fixture.ts'
import { edited } from './marked.ts'
import type { Edit, Files } from './marked.ts'

/** What is told with both versions of the code, and without. */
async function drifts(files: Files, edit: Edit) {
  const [was, is] = [await extractFiles(files), await extractFiles(edited(files, edit))]
  const said = (changes: Awaited<ReturnType<typeof changesBetween>>) =>
    compareSets(was.set, is.set, changes).drifts.map((one) => [
      one.requirement,
      isNote(one) ? 'note' : one.kind,
      one.after,
    ])
  return { with: said(await changesBetween(was, is)), without: said(noChanges) }
}

const looms: Files = {
  'package.json': '{"dependencies":{"express":"5","ledgers":"1"}}',
  'app.js': `const express = require('express')
const { Bolt } = require('./bolts')
const { Dye } = require('./dyes')
const app = express()
app.post('/bolts', async (req, res) => res.status(201).json(await Bolt.keep(req.body)))
app.get('/bolts', async (req, res) => res.json(await Bolt.all()))
app.post('/dyes', async (req, res) => res.status(201).json(await Dye.keep(req.body)))
app.get('/free', (req, res) => res.json({ free: 1 }))
app.listen(80)
`,
  'bolts.js': `const ledgers = require('ledgers')
const bolt = ledgers.sheet('bolt')
bolt.before('keep', function () {
  if (this.width > 40) throw new Error('too wide')
})
bolt.own.price = function () {
  return this.width * 3
}
exports.Bolt = ledgers.open(bolt)
`,
  'dyes.js': `const ledgers = require('ledgers')
exports.Dye = ledgers.open(ledgers.sheet('dye'))
`,
  'nightly.js': `exports.sweep = (floor) => floor.every(90)
`,
}

test('tells a change of what only a library runs, of the operations that name what it is put on [SPEC-DRIFT-08]', async () => {
  const { with: told, without } = await drifts(looms, { 'bolts.js': [['> 40', '>= 40']] })
  expect(without).toEqual([])
  expect(told.map(([requirement, kind]) => [requirement, kind])).toEqual([
    ['GET /bolts', 'changed'],
    ['POST /bolts', 'changed'],
  ])
  expect(told[0]?.[2]).toContain('>= 40')
})

test('tells a change of a method that a library adds to what it gives [SPEC-DRIFT-08]', async () => {
  const { with: told } = await drifts(looms, { 'bolts.js': [['* 3', '* 4']] })
  expect(told.map(([requirement]) => requirement)).toEqual(['GET /bolts', 'POST /bolts'])
})

test('tells nothing of code that no operation names, and of what is only written otherwise [SPEC-DRIFT-02]', async () => {
  for (const edit of [
    { 'nightly.js': [['90', '91']] },
    { 'bolts.js': [['this.width > 40', '40 < this.width']] },
    {
      'bolts.js': [
        ['bolt.', 'cloth.'],
        ['const bolt =', 'const cloth ='],
        ['open(bolt)', 'open(cloth)'],
      ],
    },
    { 'bolts.js': [["throw new Error('too wide')", "{ throw new Error('too wide') } // kept out"]] },
  ] as Edit[]) {
    expect((await drifts(looms, edit)).with).toEqual([])
  }
})
