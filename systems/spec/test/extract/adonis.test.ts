import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('things of things are below the one that they belong to, and a controller without a method has no operation for it [SPEC-PACKS-01]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"@adonisjs/core":"6.0.0"}}',
      'app/controllers/crew_controller.ts': `
export default class CrewController {
  index() { return [] }
  update({ params, response }) { return params.id === '0' ? response.conflict() : {} }
}
`,
      'start/routes.ts': `
import router from '@adonisjs/core/services/router'
import CrewController from '../app/controllers/crew_controller.js'
router.resource('ships.crew', CrewController)
router.get('/captain', [CrewController, 'lead'])
`,
    }),
  ).toEqual({
    '/ships/{ship_id}/crew': ['200'],
    '/ships/{ship_id}/crew/{id}': ['409 where path.id == 0', '200'],
    '/captain': [],
  })
})
