import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

const service = (handlers: string, more: Record<string, string> = {}) => ({
  'package.json': JSON.stringify({ dependencies: { express: '4.0.0', '@prisma/client': '6.0.0' } }),
  'app.js': `
const express = require('express')
const { PrismaClient } = require('@prisma/client')
const mail = require('postal')
const prisma = new PrismaClient()
const app = express()
${handlers}
app.listen(80)
`,
  ...more,
})
const refusals = (answers: readonly string[] | undefined) =>
  (answers ?? []).filter((one) => one.startsWith('4')).toSorted()

test('a code of Prisma comes of its calls alone, of those that give it [SPEC-EXTRACT-10]', async () => {
  const found = await printedAnswers(
    service(`
const isCode = (error, code) => error instanceof Error && error.code === code
app.post('/quays', async (req, res) => {
  try {
    await mail.announce(req.body.name)
    const quay = await prisma.quay.create({ data: { name: req.body.name } })
    await prisma.quay.update({ where: { id: 1 }, data: { last: quay.id } })
    res.json(quay)
  } catch (error) {
    if (error.code === 'P2025') return res.status(404).json({})
    if (error.code === 'P2002') return res.status(409).json({})
    res.status(500).json({})
  }
})
app.delete('/docks', async (req, res) => {
  try {
    await mail.announce('gone')
    await prisma.quay.delete({ where: { id: 1 } })
    res.json({})
  } catch (error) {
    if (isCode(error, 'P2025')) return res.status(410).json({})
    throw error
  }
})`),
  )
  expect(refusals(found['/quays'])).toEqual([
    '404 where prisma.quay.update(…) failed == P2025',
    '409 where prisma.quay.create(…) failed == P2002 or prisma.quay.update(…) failed == P2002',
  ])
  expect(refusals(found['/docks'])).toEqual(['410 where prisma.quay.delete(…) failed == P2025'])
})

test('a code that none of several calls is known to give is asked, not told [SPEC-EXTRACT-10]', async () => {
  const found = await printedAnswers(
    service(`
app.post('/piers', async (req, res) => {
  try {
    await mail.announce(req.body.name)
    await mail.store(req.body.name)
    res.json({})
  } catch (error) {
    if (error.code === 'P2025') return res.status(404).json({})
    throw error
  }
})`),
  )
  expect(refusals(found['/piers'])).toEqual(['404 open'])
})
