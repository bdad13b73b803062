import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

const project = (dependencies: Record<string, string>, code: string, more: Record<string, string> = {}) => ({
  'package.json': JSON.stringify({ dependencies: { express: '4.0.0', ...dependencies } }),
  'app.js': `
const express = require('express')
const app = express()
${code}
app.listen(80)
`,
  ...more,
})
const refusals = (answers: readonly string[] | undefined) =>
  (answers ?? []).filter((one) => one.startsWith('4')).toSorted()

test('what Mongoose refuses by a schema is what the handler of errors answers to it, where it asks for that [SPEC-EXTRACT-10]', async () => {
  const found = await printedAnswers(
    project(
      { mongoose: '5.0.0' },
      `
const { Barrel, Note } = require('./models')
app.post('/barrels', (req, res, next) => {
  Barrel.create(req.body).then((one) => res.json(one)).catch(next)
})
app.post('/notes', async (req, res, next) => {
  try {
    const note = new Note({ text: req.body.text })
    await note.save()
    res.json(note)
  } catch (failure) {
    next(failure)
  }
})
app.put('/barrels/:id', async (req, res, next) => {
  const barrel = await Barrel.findOne({ label: req.params.id })
  barrel.set(req.body)
  barrel.save().then(() => res.json(barrel)).catch((err) => next(err))
})
app.use((err, req, res, next) => {
  if (err.name === 'ValidationError') return res.status(422).json({})
  if (err.code === 11000) return res.status(409).json({})
  res.status(err.status || 500).json({})
})`,
      {
        'models.js': `
module.exports = { Barrel: require('./barrel'), Note: require('./note') }`,
        'barrel.js': `
const mongoose = require('mongoose')
module.exports = mongoose.model('Barrel', new mongoose.Schema({ label: { type: String, required: true, unique: true } }))`,
        'note.js': `
const mongoose = require('mongoose')
module.exports = mongoose.model('Note', new mongoose.Schema({ text: { type: String, required: true } }))`,
      },
    ),
  )
  expect(refusals(found['/barrels'])).toEqual([
    '409 where Barrel.create(…) failed == 11000',
    '422 where Barrel.create(…) failed == ValidationError',
  ])
  expect(refusals(found['/notes'])).toEqual(['422 where note.save(…) failed == ValidationError'])
  // What was loaded may hold nothing that can be refused.
  expect(refusals(found['/barrels/{id}']).map((one) => one.slice(0, 8))).toEqual(['409 open', '422 open'])
})

test('a broken constraint of a statement or of Prisma is asked where the handler of errors asks for it, of what writes alone [SPEC-EXTRACT-10]', async () => {
  const found = await printedAnswers(
    project(
      { pg: '8.0.0', '@prisma/client': '5.0.0' },
      `
const { Pool } = require('pg')
const { PrismaClient, Prisma } = require('@prisma/client')
const pool = new Pool()
const prisma = new PrismaClient()
app.get('/crates', (req, res, next) => {
  pool.query('SELECT * FROM crates').then((all) => res.json(all)).catch(next)
})
app.post('/crates', (req, res, next) => {
  pool.query('INSERT INTO crates (label) VALUES ($1)', [req.body.label]).then((all) => res.json(all)).catch(next)
})
app.post('/lids', (req, res, next) => {
  prisma.lid.create({ data: req.body }).then((one) => res.json(one)).catch(next)
})
app.delete('/lids/:id', (req, res, next) => {
  prisma.lid.delete({ where: { id: req.params.id } }).then(() => res.json({})).catch(next)
})
app.use((err, req, res, next) => {
  if (err.code === '23505') return res.status(409).json({})
  if (err instanceof Prisma.PrismaClientKnownRequestError && err.code === 'P2002') return res.status(412).json({})
  if (err instanceof Prisma.PrismaClientKnownRequestError && err.code === 'P2025') return res.status(404).json({})
  res.status(500).json({})
})`,
    ),
  )
  const statuses = (path: string) => refusals(found[path]).map((one) => one.slice(0, 8))
  expect(statuses('/crates')).toEqual(['409 open'])
  expect(statuses('/lids')).toEqual(['412 open'])
  expect(statuses('/lids/{id}')).toEqual(['404 open'])
})

test('a handler of errors that answers all of them alike asks for none [SPEC-EXTRACT-10]', async () => {
  const found = await printedAnswers(
    project(
      { mongoose: '5.0.0' },
      `
const mongoose = require('mongoose')
const Keg = mongoose.model('Keg', new mongoose.Schema({ label: { type: String, required: true, unique: true } }))
// Any ValidationError or E11000 is no more than a fault.
app.post('/kegs', (req, res, next) => { Keg.create(req.body).then((one) => res.json(one)).catch(next) })
app.use((err, req, res, next) => { res.status(err.status || 400).json({}) })`,
    ),
  )
  expect(refusals(found['/kegs'])).toEqual([])
})

test("what loads a parameter of a router's path comes before the routers that are put below it [SPEC-EXTRACT-10]", async () => {
  const found = await printedAnswers(
    project(
      {},
      `
const docks = express.Router()
docks.param('dock', (req, res, next, dock) => {
  if (dock === 'lost') return res.status(404).json({})
  next()
})
const boats = express.Router({ mergeParams: true })
boats.get('/', (req, res) => { res.json([]) })
docks.use('/:dock/boats', boats)
docks.use('/boats', boats)
app.use('/docks', docks)`,
    ),
  )
  expect(refusals(found['/docks/{dock}/boats']).map((one) => one.slice(0, 9))).toEqual(['404 where'])
  expect(refusals(found['/docks/boats'])).toEqual([])
})
