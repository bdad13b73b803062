import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('LoopBack refuses who is not signed in, who may not and what does not fit, and says so where a repository has no such thing [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"@loopback/rest":"14.0.0","@loopback/repository":"7.0.0"}}',
      'src/moon.repository.ts': `
import {DefaultCrudRepository} from '@loopback/repository'
import {HttpErrors} from '@loopback/rest'
import {Moon} from './moon.model'
export class MoonRepository extends DefaultCrudRepository<Moon, number> {
  async named(name: string) {
    const found = await this.findOne({where: {name}})
    if (!found) throw new HttpErrors.Conflict('no moon')
    return found
  }
}
`,
      'src/moon.model.ts': `
import {Entity, model, property} from '@loopback/repository'
@model()
export class Moon extends Entity {
  @property({type: 'string', required: true}) name: string
}
`,
      'src/moon.controller.ts': `
import {authenticate} from '@loopback/authentication'
import {authorize} from '@loopback/authorization'
import {repository} from '@loopback/repository'
import {del, get, getModelSchemaRef, param, post, requestBody} from '@loopback/rest'
import {MoonRepository} from './moon.repository'
import {Moon} from './moon.model'
@authenticate('jwt')
export class MoonController {
  constructor(@repository(MoonRepository) public moons: MoonRepository) {}
  @authenticate.skip()
  @get('/moons/{id}')
  one(@param.path.number('id') id: number): Promise<Moon> { return this.moons.findById(id) }
  @authenticate.skip()
  @get('/moons')
  named(@param.query.string('name') name: string) { return this.moons.named(name) }
  @authorize({allowedRoles: ['keeper'], voters: [onlyOwn]})
  @post('/tides')
  add(@requestBody({content: {'application/json': {schema: getModelSchemaRef(Moon)}}}) moon: Moon): Promise<Moon> { return this.moons.create(moon) }
  @authorize({allowedRoles: ['keeper']})
  @del('/tides/{id}')
  async remove(@param.path.number('id') id: number): Promise<void> { await this.moons.deleteById(id) }
}
`,
    }),
  ).toEqual({
    '/moons/{id}': ['404 where moons.findById(path.id) failed', '400 where !request', '200'],
    '/moons': ['409 no moon where !moons.findOne({where: {name: query.name}})', '200'],
    '/tides': ['401 where !@caller', '403 open', '422 where !request', '200'],
    '/tides/{id}': [
      '401 where !@caller',
      '403 where @role not-in keeper',
      '404 where moons.deleteById(path.id) failed',
      '400 where !request',
      '204',
    ],
  })
})

test('who has no permission that loopback4-authorization asks for is refused, and nobody where all have it [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"@loopback/rest":"14.0.0","loopback4-authentication":"13.0.0"}}',
      'src/rights.ts': `export const enum Right { SeeMoons = '10', MakeMoons = 'MakeMoons' }
`,
      'src/moon.controller.ts': `
import {get, post} from '@loopback/rest'
import {authenticate, STRATEGY} from 'loopback4-authentication'
import {authorize} from 'loopback4-authorization'
import {Right} from './rights'
export class MoonController {
  @authenticate(STRATEGY.BEARER)
  @authorize({permissions: [Right.SeeMoons, Right.MakeMoons]})
  @get('/moons')
  all() { return [] }
  @authorize({permissions: ['*']})
  @post('/moons/free')
  add() { return {} }
}
`,
    }),
  ).toEqual({
    '/moons': ['401 where !@caller', '403 where @role not-in 10,MakeMoons', '200'],
    '/moons/free': ['200'],
  })
})
