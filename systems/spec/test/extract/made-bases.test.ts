import { expect, test } from 'vitest'
import { saidErrors } from './said-errors.ts'

test('a class has what the class has that a call gives where it says what it extends [SPEC-EXTRACT-05]', async () => {
  expect(
    await saidErrors({
      'package.json': '{"dependencies":{"@nestjs/core":"10","@nestjs/common":"10"}}',
      'crud.ts': `
import { Get, NotFoundException, Param, Type } from '@nestjs/common'
export function Crud<T>(of: Type<T>) {
  abstract class Keeper {
    abstract readonly store
    @Get(':id') async one(@Param('id') id: string) {
      const found = await this.store.find(id)
      if (!found) throw new NotFoundException(of.name + ' is lost')
      return found
    }
  }
  return Keeper
}
`,
      'main.ts': `
import { Controller, Injectable, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { harbour } from 'some-harbour'
import { Crud } from './crud'
class Boat {}
class Pier {}
@Injectable() export class Store { find(id) { return harbour.find(id) } }
@Controller('boats') export class Boats extends Crud(Boat) { constructor(readonly store: Store) { super() } }
@Controller('piers') export class Piers extends Crud(Pier) { constructor(readonly store: Store) { super() } }
@Module({ controllers: [Boats, Piers], providers: [Store] }) export class Harbour {}
NestFactory.create(Harbour).then((app) => app.listen(3000))
`,
    }),
  ).toEqual([
    'IF, for GET /boats/{id}, `harbour.find(path.id)` is missing, THEN the service SHALL answer 404 and say "Boat is lost".',
    'IF, for GET /piers/{id}, `harbour.find(path.id)` is missing, THEN the service SHALL answer 404 and say "Pier is lost".',
  ])
})

test('so has a class of errors, and is told apart by it [SPEC-EXTRACT-05]', async () => {
  expect(
    await saidErrors({
      'package.json': '{"dependencies":{"express":"4"}}',
      'app.js': `
const express = require('express')
const boats = require('some-boats')
const ofStatus = (status, name) => class extends Error { constructor(message) { super(message); this.status = status; this.name = name } }
class Lost extends ofStatus(404, 'Lost') {}
class Taken extends ofStatus(409, 'Taken') {}
const app = express()
app.get('/boats/:id', (req, res) => {
  if (!boats.has(req.params.id)) throw new Lost('no boat')
  if (boats.isTaken(req.params.id)) throw new Taken('away')
  res.json({})
})
app.use((err, req, res, next) => {
  if (err instanceof Lost) return res.status(err.status).json({ error: err.message })
  if (err.name === 'Taken') return res.status(409).json({ error: 'taken' })
  res.status(500).json({ error: 'oops' })
})
app.listen(1)
`,
    }),
  ).toEqual([
    'IF, for GET /boats/{id}, `some-boats.has(path.id)` does not hold, THEN the service SHALL answer 404 with error (required) and say "no boat".',
    'IF, for GET /boats/{id}, `some-boats.has(path.id)` holds and `some-boats.isTaken(path.id)` holds, THEN the service SHALL answer 409 with error (string, required) and say "taken".',
  ])
})
