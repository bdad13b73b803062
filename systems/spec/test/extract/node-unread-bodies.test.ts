import { expect, test } from 'vitest'
import { saidErrors } from './said-errors.ts'

const express = (parser: string, handler = '') =>
  saidErrors({
    'package.json': '{"dependencies":{"express":"4.18.0","body-parser":"1.20.0"}}',
    'app.js': `
const express = require('express')
const bodyParser = require('body-parser')
const app = express()
${parser}
app.get('/boats', (req, res) => res.json([]))
app.post('/boats', (req, res) => {
  if (!req.body.name) return res.status(422).json({ error: 'name it' })
  res.status(201).json({})
})
${handler}
app.listen(80)
`,
  })
const unnamed = expect.stringContaining('answer 422')
const unread = (status: number) =>
  expect.stringMatching(
    new RegExp(`^IF, for POST /boats, the body can not be read, THEN the service SHALL answer ${status}`),
  )

test('a body that is no JSON is refused by what reads it before, as what handles errors has it [SPEC-EXTRACT-06]', async () => {
  expect(await express('app.use(express.json())')).toEqual([unread(400), unnamed])
  expect(await express('app.use(bodyParser.json())')).toEqual([unread(400), unnamed])
  const handled = (status: string) => `app.use((err, req, res, next) => { res.status(${status}).json({}) })`
  expect(await express('app.use(express.json())', handled('err.status || 500'))).toEqual([
    unread(400),
    unnamed,
  ])
  expect(await express('app.use(express.json())', handled('500'))).toEqual([unread(500), unnamed])
  const asked = `app.use((err, req, res, next) => {
    if (err instanceof SyntaxError && err.status === 400) return res.status(415).json({})
    res.status(500).json({})
  })`
  expect(await express('app.use(express.json())', asked)).toEqual([unread(415), unnamed])
})

test('a part below what reads bodies does not handle its errors [SPEC-EXTRACT-06]', async () => {
  const part = `const part = express()
part.post('/tides', (req, res) => res.json({ at: req.body.at }))
part.use((err, req, res, next) => { res.status(500).json({}) })
app.use('/part', part)`
  const said = await express(`app.use(express.json())\n${part}`)
  expect(said.join('\n')).toContain(
    'for POST /part/tides, the body can not be read, THEN the service SHALL answer 400',
  )
})

test('nothing is said of a body that nothing reads as JSON before [SPEC-EXTRACT-06]', async () => {
  expect(await express('')).toEqual([unnamed])
  expect(await express('app.use(express.urlencoded())')).toEqual([unnamed])
})

const nest = (options: string) =>
  saidErrors({
    'package.json': '{"dependencies":{"@nestjs/core":"10.0.0","@nestjs/common":"10.0.0"}}',
    'src/main.ts': `
import { Body, Controller, Get, Module, Post } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
@Controller('boats') class Boats {
  @Get() all() { return [] }
  @Post() moor(@Body('name') name: string) { return name }
}
@Module({ controllers: [Boats] }) class Harbour {}
NestFactory.create(Harbour, ${options}).then((app) => app.listen(80))
`,
  })

test('Nest and Fastify read bodies by themselves, unless the program says that they do not [SPEC-EXTRACT-06]', async () => {
  expect(await nest('{}')).toEqual([unread(400)])
  expect(await nest('{ bodyParser: false }')).toEqual([])
  const fastify = (more: string) =>
    saidErrors({
      'package.json': '{"type":"module","dependencies":{"fastify":"4.0.0"}}',
      'app.js': `
import Fastify from 'fastify'
const app = Fastify()
${more}
app.post('/boats', async (request, reply) => ({ name: request.body.name }))
app.listen({ port: 80 })
`,
    })
  expect(await fastify('')).toEqual([unread(400)])
  expect(
    await fastify(
      "app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => done(null, {}))",
    ),
  ).toEqual([])
})
