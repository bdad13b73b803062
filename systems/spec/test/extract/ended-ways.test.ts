import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('what always throws of several that are chosen from comes where it is chosen [SPEC-EXTRACT-10]', async () => {
  const found = await printedAnswers({
    'package.json': '{"dependencies":{"express":"4"}}',
    'app.js': `
const express = require('express')
const app = express()
const steam = { hoist: async () => { throw new Error('no sails') } }
const sail = { hoist: async (boat) => ({ boat }) }
const rigOf = (kind) => {
  switch (kind) {
    case 'sail': return sail
    case 'steam': return steam
    default: throw new Error('which rig')
  }
}
const hoist = (boat) => rigOf(boat.kind).hoist(boat)
app.post('/hoist', async (req, res, next) => {
  try {
    await hoist(req.body)
    res.status(200).json({ up: true })
  } catch (error) {
    res.status(500).json({ message: error.message })
  }
})
app.listen(80)
`,
  })
  expect(found['/hoist']).toEqual([
    '500 which rig where body.kind != sail and body.kind != steam',
    '500 no sails where body.kind == steam',
    '200',
  ])
})

test('what a module exports by names is found where it is spread [SPEC-EXTRACT-10]', async () => {
  const rig = "import * as ropes from './ropes'\nexport default { ...ropes }\n"
  const found = await printedAnswers({
    'package.json': '{"dependencies":{"express":"4"}}',
    'steam/index.ts': rig,
    'sail/index.ts': rig,
    'steam/ropes.ts': "const hoist = async () => { throw new Error('no sails') }\nexport { hoist }\n",
    'sail/ropes.ts': 'export const hoist = async (boat: string) => ({ boat })\n',
    'app.ts': `
import express from 'express'
import steam from './steam/index'
import sail from './sail/index'
const app = express()
app.post('/hoist', async (req, res) => {
  const rig = req.body.kind === 'sail' ? sail : steam
  try {
    await rig.hoist(req.body)
    res.status(200).json({ up: true })
  } catch (error) {
    res.status(500).json({ message: error.message })
  }
})
app.listen(80)
`,
  })
  expect(found['/hoist']).toEqual(['500 no sails where body.kind != sail', '200'])
})
