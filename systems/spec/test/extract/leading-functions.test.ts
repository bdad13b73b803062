import { expect, test } from 'vitest'
import { operationTitle } from '../../src/requirements/say-fact.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const tides = Array.from({ length: 60 }, (_, at) => `'tide${at}'`).join(', ')
const app = (quayOf: string) => ({
  'package.json': '{"dependencies":{"express":"4"}}',
  'tides.ts': `
const tides = [${tides}]
const lines: string[] = []
function note(tide: string, other: string) {
  if (tide === other) lines.push(tide.trim() + ' ' + other.trim())
}
export class Tides {
  static compare() {
    for (const one of tides) for (const other of tides) for (const third of tides) note(one, other + third)
  }
}
`,
  'quay.ts': `
import express from 'express'
export class Quay {
  private app = express()
  constructor() {
    this.app.get('/berths', (req, res) => { res.json([]) })
    this.app.listen(80)
  }
}
`,
  'start.ts': `
import { Tides } from './tides'
import { Quay } from './quay'
class Harbour {
  static async start() {
    Tides.compare()
    ${quayOf}
  }
}
Harbour.start()
`,
})

test('what a program does besides as it starts does not take the steps that its routes need [SPEC-EXTRACT-02]', async () => {
  const { set } = await extractFiles(app('new Quay()'))
  expect(factsOf(set.facts, 'operation').map(operationTitle)).toEqual(['GET /berths'])
})

test('what is done once something happens does not take the steps that routes need, however often it is asked for [SPEC-EXTRACT-02]', async () => {
  const { set } = await extractFiles({
    ...app(''),
    'watcher.ts': `
import { EventEmitter } from 'node:events'
export const watcher = new EventEmitter()
`,
    'tides.ts': `
const tides = [${tides}]
const lines: string[] = []
export class Tides {
  static compare = () => {
    for (const one of tides) for (const other of tides) for (const third of tides) lines.push(one + other + third)
  }
}
`,
    'start.ts': `
import { Tides } from './tides'
import { Quay } from './quay'
import { watcher } from './watcher'
export async function start() {
  for (const name of ['swell', 'ebb', 'flood', 'slack', 'surge', 'calm', 'gale', 'fog', 'mist', 'ice', 'heat', 'wind'])
    watcher.on(name, async () => {
      Tides.compare()
    })
  new Quay()
}
start()
`,
  })
  expect(factsOf(set.facts, 'operation').map(operationTitle)).toEqual(['GET /berths'])
})

test('what leads to routers and is started from elsewhere is called before what it gives to them [SPEC-EXTRACT-02]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4"}}',
    'berths.ts': `
import express from 'express'
export function berthRoutes(berths: any): express.Router {
  const routes = express.Router()
  routes.get('/:id', (req, res) => { res.json(berths.of(req.params.id)) })
  return routes
}
`,
    'app.ts': `
import express from 'express'
export const app = express()
`,
    'harbour.ts': `
import { app } from './app'
import { berthRoutes } from './berths'
async function serve(berths: any) {
  const routes = berthRoutes(berths)
  app.use('/berths', routes)
  return app
}
export const boot = async function (settings: any) {
  const berths = await settings.open()
  const app = await serve(berths)
  app.listen(settings.port)
}
`,
  })
  expect(factsOf(set.facts, 'operation').map(operationTitle)).toEqual(['GET /berths/{id}'])
  expect(set.questions).toEqual([])
})

test('what a program starts once something else is ready leads to its routers, whatever the functions are called between [SPEC-EXTRACT-01]', async () => {
  const parts = Array.from({ length: 60 }, (_, at) => `part${at}`)
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4","depot":"1"}}',
    'index.js': `
const prepare = require('./prepare')
const { begin } = require('./quay')
prepare(() => { begin(80) })
`,
    'prepare.js': `
const depot = require('depot')
module.exports = function prepare(then) { depot.open((error) => { if (error) throw error; then() }) }
`,
    'quay.js': `
const express = require('express')
const app = express()
const parts = ${JSON.stringify(parts)}
const putAll = () => { parts.map((part) => require('./parts/' + part)(app)) }
function begin(port) { putAll(); app.listen(port) }
module.exports = { begin }
`,
    ...Object.fromEntries(
      parts.map((part) => [
        `parts/${part}.js`,
        `const put = function (one) {
${Array.from({ length: 20 }, (_, at) => `  one.get('/${part}/${at}/' + [1, 2, 3, 4, 5, 6, 7, 8].map((two) => 'n' + two).join('/'), (req, res) => res.json({}))`).join('\n')}
}
module.exports = put
`,
      ]),
    ),
  })
  expect(factsOf(set.facts, 'operation')).toHaveLength(60 * 20)
})

test('what a module is as a whole leads to routers too, however many things a program starts before it [SPEC-EXTRACT-02]', async () => {
  const steps = Array.from({ length: 8 }, (_, at) => `step${at}`)
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4"}}',
    'worker.js': `
${steps.map((step) => `const ${step} = require('./${step}')`).join('\n')}
const quays = require('./quays')
${steps.map((step) => `${step}(() => {`).join('\n')}
quays(() => {})
${steps.map(() => '})').join('\n')}
`,
    ...Object.fromEntries(
      steps.map((step) => [
        `${step}.js`,
        `const begin = (then) => then()\nmodule.exports = (then) => begin(() => then())\n`,
      ]),
    ),
    'quays.js': `
const express = require('express')
const berths = require('./berths')
const app = express()
module.exports = (done) => {
  berths(app)
  app.listen(80, () => done())
}
`,
    'berths.js': `
module.exports = (one) => {
  one.get('/berths', (req, res) => res.json([]))
}
`,
  })
  expect(factsOf(set.facts, 'operation').map(operationTitle)).toEqual(['GET /berths'])
})
