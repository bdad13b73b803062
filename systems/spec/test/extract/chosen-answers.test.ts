import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

const next = (helper: string, given: string) => ({
  'package.json': '{"dependencies":{"next":"14","zod":"3"}}',
  'read.ts': `
const unfit = (text) => Response.json({ error: text }, { status: 400 })
const unknown = () => Response.json({ error: 'who' }, { status: 409 })
${helper}
`,
  'app/api/boats/route.ts': `
import { z } from 'zod'
import { read } from '../../../read'
export async function POST(request) {
  const { body, refuse } = await read(request, ${given})
  if (refuse) return refuse()
  return Response.json({ name: body.name }, { status: 201 })
}
`,
})

test('what a helper leaves for its caller to answer comes where the helper chose it [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers(
      next(
        `export async function read(request, schema, options?: { open: boolean }) {
  let body = await request.clone().json()
  let refuse: () => undefined | Response
  if (schema) {
    const result = schema.safeParse(body)
    if (!result.success) refuse = () => unfit('unfit')
    else body = result.data
  }
  if (!options?.open && !refuse) {
    const place = await harbour.find(request.headers.get('x-berth'))
    if (!place) refuse = () => unknown()
  }
  return { body, refuse }
}`,
        'z.object({ name: z.string().min(2) })',
      ),
    ),
  ).toEqual({
    '/api/boats': ['409 where !harbour.find(header.x-berth) and request', '400 where !request', '201'],
  })
})
