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
