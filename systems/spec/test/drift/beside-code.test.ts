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

test('tells a statement of a file that came or went where only a library goes by it, and none that moved [SPEC-DRIFT-08]', async () => {
  const hook = "bolt.after('keep', () => ledgers.count(1))\n"
  const open = 'exports.Bolt = ledgers.open(bolt)\n'
  const came = await drifts(looms, { 'bolts.js': [[open, hook + open]] })
  expect(came.with.map(([requirement, , after]) => [requirement, after])).toEqual([
    ['GET /bolts', `\`${hook.trim()}\``],
    ['POST /bolts', `\`${hook.trim()}\``],
  ])
  const own = `bolt.before('keep', function () {
  if (this.width > 40) throw new Error('too wide')
})
`
  expect((await drifts(looms, { 'bolts.js': [[own, '']] })).with).toHaveLength(2)
  expect(
    (
      await drifts(looms, {
        'bolts.js': [
          [own, ''],
          [open, own + open],
        ],
      })
    ).with,
  ).toEqual([])
})

test('tells one route that came, and nothing of those beside it [SPEC-DRIFT-04]', async () => {
  const route = "app.get('/dyes', async (req, res) => res.json(await Dye.all()))\n"
  const { with: told } = await drifts(looms, { 'app.js': [['app.listen', `${route}app.listen`]] })
  expect(told.map(([requirement]) => requirement)).toEqual(['GET /dyes'])
  const gone = await drifts(looms, {
    'app.js': [["app.get('/free', (req, res) => res.json({ free: 1 }))\n", '']],
  })
  expect(gone.with.map(([requirement, kind]) => [requirement, kind])).toEqual([['GET /free', 'gone']])
})

test('tells a check that came with an error of its own, and no other name of a function that files take from another [SPEC-DRIFT-08]', async () => {
  const files: Files = {
    ...looms,
    'bolts.js': `${looms['bolts.js'] ?? ''}const { measured } = require('./measures')
bolt.before('sell', function () {
  this.length = measured(this.length)
})
`,
    'measures.js': `exports.measured = (length) => {
  return length / 100
}
`,
  }
  const came = await drifts(files, {
    'bolts.js': [
      [
        "const bolt = ledgers.sheet('bolt')",
        "class TooLong extends Error {}\nconst bolt = ledgers.sheet('bolt')",
      ],
      ['  this.length =', '  if (this.length > 9000) throw new TooLong()\n  this.length ='],
    ],
  })
  expect(came.with.map(([, , after]) => after).join()).toContain('this.length > 9000')
  const named: Edit = { 'measures.js': [['measured', 'metres']], 'bolts.js': [['measured', 'metres']] }
  expect((await drifts(files, named)).with).toEqual([])
})

test('tells a change of a function of an object of the operations that name both, although others run [SPEC-DRIFT-08]', async () => {
  const ropes: Files = {
    'package.json': '{"dependencies":{"express":"5","pullers":"1"}}',
    'app.js': `const express = require('express')
const { pull } = require('pullers')
const { ropes } = require('./ropes')
const app = express()
app.get('/ropes', async (req, res) => res.json(await ropes.all(7)))
app.post('/ropes', pull(ropes, 'tie'), (req, res) => res.status(201).json({}))
app.get('/free', (req, res) => res.json({ free: 1 }))
app.listen(80)
`,
    'ropes.js': `const store = require('stores')
exports.ropes = {
  all: (count) => store.read('ropes', count),
  tie(body) {
    if (body.length > 40) throw new Error('too long')
    return store.put(body)
  },
}
`,
  }
  const tied = await drifts(ropes, { 'ropes.js': [['> 40', '> 41']] })
  expect(tied.with.map(([requirement]) => requirement)).toContain('POST /ropes')
  expect(tied.with.map(([requirement]) => requirement)).not.toContain('GET /free')
  const read = await drifts(ropes, { 'ropes.js': [["'ropes', count", "'ropes', count, 2"]] })
  expect(read.with.map(([requirement]) => requirement)).toEqual(['GET /ropes'])
})

test('takes the path of a request for no file that is named like it [SPEC-DRIFT-08]', async () => {
  const files: Files = {
    'package.json': '{"dependencies":{"express":"5","ledgers":"1"}}',
    'app.js': `const express = require('express')
const { Bolts } = require('./store')
const app = express()
app.get('/bolts', async (req, res) => res.json(await Bolts.all()))
app.listen(80)
`,
    'store.js': `const ledgers = require('ledgers')
exports.Bolts = ledgers.open('bolts')
`,
    'weaving/bolts.js': `class Bolts {
  all(width) {
    return width > 40 ? [] : [width]
  }
}
exports.Bolts = Bolts
`,
  }
  expect((await drifts(files, { 'weaving/bolts.js': [['> 40', '>= 40']] })).with).toEqual([])
})

test('tells what a class says of itself of the operations that its methods are, and none by the name of its log [SPEC-DRIFT-08]', async () => {
  const sluice = (name: string, path: string) => `package canal.web;
import canal.Guarded;
import org.slf4j.*;
import org.springframework.web.bind.annotation.*;
@Guarded
@RestController
public class ${name} {
    private static final Logger logger = LoggerFactory.getLogger(${name}.class);
    @GetMapping("${path}")
    public String read() { logger.info("reads"); return "${name}"; }
    @DeleteMapping("${path}")
    public String drop() { return "gone"; }
}
`
  const service: Files = {
    'pom.xml':
      '<project><dependencies><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>',
    'src/main/java/canal/web/Sluices.java': sluice('Sluices', '/sluices'),
    'src/main/java/canal/web/Weirs.java': sluice('Weirs', '/weirs'),
  }
  const { with: told } = await drifts(service, { 'src/main/java/canal/web/Weirs.java': [['@Guarded\n', '']] })
  expect(told.map(([requirement, kind]) => [requirement, kind])).toEqual([
    ['DELETE /weirs', 'changed'],
    ['GET /weirs', 'changed'],
  ])
})
