import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('what is looked up by a key of what was found there is there; what a method of the class does fails of what it throws alone [SPEC-EXTRACT-10]', async () => {
  const found = await printedAnswers({
    'package.json': '{"dependencies":{"express":"4","typeorm":"0.3"}}',
    'app.js': `
const express = require('express')
const boats = require('fleet').boats
const rig = require('rig')
const app = express()
class Lost extends Error {}
class Yard {
  static check(boat) {
    if (!boat.name) throw new Lost('no name')
  }
  static async launch(boat) {
    try {
      this.check(boat)
      await rig.post(boat)
    } catch (error) {
      if (error.code === 'TIDE') return 425
      return 422
    }
    return 201
  }
}
app.get('/again/:id', async (req, res) => {
  const boat = await boats.findOne({ id: req.params.id })
  if (!boat) return res.status(404).end()
  const same = await boats.findOne({ id: boat.id })
  if (!same) return res.status(410).end()
  const other = await boats.findOne({ id: boat.twinId })
  if (!other) return res.status(409).end()
  res.status(200).json(same)
})
app.post('/launch', async (req, res) => { res.status(await Yard.launch(req.body)).end() })
app.listen(80)
`,
  })
  const all = Object.values(found)
    .flat()
    .map((one) => one.replaceAll(/#\d+/g, ''))
  expect(all).toEqual([
    '404 where !fleet.boats.findOne({id: path.id})',
    '409 where !‹boats.findOne(…)› and fleet.boats.findOne({id: path.id})',
    '200',
    '422 where !body.name or ‹error.code within Yard.launch› != TIDE and rig.post(…) failed',
    '425 where ‹error.code within Yard.launch› == TIDE and rig.post(…) failed and !@earlier',
    '201',
  ])
})
