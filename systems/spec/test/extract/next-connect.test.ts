import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('what handlers of next-connect throw is answered by what the router is made with, or made into a handler with [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'package.json': '{"dependencies":{"next":"14.0.0","next-connect":"1.0.0"}}',
      'models/lamps.js': `
export class Dark extends Error { constructor(message) { super(message); this.statusCode = 404 } }
export const onError = (error, request, response) => {
  if (error instanceof Dark) return response.status(error.statusCode).json({ message: error.message })
  return response.status(503).json({})
}
export const can = (what) => (request, response, next) => {
  if (request.headers.keeper !== what) return next(new Error('not yours'))
  return next()
}
`,
      'pages/api/lamps.js': `
import nextConnect from 'next-connect'
import { Dark, can, onError } from '../../models/lamps'
export default nextConnect({ onError }).get((request, response) => {
  if (request.query.at === 'night') throw new Dark('no lamp')
  return response.status(200).json({})
})
`,
      'pages/api/bells.js': `
import { createRouter } from 'next-connect'
import { can, onError } from '../../models/lamps'
export default createRouter().use(can('ring')).post((request, response) => response.status(201).json({})).handler({ onError })
`,
    }),
  ).toEqual({
    '/api/lamps': ['404 no lamp where query.at == night', '200'],
    '/api/bells': ['503 where header.keeper != ring', '201'],
  })
})
